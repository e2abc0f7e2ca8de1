// SPDX-License-Identifier: GPL-3.0-or-later
// The page of the comparison: what it says, how it follows runs, its charts, reference and dtypes.
#include "tests/widgets/comparesupport.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/common/theme.h"
#include "widgets/compare/chartgrid.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTimer>

#include <ctime>

using namespace assay;
using namespace comparepages;

class TestComparePage : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void saysWhatToDoWithoutSubjects();
    void offersToMeasure();
    void showsTheRuns();
    void followsTheRunsFourTimesASecond();
    void referenceCanBeChosen();
    void dtypesStandBesideEachOther();
    void columnsFollowTheWidth();
    void survivesClosingWhileComputing();
    void pictures();

private:
    QString model(const char *name, int64_t hidden) const { return writeModel(m_folder, QString::fromLatin1(name), hidden); }
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

const ComparisonRow *findRow(const ComparisonView &view, const std::string &id)
{
    for (const ComparisonRow &row : view.rows) {
        if (row.id == id)
            return &row;
    }
    return nullptr;
}

} // namespace

void TestComparePage::initTestCase()
{
    QVERIFY(m_pictures.mkpath(QStringLiteral(".")));
    QApplication::setPalette(lightPalette());
    useOwnSettings(m_folder);
    QVERIFY(!writeFamily(m_folder).contains(QString()));
}

void TestComparePage::saysWhatToDoWithoutSubjects()
{
    PageUnderTest test;
    QVERIFY2(test.state().contains(QStringLiteral("at least two")), qPrintable(test.state()));
    QVERIFY(test.page.grab().save(m_pictures.filePath(QStringLiteral("compare-empty.png"))));
    QSignalSpy asked(&test.page, &ComparePage::openRequested);
    test.page.findChild<StatePage *>()->findChild<QPushButton *>()->click();
    QCOMPARE(asked.count(), 1);
    test.open({model("sample-full", 64)});
    QTRY_VERIFY2(test.state().contains(QStringLiteral("One model")), qPrintable(test.state()));
}

void TestComparePage::offersToMeasure()
{
    PageUnderTest test;
    test.open({model("sample-full", 64), model("sample-base", 32)});
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
    test.open(writeFamily(m_folder));
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
    test.open({model("sample-full", 64), model("sample-base", 32)});
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

void TestComparePage::referenceCanBeChosen()
{
    PageUnderTest test;
    test.open({model("sample-full", 64), model("sample-base", 32)});
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
    test.open({model("full", 128)});
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
    test.open({model("small", 64)});
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

void TestComparePage::columnsFollowTheWidth()
{
    PageUnderTest test;
    test.open({model("sample-full", 64), model("sample-base", 32)});
    test.waitForSubjects(2);
    test.page.resize(1280, 800);
    QTRY_COMPARE(test.page.charts()->columns(), 3);
    test.page.resize(820, 700);
    QTRY_COMPARE(test.page.charts()->columns(), 2);
    test.page.resize(480, 700);
    QTRY_COMPARE(test.page.charts()->columns(), 1);
}

void TestComparePage::survivesClosingWhileComputing()
{
    for (int round = 0; round < 5; ++round) {
        auto test = std::make_unique<PageUnderTest>();
        test->open({model("sample-full", 64), model("sample-base", 32)});
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
        test.open(writeFamily(m_folder));
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
