// SPDX-License-Identifier: GPL-3.0-or-later
// The demo that must always work, with a worker that answers at once: open three, measure, compare, report.
#include "core/evaluate/suite.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/common/messagebar.h"
#include "widgets/common/theme.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/jobspanel.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/checklist.h"
#include "widgets/shell/measurechoice.h"
#include "widgets/shell/measuredialog.h"

#include <QDir>
#include <QFileDialog>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <ctime>
#include <optional>

using namespace assay;

namespace {

constexpr double kLongestTurn = 0.050; // seconds: "the window answers within 50 ms, always"

/// Processor seconds of this thread: what others do on the machine is not counted.
double threadSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
}

/// The longest time that the event loop was kept from a timer that is always due.
class TurnWatch
{
public:
    TurnWatch()
    {
        m_timer.setInterval(0);
        m_last = threadSeconds();
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            const double now = threadSeconds();
            m_longest = std::max(m_longest, now - m_last);
            m_last = now;
        });
        m_timer.start();
    }
    double longest() const { return m_longest; }

private:
    QTimer m_timer;
    double m_last = 0, m_longest = 0;
};

MeasureChoice everything(const Workspace &workspace)
{
    MeasureChoice choice;
    choice.plan.promptTokens = {8, 16};
    choice.plan.outputTokens = {16};
    choice.plan.loads = 1;
    for (const auto &subject : workspace.subjects())
        choice.subjects.push_back(subject->id);
    return choice;
}

bool allOver(const JobQueue &jobs)
{
    return std::all_of(jobs.jobs().begin(), jobs.jobs().end(), [](const auto &job) { return job->isOver(); });
}

} // namespace

class TestMeasuring : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void windowLivesWhileMeasuring();
    void aDyingWorkerIsOneJobsFault();
    void reportIsWritten();
    void ownQuestionsAreAsked();

private:
    QTemporaryDir m_folder;
    QStringList m_family;
};

void TestMeasuring::initTestCase()
{
    prepareWindowTest();
    m_family = makeFamily(m_folder);
}

void TestMeasuring::windowLivesWhileMeasuring()
{
    qputenv("ASSAY_WORKER", ASSAY_BINARY_DIR "/tests/fakeworker log=20");
    WindowUnderTest test;
    test.window->show();
    test.openAndWait(m_family);
    test.window->showPage(QStringLiteral("compare"));
    test.window->commands()->action("view.jobs")->trigger();
    QTest::qWait(500); // until everything that is there has been drawn once
    const TurnWatch watch;
    QCOMPARE(startMeasuring(everything(test.workspace), test.workspace, test.jobs, test.runs), 3);
    QTRY_VERIFY_WITH_TIMEOUT(allOver(test.jobs), 60000);
    QTest::qWait(500);
    for (const auto &job : test.jobs.jobs())
        QCOMPARE(job->state(), JobState::Finished);
    QCOMPARE(test.runs.benchRuns().size(), size_t(3));
    qInfo("longest turn of the event loop: %.1f ms", watch.longest() * 1e3);
    QVERIFY2(watch.longest() < kLongestTurn, qPrintable(QString::number(watch.longest())));
    QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
    QVERIFY(test.window->grab().save(
        QStringLiteral(ASSAY_BINARY_DIR "/screenshots/compare-measured-light-1280.png")));
}

void TestMeasuring::aDyingWorkerIsOneJobsFault()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait(m_family.mid(0, 2));
    MeasureChoice choice = everything(test.workspace);
    choice.subjects.resize(1);
    qputenv("ASSAY_WORKER", ASSAY_BINARY_DIR "/tests/fakeworker measure=kill");
    startMeasuring(choice, test.workspace, test.jobs, test.runs);
    qputenv("ASSAY_WORKER", ASSAY_BINARY_DIR "/tests/fakeworker");
    startMeasuring(choice, test.workspace, test.jobs, test.runs);
    QTRY_VERIFY_WITH_TIMEOUT(allOver(test.jobs), 60000);
    QCOMPARE(test.jobs.jobs()[0]->state(), JobState::Failed);
    QCOMPARE(test.jobs.jobs()[1]->state(), JobState::Finished);
    QVERIFY(!test.window->findChild<JobsPanel *>()->isFolded());
}

void TestMeasuring::reportIsWritten()
{
    qputenv("ASSAY_WORKER", ASSAY_BINARY_DIR "/tests/fakeworker");
    WindowUnderTest test;
    test.window->show();
    test.openAndWait(m_family);
    startMeasuring(everything(test.workspace), test.workspace, test.jobs, test.runs);
    QTRY_VERIFY_WITH_TIMEOUT(allOver(test.jobs), 60000);
    test.window->commands()->action("report")->trigger();
    auto *dialog = test.window->findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    const QString file = m_folder.filePath(QStringLiteral("out.pdf"));
    emit dialog->fileSelected(file);
    dialog->close();
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(file).size() > 1000, 30000);
    QTRY_VERIFY(test.window->messages()->texts().join(u' ').contains(QStringLiteral("out.pdf")));
}

/// A file of one's own beside the shipped suites; one that cannot be read is told, and nothing is added.
void TestMeasuring::ownQuestionsAreAsked()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait(m_family);
    auto *dialog = new MeasureDialog(test.workspace, {}, test.window.get());
    std::optional<MeasureChoice> choice;
    connect(dialog, &MeasureDialog::startRequested, dialog, [&choice](const MeasureChoice &chosen) { choice = chosen; });
    QSignalSpy failed(dialog, &MeasureDialog::failed);
    dialog->show();
    const auto lists = dialog->findChildren<CheckList *>();
    const auto suites = std::find_if(lists.begin(), lists.end(), [](const CheckList *list) { return list->accessibleName() == QStringLiteral("Accuracy"); });
    QVERIFY(suites != lists.end());
    const size_t before = (*suites)->ticked().size();
    const QString own = m_folder.filePath(QStringLiteral("own.jsonl")), damaged = m_folder.filePath(QStringLiteral("damaged.jsonl"));
    for (const auto &[path, text] : {std::pair(own, QByteArray("{\"question\": \"1+1=\", \"answer\": \"2\"}\n")), std::pair(damaged, QByteArray("nothing\n"))}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    dialog->addSuite(own);
    QTRY_COMPARE((*suites)->ticked().size(), before + 1);
    dialog->addSuite(own); // once is enough
    dialog->addSuite(damaged);
    QTRY_COMPARE(failed.size(), qsizetype(1));
    QCOMPARE((*suites)->ticked().size(), before + 1);
    QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
    for (const bool dark : {false, true}) {
        applyColorScheme(dark ? ColorScheme::Dark : ColorScheme::Light);
        QTest::qWait(50);
        QVERIFY(dialog->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/dialog-own-questions-%1.png").arg(dark ? QStringLiteral("dark") : QStringLiteral("light"))));
    }
    applyColorScheme(ColorScheme::Light);
    for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
        if (button->isDefault())
            button->click();
    }
    QTRY_VERIFY(choice);
    QCOMPARE(choice->suites.size(), before + 1);
    QCOMPARE(choice->suites.back()->name, std::string("own"));
}

QTEST_MAIN(TestMeasuring)
#include "tst_measuring.moc"
