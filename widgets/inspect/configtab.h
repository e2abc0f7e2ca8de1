// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/inspecttab.h"
#include "widgets/inspect/jsontree.h"

class QLabel;
class QPlainTextEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace assay {

class FilterBar;
class JsonModel;

/// config.json as a searchable tree, its text beside it.
class ConfigTab : public InspectTab
{
    Q_OBJECT
public:
    explicit ConfigTab(QWidget *parent = nullptr);
    void focusFilter() override;

protected:
    void read(const std::shared_ptr<const Inspection> &inspection) override;

private:
    void showTree(JsonTree tree, const std::vector<Finding> &findings);
    void filter(const QString &text);
    FilterBar *m_filter;
    JsonModel *m_model;
    QSortFilterProxyModel *m_proxy;
    QTreeView *m_view;
    QPlainTextEdit *m_raw;
    QLabel *m_note;
    int m_generation = 0; ///< tells a late answer from the newest
};

} // namespace assay
