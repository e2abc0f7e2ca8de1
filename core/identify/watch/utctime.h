// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

/// Seconds of Unix time as "2026-11-22T21:38:50Z"; what lies outside the years 1970 to 9999 becomes the nearer end.
std::string utcText(int64_t seconds);
/// The way back. Nothing for any other form.
std::optional<int64_t> utcSeconds(std::string_view text);
/// "2026-11-22" of the same.
std::string utcDay(int64_t seconds);

} // namespace assay
