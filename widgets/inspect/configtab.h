// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/inspecttab.h"
#include "widgets/inspect/jsontree.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace assay {

class FilterBar;
class JsonModel;

/// What the model declares of itself, as a searchable tree with explanations, its text beside it: config.json,
/// generation_config.json, the metadata of the weights.
class ConfigTab : public InspectTab
{
    Q_OBJECT
public:
    explicit ConfigTab(QWidget *parent = nullptr);
    void focusFilter() override;

protected:
    void read(const std::shared_ptr<const Inspection> &inspection) override;

private:
    enum Source { Config, Generation, Metadata };
    void offerSources(const Inspection &inspection);
    void readSource();
    void showTree(JsonTree tree, const std::vector<Finding> &findings);
    void showMeaning(const QModelIndex &field);
    void filter(const QString &text);
    QComboBox *m_source;
    FilterBar *m_filter;
    JsonModel *m_model;
    QSortFilterProxyModel *m_proxy;
    QTreeView *m_view;
    QPlainTextEdit *m_raw;
    QLabel *m_note;
    QLabel *m_meaning; ///< of the chosen field, in full
    int m_generation = 0; ///< tells a late answer from the newest
};

} // namespace assay
