// SPDX-License-Identifier: GPL-3.0-or-later
// The Layers page: what it shows, asks for in the background, tells and copies.
#include "widgets/inspect/layermodel.h"
#include "widgets/inspect/layerstab.h"
#include "widgets/inspect/tensortable.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>
#include <QtTest>

using namespace assay;

namespace {

/// So many tensors that no two fold, in two files; every third one F32.
std::shared_ptr<const Inspection> differentTensors(int count)
{
    auto inspection = std::make_shared<Inspection>();
    Checkpoint &checkpoint = inspection->directory.checkpoint;
    checkpoint.files.emplace_back().name = "one";
    checkpoint.files.emplace_back().name = "two, last";
    for (int i = 0; i < count; ++i) {
        TensorRecord tensor;
        tensor.name = checkpoint.arena->text("t_" + std::to_string(i) + "_w");
        tensor.dtype = i % 3 ? Dtype::BF16 : Dtype::F32;
        tensor.dtypeText = dtypeName(tensor.dtype);
        const std::vector<int64_t> shape{1 + i, 2};
        tensor.shape = checkpoint.arena->numbers(shape);
        tensor.elements = uint64_t(2 * (1 + i));
        tensor.bytes = tensor.elements * (i % 3 ? 2 : 4);
        tensor.offset = uint64_t(1000 + i);
        tensor.file = uint32_t(i % 2);
        checkpoint.tensors.push_back(tensor);
    }
    inspection->tree = buildLayerTree(checkpoint);
    return inspection;
}

/// A page with what a test needs of it.
struct Page
{
    LayersTab tab;
    QTreeView *view = tab.findChild<QTreeView *>();
    QLineEdit *field = tab.findChild<QLineEdit *>();
    LayerModel *model = qobject_cast<LayerModel *>(view->model());

    explicit Page(const std::shared_ptr<const Inspection> &inspection)
    {
        tab.resize(900, 600);
        tab.show();
        tab.setInspection(inspection);
    }
    QString first(int column = LayerModel::Name) const
    {
        return model->index(0, column).data().toString();
    }
};

} // namespace

class TestLayersTab : public QObject
{
    Q_OBJECT

    QTemporaryDir m_settings;

private slots:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    }

    void tooManyRowsStandInRanges()
    {
        const int count = int(LayerView::kMostChildren) * 2 + 1;
        LayerModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setView(LayerView::make(differentTensors(count), {}));
        QCOMPARE(model.rowCount(), 3);
        const QModelIndex middle = model.index(1, 0), last = model.index(2, 0);
        QCOMPARE(model.rowCount(middle), int(LayerView::kMostChildren));
        QCOMPARE(model.rowCount(last), 1);
        QCOMPARE(middle.data().toString(), QStringLiteral("t_5000_w ... t_9999_w"));
        QCOMPARE(model.index(0, 0, last).data().toString(), QStringLiteral("t_10000_w"));
        QCOMPARE(model.tensorIndexAt(model.index(0, 0, last)), 10000);
        QCOMPARE(model.tensorIndexAt(middle), -1);
        QCOMPARE(model.indexOfTensor(7000), model.index(2000, 0, middle));
        QVERIFY(!model.indexOfTensor(count).isValid());
        // 2 x (1 + 2 + ... + 5000) elements in the first range.
        QCOMPARE(model.index(0, LayerModel::Parameters).data(Qt::ToolTipRole).toString(), QStringLiteral("25,005,000"));
    }

    void sortsByEveryColumn_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("descending");
        QTest::addColumn<QString>("first");
        // Tensor i has 2 (i + 1) elements, of 4 bytes where 3 divides i, else of 2.
        QTest::newRow("natural order of names") << int(LayerModel::Name) << false << "t_0_w";
        QTest::newRow("names backwards") << int(LayerModel::Name) << true << "t_11_w";
        QTest::newRow("shape") << int(LayerModel::Shape) << true << "t_11_w";
        QTest::newRow("dtype") << int(LayerModel::Type) << false << "t_1_w";
        QTest::newRow("parameters") << int(LayerModel::Parameters) << true << "t_11_w";
        QTest::newRow("bytes") << int(LayerModel::Bytes) << true << "t_9_w"; // 80 bytes; the 11th has 48
        QTest::newRow("share") << int(LayerModel::Share) << true << "t_9_w";
        QTest::newRow("file") << int(LayerModel::File) << true << "t_11_w";
        QTest::newRow("offset") << int(LayerModel::Offset) << true << "t_11_w";
        QTest::newRow("bits") << int(LayerModel::BitsPerWeight) << false << "t_1_w";
    }
    void sortsByEveryColumn()
    {
        QFETCH(int, column);
        QFETCH(bool, descending);
        QFETCH(QString, first);
        Page page(differentTensors(12));
        page.view->header()->setSortIndicator(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
        QCOMPARE(page.first(), first);
    }

    void filtersInTheBackgroundAndKeepsTheLastAnswer()
    {
        Page page(differentTensors(20'000));
        QTRY_COMPARE(page.model->totalTensors(), uint64_t(20'000));
        // Of two questions at once only the last one is answered.
        page.field->setText(QStringLiteral("t_1*"));
        QTest::keyClick(page.field, Qt::Key_Return);
        page.field->setText(QStringLiteral("dtype:f32 shape:[19999,*]"));
        QTest::keyClick(page.field, Qt::Key_Return);
        QTRY_COMPARE(page.model->shownTensors(), uint64_t(1));
        QCOMPARE(page.first(), QStringLiteral("t_19998_w"));
        QTest::qWait(50);
        QCOMPARE(page.model->shownTensors(), uint64_t(1));
        // A question that cannot be understood is told, and what was shown stays.
        page.field->setText(QStringLiteral("colour:red"));
        QTest::keyClick(page.field, Qt::Key_Return);
        const auto *problem = page.tab.findChild<QLabel *>(QStringLiteral("problem"));
        QVERIFY(problem->isVisible());
        QCOMPARE(problem->toolTip(), QStringLiteral("colour:red: known are name, file, dtype, role, shape, bytes and params"));
        QCOMPARE(page.model->shownTensors(), uint64_t(1));
        page.field->clear();
        QTest::keyClick(page.field, Qt::Key_Return);
        QVERIFY(!problem->isVisible());
        QTRY_COMPARE(page.model->shownTensors(), uint64_t(20'000));
    }

    void tellsTheCurrentTensorAndKeepsIt()
    {
        Page page(differentTensors(12));
        QSignalSpy spy(&page.tab, &LayersTab::currentTensorChanged);
        page.view->setCurrentIndex(page.model->index(4, 0));
        QCOMPARE(spy.takeFirst().first().toLongLong(), 4);
        page.view->header()->setSortIndicator(LayerModel::Bytes, Qt::DescendingOrder);
        QCOMPARE(page.model->tensorIndexAt(page.view->currentIndex()), 4);
        QVERIFY(spy.isEmpty());
        page.field->setText(QStringLiteral("t_7"));
        QTest::keyClick(page.field, Qt::Key_Return);
        QCOMPARE(spy.takeFirst().first().toLongLong(), -1);
        page.view->setCurrentIndex(page.model->index(0, 0));
        QCOMPARE(spy.takeFirst().first().toLongLong(), 7); // of all tensors, not of those that match
        page.tab.setInspection(differentTensors(3));
        QCOMPARE(spy.takeFirst().first().toLongLong(), -1);
    }

    void columnsAreChosenAndRemembered()
    {
        const auto toggle = [](Page &page, const QString &title) {
            for (QToolButton *button : page.tab.findChildren<QToolButton *>()) {
                if (button->text() != QStringLiteral("Columns"))
                    continue;
                emit button->menu()->aboutToShow();
                for (QAction *action : button->menu()->actions()) {
                    if (action->text() == title)
                        action->trigger();
                }
            }
        };
        {
            Page page(differentTensors(3));
            QVERIFY(page.view->isColumnHidden(LayerModel::File) && !page.view->isColumnHidden(LayerModel::Share));
            toggle(page, QStringLiteral("File"));
            toggle(page, QStringLiteral("Share"));
            toggle(page, QStringLiteral("Role"));
            QCOMPARE(page.first(LayerModel::File), QStringLiteral("one"));
            QCOMPARE(page.first(LayerModel::Role), QStringLiteral("weight"));
            QCOMPARE(page.first(LayerModel::Offset), QStringLiteral("1,000"));
            QCOMPARE(page.first(LayerModel::BitsPerWeight), QStringLiteral("32.0"));
        }
        Page again(differentTensors(3));
        QVERIFY(!again.view->isColumnHidden(LayerModel::File) && again.view->isColumnHidden(LayerModel::Share));
        QVERIFY(!again.view->isColumnHidden(LayerModel::Role) && again.view->isColumnHidden(LayerModel::Offset));
    }

    void copiesAllThatMatch()
    {
        LayerRequest request;
        request.query = parseTensorQuery("dtype:f32 -t_0").value();
        const auto view = LayerView::make(differentTensors(6), request);
        QCOMPARE(tensorTable(*view, CopyFormat::Csv),
                 QStringLiteral("Name,Dtype,Shape,Parameters,Bytes,Role,File,Offset\n"
                                "t_3_w,F32,4 x 2,8,32,weight,\"two, last\",1003\n"));
        QCOMPARE(tensorTable(*view, CopyFormat::Markdown).split(u'\n').at(1),
                 QStringLiteral("| --- | --- | --- | ---: | ---: | --- | --- | ---: |"));
        QCOMPARE(tensorTable(*LayerView::make(differentTensors(6), {}), CopyFormat::Tsv).count(u'\n'), 7);
    }

    void aLargeTableIsCopiedBitByBit()
    {
        Page page(differentTensors(4999));
        QCOMPARE(page.model->rowCount(), 4999);
        QGuiApplication::clipboard()->setText(QStringLiteral("before"));
        page.view->setFocus();
        QTest::keyClick(page.view, Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(QGuiApplication::clipboard()->text() != QStringLiteral("before"));
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 5000);
    }

    void nothingIsWorkedOnForATabThatIsGone()
    {
        auto page = std::make_unique<Page>(differentTensors(20'000));
        page->field->setText(QStringLiteral("t_*9*9*w"));
        QTest::keyClick(page->field, Qt::Key_Return);
        page.reset();
        QTest::qWait(100);
    }
};

QTEST_MAIN(TestLayersTab)
#include "tst_layerstab.moc"
