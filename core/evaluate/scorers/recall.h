// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// A text as words in which facts are looked for: lower case, accents and possessives dropped, numbers without commas and needless
/// zeros, number words up to twenty as digits, each character of Chinese and Japanese its own.
std::vector<std::string> factWords(std::string_view text);

} // namespace assay
