// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/findingstab.h"

#include "core/base/units.h"
#include "core/service/acknowledgements.h"
#include "core/service/translation.h"
#include "widgets/inspect/findingdetail.h"
#include "widgets/inspect/findingmodel.h"

#include <QComboBox>
#include <QTreeView>

namespace assay {

FindingsTab::FindingsTab(Acknowledgements *acknowledgements, QWidget *parent)
    : FindingsTab(new FindingModel, acknowledgements, parent)
{
}

FindingsTab::FindingsTab(FindingModel *model, Acknowledgements *acknowledgements, QWidget *parent)
    : TableTab(tr("Findings"), model, parent), m_model(model), m_acknowledgements(acknowledgements),
      m_severity(new QComboBox(this)), m_detail(new FindingDetail(this))
{
    m_severity->setAccessibleName(tr("Severity of the findings that are shown"));
    m_severity->addItem(tr("all"));
    for (const Severity severity : {Severity::Problem, Severity::Warning, Severity::Info})
        m_severity->addItem(severityText(severity), int(severity));
    addBesideFilter(m_severity);
    addBelow(m_detail);
    connect(m_severity, &QComboBox::currentIndexChanged, this, &FindingsTab::readAgain);
    connect(this, &TableTab::currentRowChanged, this, &FindingsTab::showDetail);
    connect(m_acknowledgements, &Acknowledgements::changed, this, &FindingsTab::readAgain);
    connect(m_detail, &FindingDetail::acknowledged, this, [this](const QString &by, const QString &note) {
        if (const int row = currentRow(); row >= 0)
            m_acknowledgements->acknowledge(fingerprint(), Finding(m_model->row(row).finding),
                                            {by, note, toQString(utcNow())});
        view()->setFocus(); // the button goes away for a moment, and takes the focus with it
    });
    connect(m_detail, &FindingDetail::withdrawn, this, [this] {
        if (const int row = currentRow(); row >= 0)
            m_acknowledgements->withdraw(fingerprint(), Finding(m_model->row(row).finding));
        view()->setFocus();
    });
}

void FindingsTab::setMeasured(std::vector<Finding> findings)
{
    m_measured = std::move(findings);
    readAgain();
}

void FindingsTab::read(const std::shared_ptr<const Inspection> &inspection)
{
    const int before = currentRow();
    const QVariant wanted = m_severity->currentData();
    std::vector<FindingModel::Row> rows;
    std::vector<Finding> all = inspection->facts.findings;
    all.insert(all.end(), m_measured.begin(), m_measured.end());
    for (const Finding &finding : all) {
        if (!wanted.isValid() || wanted.toInt() == int(definitionOf(finding.code).severity))
            rows.push_back({finding, m_acknowledgements->find(fingerprint(), finding)});
    }
    m_model->setRows(std::move(rows));
    const int total = int(all.size());
    showRows(total == 0 ? tr("Nothing odd was found.") : tr("No finding of this severity."), total);
    selectRow(std::min(std::max(before, 0), m_model->rowCount() - 1));
}

void FindingsTab::showDetail(int row)
{
    const bool any = row >= 0 && row < m_model->rowCount();
    m_detail->showRow(any ? &m_model->row(row) : nullptr, !fingerprint().empty());
}

} // namespace assay
