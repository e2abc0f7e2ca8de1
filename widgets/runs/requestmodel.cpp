// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/requestmodel.h"

#include "core/base/units.h"
#include "core/service/translation.h"
#include "widgets/common/theme.h"

#include <QGuiApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <limits>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, RequestModel::Count_> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Request"), QT_TRANSLATE_NOOP("Column", "Number of the request in the run; a repeated one has the same"), true},
    {QT_TRANSLATE_NOOP("Column", "Point"), QT_TRANSLATE_NOOP("Column", "Lengths and load")},
    {QT_TRANSLATE_NOOP("Column", "Sent at"), QT_TRANSLATE_NOOP("Column", "Seconds after the run began"), true},
    {QT_TRANSLATE_NOOP("Column", "Waited"), QT_TRANSLATE_NOOP("Column", "From the intended arrival to the sending"), true},
    {QT_TRANSLATE_NOOP("Column", "TTFT"), QT_TRANSLATE_NOOP("Column", "From the sending to the first text"), true},
    {QT_TRANSLATE_NOOP("Column", "TPOT"), QT_TRANSLATE_NOOP("Column", "Time of each further token"), true},
    {QT_TRANSLATE_NOOP("Column", "E2E"), QT_TRANSLATE_NOOP("Column", "From the sending to the last text"), true},
    {QT_TRANSLATE_NOOP("Column", "Longest gap"), QT_TRANSLATE_NOOP("Column", "The longest time that the answer stood still"), true},
    {QT_TRANSLATE_NOOP("Column", "Tokens"), QT_TRANSLATE_NOOP("Column", "Of the output, reasoning included"), true},
    {QT_TRANSLATE_NOOP("Column", "Outcome"), QT_TRANSLATE_NOOP("Column", "Why it failed, and whether it counts")},
}};

constexpr double kSeconds = 1e-9;

std::optional<double> timeOf(const RequestRow &row, int column)
{
    switch (column) {
    case RequestModel::Sent: return row.sent == kNever ? std::nullopt : std::optional(double(row.sent) * kSeconds);
    case RequestModel::Waited: return row.metrics.scheduleDelay;
    case RequestModel::Ttft: return row.metrics.ttft;
    case RequestModel::Tpot: return row.metrics.tpot;
    case RequestModel::EndToEnd: return row.metrics.e2e;
    case RequestModel::LongestGap: return row.metrics.longestGap;
    default: return std::nullopt;
    }
}

} // namespace

RequestModel::RequestModel(QObject *parent) : ColumnTableModel(kColumns, parent) {}

void RequestModel::setDetails(std::shared_ptr<const RunDetails> details)
{
    beginResetModel();
    m_details = std::move(details);
    gather();
    arrange();
    endResetModel();
}

void RequestModel::setFilter(const QString &text)
{
    if (text == m_filter)
        return;
    beginResetModel();
    m_filter = text;
    gather();
    arrange();
    endResetModel();
}

void RequestModel::gather()
{
    m_shown.clear();
    m_total = 0;
    if (!m_details || !m_details->analysis)
        return;
    const auto &levels = m_details->analysis->levels;
    const QString wanted = m_filter.trimmed();
    std::array<bool, size_t(Failure::Count_)> failures{};
    for (size_t kind = 0; kind < failures.size(); ++kind)
        failures[kind] = QCoreApplication::translate("Failure", definitionOf(Failure(kind)).label).contains(wanted, Qt::CaseInsensitive);
    const bool warmup = tr("warm-up").contains(wanted, Qt::CaseInsensitive), retry = tr("retry").contains(wanted, Qt::CaseInsensitive);
    bool isNumber = false;
    const qlonglong number = wanted.toLongLong(&isNumber);
    for (size_t level = 0; level < levels.size(); ++level) {
        const auto &rows = levels[level].rows;
        m_total += int(rows.size());
        const bool all = wanted.isEmpty() || (level < m_details->points.size() && !isNumber && m_details->points[level].contains(wanted, Qt::CaseInsensitive));
        for (size_t row = 0; row < rows.size(); ++row) {
            const RequestRow &request = rows[row];
            if (all || (isNumber ? request.index == number
                                 : failures[size_t(request.failure)] || (warmup && request.warmup) || (retry && request.attempt > 0)))
                m_shown.push_back({uint32_t(level), uint32_t(row)});
        }
    }
}

void RequestModel::arrange()
{
    if (m_shown.empty())
        return;
    std::vector<std::pair<double, Place>> keyed;
    keyed.reserve(m_shown.size());
    for (const Place place : m_shown)
        keyed.emplace_back(number(place, m_column), place);
    const bool down = m_order == Qt::DescendingOrder;
    std::ranges::stable_sort(keyed, [down](const auto &a, const auto &b) { return down ? a.first > b.first : a.first < b.first; });
    std::ranges::transform(keyed, m_shown.begin(), [](const auto &entry) { return entry.second; });
}

void RequestModel::sort(int column, Qt::SortOrder order)
{
    m_column = column;
    m_order = order;
    beginResetModel();
    arrange();
    endResetModel();
}

double RequestModel::number(Place place, int column) const
{
    const RequestRow &row = at(place);
    switch (column) {
    case Number: return double(row.index) + double(row.attempt) * 1e-3;
    case Point: return double(place.level);
    case Tokens: return double(row.metrics.tokens);
    case Outcome: return double(row.failure) * 4 + (row.warmup ? 1 : 0) + (row.attempt > 0 ? 2 : 0);
    default: break;
    }
    const double last = std::numeric_limits<double>::max() * (m_order == Qt::DescendingOrder ? -1 : 1);
    return timeOf(row, column).value_or(last);
}

int RequestModel::rowOfLog(size_t log) const
{
    const auto found = std::ranges::find_if(m_shown, [&](Place place) { return at(place).log == log; });
    return found == m_shown.end() ? -1 : int(found - m_shown.begin());
}

int RequestModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

Qt::ItemFlags RequestModel::flags(const QModelIndex &index) const
{
    return ColumnTableModel::flags(index) | Qt::ItemNeverHasChildren;
}

QString RequestModel::outcome(const RequestRow &row) const
{
    QStringList parts;
    if (row.failure != Failure::None)
        parts << QCoreApplication::translate("Failure", definitionOf(row.failure).label);
    else
        parts << (row.cutByLength ? tr("answered, cut by length") : tr("answered"));
    if (row.warmup)
        parts << tr("warm-up");
    if (row.attempt > 0)
        parts << tr("retry %1").arg(row.attempt);
    if (row.unsettled)
        parts << tr("before the server had settled");
    return parts.join(QStringLiteral(", "));
}

QString RequestModel::text(Place place, int column) const
{
    const RequestRow &row = at(place);
    switch (column) {
    case Number: return QString::number(row.index);
    case Point: return m_details->points.size() > place.level ? m_details->points[place.level] : QString::number(place.level);
    case Tokens: return row.metrics.tokens > 0 ? QString::number(row.metrics.tokens) : QStringLiteral("-");
    case Outcome: return outcome(row);
    case Sent: return row.sent == kNever ? QStringLiteral("-") : QString::number(double(row.sent) * kSeconds, 'f', 3);
    default: break;
    }
    const auto time = timeOf(row, column);
    return time ? toQString(formatSeconds(*time)) : QStringLiteral("-");
}

QVariant RequestModel::cell(int row, int column, int role) const
{
    const Place place = m_shown[size_t(row)];
    if (role == Qt::DisplayRole)
        return text(place, column);
    if (role == Qt::ToolTipRole && column == Outcome && at(place).failure != Failure::None)
        return QCoreApplication::translate("Failure", definitionOf(at(place).failure).meaning);
    if (role == Qt::ForegroundRole && column == Outcome && at(place).failure != Failure::None)
        return severityColor(Severity::Problem, QGuiApplication::palette());
    return {};
}

} // namespace assay
