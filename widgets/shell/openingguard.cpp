// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/openingguard.h"

#include "core/service/workspace.h"

#include <QCoreApplication>
#include <QFile>
#include <QSettings>
#include <QTimer>
#include <algorithm>

namespace assay {
namespace {

constexpr int kSafe = 3000; ///< milliseconds after opening, in which a subject is drawn for the first time
const QString kProcess = QStringLiteral("opening/process"), kPaths = QStringLiteral("opening/paths");

/// Whether another program is at it still.
bool lives(qint64 process)
{
    return process > 0 && process != QCoreApplication::applicationPid() && QFile::exists(QStringLiteral("/proc/%1").arg(process));
}

} // namespace

OpeningGuard::OpeningGuard(Workspace *workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    const QSettings store;
    if (!lives(store.value(kProcess).toLongLong()))
        m_fatal = store.value(kPaths).toStringList();
    connect(workspace, &Workspace::opened, this, &OpeningGuard::follow);
    connect(workspace, &Workspace::changed, this, &OpeningGuard::follow);
    connect(workspace, &Workspace::closed, this, &OpeningGuard::forgetClosed);
}

OpeningGuard::~OpeningGuard()
{
    m_opening.clear();
    write();
}

void OpeningGuard::follow(int id)
{
    const Subject *subject = m_workspace->find(id);
    if (!subject)
        return;
    const QString path = subject->path;
    if (subject->state != SubjectState::Loading) {
        QTimer::singleShot(kSafe, this, [this, path] { forget(path); });
    } else if (!m_opening.contains(path)) {
        m_opening << path;
        write();
    }
}

void OpeningGuard::forget(const QString &path)
{
    if (m_opening.removeAll(path) > 0)
        write();
}

void OpeningGuard::forgetClosed()
{
    const auto &subjects = m_workspace->subjects();
    const auto closed = [&](const QString &path) {
        return std::ranges::none_of(subjects, [&](const auto &subject) { return subject->path == path; });
    };
    if (m_opening.removeIf(closed) > 0)
        write();
}

void OpeningGuard::write() const
{
    QSettings store;
    store.setValue(kProcess, QCoreApplication::applicationPid());
    store.setValue(kPaths, m_opening);
    store.sync(); // what comes next may be the end
}

} // namespace assay
