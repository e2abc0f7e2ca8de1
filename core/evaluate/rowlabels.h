// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace assay {

/// Labels as one text, so that equal ones are kept once: each key and value after its length.
std::string joinLabels(const std::map<std::string, std::string> &labels);
/// Takes them apart; of a damaged text what came before the damage.
std::map<std::string, std::string> splitLabels(std::string_view text);

} // namespace assay
