// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/liveplot.h"

#include "core/base/units.h"
#include "core/service/translation.h"
#include "widgets/common/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr size_t kKept = 600, kFewest = 50; ///< a minute at ten a second; at first fewer fill the width
constexpr int kLines = 5, kCharacters = 34;

QSize plotSize(const QWidget &widget)
{
    const QFontMetrics metrics = widget.fontMetrics();
    return {metrics.averageCharWidth() * kCharacters, metrics.lineSpacing() * kLines};
}

/// Paints ground and caption; gives what is left for the marks.
QRect paintGround(QPainter &painter, const QWidget &widget, const QString &caption)
{
    const int line = widget.fontMetrics().lineSpacing();
    painter.setPen(widget.palette().color(QPalette::Text));
    painter.drawText(QRect(0, 0, widget.width(), line), Qt::AlignLeft | Qt::AlignVCenter, widget.fontMetrics().elidedText(caption, Qt::ElideRight, widget.width()));
    const QRect area = widget.rect().adjusted(0, line + 2, -1, -1);
    painter.fillRect(area, widget.palette().color(QPalette::Base));
    painter.setPen(lineColor(widget.palette()));
    painter.drawRect(area);
    return area.adjusted(2, 2, -2, -2);
}

} // namespace

LiveCurve::LiveCurve(const QString &title, const QString &first, const QString &second, QWidget *parent)
    : QWidget(parent), m_title(title), m_names{first, second}
{
    setAccessibleName(title);
}

QSize LiveCurve::sizeHint() const
{
    return plotSize(*this);
}

void LiveCurve::add(double first, double second)
{
    const std::array<double, 2> values{first, second};
    for (size_t i = 0; i < values.size(); ++i) {
        m_values[i].push_back(values[i]);
        if (m_values[i].size() > kKept)
            m_values[i].pop_front();
    }
    setAccessibleDescription(caption());
    update();
}

QString LiveCurve::caption() const
{
    if (m_values[0].empty())
        return m_title;
    QString text = QStringLiteral("%1: %2 %3").arg(m_title, toQString(threeDigits(m_values[0].back())), m_names[0]);
    if (!m_names[1].isEmpty())
        text += QStringLiteral(", %1 %2").arg(toQString(threeDigits(m_values[1].back())), m_names[1]);
    return text;
}

void LiveCurve::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect area = paintGround(painter, *this, caption());
    double most = 0;
    for (const auto &values : m_values) {
        for (const double value : values)
            most = std::max(most, value);
    }
    if (!(most > 0))
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    for (size_t line = 0; line < m_values.size(); ++line) {
        if (m_names[line].isEmpty() || m_values[line].size() < 2)
            continue;
        QPolygonF points;
        const double step = double(area.width()) / double(std::clamp(m_values[line].size(), kFewest, kKept) - 1);
        for (size_t i = 0; i < m_values[line].size(); ++i)
            points << QPointF(area.right() - double(m_values[line].size() - 1 - i) * step, area.bottom() - m_values[line][i] / most * area.height());
        // The second line is told by its dashes, not by colour alone.
        painter.setPen(QPen(roleColor(line == 0 ? Role::Full : Role::Base), 1.5, line == 0 ? Qt::SolidLine : Qt::DashLine));
        painter.drawPolyline(points);
    }
    painter.setPen(mutedColor(palette()));
    painter.drawText(area, Qt::AlignLeft | Qt::AlignTop, toQString(threeDigits(most)));
}

LiveHistogram::LiveHistogram(const QString &title, QWidget *parent) : QWidget(parent), m_title(title)
{
    setAccessibleName(title);
}

QSize LiveHistogram::sizeHint() const
{
    return plotSize(*this);
}

void LiveHistogram::add(double seconds)
{
    if (!(seconds > 0) || !std::isfinite(seconds))
        return;
    const int bar = int(std::floor((std::log10(seconds) - kLeast) * kPerDecade));
    ++m_bars[size_t(std::clamp(bar, 0, int(m_bars.size()) - 1))];
    ++m_count;
    update();
}

double LiveHistogram::edge(size_t bar) const
{
    return std::pow(10, kLeast + double(bar) / kPerDecade);
}

double LiveHistogram::quantileOf(double share) const
{
    size_t seen = 0;
    for (size_t bar = 0; bar < m_bars.size(); ++bar) {
        seen += m_bars[bar];
        if (double(seen) >= share * double(m_count))
            return std::sqrt(edge(bar) * edge(bar + 1));
    }
    return 0;
}

void LiveHistogram::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QString caption = m_title;
    if (m_count > 0)
        caption += tr(": half below about %1, 95 % below about %2 (n = %3)")
                       .arg(toQString(formatSeconds(quantileOf(0.5))), toQString(formatSeconds(quantileOf(0.95))))
                       .arg(m_count);
    const QRect area = paintGround(painter, *this, caption).adjusted(0, 0, 0, -fontMetrics().lineSpacing());
    const auto used = [](size_t count) { return count > 0; };
    const auto first = std::ranges::find_if(m_bars, used);
    if (first == m_bars.end())
        return;
    const auto last = std::find_if(m_bars.rbegin(), m_bars.rend(), used);
    // A bar of air at each side.
    const size_t from = size_t(std::max<ptrdiff_t>(first - m_bars.begin() - 1, 0)), to = std::min(size_t(m_bars.rend() - last) + 1, m_bars.size());
    const double width = double(area.width()) / double(to - from);
    const size_t most = *std::ranges::max_element(m_bars);
    for (size_t bar = from; bar < to; ++bar) {
        const double height = double(m_bars[bar]) / double(most) * area.height();
        painter.fillRect(QRectF(area.left() + double(bar - from) * width, area.bottom() + 1 - height, std::max(width - 1, 1.0), height), roleColor(Role::Full));
    }
    painter.setPen(mutedColor(palette()));
    const QRect axis(area.left(), area.bottom() + 1, area.width(), fontMetrics().lineSpacing());
    painter.drawText(axis, Qt::AlignLeft | Qt::AlignVCenter, toQString(formatSeconds(edge(from))));
    painter.drawText(axis, Qt::AlignRight | Qt::AlignVCenter, toQString(formatSeconds(edge(to))));
}

} // namespace assay
