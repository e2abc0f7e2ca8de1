// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/accuracypage.h"

#include "core/compare/joined.h"
#include "core/service/background.h"
#include "core/service/runlibrary.h"
#include "core/service/translation.h"
#include "core/service/workspace.h"
#include "widgets/accuracy/answersview.h"
#include "widgets/accuracy/answerfilters.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/common/statepage.h"
#include "widgets/compare/chartgrid.h"
#include "widgets/compare/comparepage.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kPauseMilliseconds = 250; ///< between two refreshes

/// Only the runs on this suite.
void keepSuite(Comparison &comparison, const std::string &suite)
{
    for (ComparedSubject &subject : comparison.subjects)
        std::erase_if(subject.evaluations, [&](const auto &run) { return !run || run->protocol.suite != suite; });
}

std::vector<std::shared_ptr<const EvaluationRun>> runsOf(const Comparison &comparison)
{
    std::vector<std::shared_ptr<const EvaluationRun>> runs;
    for (const ComparedSubject &subject : comparison.subjects)
        runs.push_back(subject.evaluations.empty() ? nullptr : subject.evaluations.front());
    return runs;
}

/// Runs that were asked something else cannot stand beside the reference's: their items only look alike.
void dropOtherVersions(std::vector<std::shared_ptr<const EvaluationRun>> &runs, size_t reference)
{
    const auto first = std::find_if(runs.begin(), runs.end(), [](const auto &run) { return run != nullptr; });
    const auto kept = reference < runs.size() && runs[reference] ? runs[reference] : first == runs.end() ? nullptr : *first;
    for (auto &run : runs) {
        if (run && kept && !sameSuite(*run, *kept))
            run = nullptr;
    }
}

} // namespace

AccuracyPage::AccuracyPage(Workspace *workspace, RunLibrary *runs, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_runs(runs)
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
    showState(0, false);
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
    m_tabs->addTab(m_answers, tr("Answers"));
    layout->addWidget(m_headline);
    layout->addWidget(buildTools());
    layout->addWidget(m_tabs, 1);
    connect(m_charts, &ChartGrid::measureRequested, this, &AccuracyPage::measureRequested);
    connect(m_charts, &ChartGrid::saveFailed, this, &AccuracyPage::pictureFailed);
    connect(m_charts, &ChartGrid::lineMoved, this,
            [this](const QString &, const QString &handle, double value) { moveLine(handle, value); });
    connect(m_charts, &ChartGrid::cellChosen, this, &AccuracyPage::chooseCell);
    return content;
}

QWidget *AccuracyPage::buildTools()
{
    auto *tools = new QWidget(this);
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    m_suites = new QComboBox(tools);
    m_suites->setAccessibleName(tr("Suite"));
    m_suites->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_margin = new QDoubleSpinBox(tools);
    m_margin->setAccessibleName(tr("Margin"));
    m_margin->setRange(0, 100);
    m_margin->setDecimals(1);
    m_margin->setSingleStep(0.5);
    m_margin->setValue(kDefaultMargin * 100);
    m_margin->setSuffix(tr(" points"));
    m_margin->setToolTip(tr("The loss of accuracy that was said to be acceptable before the run. A subject whose whole interval is above it "
                            "is not inferior."));
    auto *suiteName = new QLabel(tr("&Suite"), tools), *marginName = new QLabel(tr("Acceptable &loss"), tools);
    suiteName->setBuddy(m_suites);
    marginName->setBuddy(m_margin);
    row->addWidget(suiteName);
    row->addWidget(m_suites);
    row->addSpacing(16);
    row->addWidget(marginName);
    row->addWidget(m_margin);
    row->addStretch();
    connect(m_suites, &QComboBox::activated, this, [this] {
        m_wanted = m_suites->currentData().toString().toStdString();
        m_routingCost.reset(); // another suite costs something else
        refreshSoon();
    });
    connect(m_margin, &QDoubleSpinBox::valueChanged, this, &AccuracyPage::refreshSoon);
    return tools;
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
    Comparison comparison = shownComparison(*m_workspace, *m_runs);
    comparison.margin = m_margin->value() / 100;
    comparison.routingCost = m_routingCost;
    m_stale = false;
    m_sinceRefresh.start();
    const bool answered = !suitesOf(comparison).empty();
    showState(comparison.subjects.size(), answered);
    if (!answered)
        return;
    m_computing = true;
    // The comparison is a snapshot: it shares nothing that changes.
    inBackground(
        this,
        [comparison = std::move(comparison), wanted = m_wanted, shown = m_view.table] { return viewOf(comparison, wanted, shown); },
        [this](View view) {
            m_computing = false;
            apply(std::move(view));
            if (m_stale)
                refreshSoon();
        });
}

AccuracyPage::View AccuracyPage::viewOf(Comparison comparison, const std::string &wanted, std::shared_ptr<const AnswerTable> shown)
{
    const Translate translate = qtTranslate();
    View view;
    for (const SuiteView &suite : suitesOf(comparison))
        view.suites.emplace_back(suite.name, suite.title);
    const bool there = std::any_of(view.suites.begin(), view.suites.end(), [&](const auto &suite) { return suite.first == wanted; });
    view.suite = there ? wanted : headlineSuite(Joined(comparison));
    keepSuite(comparison, view.suite);
    view.subjects = columnsOf(comparison);
    view.reference = std::min(comparison.reference, comparison.subjects.size() - 1);
    view.headline = accuracySentence(comparison, translate);
    view.charts = accuracyCharts(comparison, translate);
    auto runs = runsOf(comparison);
    dropOtherVersions(runs, view.reference);
    view.table = shown && shown->allRuns() == runs ? std::move(shown) : std::make_shared<const AnswerTable>(std::move(runs));
    return view;
}

void AccuracyPage::apply(View view)
{
    const QSignalBlocker quiet(m_suites);
    m_suites->clear();
    for (const auto &[name, title] : view.suites)
        m_suites->addItem(toQString(title), toQString(name));
    m_suites->setCurrentIndex(m_suites->findData(toQString(view.suite)));
    m_headline->setText(toQString(view.headline));
    m_headline->setVisible(!view.headline.empty());
    m_charts->setCharts(view.charts);
    m_answers->setTable(view.table, view.subjects, view.reference);
    m_view = std::move(view);
    emit updated();
}

void AccuracyPage::showState(size_t subjects, bool answered)
{
    m_stack->setCurrentIndex(answered ? 1 : 0);
    if (answered)
        return;
    if (m_workspace->loading())
        m_state->showLoading(tr("Opening..."));
    else if (subjects == 0)
        m_state->showEmpty(tr("Open models, then have them answer a suite: every answer stands here, side by side."), tr("Open a model"));
    else
        m_state->showEmpty(tr("No suite has been answered yet. Have the open subjects answer one: every answer stands here, side by side."),
                           tr("Measure"));
}

void AccuracyPage::moveLine(const QString &handle, double value)
{
    if (handle == QLatin1String(kMarginHandle))
        return m_margin->setValue(-value);
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

void AccuracyPage::focusFilter()
{
    showAnswers();
    m_answers->filters()->focusField();
}

} // namespace assay
