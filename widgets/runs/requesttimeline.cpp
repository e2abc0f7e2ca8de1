// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/requesttimeline.h"

#include "core/base/units.h"
#include "core/service/translation.h"
#include "widgets/common/theme.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace assay {
namespace {

constexpr int kMargin = 8, kReach = 6, kLanes = 6;
constexpr double kNanosecond = 1e-9;

/// Tick of a channel: colour, and which part of the lane it fills, from its top.
struct ChannelLook
{
    Channel channel;
    const char *name;
    Role colour;
    double top, bottom;
};
constexpr std::array<ChannelLook, 3> kLooks{{
    {Channel::Answer, QT_TRANSLATE_NOOP("Runs", "answer"), Role::Full, 0, 1},
    {Channel::Reasoning, QT_TRANSLATE_NOOP("Runs", "reasoning"), Role::Base, 0.45, 1},
    {Channel::Tool, QT_TRANSLATE_NOOP("Runs", "tool call"), Role::Distilled, 0, 0.55},
}};

const ChannelLook &lookOf(Channel channel)
{
    return *std::ranges::find(kLooks, channel, &ChannelLook::channel);
}

/// In floating point: a damaged record may hold any moments.
double secondsBetween(int64_t from, int64_t to)
{
    return (double(to) - double(from)) * kNanosecond;
}

QString spanText(int64_t from, int64_t to)
{
    return toQString(formatSeconds(secondsBetween(from, to)));
}

/// 1, 2 or 5 times a power of ten, so that some six of them fill the range.
double niceStep(double range)
{
    const double rough = range / kLanes, power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (power * factor >= rough)
            return power * factor;
    }
    return power * 10;
}

} // namespace

RequestTimeline::RequestTimeline(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Time line of the request"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    gather();
}

QSize RequestTimeline::sizeHint() const
{
    return {600, fontMetrics().lineSpacing() * 9};
}

QSize RequestTimeline::minimumSizeHint() const
{
    return {200, fontMetrics().lineSpacing() * 8};
}

void RequestTimeline::setRecord(std::optional<RequestRecord> record)
{
    m_record = std::move(record);
    gather();
    update();
}

void RequestTimeline::addPhase(int64_t from, int64_t to, const QString &name)
{
    if (from != kNever && to != kNever && to > from)
        m_phases.push_back({from, to, name});
}

void RequestTimeline::gather()
{
    m_moments.clear();
    m_phases.clear();
    m_chosen = -1;
    if (m_record) {
        const RequestRecord &r = *m_record;
        const auto add = [this](int64_t at, const QString &what, int chunk = -1) {
            if (at != kNever)
                m_moments.push_back({at, what, chunk});
        };
        add(r.scheduled, tr("was to be sent"));
        add(r.sent, tr("sent"));
        add(r.connected, tr("connected"));
        add(r.headers, r.status > 0 ? tr("headers, status %1").arg(r.status) : tr("headers"));
        add(r.firstByte, tr("first byte"));
        for (size_t i = 0; i < r.chunks.size(); ++i)
            add(r.chunks[i].at, QString(), int(i));
        add(r.ended, tr("ended"));
        std::ranges::stable_sort(m_moments, {}, &Moment::at);
        m_from = m_moments.front().at;
        m_to = m_moments.back().at;
        const int64_t first = r.chunks.empty() ? kNever : r.chunks.front().at, last = r.chunks.empty() ? kNever : r.chunks.back().at;
        const int64_t headers = r.headers == kNever ? first : r.headers, text = first == kNever ? r.ended : first;
        addPhase(r.scheduled, r.sent, tr("waits to be sent"));
        addPhase(r.sent, headers == kNever ? r.ended : headers, tr("until headers"));
        addPhase(headers, text, tr("until text"));
        addPhase(first, last, tr("text"));
        addPhase(last, r.ended, tr("until the end"));
    }
    m_readout = summary();
    setAccessibleDescription(m_readout);
}

QString RequestTimeline::summary() const
{
    if (!m_record)
        return tr("Choose a request to see its time line.");
    const RequestRecord &r = *m_record;
    QStringList parts{tr("Request %1").arg(r.index)};
    if (r.failure != Failure::None)
        parts << QCoreApplication::translate("Failure", definitionOf(r.failure).label);
    if (!r.detail.empty())
        parts << toQString(r.detail);
    if (!r.chunks.empty())
        parts << tr("%1 pieces of text in %2").arg(r.chunks.size()).arg(spanText(r.chunks.front().at, r.chunks.back().at));
    if (r.usage.completion)
        parts << tr("%1 output tokens by the server's count").arg(*r.usage.completion);
    if (!r.finish.empty())
        parts << tr("finished by: %1").arg(toQString(r.finish));
    return parts.join(QStringLiteral("; "));
}

QRect RequestTimeline::plot() const
{
    return rect().adjusted(kMargin, 0, -kMargin, 0);
}

double RequestTimeline::position(double seconds) const
{
    const QRect area = plot();
    const double range = secondsBetween(m_from, m_to);
    return area.left() + (range > 0 ? seconds / range : 0) * (area.width() - 1);
}

double RequestTimeline::positionOf(int64_t moment) const
{
    return position(secondsBetween(m_from, moment));
}

void RequestTimeline::choose(int moment)
{
    if (moment < 0 || moment >= int(m_moments.size()))
        return;
    m_chosen = moment;
    const Moment &chosen = m_moments[size_t(moment)];
    QString what = chosen.what;
    if (chosen.chunk >= 0) {
        const auto &chunks = m_record->chunks;
        const ChunkRecord &chunk = chunks[size_t(chosen.chunk)];
        what = tr("piece %1 of %2, %3, %4 bytes")
                   .arg(chosen.chunk + 1)
                   .arg(chunks.size())
                   .arg(QCoreApplication::translate("Runs", lookOf(chunk.channel).name))
                   .arg(chunk.bytes);
        if (chosen.chunk > 0)
            what += tr(", %1 after the one before").arg(spanText(chunks[size_t(chosen.chunk - 1)].at, chunk.at));
    }
    m_readout = tr("%1 after the intended sending: %2").arg(spanText(m_record->scheduled, chosen.at), what);
    setAccessibleDescription(m_readout);
    update();
}

void RequestTimeline::mouseMoveEvent(QMouseEvent *event)
{
    int nearest = -1;
    double best = kReach;
    for (size_t i = 0; i < m_moments.size(); ++i) {
        const double distance = std::abs(positionOf(m_moments[i].at) - event->position().x());
        if (distance < best) {
            best = distance;
            nearest = int(i);
        }
    }
    choose(nearest);
}

void RequestTimeline::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Right: return choose(std::min(m_chosen + 1, int(m_moments.size()) - 1));
    case Qt::Key_Left: return choose(std::max(m_chosen - 1, 0));
    case Qt::Key_Home: return choose(0);
    case Qt::Key_End: return choose(int(m_moments.size()) - 1);
    default: QWidget::keyPressEvent(event);
    }
}

void RequestTimeline::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void RequestTimeline::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void RequestTimeline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int line = fontMetrics().lineSpacing();
    const QRect area = plot();
    painter.setPen(palette().color(QPalette::Text));
    const QRect words(area.left(), height() - 2 * line - 2, area.width(), 2 * line);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_readout);
    if (!m_record)
        return;
    const QRect legend(area.left(), 2, area.width(), line), phases(area.left(), legend.bottom() + 4, area.width(), line + 2);
    const int axis = words.top() - line - 4;
    const QRect chunks(area.left(), phases.bottom() + 4, area.width(), std::max(axis - phases.bottom() - 8, line));
    paintLegend(painter, legend);
    paintPhases(painter, phases);
    paintAxis(painter, QRect(area.left(), chunks.top(), area.width(), axis + line - chunks.top()));
    paintChunks(painter, chunks);
    if (m_chosen >= 0) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        const int x = int(positionOf(m_moments[size_t(m_chosen)].at));
        painter.drawLine(x, phases.top(), x, chunks.bottom());
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void RequestTimeline::paintLegend(QPainter &painter, const QRect &line) const
{
    int x = line.left();
    for (const ChannelLook &look : kLooks) {
        const bool there = std::ranges::any_of(m_record->chunks, [&](const ChunkRecord &chunk) { return chunk.channel == look.channel; });
        if (!there)
            continue;
        const int full = line.height() - 4;
        painter.fillRect(QRect(x, line.top() + 2 + int(full * look.top), 3, int(full * (look.bottom - look.top))), roleColor(look.colour));
        const QString name = QCoreApplication::translate("Runs", look.name);
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(x + 8, line.top(), line.width(), line.height(), Qt::AlignLeft | Qt::AlignVCenter, name);
        x += 8 + painter.fontMetrics().horizontalAdvance(name) + 18;
    }
}

void RequestTimeline::paintPhases(QPainter &painter, const QRect &lane) const
{
    const QColor ground = palette().color(QPalette::Base);
    for (size_t i = 0; i < m_phases.size(); ++i) {
        const int left = int(positionOf(m_phases[i].from)), right = std::max(int(positionOf(m_phases[i].to)), left + 1);
        const QRect bar(left, lane.top(), right - left, lane.height());
        const QColor fill = mixedColor(ground, mutedColor(palette()), i % 2 ? 0.25 : 0.5);
        painter.fillRect(bar, fill);
        painter.setPen(textColorOn(fill));
        const QString text = QStringLiteral("%1 %2").arg(m_phases[i].name, spanText(m_phases[i].from, m_phases[i].to));
        if (painter.fontMetrics().horizontalAdvance(text) + 6 < bar.width())
            painter.drawText(bar.adjusted(3, 0, -3, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
    }
}

void RequestTimeline::paintChunks(QPainter &painter, const QRect &lane) const
{
    // Ticks that fall on one pixel are drawn once: an answer may have more pieces than the screen has columns.
    int before = -1;
    Channel last = Channel::Answer;
    for (const ChunkRecord &chunk : m_record->chunks) {
        const int x = int(positionOf(chunk.at));
        if (x == before && chunk.channel == last)
            continue;
        before = x;
        last = chunk.channel;
        const ChannelLook &look = lookOf(chunk.channel);
        painter.fillRect(QRect(x, lane.top() + int(lane.height() * look.top), 2, int(lane.height() * (look.bottom - look.top))), roleColor(look.colour));
    }
}

void RequestTimeline::paintAxis(QPainter &painter, const QRect &lane) const
{
    const double range = secondsBetween(m_from, m_to), step = niceStep(range);
    const int line = painter.fontMetrics().lineSpacing(), bottom = lane.bottom() - line;
    for (double at = 0; range > 0 && at <= range; at += step) {
        const int x = int(position(at));
        painter.setPen(lineColor(palette()));
        painter.drawLine(x, lane.top(), x, bottom);
        painter.setPen(mutedColor(palette()));
        const QString text = toQString(formatSeconds(at));
        const int width = painter.fontMetrics().horizontalAdvance(text);
        painter.drawText(std::clamp(x - width / 2, lane.left(), std::max(lane.right() - width, lane.left())), lane.bottom() - painter.fontMetrics().descent(), text);
    }
}

} // namespace assay
