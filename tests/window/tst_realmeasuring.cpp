// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window with the real worker: it answers while it measures, cancels at once, survives its worker.
#include "core/evaluate/formats/anysuite.h"
#include "core/evaluate/fidelity/fidelity.h"
#include "core/service/fidelitylibrary.h"
#include "core/service/imagefiles.h"
#include "core/service/jobqueue.h"
#include "core/service/jobs.h"
#include "core/service/resources.h"
#include "core/service/runlibrary.h"
#include "core/service/workerbackend.h"
#include "core/service/workspace.h"
#include "tests/window/looks.h"
#include "tests/window/stallwatch.h"
#include "widgets/accuracy/accuracypage.h"
#include "widgets/accuracy/fidelitypanel.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/common/picturereader.h"
#include "widgets/compare/chartgrid.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/fidelitydialog.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/measurechoice.h"
#include "widgets/shell/startup.h"
#include "widgets/shell/whatifboxes.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
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

/// One of so many items, evenly over the suite.
std::shared_ptr<const Suite> someOf(const QString &name, size_t every)
{
    auto suite = readSuite(findSuite(name).toStdString());
    if (!suite)
        return nullptr;
    std::vector<SuiteItem> some;
    for (size_t i = 0; i < suite->items.size(); i += every)
        some.push_back(suite->items[i]);
    suite->items = std::move(some);
    return std::make_shared<const Suite>(std::move(*suite));
}

/// With ASSAY_WHOLE_FAMILY every shipped suite is asked whole, which takes minutes; else a third of the two that the pictures are of.
std::vector<std::shared_ptr<const Suite>> askedSuites()
{
    const bool whole = qEnvironmentVariableIsSet("ASSAY_WHOLE_FAMILY");
    std::vector<std::shared_ptr<const Suite>> suites;
    for (const QString &name : whole ? suiteNames() : QStringList{QStringLiteral("reasoning"), QStringLiteral("recall-depth")})
        suites.push_back(someOf(name, whole ? 1 : 3));
    return suites;
}

/// Images as a folder for each digit: strokes of the digits' own form for 0 and 1, others of the same strokes.
QString drawDigits(const QString &folder)
{
    for (int digit = 0; digit < 10; ++digit) {
        QDir().mkpath(QStringLiteral("%1/%2").arg(folder).arg(digit));
        for (int copy = 0; copy < 4; ++copy) {
            QImage image(28, 28, QImage::Format_Grayscale8);
            image.fill(Qt::black);
            QPainter painter(&image);
            painter.setPen(QPen(Qt::white, 2.5));
            if (digit != 1)
                painter.drawEllipse(QRect(8 + copy, 5, 11, 17));
            if (digit != 0)
                painter.drawLine(12 + copy, 4, 14 + copy, 23);
            painter.end();
            image.save(QStringLiteral("%1/%2/%3.png").arg(folder).arg(digit).arg(copy));
        }
    }
    return folder;
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
    void imagesAreAskedAndTimed();
    void heldAgainstAReference();
    void cancelTakesUnderASecond();
    void killedWorkerLeavesTheWindowAlive();

private:
    void openSamplesAndWait();
    void shootAccuracy(const QString &suite, const QString &picture);
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
    setPictureReader(decodePicture);
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
    if (withSuite)
        choice.suites = askedSuites();
    return choice;
}

void TestMeasuring::windowAnswersWhileMeasuring()
{
    StallWatch watch;
    for (const char *page : {"compare", "inspect"}) {
        m_window->showPage(QString::fromLatin1(page));
        QTest::qWait(300); // pages are built when first shown
        QSignalSpy idle(m_jobs.get(), &JobQueue::idle);
        const MeasureChoice choice = choiceOf(4, true);
        QCOMPARE(startMeasuring(choice, *m_workspace, *m_jobs, *m_library), int(3 + 3 * choice.suites.size()));
        watch.start();
        QVERIFY(idle.wait(200000 * int(choice.suites.size())));
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
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    QVERIFY(saveScreenshot(*m_window, QStringLiteral("compare-real-%1-1280").arg(tag)));
    shootAccuracy(QStringLiteral("Small exact reasoning"), QStringLiteral("accuracy-verdict-%1-1280").arg(tag));
    shootAccuracy(QStringLiteral("Recalling a value from any place of a list"), QStringLiteral("accuracy-surfaces-%1-1280").arg(tag));
}

/// The verdict on the suite with its numbers; of the one with two axes the surfaces, too.
void TestMeasuring::shootAccuracy(const QString &suite, const QString &picture)
{
    m_window->showPage(QStringLiteral("accuracy"));
    auto *page = m_window->findChild<AccuracyPage *>();
    QVERIFY(page);
    QTRY_VERIFY(!page->headline().isEmpty());
    bool chosen = false;
    for (QComboBox *box : page->findChildren<QComboBox *>()) {
        if (const int row = box->findText(suite); row >= 0) {
            box->setCurrentIndex(row);
            emit box->activated(row);
            chosen = true;
        }
    }
    QVERIFY(chosen);
    const auto shown = [page](const std::string &begin) {
        return std::ranges::any_of(page->charts()->charts(), [&](const ChartWidget *chart) { return chart->spec().id.starts_with(begin); });
    };
    const bool surfaces = picture.contains(QStringLiteral("surfaces"));
    QTRY_VERIFY(shown(surfaces ? "surface_difference_recall-depth" : kAccuracyForest));
    // "distilled against full: inferior, -17 [-24, -10] points on 159 items, margin 1.00."
    const auto asked = askedSuites();
    const auto here = std::ranges::find(asked, suite.toStdString(), [](const auto &one) { return one->title; });
    QVERIFY(here != asked.end());
    QVERIFY2(page->headline().contains(u'[') && page->headline().contains(QString::number((*here)->items.size())), qPrintable(page->headline()));
    QTest::qWait(800); // charts follow one a turn
    for (ChartWidget *chart : page->charts()->charts()) {
        if (surfaces && chart->spec().id.starts_with("surface_"))
            QVERIFY(saveScreenshot(*chart, picture + u'-' + QString::fromStdString(chart->spec().id)));
    }
    QVERIFY(saveScreenshot(*m_window, picture));
}

/// Classifiers of images beside each other: passes are timed, images asked, and nothing speaks of tokens.
void TestMeasuring::imagesAreAskedAndTimed()
{
    while (!m_workspace->subjects().empty())
        m_workspace->close(m_workspace->subjects().front()->id);
    QStringList models;
    for (const char *name : {"full", "distilled", "base"})
        models << resourcePath(QStringLiteral("samples/digits/%1").arg(QLatin1String(name)));
    m_window->openPaths(models);
    QTRY_VERIFY_WITH_TIMEOUT(m_workspace->subjects().size() == 3 && !m_workspace->loading(), 20000);
    // The images that they were tested on, where scripts/train-digits has left them.
    const QString real = QStringLiteral(ASSAY_SOURCE_DIR "/build/train-digits/images");
    auto suite = readAnySuite((QDir(real).exists() ? real : drawDigits(m_data.filePath(QStringLiteral("images")))).toStdString());
    QVERIFY(suite);
    const size_t images = suite->items.size();
    QVERIFY(images >= 40);
    MeasureChoice choice = choiceOf(kPassRuns, false);
    choice.plan.inputs = {"f32[16,1,28,28]"};
    // A suite of texts is nothing for them, and is left out.
    choice.suites = {std::make_shared<const Suite>(std::move(*suite)), someOf(QStringLiteral("reasoning"), 100)};
    QSignalSpy idle(m_jobs.get(), &JobQueue::idle);
    QCOMPARE(startMeasuring(choice, *m_workspace, *m_jobs, *m_library), 6);
    QVERIFY(idle.wait(120000));
    for (const auto &job : m_jobs->jobs())
        QVERIFY2(job->state() == JobState::Finished, job->error() ? job->error()->sentence().c_str() : "not finished");
    const Comparison comparison = m_workspace->comparison(*m_library);
    for (const ComparedSubject &subject : comparison.subjects) {
        QCOMPARE(subject.evaluations.size(), size_t(1));
        QCOMPARE(subject.evaluations.front()->items.size(), images);
        const OutcomeCounts counts = countOutcomes(subject.evaluations.front()->items);
        QCOMPARE(counts.right() + counts[Outcome::Wrong], images);
        QVERIFY(counts.right() > 0 && accuracyOf(subject.evaluations.front()->items).hasInterval);
    }
    QVERIFY(!accuracySentence(comparison).empty());
    size_t measured = 0;
    for (const ComparisonRow &row : comparisonTable(comparison)) {
        QVERIFY2(row.unit != "tokens/s" && row.id != "metric.tpot", row.id.c_str());
        measured += row.id == "metric.input_speed" || row.id == "metric.memory.tensor_peak" || row.id == "accuracy.images";
    }
    QCOMPARE(measured, size_t(3));
    for (const auto &[name, dark] : {std::pair("light", false), std::pair("dark", true), std::pair("zh_CN", false)}) {
        const Look look(dark, dark || name == std::string_view("light") ? QString() : QString::fromLatin1(name));
        for (const char *page : {"compare", "accuracy"}) {
            m_window->showPage(QString::fromLatin1(page));
            QTest::qWait(700);
            QVERIFY(saveScreenshot(*m_window, QStringLiteral("%1-images-%2-1280").arg(QLatin1String(page), QLatin1String(name))));
        }
    }
}

/// From the dialog to the panel: both other models and a what-if of the full one over the text of a suite.
void TestMeasuring::heldAgainstAReference()
{
    QFile text(m_data.filePath(QStringLiteral("text.txt")));
    QVERIFY(text.open(QIODevice::WriteOnly));
    const auto suite = someOf(QStringLiteral("reasoning"), 1);
    for (const SuiteItem &item : suite->items)
        text.write(QByteArray::fromStdString(item.prompt + item.answer() + "\n"));
    text.close();
    m_window->commands()->action("measure.fidelity")->trigger();
    auto *dialog = m_window->findChild<FidelityDialog *>();
    QVERIFY(dialog);
    auto *buttons = dialog->findChild<QDialogButtonBox *>();
    const auto accepts = [buttons](QAbstractButton *button) { return buttons->buttonRole(button) == QDialogButtonBox::AcceptRole; };
    const QList<QAbstractButton *> all = buttons->buttons();
    QAbstractButton *start = *std::ranges::find_if(all, accepts);
    QVERIFY(!start->isEnabled()); // a text is missing
    dialog->findChild<WhatIfBoxes *>()->findChildren<QCheckBox *>().front()->setChecked(true);
    for (QLineEdit *field : dialog->findChildren<QLineEdit *>()) {
        if (field->accessibleName() == QStringLiteral("Text"))
            field->setText(text.fileName());
    }
    QVERIFY(start->isEnabled());
    QVERIFY(saveScreenshot(*dialog, QStringLiteral("dialog-fidelity-light")));
    QSignalSpy idle(m_jobs.get(), &JobQueue::idle);
    start->click();
    QVERIFY(idle.wait(120000));
    for (const auto &job : m_jobs->jobs())
        QVERIFY2(job->state() == JobState::Finished, job->error() ? job->error()->sentence().c_str() : "not finished");
    const Comparison comparison = m_workspace->comparison(*m_library);
    QTRY_COMPARE(m_library->fidelity().runs().size(), size_t(3));
    for (const auto &run : m_library->fidelity().runs()) {
        QVERIFY(!run->notCompared && run->columns.size() > 1000);
        // What is rounded to 8 bits is nearer than what was trained apart.
        const bool whatIf = run->header.subject.path == run->protocol.reference.path;
        QVERIFY((figuresOf(run->columns).divergence.mean < 0.01) == whatIf);
    }
    for (const auto &[name, dark] : {std::pair("light", false), std::pair("dark", true), std::pair("zh_CN", false)}) {
        const Look look(dark, dark || name == std::string_view("light") ? QString() : QString::fromLatin1(name));
        m_window->showPage(QStringLiteral("accuracy")); // another language makes the pages anew
        auto *panel = m_window->findChild<FidelityPanel *>();
        QVERIFY(panel);
        for (QTabWidget *tabs : m_window->findChildren<QTabWidget *>()) {
            if (tabs->indexOf(panel) >= 0)
                tabs->setCurrentWidget(panel);
        }
        QTRY_VERIFY(panel->isVisible());
        QTest::qWait(1000); // charts follow one a turn
        QVERIFY(saveScreenshot(*m_window, QStringLiteral("fidelity-%1-1280").arg(QLatin1String(name))));
    }
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
