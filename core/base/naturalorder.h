// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace assay {

/// Appends a key to out such that keys compare bytewise as their texts compare in natural order: digit runs
/// compare as numbers, so layers.2 comes before layers.10; 02 comes after 2.
void appendNaturalKey(std::string_view text, std::string &out);

/// a < b in natural order.
bool naturalLess(std::string_view a, std::string_view b);

} // namespace assay
