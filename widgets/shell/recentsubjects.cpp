// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/recentsubjects.h"

#include "core/service/background.h"
#include "core/service/slowthreads.h"
#include "core/service/subjectfiles.h"
#include "widgets/common/settings.h"

#include <QDir>
#include <QFileInfo>

namespace assay {
namespace {
constexpr int kMost = 20;
}

void rememberSubject(const QString &path)
{
    QStringList paths = settings::kRecentSubjects.get();
    paths.removeAll(path);
    paths.prepend(path);
    settings::kRecentSubjects.set(paths.mid(0, kMost));
}

RecentMenu::RecentMenu(QWidget *parent) : QMenu(tr("Open Recent"), parent)
{
    connect(this, &QMenu::aboutToShow, this, &RecentMenu::fill);
}

void RecentMenu::fill()
{
    clear();
    const QStringList paths = settings::kRecentSubjects.get();
    for (const QString &path : paths) {
        QAction *action = addAction(isRemoteSubject(path.toStdString()) ? path : QDir::toNativeSeparators(path));
        action->setData(path);
        connect(action, &QAction::triggered, this, [this, path] { emit chosen(path); });
    }
    if (paths.isEmpty()) {
        addAction(tr("Nothing yet"))->setEnabled(false);
        return;
    }
    // A folder on a sleeping disk must not hold the menu up.
    const auto look = [paths] {
        const MayHang patience;
        QStringList missing;
        for (const QString &path : paths) {
            if (!isRemoteSubject(path.toStdString()) && !QFileInfo::exists(path))
                missing << path;
        }
        return missing;
    };
    const auto grey = [this](const QStringList &missing) {
        for (QAction *action : actions())
            action->setEnabled(!missing.contains(action->data().toString()));
    };
    inBackground(this, look, grey, &slowThreads());
}

} // namespace assay
