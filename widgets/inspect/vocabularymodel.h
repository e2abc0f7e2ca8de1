// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/columns.h"
#include "widgets/inspect/tokenizersource.h"

namespace assay {

/// Which entries of a vocabulary are shown, and in which order.
struct VocabularyView
{
    QString text;                  ///< in the token, or the id itself
    std::optional<TokenKind> kind; ///< nothing: all
    int column = -1;               ///< -1: the order of the ids
    Qt::SortOrder order = Qt::AscendingOrder;
};

/// A vocabulary as a table. A quarter of a million entries are searched and sorted on another thread.
class VocabularyModel : public ColumnTableModel
{
    Q_OBJECT
public:
    enum Column { Id, Token, Kind };
    explicit VocabularyModel(QObject *parent = nullptr);
    void setRows(std::shared_ptr<const std::vector<VocabularyRow>> rows);
    void setFilter(const QString &text, std::optional<TokenKind> kind);
    int total() const { return m_rows ? int(m_rows->size()) : 0; }
    int rowCount(const QModelIndex &parent = {}) const override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    void shownChanged();

protected:
    QVariant cell(int row, int column, int role) const override;

private:
    void refresh();
    std::shared_ptr<const std::vector<VocabularyRow>> m_rows;
    std::vector<int> m_shown; ///< indices into the rows
    VocabularyView m_view;
    int m_generation = 0; ///< tells a late answer from the newest
};

} // namespace assay
