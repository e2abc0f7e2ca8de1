// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/fidelitylibrary.h"
#include "core/service/runlibrary.h"
#include "core/service/store.h"
#include "tests/service/runs.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/resource.h>

using namespace assay;

namespace {

/// Files of this process cannot grow past a size: a disk that refuses to write.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    void lift() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    ~FileSizeLimit() { lift(); }

private:
    rlimit m_before{};
};

void waitLoaded(RunLibrary &library)
{
    library.load();
    QTRY_VERIFY(library.isLoaded());
}

} // namespace

class TestRunLibrary : public QObject
{
    Q_OBJECT
private slots:
    void keepsRunsOverARestart();
    void limitsAreKept();
    void snapshotsDoNotChange();
    void latestOfASubject();
    void dtypesAreToldApart();
    void whatIfsAreNamedEvenAlone();
    void brokenOffRunsYieldToWholeOnes();
    void changesAreSaidSparingly();
    void runsBegunBeforeLoadingStay();
    void memoryOnly();
    void unwritableDisk();
    void damagedStore();
    void removal();
    void answersAreReadOnDemand();
    void judgedAnew();

private:
    QTemporaryDir m_dir;
    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }
};

void TestRunLibrary::keepsRunsOverARestart()
{
    const QString file = path("restart.sqlite");
    {
        RunLibrary library(file);
        waitLoaded(library);
        library.begin(benchRun("b1"));
        library.append("b1", loadSample());
        for (int i = 0; i < 50; ++i)
            library.append("b1", measureSample(i));
        library.begin(evaluationRun("e1"));
        library.append("e1", itemResult("i1"));
        Environment environment;
        environment.host = "here";
        library.setEnvironment("b1", environment);
        library.finish("b1", RunState::Failed, "the reason");
        // No flush: the destructor writes what is pending.
    }
    RunLibrary library(file);
    waitLoaded(library);
    QCOMPARE(library.benchRuns().size(), size_t(1));
    const BenchRun &run = *library.benchRuns().front();
    QCOMPARE(run.samples.size(), size_t(50));
    QCOMPARE(run.loads.size(), size_t(1));
    QCOMPARE(run.header.state, RunState::Failed);
    QCOMPARE(run.header.error, std::string("the reason"));
    QCOMPARE(run.header.environment.host, std::string("here"));
    QVERIFY(!run.header.finishedAt.empty());
    QCOMPARE(library.evaluationRuns().size(), size_t(1));
    QCOMPARE(library.evaluationRuns().front()->header.state, RunState::Running); // this very process has not ended it
    QCOMPARE(library.evaluationRuns().front()->items.size(), size_t(1));
}

/// Which limit ended a run outlives the program, and is gone once the run goes on.
void TestRunLibrary::limitsAreKept()
{
    const QString file = path("limits.sqlite");
    const EndedEarly ended{PlanLimit::Money, 0.5, "EUR", EndedEarly::Counted::Requests, 118, 500};
    {
        RunLibrary library(file);
        waitLoaded(library);
        library.begin(benchRun("b1"));
        library.append("b1", measureSample(0));
        library.setEndedEarly("b1", ended);
        library.finish("b1", RunState::Finished);
    }
    RunLibrary library(file);
    waitLoaded(library);
    QCOMPARE(library.benchRuns().front()->header.state, RunState::Finished);
    QVERIFY(library.benchRuns().front()->header.endedEarly == ended);
    library.reopen("b1");
    QVERIFY(!library.benchRuns().front()->header.endedEarly);
}

void TestRunLibrary::snapshotsDoNotChange()
{
    RunLibrary library{QString()};
    library.begin(benchRun("b1"));
    library.append("b1", measureSample(0));
    const auto before = library.benchRuns();
    library.append("b1", measureSample(1));
    library.finish("b1", RunState::Finished);
    QCOMPARE(before.front()->samples.size(), size_t(1));
    QCOMPARE(before.front()->header.state, RunState::Running);
    QCOMPARE(library.benchRuns().front()->samples.size(), size_t(2));
}

void TestRunLibrary::latestOfASubject()
{
    RunLibrary library{QString()};
    for (const char *id : {"old", "new", "empty"}) {
        library.begin(benchRun(id));
        if (id != std::string("empty"))
            library.append(id, measureSample(0));
    }
    BenchRun other = benchRun("other");
    other.header.subject = {"/models/full", "full", "print-other"}; // other weights in the same directory
    library.begin(other);
    library.append("other", measureSample(0));

    const auto idFor = [&](const SubjectRef &subject) {
        const auto run = library.latestBench(subject);
        return run ? run->header.id : std::string();
    };
    QCOMPARE(idFor({"/models/full", "full", "print-full"}), std::string("new"));
    QCOMPARE(idFor({"/elsewhere/full", "full", "print-full"}), std::string("new"));
    QCOMPARE(idFor({"/models/full", "full", "print-third"}), std::string());
    QCOMPARE(idFor({"/models/full", "full", ""}), std::string("other"));
    QCOMPARE(idFor({"/models/none", "none", ""}), std::string());

    for (const char *id : {"e1", "e2"}) {
        library.begin(evaluationRun(id));
        library.append(id, itemResult("i"));
    }
    library.begin(evaluationRun("e3", "recall"));
    library.append("e3", itemResult("i"));
    library.begin(evaluationRun("e4", "recall")); // without items
    const auto evaluations = library.latestEvaluations({"/models/full", "full", "print-full"});
    QCOMPARE(evaluations.size(), size_t(2));
    QCOMPARE(evaluations[0]->header.id, std::string("e3"));
    QCOMPARE(evaluations[1]->header.id, std::string("e2"));
}

void TestRunLibrary::dtypesAreToldApart()
{
    RunLibrary library{QString()};
    const SubjectRef subject{"/models/full", "full", "print-full"};
    const auto bench = [&](const char *id, const char *asked, const char *computed) {
        BenchRun run = benchRun(id);
        run.plan.dtype = asked;
        run.header.environment.dtype = computed;
        library.begin(run);
        library.append(id, measureSample(0));
    };
    const auto shown = [&](const DtypeChoice &choice) {
        std::string out;
        for (const SubjectRuns &runs : library.latestRuns(subject, choice)) {
            out += (out.empty() ? "" : " ") + runs.dtype + ":" + (runs.bench ? runs.bench->header.id : "-");
            for (const auto &evaluation : runs.evaluations)
                out += "+" + evaluation->header.id;
        }
        return out;
    };
    QCOMPARE(shown({}), std::string(":-"));
    bench("b1", "auto", "bf16");
    QCOMPARE(shown({}), std::string(":b1"));
    bench("b2", "bf16", "bf16"); // the same by another name
    QCOMPARE(shown({}), std::string(":b2"));
    // A single measurement of something else hides nothing, so it stands beside it.
    EvaluationRun evaluation = evaluationRun("e1");
    evaluation.protocol.dtype = evaluation.header.environment.dtype = "f32";
    library.begin(evaluation);
    library.append("e1", itemResult("i"));
    QCOMPARE(shown({}), std::string(":b2+e1"));
    bench("b3", "int8", "int8");
    bench("b4", "f32", "f32");
    QCOMPARE(shown({}), std::string("f32:b4+e1 bf16:b2 int8:b3"));
    QCOMPARE(shown({false}), std::string(":b4+e1"));
    // What was asked for, in that order; "auto" is one of the ways to ask for bf16.
    QCOMPARE(shown({true, {"int8", "auto"}}), std::string("int8:b3 bf16:b1"));
    QCOMPARE(shown({true, {"auto"}}), std::string(":b1"));
    QCOMPARE(shown({false, {"int8"}}), std::string(":b3"));
    QCOMPARE(shown({true, {"f16"}}), std::string(":-"));
    // A what-if is a column of its own, and never stands for the model.
    bench("b5", "prune50", "f32+prune50");
    QCOMPARE(shown({}), std::string("f32:b4+e1 bf16:b2 int8:b3 f32+prune50:b5"));
    QCOMPARE(shown({false}), std::string(":b4+e1"));
    QCOMPARE(shown({true, {"f32", "prune50"}}), std::string("f32:b4+e1 f32+prune50:b5"));
}

void TestRunLibrary::whatIfsAreNamedEvenAlone()
{
    RunLibrary library{QString()};
    BenchRun run = benchRun("b1");
    run.plan.dtype = "prune2:4";
    run.header.environment.dtype = "bf16+prune2:4";
    library.begin(run);
    library.append("b1", measureSample(0));
    const SubjectRef subject{"/models/full", "full", "print-full"};
    QCOMPARE(library.latestRuns(subject).front().dtype, std::string("bf16+prune2:4"));
    QVERIFY(!library.latestRuns(subject, {false, {}}).front().bench);
    // What was held against a reference alone has its column, too.
    FidelityRun held;
    held.header.id = "f1";
    held.header.subject = subject;
    held.protocol.dtype = "int8";
    held.columns.divergence = {0.5f};
    library.fidelity().add(held);
    QCOMPARE(library.latestRuns(subject).size(), size_t(2));
    QCOMPARE(library.latestRuns(subject).front().dtype, std::string("int8"));
}

void TestRunLibrary::brokenOffRunsYieldToWholeOnes()
{
    RunLibrary library{QString()};
    const SubjectRef subject{"/models/full", "full", "print-full"};
    const auto measure = [&](const char *bench, const char *evaluation, RunState state) {
        library.begin(benchRun(bench));
        library.append(bench, measureSample(0));
        library.begin(evaluationRun(evaluation));
        library.append(evaluation, itemResult("i"));
        if (state == RunState::Running)
            return;
        library.finish(bench, state);
        library.finish(evaluation, state);
    };
    const auto shown = [&] {
        const auto evaluations = library.latestEvaluations(subject);
        return library.latestBench(subject)->header.id + " " + evaluations.at(0)->header.id +
               std::string(evaluations.size() - 1, '+');
    };
    measure("b1", "e1", RunState::Failed);
    QCOMPARE(shown(), std::string("b1 e1"));
    measure("b2", "e2", RunState::Finished);
    measure("b3", "e3", RunState::Cancelled);
    QCOMPARE(shown(), std::string("b2 e2"));
    measure("b4", "e4", RunState::Running);
    QCOMPARE(shown(), std::string("b4 e4"));
}

void TestRunLibrary::changesAreSaidSparingly()
{
    RunLibrary library{QString()};
    QSignalSpy spy(&library, &RunLibrary::runChanged);
    library.begin(benchRun("b1"));
    QCOMPARE(spy.size(), 1);
    for (int i = 0; i < 1000; ++i)
        library.append("b1", measureSample(i));
    QCOMPARE(spy.size(), 1);
    QTRY_COMPARE(spy.size(), 2);
    library.finish("b1", RunState::Finished);
    QCOMPARE(spy.size(), 3);
}

void TestRunLibrary::runsBegunBeforeLoadingStay()
{
    const QString file = path("before.sqlite");
    {
        RunLibrary library(file);
        library.begin(benchRun("old", "2025-01-01T00:00:00Z"));
    }
    RunLibrary library(file);
    library.begin(benchRun("new", "2026-01-01T00:00:00Z"));
    library.append("new", measureSample(0));
    waitLoaded(library);
    QCOMPARE(library.benchRuns().size(), size_t(2));
    QCOMPARE(library.benchRuns()[0]->header.id, std::string("new"));
    QCOMPARE(library.benchRuns()[0]->header.state, RunState::Running);
    QCOMPARE(library.benchRuns()[0]->samples.size(), size_t(1));
}

void TestRunLibrary::memoryOnly()
{
    RunLibrary library{QString()};
    waitLoaded(library);
    library.begin(benchRun("b1"));
    library.flush();
    QCOMPARE(library.benchRuns().size(), size_t(1));
}

void TestRunLibrary::unwritableDisk()
{
    const QString file = path("limited.sqlite");
    {
        RunLibrary library(file);
        waitLoaded(library);
        library.begin(benchRun("b1"));
        library.flush();
        QSignalSpy failed(&library, &RunLibrary::saveFailed);
        QSignalSpy recovered(&library, &RunLibrary::saveRecovered);
        FileSizeLimit limit(32768);
        for (int i = 0; i < 2000; ++i)
            library.append("b1", measureSample(i));
        library.flush();
        library.flush();
        QTRY_COMPARE(failed.size(), 1);
        const ErrorCode code = failed[0][0].value<Error>().code;
        QVERIFY(code == ErrorCode::StoreUnwritable || code == ErrorCode::DiskFull);
        QCOMPARE(library.benchRuns().front()->samples.size(), size_t(2000));
        limit.lift();
        QTRY_COMPARE(recovered.size(), 1);
        QCOMPARE(failed.size(), 1);
        library.finish("b1", RunState::Finished);
    }
    RunLibrary library(file);
    waitLoaded(library);
    QCOMPARE(library.benchRuns().front()->samples.size(), size_t(2000));
    QCOMPARE(library.benchRuns().front()->header.state, RunState::Finished);
}

void TestRunLibrary::damagedStore()
{
    const QString file = path("damaged.sqlite");
    const QByteArray bytes = QByteArray("no database").repeated(1000);
    {
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    }
    {
        RunLibrary library(file);
        QSignalSpy failed(&library, &RunLibrary::saveFailed);
        waitLoaded(library);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed[0][0].value<Error>().code, ErrorCode::StoreDamaged);
        library.begin(benchRun("b1"));
        library.append("b1", measureSample(0));
        library.flush();
        QTest::qWait(50);
        QCOMPARE(failed.size(), 1);
        QCOMPARE(library.benchRuns().front()->samples.size(), size_t(1));
    }
    QFile in(file);
    QVERIFY(in.open(QIODevice::ReadOnly));
    QCOMPARE(in.readAll(), bytes);
}

void TestRunLibrary::removal()
{
    const QString file = path("removal.sqlite");
    {
        RunLibrary library(file);
        library.begin(benchRun("b1"));
        library.begin(evaluationRun("e1"));
        library.remove("b1");
        library.append("b1", measureSample(0)); // a job that has not heard of it yet
        library.finish("b1", RunState::Finished);
        QVERIFY(library.benchRuns().empty());
    }
    RunLibrary library(file);
    waitLoaded(library);
    QVERIFY(library.benchRuns().empty());
    QCOMPARE(library.evaluationRuns().size(), size_t(1));
}

void TestRunLibrary::answersAreReadOnDemand()
{
    const QString file = path("demand.sqlite");
    RunLibrary library(file);
    waitLoaded(library);
    library.begin(evaluationRun("e1"));
    for (int i = 0; i < 1500; ++i)
        library.append("e1", itemResult(std::to_string(i)));
    const auto early = library.evaluationRuns().front(); // keeps what it had
    library.finish("e1", RunState::Finished);
    QVERIFY(early->items.allTextsHere());
    QTRY_VERIFY(!library.evaluationRuns().front()->items.allTextsHere());
    const auto run = library.evaluationRuns().front();
    for (const auto &chunk : run->items.chunks())
        QVERIFY(std::ranges::none_of(chunk->texts, [](const auto &texts) { return texts != nullptr; }));
    QCOMPARE(run->items[1234].itemId, std::string("1234"));
    QCOMPARE(run->items[1234].given.outputTokens, int64_t(6));
    QVERIFY(run->items[1234].given.output.find("\xe4\xb8\xad") != std::string::npos);
    // Removed and brought back: the answers are still there.
    library.remove("e1");
    QVERIFY(library.evaluationRuns().empty());
    library.begin(*run);
    library.flush();
    QCOMPARE(library.evaluationRun("e1")->items[3].given.outputTokens, int64_t(6));
    RunLibrary other(file);
    waitLoaded(other);
    QCOMPARE(other.evaluationRun("e1")->items.size(), size_t(1500));
    QCOMPARE(other.evaluationRun("e1")->items[1499].itemId, std::string("1499"));
}

void TestRunLibrary::judgedAnew()
{
    auto suite = std::make_shared<Suite>();
    suite->name = "sums";
    suite->items.resize(1);
    suite->items[0].id = "a";
    suite->items[0].prompt = "3+4=";
    suite->items[0].answers = {"7"};
    settle(*suite);
    for (const bool onDisk : {true, false}) {
        const QString file = onDisk ? path("anew.sqlite") : QString();
        {
            RunLibrary library(file);
            waitLoaded(library);
            EvaluationRun run = evaluationRun("e1", "sums");
            run.protocol.suiteFingerprint = suite->fingerprint;
            library.keepSuite(suite);
            library.begin(run);
            QSignalSpy done(&library, &RunLibrary::rescored), failed(&library, &RunLibrary::rescoreFailed), changed(&library, &RunLibrary::runChanged);
            library.rescore("e1", {});
            QCOMPARE(failed.size(), 1); // it is still running
            Answer answer;
            answer.output = "so it is 7";
            answer.finish = "stop";
            library.append("e1", judgedRow(*suite, suite->items[0], answer));
            QCOMPARE(library.evaluationRun("e1")->items.light(0).judged.outcome, Outcome::Wrong);
            library.finish("e1", RunState::Finished);
            library.flush();
            const qsizetype before = changed.size();
            ScorerChoice choice{.name = "exact_match"};
            choice.extract.after = "is";
            library.rescore("e1", choice);
            QVERIFY(done.wait());
            QVERIFY(changed.size() > before);
            QCOMPARE(done.front()[1].value<Rescoring>().changed, size_t(1));
            const auto now = library.evaluationRun("e1");
            QCOMPARE(now->items[0].judged.outcome, Outcome::Right);
            QCOMPARE(now->items[0].given.output, answer.output);
            QVERIFY(now->protocol.scorer.starts_with("exact_match"));
        }
        if (!onDisk)
            continue;
        // The next start has the new judgement, and the suite without its file.
        RunLibrary library(file);
        waitLoaded(library);
        QCOMPARE(library.evaluationRun("e1")->items.light(0).judged.outcome, Outcome::Right);
        QSignalSpy done(&library, &RunLibrary::rescored);
        library.rescore("e1", {});
        QVERIFY(done.wait());
        QCOMPARE(library.evaluationRun("e1")->items.light(0).judged.outcome, Outcome::Wrong);
    }
}

QTEST_GUILESS_MAIN(TestRunLibrary)
#include "tst_runlibrary.moc"
