// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/fidelitypanel.h"

#include "core/service/translation.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/statepage.h"
#include "widgets/compare/chartgrid.h"
#include "widgets/compare/comparisonmodel.h"

#include <QHeaderView>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kWidestColumn = 420;
const char *const kCommand = "assay fidelity REFERENCE MODEL... --text FILE";

} // namespace

FidelityPanel::FidelityPanel(QWidget *parent) : QWidget(parent), m_stack(new QStackedLayout(this)), m_state(new StatePage(this))
{
    setAccessibleName(tr("Fidelity"));
    m_stack->addWidget(m_state);
    m_stack->addWidget(buildContent());
    connect(m_state, &StatePage::buttonClicked, this, &FidelityPanel::startRequested);
    setContents({}, {});
}

QWidget *FidelityPanel::buildContent()
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *content = new QWidget(scroll);
    auto *layout = new QVBoxLayout(content);
    m_hint = new QLabel(content);
    m_hint->setWordWrap(true);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_hint->setAccessibleName(tr("What was not compared"));
    m_charts = new ChartGrid(content);
    m_figures = makeTreeView(tr("Figures of fidelity"), true, content);
    m_model = new ComparisonModel(this);
    m_figures->setModel(m_model);
    m_figures->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *hold = new QPushButton(tr("Hold against a reference..."), content);
    auto *top = new QHBoxLayout;
    top->addWidget(m_hint, 1);
    top->addWidget(hold, 0, Qt::AlignTop | Qt::AlignRight);
    layout->addLayout(top);
    connect(hold, &QPushButton::clicked, this, &FidelityPanel::startRequested);
    layout->addWidget(m_charts);
    layout->addWidget(m_figures);
    layout->addStretch(1);
    scroll->setWidget(content);
    connect(m_charts, &ChartGrid::saveFailed, this, &FidelityPanel::pictureFailed);
    return scroll;
}

void FidelityPanel::setContents(const std::vector<ChartSpec> &charts, const ComparisonView &figures)
{
    m_stack->setCurrentIndex(charts.empty() ? 0 : 1);
    const QString how = tr("Hold models against a reference, token by token over a text: %1").arg(QLatin1String(kCommand));
    if (charts.empty())
        m_state->showEmpty(tr("Nothing was held against a reference yet. %1").arg(how), tr("Hold against a reference..."));
    // Reasons stand with the charts as well; here nobody has to look for them.
    QStringList lines;
    for (const ChartSpec &chart : charts) {
        if (!chart.missing.empty())
            lines << toQString(chart.missing);
    }
    if (std::ranges::none_of(charts, [](const ChartSpec &chart) { return chart.id.starts_with("fidelity_percentiles"); }))
        lines << how;
    m_hint->setText(lines.join(u'\n'));
    m_hint->setVisible(!lines.isEmpty());
    m_charts->setCharts(charts);
    m_model->setView(figures);
    m_figures->setVisible(!figures.rows.empty());
    m_figures->expandAll();
    fitColumns(m_figures, kWidestColumn);
    // As high as its rows: the panel scrolls, not the table.
    int rows = 0;
    for (int group = 0; group < m_model->rowCount(); ++group)
        rows += 1 + m_model->rowCount(m_model->index(group, 0));
    const int row = std::max(m_figures->sizeHintForRow(0), fontMetrics().height() + 4);
    m_figures->setFixedHeight(m_figures->header()->sizeHint().height() + (rows + 1) * row + 2 * m_figures->frameWidth());
}

QString FidelityPanel::hint() const
{
    return m_stack->currentIndex() == 0 ? m_state->sentence() : m_hint->text();
}

} // namespace assay
