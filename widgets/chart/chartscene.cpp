// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/chartscene.h"

#include "widgets/chart/linelabels.h"
#include "widgets/chart/marklabels.h"
#include "widgets/chart/tickers.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay {
namespace {

constexpr int kLegendIcon = 18;
constexpr double kAroundPlot = 5; ///< lines of text beside the plot: labels of the y axis, margins
constexpr double kBelowPlot = 3.5; ///< lines below and above the plot: ticks and label of the x axis, margins
constexpr double kLabelRoom = 1.08; ///< above a line, for its label
constexpr double kVerdictRoom = 0.35; ///< of the width, for words beside intervals
constexpr int kLongestName = 34; ///< characters of a name in the legend

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

/// Chinese has no spaces: it may be broken anywhere, best behind a comma or before a parenthesis. 0: it is not Chinese.
qsizetype chineseBreak(const QString &label, const QFontMetrics &metrics, int width)
{
    static const QString before = QStringLiteral("\uff08"), behind = QStringLiteral("\uff0c\uff1a\uff1b\u3001/");
    qsizetype best = 0, last = 0;
    for (qsizetype end = 1; end < label.size() && metrics.horizontalAdvance(label.left(end)) <= width; ++end) {
        const bool chinese = label[end].unicode() > 0x2e80 || label[end - 1].unicode() > 0x2e80;
        if (before.contains(label[end]) || (chinese && behind.contains(label[end - 1])))
            best = end;
        if (chinese)
            last = end;
    }
    return best > 0 ? best : last;
}

/// At most two lines that fit into the width; what is too long is cut.
QString wrapped(const QString &label, const QFontMetrics &metrics, int width)
{
    if (metrics.horizontalAdvance(label) <= width)
        return label;
    QString first, rest = label;
    for (qsizetype space = label.indexOf(u' '); space >= 0; space = label.indexOf(u' ', space + 1)) {
        if (!first.isEmpty() && metrics.horizontalAdvance(label.left(space)) > width)
            break;
        first = label.left(space);
        rest = label.mid(space + 1);
    }
    if (const qsizetype end = first.isEmpty() ? chineseBreak(label, metrics, width) : 0; end > 0) {
        first = label.left(end);
        rest = label.mid(end);
    }
    const QString last = metrics.elidedText(rest, Qt::ElideRight, width);
    return first.isEmpty() ? last : metrics.elidedText(first, Qt::ElideRight, width) + u'\n' + last;
}

} // namespace

ChartScene::ChartScene(QCustomPlot *plot) : m_plot(plot)
{
    plot->plotLayout()->setRowSpacing(2);
    plot->axisRect()->insetLayout()->take(plot->legend);
    plot->plotLayout()->addElement(1, 0, plot->legend);
    plot->plotLayout()->setRowStretchFactor(1, 0.001);
    plot->legend->setLayer(QStringLiteral("legend"));
    plot->legend->setFillOrder(QCPLegend::foColumnsFirst);
    plot->legend->setBorderPen(Qt::NoPen);
    plot->legend->setBrush(Qt::NoBrush);
    plot->legend->setIconBorderPen(Qt::NoPen);
    plot->legend->setIconSize(kLegendIcon + 8, kLegendIcon - 4);
    plot->legend->setMargins(QMargins(4, 2, 4, 4));
    plot->legend->setRowSpacing(2);
    plot->legend->setColumnSpacing(12);
    plot->xAxis->grid()->setZeroLinePen(Qt::NoPen);
    plot->setNoAntialiasingOnDrag(true);
    plot->setAutoAddPlottableToLegend(false);
    plot->axisRect()->setMinimumMargins(QMargins(8, 8, 12, 4));
}

void ChartScene::build(const ChartSpec &spec, const ChartStyle &style, bool keepRange)
{
    m_spec = spec;
    m_style = style;
    m_plot->clearPlottables();
    m_plot->clearItems();
    m_plot->legend->clear();
    m_series.clear();
    setColors();
    setAxes();
    addSeries();
    addLines();
    findRanges();
    if (hasMarks() && m_spec.kind == ChartKind::Lines)
        new MarkLabels(m_plot, m_series, m_style); // owned by the plot
    if (!keepRange)
        showAll();
}

void ChartScene::setColors()
{
    m_plot->setBackground(QBrush(m_style.background));
    m_plot->legend->setFont(scaledFont(m_style.font, 0.95));
    m_plot->legend->setTextColor(m_style.text);
    const QPen line(m_style.muted, 1), grid(m_style.grid, 1);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setBasePen(line);
        axis->setTickPen(line);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(m_style.text);
        axis->setLabelColor(m_style.text);
        axis->setTickLabelFont(scaledFont(m_style.font, 0.9));
        axis->setLabelFont(scaledFont(m_style.font, 0.95));
        axis->setLabelPadding(4);
        axis->grid()->setPen(grid);
    }
    m_plot->yAxis->grid()->setZeroLinePen(grid);
}

void ChartScene::setAxes()
{
    const bool matrix = m_spec.kind == ChartKind::Matrix, bars = hasBars(m_spec.kind) || matrix;
    const bool named = matrix || m_spec.kind == ChartKind::Forest; // what stands along y
    QCPAxis *x = m_plot->xAxis, *y = m_plot->yAxis;
    x->setLabel(text(m_spec.xLabel));
    y->setLabel(text(m_spec.yLabel));
    x->setSubTicks(false);
    y->setSubTicks(false);
    x->grid()->setVisible(!bars);
    x->setTickLength(0, bars ? 0 : 4);
    const bool logX = m_spec.logX && !bars;
    x->setScaleType(logX ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_categoryTicker.reset();
    m_rowTicker.reset();
    if (bars) {
        m_categoryTicker.reset(new QCPAxisTickerText);
        x->setTicker(m_categoryTicker);
    } else if (logX) {
        x->setTicker(QSharedPointer<LogTicker>::create());
    } else {
        x->setTicker(QSharedPointer<ValueTicker>::create());
    }
    y->setRangeReversed(named);
    y->setTickLength(0, named ? 0 : 4);
    y->grid()->setVisible(!named);
    if (named) {
        m_rowTicker.reset(new QCPAxisTickerText);
        y->setTicker(m_rowTicker);
        return;
    }
    auto ticker = QSharedPointer<ValueTicker>::create();
    ticker->setPercent(m_spec.percent);
    y->setTicker(ticker);
}

void ChartScene::addSeries()
{
    SeriesPlot::Frame frame;
    frame.kind = m_spec.kind;
    frame.count = m_spec.series.size();
    frame.categories = m_spec.categories.size();
    frame.percent = m_spec.percent;
    frame.stacked = m_spec.stacked;
    for (const ChartLine &line : m_spec.lines) {
        if (line.vertical)
            frame.lines.push_back(line.at);
    }
    if (m_spec.percent && m_spec.kind == ChartKind::Matrix && !m_spec.diverging)
        frame.largestValue = 1; // shares of two matrices have the same tints
    for (const ChartSeries &series : m_spec.series) {
        for (const ChartPoint &point : series.points) {
            frame.largestSize = std::max(frame.largestSize, std::isfinite(point.size) ? point.size : 0);
            frame.largestValue = std::max(frame.largestValue, std::isfinite(point.value) ? std::abs(point.value) : 0);
        }
    }
    for (const ChartSeries &series : m_spec.series) {
        auto *plottable = new SeriesPlot(m_plot->xAxis, m_plot->yAxis, series, frame, m_style);
        m_series.push_back(plottable);
        ++frame.index;
        if (m_spec.series.size() > 1)
            plottable->addToLegend();
    }
    showLegend(m_spec.series.size() > 1);
}

/// A legend without entries is taken out of the layout: as narrow as nothing, it would make the plot so, too.
void ChartScene::showLegend(bool shown)
{
    QCPLayoutGrid *layout = m_plot->plotLayout();
    if (shown && !layout->hasElement(1, 0))
        layout->addElement(1, 0, m_plot->legend);
    else if (!shown && layout->hasElement(1, 0))
        layout->take(m_plot->legend);
    m_plot->legend->setVisible(shown);
}

void ChartScene::addLines()
{
    m_lineLabels.clear();
    std::vector<LineLabels::Line> vertical;
    for (const ChartLine &line : m_spec.lines) {
        if (!std::isfinite(line.at))
            continue;
        auto *stroke = new QCPItemStraightLine(m_plot);
        stroke->point1->setCoords(line.vertical ? line.at : 0, line.vertical ? 0 : line.at);
        stroke->point2->setCoords(line.vertical ? line.at : 1, line.vertical ? 1 : line.at);
        stroke->setPen(QPen(m_style.text, 1.4, line.vertical ? Qt::DotLine : Qt::DashLine));
        if (line.vertical)
            vertical.push_back({line.at, text(line.label)});
        else
            addLineLabel(line);
    }
    if (!vertical.empty())
        new LineLabels(m_plot, std::move(vertical), m_style); // owned by the plot
}

/// Of a horizontal line, at its left end.
void ChartScene::addLineLabel(const ChartLine &line)
{
    auto *label = new QCPItemText(m_plot);
    label->setText(text(line.label));
    label->setFont(scaledFont(m_style.font, 0.85));
    label->setColor(m_style.text);
    label->setBrush(m_style.background);
    label->setPadding(QMargins(3, 0, 3, 0));
    label->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    label->position->setTypeY(QCPItemPosition::ptPlotCoords);
    label->position->setCoords(0.01, line.at);
    label->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    m_lineLabels.emplace_back(label, label->text());
}

void ChartScene::findRanges()
{
    const bool bars = hasBars(m_spec.kind);
    QCPRange x, y;
    bool any = false;
    for (const SeriesPlot *series : m_series) {
        bool found = false;
        const QCPRange keys = series->getKeyRange(found);
        if (!found)
            continue;
        const QCPRange values = series->getValueRange(found);
        x = any ? x.expanded(keys) : keys;
        y = any ? y.expanded(values) : values;
        any = true;
    }
    for (const ChartLine &line : m_spec.lines) {
        if (any && !line.vertical && std::isfinite(line.at))
            y.expand(line.at * kLabelRoom);
        // What a forest's intervals are read against is seen, however far off; elsewhere what can be dragged is.
        if (any && line.vertical && (!line.handle.empty() || m_spec.kind == ChartKind::Forest) && std::isfinite(line.at))
            x.expand(line.at);
    }
    if (!any)
        x = y = QCPRange(m_spec.logX ? 1 : 0, m_spec.logX ? 10 : 1);
    // Everything shown here is at least 0: times, bytes, rates. Starting there keeps lengths comparable.
    // The headroom is for values above bars and for large markers.
    const double headroom = bars || m_spec.kind == ChartKind::Scatter || hasMarks() ? 1.14 : 1.04;
    m_fullY = QCPRange(std::min(0.0, y.lower), y.upper > 0 ? y.upper * headroom : 1);
    if (m_spec.yMaximum || m_spec.kind == ChartKind::Distribution)
        m_fullY.upper = m_spec.yMaximum.value_or(1) * headroom;
    if (m_spec.kind == ChartKind::Forest) {
        const double margin = std::max(0.06 * x.expanded(QCPRange(0, 0)).size(), 0.1);
        m_fullX = QCPRange(std::min(x.lower, 0.0) - margin, std::max(x.upper, 0.0) + margin);
        if (hasMarks())
            m_fullX.upper += kVerdictRoom * m_fullX.size();
        m_fullY = QCPRange(-0.7, std::max(1.0, double(m_spec.categories.size())) - 0.3);
    } else if (m_spec.kind == ChartKind::Matrix) {
        m_fullX = QCPRange(-0.5, std::max(1.0, double(m_spec.categories.size())) - 0.5);
        m_fullY = QCPRange(-0.5, std::max(1.0, double(m_spec.rows.size())) - 0.5);
    } else if (bars) {
        m_fullX = QCPRange(-0.5, std::max(1.0, double(m_spec.categories.size())) - 0.5);
    } else if (m_spec.logX) {
        const double margin = std::max(std::pow(x.upper / x.lower, 0.04), 1.1);
        m_fullX = QCPRange(x.lower / margin, x.upper * margin);
    } else {
        const double margin = x.size() > 0 ? x.size() * 0.05 : std::max(std::abs(x.upper) * 0.1, 0.5);
        m_fullX = QCPRange(x.lower - margin, x.upper + margin);
        // Along a quantity 0 is worth seeing when it is near; scatter plots compare ratios and always have it.
        if (x.lower >= 0 && m_spec.kind == ChartKind::Scatter)
            m_fullX = QCPRange(0, x.upper > 0 ? x.upper * 1.16 : 1);
        else if (x.lower >= 0 && m_spec.kind == ChartKind::Distribution)
            m_fullX.lower = std::max(0.0, m_fullX.lower);
    }
}

bool ChartScene::hasMarks() const
{
    return std::any_of(m_spec.series.begin(), m_spec.series.end(), [](const ChartSeries &series) {
        return std::any_of(series.points.begin(), series.points.end(), [](const ChartPoint &point) { return !point.mark.empty(); });
    });
}

const ChartLine *ChartScene::handleAt(const QPointF &position, double reach) const
{
    for (const ChartLine &line : m_spec.lines) {
        const double at = line.vertical ? m_plot->xAxis->coordToPixel(line.at) : m_plot->yAxis->coordToPixel(line.at);
        if (!line.handle.empty() && std::abs(at - (line.vertical ? position.x() : position.y())) <= reach)
            return &line;
    }
    return nullptr;
}

double ChartScene::lineValue(const ChartLine &line, const QPointF &position) const
{
    return line.vertical ? m_plot->xAxis->pixelToCoord(position.x()) : m_plot->yAxis->pixelToCoord(position.y());
}

void ChartScene::showAll()
{
    m_plot->xAxis->setRange(m_fullX);
    m_plot->yAxis->setRange(m_fullY);
}

void ChartScene::limitRange()
{
    QCPRange x = m_plot->xAxis->range(), y = m_plot->yAxis->range();
    if (hasBars(m_spec.kind)) {
        y = QCPRange(m_fullY.lower, m_fullY.lower + std::min(y.size(), 4 * m_fullY.size()));
        x = x.bounded(m_fullX.lower, m_fullX.upper);
    } else {
        y = y.bounded(m_fullY.lower, std::max(m_fullY.upper, m_fullY.lower + 1e-300));
        const double span = m_fullX.size();
        x = m_spec.logX ? x.bounded(m_fullX.lower / 10, m_fullX.upper * 10)
                        : x.bounded(m_fullX.lower - span, m_fullX.upper + span);
    }
    m_plot->xAxis->setRange(x);
    m_plot->yAxis->setRange(y);
}

void ChartScene::fit(const QSize &size)
{
    const int legend = fitLegend(size);
    fitCategories(size.width());
    fitTicks(size.width());
    fitLineLabels(size.width());
    // Two lines where the axis is shorter than what is said of it.
    const QFontMetrics metrics(m_plot->yAxis->labelFont());
    const int axis = size.height() - legend - int(kBelowPlot * metrics.height());
    m_plot->yAxis->setLabel(wrapped(text(m_spec.yLabel), metrics, std::max(axis, 40)));
}

/// Fewer ticks where their labels would run into each other.
void ChartScene::fitTicks(int width)
{
    if (m_categoryTicker || m_spec.logX)
        return;
    const QFontMetrics metrics(m_plot->xAxis->tickLabelFont());
    const int label = std::max(metrics.horizontalAdvance(plainTick(std::round(m_fullX.upper))), metrics.averageCharWidth() * 4);
    const int axis = width - int(kAroundPlot * metrics.height());
    m_plot->xAxis->ticker()->setTickCount(std::clamp(2 * axis / (3 * label), 2, 5));
}

void ChartScene::fitLineLabels(int width)
{
    for (const auto &[label, whole] : m_lineLabels) {
        const QFontMetrics metrics(label->font());
        label->setText(metrics.elidedText(whole, Qt::ElideRight, std::max(width - int(kAroundPlot * metrics.height()), 60)));
    }
}

int ChartScene::fitLegend(const QSize &size)
{
    QCPLegend *legend = m_plot->legend;
    if (!legend->visible())
        return 0;
    const QFontMetrics metrics(legend->font());
    const int longest = kLongestName * metrics.averageCharWidth();
    const int around = legend->iconSize().width() + legend->iconTextPadding() + legend->columnSpacing();
    std::vector<int> widths;
    for (SeriesPlot *series : m_series)
        widths.push_back(around + std::min(longest, metrics.horizontalAdvance(series->fullName()) + 2));
    const int count = int(m_series.size()), width = size.width() - 16;
    const auto needed = [&](int columns) {
        std::vector<int> widest(size_t(columns), 0);
        for (int i = 0; i < count; ++i)
            widest[size_t(i % columns)] = std::max(widest[size_t(i % columns)], widths[size_t(i)]);
        return std::accumulate(widest.begin(), widest.end(), 0);
    };
    int columns = count;
    while (columns > 1 && needed(columns) > width)
        --columns;
    // More columns, with names cut, before the legend takes more than a third of the height.
    const int rowHeight = std::max(metrics.height(), legend->iconSize().height()) + legend->rowSpacing();
    const int mostRows = std::max(1, size.height() / 3 / rowHeight);
    columns = std::clamp((count + mostRows - 1) / mostRows, columns, count);
    const bool fits = needed(columns) <= width;
    const int room = std::max(width / columns - around, 3 * metrics.averageCharWidth());
    for (SeriesPlot *series : m_series)
        series->setName(metrics.elidedText(series->fullName(), Qt::ElideMiddle, fits ? longest : room));
    legend->setWrap(columns);
    legend->setFillOrder(QCPLegend::foColumnsFirst, true); // arranges them anew
    return (count + columns - 1) / columns * rowHeight;
}

void ChartScene::fitCategories(int width)
{
    const QFontMetrics metrics(m_plot->xAxis->tickLabelFont());
    if (m_rowTicker) {
        const auto &names = m_spec.kind == ChartKind::Forest ? m_spec.categories : m_spec.rows;
        m_rowTicker->clear();
        for (size_t i = 0; i < names.size(); ++i)
            m_rowTicker->addTick(double(i), metrics.elidedText(text(names[i]), Qt::ElideRight, width * 2 / 5));
    }
    if (!m_categoryTicker)
        return;
    const int categories = std::max(1, int(m_spec.categories.size()));
    const int apart = metrics.averageCharWidth() * (categories > 2 ? 1 : 2);
    const int room = std::max(metrics.averageCharWidth() * 3, (width - int(kAroundPlot * metrics.height())) / categories - apart);
    m_categoryTicker->clear();
    for (size_t i = 0; i < m_spec.categories.size(); ++i)
        m_categoryTicker->addTick(double(i), wrapped(text(m_spec.categories[i]), metrics, room));
}

std::optional<ChartScene::Hit> ChartScene::hit(const QPointF &position, double reach) const
{
    std::optional<Hit> best;
    for (size_t i = 0; i < m_series.size(); ++i) {
        const auto mark = m_series[i]->nearest(position);
        if (mark && mark->distance <= reach && (!best || mark->distance < best->mark.distance))
            best = Hit{i, *mark};
    }
    return best;
}

} // namespace assay
