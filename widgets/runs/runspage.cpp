// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/runspage.h"

#include "core/service/background.h"
#include "core/service/runlibrary.h"
#include "core/service/translation.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/settings.h"
#include "widgets/common/statepage.h"
#include "widgets/runs/comparisonpanel.h"
#include "widgets/runs/exportrun.h"
#include "widgets/runs/runpanel.h"
#include "widgets/runs/runtablemodel.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedLayout>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kPauseMilliseconds = 1000;
constexpr int kWidestColumn = 26; ///< characters: the headline at the end is worth seeing

/// Reading a large run takes a core for some tenths of a second, and while it is made the measurement needs it: only when a
/// quarter has come to what was read before.
bool worthReading(const RunLine &line, std::optional<size_t> before)
{
    if (!before || line.header().state != RunState::Running)
        return before != line.samples();
    return line.samples() > *before + *before / 4;
}

bool canResume(const RunLine &line)
{
    const RunState state = line.header().state;
    return line.isLoad() && (state == RunState::Interrupted || state == RunState::Cancelled || state == RunState::Failed);
}

std::optional<RunLine> lineOf(const RunLibrary &library, const std::string &id)
{
    if (auto bench = library.benchRun(id))
        return lineOf(std::move(bench));
    for (const auto &run : library.evaluationRuns()) {
        if (run->header.id == id)
            return lineOf(run);
    }
    return std::nullopt;
}

} // namespace

RunsPage::RunsPage(RunLibrary *library, QWidget *parent)
    : QWidget(parent), m_library(library), m_model(new RunTableModel(this)), m_proxy(new QSortFilterProxyModel(this)),
      m_stack(new QStackedLayout(this)), m_state(new StatePage(this))
{
    setAccessibleName(tr("Runs"));
    m_proxy->setSourceModel(m_model);
    m_proxy->setSortRole(kSortRole);
    m_proxy->setFilterKeyColumn(-1);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_stack->addWidget(m_state);
    m_stack->addWidget(buildContent());
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &RunsPage::takeChanges);
    connect(m_state, &StatePage::buttonClicked, this, &RunsPage::measureRequested);
    connect(library, &RunLibrary::loaded, this, &RunsPage::reload);
    connect(library, &RunLibrary::runChanged, this, [this](const QString &id) {
        m_changed.insert(id);
        const bool news = m_model->rowOf(id.toStdString()) < 0;
        if (news)
            takeChanges();
        else if (!m_pause.isActive())
            m_pause.start();
    });
    reload();
}

QWidget *RunsPage::buildContent()
{
    auto *splitter = new QSplitter(Qt::Vertical, this);
    auto *list = new QWidget(splitter);
    m_filter = new FilterBar(tr("Search in all columns"), list);
    m_view = makeTreeView(tr("Runs"), false, list);
    m_view->setModel(m_proxy);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(RunTableModel::When, Qt::DescendingOrder);
    auto *layout = new QVBoxLayout(list);
    layout->setContentsMargins(8, 8, 8, 0);
    layout->addWidget(m_filter);
    layout->addWidget(m_view, 1);
    layout->addWidget(buildButtons());
    m_lower = new QStackedWidget(splitter);
    m_panel = new RunPanel(m_lower);
    m_comparison = new ComparisonPanel(m_lower);
    m_lower->addWidget(m_panel);
    m_lower->addWidget(m_comparison);
    splitter->addWidget(list);
    splitter->addWidget(m_lower);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setChildrenCollapsible(false);
    connect(m_filter, &FilterBar::filterChanged, this, [this](const QString &text) {
        m_proxy->setFilterFixedString(text);
        showCount();
    });
    connect(m_filter, &FilterBar::leftDown, m_view, [this] { m_view->setFocus(); });
    connect(m_panel, &RunPanel::settled, this, &RunsPage::readFigures);
    connect(m_comparison, &ComparisonPanel::closed, this, &RunsPage::endComparison);
    connect(m_comparison, &ComparisonPanel::reportRequested, this, &RunsPage::reportRequested);
    connect(m_comparison, &ComparisonPanel::saveFailed, this, &RunsPage::pictureFailed);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RunsPage::showCurrent);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        endComparison();
        showButtons();
    });
    auto *remove = new QShortcut(QKeySequence::Delete, m_view, this, &RunsPage::removeSelected);
    remove->setContext(Qt::WidgetShortcut);
    return splitter;
}

QWidget *RunsPage::buildButtons()
{
    auto *bar = new QWidget(this);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 4, 0, 4);
    const auto add = [&](const QString &text, const QString &tip, auto handler) {
        auto *button = new QPushButton(text, bar);
        button->setToolTip(tip);
        layout->addWidget(button);
        connect(button, &QPushButton::clicked, this, handler);
        return button;
    };
    m_compare = add(tr("Compare"), tr("Sets two to eight chosen runs against one of them, metric by metric; choose several with Ctrl or Shift"),
                    [this] { compareSelected(); });
    m_open = add(tr("Open Subject"), tr("Opens what was measured"), [this] {
        if (const RunLine *line = current())
            emit openRequested(toQString(line->header().subject.path));
    });
    m_resume = add(tr("Resume"), tr("Measures what is missing of a load that was broken off"), [this] {
        if (const RunLine *line = current())
            emit resumeRequested(toQString(line->header().id));
    });
    m_export = add(tr("Export..."), tr("Writes the run as JSON with all raw samples, or its numbers or requests as CSV"), [this] { askExport(); });
    m_remove = add(tr("Delete"), tr("Deletes the chosen runs with their samples; it can be undone"), [this] { removeSelected(); });
    layout->addStretch(1);
    return bar;
}

void RunsPage::reload()
{
    std::vector<RunLine> lines;
    for (const auto &run : m_library->benchRuns())
        lines.push_back(lineOf(run));
    for (const auto &run : m_library->evaluationRuns())
        lines.push_back(lineOf(run));
    m_model->setLines(std::move(lines));
    fitColumns(m_view, kWidestColumn * fontMetrics().averageCharWidth());
    if (m_proxy->rowCount() > 0)
        m_view->setCurrentIndex(m_proxy->index(0, 0));
    showCount();
    showButtons();
    readFigures();
}

void RunsPage::takeChanges()
{
    const RunLine *before = current();
    const std::string currentId = before ? before->header().id : std::string();
    for (const QString &id : std::exchange(m_changed, {})) {
        auto line = lineOf(*m_library, id.toStdString());
        if (!line) {
            m_model->remove(id.toStdString());
            continue;
        }
        const bool shown = line->header().id == currentId;
        const auto details = m_panel->details();
        const bool ended = details && details->line.header().state != line->header().state;
        if (shown && (ended || worthReading(*line, details ? std::optional(details->line.samples()) : std::nullopt)))
            m_panel->setRun(*line);
        m_model->update(std::move(*line));
    }
    if (!m_view->currentIndex().isValid() && m_proxy->rowCount() > 0)
        m_view->setCurrentIndex(m_proxy->index(0, 0));
    widenColumns(m_view, kWidestColumn * fontMetrics().averageCharWidth());
    showCount();
    showButtons();
    readFigures();
}

void RunsPage::readFigures()
{
    // What is looked at comes first; most of its figures are known then.
    if (m_reading || m_panel->isReading())
        return;
    const auto &lines = m_model->lines();
    const auto stale = std::ranges::find_if(lines, [](const RunLine &line) {
        return worthReading(line, line.figures ? std::optional(line.figures->samples) : std::nullopt);
    });
    if (stale == lines.end())
        return;
    m_reading = true;
    inBackground(this, [line = *stale] { return figuresOf(line); }, [this, id = stale->header().id](const RunFigures &figures) {
        m_reading = false;
        m_model->setFigures(id, figures);
        readFigures();
    });
}

const RunLine *RunsPage::current() const
{
    const QModelIndex index = m_proxy->mapToSource(m_view->currentIndex());
    return index.isValid() ? &m_model->lines()[size_t(index.row())] : nullptr;
}

std::vector<RunLine> RunsPage::selected() const
{
    std::vector<RunLine> lines;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows())
        lines.push_back(m_model->lines()[size_t(m_proxy->mapToSource(index).row())]);
    return lines;
}

void RunsPage::showCurrent()
{
    if (const RunLine *line = current())
        m_panel->setRun(*line);
    else
        m_panel->clear();
    showButtons();
}

void RunsPage::showButtons()
{
    const RunLine *line = current();
    const std::vector<RunLine> chosen = selected();
    m_compare->setEnabled(chosen.size() >= 2 && chosen.size() <= kMostCompared);
    m_open->setEnabled(line);
    m_export->setEnabled(line);
    m_resume->setEnabled(line && canResume(*line));
    m_remove->setEnabled(!chosen.empty() && std::ranges::none_of(chosen, [](const RunLine &run) { return run.header().state == RunState::Running; }));
}

void RunsPage::showCount()
{
    m_filter->setCount(m_proxy->rowCount(), m_model->rowCount());
    if (m_model->rowCount() > 0) {
        m_stack->setCurrentIndex(1);
        return;
    }
    m_state->showEmpty(tr("Nothing has been measured here yet. Every run is kept with all its samples and listed here."), tr("Measure..."));
    m_stack->setCurrentIndex(0);
}

void RunsPage::focusFilter()
{
    m_filter->focusField();
}

void RunsPage::select(const QString &runId)
{
    const int row = m_model->rowOf(runId.toStdString());
    if (row >= 0)
        m_view->setCurrentIndex(m_proxy->mapFromSource(m_model->index(row, 0)));
}

void RunsPage::compareSelected()
{
    std::vector<RunLine> lines = selected();
    if (lines.size() < 2 || lines.size() > kMostCompared)
        return;
    m_comparison->setRuns(std::move(lines));
    m_lower->setCurrentWidget(m_comparison);
}

std::vector<ComparedRun> RunsPage::comparedRuns() const
{
    const bool shown = m_lower && m_lower->currentWidget() == m_comparison;
    return shown ? m_comparison->runs() : std::vector<ComparedRun>();
}

void RunsPage::endComparison()
{
    m_lower->setCurrentWidget(m_panel);
}

void RunsPage::removeSelected()
{
    std::vector<RunLine> lines = selected();
    std::erase_if(lines, [](const RunLine &line) { return line.header().state == RunState::Running; });
    if (lines.empty())
        return;
    for (const RunLine &line : lines)
        m_library->remove(line.header().id);
    const QString what = lines.size() == 1 ? tr("%1 of %2").arg(lines[0].kind, lines[0].when) : tr("%1 runs").arg(lines.size());
    m_removed = std::move(lines);
    takeChanges();
    emit removed(what);
}

void RunsPage::undoRemove()
{
    for (const RunLine &line : std::exchange(m_removed, {})) {
        if (line.bench)
            m_library->begin(*line.bench);
        else
            m_library->begin(*line.evaluation);
    }
}

void RunsPage::askExport()
{
    const auto details = m_panel->details();
    if (!details)
        return;
    struct Choice
    {
        QString filter;
        RunExport format;
    };
    QList<Choice> choices{{tr("Everything (*.json)"), RunExport::Json}, {tr("Numbers (*.csv)"), RunExport::NumbersCsv}};
    if (details->analysis)
        choices.append({tr("Requests (*.csv)"), RunExport::RequestsCsv});
    QStringList filters;
    for (const Choice &choice : choices)
        filters << choice.filter;
    auto *dialog = new QFileDialog(this, tr("Export the run"), settings::kLastFolder.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(QStringLiteral("assay-run-%1").arg(toQString(details->line.header().id).left(8)));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("*.csv")) ? QStringLiteral("csv") : QStringLiteral("json"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, details, choices](const QString &file) {
        settings::kLastFolder.set(QFileInfo(file).path());
        const auto chosen = std::ranges::find(choices, dialog->selectedNameFilter(), &Choice::filter);
        const RunExport format = chosen == choices.end() ? RunExport::Json : chosen->format;
        inBackground(this, [details, format, file] { return exportRun(*details, format, file); }, [this, file](const Result<void> &written) {
            if (written)
                emit exported(file);
            else
                emit failed(written.error());
        });
    });
    dialog->open();
}

} // namespace assay
