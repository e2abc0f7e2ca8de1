// SPDX-License-Identifier: GPL-3.0-or-later
// Three models behind the real worker and two endpoints in one comparison: measured from the window, drawn against the
// machine's limits and by goals, in every look.
#include "core/mock/mockendpoint.h"
#include "core/service/jobqueue.h"
#include "core/service/resources.h"
#include "core/service/runlibrary.h"
#include "core/service/workspace.h"
#include "tests/window/looks.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/compare/chartgrid.h"
#include "widgets/compare/comparepage.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/measurechoice.h"
#include "widgets/shell/startup.h"

#include <QApplication>
#include <QScrollArea>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

using namespace assay;

namespace {

bool isSeenWhole(const QWidget *widget)
{
    return widget->isVisible() && widget->visibleRegion().boundingRect() == widget->rect();
}

} // namespace

class TestSideBySide : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void everySubjectHasFigures();
    void goalsAreDragged();
    void everyLook_data();
    void everyLook();

private:
    ChartWidget *chart(const std::string &id) const;
    static std::unique_ptr<MockEndpoint> server(MockServer kind, const char *model, double ttft, double gap);

    QTemporaryDir m_data;
    std::unique_ptr<MockEndpoint> m_quick, m_slow;
    std::unique_ptr<RunLibrary> m_library;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<JobQueue> m_jobs;
    std::unique_ptr<MainWindow> m_window;
};

std::unique_ptr<MockEndpoint> TestSideBySide::server(MockServer kind, const char *model, double ttft, double gap)
{
    MockScript script;
    script.server = kind;
    script.model = model;
    script.ttft = ttft;
    script.gap = gap;
    script.jitter = 0.4;
    script.pieces = 64;
    auto mock = std::make_unique<MockEndpoint>(script);
    return mock->start() ? std::move(mock) : nullptr;
}

void TestSideBySide::initTestCase()
{
    qputenv("ASSAY_WORKER", ASSAY_BINARY_DIR "/bin/assay-worker");
    qputenv("ASSAY_RESOURCES", ASSAY_SOURCE_DIR "/resources");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"); // no key store of the tester's is asked
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_data.path());
    prepareApplication(*qApp);
    m_quick = server(MockServer::Vllm, "vendor-full", 0.02, 0.004);
    m_slow = server(MockServer::LlamaCpp, "vendor-small", 0.03, 0.008);
    QVERIFY(m_quick && m_slow);
    m_library = std::make_unique<RunLibrary>(m_data.filePath(QStringLiteral("runs.sqlite")));
    m_workspace = std::make_unique<Workspace>();
    m_jobs = std::make_unique<JobQueue>();
    m_window = std::make_unique<MainWindow>(m_workspace.get(), m_library.get(), m_jobs.get());
    m_window->resize(1280, 2400);
    m_window->show();
    QSignalSpy loaded(m_library.get(), &RunLibrary::loaded);
    m_library->load();
    QVERIFY(m_library->isLoaded() || loaded.wait(10000));
    QStringList subjects = sampleModels();
    subjects << QString::fromStdString(m_quick->url() + "/v1") << QString::fromStdString(m_slow->url());
    m_window->openPaths(subjects);
    QTRY_VERIFY_WITH_TIMEOUT(m_workspace->subjects().size() == 5 && !m_workspace->loading(), 40000);
}

void TestSideBySide::cleanupTestCase()
{
    m_window.reset();
    m_jobs.reset();
    m_workspace.reset();
    m_library.reset();
}

ChartWidget *TestSideBySide::chart(const std::string &id) const
{
    auto *page = m_window->findChild<ComparePage *>();
    for (ChartWidget *chart : page ? page->charts()->charts() : std::vector<ChartWidget *>{}) {
        if (chart->spec().id == id)
            return chart;
    }
    return nullptr;
}

void TestSideBySide::everySubjectHasFigures()
{
    MeasureChoice choice;
    for (const auto &subject : m_workspace->subjects()) {
        QVERIFY2(subject->state == SubjectState::Ready, subject->error ? subject->error->sentence().c_str() : "");
        QCOMPARE(bool(subject->endpoint), subject->path.startsWith(QLatin1String("http")));
        choice.subjects.push_back(subject->id);
    }
    choice.plan.outputTokens = {48};
    choice.plan.runs = 24;
    choice.endpointPlan = choice.plan;
    choice.endpointPlan.load.emplace();
    choice.endpointPlan.load->concurrencies = {1, 4};
    Slo goals;
    goals.name = "chat";
    goals.ttft = 0.025;
    goals.tpot = 0.006;
    choice.endpointPlan.load->slos = {goals};
    QVERIFY(startMeasuring(choice, *m_workspace, *m_jobs, *m_library) > 0);
    // Endpoints are queued once the key store has answered.
    QTRY_VERIFY_WITH_TIMEOUT(m_library->benchRuns().size() == 5 && !m_jobs->running(), 200000);
    for (const auto &run : m_library->benchRuns())
        QVERIFY2(run->header.state == RunState::Finished, (run->header.subject.name + ": " + run->header.error).c_str());
    m_window->showPage(QStringLiteral("compare"));
    for (const char *id : {"latency_ttft", "latency_tpot", kGoodputMap}) {
        QTRY_VERIFY2_WITH_TIMEOUT(chart(id) && chart(id)->spec().series.size() == 5, id, 20000);
    }
    // The sample models stay in a processor's caches: memory limits nothing there, products do.
    QTRY_VERIFY2_WITH_TIMEOUT(chart("roofline") && chart("roofline")->spec().series.size() == 3, "roofline", 20000);
    QVERIFY(chart("sweep_throughput_concurrency"));
}

void TestSideBySide::goalsAreDragged()
{
    ChartWidget *map = chart(kGoodputMap);
    QVERIFY(map);
    const std::string before = map->spec().note;
    QCOMPARE(map->spec().lines.size(), size_t(2));
    QVERIFY(std::abs(map->spec().lines[0].at - 25) < 1e-9);
    emit map->lineMoved(QLatin1String(kTtftHandle), 1); // no endpoint is so quick
    QCOMPARE(map->spec().lines[0].at, 1.0);
    QVERIFY(map->spec().note != before);
    QTest::keyClick(map, Qt::Key_Right, Qt::AltModifier); // the keyboard moves it, too
    QVERIFY(map->spec().lines[0].at > 1);
    emit map->lineMoved(QLatin1String(kTtftHandle), 25);
    QCOMPARE(map->spec().note, before);
}

void TestSideBySide::everyLook_data()
{
    addLooks();
}

void TestSideBySide::everyLook()
{
    QFETCH(bool, dark);
    QFETCH(QString, language);
    const Look look(dark, language);
    QVERIFY(look.isWhole());
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    m_window->resize(1280, 4000);
    m_window->showPage(QStringLiteral("compare"));
    QTest::qWait(1500); // charts follow one a turn
    for (const char *id : {kGoodputMap, "roofline"})
        QVERIFY2(chart(id) && isSeenWhole(chart(id)), id);
    QVERIFY(saveScreenshot(*m_window, QStringLiteral("endpoints-compare-") + tag));
    // As large as most see it, scrolled to each.
    m_window->resize(1280, 800);
    QTest::qWait(100);
    for (const char *id : {kGoodputMap, "roofline"}) {
        for (auto *area : m_window->findChildren<QScrollArea *>()) {
            if (area->isAncestorOf(chart(id)))
                area->ensureWidgetVisible(chart(id), 0, 0);
        }
        QTest::qWait(100);
        QVERIFY2(isSeenWhole(chart(id)), id);
        QVERIFY(saveScreenshot(*m_window, QStringLiteral("endpoints-%1-%2").arg(QLatin1String(id), tag)));
    }
    m_window->showPage(QStringLiteral("inspect"));
    QTest::qWait(300);
    QVERIFY(saveScreenshot(*m_window, QStringLiteral("endpoints-inspect-") + tag));
}

QTEST_MAIN(TestSideBySide)
#include "tst_sidebyside.moc"
