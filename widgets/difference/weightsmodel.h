// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/weightpairs.h"
#include "widgets/common/columns.h"

namespace assay {

/// Weights that were compared, one pair a row.
class WeightsModel : public ColumnTableModel
{
    Q_OBJECT
public:
    explicit WeightsModel(QObject *parent = nullptr);
    void setRows(std::vector<WeightRow> rows);
    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    QVariant cell(int row, int column, int role) const override;

private:
    std::vector<WeightRow> m_rows;
};

} // namespace assay
