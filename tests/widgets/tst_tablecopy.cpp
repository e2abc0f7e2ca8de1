// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/windowsupport.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/tablecopy.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QStandardItemModel>
#include <QTest>
#include <QTreeView>

using namespace assay;

class TestTableCopy : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { prepareWindowTest(); }
    void init();
    void csvQuotesAsRfc4180();
    void markdownEscapesBars();
    void copyKeyGivesTsvOfTheSelection();
    void foldedChildrenStayOut();
    void movedAndHiddenColumns();

private:
    std::unique_ptr<QStandardItemModel> m_model;
    std::unique_ptr<QTreeView> m_view;
};

void TestTableCopy::init()
{
    m_model = std::make_unique<QStandardItemModel>();
    m_model->setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Value, unit")});
    m_model->appendRow(
        {new QStandardItem(QStringLiteral("a \"b\"")), new QStandardItem(QStringLiteral("1"))});
    m_model->appendRow({new QStandardItem(QStringLiteral("x|y")), new QStandardItem(QStringLiteral("2"))});
    m_model->item(0)->appendRow(
        {new QStandardItem(QStringLiteral("child")), new QStandardItem(QStringLiteral("3"))});
    m_view.reset(makeTreeView(QStringLiteral("test"), true, nullptr));
    m_view->setModel(m_model.get());
    m_view->resize(400, 300);
    m_view->show();
}

void TestTableCopy::csvQuotesAsRfc4180()
{
    QCOMPARE(tableText(*m_view, CopyFormat::Csv),
             QStringLiteral("Name,\"Value, unit\"\n\"a \"\"b\"\"\",1\nx|y,2\n"));
}

void TestTableCopy::markdownEscapesBars()
{
    m_model->setHeaderData(1, Qt::Horizontal, int(Qt::AlignRight), Qt::TextAlignmentRole);
    QCOMPARE(tableText(*m_view, CopyFormat::Markdown),
             QStringLiteral("| Name | Value, unit |\n| --- | ---: |\n| a \"b\" | 1 |\n| x\\|y | 2 |\n"));
}

void TestTableCopy::copyKeyGivesTsvOfTheSelection()
{
    m_view->selectionModel()->select(m_model->index(1, 0),
                                     QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QTest::keySequence(m_view.get(), QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("Name\tValue, unit\nx|y\t2\n"));
}

void TestTableCopy::foldedChildrenStayOut()
{
    QVERIFY(!tableText(*m_view, CopyFormat::Tsv).contains(QStringLiteral("child")));
    m_view->expandAll();
    QCOMPARE(tableText(*m_view, CopyFormat::Tsv),
             QStringLiteral("Name\tValue, unit\na \"b\"\t1\nchild\t3\nx|y\t2\n"));
}

void TestTableCopy::movedAndHiddenColumns()
{
    m_view->header()->swapSections(0, 1);
    QCOMPARE(tableText(*m_view, CopyFormat::Tsv).section(u'\n', 0, 0), QStringLiteral("Value, unit\tName"));
    m_view->setColumnHidden(0, true);
    QCOMPARE(tableText(*m_view, CopyFormat::Tsv), QStringLiteral("Value, unit\n1\n2\n"));
}

QTEST_MAIN(TestTableCopy)
#include "tst_tablecopy.moc"
