// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/workerbackend.h"

#include "core/protocol/base64.h"
#include "core/service/machines.h"
#include "core/service/subjectfiles.h"
#include "core/service/translation.h"

#include <QByteArray>
#include <QPointer>
#include <algorithm>
#include <cstring>

namespace assay {
namespace {

using protocol::Json;

tl::unexpected<Error> violation(const char *what)
{
    return failure(ErrorCode::ProtocolViolation, {what});
}

/// A message of the protocol as the answer.
template <class T> Result<T> readMessage(const Json &json)
{
    T value;
    if (const Result<void> read = protocol::fromJson(json, value); !read)
        return tl::unexpected<Error>(read.error());
    return value;
}

Result<bool> readNothing(const Json &)
{
    return true;
}

Result<Backend::Tokens> readTokens(const Json &json)
{
    Backend::Tokens tokens;
    if (!json.is_object() || !json.contains("ids") || !json.contains("tokens") || !json["ids"].is_array() ||
        !json["tokens"].is_array())
        return violation("tokenize: ids and tokens are asked for");
    for (const Json &id : json["ids"]) {
        if (!id.is_number_integer())
            return violation("tokenize: an id is a whole number");
        tokens.ids.push_back(id.get<int64_t>());
    }
    for (const Json &piece : json["tokens"]) {
        if (!piece.is_string())
            return violation("tokenize: a token is text");
        tokens.pieces.push_back(piece.get<std::string>());
    }
    return tokens;
}

/// Numbers from base64; false when they are not as many.
template <class T> bool unpack(const std::string &text, size_t count, std::vector<T> &values)
{
    const auto bytes = protocol::fromBase64(text);
    if (!bytes || bytes->size() != count * sizeof(T))
        return false;
    values.resize(count);
    if (count > 0)
        std::memcpy(values.data(), bytes->data(), bytes->size());
    return true;
}

struct LogitsRows
{
    int64_t first = 0, rows = 0;
    std::vector<float> values;
};

Result<LogitsRows> readRows(const Json &params, int64_t columns)
{
    const auto wholeNumber = [&](const char *name) {
        return params.contains(name) && params[name].is_number_integer();
    };
    if (!wholeNumber("first") || !wholeNumber("rows") || !params.contains("data") ||
        !params["data"].is_string())
        return violation("logits: first, rows and data are asked for");
    const std::string &text = params["data"].get_ref<const std::string &>();
    const auto decoded =
        QByteArray::fromBase64Encoding(QByteArray::fromRawData(text.data(), qsizetype(text.size())),
                                       QByteArray::AbortOnBase64DecodingErrors);
    LogitsRows rows{params["first"].get<int64_t>(), params["rows"].get<int64_t>(), {}};
    const uint64_t bytes = decoded ? uint64_t(decoded.decoded.size()) : 0;
    const uint64_t rowBytes = uint64_t(std::max<int64_t>(columns, 1)) * sizeof(float);
    if (rows.first < 0 || rows.rows < 1 || bytes % rowBytes != 0 || bytes / rowBytes != uint64_t(rows.rows))
        return violation("logits: the data is not as long as its rows");
    rows.values.resize(bytes / sizeof(float));
    std::memcpy(rows.values.data(), decoded.decoded.constData(), bytes);
    return rows;
}

} // namespace

WorkerBackend::WorkerBackend(WorkerCommand command, std::string modelPath, QObject *parent)
    : Backend(parent), m_command(std::move(command)), m_modelPath(std::move(modelPath))
{
    if (const auto there = machinePlace(toQString(m_modelPath))) {
        m_command = commandOf(there->machine);
        m_modelPath = there->path.toStdString();
    }
}

WorkerBackend::WorkerBackend(WorkerBackend &beside, std::string modelPath)
    : Backend(nullptr), m_command(beside.m_command), m_modelPath(std::move(modelPath)), m_isBeside(true), m_beside(&beside)
{
    if (const auto there = machinePlace(toQString(m_modelPath)))
        m_modelPath = there->path.toStdString();
}

WorkerBackend::~WorkerBackend()
{
    if (const auto starting = std::exchange(m_starting, nullptr))
        starting(failure(ErrorCode::Cancelled));
    if (m_isBeside && isLoaded())
        client()->request(protocol::method::kUnload, Json{{"model", m_loaded.model}}, [](const Result<Json> &) {}, {});
    m_client.reset();
}

bool WorkerBackend::isLoaded() const
{
    return m_loaded.model != 0 && client() && m_loadedBy == client() && client()->isReady();
}

void WorkerBackend::endWorker()
{
    m_loaded = {};
    if (m_client)
        m_client->giveUp({ErrorCode::Cancelled, {}, {}}); // it may be what called us: it stays until it is replaced
}

void WorkerBackend::startWorker(std::function<void(Result<bool>)> then)
{
    if (m_starting)
        m_client->giveUp({ErrorCode::Cancelled, {}, {}});
    // Its end may be what called us: it must not go before its own function returns.
    if (m_client) {
        m_client->disconnect(this); // what it still says of its end is not about the new one
        m_client.release()->deleteLater();
    }
    m_loaded = {};
    m_starting = std::move(then);
    m_client = std::make_unique<WorkerClient>(m_command);
    connect(m_client.get(), &WorkerClient::logLine, this, &Backend::logLine);
    const auto settle = [this](Result<bool> result) {
        if (const auto starting = std::exchange(m_starting, nullptr))
            starting(std::move(result));
    };
    connect(m_client.get(), &WorkerClient::ready, this, [settle] { settle(true); });
    connect(m_client.get(), &WorkerClient::failed, this,
            [settle](const Error &error) { settle(tl::unexpected<Error>(error)); });
    m_client->start();
}

void WorkerBackend::open(const std::string &device, const std::string &dtype, ProgressFn progress,
                         Done<LoadSample> done)
{
    if (isRemoteSubject(m_modelPath)) {
        done(failure(ErrorCode::BadUsage,
                     {ASSAY_TEXT("Reason", "A model on a server can be inspected, but not run: download it first")}));
        return;
    }
    m_device = device;
    m_dtype = dtype;
    if (client() && client()->isReady()) {
        load(std::move(progress), std::move(done));
        return;
    }
    if (owner() == nullptr) {
        done(failure(ErrorCode::Cancelled));
        return;
    }
    const QPointer<WorkerBackend> alive(this);
    owner()->startWorker([this, alive, progress = std::move(progress), done = std::move(done)](const Result<bool> &started) {
        if (!alive)
            done(failure(ErrorCode::Cancelled));
        else if (started)
            load(progress, done);
        else
            done(tl::unexpected<Error>(started.error()));
    });
}

void WorkerBackend::load(ProgressFn progress, Done<LoadSample> done)
{
    const protocol::LoadRequest request{m_modelPath, m_dtype, m_device, m_cold};
    const auto parse = [this](const Json &json) -> Result<LoadSample> {
        Result<protocol::LoadResult> result = readMessage<protocol::LoadResult>(json);
        if (!result)
            return tl::unexpected<Error>(result.error());
        m_loaded = std::move(*result);
        m_loadedBy = client();
        return LoadSample{m_loaded.seconds, m_loaded.weightBytes, m_loaded.pagesCached, m_loaded.memory, m_loaded.heldBytes, m_loaded.dropped};
    };
    ask<LoadSample>(protocol::method::kLoad, toJson(request), std::move(done), parse,
                    [this, progress = std::move(progress)](const std::string &method, const Json &params) {
                        if (method != protocol::notification::kProgress || !progress)
                            return;
                        const Result<protocol::Progress> step = readMessage<protocol::Progress>(params);
                        if (step)
                            progress(*step);
                        else
                            distrust(step.error());
                    });
}

template <class T, class Parse>
void WorkerBackend::ask(const char *method, const Json &params, Done<T> done, Parse parse,
                        WorkerClient::Notify notify)
{
    const bool loading = std::strcmp(method, protocol::method::kLoad) == 0;
    if (!client() || (!loading && m_loaded.model == 0)) {
        const Error error{ErrorCode::UnknownModel, {m_modelPath}, {}};
        QMetaObject::invokeMethod(
            this, [done = std::move(done), error] { done(tl::unexpected<Error>(error)); },
            Qt::QueuedConnection);
        return;
    }
    const QPointer<WorkerBackend> alive(this);
    m_running = client()->request(
        method, params,
        [this, alive, done = std::move(done), parse](Result<Json> answer) {
            if (!alive) // an old client that outlived us
                return done(failure(ErrorCode::Cancelled));
            m_running = 0;
            if (!answer)
                done(tl::unexpected<Error>(answer.error()));
            else
                done(parse(*answer));
        },
        std::move(notify));
}

void WorkerBackend::distrust(const Error &error)
{
    client()->giveUp(error);
}

void WorkerBackend::close(Done<bool> done)
{
    const Json params{{"model", m_loaded.model}};
    ask<bool>(protocol::method::kUnload, params, std::move(done), [this](const Json &json) {
        m_loaded = {};
        return readNothing(json);
    });
}

Backend::Capabilities WorkerBackend::capabilities() const
{
    if (!client() || m_loaded.model == 0)
        return {};
    const std::vector<std::string> &methods = client()->hello().methods;
    const auto has = [&](const char *method) {
        return std::find(methods.begin(), methods.end(), method) != methods.end();
    };
    Capabilities can;
    can.tokenize = m_loaded.tokenizer && has(protocol::method::kTokenize);
    const bool continues = m_loaded.kind == "decoder";
    can.generate = continues && has(protocol::method::kGenerate);
    can.score = continues && has(protocol::method::kScore);
    can.logits = continues && has(protocol::method::kLogits);
    can.measure = has(protocol::method::kMeasure);
    can.images = m_loaded.kind == "script" && has(protocol::method::kClassifyImages);
    return can;
}

Environment WorkerBackend::environment() const
{
    Environment environment;
    environment.assay = ASSAY_VERSION;
    environment.device = m_loaded.device.empty() ? m_device : m_loaded.device;
    environment.dtype = m_loaded.dtype.empty() ? m_dtype : m_loaded.dtype;
    environment.weights = m_loaded.shares;
    environment.unused = m_loaded.unused;
    environment.unusedCount = m_loaded.unusedCount;
    environment.work = m_loaded.work;
    environment.machine = m_command.machine.toStdString();
    if (!client())
        return environment;
    const protocol::Hello &hello = client()->hello();
    environment.host = hello.host;
    environment.system = hello.system;
    environment.processor = hello.processor;
    environment.cores = hello.cores;
    environment.threads = hello.threads;
    environment.worker = hello.worker;
    environment.libtorch = hello.libtorch;
    for (const protocol::DeviceInfo &device : hello.devices) {
        if (device.id == environment.device)
            environment.deviceName = device.name;
    }
    return environment;
}

void WorkerBackend::tokenize(const std::string &text, bool special, Done<Tokens> done)
{
    const Json params{{"model", m_loaded.model}, {"text", text}, {"special", special}};
    ask<Tokens>(protocol::method::kTokenize, params, std::move(done), readTokens);
}

WorkerClient::Notify WorkerBackend::chunksTo(ChunkFn chunk, size_t rows)
{
    return [this, chunk = std::move(chunk), rows](const std::string &method, const Json &params) {
        if (method != protocol::notification::kGenerateChunk || !chunk)
            return;
        const auto piece = readMessage<protocol::GenerateChunk>(params);
        if (!piece)
            distrust(piece.error());
        else if (piece->row < 0 || uint64_t(piece->row) >= rows)
            distrust(violation("generate: a chunk is of a row that was not asked for").value());
        else
            chunk(*piece);
    };
}

void WorkerBackend::generate(protocol::GenerateRequest request, ChunkFn chunk,
                             Done<protocol::GenerateResult> done)
{
    request.model = m_loaded.model;
    ask<protocol::GenerateResult>(protocol::method::kGenerate, toJson(request), std::move(done),
                                  readMessage<protocol::GenerateResult>, chunksTo(std::move(chunk), 1));
}

void WorkerBackend::generateBatch(std::vector<protocol::GenerateItem> rows, ChunkFn chunk,
                                  Done<protocol::GenerateBatchResult> done)
{
    const size_t asked = rows.size();
    const protocol::GenerateBatchRequest request{m_loaded.model, std::move(rows)};
    const auto parse = [asked](const Json &json) -> Result<protocol::GenerateBatchResult> {
        auto result = readMessage<protocol::GenerateBatchResult>(json);
        if (result && result->rows.size() != asked)
            return violation("generate: there is one answer for each prompt");
        return result;
    };
    ask<protocol::GenerateBatchResult>(protocol::method::kGenerateBatch, toJson(request), std::move(done), parse,
                                       chunksTo(std::move(chunk), asked));
}

void WorkerBackend::askScores(protocol::ScoreRequest request, Done<protocol::ScoreResult> done, WorkerClient::Notify notify)
{
    request.model = m_loaded.model;
    const auto parse = [asked = request.items.size()](const Json &json) -> Result<protocol::ScoreResult> {
        auto result = readMessage<protocol::ScoreResult>(json);
        if (result && result->scores.size() != asked)
            return violation("score: there is one score for each item");
        return result;
    };
    ask<protocol::ScoreResult>(protocol::method::kScore, toJson(request), std::move(done), parse, std::move(notify));
}

void WorkerBackend::score(std::vector<protocol::ScoreItem> items, Done<protocol::ScoreResult> done)
{
    protocol::ScoreRequest request;
    request.items = std::move(items);
    askScores(std::move(request), std::move(done), {});
}

void WorkerBackend::scoreTokens(std::vector<protocol::ScoreItem> items, int64_t top, TokensFn tokens,
                                Done<protocol::ScoreResult> done)
{
    const auto notify = [this, tokens = std::move(tokens), asked = items.size()](const std::string &method, const Json &params) {
        if (method != protocol::notification::kScoreTokens || !tokens)
            return;
        const auto part = readMessage<protocol::ScoreTokens>(params);
        if (!part)
            distrust(part.error());
        else if (part->item < 0 || uint64_t(part->item) >= asked || part->first < 0)
            distrust(violation("score: tokens are of an item that was not asked for").value());
        else
            tokens(*part);
    };
    askScores({0, std::move(items), true, top}, std::move(done), notify);
}

template <class Answer, class Request> void WorkerBackend::askOfItems(const char *method, Request request, Done<Answer> done)
{
    request.model = m_loaded.model;
    ask<Answer>(method, toJson(request), std::move(done), [asked = request.items.size()](const Json &json) -> Result<Answer> {
        auto result = readMessage<Answer>(json);
        if (result && result->items.size() != asked)
            return violation("items: there is one answer for each");
        return result;
    });
}

void WorkerBackend::encode(protocol::EncodeRequest request, Done<protocol::EncodeResult> done)
{
    askOfItems<protocol::EncodeResult>(protocol::method::kEncode, std::move(request), std::move(done));
}

void WorkerBackend::classify(protocol::ClassifyRequest request, Done<protocol::ClassifyResult> done)
{
    askOfItems<protocol::ClassifyResult>(protocol::method::kClassify, std::move(request), std::move(done));
}

void WorkerBackend::fill(protocol::FillRequest request, Done<protocol::FillResult> done)
{
    askOfItems<protocol::FillResult>(protocol::method::kFill, std::move(request), std::move(done));
}

void WorkerBackend::classifyImages(protocol::ClassifyImagesRequest request, Done<protocol::ClassifyImagesResult> done)
{
    request.model = m_loaded.model;
    const auto read = [asked = request.images](const Json &json) -> Result<protocol::ClassifyImagesResult> {
        auto result = readMessage<protocol::ClassifyImagesResult>(json);
        if (result && int64_t(result->items.size()) != asked)
            return violation("items: there is one answer for each");
        for (size_t i = 0; result && i < result->items.size(); ++i) {
            if (result->items[i].classes.size() != result->items[i].probabilities.size())
                return violation("items: each class has its probability");
        }
        return result;
    };
    ask<protocol::ClassifyImagesResult>(protocol::method::kClassifyImages, toJson(request), std::move(done), read);
}

void WorkerBackend::logits(const std::vector<int64_t> &ids, bool cache, RowsFn rows, Done<bool> done)
{
    const Json params{{"model", m_loaded.model}, {"ids", ids}, {"cache", cache}};
    ask<bool>(protocol::method::kLogits, params, std::move(done), readNothing,
              [this, rows = std::move(rows)](const std::string &method, const Json &block) {
                  if (method != protocol::notification::kLogitsRows || !rows)
                      return;
                  const Result<LogitsRows> read = readRows(block, m_loaded.vocabularySize);
                  if (read)
                      rows(read->first, read->rows, read->values);
                  else
                      distrust(read.error());
              });
}

void WorkerBackend::measure(protocol::MeasureRequest request, SampleFn sample, Done<bool> done)
{
    request.model = m_loaded.model;
    const auto streamed = std::make_shared<size_t>(0);
    const auto finish = [sample, streamed](const Json &json) -> Result<bool> {
        const auto result = readMessage<protocol::MeasureResult>(json);
        if (!result)
            return tl::unexpected<Error>(result.error());
        // The answer holds them all once more: a worker that does not stream loses nothing.
        for (size_t i = *streamed; i < result->samples.size(); ++i)
            sample(result->samples[i]);
        return true;
    };
    ask<bool>(protocol::method::kMeasure, toJson(request), std::move(done), finish,
              [this, sample, streamed](const std::string &method, const Json &params) {
                  if (method != protocol::notification::kMeasureSample)
                      return;
                  const auto read = params.contains("sample")
                                        ? readMessage<MeasureSample>(params["sample"])
                                        : Result<MeasureSample>(violation("measure: no sample"));
                  if (!read)
                      return distrust(read.error());
                  ++*streamed;
                  sample(*read);
              });
}

void WorkerBackend::limits(Done<MachineLimits> done)
{
    // "cuda:0,1" are several cards of one kind: the first one's limits are told.
    const std::string device = m_loaded.device.substr(0, m_loaded.device.find(','));
    const std::vector<std::string> none, &methods = client() ? client()->hello().methods : none;
    if (std::find(methods.begin(), methods.end(), protocol::method::kMachine) == methods.end())
        return Backend::limits(std::move(done)); // an older worker
    ask<MachineLimits>(protocol::method::kMachine, Json{{"device", device}}, std::move(done), readMessage<MachineLimits>);
}

void WorkerBackend::vocabulary(Done<protocol::VocabularyResult> done)
{
    ask<protocol::VocabularyResult>(protocol::method::kVocabulary, Json{{"model", m_loaded.model}}, std::move(done), readMessage<protocol::VocabularyResult>);
}

void WorkerBackend::fidelity(protocol::FidelityRequest request, const WorkerBackend *reference, Done<FidelityValues> done)
{
    request.model = m_loaded.model;
    request.reference = reference ? reference->m_loaded.model : 0;
    const size_t positions = request.first < 0 || size_t(request.first) + 1 >= request.ids.size() ? 0 : request.ids.size() - 1 - size_t(request.first);
    const auto read = [positions, softened = request.temperature > 0](const Json &json) -> Result<FidelityValues> {
        const auto result = readMessage<protocol::FidelityResult>(json);
        if (!result)
            return tl::unexpected<Error>(result.error());
        FidelityValues out;
        out.seconds = result->seconds;
        if (!unpack(result->divergence, positions, out.divergence) || !unpack(result->nllReference, positions, out.nllReference)
            || !unpack(result->nllOther, positions, out.nllOther) || !unpack(result->sameTop, positions, out.sameTop)
            || !unpack(result->softened, softened ? positions : 0, out.softened))
            return violation("fidelity: there is one value for each position");
        return out;
    };
    ask<FidelityValues>(protocol::method::kFidelity, toJson(request), std::move(done), read);
}

void WorkerBackend::baseRows(protocol::BaseRowsRequest request, BytesFn rows, Done<protocol::BaseRowsResult> done)
{
    request.model = m_loaded.model;
    ask<protocol::BaseRowsResult>(protocol::method::kBaseRows, toJson(request), std::move(done), readMessage<protocol::BaseRowsResult>,
                                  [this, rows = std::move(rows)](const std::string &method, const Json &params) {
                                      if (method != protocol::notification::kBaseRowsRows)
                                          return;
                                      const auto bytes = params.contains("data") && params["data"].is_string()
                                                             ? protocol::fromBase64(params["data"].get_ref<const std::string &>())
                                                             : Result<std::vector<std::byte>>(violation("baseRows: data are asked for"));
                                      if (bytes)
                                          rows(*bytes);
                                      else
                                          distrust(bytes.error());
                                  });
}

void WorkerBackend::useRows(const protocol::UseRowsRequest &request, Done<bool> done)
{
    ask<bool>(protocol::method::kUseRows, toJson(request), std::move(done), readNothing);
}

void WorkerBackend::cancel()
{
    if (WorkerBackend *const starting = owner(); starting && starting->m_starting)
        starting->m_client->giveUp({ErrorCode::Cancelled, {}, {}});
    else if (client() && m_running != 0)
        client()->cancel(m_running);
}

qint64 WorkerBackend::workerProcessId() const
{
    return m_client ? m_client->processId() : 0;
}

} // namespace assay
