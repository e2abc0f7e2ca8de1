// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/comparisonview.h"

#include <QAbstractTableModel>

namespace assay {

/// Paired comparisons: two subjects on the same items of a suite, with difference, exact p and verdict.
class PairModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    static constexpr int kSortRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;
    void setView(const ComparisonView &view);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ComparedColumn> m_subjects;
    std::vector<PairRow> m_pairs;
};

} // namespace assay
