// SPDX-License-Identifier: GPL-3.0-or-later
// The real worker behind a real ssh to this machine, beside the same worker started directly.
#include "core/bench/metrics.h"
#include "core/service/jobs.h"
#include "core/service/machinemeasure.h"
#include "core/service/machines.h"
#include "core/service/subjectfiles.h"
#include "core/service/translation.h"
#include "core/service/workspace.h"
#include "tests/service/fakeworker.h"
#include "tests/service/smallmodel.h"
#include "tests/service/sshserver.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace assay;

namespace {

const QString kWorker = QStringLiteral(ASSAY_BINARY_DIR "/bin/assay-worker");

BenchPlan smallPlan()
{
    BenchPlan plan;
    plan.promptTokens = {8};
    plan.outputTokens = {6};
    plan.depths = {0, 40};
    plan.runs = 3;
    plan.loads = 2;
    plan.coldLoads = 1;
    return plan;
}

/// What a benchmark of the subject left, with the job's error in words.
std::shared_ptr<const BenchRun> bench(const QString &subject, QString &problem)
{
    RunLibrary library{QString()};
    BenchJob job({subject.toStdString(), "small", ""}, smallPlan(),
                 [&] { return std::make_unique<WorkerBackend>(realWorker(), subject.toStdString()); }, &library);
    job.start();
    if (!QTest::qWaitFor([&] { return job.isOver(); }, 120000))
        problem = QStringLiteral("it does not end");
    else if (job.state() != JobState::Finished)
        problem = job.error() ? toQString(job.error()->sentence()) : QStringLiteral("cancelled");
    return library.benchRuns().empty() ? nullptr : library.benchRuns().front();
}

std::vector<int64_t> continuation(const QString &subject)
{
    WorkerBackend backend(realWorker(), subject.toStdString());
    std::optional<Result<protocol::GenerateResult>> answer;
    backend.open("cpu", "auto", {}, [&](const Result<LoadSample> &loaded) {
        if (!loaded) {
            answer = tl::unexpected(loaded.error());
            return;
        }
        protocol::GenerateRequest request;
        request.ids = {1, 17, 44, 5};
        request.maxTokens = 24;
        request.ignoreEos = true;
        backend.generate(request, {}, [&](Result<protocol::GenerateResult> result) { answer = std::move(result); });
    });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 60000) || !*answer)
        return {};
    return (*answer)->ids;
}

/// Everything of a sample that is no time and no reading of the moment.
std::vector<std::string> outlineOf(const BenchRun &run)
{
    std::vector<std::string> out;
    for (const MeasureSample &s : run.samples)
        out.push_back(std::to_string(s.index) + (s.warmup ? " warm-up " : " counted ") + std::to_string(s.depth) + "+" + std::to_string(s.promptTokens) +
                      "+" + std::to_string(s.outputTokens) + "x" + std::to_string(s.batch) + " gaps " + std::to_string(s.gaps.size()) + " shares " +
                      std::to_string(s.shares.size()));
    return out;
}

} // namespace

class TestRemoteWorker : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void inspectsAsHere();
    void benchmarksAsHere();
    void answersAsHere();
    void measuresTheMachine();
    void opensInTheWorkspace();
    void saysWhatIsMissingThere();

private:
    QString there() const { return QStringLiteral("far:") + m_model.path(); }
    SshServer m_server;
    QString m_noServer;
    QTemporaryDir m_model, m_config;
};

void TestRemoteWorker::initTestCase()
{
    qputenv("ASSAY_CONFIG", m_config.path().toUtf8());
    makeModel(m_model.path());
    m_noServer = m_server.start();
    if (!m_noServer.isEmpty())
        QSKIP(qPrintable(m_noServer));
    QVERIFY(addMachine(machinesFile(), {QStringLiteral("far"), m_server.prefix(), kWorker, {}}));
}

void TestRemoteWorker::inspectsAsHere()
{
    const auto local = openSubjectFiles(m_model.path().toStdString());
    const auto remote = openSubjectFiles(there().toStdString());
    QVERIFY2(remote, remote ? "" : remote.error().sentence().c_str());
    QVERIFY((*remote)->remote());
    QCOMPARE((*remote)->files().size(), (*local)->files().size());
    const auto here = inspectModel(*local), far = inspectModel(*remote);
    QVERIFY(here && far);
    QVERIFY(here->facts.parameters.total > 0);
    QCOMPARE(far->facts.parameters.total, here->facts.parameters.total);
    QCOMPARE(far->facts.weightBytes, here->facts.weightBytes);
    QCOMPARE(far->facts.layers, here->facts.layers);
    // The same weights are the same subject, wherever they lie.
    QCOMPARE(weightsFingerprint(*far), weightsFingerprint(*here));
    const auto odd = (*remote)->open("../etc/passwd");
    QVERIFY(!odd);
    QCOMPARE(odd.error().code, ErrorCode::FileMissing);
}

void TestRemoteWorker::benchmarksAsHere()
{
    QString problem;
    const auto here = bench(m_model.path(), problem);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    const auto far = bench(there(), problem);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QCOMPARE(outlineOf(*far), outlineOf(*here));
    QCOMPARE(here->samples.size(), size_t(8)); // two depths, a warm-up and three runs each
    QCOMPARE(far->loads.size(), here->loads.size());
    QCOMPARE(far->loads.size(), size_t(3));
    QVERIFY(far->loads.front().dropped.has_value() && !far->loads.back().dropped.has_value());
    QCOMPARE(QString::fromStdString(far->header.environment.machine), QStringLiteral("far"));
    QVERIFY(here->header.environment.machine.empty());
    QCOMPARE(far->header.environment.host, here->header.environment.host);
    for (const auto &run : {here, far}) {
        QVERIFY(run->header.environment.limits && run->header.environment.work);
        for (const BenchPoint &point : pointsOf(run->plan)) {
            const auto values = summarize(*run, point);
            for (const char *id : {"tpot", "mfu"})
                QVERIFY2(findValue(values, id) && findValue(values, id)->estimate.value > 0, id);
            // The small model stays in the caches, where the memory is no limit; where no caches are told it is one.
            const auto &caches = run->header.environment.limits->caches;
            QCOMPARE(findValue(values, "mbu") != nullptr, caches.empty() || caches.back() < run->header.environment.work->denseBytes);
        }
    }
    QVERIFY(*far->header.environment.work == *here->header.environment.work);
}

void TestRemoteWorker::answersAsHere()
{
    const std::vector<int64_t> here = continuation(m_model.path());
    QCOMPARE(here.size(), size_t(24));
    QCOMPARE(continuation(there()), here);
}

void TestRemoteWorker::measuresTheMachine()
{
    const auto machine = findMachine(QStringLiteral("far"));
    QVERIFY(machine);
    const auto report = askMachine(*machine, true, "cpu", {});
    QVERIFY2(report, report ? "" : report.error().sentence().c_str());
    QCOMPARE(report->limits.size(), size_t(1));
    const MachineLimits &limits = report->limits.front();
    qInfo("%.1f GB/s; f32 %.0f, bf16 %.0f, int8 %.0f GFLOP/s", limits.readBandwidth / 1e9, limits.flopsIn("f32").value_or(0) / 1e9,
          limits.flopsIn("bf16").value_or(0) / 1e9, limits.flopsIn("int8").value_or(0) / 1e9);
    QVERIFY(limits.readBandwidth > 1e8 && limits.flopsIn("f32") > 1e8);
    QVERIFY(!limits.measuredAt.empty() && limits.memoryBytes > 0 && limits.cores > 0 && limits.threads > 0);
    const auto missing = askMachine(*machine, true, "cuda:77", {});
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::DeviceMissing);
}

void TestRemoteWorker::opensInTheWorkspace()
{
    Workspace workspace;
    QSignalSpy settled(&workspace, &Workspace::allSettled);
    const int id = workspace.open(subjectPlace(there()));
    QTRY_COMPARE_WITH_TIMEOUT(settled.size(), 1, 60000);
    const Subject *subject = workspace.find(id);
    QVERIFY2(subject->state == SubjectState::Ready, subject->error ? subject->error->sentence().c_str() : "");
    QCOMPARE(subject->path, there());
}

void TestRemoteWorker::saysWhatIsMissingThere()
{
    const auto missing = openSubjectFiles("far:/no/such/model");
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::FileMissing);
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = openSubjectFiles(there().toStdString(), stop.get_token());
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestRemoteWorker)
#include "tst_remoteworker.moc"
