// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/memorysheet.h"
#include "widgets/common/columns.h"

namespace assay {

/// The terms of a memory plan, their sums, what was measured, and what is taken for granted, each with its source.
class MemoryTable : public ColumnTableModel
{
    Q_OBJECT
public:
    explicit MemoryTable(QObject *parent = nullptr);
    /// New values of the same rows keep the selection.
    void setSheet(const MemorySheet &sheet);
    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    QVariant cell(int row, int column, int role) const override;

private:
    struct Row
    {
        QString name, low, high, evidence;
        QString lowExact, highExact;
        bool sum = false;
    };
    static Row rangeRow(const QString &name, const MemoryRange &bytes, const QString &evidence, bool sum = false);
    static std::vector<Row> rowsOf(const MemorySheet &sheet);
    std::vector<Row> m_rows;
};

} // namespace assay
