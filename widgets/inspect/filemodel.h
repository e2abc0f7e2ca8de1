// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"
#include "widgets/common/columns.h"

namespace assay {

/// What comparing a file with the hash that it should have gave.
enum class HashState { NothingToCompare, Unchecked, Checking, Right, Wrong, Failed };
QString hashStateText(HashState state);
QString pickleVerdictText(PickleVerdict verdict);

/// The files of a subject: weights with size, header and tensors, what their pickles say, and the hashes they should
/// have; config, tokenizer and all others by name.
class FileModel : public ColumnTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Kind, Size, Header, Tensors, State, Hash, Expected, Pickle };
    explicit FileModel(QObject *parent = nullptr);
    void setDirectory(const ModelDirectory &directory);
    /// detail: the hash that was found, or why it could not be.
    void setHash(const QString &name, HashState state, const QString &detail);
    int rowCount(const QModelIndex &parent = {}) const override;
    bool hasHashes() const; ///< some file has a hash to compare with
    bool hasPickles() const;
    /// Everything known of the file, for the pane below the table.
    QString details(int row) const;

protected:
    QVariant cell(int row, int column, int role) const override;

private:
    struct File
    {
        QString name, kind;
        std::optional<uint64_t> bytes, header, tensors;
        bool present = true;
        bool beside = false; ///< only lies there
        std::optional<ExpectedContent> expected;
        HashState hash = HashState::NothingToCompare;
        QString hashDetail;
        std::vector<PickleReport> pickles;
    };
    File &fileNamed(const std::string &name);
    void addEntries(const FileSet &files);
    void addSmallFiles(const ModelDirectory &directory);
    void addWeights(const Checkpoint &checkpoint);
    void addPickles(const Checkpoint &checkpoint);
    static std::optional<uint64_t> number(const File &file, int column);
    static QString text(const File &file, int column);
    static std::optional<Severity> severity(const File &file, int column);
    std::vector<File> m_files;
};

} // namespace assay
