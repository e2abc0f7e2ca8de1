// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/memoryplan.h"
#include "widgets/inspect/inspecttab.h"

#include <functional>

class QLabel;
class QTreeView;

namespace assay {

struct BenchRun;
class ChartWidget;
class MemoryChoice;
class MemoryTable;

/// What running the model takes, on which device, up to which context; measured points on top once there are any.
class MemoryTab : public InspectTab
{
    Q_OBJECT
public:
    explicit MemoryTab(QWidget *parent = nullptr);
    void focusFilter() override;
    /// Where the newest benchmark of the subject comes from; it is asked again by refreshMeasured.
    void setRunSource(std::function<std::shared_ptr<const BenchRun>()> source);
    void refreshMeasured();

protected:
    void read(const std::shared_ptr<const Inspection> &inspection) override;

private:
    void plan();
    MemoryChoice *m_choice;
    QLabel *m_verdict;
    ChartWidget *m_bars;
    ChartWidget *m_curve;
    MemoryTable *m_table;
    QTreeView *m_view;
    std::optional<MemoryModel> m_model;
    std::function<std::shared_ptr<const BenchRun>()> m_source;
};

} // namespace assay
