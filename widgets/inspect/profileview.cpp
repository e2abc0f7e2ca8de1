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

ProfileView::ProfileView(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void ProfileView::setProfile(Profile profile)
{
    m_profile = std::move(profile);
    m_chosen = -1;
    m_largest = 0;
    for (const ProfileEntry &entry : m_profile.entries)
        m_largest = std::max({m_largest, entry.value, entry.high});
    setAccessibleName(m_profile.title);
    setAccessibleDescription(tr("%n place(s); the arrow keys read them out", nullptr, int(m_profile.entries.size())));
    update();
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
    const size_t count = m_profile.entries.size();
    const double width = area.width() / double(count);
    const auto yOf = [&](double value) { return area.bottom() - height(value) * area.height(); };
    const QColor ink = roleColor(Role::Full);
    if (!m_profile.bars) {
        QPolygonF line;
        for (size_t i = 0; i < count; ++i) {
            const ProfileEntry &entry = m_profile.entries[i];
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
        const double top = yOf(m_profile.entries[i].value);
        const double gap = width > 5 ? 1 : 0;
        if (m_profile.entries[i].value > 0) // a pixel at least: a rare value must not vanish
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
    for (const ProfileTick &tick : m_profile.ticks) {
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
                        tr("up to %1").arg(toQString(threeDigits(m_largest)));
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
        const double width = area.width() / double(m_profile.entries.size());
        painter.fillRect(QRectF(area.left() + m_chosen * width, area.top(), std::max(width, 1.0), area.height()),
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
    const int last = int(m_profile.entries.size()) - 1;
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
    choose(share < 0 || share >= 1 ? -1 : int(share * double(m_profile.entries.size())));
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
        choose(m_chosen + 1);
    else if (event->key() == Qt::Key_Left)
        choose(std::max(m_chosen - 1, 0));
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
