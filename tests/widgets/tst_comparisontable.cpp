// SPDX-License-Identifier: GPL-3.0-or-later
// The table of everything on the comparison's page, and its models.
#include "tests/widgets/comparesupport.h"
#include "widgets/common/tablecopy.h"
#include "widgets/compare/comparisonmodel.h"
#include "widgets/compare/pairmodel.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLineEdit>

using namespace assay;
using namespace comparepages;

class TestComparisonTable : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void columnsFitWhatArrives();
    void tableFilters();
    void tableIsCopied();
    void modelsAreSound();

private:
    QString model(const char *name, int64_t hidden) const { return writeModel(m_folder, QString::fromLatin1(name), hidden); }
    QTemporaryDir m_folder;
};

namespace {

int rowsShown(const QAbstractItemModel &model)
{
    int rows = 0;
    for (int group = 0; group < model.rowCount(); ++group)
        rows += model.rowCount(model.index(group, 0));
    return rows;
}

} // namespace

void TestComparisonTable::initTestCase()
{
    useOwnSettings(m_folder);
    QVERIFY(!writeFamily(m_folder).contains(QString()));
}

void TestComparisonTable::columnsFitWhatArrives()
{
    PageUnderTest test;
    test.open(writeFamily(m_folder));
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

void TestComparisonTable::tableFilters()
{
    PageUnderTest test;
    test.open({model("sample-distilled", 48), model("sample-base", 32)});
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

void TestComparisonTable::tableIsCopied()
{
    PageUnderTest test;
    test.open({model("sample-full", 64), model("sample-base", 32)});
    test.waitForSubjects(2);
    const QString csv = tableText(*test.table(), CopyFormat::Csv);
    QVERIFY2(csv.startsWith(QStringLiteral("What,sample-full,sample-base\n")), qPrintable(csv.left(200)));
    const QString markdown = tableText(*test.table(), CopyFormat::Markdown);
    QVERIFY(markdown.contains(QStringLiteral("| --- | ---: | ---: |")));
    for (const ComparisonRow &row : test.page.view().rows)
        QVERIFY2(markdown.contains(QString::fromStdString(row.label)), row.label.c_str());
}

void TestComparisonTable::modelsAreSound()
{
    PageUnderTest test;
    ComparisonModel model;
    ComparisonFilter filter;
    PairModel pairs;
    filter.setSourceModel(&model);
    QAbstractItemModelTester modelTester(&model), filterTester(&filter), pairTester(&pairs);
    test.open(writeFamily(m_folder));
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

QTEST_MAIN(TestComparisonTable)
#include "tst_comparisontable.moc"
