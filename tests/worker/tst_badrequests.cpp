// SPDX-License-Identifier: GPL-3.0-or-later
// Requests that a model cannot answer: tokens outside its vocabulary, prompts that are empty or longer than the context, for
// each method that takes tokens. Each ends with a named error, and the worker goes on.
#include "changedmodel.h"
#include "lastingworker.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace assay;
using Json = nlohmann::json;

namespace {

// Of llama-gqa.
constexpr int64_t kVocabulary = 259, kContext = 128;

Json ones(int64_t count)
{
    return std::vector<int64_t>(size_t(count), 1);
}

struct Method
{
    const char *name, *method;
    Json (*params)(const Json &ids);
    bool scores;
};

const Method kMethods[] = {
    {"generate", protocol::method::kGenerate, [](const Json &ids) { return Json{{"ids", ids}, {"maxTokens", 2}}; }, false},
    {"stop tokens", protocol::method::kGenerate, [](const Json &ids) { return Json{{"ids", {1}}, {"maxTokens", 2}, {"stopTokens", ids}}; }, false},
    {"second of a batch", protocol::method::kGenerateBatch,
     [](const Json &ids) {
         return Json{{"rows", {{{"ids", {1, 2}}, {"maxTokens", 2}}, {{"ids", ids}, {"maxTokens", 2}}}}};
     },
     false},
    {"logits", protocol::method::kLogits, [](const Json &ids) { return Json{{"ids", ids}}; }, false},
    {"logits with cache", protocol::method::kLogits, [](const Json &ids) { return Json{{"ids", ids}, {"cache", true}}; }, false},
    {"context", protocol::method::kScore, [](const Json &ids) { return Json{{"items", {{{"contextIds", ids}, {"continuationIds", {1}}}}}}; }, true},
    {"continuation", protocol::method::kScore, [](const Json &ids) { return Json{{"items", {{{"contextIds", {1}}, {"continuationIds", ids}}}}}; }, true},
};

struct Ids
{
    const char *name;
    Json ids;
    ErrorCode code;
};

std::vector<Ids> wrongIds()
{
    constexpr auto kOutside = ErrorCode::TokenOutOfRange, kWrong = ErrorCode::BadParameters;
    return {{"one too many", {kVocabulary}, kOutside},
            {"negative", {-1}, kOutside},
            {"the last of several", {1, 2, 3, kVocabulary + 1}, kOutside},
            {"2^31", {int64_t(1) << 31}, kOutside},
            {"2^63 - 1", {INT64_MAX}, kOutside},
            {"-2^63", {INT64_MIN}, kOutside},
            {"2^63", {uint64_t(1) << 63}, kWrong},
            {"beyond 64 bits", {1e30}, kWrong},
            {"a fraction", {1.5}, kWrong},
            {"text", {"1"}, kWrong},
            {"null", nullptr, kWrong}};
}

} // namespace

class TestBadRequests : public QObject
{
    Q_OBJECT

    LastingWorker m_worker;

    void fails(const char *method, Json params, ErrorCode code)
    {
        params["model"] = m_worker.good();
        const auto error = m_worker.failing(method, params);
        QVERIFY(error.has_value());
        QCOMPARE(definitionOf(error->code).id, definitionOf(code).id);
        QVERIFY2(isPlain(error->sentence()), error->sentence().c_str());
        QVERIFY(m_worker.stillWorks());
    }

private slots:
    void initTestCase() { QVERIFY(m_worker.stillWorks()); }

    void tokensOutsideTheVocabulary_data()
    {
        QTest::addColumn<int>("method");
        QTest::addColumn<int>("ids");
        for (int method = 0; method < int(std::size(kMethods)); ++method) {
            for (int ids = 0; ids < int(wrongIds().size()); ++ids)
                QTest::addRow("%s: %s", kMethods[method].name, wrongIds()[size_t(ids)].name) << method << ids;
        }
    }

    void tokensOutsideTheVocabulary()
    {
        QFETCH(int, method);
        QFETCH(int, ids);
        const Ids wrong = wrongIds()[size_t(ids)];
        fails(kMethods[method].method, kMethods[method].params(wrong.ids), wrong.code);
    }

    void promptsAndTheContext()
    {
        fails(protocol::method::kGenerate, {{"ids", ones(kContext)}}, ErrorCode::ContextTooLong);
        fails(protocol::method::kGenerate, {{"ids", ones(5000)}}, ErrorCode::ContextTooLong);
        fails(protocol::method::kGenerateBatch, {{"rows", {{{"ids", {1}}}, {{"ids", ones(kContext)}}}}}, ErrorCode::ContextTooLong);
        fails(protocol::method::kLogits, {{"ids", ones(kContext + 1)}}, ErrorCode::ContextTooLong);
        fails(protocol::method::kScore, {{"items", {{{"contextIds", {1}}, {"continuationIds", ones(kContext + 1)}}}}}, ErrorCode::ContextTooLong);
        fails(protocol::method::kMeasure, {{"promptTokens", kContext}, {"outputTokens", 1}}, ErrorCode::ContextTooLong);
        fails(protocol::method::kMeasure, {{"promptTokens", int64_t(1) << 62}}, ErrorCode::BadParameters);
    }

    /// A context to be scored in is cut from the left where it does not fit, and the answer says so.
    void aContextThatIsCutIsTold()
    {
        const Json items = {{{"contextIds", ones(kContext - 1)}, {"continuationIds", {1}}},
                            {{"contextIds", ones(kContext + 50)}, {"continuationIds", {1}}}};
        const auto answer = m_worker.process().ask(protocol::method::kScore, {{"model", m_worker.good()}, {"items", items}});
        QVERIFY(answer && !answer->error);
        QCOMPARE(answer->result["scores"][0]["truncated"].get<bool>(), false);
        QCOMPARE(answer->result["scores"][1]["truncated"].get<bool>(), true);
    }

    void emptyPrompts()
    {
        fails(protocol::method::kLogits, {{"ids", Json::array()}}, ErrorCode::BadParameters);
        // Without ids the text counts, and this model has no tokenizer.
        fails(protocol::method::kGenerate, {{"ids", Json::array()}}, ErrorCode::TokenizerMissing);
        fails(protocol::method::kGenerate, {{"prompt", ""}}, ErrorCode::TokenizerMissing);
        fails(protocol::method::kScore, {{"items", {{{"context", ""}, {"continuation", "a"}}}}}, ErrorCode::TokenizerMissing);
        fails(protocol::method::kGenerateBatch, {{"rows", Json::array()}}, ErrorCode::BadParameters);
    }

    /// The vocabulary of the tokenizer is larger than the model's.
    void textBeyondTheModel()
    {
        const QTemporaryDir folder;
        const ChangedModel model = ChangedModel::read(reference::path(QStringLiteral("llama-gqa")).toStdString());
        QVERIFY(model.write(folder.path().toStdString()));
        QVERIFY(QFile::copy(QStringLiteral(ASSAY_TEST_DATA "/tokenizer/small.tokenizer.json"), folder.filePath(QStringLiteral("tokenizer.json"))));
        WorkerProcess &worker = m_worker.process();
        const int64_t handle = worker.load(folder.path());
        QVERIFY(handle > 0 && worker.lastLoad()["tokenizer"].get<bool>());
        const Json item = {{"context", "Hello"}, {"continuation", " world"}};
        for (const auto &[method, params] : {std::pair{protocol::method::kGenerate, Json{{"prompt", "Hello world"}}},
                                             {protocol::method::kScore, Json{{"items", Json::array({item})}}}}) {
            Json all = params;
            all["model"] = handle;
            const auto error = m_worker.failing(method, all);
            QVERIFY(error.has_value());
            QCOMPARE(definitionOf(error->code).id, definitionOf(ErrorCode::TokenOutOfRange).id);
        }
        // The begin token alone is a prompt; no text without it is none.
        QVERIFY(!m_worker.failing(protocol::method::kGenerate, {{"model", handle}, {"prompt", ""}, {"maxTokens", 1}}));
        const auto nothing = m_worker.failing(protocol::method::kGenerate, {{"model", handle}, {"prompt", ""}, {"special", false}});
        QVERIFY(nothing && nothing->code == ErrorCode::BadParameters);
        QVERIFY(m_worker.stillWorks());
    }
};

QTEST_GUILESS_MAIN(TestBadRequests)
#include "tst_badrequests.moc"
