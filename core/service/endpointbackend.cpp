// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/endpointbackend.h"

#include "core/bench/requestmetrics.h"
#include "core/endpoint/loadrunner.h"
#include "core/service/loadlevel.h"
#include "core/service/loadsession.h"
#include "core/service/translation.h"

#include <QSysInfo>
#include <QTimer>
#include <algorithm>

namespace assay {
namespace {

constexpr double kNanosecond = 1e-9;

/// What an endpoint cannot be asked, by name; empty when there is nothing of it.
std::string unaskable(const protocol::GenerateItem &item)
{
    if (!item.ids.empty())
        return "ids";
    if (item.topK != 0 || item.topP != 1 || item.minP != 0)
        return "topK, topP, minP";
    if (item.repetitionPenalty != 1)
        return "repetitionPenalty";
    return item.stopTokens.empty() ? (item.top ? "top" : "") : "stopTokens";
}

LoadRequest requestFor(const protocol::GenerateItem &item)
{
    LoadRequest request;
    request.prompt = item.prompt;
    request.outputTokens = item.maxTokens;
    request.temperature = item.temperature;
    request.ignoreEos = item.ignoreEos;
    return request;
}

/// Calls with each piece of the answer and the moment at which it came.
template <class Call> void eachAnswerPiece(const RequestRecord &record, Call call)
{
    size_t at = 0;
    for (const ChunkRecord &chunk : record.chunks) {
        const size_t begin = std::min(at, record.text.size()), bytes = std::min<size_t>(chunk.bytes, record.text.size() - begin);
        at += chunk.bytes;
        if (chunk.channel == Channel::Answer)
            call(record.text.substr(begin, bytes), double(chunk.at - record.sent) * kNanosecond);
    }
}

} // namespace

/// One call of generate: what is asked, and what came of it.
struct EndpointBackend::Asked
{
    std::vector<protocol::GenerateItem> rows;
    ChunkFn chunk;
    Done<protocol::GenerateBatchResult> done;
    std::vector<RequestRecord> records; ///< by row
    Result<void> ran;
    std::stop_source stop;
    bool over = false;
};

/// One call of generateMany.
struct EndpointBackend::Asking
{
    Many many;
    Done<bool> done;
    Result<void> ran;
    std::stop_source stop;
};

/// What is echoed.
struct EndpointBackend::Echoing
{
    std::stop_source stop;
    std::function<void()> cancelled; ///< tells the one who waits, when this backend goes
};

Environment endpointEnvironment(const EndpointTarget &target)
{
    Environment environment;
    environment.host = QSysInfo::machineHostName().toStdString();
    environment.system = QSysInfo::prettyProductName().toStdString();
    environment.device = "endpoint";
    environment.deviceName = target.url;
    environment.worker = target.dialect;
    environment.assay = ASSAY_VERSION;
    return environment;
}

protocol::GenerateResult resultOf(const RequestRecord &record, const std::vector<std::string> &stop)
{
    const RequestMetrics metrics = metricsOf(record);
    protocol::GenerateResult result;
    eachAnswerPiece(record, [&result](const std::string &text, double) { result.text += text; });
    size_t end = std::string::npos;
    for (const std::string &text : stop)
        end = text.empty() ? end : std::min(end, result.text.find(text));
    result.text = result.text.substr(0, end);
    result.finish = end != std::string::npos ? "stop" : record.finish;
    result.promptTokens = record.usage.prompt.value_or(record.promptTokens);
    result.firstToken = metrics.ttft.value_or(0);
    result.lastToken = metrics.e2e.value_or(0);
    return result;
}

EndpointBackend::EndpointBackend(EndpointTarget target, QObject *parent)
    : Backend(parent), m_target(std::move(target)), m_mailbox(std::make_shared<Mailbox>(this))
{
}

EndpointBackend::~EndpointBackend()
{
    m_mailbox->close();
    cancel();
    m_thread = {};
    if (const std::shared_ptr<Asked> asked = std::exchange(m_asked, nullptr))
        asked->done(failure(ErrorCode::Cancelled));
    if (const std::shared_ptr<Asking> many = std::exchange(m_many, nullptr))
        many->done(failure(ErrorCode::Cancelled));
    if (const std::shared_ptr<Echoing> echoing = std::exchange(m_echoing, nullptr))
        echoing->cancelled();
}

void EndpointBackend::open(const std::string &, const std::string &, ProgressFn, Done<LoadSample> done)
{
    if (!m_askKey) {
        QTimer::singleShot(0, this, [done = std::move(done)] { done(LoadSample()); });
        return;
    }
    emit waitsFor(askingText());
    m_opening = std::move(done);
    m_asking = std::make_unique<QObject>();
    std::exchange(m_askKey, {})(m_asking.get(), [this](const Result<Secret> &key) {
        m_asking.release()->deleteLater(); // it may be what calls
        if (key)
            m_target.key = *key;
        else
            emit logLine(errorText(key.error()));
        std::exchange(m_opening, {})(LoadSample());
    });
}

void EndpointBackend::close(Done<bool> done)
{
    QTimer::singleShot(0, this, [done = std::move(done)] { done(true); });
}

template <class T> void EndpointBackend::refuse(const char *what, Done<T> done)
{
    const Error error{ErrorCode::WrongTask, {m_target.model.empty() ? m_target.url : m_target.model, ASSAY_TEXT("Reason", "an endpoint"), what, "assay bench"}, {}};
    QTimer::singleShot(0, this, [done = std::move(done), error] { done(tl::unexpected<Error>(error)); });
}

void EndpointBackend::tokenize(const std::string &, bool, Done<Tokens> done)
{
    refuse(ASSAY_TEXT("Reason", "show its tokens"), std::move(done));
}

void EndpointBackend::score(std::vector<protocol::ScoreItem>, Done<protocol::ScoreResult> done)
{
    refuse(ASSAY_TEXT("Reason", "score given texts"), std::move(done));
}

void EndpointBackend::scoreTokens(std::vector<protocol::ScoreItem>, int64_t, TokensFn, Done<protocol::ScoreResult> done)
{
    refuse(ASSAY_TEXT("Reason", "score given texts"), std::move(done));
}

template <class T> void EndpointBackend::elsewhere(std::function<T(const std::stop_token &)> work, Done<T> done)
{
    const auto echoing = std::make_shared<Echoing>();
    echoing->cancelled = [done] { done(failure(ErrorCode::Cancelled)); };
    m_echoing = echoing;
    m_thread = std::jthread([this, echoing, work = std::move(work), done = std::move(done), mailbox = m_mailbox] {
        auto result = std::make_shared<T>(work(echoing->stop.get_token()));
        mailbox->post([this, echoing, result, done] {
            m_echoing.reset();
            if (echoing->stop.stop_requested())
                done(failure(ErrorCode::Cancelled));
            else
                done(std::move(*result));
        });
    });
}

void EndpointBackend::findEcho(Done<EchoProbe> done)
{
    elsewhere<EchoProbe>([target = m_target](const std::stop_token &stop) { return probeEcho(target, stop); }, std::move(done));
}

void EndpointBackend::scoreByEcho(std::vector<EchoItem> items, const EchoLimits &limits, Done<std::vector<EchoAnswer>> done)
{
    const auto work = [target = m_target, items = std::move(items), limits](const std::stop_token &stop) { return assay::scoreByEcho(target, items, limits, stop); };
    elsewhere<std::vector<EchoAnswer>>(work, std::move(done));
}

void EndpointBackend::logits(const std::vector<int64_t> &, bool, RowsFn, Done<bool> done)
{
    refuse(ASSAY_TEXT("Reason", "give its logits"), std::move(done));
}

void EndpointBackend::measure(protocol::MeasureRequest, SampleFn, Done<bool> done)
{
    refuse(ASSAY_TEXT("Reason", "be measured as a model of this machine"), std::move(done));
}

void EndpointBackend::generate(protocol::GenerateRequest request, ChunkFn chunk, Done<protocol::GenerateResult> done)
{
    generateBatch({std::move(request)}, std::move(chunk), [done = std::move(done)](Result<protocol::GenerateBatchResult> result) {
        done(result ? Result<protocol::GenerateResult>(std::move(result->rows.front())) : tl::unexpected<Error>(result.error()));
    });
}

void EndpointBackend::generateBatch(std::vector<protocol::GenerateItem> rows, ChunkFn chunk, Done<protocol::GenerateBatchResult> done)
{
    for (const protocol::GenerateItem &row : rows) {
        const std::string what = unaskable(row);
        if (what.empty() && !m_asked)
            continue;
        const Error error = m_asked ? Error{ErrorCode::Internal, {"the endpoint is being asked already"}, {}}
                                    : Error{ErrorCode::BadParameters, {what, ASSAY_TEXT("Reason", "an endpoint cannot be asked for it")}, {}};
        QTimer::singleShot(0, this, [done = std::move(done), error] { done(tl::unexpected<Error>(error)); });
        return;
    }
    const auto asked = std::make_shared<Asked>();
    asked->rows = std::move(rows);
    asked->chunk = std::move(chunk);
    asked->done = std::move(done);
    asked->records.resize(asked->rows.size());
    m_asked = asked;
    m_thread = std::jthread([this, asked, target = m_target, mailbox = m_mailbox] {
        LoadRunner runner(target, loadClock());
        LoadLevel level;
        level.requests = int64_t(asked->rows.size());
        level.concurrency = std::max<int64_t>(level.requests, 1);
        asked->ran = runner.run(
            level, [&](int64_t row) { return std::optional(requestFor(asked->rows[size_t(row)])); },
            [&](RequestRecord &&record) { asked->records[size_t(record.index)] = std::move(record); }, asked->stop.get_token());
        mailbox->post([this, asked] { answered(asked); });
    });
}

void EndpointBackend::generateMany(Many many, Done<bool> done)
{
    const auto asking = std::make_shared<Asking>();
    asking->many = std::move(many);
    asking->done = std::move(done);
    m_many = asking;
    m_thread = std::jthread([this, asking, target = m_target, mailbox = m_mailbox] {
        LoadRunner runner(target, loadClock());
        LoadLevel level;
        level.requests = asking->many.count;
        level.concurrency = std::max<int64_t>(asking->many.inFlight, 1);
        level.retries = asking->many.retries;
        level.seconds = asking->many.seconds;
        const RecordSink sink = [&](RequestRecord &&record) {
            mailbox->post([asking, record = std::make_shared<RequestRecord>(std::move(record))] { asking->many.took(std::move(*record)); });
        };
        asking->ran = runner.run(level, asking->many.make, sink, asking->stop.get_token());
        mailbox->post([this, asking] {
            m_many.reset();
            asking->done(asking->ran.map([] { return true; }));
        });
    });
}

void EndpointBackend::answered(const std::shared_ptr<Asked> &asked)
{
    if (m_asked != asked)
        return;
    m_asked = nullptr;
    if (!asked->ran) {
        asked->done(tl::unexpected<Error>(asked->ran.error()));
        return;
    }
    protocol::GenerateBatchResult result;
    for (size_t row = 0; row < asked->rows.size(); ++row) {
        const RequestRecord &record = asked->records[row];
        // An answer without any text is one that a suite judges.
        if (record.failure != Failure::None && record.failure != Failure::NoText) {
            asked->done(tl::unexpected<Error>(errorOf(record, m_target.url)));
            return;
        }
        if (asked->chunk) {
            eachAnswerPiece(record, [&](const std::string &text, double at) {
                protocol::GenerateChunk piece;
                piece.row = int64_t(row);
                piece.text = text;
                piece.at = at;
                asked->chunk(piece);
            });
        }
        result.rows.push_back(resultOf(record, asked->rows[row].stop));
    }
    asked->done(std::move(result));
}

void EndpointBackend::cancel()
{
    m_asking.reset();
    if (const auto opening = std::exchange(m_opening, {}))
        opening(failure(ErrorCode::Cancelled));
    if (m_asked)
        m_asked->stop.request_stop();
    if (m_many)
        m_many->stop.request_stop();
    if (m_echoing)
        m_echoing->stop.request_stop();
}

} // namespace assay
