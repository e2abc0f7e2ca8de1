// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/mainwindow.h"

#include "core/service/acknowledgements.h"
#include "core/service/endpointroute.h"
#include "core/service/jobqueue.h"
#include "core/service/verify/watchdesk.h"
#include "core/service/verify/verificationlibrary.h"
#include "core/service/workspace.h"
#include "widgets/accuracy/accuracypage.h"
#include "widgets/common/messagebar.h"
#include "widgets/common/settings.h"
#include "widgets/compare/comparepage.h"
#include "widgets/difference/differencepage.h"
#include "widgets/inspect/inspectpage.h"
#include "widgets/inspect/subjectchecks.h"
#include "widgets/machines/machinespage.h"
#include "widgets/runs/runspage.h"
#include "widgets/shell/commandpalette.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/firstrunpage.h"
#include "widgets/shell/jobspanel.h"
#include "widgets/shell/machinestatus.h"
#include "widgets/shell/openingguard.h"
#include "widgets/shell/recentsubjects.h"
#include "widgets/shell/session.h"
#include "widgets/shell/subjectpanel.h"
#include "widgets/verify/claimsheeteditor.h"
#include "widgets/verify/verifypage.h"

#include <QCloseEvent>
#include <QCoreApplication>
#include <QDir>
#include <QMenuBar>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kPanelWidth = 230, kJobsHeight = 170;
constexpr QSize kFirstSize(1280, 800), kLeastSize(1024, 700), kFrame(10, 40);
constexpr int kSaveMilliseconds = 1000; // at most so much is lost when the program dies
constexpr int kInspectTab = 0, kCompareTab = 1, kAccuracyTab = 2, kDifferenceTab = 3, kVerifyTab = 4, kWatchTab = 5, kRunsTab = 6, kMachinesTab = 7;

/// The window with the desktop's frame around it fits the screen, else its status bar were below the edge.
QSize firstSize(const QSize &screen)
{
    return kFirstSize.boundedTo(screen - kFrame).expandedTo(kLeastSize);
}

/// Further changes until then are saved with it.
void startOnce(QTimer &timer)
{
    if (!timer.isActive())
        timer.start(kSaveMilliseconds);
}

} // namespace

MainWindow::MainWindow(Workspace *workspace, RunLibrary *runs, JobQueue *jobs, QWidget *parent)
    : QMainWindow(parent), m_workspace(workspace), m_runs(runs), m_jobs(jobs),
      m_acknowledgements(new Acknowledgements(this)), m_checks(new SubjectChecks(workspace, jobs, this)),
      m_guard(new OpeningGuard(workspace, this)), m_watches(new WatchDesk(systemClock(), this)), m_commands(new CommandRegistry(this))
{
    setWindowTitle(QStringLiteral("Assay"));
    m_workspace->setRoutes(storedRoute);
    setAcceptDrops(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    addActions(m_commands->actions());
    createCommands();
    createPaneCommands();
    connectServices();
    connectWatches();
    for (const auto signal : {&VerificationLibrary::saveFailed, &VerificationLibrary::loadFailed})
        connect(&m_runs->verifications(), signal, this, &MainWindow::tellError);
    saveWhenChanged();
    resize(firstSize(screen()->availableSize()));
    buildFrame();
    restoreLayout();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildFrame()
{
    buildMenus();
    buildToolBar();
    auto *content = new QWidget(this);
    m_messages = new MessageBar(content);
    m_jobsSplitter = new QSplitter(Qt::Vertical, content);
    m_mainSplitter = new QSplitter(Qt::Horizontal, m_jobsSplitter);
    m_subjects = new SubjectPanel(m_workspace, m_jobs, m_acknowledgements, m_commands, m_mainSplitter);
    m_mainSplitter->addWidget(m_subjects);
    m_mainSplitter->addWidget(buildPages());
    m_mainSplitter->setStretchFactor(1, 1);
    m_mainSplitter->setChildrenCollapsible(false);
    m_jobsPanel = new JobsPanel(m_jobs, m_runs, m_commands, m_jobsSplitter);
    m_jobsSplitter->addWidget(m_mainSplitter);
    m_jobsSplitter->addWidget(m_jobsPanel);
    m_jobsSplitter->setStretchFactor(0, 1);
    m_jobsSplitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_messages);
    layout->addWidget(m_jobsSplitter, 1);
    setCentralWidget(content);
    statusBar()->addPermanentWidget(new MachineStatus(statusBar()));
    connect(m_jobsPanel, &JobsPanel::foldedChanged, this, &MainWindow::sizeJobs);
    connect(m_jobsPanel, &JobsPanel::roomWanted, this, [this](int wanted) {
        const QList<int> sizes = m_jobsSplitter->sizes();
        const int more = std::min(wanted, height() / 2) - sizes.value(1);
        if (more > 0 && !m_jobsPanel->isFolded())
            m_jobsSplitter->setSizes({sizes.value(0) - more, sizes.value(1) + more});
    });
    connect(m_subjects, &SubjectPanel::currentChanged, this, [this](int id) {
        if (m_inspect)
            m_inspect->setSubject(id);
    });
    connect(m_subjects, &SubjectPanel::closedSubjects, this, &MainWindow::offerUndo);
    connect(m_mainSplitter, &QSplitter::splitterMoved, this, [this] { startOnce(m_layoutSoon); });
    resetLayout();
    updateFrame();
}

void MainWindow::buildMenus()
{
    setMenuBar(new QMenuBar(this)); // deletes the one before
    for (const CommandMenu menu : {CommandMenu::File, CommandMenu::Subject, CommandMenu::Measure,
                                   CommandMenu::View, CommandMenu::Help}) {
        QMenu *shown = menuBar()->addMenu(QCoreApplication::translate("Action", menuTitle(menu)));
        for (const CommandDefinition &definition : commandTable()) {
            if (definition.menu != menu)
                continue;
            if (definition.separated)
                shown->addSeparator();
            shown->addAction(m_commands->action(definition.id));
        }
        if (menu != CommandMenu::File)
            continue;
        auto *recent = new RecentMenu(shown);
        connect(recent, &RecentMenu::chosen, this, [this](const QString &path) { openPaths({path}); });
        shown->insertMenu(m_commands->action("subject.reopen"), recent);
    }
}

void MainWindow::buildToolBar()
{
    auto *bar = addToolBar(tr("Main toolbar"));
    bar->setObjectName(QStringLiteral("toolbar"));
    bar->setAccessibleName(tr("Main toolbar"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const int side = std::max(16, bar->fontMetrics().height());
    bar->setIconSize(QSize(side, side));
    const auto add = [this, bar](const char *id) { bar->addAction(m_commands->action(id)); };
    add("open");
    bar->addSeparator();
    add("subject.difference");
    add("measure");
    add("report");
    auto *gap = new QWidget(bar);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(gap);
    add("palette");
    add("settings");
    for (QToolButton *button : bar->findChildren<QToolButton *>()) {
        if (!button->defaultAction())
            continue; // the arrow of what has no room
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(button->defaultAction()->text());
    }
}

QWidget *MainWindow::buildPages()
{
    m_center = new QStackedWidget(m_mainSplitter);
    m_center->addWidget(new FirstRunPage(*m_commands, m_center));
    m_tabs = new QTabWidget(m_center);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Pages"));
    const std::pair<const char *, QString> pages[] = {{"inspect", tr("Inspect")},
                                                    {"compare", tr("Compare")},
                                                    {"accuracy", tr("Accuracy")},
                                                    {"difference", tr("Difference")},
                                                    {"verify", tr("Verify")},
                                                    {"watch", tr("Watch")},
                                                    {"runs", tr("Runs")},
                                                    {"machines", tr("Machines")}};
    for (const auto &[name, title] : pages) {
        auto *holder = new QWidget(m_tabs); // the page is made when it is first looked at
        holder->setObjectName(QLatin1String(name));
        auto *layout = new QVBoxLayout(holder);
        layout->setContentsMargins(0, 0, 0, 0);
        m_tabs->addTab(holder, title);
    }
    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::buildPage);
    m_center->addWidget(m_tabs);
    return m_center;
}

void MainWindow::buildPage(int tab)
{
    QWidget *holder = m_tabs->widget(tab);
    if (!holder || holder->layout()->count() > 0)
        return;
    if (tab == kInspectTab) {
        m_inspect = new InspectPage(m_workspace, m_checks, m_acknowledgements, holder);
        m_inspect->setRuns(m_runs);
        m_inspect->setSubject(m_subjects->currentSubject());
        connect(m_inspect, &InspectPage::openRequested, this, &MainWindow::chooseModel);
        holder->layout()->addWidget(m_inspect);
    } else if (tab == kCompareTab) {
        auto *page = new ComparePage(m_workspace, m_runs, holder);
        connect(page, &ComparePage::measureRequested, this, &MainWindow::measure);
        connect(page, &ComparePage::openRequested, this, &MainWindow::chooseModel);
        connect(page, &ComparePage::pictureFailed, this, &MainWindow::tellPictureFailed);
        page->setChoices(m_compareChoices);
        holder->layout()->addWidget(page);
    } else if (tab == kAccuracyTab) {
        auto *page = new AccuracyPage(m_workspace, m_runs, holder);
        connect(page, &AccuracyPage::measureRequested, this, &MainWindow::measure);
        connect(page, &AccuracyPage::fidelityRequested, this, &MainWindow::holdAgainstReference);
        connect(page, &AccuracyPage::openRequested, this, &MainWindow::chooseModel);
        connect(page, &AccuracyPage::pictureFailed, this, &MainWindow::tellPictureFailed);
        connect(page, &AccuracyPage::failed, this, &MainWindow::tellError);
        holder->layout()->addWidget(page);
    } else if (tab == kDifferenceTab) {
        auto *page = new DifferencePage(m_workspace, holder);
        connect(page, &DifferencePage::openRequested, this, &MainWindow::chooseModel);
        holder->layout()->addWidget(page);
    } else if (tab == kVerifyTab) {
        auto *page = new VerifyPage(m_workspace, m_runs, m_jobs, holder);
        page->setSubject(m_subjects->currentSubject());
        connect(m_subjects, &SubjectPanel::currentChanged, page, &VerifyPage::setSubject);
        connect(page, &VerifyPage::verifyRequested, this, &MainWindow::verify);
        connect(page, &VerifyPage::openRequested, this, &MainWindow::chooseModel);
        connect(page, &VerifyPage::pictureFailed, this, &MainWindow::tellPictureFailed);
        holder->layout()->addWidget(page);
    } else if (tab == kWatchTab) {
        holder->layout()->addWidget(buildWatchPage(holder));
    } else if (tab == kRunsTab) {
        holder->layout()->addWidget(buildRunsPage(holder));
    } else if (tab == kMachinesTab) {
        auto *page = new MachinesPage(m_jobs, holder);
        connect(page, &MachinesPage::failed, this, &MainWindow::tellError);
        connect(page, &MachinesPage::measuring, this, [this] { m_jobsPanel->setFolded(false); });
        holder->layout()->addWidget(page);
    }
}

void MainWindow::tellPictureFailed(const QString &message)
{
    m_messages->show({Severity::Problem, message, {}, {}, {}, QStringLiteral("picture")});
}

QWidget *MainWindow::buildRunsPage(QWidget *holder)
{
    auto *page = new RunsPage(m_runs, holder);
    connect(page, &RunsPage::measureRequested, this, &MainWindow::measure);
    connect(page, &RunsPage::openRequested, this, [this](const QString &path) { m_subjects->select(m_workspace->open(path)); });
    connect(page, &RunsPage::resumeRequested, this, &MainWindow::resumeRun);
    connect(page, &RunsPage::reportRequested, this, &MainWindow::writeReport);
    connect(page, &RunsPage::failed, this, &MainWindow::tellError);
    connect(page, &RunsPage::pictureFailed, this, &MainWindow::tellPictureFailed);
    connect(page, &RunsPage::exported, this, [this](const QString &file) {
        m_messages->show({Severity::Info, tr("The run is in %1").arg(QDir::toNativeSeparators(file)), file, {}, {}, QStringLiteral("run")});
    });
    connect(page, &RunsPage::removed, this, [this, page](const QString &what) {
        const auto undo = [this, page = QPointer(page)] {
            if (page)
                page->undoRemove();
            m_messages->dismiss(QStringLiteral("removed")); // last: it takes this function with it
        };
        m_messages->show({Severity::Info, tr("Deleted: %1").arg(what), {}, tr("Undo"), undo, QStringLiteral("removed")});
    });
    return page;
}

void MainWindow::rebuildFrame()
{
    if (m_rebuilding)
        return;
    m_rebuilding = true;
    const int tab = m_tabs->currentIndex(), subject = m_subjects->currentSubject();
    const bool folded = m_jobsPanel->isFolded(), settingsOpen = m_settings;
    const QByteArray main = m_mainSplitter->saveState();
    if (const auto *page = findChild<ComparePage *>())
        m_compareChoices = page->choices();
    delete m_settings;
    delete m_measure;
    delete m_palette;
    delete takeCentralWidget();
    m_inspect = nullptr;
    delete findChild<QToolBar *>(QStringLiteral("toolbar"));
    delete statusBar();
    m_commands->retranslate();
    buildFrame();
    m_subjects->select(subject);
    m_tabs->setCurrentIndex(tab);
    m_jobsPanel->setFolded(folded);
    m_mainSplitter->restoreState(main);
    if (settingsOpen)
        m_commands->action("settings")->trigger();
    m_rebuilding = false;
}

void MainWindow::updateFrame()
{
    const auto &subjects = m_workspace->subjects();
    const bool any = !subjects.empty() || m_browsing;
    m_center->setCurrentIndex(any ? 1 : 0);
    m_subjects->setVisible(!subjects.empty());
    m_jobsPanel->setVisible(any || !m_jobs->jobs().empty());
    if (any)
        buildPage(m_tabs->currentIndex());
    const bool ready = std::any_of(subjects.begin(), subjects.end(),
                                   [](const auto &subject) { return subject->state == SubjectState::Ready; });
    m_commands->setEnabled("measure", ready);
    m_commands->setEnabled("measure.fidelity", ready);
    m_commands->setEnabled("verify", ready);
    m_commands->setEnabled("report", ready);
    for (const char *id : {"view.inspect", "view.compare", "view.accuracy", "view.difference", "view.verify", "find"})
        m_commands->setEnabled(id, any);
}

void MainWindow::showPage(const QString &objectName)
{
    // Watches, runs and machines are there without any subject.
    m_browsing = objectName == QLatin1String("watch") || objectName == QLatin1String("runs") || objectName == QLatin1String("machines");
    for (int tab = 0; tab < m_tabs->count(); ++tab) {
        if (m_tabs->widget(tab)->objectName() == objectName)
            m_tabs->setCurrentIndex(tab);
    }
    updateFrame();
}

void MainWindow::restore()
{
    restoreWatches();
    const QStringList leftOut = restoreSession(*m_workspace, m_guard->fatal());
    if (leftOut.isEmpty())
        return;
    QStringList shown;
    for (const QString &path : leftOut)
        shown << QDir::toNativeSeparators(path);
    m_messages->show({Severity::Warning,
                      tr("The program ended the last time while it opened %1, so this was not opened again.")
                          .arg(shown.join(QStringLiteral(", "))),
                      {},
                      tr("Open it"),
                      [this, leftOut] { openPaths(leftOut); },
                      {}});
}

void MainWindow::restoreLayout()
{
    restoreGeometry(settings::kGeometry.get());
    m_mainSplitter->restoreState(settings::kMainSplitter.get());
}

void MainWindow::resetLayout()
{
    m_mainSplitter->setSizes({kPanelWidth, std::max(width() - kPanelWidth, kPanelWidth)});
    sizeJobs();
}

void MainWindow::sizeJobs()
{
    const bool folded = m_jobsPanel->isFolded();
    const int jobs = folded ? m_jobsPanel->maximumHeight() : kJobsHeight;
    m_jobsSplitter->handle(1)->setEnabled(!folded);
    m_jobsSplitter->setSizes({std::max(height() - jobs, jobs), jobs});
}

void MainWindow::saveLayout() const
{
    settings::kGeometry.set(saveGeometry());
    settings::kMainSplitter.set(m_mainSplitter->saveState());
}

void MainWindow::saveWhenChanged()
{
    for (QTimer *timer : {&m_layoutSoon, &m_sessionSoon})
        timer->setSingleShot(true);
    connect(&m_layoutSoon, &QTimer::timeout, this, &MainWindow::saveLayout);
    connect(&m_sessionSoon, &QTimer::timeout, this, [this] { saveSession(*m_workspace); });
    for (const auto signal : {&Workspace::opened, &Workspace::changed, &Workspace::closed})
        connect(m_workspace, signal, this, [this] { startOnce(m_sessionSoon); });
}

void MainWindow::moveEvent(QMoveEvent *event)
{
    QMainWindow::moveEvent(event);
    startOnce(m_layoutSoon);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    startOnce(m_layoutSoon);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    for (ClaimSheetEditor *editor : findChildren<ClaimSheetEditor *>()) {
        if (!editor->close()) // it asks first what becomes of what was written
            return event->ignore();
    }
    m_layoutSoon.stop();
    m_sessionSoon.stop();
    saveLayout();
    saveSession(*m_workspace);
    m_jobs->cancelAll();
    m_watches->pauseAll();
    event->accept();
}

} // namespace assay
