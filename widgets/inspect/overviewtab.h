// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/inspecttab.h"

class QTreeView;

namespace assay {

class BarModel;
class FactModel;
class FindingModel;

/// Facts with their sources; beside them what the parameters and bytes are made of, and the gravest findings.
class OverviewTab : public InspectTab
{
    Q_OBJECT
public:
    explicit OverviewTab(QWidget *parent = nullptr);

protected:
    void read(const std::shared_ptr<const Inspection> &inspection) override;

private:
    QWidget *makeFacts();
    QWidget *makeParts();
    void readParts(const Inspection &inspection);
    FactModel *m_facts;
    BarModel *m_components;
    BarModel *m_dtypes;
    FindingModel *m_findings;
    QTreeView *m_factView = nullptr;
    QTreeView *m_findingView = nullptr;
    QWidget *m_noFindings = nullptr;
};

} // namespace assay
