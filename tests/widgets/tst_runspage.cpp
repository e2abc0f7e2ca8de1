// SPDX-License-Identifier: GPL-3.0-or-later
// The Runs page over runs that were made up: what is listed, what one run shows, deleting, exporting.
#include "core/service/runlibrary.h"
#include "core/service/translation.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/common/messagebar.h"
#include "widgets/common/theme.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/common/tablecopy.h"
#include "widgets/runs/comparisonpanel.h"
#include "widgets/runs/exportrun.h"
#include "widgets/runs/requestmodel.h"
#include "widgets/runs/requesttimeline.h"
#include "widgets/runs/runpanel.h"
#include "widgets/runs/runspage.h"
#include "widgets/runs/runtablemodel.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/language.h"
#include "widgets/shell/mainwindow.h"

#include <QComboBox>
#include <QDir>
#include <QTranslator>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>
#include <nlohmann/json.hpp>

using namespace assay;

namespace {

constexpr int64_t kMillisecond = 1'000'000;
constexpr int kRequests = 40;

/// Request i is sent at i * 100 ms, has its first piece after 20 + i ms, then three more, 10 ms apart; each tenth is refused.
RequestRecord recordOf(int i)
{
    RequestRecord record;
    record.index = i;
    record.scheduled = i * 100 * kMillisecond;
    record.sent = record.scheduled + kMillisecond;
    record.headers = record.sent + 5 * kMillisecond;
    record.promptTokens = record.outputTokens = 64;
    record.warmup = i < 2;
    if (i % 10 == 9) {
        record.failure = Failure::RateLimited;
        record.status = 429;
        record.ended = record.headers;
        return record;
    }
    record.status = 200;
    record.firstByte = record.sent + (19 + i) * kMillisecond;
    for (int chunk = 0; chunk < 4; ++chunk)
        record.chunks.push_back({record.sent + (20 + i + chunk * 10) * kMillisecond, uint32_t(chunk), chunk < 2 ? Channel::Reasoning : Channel::Answer, 5, 0});
    record.ended = record.chunks.back().at + kMillisecond;
    record.usage.completion = 4;
    record.finish = "stop";
    return record;
}

BenchRun loadRun(RunState state = RunState::Finished)
{
    BenchRun run;
    run.header.id = "load-run";
    run.header.subject = {"http://127.0.0.1:8000/v1#some-model", "some-model", "endpoint:x"};
    run.header.startedAt = "2026-03-02T10:00:00Z";
    run.header.state = state;
    run.plan.load.emplace().concurrencies = {1};
    run.plan.load->slos = {};
    for (int i = 0; i < kRequests; ++i)
        run.requests.append(recordOf(i));
    return run;
}

BenchRun localRun(double slower = 1)
{
    BenchRun run;
    run.header.id = "local-run";
    run.header.subject = {"/models/small", "small", "f"};
    run.header.startedAt = "2026-03-03T10:00:00Z";
    run.header.state = RunState::Finished;
    run.header.environment.device = "cpu";
    run.header.environment.dtype = "f32";
    for (int i = 0; i < 8; ++i) {
        MeasureSample sample;
        sample.index = i;
        sample.warmup = i == 0;
        sample.promptTokens = sample.outputTokens = 64;
        // What repetitions differ by, both runs alike.
        const double turn = slower * (1 + 0.1 * ((i * 5) % 8));
        sample.firstToken = 0.1 * turn;
        sample.gaps.assign(63, 0.01 * turn);
        sample.total = 0.73 * turn;
        run.samples.push_back(sample);
    }
    return run;
}

QTreeView *viewNamed(QWidget &parent, const QString &name)
{
    for (QTreeView *view : parent.findChildren<QTreeView *>()) {
        if (view->accessibleName() == name)
            return view;
    }
    return nullptr;
}

QPushButton *buttonNamed(QWidget &parent, const QString &text)
{
    for (QPushButton *button : parent.findChildren<QPushButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

} // namespace

class TestRunsPage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { prepareWindowTest(); }
    void runsAreListed();
    void aRunShowsItsRequests();
    void theTimeLineTellsMoments();
    void deletingCanBeUndone();
    void onlyBrokenOffLoadsGoOn();
    void limitsAreTold();
    void exportKeepsEverything();
    void chosenRunsAreCompared();
    void comparisonsLook();
    void pagesWithoutSubjects();

private:
    QTemporaryDir m_folder;
};

void TestRunsPage::runsAreListed()
{
    RunLibrary library{QString()};
    library.begin(loadRun());
    library.begin(localRun());
    RunsPage page(&library);
    page.resize(1000, 700);
    page.show();
    QTreeView *view = viewNamed(page, QStringLiteral("Runs"));
    QVERIFY(view);
    QAbstractItemModel *model = view->model();
    QCOMPARE(model->rowCount(), 2);
    const auto cell = [&](int row, int column) { return model->index(row, column).data().toString(); };
    // The newest first.
    QCOMPARE(cell(0, 1), QStringLiteral("small"));
    QCOMPARE(cell(0, 4), QStringLiteral("cpu, f32"));
    QCOMPARE(cell(1, 1), QStringLiteral("some-model"));
    QCOMPARE(cell(1, 3), QStringLiteral("prompt 64, output 64; closed loop, 1 in flight"));
    QCOMPARE(cell(1, 4), QStringLiteral("http://127.0.0.1:8000/v1"));
    QCOMPARE(cell(1, 7), QStringLiteral("40"));
    // 9, 19, 29 and 39 were refused.
    QTRY_COMPARE(cell(1, 8), QStringLiteral("4"));
    QTRY_VERIFY2(cell(0, 9).contains(QStringLiteral("tokens/s")), qPrintable(cell(0, 9)));
    for (QLineEdit *edit : page.findChildren<QLineEdit *>()) {
        if (edit->accessibleName() == QStringLiteral("Search in all columns"))
            edit->setText(QStringLiteral("closed"));
    }
    QTRY_COMPARE(model->rowCount(), 1);
    QCOMPARE(cell(0, 1), QStringLiteral("some-model"));
}

void TestRunsPage::aRunShowsItsRequests()
{
    RunLibrary library{QString()};
    library.begin(loadRun());
    RunsPage page(&library);
    page.resize(1000, 700);
    page.show();
    auto *panel = page.findChild<RunPanel *>();
    QTRY_VERIFY(panel->details());
    QTreeView *view = viewNamed(page, QStringLiteral("Requests"));
    auto *model = qobject_cast<RequestModel *>(view->model());
    QVERIFY(model);
    QCOMPARE(model->rowCount(), kRequests);
    view->sortByColumn(RequestModel::Ttft, Qt::DescendingOrder);
    // The longest wait of those that answered is of request 38; the refused ones come last.
    QCOMPARE(model->index(0, RequestModel::Number).data().toString(), QStringLiteral("38"));
    QCOMPARE(model->index(0, RequestModel::Ttft).data().toString(), QStringLiteral("58.0 ms"));
    QCOMPARE(model->index(0, RequestModel::LongestGap).data().toString(), QStringLiteral("10.0 ms"));
    QCOMPARE(model->index(kRequests - 1, RequestModel::Ttft).data().toString(), QStringLiteral("-"));
    model->setFilter(QStringLiteral("rate limited"));
    QCOMPARE(model->rowCount(), 4);
    model->setFilter(QStringLiteral("17"));
    QCOMPARE(model->rowCount(), 1);
    QCOMPARE(model->logIndex(0), size_t(17));
    model->setFilter(QString());
    QCOMPARE(model->rowCount(), kRequests);
    QTreeView *protocol = viewNamed(page, QStringLiteral("Protocol and environment of the run"));
    const QString text = modelText(*protocol->model(), {0, 1}).join(u'\n');
    QVERIFY2(text.contains(QStringLiteral("Prompt tokens | 64")) && text.contains(QStringLiteral("load-run")), qPrintable(text));
}

void TestRunsPage::theTimeLineTellsMoments()
{
    RequestTimeline line;
    line.resize(600, 200);
    line.show();
    QVERIFY(line.readout().contains(QStringLiteral("Choose a request")));
    line.setRecord(recordOf(3));
    QVERIFY2(line.readout().contains(QStringLiteral("4 pieces of text in 30.0 ms")), qPrintable(line.readout()));
    QTest::keyClick(&line, Qt::Key_Home);
    QVERIFY2(line.readout().contains(QStringLiteral("was to be sent")), qPrintable(line.readout()));
    // Sent, headers, first byte, then the pieces.
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(&line, Qt::Key_Right);
    QVERIFY2(line.readout().contains(QStringLiteral("34.0 ms after the intended sending: piece 2 of 4, reasoning")), qPrintable(line.readout()));
    QTest::keyClick(&line, Qt::Key_Right);
    QVERIFY2(line.readout().contains(QStringLiteral("piece 3 of 4, answer")) && line.readout().contains(QStringLiteral("10.0 ms after the one before")), qPrintable(line.readout()));
    QTest::keyClick(&line, Qt::Key_End);
    QVERIFY(line.readout().contains(QStringLiteral("ended")));
    RequestRecord hostile;
    hostile.scheduled = std::numeric_limits<int64_t>::max();
    hostile.ended = std::numeric_limits<int64_t>::min();
    hostile.chunks.push_back({0, 0, Channel::Tool, 1, 0});
    line.setRecord(hostile);
    QVERIFY(!line.grab().isNull());
}

void TestRunsPage::deletingCanBeUndone()
{
    WindowUnderTest test;
    test.runs.begin(loadRun());
    test.runs.begin(localRun());
    test.window->show();
    test.window->showPage(QStringLiteral("runs"));
    auto *page = test.window->findChild<RunsPage *>();
    QVERIFY(page && page->isVisible());
    page->select(QStringLiteral("load-run"));
    QPushButton *remove = buttonNamed(*page, QStringLiteral("Delete"));
    QVERIFY(remove->isEnabled());
    remove->click();
    QVERIFY(!test.runs.benchRun("load-run"));
    QCOMPARE(viewNamed(*page, QStringLiteral("Runs"))->model()->rowCount(), 1);
    buttonNamed(*test.window->messages(), QStringLiteral("Undo"))->click();
    const auto back = test.runs.benchRun("load-run");
    QVERIFY(back);
    const BenchRun before = loadRun();
    QCOMPARE(back->header.state, RunState::Finished);
    QVERIFY(back->plan == before.plan);
    QCOMPARE(back->requests.size(), before.requests.size());
    for (size_t i = 0; i < before.requests.size(); ++i)
        QVERIFY(back->requests.encoded(i) == before.requests.encoded(i));
    // Brought back where it was: it is not the newest one now.
    QCOMPARE(test.runs.benchRuns().front()->header.id, std::string("local-run"));
    QCOMPARE(viewNamed(*page, QStringLiteral("Runs"))->model()->rowCount(), 2);
}

void TestRunsPage::onlyBrokenOffLoadsGoOn()
{
    for (const auto &[state, resumes] : {std::pair(RunState::Finished, false), std::pair(RunState::Interrupted, true), std::pair(RunState::Running, false)}) {
        RunLibrary library{QString()};
        library.begin(loadRun(state));
        RunsPage page(&library);
        page.show();
        QCOMPARE(buttonNamed(page, QStringLiteral("Resume"))->isEnabled(), resumes);
        page.select(QStringLiteral("load-run"));
        viewNamed(page, QStringLiteral("Runs"))->selectAll();
        QCOMPARE(buttonNamed(page, QStringLiteral("Delete"))->isEnabled(), state != RunState::Running);
    }
}

void TestRunsPage::limitsAreTold()
{
    BenchRun run = loadRun();
    run.header.state = RunState::Finished;
    run.header.endedEarly = EndedEarly{PlanLimit::Tokens, 10'000, {}, EndedEarly::Counted::Requests, 60, 500};
    const QString words = QStringLiteral("finished, ended before it could pass its limit of 10,000 tokens after 60 of 500 requests");
    const RunLine line = lineOf(std::make_shared<const BenchRun>(run));
    RunTableModel model;
    model.setLines({line});
    QCOMPARE(model.index(0, RunTableModel::State).data().toString(), QStringLiteral("ended at its limit"));
    QCOMPARE(model.index(0, RunTableModel::State).data(Qt::ToolTipRole).toString(), words);
    const auto details = detailsOf(line);
    QCOMPARE(details->numbers.front().rows.front().cells.value(1), words);
    const auto said = [&](const RowGroup &group) { return std::ranges::any_of(group.rows, [&](const GroupedRow &row) { return row.cells.contains(words); }); };
    QVERIFY(std::ranges::any_of(details->protocol, said));
}

void TestRunsPage::exportKeepsEverything()
{
    const BenchRun run = loadRun();
    const auto details = detailsOf(lineOf(std::make_shared<const BenchRun>(run)));
    const QString json = m_folder.filePath(QStringLiteral("run.json")), csv = m_folder.filePath(QStringLiteral("run.csv"));
    QVERIFY(exportRun(*details, RunExport::Json, json));
    QFile file(json);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const auto back = benchRunFromJson(nlohmann::json::parse(bytes.begin(), bytes.end()));
    QVERIFY(back);
    QVERIFY(back->plan == run.plan && back->header.subject == run.header.subject);
    QCOMPARE(back->requests.size(), run.requests.size());
    for (size_t i = 0; i < run.requests.size(); ++i)
        QVERIFY(back->requests.at(i) == run.requests.at(i));
    QVERIFY(exportRun(*details, RunExport::RequestsCsv, csv));
    QFile table(csv);
    QVERIFY(table.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = table.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), kRequests + 1);
    QVERIFY2(lines[10].contains("rate_limited"), lines[10].constData());
    QVERIFY2(lines[1].contains(",0.02,"), lines[1].constData()); // TTFT of the first
    QCOMPARE(exportRun(*details, RunExport::Json, m_folder.filePath(QStringLiteral("no/such/folder.json"))).error().code, ErrorCode::FileUnwritable);
}

void TestRunsPage::chosenRunsAreCompared()
{
    RunLibrary library{QString()};
    BenchRun slower = localRun(1.2), load = loadRun();
    slower.header.id = "slower-run";
    slower.header.startedAt = "2026-03-04T10:00:00Z";
    slower.header.environment.dtype = "bf16";
    library.begin(localRun());
    library.begin(slower);
    library.begin(load);
    RunsPage page(&library);
    page.resize(1000, 700);
    page.show();
    QTreeView *list = viewNamed(page, QStringLiteral("Runs"));
    QPushButton *compare = buttonNamed(page, QStringLiteral("Compare"));
    auto *panel = page.findChild<ComparisonPanel *>();
    page.select(QStringLiteral("local-run"));
    QVERIFY(!compare->isEnabled()); // one alone
    list->selectionModel()->select(list->model()->index(0, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QVERIFY(compare->isEnabled());
    compare->click();
    QTRY_VERIFY(panel->isVisible() && panel->comparison());
    // The oldest is the reference; what is not alike comes first.
    QVERIFY2(panel->comparison()->names[0].find("small") == 0 && panel->comparison()->names.size() == 2, panel->comparison()->names[0].c_str());
    QTreeView *table = viewNamed(page, QStringLiteral("Differences of the runs"));
    const QAbstractItemModel *model = table->model();
    QCOMPARE(model->index(0, 0).data().toString(), QStringLiteral("Not alike"));
    const QModelIndex dtype = model->index(0, 0, model->index(0, 0));
    QCOMPARE(dtype.data().toString() + dtype.siblingAtColumn(1).data().toString() + dtype.siblingAtColumn(2).data().toString(), QStringLiteral("dtypef32bf16"));
    const QString text = tableText(*table, CopyFormat::Csv);
    QVERIFY2(text.contains(QStringLiteral("worse: longer by 20.0 % [20.0 %, 20.0 %]")) && text.contains(QStringLiteral("paired, n = 7")), qPrintable(text));
    QCOMPARE(panel->findChildren<ChartWidget *>().size(), 1);
    QVERIFY(!panel->findChild<ChartWidget *>()->accessibleDescription().isEmpty());
    // What a report is made of.
    QCOMPARE(page.comparedRuns().size(), size_t(2));
    QCOMPARE(page.comparedRuns().front().header().id, std::string("local-run"));
    // The other way round.
    auto *reference = panel->findChild<QComboBox *>();
    reference->setCurrentIndex(1);
    emit reference->activated(1);
    QTRY_VERIFY(panel->comparison());
    QVERIFY(tableText(*table, CopyFormat::Csv).contains(QStringLiteral("better: shorter by 16.7 %")));
    // A third one; then another choice ends the comparison.
    list->selectAll();
    QVERIFY(!panel->isVisible() && page.comparedRuns().empty());
    compare->click();
    QTRY_VERIFY(panel->comparison());
    QCOMPARE(panel->comparison()->names.size(), size_t(3));
    page.select(QStringLiteral("load-run"));
    QVERIFY(!panel->isVisible());
}

/// Pictures to look at: small and large, dark and light, in Chinese, with long names and with fifty runs.
void TestRunsPage::comparisonsLook()
{
    QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
    const auto shoot = [](const QString &look, const QSize &size, ColorScheme scheme) {
        applyColorScheme(scheme);
        WindowUnderTest test;
        test.window->resize(size);
        test.window->show();
        test.window->showPage(QStringLiteral("runs"));
        auto *page = test.window->findChild<RunsPage *>();
        for (int i = 0; i < 50; ++i) {
            BenchRun run = i % 5 == 4 ? loadRun() : localRun(1 + 0.004 * i);
            run.header.id = "run-" + std::to_string(i);
            run.header.startedAt = "2026-03-" + std::to_string(10 + i % 20) + "T10:00:00Z";
            if (i % 7 == 0)
                run.header.subject.name = "an-organisation/DeepSeek-R1-Distill-Qwen-1.5B-instruct-quantized-w8a8-with-a-very-long-name";
            if (i % 3 == 0)
                run.header.environment.dtype = "bf16";
            test.runs.begin(run);
        }
        QTreeView *list = viewNamed(*page, QCoreApplication::translate("assay::RunsPage", "Runs"));
        list->clearSelection();
        for (const int row : {3, 7, 9})
            list->selectionModel()->select(list->model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        page->compareSelected();
        auto *panel = page->findChild<ComparisonPanel *>();
        QTRY_VERIFY(panel->comparison());
        auto *tabs = panel->findChild<QTabWidget *>();
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            QTest::qWait(200);
            QVERIFY(test.window->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/comparison-%1-%2.png").arg(look).arg(tab)));
        }
    };
    shoot(QStringLiteral("light-1280"), {1280, 800}, ColorScheme::Light);
    shoot(QStringLiteral("dark-1024"), {1024, 700}, ColorScheme::Dark);
    QTranslator translator;
    if (translator.load(QStringLiteral("assay_zh_CN"), QStringLiteral(ASSAY_BINARY_DIR "/translations"))) {
        QCoreApplication::installTranslator(&translator);
        applyLanguageFont(QStringLiteral("zh_CN"));
        shoot(QStringLiteral("chinese-1024"), {1024, 700}, ColorScheme::Light);
        QCoreApplication::removeTranslator(&translator);
        applyLanguageFont(QStringLiteral("en"));
    }
    applyColorScheme(ColorScheme::Light);
}

void TestRunsPage::pagesWithoutSubjects()
{
    WindowUnderTest test;
    test.window->resize(1280, 800);
    test.window->show();
    test.window->commands()->action("view.runs")->trigger();
    auto *page = test.window->findChild<RunsPage *>();
    QVERIFY(page && page->isVisible());
    test.runs.begin(localRun());
    test.runs.begin(loadRun());
    page->select(QStringLiteral("load-run"));
    QTRY_VERIFY(page->findChild<RunPanel *>()->details() && page->findChild<RunPanel *>()->details()->analysis);
    QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
    auto *tabs = page->findChild<QTabWidget *>();
    for (const ColorScheme scheme : {ColorScheme::Light, ColorScheme::Dark}) {
        applyColorScheme(scheme);
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            QTest::qWait(300);
            QVERIFY(test.window->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/runs-%1-%2.png").arg(tab).arg(QLatin1String(colorSchemeName(scheme)))));
        }
    }
    applyColorScheme(ColorScheme::Light);
    test.window->showPage(QStringLiteral("inspect"));
    QVERIFY(!page->isVisible());
}

QTEST_MAIN(TestRunsPage)
#include "tst_runspage.moc"
