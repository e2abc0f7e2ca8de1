// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/pairmodel.h"

#include "core/service/translation.h"
#include "widgets/common/rolechip.h"

#include <QCoreApplication>

#include <array>

namespace assay {
namespace {

using Subjects = std::vector<ComparedColumn>;

QString nameOf(const Subjects &subjects, size_t index)
{
    return index < subjects.size() ? toQString(subjects[index].name) : QString();
}

/// One column, declared once.
struct Column
{
    const char *title;
    const char *tooltip;
    bool numeric;
    QVariant (*text)(const PairRow &, const Subjects &);
    QVariant (*order)(const PairRow &); ///< what it is sorted by; null: the text
};
constexpr std::array<Column, 8> kColumns{{
    {QT_TRANSLATE_NOOP("assay::PairModel", "Suite"), "", false,
     [](const PairRow &pair, const Subjects &) { return QVariant(toQString(pair.suite)); }, nullptr},
    {QT_TRANSLATE_NOOP("assay::PairModel", "First"), "", false,
     [](const PairRow &pair, const Subjects &subjects) { return QVariant(nameOf(subjects, pair.first)); }, nullptr},
    {QT_TRANSLATE_NOOP("assay::PairModel", "Second"), "", false,
     [](const PairRow &pair, const Subjects &subjects) { return QVariant(nameOf(subjects, pair.second)); }, nullptr},
    {QT_TRANSLATE_NOOP("assay::PairModel", "Difference (points)"),
     QT_TRANSLATE_NOOP("assay::PairModel",
                       "Accuracy of the first minus that of the second in percentage points, with its 95 % interval "
                       "(Newcombe 1998, method 10)"),
     true, [](const PairRow &pair, const Subjects &) { return QVariant(toQString(pair.difference)); },
     [](const PairRow &pair) { return QVariant(pair.result.difference.value); }},
    {QT_TRANSLATE_NOOP("assay::PairModel", "p"),
     QT_TRANSLATE_NOOP("assay::PairModel", "Exact two-sided McNemar test on the items that only one of the two got right; of repeated samples, graded "
                                             "scores and clusters a permutation test"),
     true, [](const PairRow &pair, const Subjects &) { return QVariant(toQString(pair.p)); },
     [](const PairRow &pair) { return QVariant(pair.result.p); }},
    {QT_TRANSLATE_NOOP("assay::PairModel", "n"), QT_TRANSLATE_NOOP("assay::PairModel", "Items that both were asked"), true,
     [](const PairRow &pair, const Subjects &) { return QVariant(QString::number(pair.result.n)); },
     [](const PairRow &pair) { return QVariant(qulonglong(pair.result.n)); }},
    {QT_TRANSLATE_NOOP("assay::PairModel", "Only first : only second"),
     QT_TRANSLATE_NOOP("assay::PairModel", "Items that only the first, and only the second, got right"), true,
     [](const PairRow &pair, const Subjects &) {
         return QVariant(QStringLiteral("%1 : %2").arg(pair.result.onlyFirst).arg(pair.result.onlySecond));
     },
     [](const PairRow &pair) { return QVariant(qulonglong(pair.result.onlyFirst + pair.result.onlySecond)); }},
    {QT_TRANSLATE_NOOP("assay::PairModel", "Verdict"), "", false,
     [](const PairRow &pair, const Subjects &) { return QVariant(toQString(pair.verdict)); }, nullptr},
}};

} // namespace

void PairModel::setView(const ComparisonView &view)
{
    const bool sameShape = view.pairs.size() == m_pairs.size();
    if (!sameShape)
        beginResetModel();
    m_subjects = view.subjects;
    m_pairs = view.pairs;
    if (!sameShape)
        endResetModel();
    else if (!m_pairs.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int PairModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_pairs.size());
}

int PairModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(kColumns.size());
}

QVariant PairModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const PairRow &pair = m_pairs[size_t(index.row())];
    const Column &column = kColumns[size_t(index.column())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: return column.text(pair, m_subjects);
    case kSortRole: return column.order ? column.order(pair) : column.text(pair, m_subjects);
    case Qt::TextAlignmentRole: return int((column.numeric ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::DecorationRole: {
        const size_t subject = index.column() == 1 ? pair.first : pair.second;
        const bool chip = (index.column() == 1 || index.column() == 2) && subject < m_subjects.size();
        return chip ? roleIcon(m_subjects[subject].role, m_subjects[subject].order) : QVariant();
    }
    default: return {};
    }
}

QVariant PairModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column &column = kColumns[size_t(section)];
    if (role == Qt::DisplayRole)
        return tr(column.title);
    if (role == Qt::ToolTipRole && *column.tooltip)
        return tr(column.tooltip);
    if (role == Qt::TextAlignmentRole)
        return int((column.numeric ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

} // namespace assay
