// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace assay {

/// Whether a path that a file names could lead out of the folder it is meant for: empty, absolute on any system, with
/// a part "..", a back slash, a NUL or an address in it.
bool leavesItsFolder(std::string_view path);

} // namespace assay
