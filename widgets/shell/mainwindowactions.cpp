// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/mainwindow.h"

#include "core/report/report.h"
#include "core/report/watchreport.h"
#include "core/service/background.h"
#include "core/service/jobqueue.h"
#include "core/service/loadseries.h"
#include "core/service/provennotes.h"
#include "core/service/resources.h"
#include "core/service/runlibrary.h"
#include "core/service/slowthreads.h"
#include "core/service/subjectfiles.h"
#include "core/service/translation.h"
#include "core/service/workspace.h"
#include "widgets/accuracy/accuracypage.h"
#include "widgets/common/messagebar.h"
#include "widgets/common/settings.h"
#include "widgets/compare/comparepage.h"
#include "widgets/common/theme.h"
#include "widgets/difference/differencepage.h"
#include "widgets/inspect/inspectpage.h"
#include "widgets/report/exportreport.h"
#include "widgets/runs/runspage.h"
#include "widgets/shell/addressdialog.h"
#include "widgets/shell/commandpalette.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/endpointdialog.h"
#include "widgets/shell/jobspanel.h"
#include "widgets/shell/language.h"
#include "widgets/shell/measurechoice.h"
#include "widgets/shell/fidelitydialog.h"
#include "widgets/shell/measuredialog.h"
#include "widgets/shell/modelfolders.h"
#include "widgets/shell/recentsubjects.h"
#include "widgets/shell/settingsdialog.h"
#include "widgets/shell/shortcutlist.h"
#include "widgets/shell/subjectpanel.h"
#include "widgets/verify/verifydialog.h"
#include "widgets/verify/verifypage.h"
#include "widgets/watch/watchpage.h"

#include <QApplication>
#include <QDateTime>
#include <QDesktopServices>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMimeData>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolBar>
#include <QUrl>

#include <algorithm>

namespace assay {
namespace {

/// Paths of files and folders, and http addresses; an address may also come as text.
QStringList droppedSubjects(const QMimeData &data)
{
    QStringList subjects;
    QList<QUrl> urls = data.urls();
    if (urls.isEmpty() && data.hasText())
        urls << QUrl(data.text().trimmed(), QUrl::StrictMode);
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            subjects << url.toLocalFile();
        else if (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"))
            subjects << url.toString(QUrl::FullyEncoded);
    }
    return subjects;
}

} // namespace

void MainWindow::createCommands()
{
    const auto on = [this](const char *id, auto handler) {
        m_commands->setHandler(id, this, std::move(handler));
    };
    on("open", [this] { chooseModel(); });
    on("open.file", [this] { chooseFile(); });
    on("open.address", [this] { chooseAddress(); });
    on("open.endpoint", [this] { addEndpoint(); });
    on("open.sample", [this] { openSamples(); });
    on("subject.reopen", [this] {
        m_messages->dismiss(QStringLiteral("closed"));
        m_workspace->reopenClosed();
    });
    on("settings", [this] {
        if (!m_settings)
            m_settings = new SettingsDialog(this);
        m_settings->show();
        m_settings->raise();
    });
    on("quit", [this] { close(); });
    on("measure", [this] { measure(); });
    on("measure.fidelity", [this] { holdAgainstReference(); });
    on("verify", [this] { verify(); });
    on("report", [this] { writeReport(); });
    on("colors.system", [this] { setColors(colorSchemeName(ColorScheme::System)); });
    on("colors.light", [this] { setColors(colorSchemeName(ColorScheme::Light)); });
    on("colors.dark", [this] { setColors(colorSchemeName(ColorScheme::Dark)); });
    on("palette", [this] {
        if (!m_palette)
            m_palette = new CommandPalette(m_commands, this);
        m_palette->open();
    });
    on("shortcuts", [this] { (new ShortcutList(*m_commands, this))->show(); });
}

void MainWindow::createPaneCommands()
{
    const auto on = [this](const char *id, auto handler) {
        m_commands->setHandler(id, this, std::move(handler));
    };
    on("view.inspect", [this] { showPage(QStringLiteral("inspect")); });
    on("view.compare", [this] { showPage(QStringLiteral("compare")); });
    on("view.accuracy", [this] { showPage(QStringLiteral("accuracy")); });
    on("view.difference", [this] { showPage(QStringLiteral("difference")); });
    on("view.verify", [this] { showPage(QStringLiteral("verify")); });
    on("view.watch", [this] { showPage(QStringLiteral("watch")); });
    on("view.runs", [this] { showPage(QStringLiteral("runs")); });
    on("view.machines", [this] { showPage(QStringLiteral("machines")); });
    on("subject.difference", [this] { showDifference(); });
    on("find", [this] {
        if (auto *page = findChild<AccuracyPage *>(); page && page->isVisible())
            return page->focusFilter();
        if (auto *page = findChild<DifferencePage *>(); page && page->isVisible())
            return page->focusFilter();
        if (auto *page = findChild<VerifyPage *>(); page && page->isVisible())
            return page->focusFilter();
        if (auto *page = findChild<WatchPage *>(); page && page->isVisible())
            return page->focusFilter();
        if (auto *page = findChild<RunsPage *>(); page && page->isVisible())
            return page->focusFilter();
        showPage(QStringLiteral("inspect"));
        if (m_inspect)
            m_inspect->focusFilter();
    });
    on("pane.next", [this] { movePane(1); });
    on("pane.previous", [this] { movePane(-1); });
    on("view.reset", [this] { resetLayout(); });
}

void MainWindow::showDifference()
{
    showPage(QStringLiteral("difference"));
    if (auto *page = findChild<DifferencePage *>())
        page->setSubjects(m_subjects->selectedSubjects());
}

void MainWindow::connectServices()
{
    connect(m_workspace, &Workspace::opened, this, [this](int id) {
        updateFrame();
        if (const Subject *subject = m_workspace->find(id))
            rememberSubject(subject->path);
    });
    connect(m_workspace, &Workspace::changed, this, [this](int id) {
        updateFrame();
        resumeWaiting(id);
    });
    connect(m_workspace, &Workspace::closed, this, [this] { updateFrame(); });
    connect(m_jobs, &JobQueue::added, this, [this] { updateFrame(); });
    connect(m_runs, &RunLibrary::saveFailed, this, [this](const Error &error) {
        m_messages->show({Severity::Problem,
                          tr("The run could not be saved: %1").arg(errorText(error)),
                          {},
                          {},
                          {},
                          QStringLiteral("save")});
    });
    connect(m_runs, &RunLibrary::saveRecovered, this,
            [this] { m_messages->dismiss(QStringLiteral("save")); });
}

void MainWindow::chooseModel()
{
    auto *dialog = new QFileDialog(this, tr("Open the folder of a model"), settings::kLastFolder.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly, false);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        settings::kLastFolder.set(QFileInfo(paths.value(0)).path());
        openPaths(paths);
    });
    dialog->open();
}

void MainWindow::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a file of weights"), settings::kLastFolder.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Weights (%1)").arg(weightFilePatterns()), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        settings::kLastFolder.set(QFileInfo(paths.value(0)).path());
        openPaths(paths);
    });
    dialog->open();
}

void MainWindow::chooseAddress()
{
    auto *dialog = new AddressDialog(this);
    connect(dialog, &AddressDialog::chosen, this, [this](const QString &address) { openPaths({address}); });
    dialog->open();
}

void MainWindow::addEndpoint()
{
    auto *dialog = new EndpointDialog(this);
    connect(dialog, &EndpointDialog::chosen, this, [this](const QString &subject) { m_subjects->select(m_workspace->open(subject)); });
    dialog->open();
}

void MainWindow::openPaths(const QStringList &paths)
{
    ++m_openings;
    const auto look = [paths] {
        const MayHang patience;
        QStringList models;
        for (const QString &path : paths)
            models << modelFolders(path);
        for (QString &model : models)
            model = subjectPlace(model);
        return models;
    };
    const auto open = [this](const QStringList &models) {
        --m_openings;
        int last = 0;
        for (const QString &model : models)
            last = m_workspace->open(model);
        if (last)
            m_subjects->select(last);
    };
    inBackground(this, look, open, &slowThreads());
}

void MainWindow::openSamples()
{
    const QStringList models = sampleModels();
    if (models.isEmpty())
        m_messages->show(
            {Severity::Problem,
             tr("The sample models were not found in %1. They come with the program; install it again.")
                 .arg(resourcePath(QStringLiteral("samples"))),
             {},
             {},
             {},
             QStringLiteral("samples")});
    else
        openPaths(models);
}

void MainWindow::measure()
{
    if (m_measure) {
        m_measure->raise();
        m_measure->activateWindow();
        return;
    }
    // One chosen subject is merely the one that is looked at; several were chosen on purpose.
    std::vector<int> chosen = m_subjects->selectedSubjects();
    if (chosen.size() < 2)
        chosen.clear();
    auto *dialog = new MeasureDialog(*m_workspace, chosen, this);
    connect(dialog, &MeasureDialog::startRequested, this, &MainWindow::startMeasuring);
    connect(dialog, &MeasureDialog::failed, this, &MainWindow::tellError);
    m_measure = dialog;
    dialog->show();
}

void MainWindow::holdAgainstReference()
{
    auto *dialog = new FidelityDialog(*m_workspace, *m_jobs, *m_runs, this);
    connect(dialog, &FidelityDialog::started, this, [this] { m_jobsPanel->setFolded(false); });
    connect(dialog, &FidelityDialog::failed, this, &MainWindow::tellError);
    dialog->show();
}

void MainWindow::verify()
{
    auto *dialog = new VerifyDialog(*m_workspace, m_subjects->currentSubject(), *m_jobs, *m_runs, this);
    connect(dialog, &VerifyDialog::started, this, [this] {
        m_jobsPanel->setFolded(false);
        showPage(QStringLiteral("verify"));
    });
    connect(dialog, &VerifyDialog::failed, this, &MainWindow::tellError);
    dialog->show();
}

void MainWindow::startMeasuring(const MeasureChoice &choice)
{
    const auto series = startSeries(choice, *m_workspace, *m_jobs, *m_runs);
    if (!series)
        return tellError(series.error());
    QString note;
    if (assay::startMeasuring(choice, *m_workspace, *m_jobs, *m_runs, &note) > 0 || *series)
        m_jobsPanel->setFolded(false);
    if (*series)
        followSeries(*series);
    if (!note.isEmpty())
        m_messages->show({Severity::Info, note, {}, {}, {}, QStringLiteral("turns")});
}

/// Between sessions nothing of a series stands among the jobs: here it is said when the next one begins, and it can be ended.
void MainWindow::followSeries(LoadSeries *series)
{
    const QString key = QStringLiteral("series ") + toQString(series->id());
    connect(series, &LoadSeries::waiting, this, [this, series, key] {
        const QString at = QLocale().toString(QDateTime::fromSecsSinceEpoch(series->due()), QLocale::ShortFormat);
        const QString text = tr("Session %1 of %2 begins at %3. Until then nothing is sent; assay bench --resume goes on if this window is closed.");
        m_messages->show({Severity::Info, text.arg(series->session() + 2).arg(series->sessions()).arg(at), {}, tr("End the Series"),
                          [guard = QPointer<LoadSeries>(series)] {
                              if (guard) // later: the message goes with it, and its button is what calls
                                  QMetaObject::invokeMethod(guard.data(), &LoadSeries::stop, Qt::QueuedConnection);
                          },
                          key});
    });
    connect(series, &LoadSeries::ended, this, [this, key] { m_messages->dismiss(key); });
}

void MainWindow::resumeRun(const QString &runId)
{
    const auto run = m_runs->benchRun(runId.toStdString());
    if (!run)
        return;
    const int subject = m_workspace->open(toQString(run->header.subject.path));
    m_resuming[subject] = runId;
    resumeWaiting(subject);
}

void MainWindow::resumeWaiting(int subject)
{
    const auto waiting = m_resuming.find(subject);
    const Subject *opened = m_workspace->find(subject);
    if (waiting == m_resuming.end() || !opened || opened->state == SubjectState::Loading)
        return;
    const auto run = m_runs->benchRun(waiting->second.toStdString());
    m_resuming.erase(waiting);
    if (opened->error)
        return tellError(*opened->error);
    if (run && opened->endpoint) {
        resumeLoad(run, *opened, *m_jobs, *m_runs);
        m_jobsPanel->setFolded(false);
    }
}

void MainWindow::writeReport()
{
    auto *dialog = new QFileDialog(this, tr("Write the report"), settings::kLastFolder.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("PDF (*.pdf)"), tr("Web page (*.html)"), tr("Markdown (*.md)"),
                            tr("Table (*.csv)"), tr("JSON (*.json)")});
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->selectFile(QStringLiteral("assay-report.pdf"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        const qsizetype dot = filter.lastIndexOf(QLatin1String("*."));
        dialog->setDefaultSuffix(filter.mid(dot + 2).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        settings::kLastFolder.set(QFileInfo(file).path());
        exportTo(file);
    });
    dialog->open();
}

void MainWindow::exportTo(const QString &file)
{
    const QString key = QStringLiteral("report");
    m_messages->show({Severity::Info, tr("Writing %1").arg(QDir::toNativeSeparators(file)), {}, {}, {}, key});
    // Of runs that are set against each other the report is of these, and on the Watch page of the chosen watch.
    const auto *page = findChild<RunsPage *>();
    const auto *watches = findChild<WatchPage *>();
    const auto build = [comparison = shownComparison(*m_workspace, *m_runs), runs = page && page->isVisible() ? page->comparedRuns() : std::vector<ComparedRun>(),
                        watch = watches && watches->isVisible() ? watches->reading() : nullptr, language = currentLanguage().toStdString()] {
        if (watch)
            return std::make_shared<const Report>(buildWatchReport(*watch, language, qtTranslate()));
        return std::make_shared<const Report>(runs.empty() ? buildReport(comparison, language, qtTranslate(), findNotesHere())
                                                           : buildRunReport(runs, language, qtTranslate(), findNotesHere()));
    };
    const auto tell = [this, file, key](const Result<void> &written) {
        if (!written) {
            m_messages->show({Severity::Problem,
                              tr("The report could not be written: %1").arg(errorText(written.error())),
                              {},
                              tr("Choose another place"),
                              [this] { writeReport(); },
                              key});
            return;
        }
        m_messages->show({Severity::Info, tr("The report is in %1").arg(QDir::toNativeSeparators(file)), file,
                          tr("Open"), [file] { QDesktopServices::openUrl(QUrl::fromLocalFile(file)); }, key});
    };
    inBackground(this, build, [this, file, tell](std::shared_ptr<const Report> report) {
        exportReportLater(this, std::move(report), file, tell);
    });
}

void MainWindow::tellError(const Error &error)
{
    m_messages->show({Severity::Problem, errorText(error), {}, {}, {}, {}});
}

void MainWindow::offerUndo(const QStringList &closed)
{
    const auto undo = [this, count = closed.size()] {
        for (qsizetype i = 0; i < count; ++i)
            m_workspace->reopenClosed();
        m_messages->dismiss(QStringLiteral("closed")); // last: it takes this function with it
    };
    m_messages->show({Severity::Info, tr("Closed: %1").arg(closed.join(QStringLiteral(", "))), {}, tr("Undo"),
                      undo, QStringLiteral("closed")});
}

void MainWindow::setColors(const char *scheme)
{
    settings::kColorScheme.set(QLatin1String(scheme));
    applyColorScheme(colorSchemeFromName(QLatin1String(scheme)));
}

QList<QWidget *> MainWindow::panes() const
{
    QList<QWidget *> all{findChild<QToolBar *>(QStringLiteral("toolbar"))};
    all << m_messages << m_subjects << m_center << m_jobsPanel;
    all.removeIf([](const QWidget *pane) { return !pane->isVisible(); });
    return all;
}

void MainWindow::movePane(int step)
{
    const QList<QWidget *> all = panes();
    const QWidget *focused = QApplication::focusWidget();
    qsizetype now = -1;
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (focused && (all[i] == focused || all[i]->isAncestorOf(focused)))
            now = i;
    }
    for (qsizetype tried = 1; tried <= all.size(); ++tried) {
        const qsizetype next = (now + step * tried + 2 * all.size()) % all.size();
        const QList<QWidget *> inside = all[next]->findChildren<QWidget *>();
        for (QWidget *widget : inside) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible() || !widget->isEnabled() ||
                widget->focusProxy())
                continue;
            widget->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        // Queued: the widget in which the language was chosen is one of those that are made anew.
        QMetaObject::invokeMethod(this, &MainWindow::rebuildFrame, Qt::QueuedConnection);
    } else if (event->type() == QEvent::ThemeChange) {
        if (colorSchemeFromName(settings::kColorScheme.get()) == ColorScheme::System)
            applyColorScheme(ColorScheme::System);
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedSubjects(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QStringList paths = droppedSubjects(*event->mimeData());
    event->acceptProposedAction();
    // From the queue: the program that was dragged from waits until this returns.
    QMetaObject::invokeMethod(
        this, [this, paths] { openPaths(paths); }, Qt::QueuedConnection);
}

} // namespace assay
