// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/tabletab.h"

class QComboBox;

namespace assay {

class Acknowledgements;
class FindingDetail;
class FindingModel;

/// Everything odd, with the evidence, the reason why it matters, and who has acknowledged it.
class FindingsTab : public TableTab
{
    Q_OBJECT
public:
    explicit FindingsTab(Acknowledgements *acknowledgements, QWidget *parent = nullptr);
    /// What checks that read all of the subject have found.
    void setMeasured(std::vector<Finding> findings);

protected:
    void read(const std::shared_ptr<const Inspection> &inspection) override;

private:
    FindingsTab(FindingModel *model, Acknowledgements *acknowledgements, QWidget *parent);
    void showDetail(int row);
    FindingModel *m_model;
    Acknowledgements *m_acknowledgements;
    std::vector<Finding> m_measured;
    QComboBox *m_severity;
    FindingDetail *m_detail;
};

} // namespace assay
