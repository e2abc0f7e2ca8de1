// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/claimsheet.h"

#include <QAbstractTableModel>

namespace assay {

/// The claims table: a row a claim, in the columns of claimColumns(); texts are made once, when the rows are set.
class ClaimModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    void setRows(const std::vector<ClaimRow> &rows);
    const std::vector<ClaimRow> &rows() const { return m_rows; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ClaimRow> m_rows;
    std::vector<QStringList> m_texts;
};

} // namespace assay
