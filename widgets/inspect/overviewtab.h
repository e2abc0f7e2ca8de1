// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/inspecttab.h"

class QLabel;
class QPushButton;
class QTreeView;
class QVBoxLayout;

namespace assay {

class Acknowledgements;
class ArchitectureDrawing;
class BarModel;
class FactModel;

/// The architecture as a drawing; below it facts with their sources, beside them what the parameters and bytes are made of, and the gravest findings.
class OverviewTab : public InspectTab
{
    Q_OBJECT
public:
    explicit OverviewTab(Acknowledgements *acknowledgements, QWidget *parent = nullptr);

protected:
    void read(const std::shared_ptr<const Inspection> &inspection) override;

private:
    QWidget *makeFacts();
    QWidget *makeParts();
    void readFindings(const std::vector<Finding> &findings);
    void readParts(const Inspection &inspection);
    Acknowledgements *m_acknowledgements;
    ArchitectureDrawing *m_drawing;
    FactModel *m_facts;
    BarModel *m_components;
    BarModel *m_dtypes;
    QTreeView *m_factView = nullptr;
    QLabel *m_noFacts = nullptr; ///< in its place where nothing could be read
    QVBoxLayout *m_findings = nullptr; ///< a line for each of the gravest
    QPushButton *m_allFindings = nullptr;
};

} // namespace assay
