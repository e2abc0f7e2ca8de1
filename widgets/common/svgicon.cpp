// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/svgicon.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

// A resource of a static library is only linked in when something names it; the macro must stand outside
// namespaces.
static void useIconResource()
{
    Q_INIT_RESOURCE(assay);
}

namespace assay {
namespace {

QByteArray iconSource(const char *name)
{
    useIconResource();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class SvgIconEngine : public QIconEngine
{
public:
    SvgIconEngine(QByteArray source, QColor color) : m_source(std::move(source)), m_color(std::move(color)) {}
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const auto role = mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText;
        const bool fixed = m_color.isValid() && mode != QIcon::Disabled && mode != QIcon::Selected;
        const QColor color = fixed ? m_color : QGuiApplication::palette().color(group, role);
        QByteArray source = m_source;
        source.replace("#000000", color.name().toLatin1());
        QSvgRenderer renderer(source);
        const int side = std::min(rect.width(), rect.height());
        QRectF square(0, 0, side, side);
        square.moveCenter(QRectF(rect).center());
        renderer.render(painter, square);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine *clone() const override { return new SvgIconEngine(*this); }

private:
    QByteArray m_source;
    QColor m_color;
};

} // namespace

QIcon themedIcon(const char *name)
{
    return coloredIcon(name, QColor());
}

QIcon coloredIcon(const char *name, const QColor &color)
{
    return QIcon(new SvgIconEngine(iconSource(name), color));
}

QIcon assayIcon()
{
    return themedIcon("assay"); // it has no black, so nothing is replaced
}

} // namespace assay
