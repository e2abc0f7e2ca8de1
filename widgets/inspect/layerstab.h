// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tablecopy.h"
#include "widgets/inspect/inspecttab.h"
#include "widgets/inspect/layerview.h"

#include <stop_token>

class QMenu;
class QSplitter;
class QTreeView;

namespace assay {

class FilterBar;
class LayerModel;

/// The folded layer tree with its filter and its columns. Filtering and sorting happen off the window's thread; what
/// was shown stays until the new rows are there.
class LayersTab : public InspectTab
{
    Q_OBJECT
public:
    explicit LayersTab(QWidget *parent = nullptr);
    ~LayersTab() override;
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
    void createMenus();
    void filter(const QString &text);
    void sort(int column, Qt::SortOrder order);
    void request();
    void display(std::shared_ptr<const LayerView> view);
    void unfold();
    void tellCurrent();
    void setColumnShown(int column, bool shown);
    void fillColumnMenu(QMenu *menu);
    void copyAll(CopyFormat format);

    FilterBar *m_filter;
    LayerModel *m_model;
    QSplitter *m_splitter;
    QTreeView *m_view;
    std::shared_ptr<const Inspection> m_inspection;
    LayerRequest m_request;
    std::stop_source m_stop;  ///< of the request that is being worked on
    quint64 m_requests = 0;   ///< only the answer to the last one counts
    bool m_fit = false;       ///< the columns are to be fitted to the next rows
    qint64 m_currentTensor = -1;
};

} // namespace assay
