// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace assay {

class Workspace;

/// Remembers the open subjects with the roles and names that the user gave them.
void saveSession(const Workspace &workspace);
/// Opens them again; does nothing when the setting says so. Gives those that it left out because they are among `except`.
QStringList restoreSession(Workspace &workspace, const QStringList &except = {});

} // namespace assay
