// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/inspecttab.h"

class QAbstractItemModel;
class QLabel;
class QSortFilterProxyModel;
class QTreeView;

namespace assay {

class FileModel;
class FilterBar;
class FindingModel;

/// A sortable table with a filter bar; the two tabs below say what is in it.
class TableTab : public InspectTab
{
    Q_OBJECT
public:
    TableTab(const QString &name, QAbstractItemModel *model, QWidget *parent);
    void focusFilter() override;

protected:
    void showRows(const QString &whenEmpty);

private:
    void filter(const QString &text);
    FilterBar *m_filter;
    QSortFilterProxyModel *m_proxy;
    QTreeView *m_view;
    QLabel *m_empty;
};

/// Everything odd, with the reason why it matters.
class FindingsTab : public TableTab
{
    Q_OBJECT
public:
    explicit FindingsTab(QWidget *parent = nullptr);

protected:
    void read(const std::shared_ptr<const Inspection> &inspection) override;

private:
    FindingsTab(FindingModel *model, QWidget *parent);
    FindingModel *m_model;
};

/// The files that make up the model.
class FilesTab : public TableTab
{
    Q_OBJECT
public:
    explicit FilesTab(QWidget *parent = nullptr);

protected:
    void read(const std::shared_ptr<const Inspection> &inspection) override;

private:
    FilesTab(FileModel *model, QWidget *parent);
    FileModel *m_model;
};

} // namespace assay
