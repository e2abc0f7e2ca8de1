// SPDX-License-Identifier: GPL-3.0-or-later
// One truth about memory: the tile, the measuring dialog, the Memory tab and `assay memory` say the same of the same.
#undef QT_NO_CAST_FROM_ASCII // the short texts here are plain
#undef QT_NO_CAST_TO_ASCII
#include "core/base/units.h"
#include "core/model/memoryplan.h"
#include "core/service/translation.h"
#include "tests/cli/runner.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/inspect/facttile.h"
#include "widgets/inspect/inspectpage.h"
#include "widgets/inspect/memorytab.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/measuredialog.h"

#include <QAction>
#include <QComboBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTest>
#include <QTreeView>

using namespace assay;

namespace {

constexpr const char *kProcessor = "Intel Core i9-13900K";

/// The widget of this class and accessible name below another.
template <class Widget> Widget *named(QWidget *parent, const char *name)
{
    for (Widget *widget : parent->findChildren<Widget *>()) {
        if (widget->accessibleName().startsWith(QLatin1String(name)))
            return widget;
    }
    qFatal("there is no %s", name);
    return nullptr;
}

/// What `assay memory` says in all.
MemoryRange commanded(const QStringList &arguments)
{
    const Ran ran = runAssay(QStringList{"memory"} + arguments + QStringList{"--json"});
    if (ran.exitCode != 0)
        qFatal("%s", ran.err.constData());
    const QJsonObject total = QJsonDocument::fromJson(ran.out).object()["total"].toObject();
    return {uint64_t(total["low"].toInteger()), uint64_t(total["high"].toInteger())};
}

/// The Memory tab of the only subject, with its row of the sum.
struct Tab
{
    explicit Tab(MainWindow &window) : page(window.findChild<InspectPage *>())
    {
        page->showTab("memory");
        tab = page->findChild<MemoryTab *>();
        table = named<QTreeView>(tab, "Terms")->model();
    }
    void choose(const char *box, const QString &id) const
    {
        auto *choice = tab->findChild<QComboBox *>(box);
        choice->setCurrentIndex(choice->findData(id));
        QCOMPARE(choice->currentData().toString(), id);
    }
    QStringList total(int role = Qt::DisplayRole) const
    {
        for (int row = 0; row < table->rowCount(); ++row) {
            if (table->index(row, 0).data().toString() == "Total")
                return {table->index(row, 1).data(role).toString(), table->index(row, 2).data(role).toString()};
        }
        return {};
    }
    InspectPage *page;
    MemoryTab *tab;
    QAbstractItemModel *table;
};

} // namespace

class TestMemoryNumbers : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_model = m_folder.filePath("one");

private slots:
    void initTestCase()
    {
        prepareWindowTest();
        makeModel(m_model, 2, 32);
    }

    void tileTabAndCommand_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("runtime");
        QTest::newRow("safetensors") << m_model << "vLLM";
        QTest::newRow("GGUF") << ASSAY_TEST_DATA "/gguf/llama-tiny-q8_0.gguf" << "llama.cpp";
    }
    void tileTabAndCommand()
    {
        QFETCH(QString, path);
        QFETCH(QString, runtime);
        WindowUnderTest test;
        test.window->show();
        test.openAndWait({path});
        const Tab tab(*test.window);
        QTRY_COMPARE(tab.total().size(), 2);
        const MemoryRange said = commanded({path});
        QVERIFY(said.low > 0 && said.low < said.high);
        QCOMPARE(tab.total(), (QStringList{toQString(formatBytes(double(said.low))), toQString(formatBytes(double(said.high)))}));
        const QString low = toQString(groupedDigits(int64_t(said.low))), high = toQString(groupedDigits(int64_t(said.high)));
        QCOMPARE(tab.total(Qt::ToolTipRole), (QStringList{low + " bytes", high + " bytes"}));
        const auto *tile = named<FactTile>(tab.page, "Memory at 8k");
        QCOMPARE(tile->text(), toQString(formatBytes(double(said.high))));
        QVERIFY2(tile->accessibleName().contains(runtime), qPrintable(tile->accessibleName()));
        QVERIFY2(tile->toolTip().contains(low + " - " + high + " bytes"), qPrintable(tile->toolTip()));
    }

    void dialogTabAndCommand_data()
    {
        QTest::addColumn<QString>("dtype"); // as the dialog asks for it
        QTest::addColumn<QString>("weights");
        QTest::addColumn<QString>("cache");
        QTest::newRow("as stored") << "auto" << "bf16" << "f16";
        QTest::newRow("widened") << "f32" << "f32" << "f32";
    }
    void dialogTabAndCommand()
    {
        QFETCH(QString, dtype);
        QFETCH(QString, weights);
        QFETCH(QString, cache);
        WindowUnderTest test;
        test.window->show();
        test.openAndWait({m_model});
        test.window->commands()->action("measure")->trigger();
        auto *dialog = test.window->findChild<MeasureDialog *>();
        QVERIFY(dialog);
        // More than any machine has, so that the dialog must speak.
        named<QLineEdit>(dialog, "Prompt tokens")->setText("1000000");
        named<QLineEdit>(dialog, "Output tokens")->setText("64, 1000000");
        named<QLineEdit>(dialog, "Batch")->setText("4096");
        auto *choice = named<QComboBox>(dialog, "Dtype");
        choice->setCurrentIndex(choice->findData(dtype));
        const MemoryRange said = commanded({m_model, "--runtime", "assay", "--dtype", weights, "--kv-dtype", cache, "--context",
                                            "2000000", "--batch", "4096", "--device", kProcessor});
        const QString warning = "one needs about " + toQString(formatRange(said)) + ".";
        const QList<QLabel *> labels = dialog->findChildren<QLabel *>();
        QVERIFY2(std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->text().endsWith(warning); }),
                 qPrintable(warning));
        dialog->close();

        const Tab tab(*test.window);
        tab.choose("memoryDevice", kProcessor);
        tab.choose("memoryRuntime", "assay");
        tab.choose("memoryWeights", weights);
        tab.choose("memoryCache", cache);
        tab.tab->findChild<QSpinBox *>("memoryContext")->setValue(2'000'000);
        tab.tab->findChild<QSpinBox *>("memoryBatch")->setValue(4096);
        QTRY_COMPARE(tab.total(), (QStringList{toQString(formatBytes(double(said.low))), toQString(formatBytes(double(said.high)))}));
    }
};

QTEST_MAIN(TestMemoryNumbers)
#include "tst_memorynumbers.moc"
