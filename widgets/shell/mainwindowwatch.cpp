// SPDX-License-Identifier: GPL-3.0-or-later
// What the frame does for watches: their page, alarms above whatever page is shown, and that they are open again at the next start.
#include "core/service/endpointsubject.h"
#include "core/service/translation.h"
#include "core/service/verify/watchdesk.h"
#include "core/service/workspace.h"
#include "widgets/common/messagebar.h"
#include "widgets/common/settings.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/subjectpanel.h"
#include "widgets/watch/watchnotices.h"
#include "widgets/watch/watchpage.h"

namespace assay {

void MainWindow::connectWatches()
{
    m_notices = new WatchNotices(m_watches, trayChannel(), this);
    connect(m_notices, &WatchNotices::alarm, this, &MainWindow::tellAlarm);
    connect(m_notices, &WatchNotices::chosen, this, &MainWindow::showWatch);
    connect(m_watches, &WatchDesk::failed, this, &MainWindow::tellError);
    connect(m_watches, &WatchDesk::listChanged, this, [this] {
        QStringList files;
        for (const auto &watch : m_watches->watches())
            files << toQString(watch->path);
        settings::kWatches.set(files);
    });
}

/// None of them runs by itself: asking endpoints costs money.
void MainWindow::restoreWatches()
{
    if (!settings::kRestoreSession.get())
        return;
    const QStringList files = settings::kWatches.get();
    for (const QString &file : files)
        m_watches->open(file.toStdString());
}

QWidget *MainWindow::buildWatchPage(QWidget *holder)
{
    auto *page = new WatchPage(m_watches, holder);
    const auto suggest = [this, page] {
        const Subject *subject = m_workspace->find(m_subjects->currentSubject());
        if (!subject || !subject->endpoint)
            return page->suggest({}, {});
        const EndpointTarget target = targetOf(*subject->endpoint, {});
        page->suggest(toQString(target.url), toQString(target.model));
    };
    suggest();
    connect(m_subjects, &SubjectPanel::currentChanged, page, suggest);
    connect(m_workspace, &Workspace::changed, page, suggest);
    connect(page, &WatchPage::looked, m_notices, &WatchNotices::seen);
    connect(page, &WatchPage::reportRequested, this, &MainWindow::writeReport);
    connect(page, &WatchPage::pictureFailed, this, &MainWindow::tellPictureFailed);
    return page;
}

void MainWindow::tellAlarm(const QString &watch, const QString &text)
{
    m_messages->show({Severity::Warning, text, {}, tr("Show"), [this, watch] { showWatch(watch); }, {}});
}

void MainWindow::showWatch(const QString &path)
{
    if (isMinimized())
        showNormal();
    raise();
    activateWindow();
    showPage(QStringLiteral("watch"));
    if (auto *page = findChild<WatchPage *>())
        page->choose(path.toStdString());
}

} // namespace assay
