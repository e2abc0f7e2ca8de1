// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/vocabularymodel.h"

#include "core/service/background.h"
#include "widgets/common/tablecopy.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace assay {
namespace {

constexpr std::array<ColumnDefinition, 3> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Id"), QT_TRANSLATE_NOOP("Column", "Number of the token"), true},
    {QT_TRANSLATE_NOOP("Column", "Token"),
     QT_TRANSLATE_NOOP("Column", "The text it stands for; spaces as a dot, bytes that are no character as \\xE4")},
    {QT_TRANSLATE_NOOP("Column", "Type"),
     QT_TRANSLATE_NOOP("Column", "Plain, added to the vocabulary, or with a meaning of its own")},
}};

bool isShown(const VocabularyRow &row, const VocabularyView &view, const QString &dotted)
{
    if (view.kind && row.kind != *view.kind)
        return false;
    return view.text.isEmpty() || row.text.contains(dotted, Qt::CaseInsensitive) ||
           row.piece.contains(view.text, Qt::CaseInsensitive) || QString::number(row.id) == view.text;
}

std::vector<int> shownRows(const std::vector<VocabularyRow> &rows, const VocabularyView &view)
{
    // A space that is searched for stands in the shown text as a dot.
    const QString dotted = QString(view.text).replace(u' ', u'\u00b7');
    std::vector<int> shown;
    for (int i = 0; i < int(rows.size()); ++i) {
        if (isShown(rows[size_t(i)], view, dotted))
            shown.push_back(i);
    }
    const auto before = [&](int a, int b) {
        const VocabularyRow &x = rows[size_t(a)], &y = rows[size_t(b)];
        return view.column == VocabularyModel::Token  ? x.text < y.text
               : view.column == VocabularyModel::Kind ? x.kind < y.kind
                                                      : x.id < y.id;
    };
    if (view.column >= 0)
        std::stable_sort(shown.begin(), shown.end(), before);
    if (view.column >= 0 && view.order == Qt::DescendingOrder)
        std::reverse(shown.begin(), shown.end());
    return shown;
}

} // namespace

VocabularyModel::VocabularyModel(QObject *parent) : ColumnTableModel(kColumns, parent) {}

void VocabularyModel::setRows(std::shared_ptr<const std::vector<VocabularyRow>> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    m_shown.clear();
    endResetModel();
    refresh();
}

void VocabularyModel::setFilter(const QString &text, std::optional<TokenKind> kind)
{
    m_view.text = text;
    m_view.kind = kind;
    refresh();
}

void VocabularyModel::sort(int column, Qt::SortOrder order)
{
    m_view.column = column;
    m_view.order = order;
    refresh();
}

void VocabularyModel::refresh()
{
    const int generation = ++m_generation;
    if (!m_rows) {
        emit shownChanged();
        return;
    }
    inBackground(
        this, [rows = m_rows, view = m_view] { return shownRows(*rows, view); },
        [this, generation](std::vector<int> shown) {
            if (generation != m_generation)
                return;
            beginResetModel();
            m_shown = std::move(shown);
            endResetModel();
            emit shownChanged();
        });
}

int VocabularyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant VocabularyModel::cell(int row, int column, int role) const
{
    const VocabularyRow &entry = (*m_rows)[size_t(m_shown[size_t(row)])];
    if (role == Qt::ToolTipRole || role == kCopyRole)
        return column == Token ? entry.piece : QVariant();
    if (role != Qt::DisplayRole)
        return {};
    return column == Id ? QString::number(entry.id) : column == Token ? entry.text : tokenKindText(entry.kind);
}

} // namespace assay
