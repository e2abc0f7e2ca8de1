// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/rolechip.h"

#include "widgets/common/theme.h"

#include <QCoreApplication>
#include <QIconEngine>
#include <QPainter>

namespace assay {
namespace {

/// Draws the chip at whatever size and pixel ratio is asked for.
class RoleIconEngine : public QIconEngine
{
public:
    RoleIconEngine(Role role, int order) : m_role(role), m_order(order) {}
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        paintRoleChip(*painter, rect, m_role, m_order);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine *clone() const override { return new RoleIconEngine(*this); }

private:
    Role m_role;
    int m_order;
};

} // namespace

QString roleText(Role role)
{
    return QCoreApplication::translate("Role", roleName(role));
}

void paintRoleChip(QPainter &painter, const QRectF &rect, Role role, int order)
{
    const double side = std::min(rect.width(), rect.height());
    const QRectF square(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side);
    const QColor color = roleColor(role, order);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(square, side * 0.2, side * 0.2);
    QFont font = painter.font();
    font.setPixelSize(std::max(int(side * 0.66), 1));
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(textColorOn(color));
    painter.drawText(square, Qt::AlignCenter, QString::fromLatin1(roleLetter(role)));
    painter.restore();
}

QIcon roleIcon(Role role, int order)
{
    return QIcon(new RoleIconEngine(role, order));
}

} // namespace assay
