// SPDX-License-Identifier: GPL-3.0-or-later
// Questions to endpoints over real sockets: failures that pass and that do not, limits used up to the last request, going on from the raw
// file, two endpoints at once; what a size takes of a bundle and costs at most.
#include "core/base/file.h"
#include "core/service/verify/endpointplan.h"
#include "core/service/verify/endpointquestions.h"
#include "core/service/verify/referencepart.h"
#include "tests/service/evaluationtesting.h"

#include <QTemporaryDir>

using namespace assay;

namespace {

using End = QuestionAsker::End;

Questionnaire questions()
{
    Questionnaire out;
    for (int i = 0; i < 6; ++i)
        out.prompts.push_back("Go on, " + std::to_string(i));
    out.sampled = 4;
    out.samples = 3;
    out.items = itemsFrom(wordSuite(20), "knowledge", 6, 3);
    return out;
}
constexpr int64_t kRows = 4 * 3 + 6 + 6;

MockScript quickScript(const std::string &word = "yes")
{
    MockScript script = yesScript();
    script.ttft = script.gap = 0;
    script.words = {word};
    script.usage = MockScript::Usage::Always;
    return script;
}

AskedEndpoint asked(const std::string &url, const std::string &who = "subject")
{
    return {who, targetAt(url, "openai-chat"), Answers(questions(), 7), 7};
}

/// One asking with what an earlier one left in the file, if any.
struct Session
{
    explicit Session(const std::filesystem::path &file = {}) : earlier(earlierIn(file)), log(earlier, logAt(file)) {}
    End ask(std::vector<AskedEndpoint> &sides, const PlanLimits &left = {}, std::optional<Prices> prices = {}, std::stop_token stop = {})
    {
        QuestionAsker asker(left, prices, log, stop);
        asker.ask(sides, 4);
        spent = asker.spent();
        notes = asker.notes();
        return asker.ended();
    }
    static RawEarlier earlierIn(const std::filesystem::path &file)
    {
        const auto text = file.empty() ? Result<std::string>(std::string()) : readWholeFile(file, 1 << 26);
        return readRawLog(text ? *text : std::string(), "u", "m");
    }
    static std::optional<RawLog> logAt(const std::filesystem::path &file)
    {
        if (file.empty())
            return std::nullopt;
        auto log = RawLog::open(file, {"u", "m", "claim", "2026-11-23T00:00:00Z", 7});
        return log ? std::optional(std::move(*log)) : std::nullopt;
    }
    RawEarlier earlier;
    QuestionLog log;
    Spending spent;
    std::vector<Told> notes;
};

} // namespace

class TestEndpointQuestions : public QObject
{
    Q_OBJECT
private slots:
    void everythingOnce();
    void thinkingIsText();
    void failuresThatPass();
    void failuresThatDoNot_data();
    void failuresThatDoNot();
    void limits_data();
    void limits();
    void goesOn();
    void damagedLines();
    void stopped();
    void unwritable();
    void partOfABundle();
    void worstCase();
};

void TestEndpointQuestions::everythingOnce()
{
    MockEndpoint subject(quickScript()), reference(quickScript("no"));
    QVERIFY(subject.start() && reference.start());
    std::vector<AskedEndpoint> sides{asked(subject.url()), asked(reference.url(), "reference")};
    Session asking;
    QCOMPARE(asking.ask(sides), End::None);
    QVERIFY(sides[0].answers.complete() && sides[1].answers.complete());
    QCOMPARE(int64_t(subject.requests().size()), kRows);
    QCOMPARE(int64_t(reference.requests().size()), kRows);
    QCOMPARE(asking.spent.requests, 2 * kRows);
    QCOMPARE(sides[0].answers.samplesOf(2), (std::vector<std::string>{"yes", "yes", "yes"}));
    QCOMPARE(sides[1].answers.samplesOf(0).front(), std::string("no"));
    QVERIFY(*sides[0].answers.isRight(0, 0) && !*sides[1].answers.isRight(0, 0));
    QVERIFY(sides[0].answers.answerOf(QuestionRow::Kind::Greedy, 5)->promptTokens > 0);
}

void TestEndpointQuestions::thinkingIsText()
{
    MockScript script = quickScript();
    script.reasoningPieces = 2;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    std::vector<AskedEndpoint> sides{asked(mock.url())};
    Session asking;
    QCOMPARE(asking.ask(sides), End::None);
    QVERIFY(sides[0].answers.samplesOf(0).front().size() > std::string("yes").size());
    QVERIFY(*sides[0].answers.isRight(0, 0)); // of a question the answer alone
}

void TestEndpointQuestions::failuresThatPass()
{
    MockScript script = quickScript();
    script.fault = MockFault::Status;
    script.status = 503;
    script.faultShare = 0.2;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    std::vector<AskedEndpoint> sides{asked(mock.url())};
    Session asking;
    QCOMPARE(asking.ask(sides), End::None);
    QVERIFY(sides[0].answers.complete());
    QVERIFY(asking.spent.requests > kRows && asking.spent.requests == int64_t(mock.requests().size()));
    QVERIFY(!asking.notes.empty()); // how many failed
}

void TestEndpointQuestions::failuresThatDoNot_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("wait");
    QTest::addColumn<int>("end");
    QTest::newRow("refused") << 400 << 0 << int(End::Failed);
    QTest::newRow("no key") << 401 << 0 << int(End::Gone);
    QTest::newRow("not for a minute") << 429 << 60 << int(End::Busy);
    QTest::newRow("always broken") << 500 << 0 << int(End::Failed);
}

void TestEndpointQuestions::failuresThatDoNot()
{
    QFETCH(int, status);
    QFETCH(int, wait);
    QFETCH(int, end);
    MockScript script = quickScript();
    script.fault = MockFault::Status;
    script.status = status;
    script.retryAfter = wait;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    std::vector<AskedEndpoint> sides{asked(mock.url())};
    Session asking;
    QCOMPARE(int(asking.ask(sides)), end);
    QVERIFY(sides[0].answers.kept.empty());
    QVERIFY(asking.notes.size() >= 2); // why it ended, and what failed
}

void TestEndpointQuestions::limits_data()
{
    QTest::addColumn<PlanLimits>("left");
    QTest::addColumn<int>("end");
    QTest::newRow("requests") << PlanLimits{.requests = 11} << int(End::Requests);
    QTest::newRow("tokens") << PlanLimits{.tokens = 260} << int(End::Tokens);
    QTest::newRow("money") << PlanLimits{.money = 0.26} << int(End::Money);
}

/// Several are under way at a time; what they did not use up is given to the others.
void TestEndpointQuestions::limits()
{
    QFETCH(PlanLimits, left);
    QFETCH(int, end);
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    std::vector<AskedEndpoint> sides{asked(mock.url())};
    Session asking;
    QCOMPARE(int(asking.ask(sides, left, Prices{1000, 1000, 1000, "USD"})), end);
    const size_t there = sides[0].answers.kept.size();
    QVERIFY(there > 0 && int64_t(there) < kRows);
    QCOMPARE(mock.requests().size(), there);
    QVERIFY(left.requests == 0 || int64_t(there) == left.requests);
    QVERIFY(left.tokens == 0 || asking.spent.promptTokens + asking.spent.outputTokens <= left.tokens);
    QVERIFY(left.money == 0 || *asking.spent.money <= left.money);
}

void TestEndpointQuestions::goesOn()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("raw.jsonl").toStdString();
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    std::vector<AskedEndpoint> first{asked(mock.url())}, second{asked(mock.url())};
    Session half(file);
    QCOMPARE(half.ask(first, {.requests = 11}), End::Requests);
    Session rest(file);
    QCOMPARE(rest.ask(second), End::None);
    QVERIFY(second[0].answers.complete());
    QCOMPARE(int64_t(mock.requests().size()), kRows);
    for (const auto &[place, answer] : first[0].answers.kept)
        QCOMPARE(second[0].answers.kept.at(place).text, answer.text);
    // Other questions, another model: nothing of it fits.
    std::vector<AskedEndpoint> other{asked(mock.url())};
    other[0].target.model = "another";
    Session strange(file);
    QCOMPARE(strange.ask(other), End::None);
    QCOMPARE(int64_t(mock.requests().size()), 2 * kRows);
}

/// What cannot be read is asked again, and nothing else.
void TestEndpointQuestions::damagedLines()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("raw.jsonl").toStdString();
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    std::vector<AskedEndpoint> first{asked(mock.url())}, second{asked(mock.url())};
    Session whole(file);
    QCOMPARE(whole.ask(first), End::None);
    const auto text = readWholeFile(file, 1 << 26);
    QVERIFY(text);
    std::string spoilt;
    int damaged = 0;
    for (const QByteArray &line : QByteArray::fromStdString(*text).split('\n')) {
        QByteArray own = line;
        if (line.contains("subject.item.0.0"))
            own.replace("\\\"finish\\\"", "\\\"FINISH\\\"");
        else if (line.contains("subject.greedy.1.0"))
            own.replace("\\\"text\\\":\\\"yes\\\"", "\\\"text\\\":7");
        else if (line.contains("subject.sample.2.1"))
            own.truncate(own.size() / 2);
        damaged += own != line;
        spoilt += own.toStdString() + "\n";
    }
    QCOMPARE(damaged, 3);
    QVERIFY(writeFileAtomically(file, spoilt));
    Session rest(file);
    QCOMPARE(rest.ask(second), End::None);
    QVERIFY(second[0].answers.complete());
    QCOMPARE(int64_t(mock.requests().size()), kRows + 3);
}

void TestEndpointQuestions::stopped()
{
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    std::vector<AskedEndpoint> sides{asked(mock.url())};
    std::stop_source stop;
    stop.request_stop();
    Session asking;
    QCOMPARE(asking.ask(sides, {}, {}, stop.get_token()), End::Stopped);
    QCOMPARE(mock.requests().size(), size_t(0));
    std::stop_source later;
    Session begun;
    QuestionAsker asker({}, std::nullopt, begun.log, later.get_token());
    asker.ask(sides, 2, [&](const char *, double done, double) {
        if (done >= 5)
            later.request_stop();
    });
    QCOMPARE(asker.ended(), End::Stopped);
    QVERIFY(sides[0].answers.kept.size() >= 5 && int64_t(sides[0].answers.kept.size()) < kRows); // what came is kept
}

void TestEndpointQuestions::unwritable()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("raw.jsonl").toStdString();
    MockEndpoint mock(quickScript());
    QVERIFY(mock.start());
    std::vector<AskedEndpoint> sides{asked(mock.url())};
    Session asking(file);
    QVERIFY(std::filesystem::remove(file) && std::filesystem::create_directory(file));
    QCOMPARE(asking.ask(sides), End::Unwritable);
}

void TestEndpointQuestions::partOfABundle()
{
    ReferenceBundle bundle;
    for (int i = 0; i < 5; ++i)
        bundle.prompts.push_back({"p", {}, {}, std::vector<std::string>(i < 3 ? 6 : 0, "s"), BundleGreedy{"t", {}, {}}});
    for (int i = 0; i < 6; ++i)
        bundle.items.push_back({std::to_string(i), i % 2 == 0 ? "knowledge" : "reasoning", "s", "f", 1, 1, true});
    const ReferenceBundle part = partOf(bundle, {.sampled = 2, .samples = 4, .greedy = 4, .knowledge = 1, .reasoning = 2});
    QCOMPARE(part.prompts.size(), size_t(4));
    QCOMPARE(part.prompts[1].samples.size(), size_t(4));
    QCOMPARE(part.prompts[2].samples.size(), size_t(0));
    QVERIFY(part.prompts[3].greedy);
    QCOMPARE(part.items.size(), size_t(3));
    QCOMPARE(part.items[0].id, std::string("0"));
    QVERIFY(partOf(bundle, questionCounts(VerificationSize::Deep)) == bundle); // it has no more
}

/// What is drawn costs at most what was told, whatever the seed.
void TestEndpointQuestions::worstCase()
{
    EndpointVerificationPlan plan;
    plan.size = VerificationSize::Standard;
    plan.prices = Prices{1, 2, 1, "USD"};
    EndpointReference reference;
    reference.kind = EndpointReference::Kind::Endpoint;
    reference.suites = {wordSuite(60), wordSuite(70)};
    plan.reference = reference;
    const VerificationCost told = referenceCost(plan);
    QVERIFY(told.ofReference > 0 && told.ofReference * 2 <= told.requests);
    for (const uint64_t seed : {1u, 2u, 99u}) {
        const Questionnaire drawn = questionsAgainst(reference, plan.size, seed);
        Spending sum;
        for (const QuestionRow &row : rowsOf(drawn, seed)) {
            const LoadRequest request = loadRequestOf(requestOf(drawn, row, seed));
            ++sum.requests;
            sum.promptTokens += request.promptTokens;
            sum.outputTokens += request.outputTokens;
        }
        QVERIFY(sum.requests > 200 && sum.requests <= 25 * 10 + 50 + 40 + 60); // as many prompts as the suites have beginnings
        QVERIFY(2 * sum.requests <= told.requests && 2 * sum.promptTokens <= told.promptTokens && 2 * sum.outputTokens <= told.outputTokens);
    }
    plan.reference->kind = EndpointReference::Kind::Files;
    QCOMPARE(referenceCost(plan).localAnswers, int64_t(400));
    plan.reference.reset();
    QCOMPARE(referenceCost(plan).requests, int64_t(0));
    QCOMPARE(mostCalls(VerificationSize::Quick), kQuickCalls);
    QCOMPARE(countedChecks(VerificationSize::Standard), int64_t(59)); // 1 - 0.05^(1/59) < 5 %
    QCOMPARE(countedChecks(VerificationSize::Deep), int64_t(299));
}

QTEST_GUILESS_MAIN(TestEndpointQuestions)
#include "tst_endpointquestions.moc"
