// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/statistics.h"
#include "widgets/inspect/profileview.h"

#include "widgets/common/columns.h"

namespace assay {

/// Statistics of one tensor as rows for a table.
class StatisticsModel : public ColumnTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Value };
    explicit StatisticsModel(QObject *parent = nullptr);
    void setStatistics(const TensorStatistics *statistics); ///< null: none
    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    QVariant cell(int row, int column, int role) const override;

private:
    struct Row
    {
        QString name, value, exact;
    };
    std::vector<Row> m_rows;
};

/// The histogram as bars of equal width, each a bin; its edges at the ticks.
PlotProfile histogramProfile(const Histogram &histogram, bool logarithmic);
/// Norms of rows or columns: mean of each entry in the band of its extremes.
PlotProfile normProfile(const NormProfile &norms, bool rows);

} // namespace assay
