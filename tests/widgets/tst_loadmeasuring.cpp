// SPDX-License-Identifier: GPL-3.0-or-later
// Endpoints are measured from the window: what is asked before, what is queued, what is written.
#include "core/evaluate/suite.h"
#include "core/mock/mockendpoint.h"
#include "core/service/loadjob.h"
#include "core/service/loadseries.h"
#include "core/service/resources.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/common/checkedfield.h"
#include "widgets/common/messagebar.h"
#include "widgets/common/theme.h"
#include "widgets/runs/liveplot.h"
#include "widgets/runs/liveview.h"
#include "widgets/runs/runspage.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/foldbutton.h"
#include "widgets/shell/jobrow.h"
#include "widgets/shell/jobspanel.h"
#include "widgets/shell/loadform.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/measurechoice.h"
#include "widgets/shell/measuredialog.h"
#include "widgets/shell/subjectpanel.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include <map>
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
    void everyFieldReachesThePlan();
    void aTraceIsReadFromAFile();
    void ownGoalsAreTheCommandLines();
    void endpointsTakeTurns();
    void sessionsAreRepeated();
    void endpointsAnswerSuites();
    void askingForTheKeyIsSaid();
    void onlyAFolderHereIsOpened();

private:
    MeasureDialog *dialogFor(WindowUnderTest &test, std::optional<MeasureChoice> &choice);
    QString written(const char *name, const QByteArray &text);
    QDialog *openDialog(WindowUnderTest &test);
    QString address() const { return toQString(m_mock.url() + "/v1#mock-model"); }
    static QString toQString(const std::string &text) { return QString::fromStdString(text); }
    MockScript m_script;
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
    m_script = script;
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

/// A dialog that nobody but the test listens to.
MeasureDialog *TestLoadMeasuring::dialogFor(WindowUnderTest &test, std::optional<MeasureChoice> &choice)
{
    auto *dialog = new MeasureDialog(test.workspace, {}, test.window.get());
    connect(dialog, &MeasureDialog::startRequested, dialog, [&choice](const MeasureChoice &chosen) { choice = chosen; });
    dialog->show();
    return dialog;
}

QString TestLoadMeasuring::written(const char *name, const QByteArray &text)
{
    const QString path = m_folder.filePath(QLatin1String(name));
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? path : QString();
}

void TestLoadMeasuring::everyFieldReachesThePlan()
{
    WindowUnderTest test;
    test.window->show();
    const QString model = m_folder.filePath(QStringLiteral("fields"));
    makeModel(model, 2, 32);
    test.openAndWait({address(), model});
    std::optional<MeasureChoice> choice;
    QDialog *dialog = dialogFor(test, choice);
    auto *preset = named<QComboBox>(dialog, QStringLiteral("Preset"));
    preset->setCurrentIndex(preset->findData(QStringLiteral("chat")));
    emit preset->activated(preset->currentIndex());
    QCOMPARE(named<QLineEdit>(dialog, QStringLiteral("Context before"))->text(), QStringLiteral("0, 2048"));
    // What few need is folded, and is there all the same.
    for (const char *field : {"Seed", "Cold loads", "Retries", "Most in flight", "Sessions"})
        QVERIFY2(!named<QSpinBox>(dialog, QLatin1String(field))->isVisible(), field);
    for (auto *fold : dialog->findChildren<FoldButton *>())
        fold->setChecked(true);
    QVERIFY(named<QSpinBox>(dialog, QStringLiteral("Seed"))->isVisible() && named<QSpinBox>(dialog, QStringLiteral("Retries"))->isVisible());
    shoot(dialog, QStringLiteral("measure-unfolded"));
    named<QLineEdit>(dialog, QStringLiteral("Context before"))->setText(QStringLiteral("0, 16"));
    named<QLineEdit>(dialog, QStringLiteral("Batch"))->setText(QStringLiteral("1, 2"));
    named<QSpinBox>(dialog, QStringLiteral("Seed"))->setValue(77);
    named<QSpinBox>(dialog, QStringLiteral("Cold loads"))->setValue(2);
    named<QSpinBox>(dialog, QStringLiteral("Retries"))->setValue(3);
    auto *every = named<QSpinBox>(dialog, QStringLiteral("A session begins every"));
    QVERIFY(!every->isVisible());
    named<QSpinBox>(dialog, QStringLiteral("Sessions"))->setValue(3);
    QVERIFY(every->isVisible());
    every->setValue(15);
    named<QDoubleSpinBox>(dialog, QStringLiteral("Length of a level"))->setValue(12.5);
    named<QComboBox>(dialog, QStringLiteral("Load"))->setCurrentIndex(1);
    named<QLineEdit>(dialog, QStringLiteral("Requests per second"))->setText(QStringLiteral("2, 4.5"));
    named<QSpinBox>(dialog, QStringLiteral("Most in flight"))->setValue(9);
    named<QComboBox>(dialog, QStringLiteral("Prompt cache"))->setCurrentIndex(1);
    named<QLineEdit>(dialog, QStringLiteral("Limit of time"))->setText(QStringLiteral("60"));
    QVERIFY(startButton(dialog)->isEnabled());
    startButton(dialog)->click();
    QTRY_VERIFY(choice);
    for (const BenchPlan &plan : {choice->plan, choice->endpointPlan}) {
        QCOMPARE(plan.depths, (std::vector<int64_t>{0, 16}));
        QCOMPARE(plan.seed, uint64_t(77));
        QCOMPARE(plan.outputTokens, std::vector<int64_t>{256});
        QCOMPARE(plan.runs, int64_t(10));
    }
    QCOMPARE(choice->plan.batches, (std::vector<int64_t>{1, 2}));
    QCOMPARE(choice->plan.coldLoads, int64_t(2));
    QCOMPARE(choice->sessions, int64_t(3));
    QCOMPARE(choice->every, 900.0);
    const EndpointLoad &load = *choice->endpointPlan.load;
    QCOMPARE(load.rates, (std::vector<double>{2, 4.5}));
    QCOMPARE(load.retries, int64_t(3));
    QCOMPARE(load.seconds, 12.5);
    QCOMPARE(load.mostInFlight, int64_t(9));
    QVERIFY(load.arrivals == Arrivals::Poisson && load.cache == CachePolicy::Warm);
    QCOMPARE(load.limits.seconds, 60.0);
    QCOMPARE(load.slos.front().name, std::string("chat"));
}

void TestLoadMeasuring::aTraceIsReadFromAFile()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait({address()});
    std::optional<MeasureChoice> choice;
    QDialog *dialog = dialogFor(test, choice);
    QPushButton *start = startButton(dialog); // when it is disabled, another one becomes the default
    named<QComboBox>(dialog, QStringLiteral("Load"))->setCurrentIndex(3);
    auto *path = named<QLineEdit>(dialog, QStringLiteral("Trace of arrivals"));
    const auto *problem = path->parentWidget()->findChild<QLabel *>(QStringLiteral("problem"));
    QVERIFY(path->isVisible() && problem->isVisible() && !start->isEnabled());
    path->setText(m_folder.filePath(QStringLiteral("missing")));
    QTRY_VERIFY2(problem->text().contains(QStringLiteral("missing")), qPrintable(problem->text()));
    path->setText(m_folder.path()); // a folder, like a pipe, is none
    QTRY_VERIFY(problem->text().contains(m_folder.path()));
    path->setText(written("words.csv", "time\n1.5\nsoon\n"));
    QTRY_VERIFY2(problem->text().contains(QStringLiteral("no number of seconds")), qPrintable(problem->text()));
    QVERIFY(problem->text().contains(QStringLiteral("line 3")) && !start->isEnabled());
    shoot(dialog, QStringLiteral("measure-trace"));
    path->setText(written("good.csv", "time\n0\n0.25\n1\n3\n"));
    QTRY_VERIFY(start->isEnabled());
    QVERIFY(!problem->isVisible());
    // 3 of the pilot and the 4 of the file, one of which is the warm-up.
    QVERIFY(named<QLabel>(dialog, QStringLiteral("Estimate"))->text().contains(QStringLiteral("7 requests")));
    named<QLineEdit>(dialog, QStringLiteral("Times as fast"))->setText(QStringLiteral("1, 10"));
    start->click();
    QTRY_VERIFY(choice);
    const EndpointLoad &load = *choice->endpointPlan.load;
    QVERIFY(load.arrivals == Arrivals::Trace);
    QCOMPARE(load.trace, (std::vector<double>{0, 0.25, 1, 3}));
    QCOMPARE(load.rates, (std::vector<double>{1, 10}));
}

void TestLoadMeasuring::ownGoalsAreTheCommandLines()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait({address()});
    std::optional<MeasureChoice> choice;
    QDialog *dialog = dialogFor(test, choice);
    auto *goals = named<QLineEdit>(dialog, QStringLiteral("Own goals"));
    QVERIFY(!goals->isVisible());
    auto *which = named<QComboBox>(dialog, QStringLiteral("A good request"));
    which->setCurrentIndex(which->count() - 1);
    QVERIFY(goals->isVisible());
    for (const char *wrong : {"", "fast", "ttft", "ttft=", "ttft=0", "ttft=-1", "ttft=nan", "ttft=0.5,", "speed=3", "ttft=0.5;", "ttft=0,5"}) {
        goals->setText(QLatin1String(wrong));
        QVERIFY2(!startButton(dialog)->isEnabled(), wrong);
    }
    goals->setText(QStringLiteral("ttft=0.5, gap=2 ; mlperf deepseek-r1 SERVER"));
    QVERIFY(startButton(dialog)->isEnabled());
    startButton(dialog)->click();
    QTRY_VERIFY(choice);
    const std::vector<Slo> &slos = choice->endpointPlan.load->slos;
    QCOMPARE(slos.size(), size_t(2));
    QCOMPARE(slos[0].name, std::string("ttft=0.5, gap=2"));
    QCOMPARE(slos[0].ttft, std::optional(0.5));
    QCOMPARE(slos[0].longestGap, std::optional(2.0));
    QVERIFY(!slos[0].tpot && !slos[0].e2e && !slos[0].ttfa);
    QCOMPARE(slos[1].tpot, std::optional(0.08)); // mlperf.conf
}

void TestLoadMeasuring::endpointsTakeTurns()
{
    MockEndpoint second(m_script), third(m_script);
    QVERIFY(second.start() && third.start());
    WindowUnderTest test;
    test.window->show();
    test.openAndWait({address(), toQString(second.url() + "/v1#mock-model"), toQString(third.url() + "/v1#mock-model")});
    MeasureChoice choice;
    for (const auto &subject : test.workspace.subjects())
        choice.subjects.push_back(subject->id);
    choice.endpointPlan.runs = 6;
    QCOMPARE(startMeasuring(choice, test.workspace, test.jobs, test.runs), 3);
    test.window->findChild<JobsPanel *>()->setFolded(false);
    QCOMPARE(test.window->findChildren<JobRow *>().size(), 3);
    QTRY_VERIFY_WITH_TIMEOUT(!test.jobs.running() && test.jobs.waiting() == 0, 60000);
    const auto runs = test.runs.benchRuns();
    QCOMPARE(runs.size(), size_t(3));
    std::map<int64_t, size_t> order; // of whom a counted request was, by its sending
    for (size_t i = 0; i < runs.size(); ++i) {
        QCOMPARE(runs[i]->header.state, RunState::Finished);
        QCOMPARE(runs[i]->header.inTurnWith.size(), size_t(2));
        for (size_t at = 0; at < runs[i]->requests.size(); ++at) {
            if (const RequestRecord record = runs[i]->requests.at(at); !record.warmup)
                order[record.sent] = i;
        }
    }
    QCOMPARE(order.size(), size_t(18));
    std::vector<size_t> whose;
    for (const auto &[sent, run] : order)
        whose.push_back(run);
    for (size_t i = 3; i < whose.size(); ++i)
        QCOMPARE(whose[i], whose[i - 3]);
    QCOMPARE(std::set<size_t>(whose.begin(), whose.begin() + 3).size(), size_t(3));
}

/// A series from the dialog: between its sessions nothing stands in the queue, the window says when it goes on, and it can be ended.
void TestLoadMeasuring::sessionsAreRepeated()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait({address()});
    QDialog *dialog = openDialog(test);
    QVERIFY(dialog);
    auto *preset = named<QComboBox>(dialog, QStringLiteral("Preset"));
    preset->setCurrentIndex(preset->findData(QStringLiteral("quick")));
    emit preset->activated(preset->currentIndex());
    named<QSpinBox>(dialog, QStringLiteral("Sessions"))->setValue(2);
    QTRY_VERIFY(named<QLabel>(dialog, QStringLiteral("Estimate"))->text().contains(QStringLiteral("each of 2 sessions")));
    startButton(dialog)->click();
    auto *messages = test.window->findChild<MessageBar *>();
    const auto told = [&] { return messages->texts().join(u'|'); };
    QTRY_VERIFY_WITH_TIMEOUT(told().contains(QStringLiteral("Session 2 of 2 begins at")), 120000);
    QVERIFY(!test.jobs.running() && test.jobs.waiting() == 0);
    QCOMPARE(test.runs.benchRuns().size(), size_t(1));
    const auto &place = test.runs.benchRuns().front()->header.series;
    QVERIFY(place && place->sessions == 2 && place->every == 3600);
    for (QPushButton *button : messages->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("End the Series")) {
            button->click();
            break;
        }
    }
    QTRY_VERIFY(!told().contains(QStringLiteral("Session 2 of 2")));
    QTRY_VERIFY(test.jobs.findChildren<LoadSeries *>().isEmpty());
}

void TestLoadMeasuring::endpointsAnswerSuites()
{
    WindowUnderTest test;
    test.window->show();
    test.openAndWait({address()});
    QDialog *dialog = openDialog(test);
    auto *suites = named<QListWidget>(dialog, QStringLiteral("Accuracy"));
    QVERIFY(suites && suites->isVisible());
    for (int row = 0; row < suites->count(); ++row)
        QCOMPARE(suites->item(row)->checkState(), Qt::Unchecked); // its answers may cost money
    const auto found = suites->findItems(QStringLiteral("addition"), Qt::MatchExactly);
    QCOMPARE(found.size(), 1);
    found.front()->setCheckState(Qt::Checked);
    const auto suite = readSuite(findSuite(QStringLiteral("addition")).toStdString());
    QVERIFY(suite);
    const QString estimate = named<QLabel>(dialog, QStringLiteral("Estimate"))->text();
    QVERIFY2(estimate.contains(QStringLiteral("%1 questions").arg(suite->items.size())), qPrintable(estimate));
    for (QCheckBox *box : dialog->findChildren<QCheckBox *>()) {
        if (box->text() == QStringLiteral("Latency, throughput and memory"))
            box->setChecked(false);
    }
    QVERIFY(startButton(dialog)->isEnabled());
    startButton(dialog)->click();
    QTRY_COMPARE_WITH_TIMEOUT(test.jobs.jobs().size(), size_t(1), 15000);
    const Job &job = *test.jobs.jobs().front();
    QTRY_VERIFY_WITH_TIMEOUT(job.isOver(), 120000);
    QVERIFY2(job.state() == JobState::Finished, job.error() ? job.error()->sentence().c_str() : "");
    const auto runs = test.runs.evaluationRuns();
    QCOMPARE(runs.size(), size_t(1));
    QCOMPARE(runs[0]->items.size(), suite->items.size());
    for (const ItemResult &item : runs[0]->items)
        QVERIFY2(item.judged.outcome != Outcome::Error, item.given.error.c_str()); // it was asked, with the key
}

void TestLoadMeasuring::askingForTheKeyIsSaid()
{
    RunLibrary runs{QString()};
    EndpointTarget target;
    target.url = m_mock.url();
    LoadJob job({target.url, "mock", "endpoint"}, target, BenchPlan(), &runs);
    job.askKey([](QObject *, const std::function<void(Result<Secret>)> &) {}); // a store that hangs
    JobRow row(&job, &runs, nullptr);
    row.resize(600, 40);
    row.show();
    job.start();
    row.refresh();
    QVERIFY2(row.accessibleName().contains(QStringLiteral("asking the key store")), qPrintable(row.accessibleName()));
    job.cancel();
    row.refresh();
    QVERIFY(!row.accessibleName().contains(QStringLiteral("asking")));
}

void TestLoadMeasuring::onlyAFolderHereIsOpened()
{
    WindowUnderTest test;
    test.window->show();
    const QString model = m_folder.filePath(QStringLiteral("here"));
    makeModel(model, 2, 32);
    test.openAndWait({address(), model});
    auto *panel = test.window->findChild<SubjectPanel *>();
    const QAction *folder = test.window->commands()->action("subject.folder");
    panel->select(test.workspace.subjects()[0]->id);
    QVERIFY(!folder->isEnabled());
    panel->select(test.workspace.subjects()[1]->id);
    QVERIFY(folder->isEnabled());
}

QTEST_MAIN(TestLoadMeasuring)
#include "tst_loadmeasuring.moc"
