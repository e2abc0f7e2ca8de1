// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// The text without the matches of these regular expressions (PCRE2), one after the other. Nothing where one of them is no regular
/// expression or takes more steps than a bound: suites come from anywhere, and so do answers. The bound counts steps, not seconds,
/// so that a judgement does not depend on the machine.
std::optional<std::string> withoutMatches(std::string_view text, const std::vector<std::string> &expressions);

} // namespace assay
