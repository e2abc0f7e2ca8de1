// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"

namespace assay {

/// An argument of a sentence as people read it: reasons that core marked for translation in their language, whole
/// numbers with their digits in groups, all else as it is.
std::string shownArgument(const std::string &argument, const Translate &translate);

/// All of them.
std::vector<std::string> shownArguments(const std::vector<std::string> &arguments, const Translate &translate);

} // namespace assay
