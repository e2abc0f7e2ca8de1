// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace assay {

class Workspace;

/// Remembers the open subjects with the roles and names that the user gave them.
void saveSession(const Workspace &workspace);
/// Opens them again; does nothing when the setting says so.
void restoreSession(Workspace &workspace);

} // namespace assay
