// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/identity/identitytext.h"

#include <QAbstractTableModel>

namespace assay {

/// A table that core made of texts.
class TextModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    void setTable(IdentityTable table);
    const IdentityTable &table() const { return m_table; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant alignment(int column) const;
    IdentityTable m_table;
};

} // namespace assay
