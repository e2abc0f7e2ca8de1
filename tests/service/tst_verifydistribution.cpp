// SPDX-License-Identifier: GPL-3.0-or-later
// T4 and T6 against a bundle: recorded from a backend, asked of an endpoint over real sockets; limits, stops, resuming.
#include "tests/service/wordbackend.h"

using namespace assay;

class TestVerifyDistribution : public QObject
{
    Q_OBJECT
private slots:
    void promptsAreBeginnings();
    void seedsAreItsOwn();
    void bundleOfABackend();
    void honestLocalSubject();
    void otherLocalSubject();
    void endpointOverSockets();
    void limitLeavesPartialEvidence();
    void stoppedAndResumed();
    void endpointThatFails();
    void unfitBundle();
    void keptAnswersOfStrangers();
    void limitWhileRecording();
};

void TestVerifyDistribution::promptsAreBeginnings()
{
    const auto suite = wordSuite(40);
    const auto first = promptsFrom({suite}, 5, 3), again = promptsFrom({suite}, 5, 3), other = promptsFrom({suite}, 5, 4);
    QCOMPARE(first.size(), size_t(5));
    QVERIFY(first == again && first != other);
    for (const std::string &prompt : first) {
        QVERIFY(std::ranges::any_of(suite->items, [&](const SuiteItem &item) { return item.prompt.starts_with(prompt); }));
        QCOMPARE(std::ranges::count(first, prompt), std::ptrdiff_t(1));
    }
}

/// A worker gives the same answer to the same seed: what is asked of the subject must not share those of the bundle.
void TestVerifyDistribution::seedsAreItsOwn()
{
    const DistributionPlan plan = planFor(recorded());
    const Questionnaire questions = questionnaireOf(*plan.bundle, plan.suites);
    std::set<uint64_t> seeds;
    size_t samples = 0;
    for (const uint64_t seed : {plan.bundle->sampling.seed, plan.bundle->sampling.seed + 1, subjectSeed(plan)}) {
        for (const QuestionRow &row : rowsOf(questions, seed)) {
            seeds.insert(requestOf(questions, row, seed).seed);
            ++samples;
        }
    }
    QCOMPARE(seeds.size(), samples);
}

void TestVerifyDistribution::bundleOfABackend()
{
    const auto bundle = recorded();
    QVERIFY(bundle);
    QCOMPARE(bundle->prompts.size(), size_t(12));
    QCOMPARE(bundle->prompts[0].samples.size(), size_t(6));
    QCOMPARE(bundle->prompts[6].samples.size(), size_t(0));
    QCOMPARE(bundle->prompts[0].greedy->margins, (std::vector<double>{0, 0, 0}));
    QCOMPARE(bundle->items.size(), size_t(20));
    QCOMPARE(bundle->items[0].asked, int64_t(4));
    QCOMPARE(bundle->honest.size(), size_t(1));
    QCOMPARE(bundle->honest[0].greedyMargin, 0.0);
    QCOMPARE(bundle->alternatives.size(), size_t(1));
    QVERIFY(bundle->alternatives[0].greedyMargin > 0 && bundle->alternatives[0].mmd > 0);
    QCOMPARE(bundle->alternatives[0].rates.size(), size_t(20));
    const auto again = readBundle(bundleText(*bundle), "b");
    QVERIFY(again && again->bundle == *bundle);
}

void TestVerifyDistribution::honestLocalSubject()
{
    WordBackend subject("yes");
    DistributionPlan plan = planFor(recorded());
    plan.stack = StackKnown::Same;
    plan.reference = [] { return std::make_unique<WordBackend>("yes"); };
    QCOMPARE(registeredTests(plan), (std::vector<std::string>{"distribution.greedy", "capability.knowledge"}));
    QCOMPARE(costOf(plan).requests, int64_t(6 * 6 + 12 + 20));
    const auto found = verifyDistribution(subject, plan);
    QVERIFY2(found, found ? "" : found.error().sentence().c_str());
    QVERIFY(!found->interrupted);
    QCOMPARE(found->answers.spent.requests, int64_t(68));
    QVERIFY(evidenceOf(*found, "distribution.greedy")->registered);
    QCOMPARE(*evidenceOf(*found, "distribution.greedy")->p, 1.0);
    QVERIFY(!evidenceOf(*found, "distribution.text")->registered); // one of both is the planned one
    QVERIFY(verdictOf(*found).kind != VerdictKind::Contradicted);
}

void TestVerifyDistribution::otherLocalSubject()
{
    WordBackend subject("no");
    DistributionPlan plan = planFor(recorded());
    plan.stack = StackKnown::Same;
    plan.reference = [] { return std::make_unique<WordBackend>("yes"); };
    const auto found = verifyDistribution(subject, plan);
    QVERIFY(found);
    QVERIFY(*evidenceOf(*found, "distribution.greedy")->p <= 2.0 / 4096); // 12 prompts, all changes of signs
    QVERIFY(*evidenceOf(*found, "capability.ratio")->logRatio < 0);
    QCOMPARE(verdictOf(*found).kind, VerdictKind::Contradicted);
}

void TestVerifyDistribution::endpointOverSockets()
{
    MockScript script = yesScript();
    script.words = {"no"};
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    EndpointBackend subject(targetAt(mock.url()));
    const DistributionPlan plan = planFor(recorded());
    QCOMPARE(registeredTests(plan), (std::vector<std::string>{"distribution.text", "capability.knowledge"}));
    const auto found = verifyDistribution(subject, plan);
    QVERIFY2(found, found ? "" : found.error().sentence().c_str());
    QVERIFY(!found->interrupted);
    QCOMPARE(mock.requests().size(), size_t(68));
    QCOMPARE(*evidenceOf(*found, "distribution.text")->p, 1.0 / 1000);
    QCOMPARE(verdictOf(*found).kind, VerdictKind::Contradicted);
}

void TestVerifyDistribution::limitLeavesPartialEvidence()
{
    WordBackend subject("no");
    DistributionPlan plan = planFor(recorded());
    plan.limits.requests = 30;
    const auto found = verifyDistribution(subject, plan);
    QVERIFY(found && found->interrupted);
    QCOMPARE(found->answers.spent.requests, int64_t(30));
    QCOMPARE(found->answers.kept.size(), size_t(30));
    QVERIFY(!found->evidence.empty() && !found->notes.empty());
    for (const Evidence &evidence : found->evidence)
        QVERIFY(!evidence.registered);
    QVERIFY(verdictOf(*found).kind != VerdictKind::Contradicted); // half of a plan decides nothing
}

void TestVerifyDistribution::stoppedAndResumed()
{
    DistributionPlan plan = planFor(recorded());
    std::stop_source stop;
    KeptAnswers kept;
    plan.keep = [&](const KeptAnswers &answers) {
        kept = answers;
        if (answers.size() >= 24)
            stop.request_stop();
    };
    WordBackend first("no"), second("no"), whole("no");
    const auto partial = verifyDistribution(first, plan, {}, stop.get_token());
    QVERIFY(partial && partial->interrupted);
    QCOMPARE(kept.size(), size_t(24));
    const std::string hash = questionsHash(partial->answers.questions(), subjectSeed(plan));
    const auto read = readKeptAnswers(keptAnswersText(kept, hash), "kept.json", hash, partial->answers.rows().size());
    QVERIFY(read);
    plan.there = *read;
    plan.keep = {};
    const auto resumed = verifyDistribution(second, plan);
    QVERIFY(resumed && !resumed->interrupted);
    QCOMPARE(resumed->answers.spent.requests, int64_t(68 - 24));
    plan.there.clear();
    const auto atOnce = verifyDistribution(whole, plan);
    QVERIFY(atOnce);
    for (size_t i = 0; i < atOnce->evidence.size(); ++i)
        QCOMPARE(evidenceToJson(resumed->evidence[i]).dump(), evidenceToJson(atOnce->evidence[i]).dump());
}

void TestVerifyDistribution::endpointThatFails()
{
    EndpointBackend subject(targetAt("http://127.0.0.1:1"));
    const auto found = verifyDistribution(subject, planFor(recorded()));
    QVERIFY(found && found->interrupted);
    QVERIFY(found->answers.end);
    QVERIFY(found->notes.size() >= 2);
    QVERIFY(verdictOf(*found).kind != VerdictKind::Contradicted && verdictOf(*found).kind != VerdictKind::Consistent);
}

void TestVerifyDistribution::unfitBundle()
{
    WordBackend subject("yes");
    ReferenceBundle bundle = *recorded();
    bundle.prompts.clear();
    const auto found = verifyDistribution(subject, planFor(std::make_shared<const ReferenceBundle>(bundle)));
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::BundleUnfit);
}

void TestVerifyDistribution::keptAnswersOfStrangers()
{
    const auto code = [](const std::string &text) { return readKeptAnswers(text, "k", "h", 4).error().code; };
    QCOMPARE(code("{"), ErrorCode::BundleDamaged);
    QCOMPARE(code(R"({"schema":"assay-answers/1","questions_sha256":"h","answers":[{"row":0}]})"), ErrorCode::BundleDamaged);
    QCOMPARE(code(keptAnswersText({{9, {}}}, "h")), ErrorCode::BundleDamaged);
    QCOMPARE(code(keptAnswersText({{1, {}}}, "other")), ErrorCode::BundleUnfit);
}

void TestVerifyDistribution::limitWhileRecording()
{
    WordBackend backend("yes");
    RecordPlan plan = recordPlan();
    plan.asking.limits.requests = 10;
    QCOMPARE(recordBundle(backend, plan).error().code, ErrorCode::BundleUnfit);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(recordBundle(backend, recordPlan(), {}, stop.get_token()).error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestVerifyDistribution)
#include "tst_verifydistribution.moc"
