// SPDX-License-Identifier: GPL-3.0-or-later
// What servers say of themselves, read from their documented answers and from recorded ones of llama.cpp's server.
#include "core/endpoint/answerfields.h"
#include "core/endpoint/endpointfacts.h"
#include "core/endpoint/proberules.h"

#include <QFile>
#include <QMap>
#include <QTest>
#include <algorithm>

using namespace assay;
using nlohmann::json;

namespace {

QByteArray shared(const QString &path)
{
    const QString given = qEnvironmentVariable("ASSAY_SHARED");
    QFile file((given.isEmpty() ? QStringLiteral(ASSAY_SOURCE_DIR "/../shared") : given) + u'/' + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isQuestion(const std::string &path)
{
    for (const ProbeQuestion &question : probeQuestions()) {
        if (path == question.path)
            return true;
    }
    return false;
}

/// The answers to our questions that the documentation of a server shows.
std::vector<ProbeAnswer> documented(const QByteArray &text)
{
    std::vector<ProbeAnswer> answers;
    const json documentation = json::parse(text.toStdString(), nullptr, false);
    for (const json &endpoint : documentation.value("endpoints", json::array())) {
        const std::string path = endpoint.value("path", "");
        if (!isQuestion(path) || endpoint.value("status", 0) != 200)
            continue;
        ProbeAnswer answer;
        answer.question = answer.path = path;
        answer.method = endpoint.value("method", "GET");
        answer.status = 200;
        answer.body = endpoint["body"].dump();
        const json headers = endpoint.value("headers", json::object());
        for (const auto &[name, value] : headers.items())
            answer.headers.emplace_back(name, value.get<std::string>());
        answers.push_back(std::move(answer));
    }
    return answers;
}

ProbeAnswer answerOf(const char *path, const QByteArray &body, int status = 200)
{
    ProbeAnswer answer;
    answer.question = answer.path = path;
    answer.method = "GET";
    answer.status = status;
    answer.body = body.toStdString();
    return answer;
}

QStringList valuesOf(const EndpointFacts &facts, const QString &id)
{
    QStringList values;
    for (const EndpointClaim &claim : facts.claims) {
        if (id == QLatin1String(claim.definition->id))
            values << QString::fromStdString(claim.value);
    }
    return values;
}

} // namespace

using Claims = QMap<QString, QStringList>; ///< id -> values

class TestEndpointFacts : public QObject
{
    Q_OBJECT
private slots:
    void documentedServers_data();
    void documentedServers();
    void recordedLlamaCpp();
    void listsOfSeveralModels();
    void fieldsWithoutAnswers();
    void p17_reservedMemoryIsTold();
    void hostileAnswers();
    void contradictions();
    void jsonHasTheKeysOfAModel();
    void tablesNameWhatThereIs();
};

void TestEndpointFacts::documentedServers_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("server");
    QTest::addColumn<Claims>("claims");
    QTest::newRow("vllm") << "vllm.json" << "vllm"
                          << Claims{{"model.path", {"deepseek-ai/DeepSeek-R1-Distill-Qwen-7B"}}, {"context.served", {"131072"}},
                                    {"server.version", {"0.8.5"}}, {"server.header", {"uvicorn"}}, {"server.owner", {"vllm"}}};
    QTest::newRow("llama.cpp") << "llamacpp.json" << "llamacpp"
                               << Claims{{"model.parameters", {"8030261312"}}, {"model.bytes", {"4912898304"}},
                                         {"model.vocabulary", {"128256"}}, {"model.hidden_size", {"4096"}},
                                         {"context.trained", {"131072"}}, {"context.served", {"8192"}}, {"limit.parallel", {"1"}},
                                         {"model.template", {"{% ... %}"}}, {"server.version", {"b5000-0123456"}}};
    QTest::newRow("sglang") << "sglang.json" << "sglang"
                            << Claims{{"model.path", {"deepseek-ai/DeepSeek-R1", "deepseek-ai/DeepSeek-R1"}},
                                      {"model.architecture", {"DeepseekV3ForCausalLM"}}, {"model.family", {"deepseek_v3"}},
                                      {"context.served", {"163840"}}, {"server.parallelism", {"8"}}, {"model.quantization", {}},
                                      {"server.version", {"0.5.0"}}};
    QTest::newRow("ollama") << "ollama.json" << "ollama"
                            << Claims{{"model.family", {"qwen2", "qwen2"}}, {"model.quantization", {"Q4_K_M", "Q4_K_M"}},
                                      {"model.parameters", {"7615616512"}}, {"model.layers", {"28"}}, {"model.heads", {"28"}},
                                      {"model.kv_heads", {"4"}}, {"model.hidden_size", {"3584"}}, {"context.trained", {"131072"}},
                                      {"context.served", {"4096"}}, {"memory.device", {"6017884160"}}, {"model.tokenizer", {"qwen2"}},
                                      {"model.capabilities", {"completion", "thinking"}}, {"server.version", {"0.6.5"}}};
    QTest::newRow("tgi") << "tgi.json" << "tgi"
                         << Claims{{"model.path", {"deepseek-ai/DeepSeek-R1-Distill-Qwen-32B"}},
                                   {"model.revision", {"711ad2ea6aa40cfca18895e8aca02ab92df1a746"}}, {"context.served", {"8192"}},
                                   {"limit.parallel", {"128"}}, {"server.version", {"3.3.6"}}};
    QTest::newRow("lm studio") << "lmstudio.json" << "lmstudio"
                               << Claims{{"model.architecture", {"qwen2"}}, {"model.quantization", {"Q4_K_M"}},
                                         {"context.trained", {"131072"}}};
}

void TestEndpointFacts::documentedServers()
{
    QFETCH(QString, file);
    QFETCH(QString, server);
    QFETCH(Claims, claims);
    const QByteArray text = shared(QStringLiteral("reference/responses/") + file);
    if (text.isEmpty())
        QSKIP("the documented answers of servers are not here (../shared)");
    EndpointFacts facts;
    facts.answers = documented(text);
    QVERIFY(!facts.answers.empty());
    interpret(facts);
    QCOMPARE(QString::fromStdString(facts.server), server);
    for (auto claim = claims.begin(); claim != claims.end(); ++claim)
        QCOMPARE(valuesOf(facts, claim.key()), claim.value());
    for (const auto &[a, b] : disagreements(facts))
        QFAIL((a.source + " = " + a.value + ", " + b.source + " = " + b.value).c_str());
}

void TestEndpointFacts::recordedLlamaCpp()
{
    const QByteArray models = shared(QStringLiteral("reference-api/llama.cpp/models.json"));
    const QByteArray props = shared(QStringLiteral("reference-api/llama.cpp/props.json"));
    if (models.isEmpty() || props.isEmpty())
        QSKIP("the recorded answers of llama.cpp are not here (../shared)");
    EndpointFacts facts;
    facts.answers = {answerOf(kModelList, models), answerOf("/props", props)};
    interpret(facts);
    QCOMPARE(facts.server, std::string("llamacpp"));
    QCOMPARE(facts.models, std::vector<std::string>{"assay-bench"});
    QCOMPARE(valuesOf(facts, "model.path"), QStringList{"assay-bench-q8_0.gguf"});
    QCOMPARE(valuesOf(facts, "limit.parallel"), QStringList{"2"});
    QVERIFY(valuesOf(facts, "context.served").contains("512"));
    QCOMPARE(valuesOf(facts, "model.quantization"), QStringList{"Q8_0"});
    QVERIFY(!valuesOf(facts, "model.parameters").isEmpty());
    QVERIFY(valuesOf(facts, "model.template").front().startsWith("{{ bos_token }}"));
    QVERIFY(std::find(facts.untold.begin(), facts.untold.end(), "model.architecture") != facts.untold.end());
}

void TestEndpointFacts::listsOfSeveralModels()
{
    EndpointFacts facts;
    facts.model = "b";
    facts.answers = {answerOf(kModelList, R"({"data":[{"id":"a","max_model_len":1,"owned_by":"vllm"},
                                             {"id":"b","max_model_len":2,"owned_by":"vllm"},{"id":"b"},{"id":""}]})")};
    interpret(facts);
    QCOMPARE(facts.models, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(valuesOf(facts, "context.served"), QStringList{"2"});
    QCOMPARE(QString::fromStdString(facts.claims.front().source), QStringLiteral("GET /v1/models: data/1/max_model_len"));
    facts.model.clear();
    interpret(facts);
    QCOMPARE(facts.model, std::string("a")); // the first, when none was named
    QCOMPARE(valuesOf(facts, "context.served"), QStringList{"1"});
}

void TestEndpointFacts::fieldsWithoutAnswers()
{
    EndpointFacts facts;
    facts.answers = {answerOf(kModelList, R"({"data":[{"id":"x"}]})"), answerOf("/props", "Not Found", 404)};
    interpret(facts);
    QVERIFY(facts.server.empty());
    QCOMPARE(facts.model, std::string("x"));
    QVERIFY(facts.claims.empty());
    QCOMPARE(facts.untold.size(), size_t(std::count_if(claimDefinitions().begin(), claimDefinitions().end(),
                                                       [](const ClaimDefinition &claim) { return claim.expected; })));
}

/// What a server was told to reserve is a claim with its source, by the server's own words: the sample of vLLM pull request 3100, the
/// gauges of both its generations, SGLang's arguments, TGI's limit and what Ollama says is loaded.
void TestEndpointFacts::p17_reservedMemoryIsTold()
{
    EndpointFacts facts;
    const auto only = [&facts](const char *id) { return valuesOf(facts, QLatin1String(id)).value(0); };
    facts.answers = {answerOf(kModelList, R"({"data":[{"id":"m","owned_by":"vllm"}]})"),
                     answerOf("/metrics", "# TYPE vllm:cache_config_info gauge\nvllm:cache_config_info_made{num_gpu_blocks=\"1\"} 1.0\n"
                                          "vllm:cache_config_info{block_size=\"16\",cache_dtype=\"auto\",odd=\"a\\\"},b=\",gpu_memory_utilization=\"0.9\","
                                          "num_cpu_blocks=\"7281\",num_gpu_blocks=\"24188\",sliding_window=\"None\"} 1.0\n"
                                          "vllm:gpu_cache_usage_perc{model_name=\"m\"} 0.25\n")};
    interpret(facts);
    QCOMPARE(only("memory.share"), QStringLiteral("0.9"));
    QCOMPARE(only("memory.cache_blocks"), QStringLiteral("24188"));
    QCOMPARE(only("memory.block_tokens"), QStringLiteral("16"));
    QCOMPARE(only("memory.cache_dtype"), QStringLiteral("auto"));
    QCOMPARE(only("memory.cache_used"), QStringLiteral("0.25"));
    const auto share = std::ranges::find_if(facts.claims, [](const auto &claim) { return std::string_view(claim.definition->id) == "memory.share"; });
    QCOMPARE(share->source, std::string("GET /metrics: vllm:cache_config_info/gpu_memory_utilization"));
    facts.answers = {answerOf("/get_server_info", R"({"mem_fraction_static":0.88,"max_total_num_tokens":480000,"kv_cache_dtype":"fp8_e5m2"})"),
                     answerOf("/info", R"({"max_batch_total_tokens":16000})"), answerOf("/api/ps", R"({"models":[{"name":"m","size":7,"size_vram":5}]})")};
    interpret(facts);
    QCOMPARE(only("memory.share"), QStringLiteral("0.88"));
    QCOMPARE(valuesOf(facts, "memory.cache_tokens"), (QStringList{"480000", "16000"}));
    QCOMPARE(only("memory.cache_dtype"), QStringLiteral("fp8_e5m2"));
    QCOMPARE(only("memory.loaded") + u' ' + only("memory.device"), QStringLiteral("7 5"));
    for (const char *broken : {"vllm:cache_config_info", "vllm:cache_config_info{", "vllm:cache_config_info{block_size=\"", "vllm:kv_cache_usage_perc{} ",
                               "vllm:cache_config_info{block_size=\"16\\", "vllm:kv_cache_usage_perc "}) {
        facts.answers = {answerOf("/metrics", broken)};
        interpret(facts);
        QVERIFY2(valuesOf(facts, "memory.share").isEmpty() && only("memory.cache_used").isEmpty(), broken);
    }
}

void TestEndpointFacts::hostileAnswers()
{
    // An error's body is no answer, whatever it says; neither is what is no JSON, or nests without end.
    EndpointFacts facts;
    facts.answers = {answerOf("/version", R"({"version":"9"})", 500), answerOf("/props", "<html>"),
                     answerOf("/info", QByteArray(100'000, '[')), answerOf("/api/version", R"({"version":{"version":[1]}})"),
                     answerOf("/model_info", R"([1,null,"tokenizer_path"])"), answerOf("/api/tags", "")};
    interpret(facts);
    QVERIFY(facts.server.empty());
    QVERIFY(facts.claims.empty());
    // Endless lists and texts are cut.
    QByteArray many = R"({"architectures":["a")";
    for (int i = 0; i < 5000; ++i)
        many += ",\"" + QByteArray::number(i) + '"';
    facts.answers = {answerOf("/model_info", many + R"(],"model_path":")" + QByteArray(1'000'000, 'x') + "\"}")};
    interpret(facts);
    QVERIFY(valuesOf(facts, "model.architecture").size() <= 1000);
    QCOMPARE(size_t(valuesOf(facts, "model.path").front().size()), kMostFieldBytes);
}

void TestEndpointFacts::contradictions()
{
    EndpointFacts facts;
    facts.answers = {answerOf(kModelList, R"({"data":[{"id":"m","root":"org/full"}]})"),
                     answerOf("/info", R"({"model_id":"org/distill","router":"r"})")};
    interpret(facts);
    const auto pairs = disagreements(facts);
    QCOMPARE(pairs.size(), size_t(1));
    QCOMPARE(pairs.front().first.value, std::string("org/full"));
    QCOMPARE(pairs.front().second.value, std::string("org/distill"));
}

void TestEndpointFacts::jsonHasTheKeysOfAModel()
{
    EndpointFacts facts;
    facts.url = "http://host:8000";
    facts.answers = {answerOf(kModelList, R"({"data":[{"id":"m","max_model_len":4096,"meta":{"n_params":7}}]})")};
    interpret(facts);
    const json out = endpointToJson(facts);
    for (const char *key : {"name", "format", "architecture", "model_type", "layers", "hidden_size", "intermediate_size", "attention",
                            "position", "rope", "normalization", "activation", "gated_mlp", "experts", "context_length",
                            "vocabulary_size", "tied_embeddings", "tensor_count", "parameters", "bytes", "dtypes", "quantization",
                            "kv_bytes_per_token", "flops_per_token", "findings"})
        QVERIFY2(out.contains(key), key);
    QVERIFY(out["context_length"] == 4096);
    QVERIFY(out["parameters"]["total"] == 7);
    QVERIFY(out["layers"].is_null());
    QVERIFY(out["endpoint"]["claims"][0]["provenance"] == "declared");
}

void TestEndpointFacts::tablesNameWhatThereIs()
{
    for (const AnswerField &field : answerFields()) {
        QVERIFY2(findClaim(field.claim), field.claim);
        QVERIFY2(isQuestion(field.path), field.path);
    }
    for (const ServerMark &mark : serverMarks())
        QVERIFY2(*mark.path == '\0' || isQuestion(mark.path), mark.path);
    // Nothing that could change the server is ever asked.
    for (const ProbeQuestion &question : probeQuestions())
        QVERIFY2(qstrcmp(question.method, "GET") == 0 || qstrcmp(question.path, "/api/show") == 0, question.path);
}

QTEST_GUILESS_MAIN(TestEndpointFacts)
#include "tst_endpointfacts.moc"
