// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/verification.h"
#include "widgets/inspect/tabletab.h"

class QPlainTextEdit;
class QPushButton;

namespace assay {

class FileModel;

/// The files that make up the model, with what their pickles hold and the hashes they should have; the chosen one in
/// full below.
class FilesTab : public TableTab
{
    Q_OBJECT
public:
    explicit FilesTab(QWidget *parent = nullptr);
    void showHashes(const std::vector<FileVerification> &hashes, bool running);

signals:
    void hashesRequested();

protected:
    void read(const std::shared_ptr<const Inspection> &inspection) override;

private:
    FilesTab(FileModel *model, QWidget *parent);
    void showDetail(int row);
    FileModel *m_model;
    QPlainTextEdit *m_detail;
    QPushButton *m_check;
    std::vector<FileVerification> m_hashes;
    bool m_running = false; ///< hashes are being checked
};

} // namespace assay
