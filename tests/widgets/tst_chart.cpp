// SPDX-License-Identifier: GPL-3.0-or-later
#include "chartsamples.h"

#include "widgets/chart/chartwidget.h"
#include "widgets/chart/paintchart.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QElapsedTimer>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTest>
#include <QXmlStreamReader>

#include <cmath>
#include <limits>
#include <set>

using namespace assay;

class TestChart : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void drawsEveryKind_data();
    void drawsEveryKind();
    void coloursFollowThePalette();
    void coloursNameTheRoles();
    void readsOut();
    void stacksBarsUnderALine();
    void labelsOfLinesStayInThePlot_data();
    void labelsOfLinesStayInThePlot();
    void cutTextsAreToldWhole();
    void keepsZoomWhileMeasuring();
    void barsStartAtZero();
    void missingOffersToMeasure();
    void copies();
    void svgIsVector_data();
    void svgIsVector();
    void pictureIsOnWhite();
    void hugeChartsAreQuick_data();
    void hugeChartsAreQuick();
    void survivesNonsense();
    void keyboard();

private:
    QString picture(const QString &name) const;
    QDir m_pictures{QStringLiteral(ASSAY_BINARY_DIR "/screenshots")};
};

namespace {

std::unique_ptr<ChartWidget> shown(const ChartSpec &spec, const QSize &size = QSize(480, 360))
{
    auto chart = std::make_unique<ChartWidget>();
    chart->resize(size);
    chart->setSpec(spec);
    chart->show();
    (void)QTest::qWaitForWindowExposed(chart.get());
    QTest::qWait(20); // the queued replot
    return chart;
}

int pixelsNear(const QImage &image, const QColor &color, int tolerance)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count += std::abs(pixel.red() - color.red()) <= tolerance
                     && std::abs(pixel.green() - color.green()) <= tolerance
                     && std::abs(pixel.blue() - color.blue()) <= tolerance;
        }
    }
    return count;
}

/// The read-out somewhere in the chart that contains this text.
QPoint findReadout(const ChartWidget &chart, const QString &text)
{
    for (int y = 0; y < chart.height(); y += 3) {
        for (int x = 0; x < chart.width(); x += 3) {
            if (chart.readoutAt(QPoint(x, y)).contains(text))
                return QPoint(x, y);
        }
    }
    return QPoint(-1, -1);
}

} // namespace

QString TestChart::picture(const QString &name) const
{
    return m_pictures.filePath(QStringLiteral("chart-%1.png").arg(name));
}

void TestChart::initTestCase()
{
    QVERIFY(m_pictures.mkpath(QStringLiteral(".")));
    QApplication::setPalette(lightPalette());
}

void TestChart::drawsEveryKind_data()
{
    QTest::addColumn<ChartSpec>("spec");
    QTest::newRow("bars") << samples::bars();
    QTest::newRow("distribution") << samples::distribution();
    QTest::newRow("lines") << samples::lines();
    QTest::newRow("lines-log") << samples::lines(true);
    QTest::newRow("scatter") << samples::scatter();
    QTest::newRow("chinese") << samples::chinese();
    QTest::newRow("huge-bars") << samples::huge(ChartKind::GroupedBars, 5);
    QTest::newRow("huge-distribution") << samples::huge(ChartKind::Distribution, 10000);
    QTest::newRow("huge-lines") << samples::huge(ChartKind::Lines, 40);
    QTest::newRow("huge-scatter") << samples::huge(ChartKind::Scatter, 1);
}

void TestChart::drawsEveryKind()
{
    QFETCH(ChartSpec, spec);
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    for (const bool dark : {false, true}) {
        QApplication::setPalette(dark ? darkPalette() : lightPalette());
        const auto chart = shown(spec);
        const QImage image = chart->grab().toImage();
        QVERIFY(image.save(picture(tag + (dark ? QStringLiteral("-dark") : QStringLiteral("-light")))));
        for (const ChartSeries &series : spec.series)
            QVERIFY2(pixelsNear(image, roleColor(series.role, series.order), 12) > 5, series.name.c_str());
        QVERIFY(!chart->accessibleName().isEmpty());
        QVERIFY(!chart->accessibleDescription().isEmpty());
    }
    QApplication::setPalette(lightPalette());
    const QImage exported = chartImage(spec, QSize(480, 360), 2);
    QCOMPARE(exported.size(), QSize(960, 720));
    QVERIFY(exported.save(picture(tag + QStringLiteral("-export"))));
}

void TestChart::coloursFollowThePalette()
{
    const auto chart = shown(samples::bars());
    const auto background = [&] { return chart->grab().toImage().pixelColor(2, 2); };
    QCOMPARE(background(), lightPalette().color(QPalette::Base));
    QApplication::setPalette(darkPalette());
    QTest::qWait(30);
    QCOMPARE(background(), darkPalette().color(QPalette::Base));
    // Also inside the plot, which is not the widget's own background.
    QVERIFY(pixelsNear(chart->grab().toImage(), lightPalette().color(QPalette::Base), 0) < 200);
    QApplication::setPalette(lightPalette());
}

void TestChart::coloursNameTheRoles()
{
    // Okabe and Ito, as UI.md fixes them.
    QCOMPARE(roleColor(Role::Base), QColor(0xe6, 0x9f, 0x00));
    QCOMPARE(roleColor(Role::Full), QColor(0x00, 0x72, 0xb2));
    QCOMPARE(roleColor(Role::Distilled), QColor(0x00, 0x9e, 0x73));
}

void TestChart::readsOut()
{
    const auto chart = shown(samples::bars());
    const QPoint place = findReadout(*chart, QStringLiteral("41.20 [38.72, 43.67] ms"));
    QVERIFY(place.x() >= 0);
    const QString text = chart->readoutAt(place);
    QVERIFY2(text.contains(QStringLiteral("sample-full")), qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("time to first token")));
    QVERIFY(text.contains(QStringLiteral("n = 7")));
    QCOMPARE(chart->readoutAt(QPoint(1, 1)), QString());

    const auto lines = shown(samples::lines());
    const QPoint mark = findReadout(*lines, QStringLiteral("sample-base"));
    QVERIFY(mark.x() >= 0);
    QVERIFY(lines->readoutAt(mark).contains(QStringLiteral("n = 50")));
    QVERIFY(lines->readoutAt(mark).contains(QLatin1Char('%')));
}

void TestChart::stacksBarsUnderALine()
{
    ChartSpec spec;
    spec.id = "stack";
    spec.title = "Memory";
    spec.yLabel = "memory (GiB)";
    spec.stacked = true;
    spec.categories = {"low", "high"};
    for (int part = 0; part < 2; ++part) {
        ChartSeries series{part == 0 ? "weights" : "cache", Role::Other, part, {}};
        for (int category = 0; category < 2; ++category) {
            ChartPoint point;
            point.x = category;
            point.base = part * 10.0;
            point.y = point.base + 10 + category;
            point.label = std::to_string(10 + category) + " GiB";
            series.points.push_back(point);
        }
        spec.series.push_back(series);
    }
    const auto without = shown(spec);
    // The second part is on top of the first, in the same place of the axis.
    const auto placeOf = [&](const char *name) {
        for (int y = 0; y < without->height(); y += 2) {
            for (int x = 0; x < without->width(); x += 2) {
                if (without->readoutAt(QPoint(x, y)).startsWith(QLatin1String(name)))
                    return QPoint(x, y);
            }
        }
        return QPoint(-1, -1);
    };
    const QPoint weights = placeOf("weights"), cache = placeOf("cache");
    QVERIFY(weights.x() >= 0 && cache.x() >= 0);
    QVERIFY(cache.y() < weights.y());
    QVERIFY(std::abs(cache.x() - weights.x()) < 20);
    // A line above all bars widens the axis, so the bars become lower.
    spec.lines = {{80, "80 GiB", false}};
    const auto with = shown(spec);
    const QPoint lower = findReadout(*with, QStringLiteral("cache"));
    QVERIFY(lower.y() > cache.y() + 50);
    spec.lines[0].at = 40;
    with->setSpec(spec); // another line is another chart
    QTest::qWait(20);
    QVERIFY(findReadout(*with, QStringLiteral("cache")).y() < lower.y());
    // Not a number anywhere must not stop the drawing.
    spec.lines = {{std::nan(""), "nan", false}, {std::numeric_limits<double>::infinity(), "inf", true}};
    spec.series[0].points[0].base = std::nan("");
    shown(spec);
}

void TestChart::labelsOfLinesStayInThePlot_data()
{
    QTest::addColumn<double>("at");
    QTest::addColumn<QString>("label");
    const QString label = QStringLiteral("questions of 148 characters and more to 175b_verification: 52 %");
    QTest::newRow("left end") << 0.0 << label;
    QTest::newRow("middle") << 0.5 << label;
    QTest::newRow("right end") << 1.0 << label;
    QTest::newRow("wider than the plot") << 0.9 << label + QStringLiteral(", and what is left to ") + label;
}

/// All of its words are drawn, and none beyond the edges: as the vectors have it.
void TestChart::labelsOfLinesStayInThePlot()
{
    QFETCH(double, at);
    QFETCH(QString, label);
    ChartSpec spec;
    spec.kind = ChartKind::Lines;
    spec.title = "t";
    ChartSeries series{"s", Role::Full, 0, {}};
    for (const double x : {0.0, 1.0}) {
        ChartPoint point;
        point.x = x;
        point.y = x;
        series.points.push_back(point);
    }
    spec.series = {series};
    spec.lines = {{at, label.toStdString(), true, "handle"}};
    constexpr int kWidth = 480;
    QXmlStreamReader reader(QByteArray::fromStdString(chartSvg(spec, QSize(kWidth, 360))));
    QString drawn;
    double offset = 0;
    QFont font;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        const QXmlStreamAttributes attributes = reader.attributes();
        if (attributes.hasAttribute(QStringLiteral("transform"))) {
            const QStringList matrix = attributes.value(QStringLiteral("transform")).toString().section(u'(', 1).section(u')', 0, 0).split(u',');
            offset = matrix.size() == 6 ? matrix[4].toDouble() : 0;
        }
        if (reader.name() != QLatin1String("text"))
            continue;
        const double x = attributes.value(QStringLiteral("x")).toDouble() + offset;
        font.setFamily(attributes.value(QStringLiteral("font-family")).toString());
        font.setPixelSize(std::max(1, int(attributes.value(QStringLiteral("font-size")).toDouble())));
        const QString words = reader.readElementText();
        if (words.size() < 8) // ticks
            continue;
        drawn += words.trimmed() + u' ';
        QVERIFY2(x >= 0 && x + 0.9 * QFontMetricsF(font).horizontalAdvance(words) <= kWidth, qPrintable(QStringLiteral("%1: %2").arg(x).arg(words)));
    }
    QCOMPARE(drawn.simplified(), label);
}

/// Every label that has no room somewhere is whole under the pointer; one that has room is not told again.
void TestChart::cutTextsAreToldWhole()
{
    ChartSpec spec;
    spec.kind = ChartKind::GroupedBars;
    spec.stacked = true;
    spec.title = "Memory";
    spec.yLabel = "GiB";
    spec.categories = {"a runtime with a very long name, and a second one behind it, and then a third that no two lines hold", "low"};
    for (int part = 0; part < 2; ++part) {
        ChartSeries series{part == 0 ? "what the allocator holds for itself beside all tensors, in blocks of its own size" : "cache", Role::Other, part, {}};
        for (int category = 0; category < 2; ++category) {
            ChartPoint point;
            point.x = category;
            point.base = part * 10.0;
            point.y = point.base + 10;
            series.points.push_back(point);
        }
        spec.series.push_back(series);
    }
    const std::string device = "a device of 80 GiB, of which the runtime allows itself 90 % and other programs have some gigabytes already: 68 GiB";
    spec.lines = {{40, device, false, {}}};
    auto chart = std::make_unique<ChartWidget>();
    chart->setSpec(spec);
    chart->resize(360, 320);
    chart->show();
    QVERIFY(QTest::qWaitForWindowExposed(chart.get()));
    QTest::qWait(20);
    std::set<std::string> told;
    for (int y = 0; y < chart->height(); y += 2) {
        for (int x = 0; x < chart->width(); x += 4)
            told.insert(chart->cutTextAt(QPoint(x, y)).toStdString());
    }
    told.erase(std::string());
    QCOMPARE(told, (std::set<std::string>{spec.categories[0], spec.series[0].name, device}));
}

void TestChart::keepsZoomWhileMeasuring()
{
    const auto chart = shown(samples::lines());
    QVERIFY(!chart->isZoomed());
    const QPoint mark = findReadout(*chart, QStringLiteral("sample-full"));
    QTest::keyClick(chart.get(), Qt::Key_Plus);
    QTest::keyClick(chart.get(), Qt::Key_Plus);
    QTest::qWait(20);
    QVERIFY(chart->isZoomed());
    const QString before = chart->readoutAt(mark);
    ChartSpec grown = samples::lines();
    grown.series[0].points[0].n = 51;
    chart->setSpec(grown);
    QTest::qWait(20);
    QVERIFY(chart->isZoomed());
    QCOMPARE(chart->readoutAt(mark), before);
    QTest::keyClick(chart.get(), Qt::Key_0);
    QVERIFY(!chart->isZoomed());
    QVERIFY(chart->readoutAt(mark).contains(QStringLiteral("sample-full")));
    // Another chart starts unzoomed.
    QTest::keyClick(chart.get(), Qt::Key_Plus);
    chart->setSpec(samples::scatter());
    QVERIFY(!chart->isZoomed());
}

void TestChart::barsStartAtZero()
{
    // Whatever is zoomed and dragged, the bar's foot stays on the axis: the lowest blue row does not move.
    const auto chart = shown(samples::bars());
    const auto foot = [&] {
        const QImage image = chart->grab().toImage();
        int lowest = 0;
        for (int y = 0; y < image.height() * 3 / 4; ++y) {
            for (int x = 0; x < image.width() / 3; ++x)
                lowest = image.pixelColor(x, y) == roleColor(Role::Full) ? y : lowest;
        }
        return lowest;
    };
    const int before = foot();
    QVERIFY(before > 50);
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(chart.get(), Qt::Key_Plus);
    QTest::qWait(30);
    QVERIFY(std::abs(foot() - before) <= 1);
}

void TestChart::missingOffersToMeasure()
{
    auto chart = std::make_unique<ChartWidget>();
    chart->setOffersMeasuring(true);
    chart->setSpec(samples::missing());
    chart->resize(480, 360);
    chart->show();
    QVERIFY(chart->grab().save(picture(QStringLiteral("missing-light"))));
    QVERIFY(chartImage(samples::missing(), QSize(480, 360), 1).save(picture(QStringLiteral("missing-export"))));
    QVERIFY(chart->accessibleDescription().contains(QStringLiteral("No subject has been asked")));
    auto *button = chart->findChild<QPushButton *>();
    QVERIFY(button && button->isVisible());
    QSignalSpy asked(chart.get(), &ChartWidget::measureRequested);
    button->click();
    QCOMPARE(asked.count(), 1);
    chart->setSpec(samples::bars());
    QVERIFY(!button->isVisible());
}

void TestChart::copies()
{
    const auto chart = shown(samples::bars());
    chart->copyData();
    const QString data = QApplication::clipboard()->text();
    QVERIFY2(data.contains(QStringLiteral("sample-full")) && data.contains(QLatin1Char('\t')), qPrintable(data));
    chart->copyPicture();
    QVERIFY(QApplication::clipboard()->mimeData()->hasImage());
    QVERIFY(QApplication::clipboard()->mimeData()->hasFormat(QStringLiteral("image/svg+xml")));
    const auto menu = chart->contextMenu();
    QVERIFY(menu->actions().size() >= 4);
    QVERIFY(menu->actions().front()->isEnabled());
}

void TestChart::svgIsVector_data()
{
    drawsEveryKind_data();
    QTest::newRow("missing") << samples::missing();
}

void TestChart::svgIsVector()
{
    QFETCH(ChartSpec, spec);
    const QByteArray svg = QByteArray::fromStdString(chartSvg(spec));
    QVERIFY(svg.startsWith("<svg"));
    QVERIFY(!svg.contains("<image"));
    QXmlStreamReader reader(svg);
    QString texts;
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::Characters)
            texts += reader.text();
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY(texts.contains(QString::fromStdString(spec.missing.empty() ? spec.yLabel : spec.missing)));
    QVERIFY(QSvgRenderer(svg).isValid());
    QFile file(m_pictures.filePath(QStringLiteral("chart-%1.svg").arg(QString::fromLatin1(QTest::currentDataTag()))));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(svg) == svg.size());
}

void TestChart::pictureIsOnWhite()
{
    QApplication::setPalette(darkPalette());
    const QImage image = chartImage(samples::bars(), QSize(480, 360), 1.5);
    QApplication::setPalette(lightPalette());
    QCOMPARE(image.size(), QSize(720, 540));
    QCOMPARE(image.pixelColor(0, 0), QColor(Qt::white));
    QVERIFY(pixelsNear(image, Qt::white, 0) > image.width() * image.height() / 2);
}

void TestChart::hugeChartsAreQuick_data()
{
    QTest::addColumn<ChartSpec>("spec");
    QTest::newRow("distribution") << samples::huge(ChartKind::Distribution, 10000);
    QTest::newRow("lines") << samples::huge(ChartKind::Lines, 10000);
    QTest::newRow("scatter") << samples::huge(ChartKind::Scatter, 10000);
}

void TestChart::hugeChartsAreQuick()
{
    // Printed, not judged: a busy machine must not fail the test.
    QFETCH(ChartSpec, spec);
    const auto chart = shown(samples::missing());
    QElapsedTimer clock;
    clock.start();
    chart->setSpec(spec);
    const qint64 set = clock.restart();
    const QImage image = chart->grab().toImage();
    qInfo() << "set" << set << "ms, drawn" << clock.restart() << "ms";
    QTest::qWait(10);
    qInfo() << "replot" << clock.elapsed() << "ms";
    QVERIFY(chart->grab().save(picture(QStringLiteral("10k-") + QString::fromLatin1(QTest::currentDataTag()))));
    // The file stays small: what cannot be told apart is drawn once.
    if (spec.kind == ChartKind::Distribution)
        QVERIFY(chartSvg(spec).size() < 1'000'000);
}

void TestChart::survivesNonsense()
{
    const double nan = std::nan(""), infinite = std::numeric_limits<double>::infinity();
    for (const ChartKind kind : {ChartKind::GroupedBars, ChartKind::Distribution, ChartKind::Lines, ChartKind::Scatter}) {
        ChartSpec spec;
        spec.kind = kind;
        spec.id = "nonsense";
        for (const bool logX : {false, true}) {
            spec.logX = logX;
            for (const auto &[x, y] : std::vector<std::pair<double, double>>{
                     {nan, 1}, {1, nan}, {infinite, 1}, {1, -infinite}, {-5, -1}, {0, 0}, {1e300, 1e300}, {1e-300, 1e-300}}) {
                ChartPoint point;
                point.x = x;
                point.y = y;
                point.low = nan;
                point.high = infinite;
                point.size = nan;
                spec.series = {ChartSeries{"", Role::Other, -1, {point}}, ChartSeries{"empty", Role::Full, 99, {}}};
                const auto chart = shown(spec, QSize(280, 240));
                QVERIFY(!chart->grab().isNull());
                QVERIFY(!chartSvg(spec).empty());
            }
        }
    }
    QVERIFY(!chartImage(samples::bars(), QSize(10, 10), 1).isNull());
    QVERIFY(chartSvg(ChartSpec()).find("<svg") == 0);
}

void TestChart::keyboard()
{
    const auto chart = shown(samples::bars());
    QTest::keyClick(chart.get(), Qt::Key_Right);
    QVERIFY(chart->accessibleDescription().contains(QStringLiteral("sample-full")));
    QTest::keyClick(chart.get(), Qt::Key_Right);
    QTest::keyClick(chart.get(), Qt::Key_Right);
    QTest::keyClick(chart.get(), Qt::Key_Right);
    QVERIFY(chart->accessibleDescription().contains(QStringLiteral("sample-distilled")));
    QTest::keyClick(chart.get(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("sample-base")));
}

QTEST_MAIN(TestChart)
#include "tst_chart.moc"
