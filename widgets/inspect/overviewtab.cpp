// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/overviewtab.h"

#include "core/base/units.h"
#include "core/service/translation.h"
#include "widgets/common/itemviews.h"
#include "widgets/inspect/barmodel.h"
#include "widgets/inspect/components.h"
#include "widgets/inspect/factmodel.h"
#include "widgets/inspect/findingmodel.h"

#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace assay {
namespace {

QLabel *makeHeading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

/// A short list: as high as its rows need, up to most of them.
void fitHeight(QTreeView *view, int most)
{
    const int rows = std::clamp(view->model()->rowCount(), 1, most);
    const int row = std::max(view->sizeHintForRow(0), view->fontMetrics().height());
    view->setFixedHeight(view->header()->sizeHint().height() + rows * row + 2 * view->frameWidth() + 2);
}

} // namespace

OverviewTab::OverviewTab(QWidget *parent)
    : InspectTab(parent), m_facts(new FactModel(this)), m_components(new BarModel(componentColumns(), this)),
      m_dtypes(new BarModel(dtypeColumns(), this)), m_findings(new FindingModel(this))
{
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(makeFacts());
    splitter->addWidget(makeParts());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(splitter);
}

QWidget *OverviewTab::makeFacts()
{
    m_factView = makeTreeView(tr("Facts"), true, this);
    m_factView->setModel(m_facts);
    m_factView->setIndentation(12);
    return m_factView;
}

QWidget *OverviewTab::makeParts()
{
    auto *side = new QWidget(this);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(6, 0, 0, 0);
    layout->addWidget(makeHeading(tr("Findings"), side));
    m_noFindings = new QLabel(tr("Nothing odd was found."), side);
    layout->addWidget(m_noFindings);
    m_findingView = makeTreeView(tr("Findings"), false, side);
    m_findingView->setModel(m_findings);
    m_findingView->setColumnHidden(FindingModel::Why, true);
    m_findingView->setColumnHidden(FindingModel::Where, true);
    connect(m_findingView, &QTreeView::activated, this, [this] { emit tabWanted(QStringLiteral("findings")); });
    layout->addWidget(m_findingView);
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
    m_facts->setRows(factRows(inspection->facts));
    for (int group = 0; group < m_facts->rowCount(); ++group)
        m_factView->setFirstColumnSpanned(group, {}, true);
    m_factView->expandAll();
    fitColumns(m_factView, 280);
    m_findings->setFindings(inspection->facts.findings);
    const bool any = m_findings->rowCount({}) > 0;
    m_noFindings->setVisible(!any);
    m_findingView->setVisible(any);
    fitColumns(m_findingView, 600);
    fitHeight(m_findingView, 6);
    readParts(*inspection);
}

void OverviewTab::readParts(const Inspection &inspection)
{
    std::vector<BarPart> components;
    for (const ComponentTotal &total : componentTotals(inspection.tree)) {
        components.push_back({QCoreApplication::translate("Component", total.name), double(total.elements),
                              toQString(formatCount(double(total.elements))), toQString(groupedDigits(int64_t(total.elements)))});
    }
    m_components->setParts(std::move(components));
    std::vector<BarPart> dtypes;
    for (const auto &[name, totals] : inspection.facts.dtypes) {
        dtypes.push_back({toQString(name), double(totals.bytes), toQString(formatBytes(double(totals.bytes))),
                          tr("%1 bytes, %2 elements in %3 tensors")
                              .arg(toQString(groupedDigits(int64_t(totals.bytes))), toQString(groupedDigits(int64_t(totals.elements))),
                                   toQString(groupedDigits(int64_t(totals.tensors))))});
    }
    m_dtypes->setParts(std::move(dtypes));
}

} // namespace assay
