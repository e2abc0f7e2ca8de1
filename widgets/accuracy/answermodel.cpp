// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/answermodel.h"

#include "core/service/background.h"
#include "core/service/translation.h"
#include "widgets/common/rolechip.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QPalette>

#include <algorithm>

namespace assay {
namespace {

constexpr qsizetype kLongest = 120; ///< characters that a cell shows
constexpr size_t kAtOnce = 10000;   ///< rows that are filtered and sorted without another thread

QString shortened(std::string_view utf8)
{
    QString text = QString::fromUtf8(utf8.data(), qsizetype(std::min<size_t>(utf8.size(), 4 * kLongest))).simplified();
    return text.size() > kLongest ? text.left(kLongest) + QStringLiteral("\u2026") : text;
}

QString outcomeText(Outcome outcome)
{
    return QCoreApplication::translate("Outcome", outcomeName(outcome));
}

/// What rows are sorted by; they are looked up once for each row.
template <class Key> void sortBy(std::vector<uint32_t> &rows, bool down, Key key)
{
    std::vector<std::pair<decltype(key(0)), uint32_t>> keyed;
    keyed.reserve(rows.size());
    for (const uint32_t row : rows)
        keyed.emplace_back(key(row), row);
    std::ranges::stable_sort(keyed, [down](const auto &a, const auto &b) { return down ? b.first < a.first : a.first < b.first; });
    std::ranges::transform(keyed, rows.begin(), [](const auto &one) { return one.second; });
}

std::vector<uint32_t> rowsOf(const AnswerTable &table, const AnswerFilter &filter, int column, bool down)
{
    std::vector<uint32_t> rows = table.filtered(filter);
    switch (column) {
    case -1: break;
    case AnswerModel::Item: sortBy(rows, down, [&](uint32_t row) { return std::pair(table.id(row), table.sample(row)); }); break;
    case AnswerModel::Task: sortBy(rows, down, [&](uint32_t row) { return table.task(row); }); break;
    case AnswerModel::Expected: sortBy(rows, down, [&](uint32_t row) { return table.expected(row); }); break;
    default:
        sortBy(rows, down, [&](uint32_t row) {
            const auto outcome = table.outcome(size_t(column - AnswerModel::FirstSubject), row);
            return outcome ? int(*outcome) : int(kOutcomes.size());
        });
    }
    return rows;
}

} // namespace

void AnswerModel::setTable(std::shared_ptr<const AnswerTable> table, std::vector<ComparedColumn> subjects)
{
    beginResetModel();
    m_shown.clear(); // its numbers are those of the other table
    m_table = std::move(table);
    m_subjects = std::move(subjects);
    if (m_column >= columnCount())
        m_column = -1;
    endResetModel();
    arrange();
}

void AnswerModel::setFilter(const AnswerFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    arrange();
}

void AnswerModel::arrange()
{
    const int asked = ++m_asked;
    if (!m_table)
        return take({});
    const auto find = [table = m_table, filter = m_filter, column = m_column, down = m_order == Qt::DescendingOrder] {
        return rowsOf(*table, filter, column, down);
    };
    if (m_table->size() <= kAtOnce)
        return take(find());
    inBackground(this, find, [this, asked](std::vector<uint32_t> rows) {
        if (asked == m_asked)
            take(std::move(rows));
    });
}

void AnswerModel::take(std::vector<uint32_t> rows)
{
    beginResetModel();
    m_shown = std::move(rows);
    endResetModel();
    emit arranged();
}

int AnswerModel::rowOf(uint32_t tableRow) const
{
    const auto found = std::find(m_shown.begin(), m_shown.end(), tableRow);
    return found == m_shown.end() ? -1 : int(found - m_shown.begin());
}

int AnswerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int AnswerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstSubject + int(m_subjects.size());
}

QString AnswerModel::text(uint32_t row, int column) const
{
    switch (column) {
    case Item: {
        const QString id = shortened(m_table->id(row));
        return m_table->sample(row) == 0 ? id : tr("%1, sample %2").arg(id).arg(m_table->sample(row) + 1);
    }
    case Task: return shortened(m_table->task(row));
    case Expected: return shortened(m_table->expected(row));
    default: break;
    }
    const size_t subject = size_t(column - FirstSubject);
    const auto outcome = m_table->outcome(subject, row);
    if (!outcome)
        return QStringLiteral("-");
    const QString extracted = shortened(m_table->extracted(subject, row));
    return extracted.isEmpty() ? outcomeText(*outcome) : tr("%1: %2").arg(outcomeText(*outcome), extracted);
}

QVariant AnswerModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const uint32_t row = m_shown[size_t(index.row())];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return text(row, index.column());
    if (role == Qt::ForegroundRole && index.column() >= FirstSubject) {
        // The word says it; the colour lets it be seen while scrolling.
        const auto outcome = m_table->outcome(size_t(index.column() - FirstSubject), row);
        if (!outcome || *outcome == Outcome::Right)
            return {};
        return *outcome == Outcome::Wrong ? severityColor(Severity::Problem, QApplication::palette())
                                          : severityColor(Severity::Warning, QApplication::palette());
    }
    return {};
}

QVariant AnswerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (section >= FirstSubject) {
        const ComparedColumn &subject = m_subjects[size_t(section - FirstSubject)];
        if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
            return toQString(subject.name);
        return role == Qt::DecorationRole ? QVariant(roleIcon(subject.role, subject.order)) : QVariant();
    }
    if (role != Qt::DisplayRole)
        return {};
    return section == Item ? tr("Item") : section == Task ? tr("Task") : tr("Expected");
}

void AnswerModel::sort(int column, Qt::SortOrder order)
{
    if (column == m_column && order == m_order)
        return;
    m_column = column;
    m_order = order;
    arrange();
}

} // namespace assay
