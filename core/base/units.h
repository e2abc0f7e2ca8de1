// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace assay {

/// Three significant digits without exponent: 0.0123, 4.56, 78.9, 1230. NaN gives "-".
std::string threeDigits(double value);
/// As it was declared, without exponent or needless zeros: "40", "1.5", "1000000". NaN gives "-".
std::string plainNumber(double value);
/// Binary unit with three digits: "642 GiB", "3.02 MiB", "512 B".
std::string formatBytes(double bytes);
/// Count with decimal suffix: "7.62 B", "671 B", "1.2 M", "259".
std::string formatCount(double count);
/// Seconds in the fitting unit: "4.12 ms", "85 us", "1.3 s", "2 min 5 s".
std::string formatSeconds(double seconds);
/// "1,234,567"
std::string groupedDigits(int64_t value);
/// "87.5 %"
std::string formatPercent(double rate);
/// "2026-11-21T20:47:00Z", now, UTC.
std::string utcNow();

} // namespace assay
