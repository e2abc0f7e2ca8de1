// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/filestab.h"

#include "core/service/hashjob.h"
#include "core/service/translation.h"
#include "widgets/inspect/filemodel.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeView>

namespace assay {
namespace {
constexpr int kDetailLines = 7;

HashState hashState(ContentState state, bool running)
{
    switch (state) {
    case ContentState::Unchecked:
        return running ? HashState::Checking : HashState::Unchecked;
    case ContentState::Right:
        return HashState::Right;
    case ContentState::Wrong:
        return HashState::Wrong;
    case ContentState::NothingToCompare:
        return HashState::NothingToCompare;
    case ContentState::Unreadable:
        return HashState::Failed;
    }
    return HashState::Unchecked;
}

} // namespace

FilesTab::FilesTab(QWidget *parent) : FilesTab(new FileModel, parent) {}

FilesTab::FilesTab(FileModel *model, QWidget *parent)
    : TableTab(tr("Files"), model, parent), m_model(model), m_detail(new QPlainTextEdit(this)),
      m_check(new QPushButton(tr("Check hashes"), this))
{
    m_detail->setReadOnly(true);
    m_detail->setAccessibleName(tr("The chosen file"));
    m_detail->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_detail->setTabChangesFocus(true);
    m_detail->setFixedHeight(m_detail->fontMetrics().lineSpacing() * kDetailLines + 12);
    addBelow(m_detail);
    addBesideFilter(m_check);
    connect(m_check, &QPushButton::clicked, this, &FilesTab::hashesRequested);
    connect(this, &TableTab::currentRowChanged, this, &FilesTab::showDetail);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] { showDetail(currentRow()); });
}

void FilesTab::showHashes(const std::vector<FileVerification> &hashes, bool running)
{
    m_hashes = hashes;
    m_running = running;
    if (!inspection())
        return;
    const auto refused = HashJob::refusal(*inspection());
    m_check->setEnabled(!running && !refused);
    m_check->setToolTip(refused ? errorText(*refused) : tr("Reads every file once, in the background"));
    for (const FileVerification &file : m_hashes) {
        QStringList detail;
        if (file.error)
            detail << errorText(*file.error);
        if (!file.sum.empty())
            detail << toQString(file.sum);
        m_model->setHash(toQString(validUtf8(file.name)), hashState(file.state, running), detail.join(u' '));
    }
    view()->setColumnHidden(FileModel::Hash, !m_model->hasHashes() && m_hashes.empty());
}

void FilesTab::read(const std::shared_ptr<const Inspection> &inspection)
{
    m_model->setDirectory(inspection->directory);
    showHashes(std::vector<FileVerification>(m_hashes), m_running);
    view()->setColumnHidden(FileModel::Expected, !m_model->hasHashes());
    view()->setColumnHidden(FileModel::Pickle, !m_model->hasPickles());
    showRows(tr("The folder has no files that belong to a model."));
    // What may do harm, or is missing, is what one wants to read first.
    for (const int column : {FileModel::Pickle, FileModel::State}) {
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (m_model->index(row, column).data(Qt::DecorationRole).isValid())
                return selectRow(row);
        }
    }
    selectRow(0);
}

void FilesTab::showDetail(int row)
{
    m_detail->setVisible(row >= 0);
    if (row >= 0)
        m_detail->setPlainText(m_model->details(row));
}

} // namespace assay
