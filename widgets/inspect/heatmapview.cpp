// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/heatmapview.h"

#include "core/base/units.h"
#include "core/service/translation.h"
#include "widgets/common/theme.h"
#include "widgets/inspect/colorscale.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr int kLegend = 14, kPauseMilliseconds = 120, kMostCells = 1024;
constexpr double kStep = 1.25, kCalmShare = 0.995;

struct Span
{
    uint64_t begin = 0, end = 0;
};

/// A length divided by the factor; at least one less or more, so that zooming never gets stuck.
double zoomed(double length, double factor)
{
    const double wanted = length / factor;
    return factor > 1 ? std::min(wanted, length - 1) : std::max(wanted, length + 1);
}

/// The part of [0, most) that is `length` long and begins near `begin`.
Span fitted(double begin, double length, uint64_t most)
{
    const auto long_ = uint64_t(std::clamp(std::round(length), 1.0, double(most)));
    const auto from = uint64_t(std::clamp(std::round(begin), 0.0, double(most - long_)));
    return {from, from + long_};
}

} // namespace

HeatMapView::HeatMapView(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Picture of the weights"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setCursor(Qt::CrossCursor);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &HeatMapView::regionWanted);
}

void HeatMapView::setMatrix(uint64_t rows, uint64_t columns)
{
    m_rows = rows;
    m_columns = columns;
    m_region = {0, rows, 0, columns};
    m_picture.reset();
    m_image = {};
    m_pause.stop();
    update();
}

void HeatMapView::setPicture(std::shared_ptr<const WeightPicture> picture)
{
    m_picture = std::move(picture);
    redraw();
}

void HeatMapView::setValue(Value value)
{
    m_value = value;
    redraw();
}

const std::vector<float> &HeatMapView::shown() const
{
    switch (m_value) {
    case Least:
        return m_picture->min;
    case Greatest:
        return m_picture->max;
    case RootMeanSquare:
        return m_picture->rms;
    case Mean:
        break;
    }
    return m_picture->mean;
}

/// Nearly all cells are below it: a single outlier must not make all others pale.
double HeatMapView::limit() const
{
    std::vector<float> sizes;
    for (const float value : shown()) {
        if (std::isfinite(value))
            sizes.push_back(std::abs(value));
    }
    if (sizes.empty())
        return 1;
    const auto place = sizes.begin() + std::ptrdiff_t(double(sizes.size() - 1) * kCalmShare);
    std::nth_element(sizes.begin(), place, sizes.end());
    return *place > 0 ? double(*place) : double(*std::max_element(sizes.begin(), sizes.end()));
}

void HeatMapView::redraw()
{
    m_image = {};
    if (m_picture && m_picture->width > 0 && m_picture->height > 0) {
        const std::vector<float> &values = shown();
        m_limit = limit();
        const ColorScale scale(m_limit, palette());
        m_image = QImage(int(m_picture->width), int(m_picture->height), QImage::Format_RGB32);
        for (uint32_t y = 0; y < m_picture->height; ++y) {
            auto *line = reinterpret_cast<QRgb *>(m_image.scanLine(int(y)));
            for (uint32_t x = 0; x < m_picture->width; ++x)
                line[x] = scale(double(values[size_t(y) * m_picture->width + x]));
        }
    }
    setAccessibleDescription(cellText());
    update();
}

QRect HeatMapView::plot() const
{
    return rect().adjusted(1, 1, -1, -kLegend - fontMetrics().height() - 6);
}

QSize HeatMapView::cells() const
{
    return plot().size().boundedTo({kMostCells, kMostCells}).expandedTo({1, 1});
}

QString HeatMapView::cellText() const
{
    if (!m_picture || m_picture->width == 0 || m_picture->height == 0)
        return {};
    const auto each = [](uint64_t length, uint32_t count) {
        const double size = double(length) / double(count);
        return size == std::floor(size) ? QString::number(qulonglong(size)) : toQString(threeDigits(size));
    };
    const WeightRegion &seen = m_picture->region;
    return tr("Each cell = %1 x %2 elements")
        .arg(each(seen.row1 - seen.row0, m_picture->height), each(seen.column1 - seen.column0, m_picture->width));
}

void HeatMapView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect area = plot();
    painter.fillRect(area, palette().color(QPalette::AlternateBase));
    if (!m_image.isNull()) {
        // Where the picture's region lies in the one that is looked at.
        const WeightRegion &seen = m_picture->region;
        const double perColumn = area.width() / double(m_region.column1 - m_region.column0);
        const double perRow = area.height() / double(m_region.row1 - m_region.row0);
        const QRectF target(area.left() + (double(seen.column0) - double(m_region.column0)) * perColumn,
                            area.top() + (double(seen.row0) - double(m_region.row0)) * perRow,
                            double(seen.column1 - seen.column0) * perColumn,
                            double(seen.row1 - seen.row0) * perRow);
        painter.save();
        painter.setClipRect(area);
        painter.drawImage(target, m_image);
        painter.restore();
        paintLegend(painter);
    }
    painter.setPen(hasFocus() ? palette().color(QPalette::Highlight) : lineColor(palette()));
    painter.drawRect(area.adjusted(-1, -1, 0, 0));
}

void HeatMapView::paintLegend(QPainter &painter) const
{
    const QRect area = plot();
    const int text = fontMetrics().height();
    const QRect bar(area.left(), area.bottom() + 5, area.width(), kLegend - 4);
    const ColorScale scale(m_limit, palette());
    for (int x = 0; x < bar.width(); ++x) {
        painter.setPen(QColor(scale((2.0 * x / std::max(bar.width() - 1, 1) - 1) * m_limit)));
        painter.drawLine(bar.left() + x, bar.top(), bar.left() + x, bar.bottom());
    }
    painter.setPen(palette().color(QPalette::WindowText));
    const QRect labels(bar.left(), bar.bottom() + 1, bar.width(), text);
    const QString end = toQString(threeDigits(m_limit));
    painter.drawText(labels, Qt::AlignHCenter, QStringLiteral("0"));
    if (m_limit <= 0)
        return;
    painter.drawText(labels, Qt::AlignLeft, QStringLiteral("\u2264 \u2212") + end);
    painter.drawText(labels, Qt::AlignRight, QStringLiteral("\u2265 ") + end);
}

QString HeatMapView::readoutAt(const QPointF &position) const
{
    const QRectF area = plot();
    if (!m_picture || m_image.isNull() || !area.contains(position))
        return {};
    const WeightRegion &seen = m_picture->region;
    const double column = double(m_region.column0) + (position.x() - area.left()) / area.width() *
                                                         double(m_region.column1 - m_region.column0);
    const double row = double(m_region.row0) +
                       (position.y() - area.top()) / area.height() * double(m_region.row1 - m_region.row0);
    if (row < double(seen.row0) || row >= double(seen.row1) || column < double(seen.column0) ||
        column >= double(seen.column1))
        return {};
    const uint64_t rows = seen.row1 - seen.row0, columns = seen.column1 - seen.column0;
    const auto cellOf = [](double place, uint64_t length, uint32_t count) {
        auto cell = uint64_t(place / double(length) * count);
        while (cell > 0 && double(WeightPicture::cellBegin(cell, count, length)) > place)
            --cell;
        while (cell + 1 < count && double(WeightPicture::cellBegin(cell + 1, count, length)) <= place)
            ++cell;
        return std::min<uint64_t>(cell, count - 1);
    };
    const uint64_t x = cellOf(column - double(seen.column0), columns, m_picture->width);
    const uint64_t y = cellOf(row - double(seen.row0), rows, m_picture->height);
    const auto range = [](uint64_t first, uint64_t cell, uint32_t count, uint64_t length) {
        const uint64_t from = first + WeightPicture::cellBegin(cell, count, length);
        const uint64_t to = first + WeightPicture::cellBegin(cell + 1, count, length) - 1;
        return from == to ? QString::number(from) : QStringLiteral("%1\u2013%2").arg(from).arg(to);
    };
    const size_t cell = size_t(y) * m_picture->width + size_t(x);
    const auto number = [cell](const std::vector<float> &values) { return toQString(threeDigits(double(values[cell]))); };
    QString text = tr("Row %1, column %2: mean %3, min %4, max %5")
                       .arg(range(seen.row0, y, m_picture->height, rows), range(seen.column0, x, m_picture->width, columns),
                            number(m_picture->mean), number(m_picture->min), number(m_picture->max));
    if (m_picture->notFinite[cell] > 0)
        text += tr("; %1 not finite").arg(QLocale().toString(m_picture->notFinite[cell]));
    return text;
}

void HeatMapView::setRegion(const WeightRegion &region)
{
    if (region == m_region)
        return;
    m_region = region;
    update();
    m_pause.start();
}

void HeatMapView::zoom(double factor, const QPointF &around)
{
    if (m_rows == 0 || m_columns == 0)
        return;
    const QRectF area = plot();
    const double u = std::clamp((around.x() - area.left()) / area.width(), 0.0, 1.0);
    const double v = std::clamp((around.y() - area.top()) / area.height(), 0.0, 1.0);
    const double columns = double(m_region.column1 - m_region.column0), rows = double(m_region.row1 - m_region.row0);
    const double wide = zoomed(columns, factor), high = zoomed(rows, factor);
    const Span across = fitted(double(m_region.column0) + u * (columns - wide), wide, m_columns);
    const Span down = fitted(double(m_region.row0) + v * (rows - high), high, m_rows);
    setRegion({down.begin, down.end, across.begin, across.end});
}

void HeatMapView::pan(double columns, double rows)
{
    if (m_rows == 0 || m_columns == 0)
        return;
    const Span across = fitted(double(m_region.column0) + columns, double(m_region.column1 - m_region.column0), m_columns);
    const Span down = fitted(double(m_region.row0) + rows, double(m_region.row1 - m_region.row0), m_rows);
    setRegion({down.begin, down.end, across.begin, across.end});
}

void HeatMapView::reset()
{
    setRegion({0, m_rows, 0, m_columns});
}

void HeatMapView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_rows > 0)
        m_pause.start();
}

void HeatMapView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        redraw();
}

void HeatMapView::wheelEvent(QWheelEvent *event)
{
    zoom(std::pow(kStep, event->angleDelta().y() / 120.0), event->position());
    event->accept();
}

void HeatMapView::mousePressEvent(QMouseEvent *event)
{
    m_grabbed = event->position();
    m_grabbedRegion = m_region;
}

void HeatMapView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton)) {
        emit readoutChanged(readoutAt(event->position()));
        return;
    }
    const QPointF moved = event->position() - m_grabbed;
    const double columns = double(m_grabbedRegion.column1 - m_grabbedRegion.column0);
    const double rows = double(m_grabbedRegion.row1 - m_grabbedRegion.row0);
    m_region = m_grabbedRegion;
    pan(-moved.x() / plot().width() * columns, -moved.y() / plot().height() * rows);
    update();
}

void HeatMapView::mouseDoubleClickEvent(QMouseEvent *)
{
    reset();
}

void HeatMapView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copy = menu->addAction(tr("Copy as picture"));
    copy->setEnabled(m_picture != nullptr);
    connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setImage(grab().toImage()); });
    menu->popup(event->globalPos());
}

void HeatMapView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    emit readoutChanged({});
}

void HeatMapView::keyPressEvent(QKeyEvent *event)
{
    const double columns = double(m_region.column1 - m_region.column0) / 8;
    const double rows = double(m_region.row1 - m_region.row0) / 8;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(kStep, QRectF(plot()).center());
    case Qt::Key_Minus:
        return zoom(1 / kStep, QRectF(plot()).center());
    case Qt::Key_0:
        return reset();
    case Qt::Key_Left:
        return pan(-columns, 0);
    case Qt::Key_Right:
        return pan(columns, 0);
    case Qt::Key_Up:
        return pan(0, -rows);
    case Qt::Key_Down:
        return pan(0, rows);
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace assay
