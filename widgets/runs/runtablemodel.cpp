// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/runtablemodel.h"

#include "core/service/translation.h"
#include "widgets/common/tablecopy.h"
#include "widgets/common/theme.h"

#include <QGuiApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, 10> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "When"), QT_TRANSLATE_NOOP("Column", "When the run began, in local time")},
    {QT_TRANSLATE_NOOP("Column", "Subject"), QT_TRANSLATE_NOOP("Column", "What was measured")},
    {QT_TRANSLATE_NOOP("Column", "Kind"), QT_TRANSLATE_NOOP("Column", "Benchmark of a model, load on an endpoint, or accuracy")},
    {QT_TRANSLATE_NOOP("Column", "Load"), QT_TRANSLATE_NOOP("Column", "Lengths and load, or the suite that was answered")},
    {QT_TRANSLATE_NOOP("Column", "Where"), QT_TRANSLATE_NOOP("Column", "Device and dtype, or the endpoint's address")},
    {QT_TRANSLATE_NOOP("Column", "State"), QT_TRANSLATE_NOOP("Column", "Whether the run came to its end")},
    {QT_TRANSLATE_NOOP("Column", "Points"), QT_TRANSLATE_NOOP("Column", "Combinations of lengths and loads"), true},
    {QT_TRANSLATE_NOOP("Column", "Samples"), QT_TRANSLATE_NOOP("Column", "Requests, repetitions or items, the uncounted ones too"), true},
    {QT_TRANSLATE_NOOP("Column", "Errors"), QT_TRANSLATE_NOOP("Column", "Requests or items that failed"), true},
    {QT_TRANSLATE_NOOP("Column", "Headline"), QT_TRANSLATE_NOOP("Column", "The best point's speed, or the share of right answers")},
}};

} // namespace

RunTableModel::RunTableModel(QObject *parent) : ColumnTableModel(kColumns, parent) {}

void RunTableModel::setLines(std::vector<RunLine> lines)
{
    beginResetModel();
    m_lines = std::move(lines);
    endResetModel();
}

int RunTableModel::rowOf(const std::string &id) const
{
    const auto found = std::ranges::find_if(m_lines, [&](const RunLine &line) { return line.header().id == id; });
    return found == m_lines.end() ? -1 : int(found - m_lines.begin());
}

void RunTableModel::update(RunLine line)
{
    const int row = rowOf(line.header().id);
    if (row < 0) {
        beginInsertRows({}, 0, 0);
        m_lines.insert(m_lines.begin(), std::move(line));
        endInsertRows();
        return;
    }
    line.figures = m_lines[size_t(row)].figures;
    m_lines[size_t(row)] = std::move(line);
    emit dataChanged(index(row, 0), index(row, Headline));
}

void RunTableModel::remove(const std::string &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_lines.erase(m_lines.begin() + row);
    endRemoveRows();
}

void RunTableModel::setFigures(const std::string &id, const RunFigures &figures)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    m_lines[size_t(row)].figures = figures;
    emit dataChanged(index(row, Errors), index(row, Headline));
}

int RunTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant RunTableModel::cell(int row, int column, int role) const
{
    const RunLine &line = m_lines[size_t(row)];
    switch (role) {
    case Qt::DisplayRole: return text(line, column);
    case kSortRole: return sortValue(line, column);
    case Qt::ToolTipRole:
        if (column == State && !line.header().error.empty())
            return toQString(line.header().error);
        if (column == State)
            return toQString(stateText(line.header(), qtTranslate()));
        return column == Subject ? toQString(line.header().subject.path) : text(line, column);
    case Qt::ForegroundRole: {
        const bool failed = column == Errors ? line.figures && line.figures->errors.value_or(0) > 0 : column == State && line.header().state == RunState::Failed;
        return failed ? QVariant(severityColor(Severity::Problem, QGuiApplication::palette())) : QVariant();
    }
    default: return {};
    }
}

QVariant RunTableModel::text(const RunLine &line, int column) const
{
    const QLocale locale;
    switch (column) {
    case When: return line.when;
    case Subject: return line.subject;
    case Kind: return line.kind;
    case Load: return line.load;
    case Place: return line.place;
    case State: return line.state;
    case Points: return locale.toString(line.points);
    case Requests: return locale.toString(line.requests);
    case Errors: return !line.figures ? QStringLiteral("\u2026") : line.figures->errors ? locale.toString(*line.figures->errors) : QStringLiteral("-");
    case Headline: return !line.figures ? QStringLiteral("\u2026") : line.figures->headline.isEmpty() ? QStringLiteral("-") : line.figures->headline;
    default: return {};
    }
}

QVariant RunTableModel::sortValue(const RunLine &line, int column) const
{
    switch (column) {
    case When: return toQString(line.header().startedAt);
    case Points: return line.points;
    case Requests: return line.requests;
    case Errors: return line.figures ? line.figures->errors.value_or(-1) : qint64(-1);
    default: return text(line, column);
    }
}

} // namespace assay
