// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/filestab.h"

#include "widgets/inspect/filemodel.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QTreeView>

namespace assay {
namespace {
constexpr int kDetailLines = 7;
}

FilesTab::FilesTab(QWidget *parent) : FilesTab(new FileModel, parent) {}

FilesTab::FilesTab(FileModel *model, QWidget *parent)
    : TableTab(tr("Files"), model, parent), m_model(model), m_detail(new QPlainTextEdit(this))
{
    m_detail->setReadOnly(true);
    m_detail->setAccessibleName(tr("The chosen file"));
    m_detail->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_detail->setTabChangesFocus(true);
    m_detail->setFixedHeight(m_detail->fontMetrics().lineSpacing() * kDetailLines + 12);
    addBelow(m_detail);
    connect(this, &TableTab::currentRowChanged, this, &FilesTab::showDetail);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] { showDetail(currentRow()); });
}

void FilesTab::read(const std::shared_ptr<const Inspection> &inspection)
{
    m_model->setDirectory(inspection->directory);
    view()->setColumnHidden(FileModel::Expected, !m_model->hasHashes());
    view()->setColumnHidden(FileModel::Hash, !m_model->hasHashes());
    view()->setColumnHidden(FileModel::Pickle, !m_model->hasPickles());
    showRows(tr("The folder has no files that belong to a model."));
    for (int row = 0; row < m_model->rowCount(); ++row) {
        // What may do harm is what one wants to read first.
        if (m_model->index(row, FileModel::Pickle).data(Qt::DecorationRole).isValid()) {
            selectRow(row);
            return;
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
