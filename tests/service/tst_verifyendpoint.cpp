// SPDX-License-Identifier: GPL-3.0-or-later
// The quick verification of an endpoint over real sockets: honest and dishonest mocks, what limits and failures leave of it.
#include "core/base/file.h"
#include "core/service/verify/rawlog.h"
#include "core/service/verify/verifyendpoint.h"
#include "tests/service/subjecttokens.h"

#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace assay;
using namespace assay::testing;
using Kind = Evidence::Kind;

namespace {

const std::string kKey = "sk-secret-0123456789abcdef";

Profile profile(std::string id, std::string name, std::string tokenizer, int64_t parameters)
{
    Profile made;
    made.id = std::move(id);
    made.title = name;
    made.names = {std::move(name)};
    made.tokenizer = std::move(tokenizer);
    made.facts.name = made.id;
    made.facts.add("parameters.total", parameters, FoundBy::Published, "profile");
    return made;
}

MockScript quick()
{
    MockScript script;
    script.ttft = script.gap = 0;
    script.model = "deepseek-r1";
    return script;
}

EndpointVerificationPlan planFor(const MockEndpoint &mock)
{
    EndpointVerificationPlan plan;
    plan.target.url = mock.url();
    plan.sheet.id = plan.sheet.profile = "deepseek-r1";
    plan.profiles = {profile("deepseek-r1", "DeepSeek-R1", "deepseek_v3", 671'026'419'200), profile("deepseek-r1-0528", "DeepSeek-R1-0528", "deepseek_v3", 671'026'419'200),
                     profile("deepseek-r1-distill-qwen-7b", "DeepSeek-R1-Distill-Qwen-7B", "qwen2_5", 7'615'616'512),
                     profile("deepseek-r1-distill-llama-8b", "DeepSeek-R1-Distill-Llama-8B", "llama3_1", 8'030'261'248)};
    plan.profiles.front().sameConfig = {"deepseek-r1-0528"};
    plan.table = *shippedTokenTable();
    plan.seed = 11;
    plan.mostPause = 0;
    return plan;
}

const Evidence *find(const Verification &found, const std::string &test)
{
    const auto at = std::ranges::find(found.evidence, test, &Evidence::test);
    return at == found.evidence.end() ? nullptr : &*at;
}

std::set<std::string> contradicting(const Verification &found)
{
    std::set<std::string> channels;
    for (const Evidence &evidence : found.evidence)
        if (evidence.kind == Kind::Contradiction)
            channels.insert(evidence.channel);
    return channels;
}

std::string notesOf(const Verification &found)
{
    std::string all;
    for (const Told &note : found.notes)
        all += note.sentence() + "\n";
    return all;
}

/// Generating requests that the mock got, by body.
std::multiset<std::string> asked(const MockEndpoint &mock)
{
    std::multiset<std::string> bodies;
    for (const MockRequest &request : mock.requests())
        if (request.method == "POST")
            bodies.insert(request.body);
    return bodies;
}

} // namespace

class TestVerifyEndpoint : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void qwenSoldAsR1();
    void llamaSoldAsR1();
    void honest();
    void gatewayCounts();
    void forgedCounts();
    void hiddenSystemPrompt();
    void cutAnew_data();
    void cutAnew();
    void namesAnotherModel();
    void inventedFields();
    void noUsage();
    void nothingToReadTokensFrom();
    void unstableCounts();
    void refusedParameters();
    void budgetSpent();
    void moneyNeedsPrices();
    void costIsABound();
    void tooManyRequests();
    void stoppedAndResumed();
    void keysAreNotKept();
    void damagedRawFile();
    void unreachable();

private:
    Verification verify(const MockScript &script, const Subject &subject, const std::function<void(EndpointVerificationPlan &)> &change = {});
    TokenTable m_table;
    std::multiset<std::string> m_asked;
    int64_t m_requests = 0;
};

void TestVerifyEndpoint::initTestCase()
{
    qputenv("ASSAY_RESOURCES", ASSAY_SOURCE_DIR "/resources");
    const auto table = shippedTokenTable();
    QVERIFY2(table, table ? "" : table.error().sentence().c_str());
    m_table = *table;
}

Verification TestVerifyEndpoint::verify(const MockScript &script, const Subject &subject, const std::function<void(EndpointVerificationPlan &)> &change)
{
    MockEndpoint mock(script);
    mock.setHooks(hooksFor(m_table, subject));
    if (!mock.start())
        return {};
    EndpointVerificationPlan plan = planFor(mock);
    if (change)
        change(plan);
    const auto found = verifyEndpoint(plan);
    m_asked = asked(mock);
    m_requests = int64_t(mock.requests().size());
    if (!found)
        qWarning("%s", found.error().sentence().c_str());
    return found ? *found : Verification();
}

void TestVerifyEndpoint::qwenSoldAsR1()
{
    const Verification found = verify(quick(), {"qwen", 1, 151'000});
    QCOMPARE(found.verdict.kind, VerdictKind::Contradicted);
    const auto channels = contradicting(found);
    QVERIFY2(channels.contains("usage") && channels.contains("cut_off") && channels.contains("logprobs") && channels.contains("chunks"), notesOf(found).c_str());
    QVERIFY2(m_requests < 40, std::to_string(m_requests).c_str());
    QCOMPARE(found.spent.requests, m_requests);
    QVERIFY(found.spent.promptTokens + found.spent.outputTokens < 3000);
    QVERIFY(!found.probes.empty());
    for (const TokenProbe &probe : found.probes)
        QCOMPARE(probe.counted, probe.expected.at("qwen"));
    QCOMPARE(found.seed, uint64_t(11));
    QVERIFY(!found.interrupted);
}

/// Both cut numbers into threes: counts of prompts, and of the tokens of copied lines, tell them apart without any tokenizer here.
void TestVerifyEndpoint::llamaSoldAsR1()
{
    const Verification found = verify(quick(), {"llama3", 3, 120'000, "llama3"});
    QCOMPARE(found.verdict.kind, VerdictKind::Contradicted);
    QVERIFY(contradicting(found) == (std::set<std::string>{"usage", "logprobs"}));
}

void TestVerifyEndpoint::honest()
{
    const Verification found = verify(quick(), {});
    QVERIFY(contradicting(found).empty());
    QCOMPARE(found.verdict.kind, VerdictKind::Consistent);
    QVERIFY(!found.verdict.open.empty());
    QCOMPARE(found.rules.leftOpen, std::vector<std::string>{"deepseek-r1-0528"});
    for (const char *parameter : {"temperature", "seed", "stop", "max_tokens", "logit_bias"})
        QCOMPARE(find(found, std::string("parameters.") + parameter)->numbers.at("found").get<std::string>(), std::string("honoured"));
}

/// Usage alone that is of another tokenizer: a gateway may do that.
void TestVerifyEndpoint::gatewayCounts()
{
    const Verification found = verify(quick(), {"gpt4o", 3, 120'000});
    QCOMPARE(found.verdict.kind, VerdictKind::Inconclusive);
    QVERIFY(contradicting(found).empty());
    const Evidence *usage = find(found, "tokenizer.usage");
    QVERIFY(usage->kind == Kind::Ratio && !usage->benign.empty());
}

/// Qwen's answers with DeepSeek's counts.
void TestVerifyEndpoint::forgedCounts()
{
    const Verification found = verify(quick(), {"deepseek_v3", 1, 120'000});
    QCOMPARE(found.verdict.kind, VerdictKind::Contradicted);
    const auto channels = contradicting(found);
    QVERIFY(!channels.contains("usage") && channels.contains("cut_off") && channels.contains("logprobs"));
}

void TestVerifyEndpoint::hiddenSystemPrompt()
{
    MockScript script = quick();
    script.hiddenPromptTokens = 137;
    const Verification found = verify(script, {});
    QVERIFY(contradicting(found).empty());
    const auto families = find(found, "tokenizer.usage")->numbers.at("families");
    QCOMPARE(families.at(0).at("family").get<std::string>(), std::string("deepseek_v3"));
    QCOMPARE(families.at(0).at("constant").get<int64_t>(), int64_t(142));
    QVERIFY(!families.at(0).at("usual_template").get<bool>());
}

void TestVerifyEndpoint::cutAnew_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("by characters") << int(MockScript::Rechunk::Characters);
    QTest::newRow("merged") << int(MockScript::Rechunk::Merged);
}

/// An honest model behind a proxy that cuts streams anew: its chunks tell nothing.
void TestVerifyEndpoint::cutAnew()
{
    QFETCH(int, how);
    MockScript script = quick();
    script.rechunk = MockScript::Rechunk(how);
    script.refusedFields = {"logprobs"};
    const Verification found = verify(script, {});
    QVERIFY(contradicting(found).empty());
    QVERIFY(found.verdict.kind != VerdictKind::Contradicted);
    QVERIFY(find(found, "tokenizer.chunks")->kind == Kind::Note);
    QVERIFY(find(found, "tokenizer.cut_off")->kind == Kind::Consistent);
}

void TestVerifyEndpoint::namesAnotherModel()
{
    MockScript script = quick();
    script.model = script.answersAs = "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B";
    const Verification found = verify(script, {});
    QCOMPARE(found.verdict.kind, VerdictKind::Contradicted);
    QVERIFY(contradicting(found).contains("declared.list") && contradicting(found).contains("declared.answer"));
    // Ollama's own numbers of the model.
    script = quick();
    script.server = MockServer::Ollama;
    const Verification numbers = verify(script, {});
    const Evidence *told = find(numbers, "declared.numbers");
    QVERIFY(told != nullptr && told->kind == Kind::Contradiction);
    QCOMPARE(told->numbers.at("told").get<int64_t>(), int64_t(7'615'616'512));
}

void TestVerifyEndpoint::inventedFields()
{
    MockScript script = quick();
    script.furtherFields = R"("model_version":"full-671B","parameter_count":671000000000,"context_window":163840)";
    script.furtherHeaders = {{"x-model-version", "full"}};
    const Verification found = verify(script, {"qwen", 1, 151'000});
    QCOMPARE(found.verdict.kind, VerdictKind::Contradicted); // by the tokenizer, whatever the fields say
    int notes = 0;
    for (const Evidence &evidence : found.evidence)
        notes += evidence.test == "fields.unusual" && evidence.kind == Kind::Note && !evidence.logRatio;
    QCOMPARE(notes, 3);
}

void TestVerifyEndpoint::noUsage()
{
    MockScript script = quick();
    script.usage = MockScript::Usage::Never;
    const Verification found = verify(script, {"qwen", 1, 151'000});
    QVERIFY(find(found, "tokenizer.usage")->kind == Kind::Note);
    QVERIFY(found.probes.empty());
    QCOMPARE(found.verdict.kind, VerdictKind::Contradicted); // log-probabilities and the cut-off
}

void TestVerifyEndpoint::nothingToReadTokensFrom()
{
    MockScript script = quick();
    script.usage = MockScript::Usage::Never;
    script.refusedFields = {"logprobs"};
    script.obeyLimit = false;
    const Verification found = verify(script, {});
    QVERIFY(contradicting(found).empty());
    QVERIFY2(found.verdict.kind == VerdictKind::NotTested || found.verdict.kind == VerdictKind::Inconclusive, verdictName(found.verdict.kind));
}

void TestVerifyEndpoint::unstableCounts()
{
    MockScript script = quick();
    script.countJitter = 3;
    const Verification found = verify(script, {"qwen", 3, 120'000});
    const Evidence *usage = find(found, "tokenizer.usage");
    QVERIFY(usage->kind == Kind::Note && !usage->numbers.at("stable").get<bool>());
    QVERIFY(found.verdict.kind != VerdictKind::Contradicted && found.verdict.kind != VerdictKind::Consistent);
}

void TestVerifyEndpoint::refusedParameters()
{
    MockScript script = quick();
    script.refusedFields = {"seed", "stop", "logit_bias"};
    const Verification found = verify(script, {});
    for (const char *parameter : {"seed", "stop", "logit_bias"})
        QCOMPARE(find(found, std::string("parameters.") + parameter)->numbers.at("found").get<std::string>(), std::string("refused"));
    QVERIFY(contradicting(found).empty());
}

void TestVerifyEndpoint::budgetSpent()
{
    const Verification found = verify(quick(), {}, [](EndpointVerificationPlan &plan) { plan.limits.tokens = 300; });
    QVERIFY(found.interrupted);
    QVERIFY(found.spent.promptTokens + found.spent.outputTokens <= 300);
    QVERIFY2(notesOf(found).find("limit of tokens") != std::string::npos, notesOf(found).c_str());
    QVERIFY(found.verdict.kind == VerdictKind::Inconclusive || found.verdict.kind == VerdictKind::NotTested);
    const Verification few = verify(quick(), {}, [](EndpointVerificationPlan &plan) { plan.limits.requests = 12; });
    QVERIFY(few.interrupted);
    QVERIFY(m_requests <= 12);
}

void TestVerifyEndpoint::moneyNeedsPrices()
{
    EndpointVerificationPlan plan;
    plan.target.url = "http://127.0.0.1:9";
    plan.table = m_table;
    plan.limits.money = 1;
    const auto found = verifyEndpoint(plan);
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::BadUsage);
    // With prices the cap holds.
    const Verification capped = verify(quick(), {}, [](EndpointVerificationPlan &own) {
        own.prices = Prices{1000, 2000, 1000, "USD"};
        own.limits.money = 0.9;
    });
    QVERIFY(capped.interrupted && capped.spent.money);
    QVERIFY(*capped.spent.money <= 0.9);
    QVERIFY(notesOf(capped).find("spending cap") != std::string::npos);
}

void TestVerifyEndpoint::costIsABound()
{
    VerificationCost cost;
    const Verification found = verify(quick(), {}, [&](EndpointVerificationPlan &plan) {
        plan.prices = Prices{1, 2, 1, "USD"};
        cost = costOf(plan);
    });
    QVERIFY(cost.requests < 40 && found.spent.requests <= cost.requests);
    QVERIFY(found.spent.promptTokens <= cost.promptTokens && found.spent.outputTokens <= cost.outputTokens);
    QVERIFY(cost.money && *found.spent.money <= *cost.money);
}

void TestVerifyEndpoint::tooManyRequests()
{
    MockScript script = quick();
    script.fault = MockFault::Status;
    script.status = 429;
    script.retryAfter = 600; // longer than anyone waits
    const Verification found = verify(script, {});
    QVERIFY(found.interrupted);
    QVERIFY2(notesOf(found).find("429") != std::string::npos, notesOf(found).c_str());
    QVERIFY(found.verdict.kind == VerdictKind::NotTested || found.verdict.kind == VerdictKind::Inconclusive);
}

void TestVerifyEndpoint::stoppedAndResumed()
{
    QTemporaryDir folder;
    MockEndpoint mock(quick());
    mock.setHooks(hooksFor(m_table, {"qwen", 1, 151'000}));
    QVERIFY(mock.start());
    EndpointVerificationPlan plan = planFor(mock);
    plan.seed = 0; // drawn; the second go takes it from the file
    plan.rawFile = folder.filePath("raw.jsonl").toStdString();
    std::stop_source stop;
    const auto first = verifyEndpoint(plan, [&](const EndpointVerificationProgress &progress) {
        if (progress.done == 7)
            stop.request_stop();
    }, stop.get_token());
    QVERIFY(first && first->interrupted);
    QVERIFY(first->verdict.kind != VerdictKind::Consistent);
    const size_t before = asked(mock).size();
    QCOMPARE(before, size_t(7));
    const auto second = verifyEndpoint(plan);
    QVERIFY(second && !second->interrupted);
    QCOMPARE(second->seed, first->seed);
    QCOMPARE(second->verdict.kind, VerdictKind::Contradicted);
    const size_t afterSecond = asked(mock).size();
    const auto once = verifyEndpoint([&] {
        EndpointVerificationPlan other = plan;
        other.rawFile.clear();
        other.seed = second->seed;
        return other;
    }());
    QVERIFY(once);
    QCOMPARE(second->evidence.size(), once->evidence.size());
    for (size_t i = 0; i < once->evidence.size(); ++i)
        QCOMPARE(second->evidence[i].what.sentence(), once->evidence[i].what.sentence());
    // What was answered before was not asked again: both goes together asked as much as one whole one.
    QCOMPARE(afterSecond, asked(mock).size() - afterSecond);
    QVERIFY(notesOf(*second).find("earlier session") != std::string::npos);
}

void TestVerifyEndpoint::keysAreNotKept()
{
    QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.filePath("raw.jsonl").toStdString());
    MockScript script = quick();
    script.key = kKey;
    script.furtherFields = "\"echo\":\"" + kKey + "\"";
    script.furtherHeaders = {{"x-echo", "Bearer " + kKey}, {"set-cookie", "session=abcdef0123456789"}};
    const Verification found = verify(script, {}, [&](EndpointVerificationPlan &plan) {
        plan.target.key = Secret(kKey);
        plan.rawFile = file;
    });
    QVERIFY(!found.interrupted);
    const auto raw = readWholeFile(file, 1 << 26);
    QVERIFY(raw);
    QVERIFY(raw->find("count.base.1") != std::string::npos && raw->find("probe.1") != std::string::npos);
    QVERIFY(raw->find(kKey) == std::string::npos);
    QVERIFY(raw->find("abcdef0123456789\"") == std::string::npos || raw->find("session=") == std::string::npos);
    QVERIFY(verificationToJson(found).dump().find(kKey) == std::string::npos);
}

void TestVerifyEndpoint::damagedRawFile()
{
    const std::string head = R"({"schema":"assay-raw/1","url":"u","model":"m","claim":"c","startedAt":"t","seed":5})";
    const std::string call = R"({"id":"a","at":"t","request":{"method":"POST","path":"/p","body":"{}"},"response":{"status":200,"failure":"none","detail":"","headers":{},"body":"{}","cut":false,"seconds":0}})";
    QVERIFY(readRawLog("", "u", "m").calls.empty());
    const std::string none = definitionOf(Failure::None).id;
    std::string good = call;
    good.replace(good.find("none"), 4, none);
    QCOMPARE(readRawLog(head + "\n" + good, "u", "m").calls.size(), size_t(1));
    QCOMPARE(*readRawLog(head + "\n" + good, "u", "m").seed, uint64_t(5));
    QVERIFY(readRawLog(head + "\n" + good, "other", "m").calls.empty());
    for (const std::string &bad : {good.substr(0, good.size() / 2), std::string("[]"), std::string("7"), std::string("{\"id\":4}"), std::string("\xff\xfe"),
                                   std::string("{\"id\":\"a\",\"request\":{},\"response\":{\"status\":-4,\"failure\":\"\"}}")})
        QVERIFY(readRawLog(head + "\n" + bad, "u", "m").calls.empty());
    // A half line of a crash, and a session behind it.
    QCOMPARE(readRawLog(head + "\n" + good.substr(0, 40) + "\n" + head + "\n" + good, "u", "m").calls.size(), size_t(1));
}

void TestVerifyEndpoint::unreachable()
{
    EndpointVerificationPlan plan;
    plan.target.url = "http://127.0.0.1:9";
    plan.table = m_table;
    const auto found = verifyEndpoint(plan);
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::ServerUnreachable);
}

QTEST_GUILESS_MAIN(TestVerifyEndpoint)
#include "tst_verifyendpoint.moc"
