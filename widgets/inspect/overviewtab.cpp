// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/overviewtab.h"

#include "core/base/units.h"
#include "core/service/acknowledgements.h"
#include "core/service/translation.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/svgicon.h"
#include "widgets/common/theme.h"
#include "widgets/inspect/architecturedrawing.h"
#include "widgets/inspect/barmodel.h"
#include "widgets/inspect/components.h"
#include "widgets/inspect/factmodel.h"
#include "widgets/inspect/findingmodel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kFindingsShown = 5;

QLabel *makeHeading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

/// Sign and sentence of a finding.
QWidget *makeFindingLine(const Finding &finding, QWidget *parent)
{
    const FindingDefinition &definition = definitionOf(finding.code);
    auto *line = new QWidget(parent);
    auto *sign = new QLabel(line);
    sign->setPixmap(
        coloredIcon(severityName(definition.severity), severityColor(definition.severity, parent->palette()))
            .pixmap(16, 16));
    sign->setAccessibleName(severityText(definition.severity));
    sign->setToolTip(severityText(definition.severity));
    auto *text = new QLabel(toQString(finding.sentence(qtTranslate())), line);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setToolTip(QCoreApplication::translate("Finding", definition.why));
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(sign, 0, Qt::AlignTop);
    layout->addWidget(text, 1);
    return line;
}

/// A short list: as high as its rows need, up to most of them.
void fitHeight(QTreeView *view, int most)
{
    const int rows = std::clamp(view->model()->rowCount(), 1, most);
    const int row = std::max(view->sizeHintForRow(0), view->fontMetrics().height());
    view->setFixedHeight(view->header()->sizeHint().height() + rows * row + 2 * view->frameWidth() + 2);
}

} // namespace

OverviewTab::OverviewTab(Acknowledgements *acknowledgements, QWidget *parent)
    : InspectTab(parent), m_acknowledgements(acknowledgements), m_drawing(new ArchitectureDrawing(this)),
      m_facts(new FactModel(this)), m_components(new BarModel(componentColumns(), this)),
      m_dtypes(new BarModel(dtypeColumns(), this))
{
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(makeFacts());
    splitter->addWidget(makeParts());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(m_drawing);
    layout->addWidget(splitter, 1);
    connect(m_acknowledgements, &Acknowledgements::changed, this, [this] {
        if (inspection())
            readFindings(inspection()->facts.findings);
    });
}

QWidget *OverviewTab::makeFacts()
{
    m_factView = makeTreeView(tr("Facts"), true, this);
    m_factView->setModel(m_facts);
    m_factView->setIndentation(12);
    m_noFacts = new QLabel(tr("No facts: neither a configuration nor tensors could be read. The findings say why."), this);
    m_noFacts->setWordWrap(true);
    m_noFacts->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_noFacts->hide();
    auto *side = new QWidget(this);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_factView);
    layout->addWidget(m_noFacts);
    return side;
}

QWidget *OverviewTab::makeParts()
{
    auto *side = new QWidget(this);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(6, 0, 0, 0);
    layout->addWidget(makeHeading(tr("Findings"), side));
    m_findings = new QVBoxLayout;
    layout->addLayout(m_findings);
    m_allFindings = new QPushButton(side);
    m_allFindings->setFlat(true);
    connect(m_allFindings, &QPushButton::clicked, this,
            [this] { emit tabWanted(QStringLiteral("findings")); });
    layout->addWidget(m_allFindings, 0, Qt::AlignLeft);
    for (BarModel *model : {m_components, m_dtypes}) {
        const QString heading = model == m_components ? tr("Elements by component") : tr("Bytes by dtype");
        layout->addWidget(makeHeading(heading, side));
        QTreeView *view = makeTreeView(heading, false, side);
        view->setModel(model);
        layout->addWidget(view);
        connect(model, &QAbstractItemModel::modelReset, view, [view] {
            fitColumns(view, 240);
            fitHeight(view, 8);
        });
    }
    layout->addStretch(1);
    return side;
}

void OverviewTab::read(const std::shared_ptr<const Inspection> &inspection)
{
    m_drawing->setSketch(sketchArchitecture(inspection->facts));
    m_facts->setRows(factRows(inspection->facts));
    m_factView->setVisible(m_facts->rowCount() > 0);
    m_noFacts->setVisible(m_facts->rowCount() == 0);
    for (int group = 0; group < m_facts->rowCount(); ++group)
        m_factView->setFirstColumnSpanned(group, {}, true);
    m_factView->expandAll();
    fitColumns(m_factView, 170);
    readFindings(inspection->facts.findings);
    readParts(*inspection);
}

void OverviewTab::readFindings(const std::vector<Finding> &all)
{
    std::vector<Finding> findings = m_acknowledgements->open(fingerprint(), all);
    while (QLayoutItem *item = m_findings->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    std::stable_sort(findings.begin(), findings.end(), graver);
    if (findings.empty())
        m_findings->addWidget(new QLabel(
            all.empty() ? tr("Nothing odd was found.") : tr("Everything that was found is acknowledged."), this));
    for (size_t i = 0; i < std::min(findings.size(), kFindingsShown); ++i)
        m_findings->addWidget(makeFindingLine(findings[i], this));
    m_allFindings->setText(tr("Show all, with reasons"));
    m_allFindings->setVisible(!all.empty());
}

void OverviewTab::readParts(const Inspection &inspection)
{
    std::vector<BarPart> components;
    for (const ComponentTotal &total : componentTotals(inspection.tree)) {
        components.push_back({QCoreApplication::translate("Component", total.name), double(total.elements),
                              toQString(formatCount(double(total.elements))),
                              toQString(groupedDigits(int64_t(total.elements)))});
    }
    m_components->setParts(std::move(components));
    std::vector<BarPart> dtypes;
    for (const auto &[name, totals] : inspection.facts.dtypes) {
        dtypes.push_back({toQString(name), double(totals.bytes), toQString(formatBytes(double(totals.bytes))),
                          filled(tr("%1 {1:byte|bytes}, %2 {2:element|elements} in %3 {3:tensor|tensors}"),
                                 {toQString(groupedDigits(int64_t(totals.bytes))),
                                  toQString(groupedDigits(int64_t(totals.elements))),
                                  toQString(groupedDigits(int64_t(totals.tensors)))})});
    }
    m_dtypes->setParts(std::move(dtypes));
}

} // namespace assay
