// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/inspecttab.h"

class QSplitter;
class QTreeView;

namespace assay {

class FilterBar;
class LayerModel;

/// The folded layer tree with its filter.
class LayersTab : public InspectTab
{
    Q_OBJECT
public:
    explicit LayersTab(QWidget *parent = nullptr);
    void focusFilter() override;
    /// Puts what shows the current tensor to the right of the tree; the tab takes it over.
    void setDetail(QWidget *panel);

signals:
    /// The tensor of the current row (the first of a fold), an index into Checkpoint::tensors of the inspection that
    /// the tab was given last; -1 for a module and for no row.
    void currentTensorChanged(qint64 tensor);

protected:
    void read(const std::shared_ptr<const Inspection> &inspection) override;

private:
    void filter(const QString &text);
    void unfold();
    void tellCurrent();
    FilterBar *m_filter;
    LayerModel *m_model;
    QSplitter *m_splitter;
    QTreeView *m_view;
    qint64 m_currentTensor = -1;
};

} // namespace assay
