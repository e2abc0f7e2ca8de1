// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/accuracy/answertable.h"
#include "widgets/compare/comparisonview.h"

#include <QAbstractTableModel>

namespace assay {

/// The rows of an answer table that a filter leaves, sorted: a number each, texts are made when they are painted. Of many rows both take longer
/// than a window may stand still, so that is done on another thread.
class AnswerModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Item, Task, Expected, FirstSubject };

    explicit AnswerModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}
    void setTable(std::shared_ptr<const AnswerTable> table, std::vector<ComparedColumn> subjects);
    void setFilter(const AnswerFilter &filter);
    const std::shared_ptr<const AnswerTable> &table() const { return m_table; }
    uint32_t tableRow(int row) const { return m_shown[size_t(row)]; }
    int rowOf(uint32_t tableRow) const; ///< -1: it is not shown
    int total() const { return m_table ? int(m_table->size()) : 0; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    void arranged(); ///< what is shown is what was asked for last

private:
    QString text(uint32_t row, int column) const;
    void arrange();
    void take(std::vector<uint32_t> rows);

    std::shared_ptr<const AnswerTable> m_table;
    std::vector<ComparedColumn> m_subjects;
    AnswerFilter m_filter;
    std::vector<uint32_t> m_shown;
    int m_column = -1; ///< what is sorted by; -1: the suite's order
    Qt::SortOrder m_order = Qt::AscendingOrder;
    int m_asked = 0; ///< how often rows were asked for
};

} // namespace assay
