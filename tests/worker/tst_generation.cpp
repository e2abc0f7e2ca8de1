// SPDX-License-Identifier: GPL-3.0-or-later
// Generation and scoring by the real worker: in batches, by every option, on the models with the reference's own outputs.
#include "referencemodels.h"
#include "workerprocess.h"

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <map>

using namespace assay;
using protocol::Json;

namespace {

/// Each has its own way to tell where a token stands: rotation, a sliding window, learned positions, ALiBi, MLA.
const QStringList kModels = {QStringLiteral("llama-gqa"), QStringLiteral("mistral-swa"), QStringLiteral("gpt2"),
                             QStringLiteral("bloom"), QStringLiteral("deepseek-v2-lite")};

using Ids = std::vector<int64_t>;

/// Log-probability of a token at a row of logits, and its rank, in double.
std::pair<double, int64_t> expectedToken(std::span<const float> row, int64_t id)
{
    double sum = 0;
    int64_t rank = 1;
    for (size_t i = 0; i < row.size(); ++i) {
        sum += std::exp(double(row[i]));
        rank += row[i] > row[size_t(id)];
    }
    return {double(row[size_t(id)]) - std::log(sum), rank};
}

} // namespace

class TestGeneration : public QObject
{
    Q_OBJECT

    WorkerProcess m_worker;
    std::map<QString, int64_t> m_models;
    int64_t m_context = 0; ///< of the first model

    /// 0 when there is no such model.
    int64_t modelNamed(const QString &name)
    {
        if (!m_models.contains(name))
            m_models[name] = reference::models().contains(name) ? m_worker.load(reference::path(name)) : 0;
        return m_models[name];
    }

    Json batch(int64_t model, const Json &rows)
    {
        const auto answer = m_worker.ask(protocol::method::kGenerateBatch, {{"model", model}, {"rows", rows}});
        if (!answer || answer->error) {
            qWarning("%s", answer ? answer->error->sentence().c_str() : "no answer");
            return Json::array();
        }
        return answer->result["rows"];
    }

    Ids alone(int64_t model, const Json &row)
    {
        const Json rows = batch(model, Json::array({row}));
        return rows.empty() ? Ids() : rows[0]["ids"].get<Ids>();
    }

    std::optional<Error> errorOf(const char *method, Json params)
    {
        params["model"] = modelNamed(kModels[0]);
        const auto answer = m_worker.ask(method, params);
        return answer ? answer->error : std::nullopt;
    }

    void addModels()
    {
        QTest::addColumn<QString>("model");
        for (const QString &model : reference::models()) {
            if (kModels.contains(model))
                QTest::newRow(qPrintable(model)) << model;
        }
    }

private slots:
    void initTestCase()
    {
        QVERIFY(modelNamed(kModels[0]) > 0);
        m_context = m_worker.lastLoad()["contextLength"].get<int64_t>();
    }

    // The reference's prompts, and beginnings of them, of different lengths together: its own greedy tokens.
    void aBatchSaysWhatTheReferenceSays_data() { addModels(); }
    void aBatchSaysWhatTheReferenceSays()
    {
        QFETCH(QString, model);
        const int64_t handle = modelNamed(model);
        const Json expected = reference::expected(model);
        Json rows = Json::array();
        for (const Json &prompt : expected["prompts"]) {
            const Ids ids = prompt["input_ids"].get<Ids>();
            rows.push_back({{"ids", ids}, {"maxTokens", prompt["greedy_tokens"].size()}, {"ignoreEos", true}});
            rows.push_back({{"ids", Ids(ids.begin(), ids.begin() + 1)}, {"maxTokens", 3}, {"ignoreEos", true}});
        }
        const Json answers = batch(handle, rows);
        QCOMPARE(answers.size(), rows.size());
        std::map<int64_t, Ids> streamed;
        for (const protocol::Message &message : m_worker.notifications()) {
            for (const Json &id : message.params["ids"])
                streamed[message.params["row"].get<int64_t>()].push_back(id.get<int64_t>());
        }
        size_t row = 0;
        for (const Json &prompt : expected["prompts"]) {
            QCOMPARE(answers[row]["ids"].get<Ids>(), prompt["greedy_tokens"].get<Ids>());
            QCOMPARE(answers[row]["promptTokens"].get<size_t>(), prompt["input_ids"].size());
            QCOMPARE(streamed[int64_t(row)], answers[row]["ids"].get<Ids>());
            QCOMPARE(answers[row + 1]["ids"].get<Ids>(), alone(handle, rows[row + 1]));
            row += 2;
        }
    }

    // What they begin with is computed once: equal prompts, and others that go on in their own ways and lengths.
    void aSharedBeginning_data() { addModels(); }
    void aSharedBeginning()
    {
        QFETCH(QString, model);
        const int64_t handle = modelNamed(model);
        Ids beginning;
        for (int64_t i = 0; i < 30; ++i)
            beginning.push_back(3 + i * i % 41);
        for (const bool equal : {true, false}) {
            Json rows = Json::array();
            for (int i = 0; i < 5; ++i) {
                Ids ids = beginning;
                for (int more = 0; more < (equal ? 1 : 2 * i); ++more)
                    ids.push_back(equal ? 7 : 5 + i + more);
                rows.push_back({{"ids", ids}, {"maxTokens", 8}, {"temperature", 0.7}, {"seed", 40 + i}, {"ignoreEos", true}});
            }
            const Json together = batch(handle, rows);
            QCOMPARE(together.size(), rows.size());
            for (size_t i = 0; i < rows.size(); ++i)
                QCOMPARE(together[i]["ids"].get<Ids>(), alone(handle, rows[i]));
        }
    }

    void aSeedGivesTheSameInAnyBatch_data() { addModels(); }
    void aSeedGivesTheSameInAnyBatch()
    {
        QFETCH(QString, model);
        const int64_t handle = modelNamed(model);
        Json rows = Json::array();
        for (int i = 0; i < 5; ++i) {
            rows.push_back({{"ids", Ids(size_t(1 + 3 * i), 5 + i)}, {"maxTokens", 6 + 2 * i}, {"temperature", 0.8}, {"topK", 40},
                            {"topP", 0.95}, {"minP", 0.01}, {"repetitionPenalty", 1.1}, {"seed", 100 + i}, {"ignoreEos", true}});
        }
        const Json together = batch(handle, rows);
        QCOMPARE(together.size(), rows.size());
        std::reverse(rows.begin(), rows.end());
        const Json backwards = batch(handle, rows);
        for (size_t i = 0; i < rows.size(); ++i) {
            const Ids wanted = alone(handle, rows[i]);
            QCOMPARE(backwards[i]["ids"].get<Ids>(), wanted);
            QCOMPARE(together[rows.size() - 1 - i]["ids"].get<Ids>(), wanted);
        }
        // And another seed something else.
        Json other = rows[0];
        other["seed"] = 7;
        QVERIFY(alone(handle, other) != alone(handle, rows[0]));
    }

    void stopTokensEndARow()
    {
        const int64_t handle = modelNamed(kModels[0]);
        const Json prompt = reference::expected(kModels[0])["prompts"][0];
        const Ids greedy = prompt["greedy_tokens"].get<Ids>();
        Ids wanted;
        for (const int64_t id : greedy) {
            wanted.push_back(id);
            if (id == greedy[2])
                break;
        }
        const Json row = {{"ids", prompt["input_ids"]}, {"maxTokens", 50}, {"ignoreEos", true}, {"stopTokens", {greedy[2]}}};
        const Json answers = batch(handle, Json::array({row, {{"ids", {1, 2}}, {"maxTokens", 4}, {"ignoreEos", true}}}));
        QCOMPARE(answers[0]["ids"].get<Ids>(), wanted);
        QCOMPARE(answers[0]["finish"].get<std::string>(), std::string("stop"));
        QCOMPARE(answers[1]["finish"].get<std::string>(), std::string("length"));
        QCOMPARE(answers[1]["ids"].size(), size_t(4));
    }

    // Each token against the reference's logits: of the last prompt position the first generated token.
    void tokensAreToldWithTheirProbabilities()
    {
        const int64_t handle = modelNamed(kModels[0]);
        const Json prompt = reference::expected(kModels[0])["prompts"][0];
        const auto logits = reference::tensor(kModels[0], prompt["logits"].get<std::string>());
        const size_t width = logits.size() / prompt["input_ids"].size();
        batch(handle, Json::array({{{"ids", prompt["input_ids"]}, {"maxTokens", 5}, {"top", 3}, {"temperature", 1.5},
                                    {"seed", 11}, {"ignoreEos", true}}}));
        QCOMPARE(m_worker.notifications().size(), size_t(5));
        for (const protocol::Message &message : m_worker.notifications()) {
            const Json token = message.params["tokens"][0];
            QCOMPARE(token["id"], message.params["ids"][0]);
            double sum = token["tail"].get<double>();
            for (const Json &one : token["top"])
                sum += std::exp(one["logProbability"].get<double>());
            QVERIFY(std::abs(sum - 1) <= 1e-12);
        }
        const Json first = m_worker.notifications().front().params["tokens"][0];
        const std::span<const float> last = std::span(logits).last(width);
        const auto [logProbability, rank] = expectedToken(last, first["id"].get<int64_t>());
        QVERIFY(std::abs(first["logProbability"].get<double>() - logProbability) < 1e-4);
        QCOMPARE(first["rank"].get<int64_t>(), rank);
        QCOMPARE(first["top"][0]["id"].get<int64_t>(), std::ranges::max_element(last) - last.begin());
    }

    // Sums, tokens, ranks and tails of continuations, in an order that shares nothing from one to the next.
    void scoresInAnyOrder_data() { addModels(); }
    void scoresInAnyOrder()
    {
        QFETCH(QString, model);
        const int64_t handle = modelNamed(model);
        Json items = Json::array();
        std::vector<std::pair<size_t, size_t>> of; // prompt and length
        const Json prompts = reference::expected(model)["prompts"];
        for (const size_t length : {1, 4, 2, 1, 3}) {
            for (size_t i = 0; i < prompts.size(); ++i) {
                const Ids ids = prompts[i]["input_ids"].get<Ids>();
                if (ids.size() < length + 2)
                    continue;
                const auto split = ids.end() - std::ptrdiff_t(length);
                items.push_back({{"contextIds", Ids(ids.begin(), split)}, {"continuationIds", Ids(split, ids.end())}});
                of.emplace_back(i, length);
            }
        }
        const auto answer = m_worker.ask(protocol::method::kScore, {{"model", handle}, {"items", items}, {"tokens", true}, {"top", 2}});
        QVERIFY(answer && !answer->error);
        std::map<size_t, Json> tokens;
        for (const protocol::Message &message : m_worker.notifications()) {
            if (message.method == protocol::notification::kScoreTokens)
                tokens[message.params["item"].get<size_t>()] = message.params["tokens"];
        }
        for (size_t i = 0; i < of.size(); ++i) {
            const Json &prompt = prompts[of[i].first];
            const Ids ids = prompt["input_ids"].get<Ids>();
            const auto logits = reference::tensor(model, prompt["logits"].get<std::string>());
            const size_t width = logits.size() / ids.size();
            QCOMPARE(tokens[i].size(), of[i].second);
            double sum = 0;
            for (size_t k = 0; k < of[i].second; ++k) {
                const size_t place = ids.size() - of[i].second + k;
                const auto row = std::span(logits).subspan((place - 1) * width, width);
                const auto [logProbability, rank] = expectedToken(row, ids[place]);
                QCOMPARE(tokens[i][k]["id"].get<int64_t>(), ids[place]);
                QVERIFY(std::abs(tokens[i][k]["logProbability"].get<double>() - logProbability) < 1e-4);
                QVERIFY(std::abs(tokens[i][k]["rank"].get<int64_t>() - rank) <= 1); // neighbours may be 1e-5 apart
                sum += logProbability;
            }
            QVERIFY(std::abs(answer->result["scores"][i]["logLikelihood"].get<double>() - sum) < 1e-4 * double(of[i].second));
        }
        // Without tokens the same sums.
        const auto sums = m_worker.ask(protocol::method::kScore, {{"model", handle}, {"items", items}});
        for (size_t i = 0; i < of.size(); ++i) {
            const double a = sums->result["scores"][i]["logLikelihood"].get<double>();
            QVERIFY(std::abs(a - answer->result["scores"][i]["logLikelihood"].get<double>()) < 1e-4);
            QCOMPARE(sums->result["scores"][i]["greedy"], answer->result["scores"][i]["greedy"]);
        }
    }

    void whatCannotBeIsNamed_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("argument");
        const auto row = [](const char *text, ErrorCode code, const char *argument) {
            QTest::newRow(text) << QByteArray(text) << int(code) << QByteArray(argument);
        };
        constexpr auto kBad = ErrorCode::BadParameters;
        row(R"({"ids":[1],"temperature":-1})", kBad, "temperature");
        row(R"({"ids":[1],"temperature":null})", kBad, "temperature"); // JSON's only word for what is not a number
        row(R"({"ids":[1],"topK":-1})", kBad, "topK");
        row(R"({"ids":[1],"topP":0})", kBad, "topP");
        row(R"({"ids":[1],"topP":1.5})", kBad, "topP");
        row(R"({"ids":[1],"minP":2})", kBad, "minP");
        row(R"({"ids":[1],"repetitionPenalty":0})", kBad, "repetitionPenalty");
        row(R"({"ids":[1],"maxTokens":0})", kBad, "maxTokens");
        row(R"({"ids":[1],"top":-1})", kBad, "top");
        row(R"({"ids":[1],"top":1001})", kBad, "top");
        row(R"({"ids":[1],"stopTokens":[99999999]})", ErrorCode::TokenOutOfRange, "99999999");
        row(R"({"ids":[99999999]})", ErrorCode::TokenOutOfRange, "99999999");
        // Without a tokenizer there is no text: neither to continue nor to stop at.
        row(R"({"prompt":"a"})", ErrorCode::TokenizerMissing, "");
        row(R"({"ids":[1],"stop":["a"]})", ErrorCode::TokenizerMissing, "");
    }

    void whatCannotBeIsNamed()
    {
        QFETCH(QByteArray, row);
        QFETCH(int, code);
        QFETCH(QByteArray, argument);
        const Json sound = {{"ids", {1}}, {"maxTokens", 1}};
        const auto error = errorOf(protocol::method::kGenerateBatch, {{"rows", {sound, Json::parse(row.constData())}}});
        QVERIFY(error);
        QCOMPARE(error->code, ErrorCode(code));
        if (!argument.isEmpty())
            QCOMPARE(QByteArray::fromStdString(error->arguments[0]), argument);
        QCOMPARE(error->where, std::string("prompt 2"));
        // The worker goes on.
        QCOMPARE(alone(modelNamed(kModels[0]), sound).size(), size_t(1));
    }

    void noRowsAndTooMany()
    {
        const auto none = errorOf(protocol::method::kGenerateBatch, {{"rows", Json::array()}});
        QVERIFY(none);
        QCOMPARE(none->code, ErrorCode::BadParameters);
        Json many = Json::array();
        for (int i = 0; i < 1025; ++i)
            many.push_back({{"ids", {1}}});
        const auto tooMany = errorOf(protocol::method::kGenerateBatch, {{"rows", many}});
        QVERIFY(tooMany);
        QCOMPARE(tooMany->code, ErrorCode::BadParameters);
    }

    void promptsBeyondTheContextAreRefused()
    {
        const auto error = errorOf(protocol::method::kGenerate, {{"ids", Ids(size_t(m_context), 1)}});
        QVERIFY(error);
        QCOMPARE(error->code, ErrorCode::ContextTooLong);
        // One less has room for one token, and ends there.
        const Json rows = batch(modelNamed(kModels[0]), Json::array({{{"ids", Ids(size_t(m_context) - 1, 1)}, {"ignoreEos", true}}}));
        QCOMPARE(rows[0]["ids"].size(), size_t(1));
        QCOMPARE(rows[0]["finish"].get<std::string>(), std::string("length"));
    }

    void wrongScoreItemsAreNamed()
    {
        const Json sound = {{"contextIds", {1}}, {"continuationIds", {2}}};
        const auto error = errorOf(protocol::method::kScore,
                                   {{"items", {sound, {{"contextIds", {1}}, {"continuationIds", {99999999}}}}}});
        QVERIFY(error);
        QCOMPARE(error->code, ErrorCode::TokenOutOfRange);
        QCOMPARE(error->where, std::string("item 2"));
        const auto top = errorOf(protocol::method::kScore, {{"items", Json::array({sound})}, {"tokens", true}, {"top", 5000}});
        QVERIFY(top);
        QCOMPARE(top->code, ErrorCode::BadParameters);
    }
};

QTEST_GUILESS_MAIN(TestGeneration)
#include "tst_generation.moc"
