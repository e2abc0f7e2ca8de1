// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/answermodel.h"

#include "core/service/translation.h"
#include "widgets/common/rolechip.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QPalette>

#include <algorithm>

namespace assay {
namespace {

constexpr qsizetype kLongest = 120; ///< characters that a cell shows

QString shortened(std::string_view utf8)
{
    QString text = QString::fromUtf8(utf8.data(), qsizetype(std::min<size_t>(utf8.size(), 4 * kLongest))).simplified();
    return text.size() > kLongest ? text.left(kLongest) + QStringLiteral("\u2026") : text;
}

QString outcomeText(Outcome outcome)
{
    return QCoreApplication::translate("Outcome", outcomeName(outcome));
}

} // namespace

void AnswerModel::setTable(std::shared_ptr<const AnswerTable> table, std::vector<ComparedColumn> subjects)
{
    beginResetModel();
    m_table = std::move(table);
    m_subjects = std::move(subjects);
    if (m_column >= columnCount())
        m_column = -1;
    gather();
    endResetModel();
}

void AnswerModel::setFilter(const AnswerFilter &filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    gather();
    endResetModel();
}

void AnswerModel::gather()
{
    m_shown = m_table ? m_table->filtered(m_filter) : std::vector<uint32_t>{};
    arrange();
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
    emit layoutAboutToBeChanged();
    const bool back = column < 0 && m_column >= 0;
    m_column = column;
    m_order = order;
    if (back)
        m_shown = m_table ? m_table->filtered(m_filter) : std::vector<uint32_t>{};
    arrange();
    emit layoutChanged();
}

bool AnswerModel::less(uint32_t a, uint32_t b) const
{
    switch (m_column) {
    case Item: return std::pair(m_table->id(a), m_table->sample(a)) < std::pair(m_table->id(b), m_table->sample(b));
    case Task: return m_table->task(a) < m_table->task(b);
    case Expected: return m_table->expected(a) < m_table->expected(b);
    default: break;
    }
    const size_t subject = size_t(m_column - FirstSubject);
    const auto rank = [&](uint32_t row) {
        const auto outcome = m_table->outcome(subject, row);
        return outcome ? int(*outcome) : int(kOutcomes.size());
    };
    return rank(a) < rank(b);
}

void AnswerModel::arrange()
{
    if (m_column < 0 || !m_table)
        return;
    const bool down = m_order == Qt::DescendingOrder;
    std::stable_sort(m_shown.begin(), m_shown.end(), [&](uint32_t a, uint32_t b) { return down ? less(b, a) : less(a, b); });
}

} // namespace assay
