// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/profileview.h"

#include "core/base/units.h"
#include "core/service/translation.h"
#include "widgets/common/svgicon.h"
#include "widgets/common/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace assay {
namespace {
constexpr size_t kFewest = 8; ///< places to which one may zoom
constexpr double kStep = 1.25;
} // namespace

ProfileView::ProfileView(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void ProfileView::setProfile(PlotProfile profile)
{
    m_profile = std::move(profile);
    m_chosen = -1;
    showAll();
    setAccessibleName(m_profile.title);
    setAccessibleDescription(filled(tr("%1 {1:place|places}; the arrow keys read them out"), {QString::number(m_profile.entries.size())}));
}

void ProfileView::show(size_t from, size_t to)
{
    m_from = from;
    m_to = to;
    m_largest = 0;
    for (size_t i = m_from; i < m_to; ++i)
        m_largest = std::max({m_largest, m_profile.entries[i].value, m_profile.entries[i].high});
    if (m_chosen >= 0 && (size_t(m_chosen) < from || size_t(m_chosen) >= to))
        m_chosen = -1;
    update();
}

void ProfileView::showAll()
{
    show(0, m_profile.entries.size());
}

void ProfileView::zoom(double factor, double around)
{
    const size_t all = m_profile.entries.size();
    if (all <= kFewest)
        return;
    const double count = std::clamp(double(placesShown()) * factor, double(kFewest), double(all));
    const double kept = double(m_from) + std::clamp(around, 0.0, 1.0) * double(placesShown());
    const double from = std::clamp(kept - std::clamp(around, 0.0, 1.0) * count, 0.0, double(all) - count);
    show(size_t(std::lround(from)), std::min(all, size_t(std::lround(from + count))));
}

std::vector<ProfileTick> ProfileView::ticks() const
{
    const size_t all = m_profile.entries.size();
    if (placesShown() == all || all == 0)
        return m_profile.ticks;
    // The ends say where one is; of the others those that are in sight.
    std::vector<ProfileTick> out{{0, m_profile.entries[m_from].name}};
    const auto placed = [&](double place) { return (place * double(all) - double(m_from)) / double(placesShown()); };
    for (const ProfileTick &tick : m_profile.ticks) {
        if (placed(tick.place) > 0.4 && placed(tick.place) < 0.6)
            out.push_back({placed(tick.place), tick.text});
    }
    out.push_back({1, m_profile.entries[m_to - 1].name});
    return out;
}

QRectF ProfileView::plot() const
{
    const int line = fontMetrics().height();
    return QRectF(rect()).adjusted(2, 2 * line + 6, -2, -2 * line - 4);
}

double ProfileView::height(double value) const
{
    if (m_largest <= 0)
        return 0;
    return m_profile.logarithmic ? std::log1p(value) / std::log1p(m_largest) : value / m_largest;
}

void ProfileView::paintValues(QPainter &painter, const QRectF &area) const
{
    const size_t count = placesShown();
    const double width = area.width() / double(count);
    const auto yOf = [&](double value) { return area.bottom() - height(value) * area.height(); };
    const QColor ink = roleColor(Role::Full);
    if (!m_profile.bars) {
        QPolygonF line;
        for (size_t i = 0; i < count; ++i) {
            const ProfileEntry &entry = m_profile.entries[m_from + i];
            const double x = area.left() + (double(i) + 0.5) * width;
            painter.setPen(QPen(mixedColor(ink, palette().color(QPalette::Base), 0.6), std::max(width, 1.0)));
            painter.drawLine(QPointF(x, yOf(entry.low)), QPointF(x, yOf(entry.high)));
            line << QPointF(x, yOf(entry.value));
        }
        painter.setPen(QPen(ink, 1));
        painter.drawPolyline(line);
        if (count == 1)
            painter.drawEllipse(line.front(), 2, 2);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    for (size_t i = 0; i < count; ++i) {
        const double top = yOf(m_profile.entries[m_from + i].value);
        const double gap = width > 5 ? 1 : 0;
        if (m_profile.entries[m_from + i].value > 0) // a pixel at least: a rare value must not vanish
            painter.drawRect(QRectF(QPointF(area.left() + double(i) * width, std::min(top, area.bottom() - 1)),
                                    QPointF(area.left() + double(i + 1) * width - gap, area.bottom())));
    }
}

void ProfileView::paintAxes(QPainter &painter, const QRectF &area) const
{
    const int line = fontMetrics().height();
    painter.setPen(mutedColor(palette()));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    double taken = -1e9;
    for (const ProfileTick &tick : ticks()) {
        const double x = area.left() + tick.place * area.width();
        const double half = fontMetrics().horizontalAdvance(tick.text) / 2.0;
        const double left = std::clamp(x - half, area.left(), std::max(area.left(), area.right() - 2 * half));
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 3));
        if (left < taken + 6)
            continue;
        painter.drawText(QRectF(left, area.bottom() + 3, 2 * half + 1, line), Qt::AlignLeft, tick.text);
        taken = left + 2 * half;
    }
    painter.drawText(QRectF(area.left(), area.bottom() + 3 + line, area.width(), line), Qt::AlignHCenter,
                     fontMetrics().elidedText(m_profile.xLabel, Qt::ElideRight, int(area.width())));
    const QString top = m_profile.yLabel + (m_profile.logarithmic ? tr(", logarithmic") : QString()) + QStringLiteral(": ") +
                        tr("up to %1").arg(toQString(m_profile.bars ? groupedDigits(int64_t(m_largest)) : threeDigits(m_largest)));
    painter.drawText(QRectF(area.left(), area.top() - line - 2, area.width(), line), Qt::AlignLeft,
                     fontMetrics().elidedText(m_chosen >= 0 ? readout() : top, Qt::ElideRight, int(area.width())));
}

void ProfileView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRectF area = plot();
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(area.left(), 2, area.width(), fontMetrics().height()), Qt::AlignLeft,
                     QFontMetrics(bold).elidedText(m_profile.title, Qt::ElideRight, int(area.width())));
    painter.setFont(font());
    if (m_profile.entries.empty())
        return;
    painter.fillRect(area, palette().color(QPalette::Base));
    if (m_chosen >= 0) {
        const double width = area.width() / double(placesShown());
        painter.fillRect(QRectF(area.left() + (m_chosen - int(m_from)) * width, area.top(), std::max(width, 1.0), area.height()),
                         lineColor(palette()));
    }
    paintValues(painter, area);
    paintAxes(painter, area);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(area);
    }
}

QString ProfileView::readout() const
{
    if (m_chosen < 0 || size_t(m_chosen) >= m_profile.entries.size())
        return {};
    const ProfileEntry &entry = m_profile.entries[size_t(m_chosen)];
    return QStringLiteral("%1: %2").arg(entry.name, entry.text);
}

void ProfileView::choose(int entry)
{
    const int last = int(m_to) - 1;
    entry = entry < 0 ? -1 : std::min(entry, last);
    if (entry == m_chosen)
        return;
    m_chosen = entry;
    if (m_chosen >= 0)
        setAccessibleDescription(readout());
    update();
}

void ProfileView::mouseMoveEvent(QMouseEvent *event)
{
    const QRectF area = plot();
    const double share = (event->position().x() - area.left()) / area.width();
    choose(share < 0 || share >= 1 ? -1 : int(m_from) + int(share * double(placesShown())));
}

void ProfileView::mouseDoubleClickEvent(QMouseEvent *)
{
    showAll();
}

void ProfileView::wheelEvent(QWheelEvent *event)
{
    const QRectF area = plot();
    zoom(std::pow(kStep, -event->angleDelta().y() / 120.0), (event->position().x() - area.left()) / area.width());
    event->accept();
}

void ProfileView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    choose(-1);
}

void ProfileView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        QGuiApplication::clipboard()->setText(copyText());
    else if (event->key() == Qt::Key_Right)
        choose(m_chosen < 0 ? int(m_from) : m_chosen + 1);
    else if (event->key() == Qt::Key_Left)
        choose(std::max(m_chosen - 1, int(m_from)));
    else if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
        zoom(1 / kStep, 0.5);
    else if (event->key() == Qt::Key_Minus)
        zoom(kStep, 0.5);
    else if (event->key() == Qt::Key_0)
        showAll();
    else
        QWidget::keyPressEvent(event);
}

void ProfileView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copy = menu->addAction(themedIcon("copy"), tr("Copy as table"));
    copy->setEnabled(!m_profile.entries.empty());
    connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(copyText()); });
    QAction *picture = menu->addAction(tr("Copy as picture"));
    picture->setEnabled(!m_profile.entries.empty());
    connect(picture, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setImage(grab().toImage()); });
    menu->addSeparator();
    QAction *all = menu->addAction(tr("Show all"));
    all->setEnabled(placesShown() < m_profile.entries.size());
    connect(all, &QAction::triggered, this, &ProfileView::showAll);
    menu->popup(event->globalPos());
}

QString ProfileView::copyText() const
{
    QString text = m_profile.xLabel + u'\t' + m_profile.yLabel + u'\n';
    for (const ProfileEntry &entry : m_profile.entries)
        text += entry.name + u'\t' + entry.text + u'\n';
    return text;
}

} // namespace assay
