// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "core/format/safetensors.h"
#include "core/service/runlibrary.h"
#include "core/service/workspace.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/common/statepage.h"
#include "widgets/common/tablecopy.h"
#include "widgets/common/theme.h"
#include "widgets/compare/chartgrid.h"
#include "widgets/compare/comparepage.h"
#include "widgets/compare/comparisonmodel.h"
#include "widgets/compare/comparisontable.h"
#include "widgets/compare/pairmodel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QTreeView>

#include <ctime>

using namespace assay;

class TestComparePage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void saysWhatToDoWithoutSubjects();
    void offersToMeasure();
    void showsTheRuns();
    void followsTheRunsFourTimesASecond();
    void columnsFitWhatArrives();
    void tableFilters();
    void referenceCanBeChosen();
    void dtypesStandBesideEachOther();
    void tableIsCopied();
    void columnsFollowTheWidth();
    void modelsAreSound();
    void survivesClosingWhileComputing();
    void pictures();

private:
    QString model(const QString &name, int64_t hidden);
    QTemporaryDir m_folder;
    QDir m_pictures{QStringLiteral(ASSAY_BINARY_DIR "/screenshots")};
};

namespace {

/// Processor time of this thread so far.
double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) * 1e-6;
}

/// A page over services of its own.
struct PageUnderTest
{
    Workspace workspace;
    RunLibrary runs{QString()};
    ComparePage page{&workspace, &runs};

    PageUnderTest()
    {
        page.resize(1280, 800);
        page.show();
    }
    void open(const QStringList &paths)
    {
        for (const QString &path : paths)
            workspace.open(path);
        QTRY_VERIFY_WITH_TIMEOUT(!workspace.loading(), 30000);
    }
    void waitForSubjects(size_t count) { QTRY_COMPARE_WITH_TIMEOUT(page.view().subjects.size(), count, 30000); }
    QTreeView *table() const { return page.findChild<ComparisonTable *>()->view(); }
    QString state() const { return page.findChild<StatePage *>()->sentence(); }
};

MeasureSample sample(int64_t index, double firstToken, double gap)
{
    MeasureSample measured;
    measured.index = index;
    measured.promptTokens = measured.outputTokens = 64;
    measured.firstToken = firstToken * (1 + 0.01 * double(index % 5));
    for (int i = 0; i < 63; ++i)
        measured.gaps.push_back(gap * (1 + 0.02 * ((i * 7 + int(index)) % 11)));
    measured.total = measured.firstToken + 63 * gap;
    measured.memory.tensorPeak = uint64_t(1e9 * gap);
    measured.memory.processPeak = uint64_t(2e9 * gap);
    return measured;
}

std::string beginBench(PageUnderTest &test, size_t subject, double firstToken, double gap, int samples)
{
    BenchRun run;
    run.header.id = "bench-" + std::to_string(subject);
    run.header.subject = test.workspace.subjects()[subject]->reference();
    run.header.startedAt = "2026-11-21T20:00:00Z";
    run.header.environment.device = "cpu";
    test.runs.begin(run);
    for (int i = 0; i < samples; ++i)
        test.runs.append(run.header.id, sample(i, firstToken, gap));
    return run.header.id;
}

/// Right on the first items, the more the better the subject.
void evaluate(PageUnderTest &test, size_t subject, int right, int n)
{
    EvaluationRun run;
    run.header.id = "evaluation-" + std::to_string(subject);
    run.header.subject = test.workspace.subjects()[subject]->reference();
    run.header.startedAt = "2026-11-21T20:00:00Z";
    run.protocol.suite = "reasoning";
    run.protocol.suiteTitle = "Reasoning";
    run.protocol.suiteFingerprint = "1";
    run.protocol.suiteItems = uint64_t(n);
    run.protocol.axes = {{"difficulty", "digits"}};
    test.runs.begin(run);
    for (int i = 0; i < n; ++i) {
        ItemResult item;
        item.itemId = "item-" + std::to_string(i);
        item.outcome = i < right ? Outcome::Right : Outcome::Wrong;
        item.axes["difficulty"] = 1 + i * 6 / n;
        test.runs.append(run.header.id, item);
    }
    test.runs.finish(run.header.id, RunState::Finished);
}

void measureAll(PageUnderTest &test)
{
    const double firstToken[] = {0.041, 0.019, 0.02}, gap[] = {0.0123, 0.0043, 0.0044};
    const int right[] = {190, 160, 120};
    for (size_t i = 0; i < 3; ++i) {
        test.runs.finish(beginBench(test, i, firstToken[i], gap[i], 8), RunState::Finished);
        evaluate(test, i, right[i], 200);
    }
}

const ComparisonRow *findRow(const ComparisonView &view, const std::string &id)
{
    for (const ComparisonRow &row : view.rows) {
        if (row.id == id)
            return &row;
    }
    return nullptr;
}

int rowsShown(const QAbstractItemModel &model)
{
    int rows = 0;
    for (int group = 0; group < model.rowCount(); ++group)
        rows += model.rowCount(model.index(group, 0));
    return rows;
}

} // namespace

QString TestComparePage::model(const QString &name, int64_t hidden)
{
    const QString path = m_folder.filePath(name);
    if (QFile::exists(path))
        return path;
    QDir().mkpath(path);
    const std::filesystem::path folder = path.toStdString();
    const std::string config = "{\"model_type\": \"llama\", \"architectures\": [\"LlamaForCausalLM\"], \"hidden_size\": "
                               + std::to_string(hidden) + "}";
    const std::vector<std::byte> zeros(size_t(2 * 512 * hidden));
    const std::vector<TensorToWrite> tensors{{"model.embed_tokens.weight", Dtype::BF16, {512, hidden}, zeros}};
    const bool written = writeFileAtomically(folder / "config.json", std::string_view(config))
                         && writeSafetensors(folder / "model.safetensors", tensors);
    return written ? path : QString();
}

void TestComparePage::initTestCase()
{
    QVERIFY(m_pictures.mkpath(QStringLiteral(".")));
    QApplication::setPalette(lightPalette());
    QCoreApplication::setOrganizationName(QStringLiteral("AssayTest"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.filePath(QStringLiteral("settings")));
    QVERIFY(!model(QStringLiteral("sample-full"), 64).isEmpty());
    QVERIFY(!model(QStringLiteral("sample-distilled"), 48).isEmpty());
    QVERIFY(!model(QStringLiteral("sample-base"), 32).isEmpty());
}

void TestComparePage::saysWhatToDoWithoutSubjects()
{
    PageUnderTest test;
    QVERIFY2(test.state().contains(QStringLiteral("at least two")), qPrintable(test.state()));
    QVERIFY(test.page.grab().save(m_pictures.filePath(QStringLiteral("compare-empty.png"))));
    QSignalSpy asked(&test.page, &ComparePage::openRequested);
    test.page.findChild<StatePage *>()->findChild<QPushButton *>()->click();
    QCOMPARE(asked.count(), 1);
    test.open({model(QStringLiteral("sample-full"), 64)});
    QTRY_VERIFY2(test.state().contains(QStringLiteral("One model")), qPrintable(test.state()));
}

void TestComparePage::offersToMeasure()
{
    PageUnderTest test;
    test.open({model(QStringLiteral("sample-full"), 64), model(QStringLiteral("sample-base"), 32)});
    test.waitForSubjects(2);
    QTRY_VERIFY(!test.page.charts()->charts().empty());
    ChartWidget *chart = test.page.charts()->charts().front();
    QTRY_VERIFY(!chart->spec().missing.empty());
    QSignalSpy asked(&test.page, &ComparePage::measureRequested);
    auto *button = chart->findChild<QPushButton *>();
    QTRY_VERIFY(button->isVisible());
    button->click();
    QCOMPARE(asked.count(), 1);
    QVERIFY(test.page.grab().save(m_pictures.filePath(QStringLiteral("compare-not-measured.png"))));
}

void TestComparePage::showsTheRuns()
{
    PageUnderTest test;
    test.open({model(QStringLiteral("sample-full"), 64), model(QStringLiteral("sample-distilled"), 48),
               model(QStringLiteral("sample-base"), 32)});
    test.waitForSubjects(3);
    measureAll(test);
    QTRY_VERIFY_WITH_TIMEOUT(!test.page.view().pairs.empty(), 30000);
    const ComparisonView &view = test.page.view();
    QCOMPARE(view.subjects[0].role, Role::Full);
    QCOMPARE(view.subjects[1].role, Role::Distilled);
    QCOMPARE(view.subjects[2].role, Role::Base);
    QVERIFY(!view.headline.empty());
    // 190 of 200 right is 95 %; the chart of the page shows what the core computed.
    bool found = false;
    for (const ComparisonRow &row : view.rows)
        found |= row.cells[0].value && std::abs(*row.cells[0].value - 0.95) < 1e-9;
    QVERIFY(found);
    const auto drawn = [&] {
        int charts = 0;
        for (const ChartWidget *chart : test.page.charts()->charts())
            charts += chart->spec().missing.empty() && !chart->spec().series.empty();
        return charts;
    };
    QTRY_VERIFY(drawn() >= 5);
    for (const QLabel *label : test.page.findChildren<QLabel *>()) {
        if (label->accessibleName() == QStringLiteral("Headline"))
            QCOMPARE(label->text(), QString::fromStdString(view.headline));
    }
}

void TestComparePage::followsTheRunsFourTimesASecond()
{
    PageUnderTest test;
    test.open({model(QStringLiteral("sample-full"), 64), model(QStringLiteral("sample-base"), 32)});
    test.waitForSubjects(2);
    const std::string runs[] = {beginBench(test, 0, 0.041, 0.0123, 1), beginBench(test, 1, 0.02, 0.0044, 1)};
    QSignalSpy updates(&test.page, &ComparePage::updated);
    QElapsedTimer whole;
    whole.start();
    // What the window's thread itself computes between two turns, whatever else the machine does.
    double last = threadMilliseconds(), longest = 0;
    QTimer ticking;
    connect(&ticking, &QTimer::timeout, this, [&] {
        const double now = threadMilliseconds();
        longest = std::max(longest, now - last);
        last = now;
    });
    ticking.start(1);
    int samples = 1;
    while (whole.elapsed() < 1500) {
        for (const std::string &run : runs)
            test.runs.append(run, sample(samples, 0.04, 0.01));
        ++samples;
        QTest::qWait(10);
    }
    const double seconds = double(whole.elapsed()) / 1000;
    ticking.stop();
    QVERIFY2(double(updates.count()) <= 4 * seconds + 1, qPrintable(QString::number(updates.count())));
    QVERIFY(updates.count() >= 1);
    // Printed, not judged: a busy machine must not fail the test.
    qInfo() << samples << "samples," << updates.count() << "updates, longest turn of the event loop" << longest
            << "ms of processor time";
    // The last one arrives too.
    const size_t expected = size_t(samples);
    const auto shown = [&]() -> size_t {
        const ComparisonRow *row = findRow(test.page.view(), "metric.ttft");
        return row && row->cells[0].estimate ? row->cells[0].estimate->n : 0;
    };
    QTRY_COMPARE_WITH_TIMEOUT(shown(), expected, 30000);
}

void TestComparePage::columnsFitWhatArrives()
{
    PageUnderTest test;
    test.open({model(QStringLiteral("sample-full"), 64), model(QStringLiteral("sample-distilled"), 48),
               model(QStringLiteral("sample-base"), 32)});
    test.waitForSubjects(3);
    const auto clipped = [&] {
        QStringList columns;
        const QAbstractItemView *cells = test.table(); // where the hint is public
        for (int column = 0; column < test.table()->model()->columnCount(); ++column) {
            const int wanted = std::min(cells->sizeHintForColumn(column), 320);
            if (test.table()->columnWidth(column) < wanted)
                columns << QString::number(column);
        }
        return columns;
    };
    QTRY_COMPARE(clipped(), QStringList());
    measureAll(test);
    QTRY_VERIFY_WITH_TIMEOUT(!test.page.view().pairs.empty(), 30000);
    QTRY_COMPARE(clipped(), QStringList());
}

void TestComparePage::tableFilters()
{
    PageUnderTest test;
    test.open({model(QStringLiteral("sample-distilled"), 48), model(QStringLiteral("sample-base"), 32)});
    test.waitForSubjects(2);
    const QAbstractItemModel &table = *test.table()->model();
    const int all = rowsShown(table);
    QVERIFY(all > 5);
    auto *differences = test.page.findChild<QCheckBox *>();
    differences->click();
    int different = 0;
    for (const ComparisonRow &row : test.page.view().rows)
        different += row.different();
    QCOMPARE(rowsShown(table), different);
    QVERIFY(different < all);
    differences->click();
    auto *search = test.page.findChild<ComparisonTable *>()->findChild<QLineEdit *>();
    const QString wanted = QString::fromStdString(test.page.view().rows[0].label);
    QTest::keyClicks(search, wanted.toUpper());
    QTRY_VERIFY(rowsShown(table) < all);
    QVERIFY(rowsShown(table) >= 1);
    search->clear();
    QTRY_COMPARE(rowsShown(table), all);
}

void TestComparePage::referenceCanBeChosen()
{
    PageUnderTest test;
    test.open({model(QStringLiteral("sample-full"), 64), model(QStringLiteral("sample-base"), 32)});
    test.waitForSubjects(2);
    test.runs.finish(beginBench(test, 0, 0.04, 0.02, 8), RunState::Finished);
    test.runs.finish(beginBench(test, 1, 0.02, 0.005, 8), RunState::Finished);
    const auto ratio = [&](size_t subject) -> double {
        const ComparisonRow *row = findRow(test.page.view(), "metric.ttft");
        return row && row->cells[subject].ratio ? *row->cells[subject].ratio : 0;
    };
    QTRY_VERIFY(std::abs(ratio(1) - 0.5) < 1e-6);
    auto *reference = test.page.findChild<QComboBox *>();
    QCOMPARE(reference->currentIndex(), 0);
    reference->setFocus();
    QTest::keyClick(reference, Qt::Key_Down);
    QTRY_VERIFY(std::abs(ratio(0) - 2) < 1e-6);
    QCOMPARE(test.page.view().reference, size_t(1));
}

/// One model, measured in three dtypes, is a comparison by itself.
void TestComparePage::dtypesStandBesideEachOther()
{
    PageUnderTest test;
    test.open({model(QStringLiteral("full"), 128)});
    QTRY_VERIFY(test.state().contains(QStringLiteral("in several dtypes")));
    const char *const dtypes[] = {"bf16", "int8", "f32"};
    for (const char *dtype : dtypes) {
        BenchRun run;
        run.header.id = dtype;
        run.header.subject = test.workspace.subjects()[0]->reference();
        run.header.environment.device = "cpu";
        run.header.environment.dtype = dtype;
        run.header.environment.weights = {{"BF16", dtype, 1000000, 1u << 20}};
        test.runs.begin(run);
        for (int i = 0; i < 7; ++i)
            test.runs.append(run.header.id, sample(i, 0.04, 0.01));
        test.runs.finish(run.header.id, RunState::Finished);
    }
    test.waitForSubjects(3);
    const auto names = [&] {
        QStringList out;
        for (const ComparedColumn &column : test.page.view().subjects)
            out << QString::fromStdString(column.name);
        return out;
    };
    QCOMPARE(names(), (QStringList{QStringLiteral("full (f32)"), QStringLiteral("full (bf16)"), QStringLiteral("full (int8)")}));
    QVERIFY(test.page.view().warnings.empty());
    test.page.resize(1280, 1700);
    QTest::qWait(300); // what arrived is laid out
    test.page.grab().save(m_pictures.filePath(QStringLiteral("compare-dtypes.png")));
    // The columns are of one path: the reference is told by its dtype.
    auto *reference = test.page.findChild<QComboBox *>();
    QCOMPARE(reference->count(), 3);
    reference->setCurrentIndex(2);
    emit reference->activated(2);
    QTRY_COMPARE(test.page.view().reference, size_t(2));
    // Beside another model the newest measurement alone can be looked at.
    test.open({model(QStringLiteral("small"), 64)});
    test.waitForSubjects(4);
    QCheckBox *apart = nullptr;
    for (QCheckBox *box : test.page.findChildren<QCheckBox *>()) {
        if (box->text() == QStringLiteral("Each dtype"))
            apart = box;
    }
    QVERIFY(apart && apart->isChecked());
    apart->setChecked(false);
    test.waitForSubjects(2);
    QCOMPARE(names().front(), QStringLiteral("full"));
    apart->setChecked(true);
    test.waitForSubjects(4);
}

void TestComparePage::tableIsCopied()
{
    PageUnderTest test;
    test.open({model(QStringLiteral("sample-full"), 64), model(QStringLiteral("sample-base"), 32)});
    test.waitForSubjects(2);
    const QString csv = tableText(*test.table(), CopyFormat::Csv);
    QVERIFY2(csv.startsWith(QStringLiteral("What,sample-full,sample-base\n")), qPrintable(csv.left(200)));
    const QString markdown = tableText(*test.table(), CopyFormat::Markdown);
    QVERIFY(markdown.contains(QStringLiteral("| --- | ---: | ---: |")));
    for (const ComparisonRow &row : test.page.view().rows)
        QVERIFY2(markdown.contains(QString::fromStdString(row.label)), row.label.c_str());
}

void TestComparePage::columnsFollowTheWidth()
{
    PageUnderTest test;
    test.open({model(QStringLiteral("sample-full"), 64), model(QStringLiteral("sample-base"), 32)});
    test.waitForSubjects(2);
    test.page.resize(1280, 800);
    QTRY_COMPARE(test.page.charts()->columns(), 3);
    test.page.resize(820, 700);
    QTRY_COMPARE(test.page.charts()->columns(), 2);
    test.page.resize(480, 700);
    QTRY_COMPARE(test.page.charts()->columns(), 1);
}

void TestComparePage::modelsAreSound()
{
    PageUnderTest test;
    ComparisonModel model;
    ComparisonFilter filter;
    PairModel pairs;
    filter.setSourceModel(&model);
    QAbstractItemModelTester modelTester(&model), filterTester(&filter), pairTester(&pairs);
    test.open({this->model(QStringLiteral("sample-full"), 64), this->model(QStringLiteral("sample-distilled"), 48),
               this->model(QStringLiteral("sample-base"), 32)});
    test.waitForSubjects(3);
    measureAll(test);
    QTRY_VERIFY_WITH_TIMEOUT(test.page.view().pairs.size() >= 3, 30000);
    const ComparisonView full = test.page.view();
    model.setView(full);
    pairs.setView(full);
    filter.setDifferencesOnly(true);
    filter.sort(1, Qt::DescendingOrder);
    ComparisonView fewer = full;
    fewer.rows.resize(3);
    fewer.pairs.clear();
    model.setView(fewer);
    pairs.setView(fewer);
    model.setView(ComparisonView());
    model.setView(full);
    pairs.setView(full);
    // Of 200 items full got the first 190 right and distilled the first 160.
    QStringList discordant;
    for (int row = 0; row < pairs.rowCount(); ++row)
        discordant << pairs.index(row, 6).data().toString();
    QVERIFY2(discordant.contains(QStringLiteral("30 : 0")) || discordant.contains(QStringLiteral("0 : 30")),
             qPrintable(discordant.join(QLatin1Char(' '))));
}

void TestComparePage::survivesClosingWhileComputing()
{
    for (int round = 0; round < 5; ++round) {
        auto test = std::make_unique<PageUnderTest>();
        test->open({model(QStringLiteral("sample-full"), 64), model(QStringLiteral("sample-base"), 32)});
        test->waitForSubjects(2);
        beginBench(*test, 0, 0.04, 0.01, 20);
        QTest::qWait(round * 60);
        test->workspace.close(test->workspace.subjects()[0]->id);
        if (round % 2) {
            QTRY_VERIFY(test->state().contains(QStringLiteral("One model")));
        }
    }
}

void TestComparePage::pictures()
{
    for (const bool dark : {false, true}) {
        QApplication::setPalette(dark ? darkPalette() : lightPalette());
        PageUnderTest test;
        test.open({model(QStringLiteral("sample-full"), 64), model(QStringLiteral("sample-distilled"), 48),
                   model(QStringLiteral("sample-base"), 32)});
        test.waitForSubjects(3);
        measureAll(test);
        QTRY_VERIFY_WITH_TIMEOUT(!test.page.view().pairs.empty(), 30000);
        QTest::qWait(400);
        const QString tag = dark ? QStringLiteral("dark") : QStringLiteral("light");
        QVERIFY(test.page.grab().save(m_pictures.filePath(QStringLiteral("compare-%1.png").arg(tag))));
        QWidget *content = test.page.findChild<QScrollArea *>()->widget();
        QVERIFY(content->grab().save(m_pictures.filePath(QStringLiteral("compare-whole-%1.png").arg(tag))));
    }
    QApplication::setPalette(lightPalette());
}

QTEST_MAIN(TestComparePage)
#include "tst_comparepage.moc"
