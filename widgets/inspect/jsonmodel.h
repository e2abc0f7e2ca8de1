// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/jsontree.h"

#include <QAbstractItemModel>
#include <QHash>

namespace assay {

/// A JSON text, or the metadata of a file, as a tree. Known fields carry what they mean, those that a finding
/// contradicts its sentence.
class JsonModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Key, Value, Remark, Meaning };
    explicit JsonModel(QObject *parent = nullptr);
    /// contradictions: name of a field -> the finding's sentence.
    void setTree(JsonTree tree, QHash<QString, QString> contradictions);
    int nodeCount() const; ///< without the root
    bool hasRemarks() const; ///< some field is contradicted

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const JsonTree::Node &nodeOf(const QModelIndex &index) const;
    QString contradiction(const JsonTree::Node &node) const;
    static QString meaning(const JsonTree::Node &node);
    JsonTree m_tree;
    QHash<QString, QString> m_contradictions;
};

} // namespace assay
