// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/columns.h"
#include "widgets/runs/rundetails.h"

namespace assay {

/// Every try of every request of a run, over what was derived of them: nothing is copied, so that a hundred thousand rows cost
/// a number each.
class RequestModel : public ColumnTableModel
{
    Q_OBJECT
public:
    enum Column { Number, Point, Sent, Waited, Ttft, Tpot, EndToEnd, LongestGap, Tokens, Outcome, Count_ };

    explicit RequestModel(QObject *parent = nullptr);
    void setDetails(std::shared_ptr<const RunDetails> details);
    /// Rows whose point, outcome or number has this text.
    void setFilter(const QString &text);
    int total() const { return m_total; }
    /// Where the row's record is in the log.
    size_t logIndex(int row) const { return rowAt(row).log; }
    /// The row of the log's record; -1: it is not shown.
    int rowOfLog(size_t log) const;
    int rowCount(const QModelIndex &parent = {}) const override;
    void sort(int column, Qt::SortOrder order) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

protected:
    QVariant cell(int row, int column, int role) const override;

private:
    struct Place
    {
        uint32_t level, row;
    };
    const RequestRow &rowAt(int row) const { return at(m_shown[size_t(row)]); }
    const RequestRow &at(Place place) const { return m_details->analysis->levels[place.level].rows[place.row]; }
    QString text(Place place, int column) const;
    QString outcome(const RequestRow &row) const;
    double number(Place place, int column) const; ///< to sort by; what is missing comes last
    void gather();
    void arrange();

    std::shared_ptr<const RunDetails> m_details;
    std::vector<Place> m_shown;
    QString m_filter;
    int m_total = 0, m_column = Number;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

} // namespace assay
