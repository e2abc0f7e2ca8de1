// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/accuracypage.h"

#include "core/service/background.h"
#include "core/service/fidelitylibrary.h"
#include "core/service/runlibrary.h"
#include "core/service/translation.h"
#include "core/service/workspace.h"
#include "widgets/accuracy/accuracytools.h"
#include "widgets/accuracy/answerfilters.h"
#include "widgets/accuracy/answersview.h"
#include "widgets/accuracy/fidelitypanel.h"
#include "widgets/accuracy/rejudging.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/common/statepage.h"
#include "widgets/compare/chartgrid.h"
#include "widgets/compare/comparepage.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kPauseMilliseconds = 250; ///< between two refreshes
constexpr int kLeastHeight = 260;       ///< pixels of the views, whatever the text size: they scroll

} // namespace

AccuracyPage::AccuracyPage(Workspace *workspace, RunLibrary *runs, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_runs(runs), m_judging(new Rejudging(runs, this))
{
    setAccessibleName(tr("Accuracy"));
    m_stack = new QStackedLayout(this);
    m_state = new StatePage(this);
    m_stack->addWidget(m_state);
    m_stack->addWidget(buildContent());
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &AccuracyPage::refresh);
    connect(m_state, &StatePage::buttonClicked, this, [this] {
        if (m_workspace->subjects().empty())
            emit openRequested();
        else
            emit measureRequested();
    });
    for (const auto signal : {&Workspace::opened, &Workspace::changed, &Workspace::closed})
        connect(m_workspace, signal, this, &AccuracyPage::refreshSoon);
    connect(m_workspace, &Workspace::allSettled, this, &AccuracyPage::refreshSoon);
    connect(m_runs, &RunLibrary::runChanged, this, &AccuracyPage::refreshSoon);
    connect(m_runs, &RunLibrary::loaded, this, &AccuracyPage::refreshSoon);
    connect(&m_runs->fidelity(), &FidelityLibrary::changed, this, &AccuracyPage::refreshSoon);
    connect(m_judging, &Rejudging::changed, this, [this] { m_tools->setJudging(m_judging->busy(), m_judging->canUndo()); });
    connect(m_judging, &Rejudging::failed, this, &AccuracyPage::failed);
    showState();
}

AccuracyPage::~AccuracyPage() = default;

QWidget *AccuracyPage::buildContent()
{
    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(12, 10, 12, 8);
    m_headline = new QLabel(content);
    m_headline->setWordWrap(true);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_headline->setAccessibleName(tr("Headline"));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.15);
    m_headline->setFont(large);
    m_tools = new AccuracyTools(content);
    m_tabs = new QTabWidget(content);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Views of the answers"));
    auto *scroll = new QScrollArea(m_tabs);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    m_charts = new ChartGrid(scroll);
    scroll->setWidget(m_charts);
    m_answers = new AnswersView(m_tabs);
    m_tabs->addTab(scroll, tr("Charts"));
    m_fidelity = new FidelityPanel(m_tabs);
    m_tabs->addTab(m_answers, tr("Answers"));
    m_tabs->addTab(m_fidelity, tr("Fidelity"));
    layout->addWidget(m_headline);
    layout->addWidget(m_tools);
    m_tabs->setMinimumHeight(kLeastHeight);
    layout->addWidget(m_tabs, 1);
    connect(m_charts, &ChartGrid::measureRequested, this, &AccuracyPage::measureRequested);
    connect(m_charts, &ChartGrid::saveFailed, this, &AccuracyPage::pictureFailed);
    connect(m_fidelity, &FidelityPanel::startRequested, this, &AccuracyPage::fidelityRequested);
    connect(m_fidelity, &FidelityPanel::pictureFailed, this, &AccuracyPage::pictureFailed);
    connect(m_charts, &ChartGrid::lineMoved, this,
            [this](const QString &, const QString &handle, double value) { moveLine(handle, value); });
    connect(m_charts, &ChartGrid::cellChosen, this, &AccuracyPage::chooseCell);
    connect(m_tools, &AccuracyTools::suiteChosen, this, [this] { m_routingCost.reset(); }); // another suite costs something else
    connect(m_tools, &AccuracyTools::chosen, this, &AccuracyPage::refreshSoon);
    connect(m_tools, &AccuracyTools::marginChanged, this, &AccuracyPage::refreshSoon);
    connect(m_tools, &AccuracyTools::judgeRequested, this, [this](const std::string &scorer) {
        if (m_view.table)
            m_judging->judge(m_view.table->allRuns(), scorer);
        refreshSoon();
    });
    connect(m_tools, &AccuracyTools::undoRequested, m_judging, &Rejudging::undo);
    return content;
}

void AccuracyPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        refreshSoon();
}

void AccuracyPage::refreshSoon()
{
    m_stale = true;
    if (!isVisible() || m_pause.isActive() || m_computing)
        return;
    const qint64 since = m_sinceRefresh.isValid() ? m_sinceRefresh.elapsed() : kPauseMilliseconds;
    m_pause.start(int(std::max<qint64>(0, kPauseMilliseconds - since)));
}

void AccuracyPage::refresh()
{
    AccuracySource source{shownComparison(*m_workspace, *m_runs), m_runs->evaluationRuns(), m_tools->choice(), m_view.table};
    source.open.margin = m_tools->margin()->value() / 100;
    source.open.routingCost = m_routingCost;
    m_stale = false;
    m_sinceRefresh.start();
    m_computing = true;
    // It is all snapshots: nothing of it changes.
    inBackground(
        this, [source = std::move(source)]() mutable { return accuracyViewOf(std::move(source)); },
        [this](AccuracyView view) {
            m_computing = false;
            apply(std::move(view));
            if (m_stale)
                refreshSoon();
        });
}

void AccuracyPage::apply(AccuracyView view)
{
    m_view = std::move(view);
    showState();
    m_fidelity->setContents(m_view.fidelityCharts, m_view.fidelityFigures);
    // Without answers there is one tab to look at.
    const bool answered = m_view.table != nullptr;
    m_tools->setVisible(answered);
    for (int tab = 0; tab < m_tabs->count(); ++tab)
        m_tabs->setTabVisible(tab, answered || m_tabs->widget(tab) == m_fidelity);
    if (!answered) {
        m_headline->hide();
        if (shows())
            emit updated();
        return;
    }
    m_tools->show(m_view);
    m_headline->setText(toQString(m_view.headline));
    m_headline->setVisible(!m_view.headline.empty());
    m_charts->setCharts(m_view.charts);
    m_answers->setTable(m_view.table, m_view.subjects, m_view.reference);
    const auto &runs = m_view.table->allRuns();
    if (const auto run = std::ranges::find_if(runs, [](const auto &one) { return one != nullptr; }); run != runs.end())
        m_answers->setQuestions((*run)->protocol.suiteFingerprint, m_runs->suiteReader((*run)->protocol));
    emit updated();
}

/// Whether there is anything.
bool AccuracyPage::shows() const
{
    return m_view.table || !m_view.fidelityCharts.empty();
}

void AccuracyPage::showState()
{
    m_stack->setCurrentIndex(shows() ? 1 : 0);
    if (shows())
        return;
    if (m_workspace->loading())
        m_state->showLoading(tr("Opening..."));
    else if (m_workspace->subjects().empty())
        m_state->showEmpty(tr("Open models, then have them answer a suite: every answer stands here, side by side."), tr("Open a model"));
    else
        m_state->showEmpty(tr("No suite has been answered yet. Have the open subjects answer one: every answer stands here, side by side."),
                           tr("Measure"));
}

void AccuracyPage::moveLine(const QString &handle, double value)
{
    if (handle == QLatin1String(kMarginHandle))
        return m_tools->margin()->setValue(-value);
    m_routingCost = value;
    refreshSoon();
}

/// A cell of a flip matrix: the answers that it counts.
void AccuracyPage::chooseCell(const QString &chart, int column, int row)
{
    const std::string id = chart.toStdString();
    const auto spec = std::find_if(m_view.charts.begin(), m_view.charts.end(), [&](const ChartSpec &one) { return one.id == id; });
    const auto subject = flipSubject(id);
    if (spec == m_view.charts.end() || !subject)
        return;
    const Translate translate = qtTranslate();
    const auto outcome = [&](int index) {
        const auto found = std::find_if(kOutcomes.begin(), kOutcomes.end(), [&](Outcome one) {
            return translate("Outcome", outcomeName(one)) == spec->categories[size_t(index)];
        });
        return found == kOutcomes.end() ? Outcome::Right : *found;
    };
    m_answers->showCell(m_view.reference, outcome(row), *subject, outcome(column));
    showAnswers();
}

QString AccuracyPage::headline() const
{
    return m_headline->text();
}

void AccuracyPage::showAnswers()
{
    m_tabs->setCurrentWidget(m_answers);
}

void AccuracyPage::showFidelity()
{
    m_tabs->setCurrentWidget(m_fidelity);
}

void AccuracyPage::focusFilter()
{
    showAnswers();
    m_answers->filters()->focusField();
}

} // namespace assay
