// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/command.h"
#include "app/assay/measuresession.h"
#include "core/service/jobqueue.h"
#include "core/service/resources.h"
#include "core/service/runlibrary.h"
#include "core/service/workspace.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/measurechoice.h"
#include "widgets/shell/startup.h"

#include <QApplication>
#include <QEvent>
#include <QTimer>
#include <algorithm>
#include <cstdio>

namespace assay {
namespace {

/// For measuring the start (benchmarks/startup): says on stdout when the window has been painted, then ends.
class PaintWatch : public QObject
{
public:
    explicit PaintWatch(QWidget *window) : QObject(window) { window->installEventFilter(this); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_seen) {
            m_seen = true;
            // The children are painted after the window, in the same pass.
            QTimer::singleShot(0, this, [] {
                std::puts("painted");
                std::fflush(stdout);
                QTimer::singleShot(300, qApp, &QApplication::quit);
            });
        }
        return QObject::eventFilter(watched, event);
    }

private:
    bool m_seen = false;
};

/// Measures every open subject as the window's own dialog would by default.
void measureAll(const Workspace &workspace, JobQueue &jobs, RunLibrary &library)
{
    MeasureChoice choice;
    for (const auto &subject : workspace.subjects())
        choice.subjects.push_back(subject->id);
    const bool endpoints = std::ranges::any_of(workspace.subjects(), [](const auto &subject) { return subject->endpoint != nullptr; });
    if (auto suites = openSuites(demoSuites()); suites && !endpoints) // whose answers cost money
        choice.suites = std::move(*suites);
    startMeasuring(choice, workspace, jobs, library);
}

} // namespace

int runWindow(const QStringList &subjects, bool measure)
{
    prepareApplication(*qApp);
    RunLibrary library(storeFile());
    Workspace workspace;
    JobQueue jobs;
    MainWindow window(&workspace, &library, &jobs);
    if (qApp->arguments().contains(QStringLiteral("--exit-after-paint")))
        new PaintWatch(&window);
    window.show();
    QTimer::singleShot(0, &window, [&] {
        library.load();
        if (subjects.isEmpty())
            window.restore();
        else
            window.openPaths(subjects);
    });
    if (measure) {
        // Roles are guessed, and measuring begins, once the facts of all subjects are there.
        QObject::connect(&workspace, &Workspace::allSettled, &window, [&] {
            window.showPage(QStringLiteral("compare"));
            measureAll(workspace, jobs, library);
        }, Qt::SingleShotConnection);
    }
    const int exitCode = QApplication::exec();
    // Jobs write into the library while they end.
    jobs.cancelAll();
    return exitCode;
}

} // namespace assay
