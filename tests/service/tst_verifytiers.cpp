// SPDX-License-Identifier: GPL-3.0-or-later
// T4, T5 and T6 of endpoints over real sockets: read by the reference's weights, by their log-probabilities, by their times, by long contexts.
#include "core/identify/distribution/distribution.h"
#include "core/service/verify/backendcall.h"
#include "core/service/verify/logprobasking.h"
#include "core/service/verify/plannedtimes.h"
#include "core/service/verify/verifyendpoint.h"
#include "core/service/workerbackend.h"
#include "tests/service/wordbackend.h"

using namespace assay;

class TestVerifyTiers : public QObject
{
    Q_OBJECT
private slots:
    void endpointReadByWeights();
    void endpointOnTheSameStack();
    void logprobsOverSockets();
    void endpointWithoutLogprobs();
    void hostileLogprobs();
    void timesOverSockets();
    void timesBesideAReference();
    void timesAgainstHardware();
    void hardwareWithoutAReference();
    void contextsAreToldApart();
    void realWorkerReadsAnEndpoint();
};

/// The weights are here, of the endpoint's stack nothing is known: margins beside those of others, and no p-value.
void TestVerifyTiers::endpointReadByWeights()
{
    MockScript script = yesScript();
    script.words = {"no"};
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    EndpointBackend subject(targetAt(mock.url()));
    DistributionPlan plan = planFor(recorded());
    plan.reference = [] { return std::make_unique<WordBackend>("yes"); };
    QCOMPARE(registeredTests(plan).front(), std::string("distribution.text"));
    const auto found = verifyDistribution(subject, plan);
    QVERIFY2(found, found ? "" : found.error().sentence().c_str());
    const Evidence *greedy = evidenceOf(*found, "distribution.greedy");
    QVERIFY(greedy && greedy->kind == Evidence::Kind::Note && !greedy->registered && !greedy->p);
    QCOMPARE(greedy->numbers["null"].get<std::string>(), std::string("N2"));
    QVERIFY(*greedy->effect > 0);
    QVERIFY(std::ranges::any_of(found->notes, [](const Told &note) { return std::ranges::any_of(note.arguments, [](const std::string &word) { return word.find("distilled") != std::string::npos; }); }));
    // RUT: every sample of the subject is less likely than all of the reference's.
    const Evidence *ranks = evidenceOf(*found, "distribution.ranks");
    QVERIFY(ranks && ranks->kind == Evidence::Kind::Test && !ranks->registered);
    QCOMPARE(ranks->n, int64_t(6));
    QVERIFY(*ranks->p < 0.05);
}

void TestVerifyTiers::endpointOnTheSameStack()
{
    MockScript script = yesScript();
    script.words = {"no"};
    MockEndpoint other(script), same(yesScript());
    QVERIFY(other.start() && same.start());
    DistributionPlan plan = planFor(recorded());
    plan.reference = [] { return std::make_unique<WordBackend>("yes"); };
    plan.stack = StackKnown::Same;
    QCOMPARE(registeredTests(plan).front(), std::string("distribution.greedy"));
    EndpointBackend first(targetAt(other.url())), second(targetAt(same.url()));
    const auto wrong = verifyDistribution(first, plan), right = verifyDistribution(second, plan);
    QVERIFY(wrong && right);
    QVERIFY(*evidenceOf(*wrong, "distribution.greedy")->p <= 2.0 / 4096);
    QCOMPARE(*evidenceOf(*right, "distribution.greedy")->p, 1.0);
    // Twelve prompts find a service that sends all elsewhere; one that sends one request in ten is left open.
    QCOMPARE(right->mixtures, std::vector{mixtureName("distilled")});
    QCOMPARE(verdictOf(*right).kind, VerdictKind::Consistent);
    QVERIFY(verdictOf(*right).sentence.text.ends_with("That some requests go elsewhere is not excluded."));
    QCOMPARE(verdictOf(*wrong).kind, VerdictKind::Contradicted);
}

/// The bundle's first tokens are spelt as a byte-level vocabulary does it, the endpoint's as text.
void TestVerifyTiers::logprobsOverSockets()
{
    MockEndpoint mock(yesScript());
    MockHooks hooks;
    hooks.answer = [](const MockAsked &) {
        return std::vector<MockToken>{{" yes", 1, -0.2, false, {{" yes", -0.2}, {" no", -2.0}}}};
    };
    mock.setHooks(hooks);
    QVERIFY(mock.start());
    ReferenceBundle bundle = *recorded();
    for (BundlePrompt &prompt : bundle.prompts)
        prompt.first = {{1, -0.2, "\xC4\xA0yes"}, {2, -1.0, "\xC4\xA0no"}};
    DistributionPlan plan = planFor(std::make_shared<const ReferenceBundle>(bundle));
    plan.endpoint = targetAt(mock.url());
    QCOMPARE(costOf(plan).requests, int64_t(68 + 12));
    EndpointBackend subject(*plan.endpoint);
    const auto found = verifyDistribution(subject, plan);
    QVERIFY2(found, found ? "" : found.error().sentence().c_str());
    const Evidence *distance = evidenceOf(*found, "distribution.logprobs");
    QVERIFY(distance && !distance->registered && distance->kind == Evidence::Kind::Note);
    QVERIFY(std::abs(*distance->effect - 0.5) < 1e-6); // of two tokens one is 1 nat away
    QCOMPARE(distance->n, int64_t(12));
    QVERIFY(!distance->numbers.contains("p")); // one answer a side: nothing to deal anew
    QCOMPARE(found->answers.spent.requests, int64_t(68 + 12));
}

void TestVerifyTiers::endpointWithoutLogprobs()
{
    MockScript refusing = yesScript();
    refusing.refusedFields = {"top_logprobs"};
    MockEndpoint mock(refusing);
    QVERIFY(mock.start());
    const AskedLogprobs refused = askLogprobs(targetAt(mock.url()), {"a", "b", "c", "d", "e"});
    QVERIFY(refused.why && refused.top == 0);
    QVERIFY(refused.spent.requests <= 4); // 20, then 5; then it is left alone
    const AskedLogprobs other = askLogprobs(targetAt(mock.url(), "ollama"), {"a"});
    QVERIFY(other.why && other.spent.requests == 0);
    QCOMPARE(other.byPrompt.size(), size_t(1));
    ReferenceBundle bundle = *recorded();
    DistributionPlan plan = planFor(std::make_shared<const ReferenceBundle>(bundle));
    plan.endpoint = targetAt(mock.url());
    EndpointBackend subject(*plan.endpoint);
    const auto found = verifyDistribution(subject, plan);
    QVERIFY(found && !found->interrupted);
    QCOMPARE(evidenceOf(*found, "distribution.logprobs")->n, int64_t(0));
    QVERIFY(std::ranges::find(found->notes, refused.why->text, &Told::text) != found->notes.end());
    QVERIFY(evidenceOf(*found, "distribution.text")->registered); // what decides is not touched
}

void TestVerifyTiers::hostileLogprobs()
{
    for (const char *body : {"", "{", "[]", "null", R"({"choices":{}})", R"({"choices":[{"logprobs":{"content":[7]}}]})", R"({"choices":[{"logprobs":{"content":[{"token":1,"logprob":"x","top_logprobs":{}}]}}]})",
                             R"({"choices":[{"logprobs":{"top_logprobs":[[]],"tokens":[1]}}]})"})
        QVERIFY(firstTokensIn(body).empty());
    std::string many = R"({"choices":[{"logprobs":{"content":[{"token":"a","logprob":-9e99,"bytes":[300],"top_logprobs":[)";
    for (int i = 0; i < 5000; ++i)
        many += R"({"token":"t)" + std::to_string(i) + R"(","logprob":-1},)";
    many += R"({"token":"z","logprob":3}]}]}}]})";
    const TopTokens bounded = firstTokensIn(many);
    QVERIFY(bounded.size() <= 1001 && bounded.contains("t0") && !bounded.contains("t4999"));
    const TopTokens older = firstTokensIn(R"({"choices":[{"logprobs":{"tokens":[" a"],"token_logprobs":[-0.5],"top_logprobs":[{" a":-0.5," b":-1.5}]}}]})");
    QCOMPARE(older, (TopTokens{{" a", -0.5}, {" b", -1.5}}));
}

namespace {

/// An endpoint that works so long at each word of a prompt.
MockScript timedScript(double perWord, double gap = 0.002)
{
    MockScript script = yesScript();
    script.ttft = 0.005;
    script.gap = gap;
    script.pieces = 24;
    script.perPromptToken = perWord;
    return script;
}

TimesPlan shortTimes()
{
    TimesPlan plan;
    plan.words = {20, 60, 120, 240};
    plan.repeats = 3;
    return plan;
}

const Evidence &named(const TimesFound &found, const char *test)
{
    return *std::ranges::find(found.evidence, test, &Evidence::test);
}

} // namespace

void TestVerifyTiers::timesOverSockets()
{
    MockEndpoint mock(timedScript(4e-4));
    QVERIFY(mock.start());
    const TimesPlan plan = shortTimes();
    const TimesFound found = askTimes(targetAt(mock.url()), plan, 5);
    QCOMPARE(found.spent.requests, int64_t(12));
    QVERIFY(costOf(plan).requests == 12 && costOf(plan).promptTokens >= found.spent.promptTokens);
    const Evidence &first = named(found, "timing.first_token");
    QCOMPARE(first.kind, Evidence::Kind::Note); // nothing to hold it against
    QCOMPARE(first.n, int64_t(12));
    QVERIFY(*first.effect > 2e-4 && *first.effect < 8e-4);
    std::set<std::string> beginnings;
    for (const MockRequest &request : mock.requests())
        beginnings.insert(request.body.substr(request.body.find("\"content\""), 24));
    QCOMPARE(beginnings.size(), size_t(12)); // no two begin alike
    MockEndpoint gone(timedScript(0));
    QVERIFY(gone.start());
    const std::string url = gone.url();
    gone.stop();
    const TimesFound none = askTimes(targetAt(url), plan, 5);
    QVERIFY(!none.notes.empty() && named(none, "timing.first_token").kind == Evidence::Kind::Note);
}

/// Much quicker than the claimed model on hardware at least as good: 3 to 1 at most, and never for the claim.
void TestVerifyTiers::timesBesideAReference()
{
    MockEndpoint quick(timedScript(0)), slow(timedScript(2e-3));
    QVERIFY(quick.start() && slow.start());
    TimesPlan plan = shortTimes();
    plan.reference = targetAt(slow.url());
    const TimesFound against = askTimes(targetAt(quick.url()), plan, 5);
    const Evidence &first = named(against, "timing.first_token");
    QCOMPARE(first.kind, Evidence::Kind::Ratio);
    QVERIFY(std::abs(*first.logRatio + std::log(3.0)) < 1e-12 && !first.registered);
    plan.reference = targetAt(quick.url());
    QVERIFY(named(askTimes(targetAt(slow.url()), plan, 5), "timing.first_token").kind != Evidence::Kind::Ratio);
}

/// A busy machine reads several pieces at once, whose gaps are none: asked again until enough came one by one.
static Evidence floorOf(const EndpointTarget &target, const TimesPlan &plan)
{
    Evidence out;
    for (int attempt = 0; attempt < 8 && !out.effect; ++attempt)
        out = named(askTimes(target, plan, 5), "timing.token_floor");
    return out;
}

void TestVerifyTiers::timesAgainstHardware()
{
    MockEndpoint mock(timedScript(0, 0.01));
    QVERIFY(mock.start());
    TimesPlan plan = shortTimes();
    plan.floorSeconds = 5;
    plan.hardware = "1 GB/s";
    const Evidence against = floorOf(targetAt(mock.url()), plan);
    QCOMPARE(against.kind, Evidence::Kind::Ratio);
    QCOMPARE(against.numbers["hardware"].get<std::string>(), plan.hardware);
    plan.floorSeconds = 1e-4;
    QCOMPARE(floorOf(targetAt(mock.url()), plan).kind, Evidence::Kind::Consistent);
}

/// From the standard size on, and counted in what is told beforehand.
void TestVerifyTiers::hardwareWithoutAReference()
{
    MockEndpoint mock(timedScript(0, 0.01));
    QVERIFY(mock.start());
    Profile profile;
    profile.id = "huge";
    profile.facts.add("parameters.total", 1e12, FoundBy::Published, "p");
    profile.facts.add("parameters.active", 1e12, FoundBy::Published, "p");
    EndpointVerificationPlan plan;
    plan.target = targetAt(mock.url());
    plan.table = *shippedTokenTable();
    plan.profiles = {profile};
    plan.sheet = claimSheetOf(profile);
    plan.sheet.profile = "huge";
    plan.mostPause = 0;
    plan.seed = 3;
    plan.hardware = "2 TB/s"; // 94 ms a token at 1.5 bits each
    QVERIFY(!plannedTimes(plan) && !timesAlone(plan)); // of the quick size
    plan.size = VerificationSize::Standard;
    QVERIFY(std::abs(*timesAlone(plan)->floorSeconds - 1e12 * 1.5 / 8 / 2e12) < 1e-12);
    EndpointVerificationPlan without = plan;
    without.hardware.clear();
    QVERIFY(plannedTimes(without) && !timesAlone(without));
    QCOMPARE(costOf(plan).requests - costOf(without).requests, int64_t(40));
    const auto found = verifyEndpoint(plan);
    QVERIFY2(found, found ? "" : found.error().sentence().c_str());
    const auto floor = std::ranges::find(found->evidence, "timing.token_floor", &Evidence::test);
    QVERIFY(floor != found->evidence.end());
    // Where a busy machine read too few pieces one by one nothing is told of the gaps; else they are far too quick.
    QCOMPARE(floor->kind, floor->effect ? Evidence::Kind::Ratio : Evidence::Kind::Note);
    QVERIFY(!floor->registered && found->verdict.kind != VerdictKind::Contradicted);
    plan.limits.requests = 50;
    const auto capped = verifyEndpoint(plan);
    QVERIFY(capped && std::ranges::find(capped->evidence, "timing.token_floor", &Evidence::test) == capped->evidence.end());
}

/// Long contexts are a group of their own, by length and depth, and none of the registered tests.
void TestVerifyTiers::contextsAreToldApart()
{
    const auto suite = wordSuite(12);
    for (size_t i = 0; i < suite->items.size(); ++i)
        suite->items[i].axes = {{"context", double(i % 3) * 100}, {"depth", 50}};
    suite->fingerprint = "long-words";
    RecordPlan recording = recordPlan();
    for (AskedItem &item : itemsFrom(suite, "context", 12, 3))
        recording.asking.questions.items.push_back(std::move(item));
    WordBackend reference("yes"), subject("no");
    auto bundle = recordBundle(reference, recording);
    QVERIFY(bundle);
    DistributionPlan plan = planFor(std::make_shared<const ReferenceBundle>(*bundle));
    plan.suites.push_back(suite);
    QCOMPARE(registeredTests(plan), (std::vector<std::string>{"distribution.text", "capability.knowledge"}));
    const auto found = verifyDistribution(subject, plan);
    QVERIFY(found);
    const Evidence *context = evidenceOf(*found, "capability.context");
    QVERIFY(context && !context->registered && context->n == 12);
    const Evidence *apart = evidenceOf(*found, "capability.context.by_context");
    QVERIFY(apart && apart->numbers.size() == 3);
    QCOMPARE(apart->numbers[1]["context"].get<double>(), 100.0);
    QCOMPARE(apart->numbers[1]["n"].get<int>(), 4);
    QCOMPARE(apart->numbers[1]["subject_right"].get<int>(), 0);
    QVERIFY(!evidenceOf(*found, "capability.context.by_depth")); // all of them at one place
}

namespace {

WorkerCommand worker()
{
    return {QStringLiteral(ASSAY_BINARY_DIR "/bin/assay-worker"), {}};
}

/// What a model of the samples writes, by prompt.
std::map<std::string, std::string> greedyTextsOf(const std::string &model, const ReferenceBundle &bundle)
{
    WorkerBackend backend(worker(), model);
    std::map<std::string, std::string> out;
    if (!callAndWait<LoadSample>(backend, {}, [&](Backend::Done<LoadSample> done) { backend.open("cpu", "auto", {}, std::move(done)); }))
        return out;
    std::vector<protocol::GenerateItem> rows;
    for (const BundlePrompt &prompt : bundle.prompts) {
        protocol::GenerateItem row;
        row.prompt = prompt.text;
        row.special = true;
        row.maxTokens = bundle.sampling.greedyTokens;
        row.temperature = 0;
        rows.push_back(row);
    }
    const auto made = callAndWait<protocol::GenerateBatchResult>(backend, {}, [&](Backend::Done<protocol::GenerateBatchResult> done) { backend.generateBatch(rows, {}, std::move(done)); });
    for (size_t i = 0; made && i < rows.size(); ++i)
        out[rows[i].prompt] = made->rows[i].text;
    return out;
}

/// Serves them, whatever else is asked.
MockHooks serving(const std::map<std::string, std::string> &texts)
{
    MockHooks hooks;
    hooks.answer = [texts](const MockAsked &asked) {
        std::vector<MockToken> out;
        const auto found = texts.find(asked.last);
        if (found != texts.end() && !found->second.empty())
            out.push_back({found->second, 1});
        return out;
    };
    return hooks;
}

} // namespace

/// The weights of *full* read what an endpoint sends that *full* or *distilled* wrote.
void TestVerifyTiers::realWorkerReadsAnEndpoint()
{
    const std::string samples = ASSAY_SOURCE_DIR "/resources/samples/";
    RecordPlan recording;
    recording.subject = "full";
    recording.repeats = 1;
    const auto suite = readSuite(std::filesystem::path(ASSAY_SOURCE_DIR "/resources/suites/reasoning.jsonl"));
    QVERIFY(suite);
    recording.asking.questions.prompts = promptsFrom({std::make_shared<const Suite>(*suite)}, 24, 3);
    recording.asking.questions.sampled = 2;
    recording.asking.questions.samples = 2;
    recording.asking.questions.sampling.greedyTokens = 24;
    recording.asking.questions.sampling.maxTokens = 8;
    WorkerBackend reference(worker(), samples + "full");
    auto made = recordBundle(reference, recording);
    QVERIFY2(made, made ? "" : made.error().sentence().c_str());
    const auto bundle = std::make_shared<const ReferenceBundle>(std::move(*made));
    for (const auto &[model, honest] : {std::pair("full", true), std::pair("distilled", false)}) {
        const auto texts = greedyTextsOf(samples + model, *bundle);
        QCOMPARE(texts.size(), bundle->prompts.size());
        MockEndpoint mock(yesScript());
        mock.setHooks(serving(texts));
        QVERIFY(mock.start());
        EndpointBackend subject(targetAt(mock.url()));
        DistributionPlan plan = planFor(bundle);
        plan.stack = StackKnown::Same;
        plan.reference = [&] { return std::make_unique<WorkerBackend>(worker(), samples + "full"); };
        const auto found = verifyDistribution(subject, plan);
        QVERIFY2(found, found ? "" : found.error().sentence().c_str());
        const Evidence *greedy = evidenceOf(*found, "distribution.greedy");
        QVERIFY(greedy && greedy->registered && greedy->n > 12);
        QVERIFY2(honest ? *greedy->p > 0.05 : *greedy->p < 0.0034, qPrintable(QStringLiteral("%1: p %2").arg(QLatin1String(model)).arg(*greedy->p)));
    }
}

QTEST_GUILESS_MAIN(TestVerifyTiers)
#include "tst_verifytiers.moc"
