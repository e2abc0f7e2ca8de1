// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "widgets/compare/comparechoices.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <map>

class QSplitter;
class QStackedWidget;
class QTabWidget;

namespace assay {

class Acknowledgements;
class CommandPalette;
class CommandRegistry;
class InspectPage;
class JobQueue;
class LoadSeries;
class JobsPanel;
class MessageBar;
class OpeningGuard;
class RunLibrary;
class SubjectChecks;
class SubjectPanel;
class WatchDesk;
class WatchNotices;
class Workspace;
struct MeasureChoice;

/// The frame: subjects on the left, pages in the middle, jobs below. The services are made and owned by the
/// caller and outlive the window; the window opens what it is told to open, and restores the session only
/// when asked to.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(Workspace *workspace, RunLibrary *runs, JobQueue *jobs, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Opens the subjects of the last time; call it once the window is shown.
    void restore();
    /// Folders, files and addresses of models; what each means is modelFolders()' business.
    /// What a path holds is looked up in the background: a folder may lie on a slow disk.
    void openPaths(const QStringList &paths);
    bool opening() const { return m_openings > 0; } ///< folders are still being looked into
    void showPage(const QString &objectName); ///< "inspect", "compare", "accuracy", "difference", "verify", "watch", "runs", "machines"
    CommandRegistry *commands() const { return m_commands; }
    MessageBar *messages() const { return m_messages; }

public slots:
    void measure();     ///< asks what, beside the window
    void writeReport(); ///< asks where

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void createCommands();
    void createPaneCommands();
    void connectServices();
    void saveWhenChanged(); ///< what a later start needs, so that the end of the program may come at any time
    void buildFrame(); ///< everything that shows text; again when the language changes
    void buildMenus();
    void buildToolBar();
    QWidget *buildPages();
    void buildPage(int tab);
    QWidget *buildRunsPage(QWidget *holder);
    QWidget *buildWatchPage(QWidget *holder);
    void connectWatches();
    void restoreWatches();
    void tellAlarm(const QString &watch, const QString &text);
    void showWatch(const QString &path);
    void tellPictureFailed(const QString &message);
    void rebuildFrame();
    void updateFrame(); ///< first run or pages; what can be done now
    void restoreLayout();
    void resetLayout();
    void sizeJobs();
    void saveLayout() const;

    void chooseModel();
    void chooseFile();
    void chooseAddress();
    void addEndpoint();
    void showDifference(); ///< of the chosen subjects
    void openSamples();
    void startMeasuring(const MeasureChoice &choice);
    void followSeries(LoadSeries *series);
    void holdAgainstReference();
    void verify();
    void resumeRun(const QString &runId); ///< of an endpoint, which is opened where it is not
    void resumeWaiting(int subject);
    void exportTo(const QString &file);
    void tellError(const Error &error);
    void offerUndo(const QStringList &closed); ///< brings back as many as were closed
    void setColors(const char *scheme);
    void movePane(int step);
    QList<QWidget *> panes() const;

    Workspace *m_workspace;
    RunLibrary *m_runs;
    JobQueue *m_jobs;
    Acknowledgements *m_acknowledgements;
    SubjectChecks *m_checks;
    OpeningGuard *m_guard;
    WatchDesk *m_watches;
    WatchNotices *m_notices = nullptr;
    CommandRegistry *m_commands;
    MessageBar *m_messages = nullptr;
    QSplitter *m_mainSplitter = nullptr;
    QSplitter *m_jobsSplitter = nullptr;
    QStackedWidget *m_center = nullptr;
    QTabWidget *m_tabs = nullptr;
    SubjectPanel *m_subjects = nullptr;
    InspectPage *m_inspect = nullptr;
    JobsPanel *m_jobsPanel = nullptr;
    QPointer<CommandPalette> m_palette;
    QPointer<QWidget> m_measure;
    QPointer<QWidget> m_settings;
    QTimer m_layoutSoon, m_sessionSoon; ///< run while something is not saved yet
    CompareChoices m_compareChoices;    ///< of the page before it was built anew
    std::map<int, QString> m_resuming; ///< runs that go on once their subject is open
    bool m_rebuilding = false;
    bool m_browsing = false; ///< the pages are shown though no subject is open
    int m_openings = 0;
};

} // namespace assay
