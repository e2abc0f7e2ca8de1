// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window with the real worker: it answers while it measures, cancels at once, survives its worker.
#include "core/service/jobqueue.h"
#include "core/service/jobs.h"
#include "core/service/resources.h"
#include "core/service/runlibrary.h"
#include "core/service/workerbackend.h"
#include "core/service/workspace.h"
#include "tests/window/looks.h"
#include "tests/window/stallwatch.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/measurechoice.h"
#include "widgets/shell/startup.h"

#include <QApplication>
#include <QDir>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <csignal>
#include <memory>

using namespace assay;

namespace {

/// Processes called assay-worker whose parent is this test.
QList<qint64> workersOfThisProcess()
{
    QList<qint64> out;
    const QByteArray self = QByteArray::number(QCoreApplication::applicationPid());
    for (const QString &entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile stat(QStringLiteral("/proc/") + entry + QStringLiteral("/stat"));
        if (!stat.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = stat.readAll();
        const QList<QByteArray> rest = text.mid(text.lastIndexOf(')') + 2).split(' ');
        if (text.contains("(assay-worker)") && rest.size() > 1 && rest[0] != "Z" && rest[1] == self)
            out << entry.toLongLong();
    }
    return out;
}

} // namespace

class TestMeasuring : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void windowAnswersWhileMeasuring();
    void measuredPageInEveryLook_data();
    void measuredPageInEveryLook();
    void cancelTakesUnderASecond();
    void killedWorkerLeavesTheWindowAlive();

private:
    void openSamplesAndWait();
    MeasureChoice choiceOf(int64_t runs, bool withSuite) const;

    QTemporaryDir m_data;
    std::unique_ptr<RunLibrary> m_library;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<JobQueue> m_jobs;
    std::unique_ptr<MainWindow> m_window;
};

void TestMeasuring::initTestCase()
{
    qputenv("ASSAY_WORKER", ASSAY_BINARY_DIR "/bin/assay-worker");
    qputenv("ASSAY_RESOURCES", ASSAY_SOURCE_DIR "/resources");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_data.path());
    prepareApplication(*qApp);
    QCOMPARE(sampleModels().size(), qsizetype(3));
}

void TestMeasuring::init()
{
    m_library = std::make_unique<RunLibrary>(m_data.filePath(QStringLiteral("runs.sqlite")));
    m_workspace = std::make_unique<Workspace>();
    m_jobs = std::make_unique<JobQueue>();
    m_window = std::make_unique<MainWindow>(m_workspace.get(), m_library.get(), m_jobs.get());
    m_window->resize(1280, 800);
    m_window->show();
    QSignalSpy loaded(m_library.get(), &RunLibrary::loaded);
    m_library->load();
    QVERIFY(m_library->isLoaded() || loaded.wait(10000));
    openSamplesAndWait();
}

void TestMeasuring::cleanup()
{
    m_jobs->cancelAll();
    QTRY_VERIFY_WITH_TIMEOUT(!m_jobs->running(), 10000);
    m_window.reset();
    m_jobs.reset();
    m_workspace.reset();
    m_library.reset();
}

void TestMeasuring::openSamplesAndWait()
{
    m_window->openPaths(sampleModels());
    QTRY_VERIFY_WITH_TIMEOUT(m_workspace->subjects().size() == 3 && !m_workspace->loading(), 20000);
}

MeasureChoice TestMeasuring::choiceOf(int64_t runs, bool withSuite) const
{
    MeasureChoice choice;
    for (const auto &subject : m_workspace->subjects())
        choice.subjects.push_back(subject->id);
    choice.plan.runs = runs;
    if (withSuite) {
        auto suite = readSuite(findSuite(QStringLiteral("reasoning")).toStdString());
        if (suite) {
            suite->items.resize(std::min<size_t>(suite->items.size(), 60));
            choice.suites.push_back(std::make_shared<const Suite>(std::move(*suite)));
        }
    }
    return choice;
}

void TestMeasuring::windowAnswersWhileMeasuring()
{
    StallWatch watch;
    for (const char *page : {"compare", "inspect"}) {
        m_window->showPage(QString::fromLatin1(page));
        QTest::qWait(300); // pages are built when first shown
        QSignalSpy idle(m_jobs.get(), &JobQueue::idle);
        QVERIFY(startMeasuring(choiceOf(4, true), *m_workspace, *m_jobs, *m_library) == 6);
        watch.start();
        QVERIFY(idle.wait(200000));
        QTest::qWait(500); // the last update of the charts
        watch.stop();
        qInfo("%s page: longest stall of our own %.1f ms, as seen on this machine %.1f ms, over %d turns", page,
              watch.worstMilliseconds(), watch.worstWallMilliseconds(), watch.ticks());
        QVERIFY(watch.ticks() > 20);
        // The goal is 50 ms (benchmarks/layers_smooth); waiting for a worker or a disk in the window's thread would take far
        // more than this, while shared caches on a busy machine stretch our own work to 80 ms.
        QVERIFY2(watch.worstMilliseconds() <= 400, page);
        for (const auto &job : m_jobs->jobs())
            QVERIFY2(job->state() == JobState::Finished, job->error() ? job->error()->sentence().c_str() : "not finished");
    }
}

void TestMeasuring::measuredPageInEveryLook_data()
{
    addLooks();
}

/// The runs measured above, found again after a restart, as the user sees them.
void TestMeasuring::measuredPageInEveryLook()
{
    QFETCH(bool, dark);
    QFETCH(QString, language);
    QCOMPARE(m_workspace->comparison(*m_library).subjects.size(), size_t(3));
    for (const ComparedSubject &subject : m_workspace->comparison(*m_library).subjects)
        QVERIFY(subject.bench && !subject.evaluations.empty());
    const Look look(dark, language);
    QVERIFY(look.isWhole());
    m_window->showPage(QStringLiteral("compare"));
    QTest::qWait(2000); // charts follow one a turn
    QVERIFY(saveScreenshot(*m_window, QStringLiteral("compare-real-%1-1280").arg(QString::fromLatin1(QTest::currentDataTag()))));
}

void TestMeasuring::cancelTakesUnderASecond()
{
    MeasureChoice choice = choiceOf(1000, false);
    choice.plan.outputTokens = {256};
    startMeasuring(choice, *m_workspace, *m_jobs, *m_library);
    QTRY_VERIFY_WITH_TIMEOUT(m_jobs->running() && m_jobs->running()->done() > 4, 60000);
    QElapsedTimer clock;
    clock.start();
    m_jobs->cancelAll();
    QTRY_VERIFY_WITH_TIMEOUT(!m_jobs->running(), 10000);
    qInfo("cancel took %lld ms", clock.elapsed());
    QVERIFY(clock.elapsed() < 1000);
    for (const auto &job : m_jobs->jobs())
        QCOMPARE(job->state(), JobState::Cancelled);
    // What was measured before is kept.
    QVERIFY(std::ranges::any_of(m_library->benchRuns(), [](const auto &run) { return !run->samples.empty(); }));
    QTRY_VERIFY_WITH_TIMEOUT(workersOfThisProcess().isEmpty(), 5000);
}

void TestMeasuring::killedWorkerLeavesTheWindowAlive()
{
    QSignalSpy idle(m_jobs.get(), &JobQueue::idle);
    startMeasuring(choiceOf(60, false), *m_workspace, *m_jobs, *m_library);
    // They take turns: each has its worker by then.
    const auto measures = [](const auto &job) { return job->done() > 4; };
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::all_of(m_jobs->jobs(), measures) && workersOfThisProcess().size() == 3, 60000);
    QVERIFY(::kill(pid_t(workersOfThisProcess().first()), SIGKILL) == 0);
    QVERIFY(idle.wait(120000));
    std::vector<JobState> states;
    for (const auto &job : m_jobs->jobs()) {
        states.push_back(job->state());
        QVERIFY(job->state() != JobState::Failed || job->error()->code == ErrorCode::WorkerDied);
    }
    QCOMPARE(std::ranges::count(states, JobState::Finished), 2);
    QCOMPARE(std::ranges::count(states, JobState::Failed), 1);
    QVERIFY(m_window->isVisible());
    // On disk, too: a new library finds the finished runs and what the killed one had.
    m_library->flush();
    RunLibrary again(m_data.filePath(QStringLiteral("runs.sqlite")));
    QSignalSpy loaded(&again, &RunLibrary::loaded);
    again.load();
    QVERIFY(again.isLoaded() || loaded.wait(10000));
    int finished = 0, failed = 0;
    for (const auto &run : again.benchRuns()) {
        finished += run->header.state == RunState::Finished ? 1 : 0;
        failed += run->header.state == RunState::Failed && !run->samples.empty() ? 1 : 0;
    }
    QVERIFY(finished >= 2);
    QVERIFY(failed >= 1);
}

QTEST_MAIN(TestMeasuring)
#include "tst_realmeasuring.moc"
