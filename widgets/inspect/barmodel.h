// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/columns.h"

#include <QString>

#include <vector>

namespace assay {

/// One part of a whole: parameters of a component, bytes of a dtype.
struct BarPart
{
    QString name;
    double amount = 0;
    QString value; ///< for people
    QString exact; ///< the tooltip
};

/// Parts of a whole as rows with bars, the largest first.
class BarModel : public ColumnTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Value, Share };
    BarModel(std::span<const ColumnDefinition> columns, QObject *parent = nullptr);
    void setParts(std::vector<BarPart> parts);
    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    QVariant cell(int row, int column, int role) const override;

private:
    std::vector<BarPart> m_parts;
    double m_total = 0;
};

/// Three columns each: component, parameters, share; and dtype, bytes, share.
std::span<const ColumnDefinition> componentColumns();
std::span<const ColumnDefinition> dtypeColumns();

} // namespace assay
