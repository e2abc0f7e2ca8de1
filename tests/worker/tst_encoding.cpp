// SPDX-License-Identifier: GPL-3.0-or-later
// Encoders, classifiers and masked language models through the real worker, against outputs of the transformers library.
#include "core/protocol/base64.h"
#include "core/protocol/encodermessages.h"
#include "maskedmodel.h"
#include "referencemodels.h"
#include "workerprocess.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <cstring>

using namespace assay;
using protocol::Json;

namespace {

/// As tests/engine/referencelimits.h.
constexpr double kLimit = 2e-4;

/// One of expected.json's inputs as an item of a request, without its padding, which is at its end.
Json itemOf(const Json &input)
{
    Json ids = Json::array(), types = Json::array();
    for (size_t i = 0; i < input["input_ids"].size(); ++i) {
        if (input["attention_mask"][i] != 1)
            continue;
        ids.push_back(input["input_ids"][i]);
        if (input.contains("token_type_ids"))
            types.push_back(input["token_type_ids"][i]);
    }
    return {{"ids", ids}, {"types", types}};
}

Json itemsOf(const QString &model)
{
    const Json inputs = reference::expected(model)["inputs"];
    Json out = Json::array();
    for (const Json &input : inputs)
        out.push_back(itemOf(input));
    return out;
}

double largestDifference(const std::vector<double> &values, const std::vector<double> &wanted)
{
    if (values.empty() || values.size() != wanted.size())
        return INFINITY;
    double out = 0;
    for (size_t i = 0; i < values.size(); ++i) {
        const double difference = std::abs(values[i] - wanted[i]);
        out = difference <= out ? out : difference; // not std::max, which a NaN slips through
    }
    return out;
}

std::vector<double> wide(const std::vector<float> &values)
{
    return {values.begin(), values.end()};
}

/// The probabilities of labels.
std::vector<double> softmax(const std::vector<double> &logits)
{
    std::vector<double> out;
    double sum = 0;
    for (const double logit : logits)
        sum += std::exp(logit);
    for (const double logit : logits)
        out.push_back(std::exp(logit) / sum);
    return out;
}

/// The rows of one item that came as notifications, in order; empty when any is missing.
std::vector<double> statesOf(const std::vector<protocol::Message> &notifications, int64_t item)
{
    std::vector<double> out;
    int64_t next = 0;
    for (const protocol::Message &message : notifications) {
        if (message.method != protocol::notification::kEncodeStates || message.params["item"] != item)
            continue;
        const auto bytes = protocol::fromBase64(message.params["data"].get<std::string>());
        if (!bytes || message.params["first"] != next)
            return {};
        next += message.params["rows"].get<int64_t>();
        std::vector<float> rows(bytes->size() / sizeof(float));
        std::memcpy(rows.data(), bytes->data(), bytes->size());
        out.insert(out.end(), rows.begin(), rows.end());
    }
    return out;
}

} // namespace

class TestEncoding : public QObject
{
    Q_OBJECT

    WorkerProcess m_worker;
    QTemporaryDir m_folder;

    Json ask(const char *method, Json params)
    {
        const auto answer = m_worker.ask(method, params);
        if (answer && answer->error)
            qWarning("%s: %s", method, answer->error->sentence().c_str());
        return answer && !answer->error ? answer->result : Json::object();
    }

    /// The states of an input as the library gives them, without padding.
    std::vector<double> wantedStates(const Json &input)
    {
        const auto all = reference::tensor(QStringLiteral("bert-base"), input["tensors"][0].get<std::string>());
        const size_t real = itemOf(input)["ids"].size(), width = all.size() / input["input_ids"].size();
        return {all.begin(), all.begin() + std::ptrdiff_t(real * width)};
    }

    /// A folder with a classifier and a tokenizer of a few words.
    QString withTokenizer()
    {
        const QString path = m_folder.filePath(QStringLiteral("text"));
        auto model = ChangedModel::read(reference::path(QStringLiteral("bert-seqcls")).toStdString());
        return model.write(path.toStdString()) && masked::writeTokenizer(path.toStdString()) ? path : QString();
    }

private slots:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

    void classifies_data()
    {
        QTest::addColumn<QString>("model");
        for (const char *model : {"bert-seqcls", "roberta-seqcls", "distilbert-seqcls"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }
    void classifies()
    {
        QFETCH(QString, model);
        const int64_t handle = m_worker.load(reference::path(model));
        const Json load = m_worker.lastLoad(), expected = reference::expected(model)["inputs"];
        QCOMPARE(load["kind"].get<std::string>(), std::string("classifier"));
        const Json items = itemsOf(model);
        const Json together = ask(protocol::method::kClassify, {{"model", handle}, {"items", items}})["items"];
        QCOMPARE(together.size(), expected.size());
        for (size_t i = 0; i < expected.size(); ++i) {
            const auto wanted = expected[i]["logits"].get<std::vector<double>>();
            const Json alone = ask(protocol::method::kClassify, {{"model", handle}, {"items", {items[i]}}})["items"][0];
            for (const Json &answer : {together[i], alone}) {
                const auto values = answer["values"].get<std::vector<double>>();
                QVERIFY(largestDifference(answer["logits"].get<std::vector<double>>(), wanted) <= kLimit);
                QVERIFY(largestDifference(values, softmax(wanted)) <= kLimit);
                const auto best = size_t(std::max_element(values.begin(), values.end()) - values.begin());
                QCOMPARE(load["labels"][best], expected[i]["predicted_label"]);
                QCOMPARE(answer["tokens"].get<size_t>(), items[i]["ids"].size());
            }
        }
    }

    void givesStatesAndVectors()
    {
        const int64_t handle = m_worker.load(reference::path(QStringLiteral("bert-base")));
        QCOMPARE(m_worker.lastLoad()["kind"].get<std::string>(), std::string("encoder"));
        QVERIFY(m_worker.lastLoad()["pooler"].get<bool>());
        const Json items = itemsOf(QStringLiteral("bert-base")), expected = reference::expected(QStringLiteral("bert-base"))["inputs"];
        for (const char *pooling : {"mean", "first", "pooler"}) {
            const Json answers = ask(protocol::method::kEncode, {{"model", handle}, {"items", items}, {"pooling", pooling}, {"states", true}})["items"];
            QCOMPARE(answers.size(), expected.size());
            const auto notifications = m_worker.notifications();
            for (size_t i = 0; i < expected.size(); ++i) {
                const std::vector<double> states = wantedStates(expected[i]);
                const size_t rows = items[i]["ids"].size(), width = states.size() / rows;
                std::vector<double> wanted(states.begin(), states.begin() + std::ptrdiff_t(width));
                if (pooling == std::string("pooler"))
                    wanted = wide(reference::tensor(QStringLiteral("bert-base"), expected[i]["tensors"][1].get<std::string>()));
                for (size_t column = 0; column < width && pooling == std::string("mean"); ++column) {
                    wanted[column] = 0;
                    for (size_t row = 0; row < rows; ++row)
                        wanted[column] += states[row * width + column] / double(rows);
                }
                QVERIFY(largestDifference(answers[i]["vector"].get<std::vector<double>>(), wanted) <= kLimit);
                QVERIFY(largestDifference(statesOf(notifications, int64_t(i)), states) <= kLimit);
            }
        }
    }

    void vectorsCanHaveLengthOne()
    {
        const int64_t handle = m_worker.load(reference::path(QStringLiteral("bert-base")));
        const Json items = itemsOf(QStringLiteral("bert-base"));
        const auto plain = ask(protocol::method::kEncode, {{"model", handle}, {"items", items}})["items"][1]["vector"].get<std::vector<double>>();
        auto normal = ask(protocol::method::kEncode, {{"model", handle}, {"items", items}, {"normalise", true}})["items"][1]["vector"].get<std::vector<double>>();
        double squares = 0, length = 0;
        for (size_t i = 0; i < normal.size(); ++i) {
            squares += normal[i] * normal[i];
            length += plain[i] * plain[i];
        }
        QVERIFY(std::abs(squares - 1) < 1e-5);
        for (double &value : normal)
            value *= std::sqrt(length);
        QVERIFY(largestDifference(normal, plain) < 1e-5);
    }

    void sentenceModelsSayHowTheyPool()
    {
        const QString path = m_folder.filePath(QStringLiteral("sentences"));
        QVERIFY(ChangedModel::read(reference::path(QStringLiteral("bert-base")).toStdString()).write(path.toStdString()));
        const auto write = [&](const char *name, const char *text) {
            std::filesystem::create_directories((path.toStdString() + "/" + name).substr(0, (path.toStdString() + "/" + name).rfind('/')));
            return writeFileAtomically(path.toStdString() + "/" + name, text).has_value();
        };
        QVERIFY(write("modules.json", R"([{"idx":0,"path":"","type":"sentence_transformers.models.Transformer"},
            {"idx":1,"path":"1_Pooling","type":"sentence_transformers.models.Pooling"},
            {"idx":2,"path":"2_Normalize","type":"sentence_transformers.models.Normalize"}])"));
        QVERIFY(write("1_Pooling/config.json", R"({"pooling_mode_cls_token":true,"pooling_mode_mean_tokens":false})"));
        const Json items = itemsOf(QStringLiteral("bert-base"));
        int64_t handle = m_worker.load(path);
        const Json own = ask(protocol::method::kEncode, {{"model", handle}, {"items", items}});
        const Json said = ask(protocol::method::kEncode, {{"model", handle}, {"items", items}, {"pooling", "first"}, {"normalise", true}});
        QCOMPARE(own["pooling"].get<std::string>(), std::string("first"));
        QCOMPARE(own["items"], said["items"]);
        QVERIFY(own["items"] != ask(protocol::method::kEncode, {{"model", handle}, {"items", items}, {"pooling", "first"}})["items"]);
        // A layer behind the pooling is not computed: only the user can do without it.
        QVERIFY(write("modules.json", R"([{"idx":0,"path":"","type":"sentence_transformers.models.Dense"}])"));
        handle = m_worker.load(path);
        const auto refused = m_worker.ask(protocol::method::kEncode, {{"model", handle}, {"items", items}});
        QVERIFY(refused && refused->error);
        QCOMPARE(refused->error->code, ErrorCode::ArchitectureUnsupported);
        QVERIFY(!ask(protocol::method::kEncode, {{"model", handle}, {"items", items}, {"pooling", "mean"}}).empty());
    }

    // More than a pass takes, of all lengths: what comes out must not depend on the company.
    void eachGetsWhatItWouldGetAlone()
    {
        for (const char *model : {"bert-base", "roberta-seqcls"}) {
            const int64_t handle = m_worker.load(reference::path(QString::fromLatin1(model)));
            Json items = Json::array();
            for (int64_t i = 0; i < 60; ++i) {
                Json ids = Json::array();
                for (int64_t k = 0; k <= (i * 37) % 60; ++k)
                    ids.push_back((i * 11 + k * 7) % 250 + 5);
                items.push_back({{"ids", ids}});
            }
            const Json together = ask(protocol::method::kEncode, {{"model", handle}, {"items", items}})["items"];
            QCOMPARE(together.size(), items.size());
            for (size_t i = 0; i < items.size(); ++i) {
                const Json alone = ask(protocol::method::kEncode, {{"model", handle}, {"items", {items[i]}}})["items"][0];
                QVERIFY(largestDifference(together[i]["vector"].get<std::vector<double>>(), alone["vector"].get<std::vector<double>>()) <= 2e-5);
            }
        }
    }

    void fillsMasksIn_data() { classifies_data(); }
    void fillsMasksIn()
    {
        QFETCH(QString, model);
        const QString path = m_folder.filePath(model);
        const masked::Head head = masked::writeModel(model, path);
        QVERIFY(!head.weight.empty());
        const int64_t handle = m_worker.load(path);
        QVERIFY(handle > 0);
        QCOMPARE(m_worker.lastLoad()["kind"].get<std::string>(), std::string("masked"));
        const Json item = itemOf(reference::expected(model)["inputs"][0]);
        for (const size_t position : {size_t(2), size_t(6)}) {
            const Json answer = ask(protocol::method::kFill, {{"model", handle}, {"items", {item}}, {"mask", item["ids"][position]}, {"top", 262}});
            const Json filled = answer["items"][0];
            QCOMPARE(filled["positions"], Json::array({position}));
            const std::vector<double> wanted = head.logProbabilities(position);
            const Json top = filled["fillers"][0]["top"];
            QCOMPARE(top.size(), wanted.size());
            for (const Json &one : top)
                QVERIFY(std::abs(one["logProbability"].get<double>() - wanted[one["id"].get<size_t>()]) <= kLimit);
            const auto best = std::max_element(wanted.begin(), wanted.end()) - wanted.begin();
            QCOMPARE(top[0]["id"].get<std::ptrdiff_t>(), best);
        }
    }

    void textsBecomeIds()
    {
        const int64_t handle = m_worker.load(withTokenizer());
        QVERIFY(handle > 0);
        const auto logits = [&](const Json &item) {
            return ask(protocol::method::kClassify, {{"model", handle}, {"items", {item}}})["items"][0].value("logits", std::vector<double>());
        };
        // [CLS] 2, [SEP] 3, then the words from 5 on, as maskedmodel.h lists them.
        QVERIFY(!logits({{"text", "good film"}}).empty());
        QCOMPARE(logits({{"text", "Good film"}}), logits({{"ids", {2, 5, 6, 3}}}));
        QCOMPARE(logits({{"text", "good"}, {"pair", "film film"}}), logits({{"ids", {2, 5, 3, 6, 6, 3}}, {"types", {0, 0, 0, 1, 1, 1}}}));
        QVERIFY(logits({{"ids", {2, 5, 3, 6, 6, 3}}}) != logits({{"ids", {2, 5, 3, 6, 6, 3}}, {"types", {0, 0, 0, 1, 1, 1}}}));
    }

    // The model reads 64 tokens. Of a pair the longer text is cut first, as the tokenizers library does it.
    void longTextsAreCutWhenAsked()
    {
        const int64_t handle = m_worker.load(withTokenizer());
        const auto words = [](const char *word, int count) {
            std::string out;
            for (int i = 0; i < count; ++i)
                out += std::string(word) + " ";
            return out;
        };
        const auto ids = [](std::vector<std::pair<int, int>> runs) {
            Json out = Json::array();
            for (const auto &[id, count] : runs)
                out.insert(out.end(), size_t(count), id);
            return out;
        };
        const auto answerTo = [&](Json item) {
            item["truncate"] = true;
            return ask(protocol::method::kClassify, {{"model", handle}, {"items", {item}}})["items"][0];
        };
        const Json one = answerTo({{"text", words("good", 40) + words("film", 60)}});
        QVERIFY(one["truncated"].get<bool>());
        QCOMPARE(one["logits"], answerTo({{"ids", ids({{2, 1}, {5, 40}, {6, 22}, {3, 1}})}})["logits"]);
        const Json longer = answerTo({{"text", words("good", 10)}, {"pair", words("film", 90)}});
        QCOMPARE(longer["logits"], answerTo({{"ids", ids({{2, 1}, {5, 10}, {3, 1}, {6, 51}, {3, 1}})}, {"types", ids({{0, 12}, {1, 52}})}})["logits"]);
        const Json both = answerTo({{"text", words("good", 100)}, {"pair", words("film", 90)}});
        QCOMPARE(both["logits"], answerTo({{"ids", ids({{2, 1}, {5, 31}, {3, 1}, {6, 30}, {3, 1}})}, {"types", ids({{0, 33}, {1, 31}})}})["logits"]);
        const Json fits = answerTo({{"text", words("good", 62)}});
        QVERIFY(!fits["truncated"].get<bool>());
        const Json cut = answerTo({{"ids", ids({{5, 99}})}});
        QCOMPARE(cut["tokens"].get<int>(), 64);
        QCOMPARE(cut["logits"], answerTo({{"ids", ids({{5, 64}})}})["logits"]);
    }

    void wrongRequestsAreNamed_data();
    void wrongRequestsAreNamed()
    {
        QFETCH(QString, model);
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, params);
        QFETCH(int, code);
        Json request = Json::parse(params.toStdString());
        request["model"] = m_worker.load(reference::path(model));
        const auto answer = m_worker.ask(method.constData(), request);
        QVERIFY(answer && answer->error);
        QCOMPARE(definitionOf(answer->error->code).id, definitionOf(ErrorCode(code)).id);
        // It stays usable.
        QVERIFY(!m_worker.ask(protocol::method::kMemory, Json::object())->error);
    }

    void passesAreTimed_data()
    {
        QTest::addColumn<QString>("model");
        for (const char *model : {"bert-base", "bert-seqcls", "roberta-seqcls", "distilbert-seqcls"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }
    void passesAreTimed()
    {
        QFETCH(QString, model);
        const int64_t handle = m_worker.load(reference::path(model));
        const Json samples = ask(protocol::method::kMeasure, {{"model", handle}, {"promptTokens", 64}, {"outputTokens", 0}, {"batch", 3}, {"runs", 2}, {"warmup", 1}})["samples"];
        QCOMPARE(samples.size(), size_t(3));
        QVERIFY(samples[0]["warmup"].get<bool>() && !samples[1]["warmup"].get<bool>());
        for (const Json &sample : samples) {
            QCOMPARE(sample["outputTokens"].get<int>(), 0);
            QCOMPARE(sample["promptTokens"].get<int>(), 64);
            QVERIFY(sample["total"].get<double>() > 0);
            QVERIFY(sample["gaps"].empty());
        }
        const auto longer = m_worker.ask(protocol::method::kMeasure, {{"model", handle}, {"promptTokens", 65}, {"outputTokens", 0}});
        QVERIFY(longer && longer->error);
        QCOMPARE(longer->error->code, ErrorCode::ContextTooLong);
    }

    void theSentenceSaysWhatTheModelIs()
    {
        const int64_t handle = m_worker.load(reference::path(QStringLiteral("bert-base")));
        const auto answer = m_worker.ask(protocol::method::kGenerate, {{"model", handle}, {"ids", {1, 2}}});
        QVERIFY(answer && answer->error);
        QCOMPARE(answer->error->sentence(), std::string("BertModel is an encoder, which cannot continue texts. Models of its kind run with assay embed."));
    }

    // A weight that is no number makes states and logits that are none.
    void whatIsNoNumberIsNamed()
    {
        for (const char *name : {"bert-base", "bert-seqcls"}) {
            auto model = ChangedModel::read(reference::path(QString::fromLatin1(name)).toStdString());
            auto &bytes = model.tensor("encoder.layer.1.output.LayerNorm.bias").bytes;
            const float nan = NAN;
            QVERIFY(bytes.size() >= sizeof nan);
            std::memcpy(bytes.data(), &nan, sizeof nan);
            const QString path = m_folder.filePath(QStringLiteral("nan-%1").arg(QLatin1String(name)));
            QVERIFY(model.write(path.toStdString()));
            const int64_t handle = m_worker.load(path);
            const char *method = name == std::string("bert-base") ? protocol::method::kEncode : protocol::method::kClassify;
            const auto answer = m_worker.ask(method, {{"model", handle}, {"items", {{{"ids", {5, 6}}}}}});
            QVERIFY(answer && answer->error);
            QCOMPARE(answer->error->code, ErrorCode::EngineFailed);
        }
    }

    void anEncoderMayHaveNoPooler()
    {
        auto model = ChangedModel::read(reference::path(QStringLiteral("bert-base")).toStdString());
        model.drop("pooler.dense.weight");
        model.drop("pooler.dense.bias");
        const QString path = m_folder.filePath(QStringLiteral("unpooled"));
        QVERIFY(model.write(path.toStdString()));
        const int64_t handle = m_worker.load(path);
        QVERIFY(handle > 0);
        QVERIFY(!m_worker.lastLoad()["pooler"].get<bool>());
        QVERIFY(!ask(protocol::method::kEncode, {{"model", handle}, {"items", {{{"ids", {5, 6}}}}}}).empty());
        const auto pooled = m_worker.ask(protocol::method::kEncode, {{"model", handle}, {"items", {{{"ids", {5, 6}}}}}, {"pooling", "pooler"}});
        QVERIFY(pooled && pooled->error);
        QCOMPARE(pooled->error->code, ErrorCode::BadParameters);
    }
};

void TestEncoding::wrongRequestsAreNamed_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("params");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const char *model, const char *method, const std::string &params, ErrorCode code) {
        QTest::newRow(name) << QString::fromLatin1(model) << QByteArray(method) << QByteArray::fromStdString(params) << int(code);
    };
    const std::string one = R"({"items":[{"ids":[5,6]}]})";
    // Each kind of model against what it cannot do.
    for (const char *model : {"bert-base", "bert-seqcls"}) {
        row((std::string(model) + " generates").c_str(), model, "generate", R"({"ids":[1,2]})", ErrorCode::WrongTask);
        row((std::string(model) + " generates many").c_str(), model, "generateBatch", R"({"rows":[{"ids":[1,2]}]})", ErrorCode::WrongTask);
        row((std::string(model) + " scores").c_str(), model, "score", R"({"items":[{"contextIds":[1],"continuationIds":[2]}]})", ErrorCode::WrongTask);
        row((std::string(model) + " gives logits").c_str(), model, "logits", R"({"ids":[1,2]})", ErrorCode::WrongTask);
        row((std::string(model) + " continues a text").c_str(), model, "generate", R"({"prompt":"a"})", ErrorCode::WrongTask);
        row((std::string(model) + " scores a text").c_str(), model, "score", R"({"items":[{"context":"a","continuation":"b"}]})", ErrorCode::WrongTask);
        row((std::string(model) + " is measured").c_str(), model, "measure", R"({"promptTokens":4,"outputTokens":4})", ErrorCode::WrongTask);
        row((std::string(model) + " fills").c_str(), model, "fill", one, ErrorCode::WrongTask);
    }
    row("an encoder classifies", "bert-base", "classify", one, ErrorCode::WrongTask);
    row("a decoder classifies", "llama-gqa", "classify", one, ErrorCode::WrongTask);
    row("a decoder is measured by passes", "llama-gqa", "measure", R"({"promptTokens":4,"outputTokens":0})", ErrorCode::BadParameters);
    row("a decoder encodes", "llama-gqa", "encode", one, ErrorCode::WrongTask);
    row("a decoder fills", "llama-gqa", "fill", one, ErrorCode::WrongTask);
    // The 64 positions, the 262 ids and the 2 token types.
    std::string ids = "1";
    for (int i = 0; i < 64; ++i)
        ids += ",1";
    row("too long", "bert-seqcls", "classify", R"({"items":[{"ids":[5]},{"ids":[)" + ids + "]}]}", ErrorCode::ContextTooLong);
    row("too long for RoBERTa", "roberta-seqcls", "classify", R"({"items":[{"ids":[)" + ids + "]}]}", ErrorCode::ContextTooLong);
    row("outside the vocabulary", "bert-seqcls", "classify", R"({"items":[{"ids":[262]}]})", ErrorCode::TokenOutOfRange);
    row("below the vocabulary", "bert-base", "encode", R"({"items":[{"ids":[-1]}]})", ErrorCode::TokenOutOfRange);
    row("unknown type", "bert-base", "encode", R"({"items":[{"ids":[5],"types":[2]}]})", ErrorCode::BadParameters);
    row("a type where there are none", "distilbert-seqcls", "classify", R"({"items":[{"ids":[5],"types":[1]}]})", ErrorCode::BadParameters);
    row("too few types", "bert-base", "encode", R"({"items":[{"ids":[5,6],"types":[0]}]})", ErrorCode::BadParameters);
    row("unknown pooling", "bert-base", "encode", R"({"items":[{"ids":[5]}],"pooling":"max"})", ErrorCode::BadParameters);
    row("no pooler", "distilbert-seqcls", "encode", R"({"items":[{"ids":[5]}],"pooling":"pooler"})", ErrorCode::BadParameters);
    row("neither text nor ids nor tokenizer", "bert-base", "encode", R"({"items":[{}]})", ErrorCode::TokenizerMissing);
    row("both text and ids", "bert-base", "encode", R"({"items":[{"ids":[5],"text":"a"}]})", ErrorCode::BadParameters);
    row("no items", "bert-base", "encode", "{}", ErrorCode::BadParameters);
    std::string many = R"({"ids":[5]})";
    for (int i = 0; i < 22'000; ++i)
        many += R"(,{"ids":[5]})";
    row("too many for one answer", "bert-base", "encode", R"({"items":[)" + many + "]}", ErrorCode::BadParameters);
}

QTEST_GUILESS_MAIN(TestEncoding)
#include "tst_encoding.moc"
