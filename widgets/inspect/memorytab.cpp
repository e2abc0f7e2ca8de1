// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/memorytab.h"

#include "core/compare/memorysheet.h"
#include "core/service/translation.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/common/itemviews.h"
#include "widgets/inspect/memorychoice.h"
#include "widgets/inspect/memorytable.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace assay {
namespace {

constexpr int kChoiceWidth = 230, kWidestColumn = 260;

} // namespace

MemoryTab::MemoryTab(QWidget *parent)
    : InspectTab(parent), m_choice(new MemoryChoice(this)), m_verdict(new QLabel(this)), m_bars(new ChartWidget(this)),
      m_curve(new ChartWidget(this)), m_table(new MemoryTable(this)), m_view(makeTreeView(tr("Terms"), false, this))
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidget(m_choice);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFixedWidth(kChoiceWidth);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QFont bold = m_verdict->font();
    bold.setBold(true);
    m_verdict->setFont(bold);
    m_verdict->setWordWrap(true);
    m_verdict->setObjectName(QStringLiteral("memoryVerdict"));
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *charts = new QSplitter(Qt::Horizontal, this);
    charts->addWidget(m_bars);
    charts->addWidget(m_curve);
    charts->setStretchFactor(0, 2);
    charts->setStretchFactor(1, 3);
    m_view->setModel(m_table);
    auto *halves = new QSplitter(Qt::Vertical, this);
    halves->addWidget(charts);
    halves->addWidget(m_view);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    auto *right = new QVBoxLayout;
    right->addWidget(m_verdict);
    right->addWidget(halves, 1);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(scroll);
    layout->addLayout(right, 1);
    connect(m_choice, &MemoryChoice::changed, this, &MemoryTab::plan);
}

void MemoryTab::focusFilter()
{
    m_choice->focusFirst();
}

void MemoryTab::setRunSource(std::function<std::shared_ptr<const BenchRun>()> source)
{
    m_source = std::move(source);
}

void MemoryTab::refreshMeasured()
{
    if (m_model && isVisible())
        plan();
}

void MemoryTab::read(const std::shared_ptr<const Inspection> &inspection)
{
    m_model = memoryModel(inspection->facts);
    m_choice->setContextLength(m_model->contextLength);
    m_choice->suggestRuntime(usualRuntime(inspection->facts.format).id);
    m_choice->setHasNextToken(m_model->nextToken.all().parameters > 0);
    plan();
    fitColumns(m_view, kWidestColumn);
}

void MemoryTab::plan()
{
    if (!m_model)
        return;
    const Translate translate = qtTranslate();
    MemorySheet sheet = memorySheet(*m_model, m_choice->request(), translate);
    if (const auto run = m_source ? m_source() : nullptr)
        sheet.measured = measuredMemory(*m_model, *run);
    m_verdict->setText(toQString(memoryVerdict(sheet, translate)));
    m_bars->setSpec(memoryBars(sheet, translate));
    m_curve->setSpec(memoryCurve(*m_model, sheet, translate));
    m_table->setSheet(sheet);
}

} // namespace assay
