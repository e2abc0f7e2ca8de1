// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/inspecttab.h"

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

protected:
    void read(const std::shared_ptr<const Inspection> &inspection) override;

private:
    void filter(const QString &text);
    void unfold();
    FilterBar *m_filter;
    LayerModel *m_model;
    QTreeView *m_view;
};

} // namespace assay
