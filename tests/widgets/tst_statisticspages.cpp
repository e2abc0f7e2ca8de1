// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics of tensors as a person looks at them: numbers, histogram, norms, the picture of the weights.
#include "core/format/safetensors.h"
#include "tests/widgets/pagesupport.h"
#include "widgets/inspect/alltensors.h"
#include "widgets/inspect/heatmapview.h"
#include "widgets/inspect/profileview.h"
#include "widgets/inspect/statisticsview.h"
#include "widgets/inspect/tensorpanel.h"

#include <QDir>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

using namespace assay;

class TestStatisticsPages : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { prepareWindowTest(); }
    void statisticsOfATensor();
    void statisticsOfAllTensors();
    void heatMapTellsItsCells();
    void heatMapZoomsAroundThePointer();
    void profileIsReadOut();
    void profileZoomsAroundThePointer();

private:
    QTemporaryDir m_folder;
};

void TestStatisticsPages::statisticsOfATensor()
{
    // 4 x 8 values from -1.0 to 1.1 in steps: sums by hand below.
    const std::vector<int64_t> shape{4, 8};
    std::vector<float> values(32);
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = float(int(i) - 16) / 16;
    const QString folder = m_folder.filePath(QStringLiteral("tensor"));
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(writeSafetensors((folder + QStringLiteral("/model.safetensors")).toStdString(),
                             std::vector<TensorToWrite>{
                                 {"a.weight", Dtype::F32, shape, std::as_bytes(std::span(values))}}));
    WindowUnderTest test;
    test.openAndWait({folder});
    auto *panel = showTab<TensorPanel>(test, "layers");
    panel->setTensor(0);
    StatisticsModel *model = panel->findChild<StatisticsModel *>();
    QTRY_VERIFY(model->rowCount() > 0);
    const QStringList lines = modelText(*model, {StatisticsModel::Name, StatisticsModel::Value});
    // -16..15 over 16: mean -0.5/16, the zero once, all different; the rows are -16..-9, -8..-1, 0..7, 8..15.
    for (const char *expected : {"Elements | 32", "Minimum | -1.00", "Maximum | 0.938", "Mean | -0.0313",
                                 "Zeros | 1", "NaN | 0", "Rows of zeros | 0"})
        QVERIFY2(lines.contains(QLatin1String(expected)), qPrintable(lines.join(u'\n')));
    auto *views = panel->findChild<QTabWidget *>();
    views->setCurrentIndex(views->count() - 1);
    auto *picture = panel->findChild<HeatMapView *>();
    QTRY_COMPARE(picture->cellText(), QStringLiteral("Each cell = 1 x 1 elements"));
    QVERIFY(picture->readoutAt({2, 2}).startsWith(QStringLiteral("Row 0, column 0: mean -1")));
}

void TestStatisticsPages::statisticsOfAllTensors()
{
    WindowUnderTest test;
    test.openAndWait({QStringLiteral(ASSAY_TEST_DATA "/gguf/llama-tiny256-q4_k.gguf")});
    auto *panel = showTab<TensorPanel>(test, "layers");
    auto *all = panel->findChild<AllTensors *>();
    buttonOf(all, QStringLiteral("Statistics of all tensors"))->click();
    const auto *model = all->findChild<AllTensorsModel *>();
    const auto tensors = int(test.workspace.subjects()[0]->inspection->directory.checkpoint.tensors.size());
    QTRY_COMPARE(model->rowCount(), tensors);
    for (int row = 0; row < tensors; ++row)
        QVERIFY(model->index(row, AllTensorsModel::Deviation).data().toString() != QStringLiteral("-"));
    // Closing the subject takes its results away without a trace.
    test.workspace.close(test.workspace.subjects()[0]->id);
    QTRY_COMPARE(model->rowCount(), 0);
}

void TestStatisticsPages::heatMapTellsItsCells()
{
    HeatMapView view;
    view.resize(300, 240);
    view.setMatrix(100, 60);
    auto picture = std::make_shared<WeightPicture>();
    picture->region = {0, 100, 0, 60};
    picture->width = 3;
    picture->height = 2;
    picture->mean = {-1, 0, 1, 2, 3, 4};
    picture->min = {-2, -1, 0, 1, 2, 3};
    picture->max = {5, 6, 7, 8, 9, 10};
    picture->rms = {1, 1, 1, 2, 3, 4};
    picture->notFinite = {0, 0, 0, 0, 0, 7};
    view.setPicture(picture);
    QCOMPARE(view.cellText(), QStringLiteral("Each cell = 50 x 20 elements"));
    QCOMPARE(view.readoutAt({10, 10}), QStringLiteral("Row 0\u201349, column 0\u201319: mean -1.00, min -2.00, max 5.00"));
    QCOMPARE(view.readoutAt({290, 190}),
             QStringLiteral("Row 50\u201399, column 40\u201359: mean 4.00, min 3.00, max 10.0; 7 not finite"));
}

void TestStatisticsPages::heatMapZoomsAroundThePointer()
{
    HeatMapView view;
    view.resize(302, 240);
    view.setMatrix(1000, 1000);
    QSignalSpy wanted(&view, &HeatMapView::regionWanted);
    view.zoom(2, {1, 1});
    QCOMPARE(view.region(), (WeightRegion{0, 500, 0, 500})); // the corner under the pointer stays
    QTRY_COMPARE(wanted.size(), 1);
    QTest::keyClick(&view, Qt::Key_Right);
    QVERIFY(view.region().column0 > 0 && view.region().column1 - view.region().column0 == 500);
    for (int i = 0; i < 200; ++i)
        view.zoom(1.25, {150, 100});
    QCOMPARE(view.region().row1 - view.region().row0, uint64_t(1)); // an element is the end
    QTest::keyClick(&view, Qt::Key_0);
    QCOMPARE(view.region(), (WeightRegion{0, 1000, 0, 1000}));
}

void TestStatisticsPages::profileIsReadOut()
{
    Histogram histogram;
    histogram.edges = {-1, 0, 1, 2};
    histogram.counts = {5, 1000, 2};
    ProfileView view;
    view.resize(320, 200);
    view.setProfile(histogramProfile(histogram, false));
    QCOMPARE(view.readout(), QString());
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(view.readout(), QStringLiteral("0 to 1.00: 1,000"));
    QVERIFY(view.copyText().contains(QStringLiteral("-1.00 to 0\t5\n")));
    NormProfile norms;
    norms.count = 5;
    norms.perEntry = 2;
    norms.mean = {1, 2, 3};
    norms.min = norms.max = norms.mean;
    QCOMPARE(normProfile(norms, true).entries.back().name, QStringLiteral("4"));
}

void TestStatisticsPages::profileZoomsAroundThePointer()
{
    Histogram histogram;
    for (int i = 0; i <= 100; ++i)
        histogram.edges.push_back(i);
    histogram.counts.assign(100, 1);
    ProfileView view;
    view.resize(320, 200);
    view.setProfile(histogramProfile(histogram, false));
    view.zoom(0.5, 0.2); // bin 20 stays at a fifth of the width
    QCOMPARE(view.firstShown(), size_t(10));
    QCOMPARE(view.placesShown(), size_t(50));
    QTest::keyClick(&view, Qt::Key_Right); // the first in sight
    QCOMPARE(view.readout(), QStringLiteral("10.0 to 11.0: 1"));
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(&view, Qt::Key_Plus);
    QCOMPARE(view.placesShown(), size_t(8));
    QTest::keyClick(&view, Qt::Key_0);
    QCOMPARE(view.placesShown(), size_t(100));
    view.setProfile({});
    QTest::keyClick(&view, Qt::Key_Plus);
    QCOMPARE(view.placesShown(), size_t(0));
}

QTEST_MAIN(TestStatisticsPages)
#include "tst_statisticspages.moc"
