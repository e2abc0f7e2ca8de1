// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are cut, changed, taken away or that contradict each other: weights before and while they are loaded, GGUF,
// packed weights and their scales, tokenizers. Each is an error with a name, and the worker goes on.
#include "changedmodel.h"
#include "lastingworker.h"
#include "syntheticmodel.h"

#include <QTemporaryDir>
#include <QtTest>
#include <random>
#include <set>

using namespace assay;
using Json = nlohmann::json;
using Path = std::filesystem::path;

namespace {

const Path kGguf = ASSAY_TEST_DATA "/gguf/llama-tiny-q8_0.gguf";

/// What a damaged file may be called; everything else would blame somebody else.
bool blamesTheFile(ErrorCode code)
{
    static const std::set<std::string> kRooms = {"file", "safetensors", "gguf", "weights", "index", "model", "json", "format"};
    const std::string id = definitionOf(code).id;
    return kRooms.contains(id.substr(0, id.find('.')))
           || code == ErrorCode::TensorMissing || code == ErrorCode::TensorShapeWrong || code == ErrorCode::ConfigOutOfRange
           || code == ErrorCode::ConfigIncomplete || code == ErrorCode::ArchitectureUnsupported || code == ErrorCode::NotEnoughMemory;
}

bool copyFiles(const Path &from, const Path &to)
{
    std::error_code problem;
    std::filesystem::create_directories(to);
    std::filesystem::copy(from, to, problem);
    return !problem;
}

/// One matrix of tests/data/quantized as the down projection of a Llama that fits around it.
ChangedModel packedLlama(const char *scheme)
{
    ChangedModel packed = ChangedModel::read(Path(ASSAY_TEST_DATA "/quantized") / scheme);
    const std::vector<int64_t> shape = packed.tensor("expected").shape;
    packed.drop("expected");
    ChangedModel out;
    out.config = synthetic::llama(1, 64, 50);
    out.config["hidden_size"] = shape[0];
    out.config["intermediate_size"] = shape[1];
    out.config["num_attention_heads"] = out.config["num_key_value_heads"] = 2;
    const auto spec = synthetic::specOf(out.config);
    const std::string down = "model.layers.0.mlp.down_proj.";
    for (const TensorSlot &slot : spec ? spec->tensors() : std::vector<TensorSlot>()) {
        if (tensorName(*spec, slot) == down + "weight")
            continue;
        const int64_t columns = slot.shape.size() > 1 ? slot.shape[1] : 1;
        out.tensors.push_back({tensorName(*spec, slot), Dtype::F32, slot.shape, std::vector<std::byte>(size_t(slot.shape[0] * columns * 4))});
    }
    for (ChangedModel::Tensor &each : packed.tensors) {
        each.name.replace(0, std::string_view("l.0.").size(), down);
        out.tensors.push_back(std::move(each));
    }
    out.config["quantization_config"] = packed.config["quantization_config"];
    return out;
}

struct PackedCase
{
    const char *name, *scheme;
    void (*change)(ChangedModel &);
    const char *said;
};

void sameModel(ChangedModel &)
{
}

const PackedCase kPacked[] = {
    {"GPTQ as it is", "gptq-4", sameModel, nullptr},
    {"AWQ as it is", "awq", sameModel, nullptr},
    {"fp8 as it is", "fp8-block", sameModel, nullptr},
    {"GPTQ without scales", "gptq-4", [](ChangedModel &m) { m.drop(".scales"); }, "down_proj"},
    {"GPTQ with too few scales", "gptq-4", [](ChangedModel &m) { m.reshape(".scales", {4, 63}); }, "down_proj"},
    {"GPTQ with groups that are not there", "gptq-4", [](ChangedModel &m) { m.tensor(".g_idx").bytes[4] = std::byte(99); }, "down_proj"},
    {"GPTQ with an order too short", "gptq-4", [](ChangedModel &m) { m.reshape(".g_idx", {100}); }, "down_proj"},
    {"GPTQ with fewer zeros than groups", "gptq-4", [](ChangedModel &m) { m.reshape(".qzeros", {3, 8}); }, "down_proj"},
    // Its order tells how many inputs, and so how many bits, there are.
    {"GPTQ of other bits than it says", "gptq-4", [](ChangedModel &m) { m.config["quantization_config"]["bits"] = 8; }, nullptr},
    {"GPTQ with more groups than inputs", "gptq-4", [](ChangedModel &m) { m.reshape(".scales", {400, 64}); }, "down_proj"},
    {"AWQ with groups that do not divide", "awq",
     [](ChangedModel &m) {
         m.reshape(".scales", {3, 64});
         m.reshape(".qzeros", {3, 8});
     },
     "down_proj"},
    {"AWQ with wide zeros", "awq", [](ChangedModel &m) { m.reshape(".qzeros", {4, 9}); }, "down_proj"},
    {"AWQ of another height", "awq", [](ChangedModel &m) { m.reshape(".qweight", {127, 8}); }, "down_proj"},
    {"fp8 with a row of scales missing", "fp8-block", [](ChangedModel &m) { m.reshape(".weight_scale_inv", {2, 5}); }, "down_proj"},
    {"fp8 with scales for another block", "fp8-block",
     [](ChangedModel &m) {
         m.config["quantization_config"]["weight_block_size"] = {32, 32};
     },
     "down_proj"},
    {"fp8 without scales for its columns", "fp8-channel", [](ChangedModel &m) { m.reshape(".weight_scale", {23, 1}); }, "down_proj"},
};

} // namespace

class TestBadFiles : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    LastingWorker m_worker;
    int m_count = 0;

    /// A new folder for each model.
    Path place() { return Path(m_folder.path().toStdString()) / std::to_string(++m_count); }

    void checkError(const std::optional<Error> &error)
    {
        QVERIFY(error.has_value());
        QVERIFY2(blamesTheFile(error->code), definitionOf(error->code).id);
        QVERIFY2(isPlain(error->sentence()), error->sentence().c_str());
        QVERIFY(m_worker.stillWorks());
    }

    std::optional<Error> failingToLoad(const Path &path) { return m_worker.failingToLoad(QString::fromStdString(path.string())); }

private slots:
    void initTestCase() { QVERIFY(m_worker.stillWorks()); }

    void aShardCut_data()
    {
        QTest::addColumn<int>("left"); // of 100
        for (const int left : {99, 50, 1, 0})
            QTest::addRow("%d %%", left) << left;
    }

    void aShardCut()
    {
        QFETCH(int, left);
        const Path folder = place();
        QVERIFY(copyFiles(reference::path(QStringLiteral("llama-sharded-bf16")).toStdString(), folder));
        const Path shard = folder / "model-00003-of-00005.safetensors";
        std::filesystem::resize_file(shard, std::filesystem::file_size(shard) * uintmax_t(left) / 100);
        checkError(failingToLoad(folder));
    }

    void aShardMissing()
    {
        const Path folder = place();
        QVERIFY(copyFiles(reference::path(QStringLiteral("llama-sharded-bf16")).toStdString(), folder));
        std::filesystem::remove(folder / "model-00004-of-00005.safetensors");
        checkError(failingToLoad(folder));
    }

    /// A file that shrinks, or goes, while it is loaded: an error, or a load that was over before; never a model with holes.
    void aFileThatShrinksWhileItIsLoaded_data()
    {
        QTest::addColumn<bool>("gone");
        QTest::newRow("shrinks") << false;
        QTest::newRow("goes") << true;
    }

    void aFileThatShrinksWhileItIsLoaded()
    {
        QFETCH(bool, gone);
        const Path folder = place(), file = folder / "model.safetensors";
        QVERIFY(synthetic::writeZeros(folder, synthetic::llama(8, 1024, 1000)));
        WorkerProcess &worker = m_worker.process();
        const int64_t loading = worker.send(protocol::method::kLoad, {{"path", folder.string()}, {"dtype", "bf16"}});
        while (true) {
            const auto message = worker.next();
            QVERIFY(message.has_value());
            if (message->method == protocol::notification::kProgress && message->params["done"].get<double>() > 0)
                break;
            QVERIFY(!message->error);
        }
        if (gone)
            std::filesystem::remove(file);
        else
            std::filesystem::resize_file(file, 1'000'000);
        const auto answer = worker.answerTo(loading);
        QVERIFY(answer.has_value());
        if (answer->error)
            checkError(answer->error);
        else
            QVERIFY(!m_worker.failing(protocol::method::kUnload, {{"model", answer->result["model"]}}));
        QVERIFY(m_worker.stillWorks());
        // And the next attempt finds what is wrong at once.
        checkError(failingToLoad(folder));
    }

    /// Every byte of header and config may be anything: an error that blames the file, or a model that runs.
    void flippedBytes()
    {
        const Path source = reference::path(QStringLiteral("llama-gqa")).toStdString();
        const auto whole = readWholeFile(source / "model.safetensors", 10'000'000), config = readWholeFile(source / "config.json", 100'000);
        QVERIFY(whole && config);
        std::mt19937 random(3);
        const Path folder = place();
        std::filesystem::create_directories(folder);
        int errors = 0;
        for (int i = 0; i < 60; ++i) {
            std::string weights = *whole, text = *config;
            std::string &changed = i % 3 == 0 ? text : weights;
            const size_t most = i % 3 == 0 ? text.size() : i % 3 == 1 ? 8 : 3000;
            changed[random() % most] ^= char(1u << (random() % 8));
            QVERIFY(writeFileAtomically(folder / "model.safetensors", weights) && writeFileAtomically(folder / "config.json", text));
            if (const auto error = failingToLoad(folder)) {
                checkError(error);
                ++errors;
            }
        }
        QVERIFY(errors > 20);
        QVERIFY(m_worker.stillWorks());
    }

    /// Numbers that are none come out as an error, not as a token.
    void weightsThatAreNoNumbers()
    {
        const Path folder = place();
        ChangedModel model = ChangedModel::read(reference::path(QStringLiteral("llama-gqa")).toStdString());
        std::ranges::fill(model.tensor("1.mlp.down_proj.weight").bytes, std::byte(0xff));
        QVERIFY(model.write(folder));
        WorkerProcess &worker = m_worker.process();
        const int64_t handle = worker.load(QString::fromStdString(folder.string()));
        QVERIFY(handle > 0);
        for (const auto &[method, params] : {std::pair{protocol::method::kGenerate, Json{{"ids", {1, 2}}}},
                                             {protocol::method::kGenerate, Json{{"ids", {1, 2}}, {"temperature", 1.0}, {"topK", 5}, {"topP", 0.5}}},
                                             {protocol::method::kScore, Json{{"items", {{{"contextIds", {1}}, {"continuationIds", {2}}}}}}},
                                             {protocol::method::kScore, Json{{"items", {{{"contextIds", {1}}, {"continuationIds", {2}}}}}, {"tokens", true}}}}) {
            Json all = params;
            all["model"] = handle;
            const auto error = m_worker.failing(method, all);
            QVERIFY(error.has_value());
            QCOMPARE(definitionOf(error->code).id, definitionOf(ErrorCode::EngineFailed).id);
            QVERIFY2(isPlain(error->sentence()), error->sentence().c_str());
        }
        QVERIFY(m_worker.stillWorks());
    }

    void damagedGguf()
    {
        const auto whole = readWholeFile(kGguf, 10'000'000);
        QVERIFY(whole.has_value());
        const Path file = place().string() + ".gguf";
        const auto attempt = [&](const std::string &bytes) {
            return writeFileAtomically(file, bytes) ? failingToLoad(file) : std::nullopt;
        };
        QVERIFY(!attempt(*whole));
        for (const size_t left : {whole->size() - 1, whole->size() - 5000, whole->size() / 2, size_t(3000), size_t(24), size_t(3), size_t(0)})
            checkError(attempt(whole->substr(0, left)));
        std::mt19937 random(5);
        int errors = 0;
        for (int i = 0; i < 60; ++i) {
            std::string changed = *whole;
            changed[i % 2 == 0 ? random() % 64 : random() % 6000] ^= char(1u << (random() % 8));
            if (const auto error = attempt(changed)) {
                checkError(error);
                ++errors;
            }
        }
        QVERIFY(errors > 10);
        QVERIFY(m_worker.stillWorks());
    }

    void packedWeightsAndTheirScales_data()
    {
        QTest::addColumn<int>("row");
        for (int i = 0; i < int(std::size(kPacked)); ++i)
            QTest::newRow(kPacked[i].name) << i;
    }

    void packedWeightsAndTheirScales()
    {
        QFETCH(int, row);
        const PackedCase &each = kPacked[row];
        const Path folder = place();
        ChangedModel model = packedLlama(each.scheme);
        each.change(model);
        QVERIFY(model.write(folder));
        const auto error = failingToLoad(folder);
        if (!each.said) {
            QVERIFY(!error);
            return;
        }
        checkError(error);
        if (error)
            QVERIFY2(error->sentence().find(each.said) != std::string::npos, error->sentence().c_str());
    }

    void tokenizers_data();
    void tokenizers();
};

namespace {

struct TokenizerCase
{
    const char *name;
    void (*change)(Json &);
    ErrorCode code;
};

Json added(const char *content, const Json &id)
{
    return {{"id", id},        {"content", content}, {"special", true},    {"single_word", false},
            {"lstrip", false}, {"rstrip", false},    {"normalized", false}};
}

constexpr auto kDamaged = ErrorCode::TokenizerDamaged, kForeign = ErrorCode::TokenizerUnsupported;

const TokenizerCase kTokenizers[] = {
    {"a merge of missing pieces", [](Json &t) { t["model"]["merges"].push_back("zz qq"); }, kDamaged},
    {"a merge into a missing piece", [](Json &t) { t["model"]["merges"].push_back("z ~"); }, kDamaged},
    {"a merge of three", [](Json &t) { t["model"]["merges"].push_back({"a", "b", "c"}); }, kDamaged},
    {"a merge that is a number", [](Json &t) { t["model"]["merges"].push_back(7); }, kDamaged},
    {"a negative id", [](Json &t) { t["model"]["vocab"]["<n>"] = -1; }, kDamaged},
    {"an id of 2^31", [](Json &t) { t["model"]["vocab"]["<n>"] = int64_t(1) << 31; }, kDamaged},
    {"an id of 2^63", [](Json &t) { t["model"]["vocab"]["<n>"] = uint64_t(1) << 63; }, kDamaged},
    {"half an id", [](Json &t) { t["model"]["vocab"]["<n>"] = 1.5; }, kDamaged},
    {"an added id of 2^31", [](Json &t) { t["added_tokens"].push_back(added("<n>", int64_t(1) << 31)); }, kDamaged},
    {"a vocabulary that is a list", [](Json &t) { t["model"]["vocab"] = Json::array(); }, kDamaged},
    {"no vocabulary", [](Json &t) { t["model"].erase("vocab"); }, kDamaged},
    {"no model", [](Json &t) { t.erase("model"); }, kDamaged},
    {"a list", [](Json &t) { t = Json::array(); }, kDamaged},
    {"a model of another time", [](Json &t) { t["model"]["type"] = "Magic"; }, kForeign},
    {"drawn by lot", [](Json &t) { t["model"]["dropout"] = 0.1; }, kForeign},
    {"an unknown normalizer", [](Json &t) { t["normalizer"] = {{"type", "Blur"}}; }, kForeign},
    {"a broken pattern", [](Json &t) { t["pre_tokenizer"] = {{"type", "Split"}, {"pattern", {{"Regex", "(a"}}}, {"behavior", "Isolated"}, {"invert", false}}; }, kDamaged},
    {"a template of unknown tokens",
     [](Json &t) {
         t["post_processor"] = {{"type", "TemplateProcessing"}, {"single", {{{"SpecialToken", {{"id", "[X]"}, {"type_id", 0}}}}}}, {"pair", Json::array()}, {"special_tokens", Json::object()}};
     },
     kDamaged},
    {"hundreds of megabytes", [](Json &t) { t["comment"] = std::string(270'000'000, 'x'); }, ErrorCode::FileTooLarge},
};

} // namespace

void TestBadFiles::tokenizers_data()
{
    QTest::addColumn<int>("row");
    for (int i = 0; i < int(std::size(kTokenizers)); ++i)
        QTest::newRow(kTokenizers[i].name) << i;
}

/// The model loads, and whatever needs text says what is wrong with its tokenizer.
void TestBadFiles::tokenizers()
{
    QFETCH(int, row);
    const TokenizerCase &each = kTokenizers[row];
    const Path folder = place();
    const auto text = readWholeFile(ASSAY_TEST_DATA "/tokenizer/small.tokenizer.json", 1'000'000);
    QVERIFY(text && ChangedModel::read(reference::path(QStringLiteral("llama-gqa")).toStdString()).write(folder));
    Json tokenizer = Json::parse(*text);
    each.change(tokenizer);
    QVERIFY(writeFileAtomically(folder / "tokenizer.json", tokenizer.dump()).has_value());
    WorkerProcess &worker = m_worker.process();
    const int64_t handle = worker.load(QString::fromStdString(folder.string()));
    QVERIFY(handle > 0);
    QVERIFY(!worker.lastLoad()["tokenizer"].get<bool>());
    const Json item = {{"context", "a"}, {"continuation", "b"}};
    for (const auto &[method, params] : {std::pair{protocol::method::kTokenize, Json{{"text", "a"}}},
                                         {protocol::method::kGenerate, Json{{"prompt", "a"}}},
                                         {protocol::method::kScore, Json{{"items", Json::array({item})}}}}) {
        Json all = params;
        all["model"] = handle;
        const auto error = m_worker.failing(method, all);
        QVERIFY(error.has_value());
        QCOMPARE(definitionOf(error->code).id, definitionOf(each.code).id);
        QVERIFY2(isPlain(error->sentence()), error->sentence().c_str());
    }
    // Ids need no tokenizer.
    QVERIFY(!m_worker.failing(protocol::method::kGenerate, {{"model", handle}, {"ids", {1, 2}}, {"maxTokens", 1}}));
    worker.ask(protocol::method::kUnload, {{"model", handle}});
    QVERIFY(m_worker.stillWorks());
}

QTEST_GUILESS_MAIN(TestBadFiles)
#include "tst_badfiles.moc"
