// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/comparepage.h"

#include "core/service/background.h"
#include "core/service/fidelitylibrary.h"
#include "core/service/runlibrary.h"
#include "core/service/translation.h"
#include "core/service/workspace.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/settings.h"
#include "widgets/common/statepage.h"
#include "widgets/common/theme.h"
#include "widgets/compare/chartgrid.h"
#include "widgets/compare/comparisontable.h"
#include "widgets/compare/pairmodel.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kPauseMilliseconds = 250; ///< between two refreshes

QLabel *makeParagraph(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

} // namespace

Comparison shownComparison(const Workspace &workspace, const RunLibrary &runs)
{
    const auto ready = std::ranges::count(workspace.subjects(), SubjectState::Ready, [](const auto &subject) { return subject->state; });
    return workspace.comparison(runs, {settings::kDtypesApart.get() || ready == 1});
}

ComparePage::ComparePage(Workspace *workspace, RunLibrary *runs, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_runs(runs)
{
    m_stack = new QStackedLayout(this);
    m_state = new StatePage(this);
    m_stack->addWidget(m_state);
    m_stack->addWidget(buildContent());
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &ComparePage::refresh);
    connect(m_state, &StatePage::buttonClicked, this, &ComparePage::openRequested);
    connect(m_charts, &ChartGrid::measureRequested, this, &ComparePage::measureRequested);
    connect(m_charts, &ChartGrid::saveFailed, this, &ComparePage::pictureFailed);
    connect(m_charts, &ChartGrid::lineMoved, this,
            [this](const QString &, const QString &handle, double value) { moveLine(handle, value); });
    for (const auto signal : {&Workspace::opened, &Workspace::changed, &Workspace::closed})
        connect(m_workspace, signal, this, &ComparePage::refreshSoon);
    connect(m_workspace, &Workspace::allSettled, this, &ComparePage::refreshSoon);
    connect(m_runs, &RunLibrary::runChanged, this, &ComparePage::refreshSoon);
    connect(m_runs, &RunLibrary::loaded, this, &ComparePage::refreshSoon);
    connect(&m_runs->fidelity(), &FidelityLibrary::changed, this, &ComparePage::refreshSoon);
    showState(0);
}

ComparePage::~ComparePage() = default;

QWidget *ComparePage::buildContent()
{
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    auto *content = new QWidget(m_scroll);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(14, 12, 14, 14);
    layout->setSpacing(10);

    m_headline = makeParagraph(content);
    m_headline->setAccessibleName(tr("Headline"));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.2);
    m_headline->setFont(large);
    m_warnings = makeParagraph(content);
    m_warnings->setAccessibleName(tr("Warnings"));
    m_charts = new ChartGrid(content);
    m_table = new ComparisonTable(content);
    m_pairsTitle = makeParagraph(content);
    m_pairsTitle->setText(tr("Paired comparisons: two subjects on the same items"));
    m_pairs = new PairModel(this);
    m_pairView = makeTreeView(tr("Paired comparisons"), false, content);
    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_pairs);
    sorted->setSortRole(PairModel::kSortRole);
    m_pairView->setModel(sorted);
    m_pairView->setSortingEnabled(true);
    m_pairView->header()->setSortIndicatorClearable(true);
    m_pairView->sortByColumn(-1, Qt::AscendingOrder);
    m_pairView->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    layout->addWidget(m_headline);
    layout->addWidget(m_warnings);
    layout->addWidget(m_charts);
    layout->addWidget(m_table);
    layout->addWidget(m_pairsTitle);
    layout->addWidget(m_pairView);
    layout->addStretch();
    m_scroll->setWidget(content);
    connect(m_table, &ComparisonTable::currentMoved, this, [this](const QRect &cell) {
        const QPoint middle = m_table->mapTo(m_scroll->widget(), cell.center());
        m_scroll->ensureVisible(m_scroll->horizontalScrollBar()->value(), middle.y(), 0, cell.height() * 2);
    });
    connect(m_table, &ComparisonTable::referenceChosen, this, [this](int subject) {
        const ComparedColumn &chosen = m_view.subjects.at(size_t(subject));
        m_choices.referencePath = toQString(chosen.path);
        m_choices.referenceDtype = toQString(chosen.dtype);
        refreshSoon();
    });
    connect(m_table, &ComparisonTable::dtypesApartChosen, this, [this](bool apart) {
        settings::kDtypesApart.set(apart);
        refreshSoon();
    });
    return m_scroll;
}

void ComparePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        refreshSoon();
}

void ComparePage::refreshSoon()
{
    m_stale = true;
    if (!isVisible() || m_pause.isActive() || m_computing)
        return;
    const qint64 since = m_sinceRefresh.isValid() ? m_sinceRefresh.elapsed() : kPauseMilliseconds;
    m_pause.start(int(std::max<qint64>(0, kPauseMilliseconds - since)));
}

void ComparePage::refresh()
{
    Comparison comparison = shownComparison(*m_workspace, *m_runs);
    const auto chosen = std::find_if(comparison.subjects.begin(), comparison.subjects.end(), [this](const auto &subject) {
        return !m_choices.referencePath.isEmpty() && toQString(subject.subject.path) == m_choices.referencePath &&
               toQString(subject.dtype) == m_choices.referenceDtype;
    });
    if (chosen != comparison.subjects.end())
        comparison.reference = size_t(chosen - comparison.subjects.begin());
    comparison.goals = m_choices.goals;
    comparison.margin = m_choices.margin.value_or(kDefaultMargin);
    comparison.routingCost = m_choices.routingCost;
    m_shown = comparison;
    m_stale = false;
    m_sinceRefresh.start();
    showState(comparison.subjects.size());
    if (comparison.subjects.size() < 2) {
        m_view = {};
        return;
    }
    m_computing = true;
    // The comparison is a snapshot: it shares nothing that changes.
    inBackground(this, [comparison = std::move(comparison)] { return viewOf(comparison, qtTranslate()); },
                 [this](const ComparisonView &view) { take(view); });
}

void ComparePage::setChoices(CompareChoices choices)
{
    m_choices = std::move(choices);
    nameGoals();
    refreshSoon();
}

void ComparePage::nameGoals()
{
    if (m_choices.goals)
        m_choices.goals->name = tr("as chosen here").toStdString();
}

/// Of the goals only the map is judged anew: the requests stay what they are. Margin and cost of routing are in many charts.
void ComparePage::moveLine(const QString &handle, double value)
{
    if (handle == QLatin1String(kMarginHandle) || handle == QLatin1String(kRoutingHandle)) {
        if (handle == QLatin1String(kMarginHandle))
            m_choices.margin = std::clamp(-value / 100, 0.0, 1.0);
        else
            m_choices.routingCost = value;
        return refreshSoon();
    }
    moveGoal(m_shown, handle.toStdString(), value);
    m_choices.goals = m_shown.goals;
    nameGoals();
    m_shown.goals = m_choices.goals;
    if (const auto map = goodputMap(m_shown, qtTranslate()))
        m_charts->setChart(*map);
}

void ComparePage::take(const ComparisonView &view)
{
    m_computing = false;
    apply(view);
    if (m_stale)
        refreshSoon();
}

void ComparePage::showState(size_t ready)
{
    m_stack->setCurrentIndex(ready >= 2 ? 1 : 0);
    if (ready >= 2)
        return;
    if (m_workspace->loading())
        m_state->showLoading(tr("Opening..."));
    else if (ready == 1)
        m_state->showEmpty(tr("One model is open. Open another one to compare it with, or measure it in several dtypes."), tr("Open a model"));
    else
        m_state->showEmpty(tr("Open at least two models to compare them: what was measured of them, and what is being "
                              "measured, stands here side by side."),
                           tr("Open a model"));
}

void ComparePage::showWarnings(const std::vector<std::string> &warnings)
{
    QStringList lines;
    for (const std::string &warning : warnings)
        lines << toQString(warning);
    QPalette colors = palette();
    const QColor color = severityColor(Severity::Warning, palette());
    colors.setColor(QPalette::WindowText, color);
    colors.setColor(QPalette::Text, color);
    m_warnings->setPalette(colors);
    m_warnings->setText(lines.join(u'\n'));
    m_warnings->setVisible(!lines.isEmpty());
}

void ComparePage::apply(const ComparisonView &view)
{
    m_view = view;
    m_headline->setText(toQString(view.headline));
    showWarnings(view.warnings);
    m_charts->setCharts(view.charts);
    m_table->setView(view);
    m_pairs->setView(view);
    m_pairsTitle->setVisible(!view.pairs.empty());
    m_pairView->setVisible(!view.pairs.empty());
    fitTreeHeight(m_pairView);
    widenColumns(m_pairView, 360);
    emit updated();
}

} // namespace assay
