// SPDX-License-Identifier: GPL-3.0-or-later
// Endpoints are measured from the window: what is asked before, what is queued, what is written.
#include "core/mock/mockendpoint.h"
#include "core/service/loadjob.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/common/checkedfield.h"
#include "widgets/common/theme.h"
#include "widgets/runs/liveplot.h"
#include "widgets/runs/liveview.h"
#include "widgets/runs/runspage.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/jobrow.h"
#include "widgets/shell/jobspanel.h"
#include "widgets/shell/loadform.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/measurechoice.h"
#include "widgets/shell/measuredialog.h"

#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>

#include <set>

using namespace assay;

namespace {

template <class T>
T *named(QWidget *parent, const QString &name)
{
    for (T *widget : parent->findChildren<T *>()) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

QPushButton *startButton(QDialog *dialog)
{
    for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
        if (button->isDefault())
            return button;
    }
    return nullptr;
}

void shoot(QWidget *widget, const QString &name)
{
    QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
    for (const ColorScheme scheme : {ColorScheme::Light, ColorScheme::Dark}) {
        applyColorScheme(scheme);
        QTest::qWait(50);
        QVERIFY(widget->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/%1-%2.png").arg(name, QLatin1String(colorSchemeName(scheme)))));
    }
    applyColorScheme(ColorScheme::Light);
}

} // namespace

class TestLoadMeasuring : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void onlyWhatIsTickedIsAsked();
    void wrongInputIsSaidAtItsField_data();
    void wrongInputIsSaidAtItsField();
    void theEstimateFollowsTheTyping();
    void aRunIsWrittenWithItsRequests();
    void theLiveViewFollows();
    void aBrokenOffLoadGoesOn();

private:
    QDialog *openDialog(WindowUnderTest &test);
    QString address() const { return toQString(m_mock.url() + "/v1#mock-model"); }
    static QString toQString(const std::string &text) { return QString::fromStdString(text); }
    MockEndpoint m_mock;
    QTemporaryDir m_folder;
};

void TestLoadMeasuring::initTestCase()
{
    prepareWindowTest();
    qunsetenv("ASSAY_KEY");
    MockScript script;
    script.server = MockServer::Vllm;
    script.ttft = 0.002;
    script.gap = 0.001;
    script.key = "a-key-of-the-test";
    m_mock.setScript(script);
    QVERIFY(m_mock.start());
    qputenv("ASSAY_KEY", "a-key-of-the-test");
}

QDialog *TestLoadMeasuring::openDialog(WindowUnderTest &test)
{
    test.window->commands()->action("measure")->trigger();
    return test.window->findChild<MeasureDialog *>();
}

void TestLoadMeasuring::onlyWhatIsTickedIsAsked()
{
    WindowUnderTest test;
    test.window->show();
    const QString model = m_folder.filePath(QStringLiteral("small"));
    makeModel(model, 2, 32);
    test.openAndWait({address(), model});
    QDialog *dialog = openDialog(test);
    QVERIFY(dialog);
    auto *load = dialog->findChild<LoadForm *>();
    auto *device = named<QComboBox>(dialog, QStringLiteral("Device"));
    auto *subjects = named<QListWidget>(dialog, QStringLiteral("Subjects"));
    QVERIFY(load && device && subjects);
    QCOMPARE(subjects->count(), 2);
    QVERIFY(load->isVisible() && device->isVisible());
    shoot(dialog, QStringLiteral("measure-mixed"));
    QListWidgetItem *endpoint = subjects->item(0), *file = subjects->item(1);
    file->setCheckState(Qt::Unchecked);
    QVERIFY(load->isVisible() && !device->isVisible());
    shoot(dialog, QStringLiteral("measure-endpoint"));
    file->setCheckState(Qt::Checked);
    endpoint->setCheckState(Qt::Unchecked);
    QVERIFY(!load->isVisible() && device->isVisible());
    QVERIFY(startButton(dialog)->isEnabled());
}

void TestLoadMeasuring::wrongInputIsSaidAtItsField_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::newRow("no levels") << QStringLiteral("Requests in flight") << QString();
    QTest::newRow("half a user") << QStringLiteral("Requests in flight") << QStringLiteral("1.5");
    QTest::newRow("depth below 0") << QStringLiteral("Context before") << QStringLiteral("-1");
    QTest::newRow("one price") << QStringLiteral("Prices") << QStringLiteral("2");
    QTest::newRow("words for prices") << QStringLiteral("Prices") << QStringLiteral("cheap, dear");
    QTest::newRow("infinite time") << QStringLiteral("Limit of time") << QStringLiteral("inf");
    QTest::newRow("money without prices") << QStringLiteral("Limit of money") << QStringLiteral("2");
    QTest::newRow("parts of requests") << QStringLiteral("Limit of requests") << QStringLiteral("2.5");
}

void TestLoadMeasuring::wrongInputIsSaidAtItsField()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    WindowUnderTest test;
    test.window->show();
    test.openAndWait({address()});
    QDialog *dialog = openDialog(test);
    QVERIFY(dialog && startButton(dialog)->isEnabled());
    auto *edit = named<QLineEdit>(dialog, field);
    QVERIFY(edit);
    const QString before = edit->text();
    edit->setText(text);
    QVERIFY(!startButton(dialog)->isEnabled());
    const auto *problem = edit->parentWidget()->findChild<QLabel *>(QStringLiteral("problem"));
    QVERIFY(problem && problem->isVisible() && !problem->text().isEmpty());
    QCOMPARE(edit->accessibleDescription(), problem->text());
    edit->setText(before);
    QVERIFY(startButton(dialog)->isEnabled() && !problem->isVisible());
}

void TestLoadMeasuring::theEstimateFollowsTheTyping()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait({address()});
    QDialog *dialog = openDialog(test);
    auto *estimate = named<QLabel>(dialog, QStringLiteral("Estimate"));
    QVERIFY(estimate);
    // Quick: 3 of the pilot, 1 of the warm-up, 7 counted; 64 tokens each way.
    QVERIFY2(estimate->text().contains(QStringLiteral("11 requests")), qPrintable(estimate->text()));
    QVERIFY(estimate->text().contains(QStringLiteral("704 prompt tokens")));
    named<QLineEdit>(dialog, QStringLiteral("Requests in flight"))->setText(QStringLiteral("1, 4"));
    // And 4 + 28 of the second level.
    QVERIFY2(estimate->text().contains(QStringLiteral("43 requests")), qPrintable(estimate->text()));
    named<QLineEdit>(dialog, QStringLiteral("Prices"))->setText(QStringLiteral("1000, 1000"));
    // 43 * 128 tokens at 1000 a million.
    QVERIFY2(estimate->text().contains(QStringLiteral("5.50 USD")), qPrintable(estimate->text()));
    auto *preset = named<QComboBox>(dialog, QStringLiteral("Preset"));
    preset->setCurrentIndex(preset->findData(QStringLiteral("rag")));
    emit preset->activated(preset->currentIndex());
    QCOMPARE(named<QLineEdit>(dialog, QStringLiteral("Prompt tokens"))->text(), QStringLiteral("4096"));
    QCOMPARE(named<QLineEdit>(dialog, QStringLiteral("Requests in flight"))->text(), QStringLiteral("1, 4, 16"));
    QCOMPARE(named<QComboBox>(dialog, QStringLiteral("A good request"))->currentText(), QStringLiteral("RAG"));
}

void TestLoadMeasuring::aRunIsWrittenWithItsRequests()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait({address()});
    QDialog *dialog = openDialog(test);
    QVERIFY(dialog);
    named<QLineEdit>(dialog, QStringLiteral("Requests in flight"))->setText(QStringLiteral("1, 2"));
    startButton(dialog)->click();
    QTRY_COMPARE_WITH_TIMEOUT(test.jobs.jobs().size(), size_t(1), 15000);
    const Job &job = *test.jobs.jobs().front();
    QTRY_VERIFY_WITH_TIMEOUT(job.isOver(), 60000);
    QVERIFY2(job.state() == JobState::Finished, job.error() ? job.error()->sentence().c_str() : "");
    const auto runs = test.runs.benchRuns();
    QCOMPARE(runs.size(), size_t(1));
    QCOMPARE(runs[0]->header.state, RunState::Finished);
    QVERIFY(runs[0]->plan.load.has_value());
    // 3 of the pilot, then 1 + 7, then 2 + 14.
    QCOMPARE(runs[0]->requests.size(), size_t(27));
    for (size_t i = 0; i < runs[0]->requests.size(); ++i)
        QCOMPARE(runs[0]->requests.at(i).failure, Failure::None);
}

void TestLoadMeasuring::theLiveViewFollows()
{
    WindowUnderTest test;
    test.window->resize(1280, 800);
    test.window->show();
    test.openAndWait({address()});
    MeasureChoice choice;
    choice.subjects = {test.workspace.subjects().front()->id};
    choice.endpointPlan.load->requests = 400;
    choice.endpointPlan.load->concurrencies = {4};
    choice.endpointPlan.outputTokens = {8};
    startMeasuring(choice, test.workspace, test.jobs, test.runs);
    QTRY_VERIFY_WITH_TIMEOUT(test.jobs.running() != nullptr, 15000);
    test.window->findChild<JobsPanel *>()->setFolded(false);
    auto *row = test.window->findChild<JobRow *>();
    QVERIFY(row);
    row->setUnfolded(true);
    auto *live = row->findChild<LiveView *>();
    QTRY_VERIFY(live && live->isVisible());
    auto *load = qobject_cast<LoadJob *>(test.jobs.running());
    QVERIFY(load);
    auto *pause = live->findChild<QPushButton *>();
    const auto *times = live->findChild<LiveHistogram *>();
    QTRY_VERIFY(times->count() > 20);
    shoot(test.window.get(), QStringLiteral("live"));
    pause->click();
    QVERIFY(load->isPaused());
    QTRY_COMPARE(load->progress().stage, LoadProgress::Stage::Paused);
    QTRY_COMPARE(pause->text(), QStringLiteral("Go On"));
    pause->click();
    QTRY_VERIFY_WITH_TIMEOUT(load->isOver(), 60000);
    // The pilot's requests count as warm-up does: not.
    QTRY_COMPARE(times->count(), size_t(400));
    QVERIFY2(live->text().contains(QStringLiteral("no errors")), qPrintable(live->text()));
}

void TestLoadMeasuring::aBrokenOffLoadGoesOn()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait({address()});
    MeasureChoice choice;
    choice.subjects = {test.workspace.subjects().front()->id};
    choice.endpointPlan.load->requests = 300;
    startMeasuring(choice, test.workspace, test.jobs, test.runs);
    QTRY_VERIFY_WITH_TIMEOUT(!test.runs.benchRuns().empty() && test.runs.benchRuns().front()->requests.size() > 20, 15000);
    test.jobs.cancelAll();
    QTRY_COMPARE(test.runs.benchRuns().front()->header.state, RunState::Cancelled);
    test.window->showPage(QStringLiteral("runs"));
    auto *page = test.window->findChild<RunsPage *>();
    QPushButton *resume = nullptr;
    for (QPushButton *button : page->findChildren<QPushButton *>())
        resume = button->text() == QStringLiteral("Resume") ? button : resume;
    QVERIFY(resume);
    QTRY_VERIFY(resume->isEnabled());
    resume->click();
    QTRY_COMPARE_WITH_TIMEOUT(test.runs.benchRuns().front()->header.state, RunState::Finished, 60000);
    QCOMPARE(test.runs.benchRuns().size(), size_t(1));
    std::set<int64_t> answered;
    const BenchRun &run = *test.runs.benchRuns().front();
    for (size_t i = 0; i < run.requests.size(); ++i) {
        const RequestRecord record = run.requests.at(i);
        if (record.failure == Failure::None && !record.warmup)
            answered.insert(record.index);
    }
    QCOMPARE(answered.size(), size_t(300));
}

QTEST_MAIN(TestLoadMeasuring)
#include "tst_loadmeasuring.moc"
