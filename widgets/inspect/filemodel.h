// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"
#include "widgets/common/columns.h"

namespace assay {

/// The files of a model: weights with size, header and tensor count; config and tokenizer files by name.
class FileModel : public ColumnTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Kind, Size, Header, Tensors, State };
    explicit FileModel(QObject *parent = nullptr);
    void setDirectory(const ModelDirectory &directory);
    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    QVariant cell(int row, int column, int role) const override;

private:
    struct File
    {
        QString name;
        QString kind;
        std::optional<uint64_t> bytes, header, tensors;
        bool present = true;
    };
    static std::optional<uint64_t> number(const File &file, int column);
    std::vector<File> m_files;
};

} // namespace assay
