// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/architecturedrawing.h"

#include "widgets/common/svgicon.h"
#include "widgets/common/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace assay {
namespace {

constexpr double kGap = 16, kBoxGap = 6, kFrame = 6, kPadding = 5;
constexpr int kLines = 4; ///< of sizes that have room

/// The Okabe-Ito colour of a part, thinned with the paper.
QColor fillOf(SketchPart part, const QPalette &palette)
{
    const QColor paper = palette.color(QPalette::Base);
    const double thin = isDark(palette) ? 0.68 : 0.78;
    switch (part) {
    case SketchPart::Table:
        return mixedColor(roleColor(Role::Full), paper, thin);
    case SketchPart::Attention:
        return mixedColor(roleColor(Role::Distilled), paper, thin);
    case SketchPart::FeedForward:
        return mixedColor(roleColor(Role::Base), paper, thin);
    case SketchPart::Norm:
    case SketchPart::Other:
        return mixedColor(mutedColor(palette), paper, 0.85);
    }
    return paper;
}

} // namespace

ArchitectureDrawing::ArchitectureDrawing(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Architecture"));
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ArchitectureDrawing::setSketch(ArchitectureSketch sketch)
{
    m_sketch = std::move(sketch);
    setAccessibleDescription(m_sketch.text());
    setVisible(!m_sketch.columns.empty());
    update();
}

QFont ArchitectureDrawing::smallFont() const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.88);
    return small;
}

QSize ArchitectureDrawing::sizeHint() const
{
    const int heading = fontMetrics().height();
    const int lines = QFontMetrics(smallFont()).height() * kLines;
    return {600, int(2 * kFrame + heading) + heading + lines + int(2 * kPadding) + 4};
}

QSize ArchitectureDrawing::minimumSizeHint() const
{
    return {200, sizeHint().height()};
}

std::vector<ArchitectureDrawing::Placed> ArchitectureDrawing::place() const
{
    std::vector<Placed> placed;
    // Norms take what their name needs, the others share the rest.
    QFont bold = font();
    bold.setBold(true);
    const QFontMetricsF heading(bold);
    double left = width() - 2 - 2 * kFrame - kGap * double(m_sketch.columns.size() - 1);
    int sharing = 0;
    const auto isNorm = [](const SketchColumn &column) { return column.boxes.front().part == SketchPart::Norm; };
    const auto needOf = [&heading](const SketchColumn &column) {
        return heading.horizontalAdvance(column.boxes.front().title) + 2 * kPadding + 2;
    };
    for (const SketchColumn &column : m_sketch.columns) {
        if (isNorm(column))
            left -= needOf(column);
        else
            ++sharing;
    }
    const double unit = std::max(left / std::max(sharing, 1), 8.0);
    const double top = kFrame + fontMetrics().height(), bottom = height() - kFrame - 1;
    double x = 1 + kFrame;
    for (const SketchColumn &column : m_sketch.columns) {
        const double count = double(column.boxes.size());
        const double wide = isNorm(column) ? needOf(column) : unit;
        const double high = (bottom - top - kBoxGap * (count - 1)) / count;
        for (size_t i = 0; i < column.boxes.size(); ++i)
            placed.push_back({&column.boxes[i], QRectF(x, top + double(i) * (high + kBoxGap), wide, high),
                              column.repeated});
        x += wide + kGap;
    }
    return placed;
}

void ArchitectureDrawing::paintFrame(QPainter &painter, const std::vector<Placed> &placed) const
{
    QRectF frame;
    for (const Placed &box : placed) {
        if (box.repeated)
            frame |= box.rect;
    }
    if (frame.isNull())
        return;
    frame.adjust(-kFrame, -kFrame - fontMetrics().height() + 2, kFrame, kFrame - 1);
    painter.setPen(QPen(mutedColor(palette()), 1, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(frame, 4, 4);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(frame.adjusted(kFrame, 1, -kFrame, 0), Qt::AlignTop | Qt::AlignLeft, m_sketch.repeat);
}

void ArchitectureDrawing::paintArrows(QPainter &painter, const std::vector<Placed> &placed) const
{
    if (!m_sketch.ordered)
        return;
    const QColor ink = mutedColor(palette());
    painter.setPen(QPen(ink, 1.2));
    painter.setBrush(ink);
    for (size_t i = 0; i + 1 < placed.size(); ++i) {
        for (size_t j = i + 1; j < placed.size(); ++j) {
            const double gap = placed[j].rect.left() - placed[i].rect.right();
            if (gap <= 0 || gap > kGap + 1)
                continue;
            const QPointF from(placed[i].rect.right() + 1, placed[i].rect.center().y());
            const QPointF to(placed[j].rect.left() - 1, placed[j].rect.center().y());
            painter.drawLine(from, to - QPointF(4, 0));
            painter.drawPolygon(QPolygonF{{to, to + QPointF(-5, -3), to + QPointF(-5, 3)}});
        }
    }
}

void ArchitectureDrawing::paintBox(QPainter &painter, const Placed &placed) const
{
    const QRectF &rect = placed.rect;
    painter.setPen(lineColor(palette()));
    painter.setBrush(fillOf(placed.box->part, palette()));
    painter.drawRoundedRect(rect, 3, 3);
    painter.setPen(palette().color(QPalette::Text));
    const QRectF inner = rect.adjusted(kPadding, kPadding - 1, -kPadding + 1, -kPadding + 1);
    QFont bold = font();
    bold.setBold(true);
    const QFontMetricsF heading(bold), small(smallFont());
    const int room = std::max(0, int((inner.height() - heading.height()) / small.height()));
    const int lines = std::min(room, int(placed.box->lines.size()));
    double y = inner.top() + (inner.height() - heading.height() - lines * small.height()) / 2;
    const auto write = [&](const QString &line, const QFont &lineFont, const QFontMetricsF &metrics) {
        painter.setFont(lineFont);
        painter.drawText(QRectF(inner.left(), y, inner.width(), metrics.height()), Qt::AlignCenter,
                         metrics.elidedText(line, Qt::ElideRight, inner.width()));
        y += metrics.height();
    };
    write(placed.box->title, bold, heading);
    for (int i = 0; i < lines; ++i)
        write(placed.box->lines[i], smallFont(), small);
}

void ArchitectureDrawing::paintEvent(QPaintEvent *)
{
    if (m_sketch.columns.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const std::vector<Placed> placed = place();
    paintFrame(painter, placed);
    paintArrows(painter, placed);
    for (const Placed &box : placed)
        paintBox(painter, box);
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

bool ArchitectureDrawing::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (const Placed &box : place()) {
        if (!box.rect.contains(help->pos()))
            continue;
        QToolTip::showText(help->globalPos(), (QStringList{box.box->title} + box.box->lines).join(u'\n'), this);
        return true;
    }
    QToolTip::hideText();
    return true;
}

void ArchitectureDrawing::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(themedIcon("copy"), tr("Copy as text")), &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(m_sketch.text()); });
    menu->popup(event->globalPos());
}

} // namespace assay
