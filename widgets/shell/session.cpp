// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/session.h"

#include "core/service/workspace.h"
#include "widgets/common/settings.h"

namespace assay {
namespace {
const QString kArray = QStringLiteral("session");
const QString kPath = QStringLiteral("path"), kRole = QStringLiteral("role"), kName = QStringLiteral("name");
} // namespace

void saveSession(const Workspace &workspace)
{
    QSettings store;
    store.remove(kArray);
    store.beginWriteArray(kArray);
    int row = 0;
    for (const auto &subject : workspace.subjects()) {
        store.setArrayIndex(row++);
        store.setValue(kPath, subject->path);
        if (subject->roleChosen)
            store.setValue(kRole, QLatin1String(roleName(subject->role)));
        if (subject->nameChosen)
            store.setValue(kName, subject->name);
    }
    store.endArray();
}

QStringList restoreSession(Workspace &workspace, const QStringList &except)
{
    if (!settings::kRestoreSession.get())
        return {};
    QStringList leftOut;
    QSettings store;
    const int rows = store.beginReadArray(kArray);
    for (int row = 0; row < rows; ++row) {
        store.setArrayIndex(row);
        const QString path = store.value(kPath).toString();
        if (except.contains(path))
            leftOut << path;
        if (path.isEmpty() || except.contains(path))
            continue;
        const int id = workspace.open(path);
        if (const auto role = roleFromName(store.value(kRole).toString().toStdString()))
            workspace.setRole(id, *role);
        if (const QString name = store.value(kName).toString(); !name.isEmpty())
            workspace.rename(id, name);
    }
    store.endArray();
    return leftOut;
}

} // namespace assay
