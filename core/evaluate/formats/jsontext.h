// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/formats/damage.h"

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace assay {

/// Longest line or row that is read, in bytes.
inline constexpr size_t kMostRowBytes = 16u << 20;

/// An object on one line; throws Damage. The sentence never quotes the text.
nlohmann::json parseRow(std::string_view line);
/// A whole document of at most this depth.
nlohmann::json parseDocument(std::string_view text, int deepest);
/// Takes the next line off the text, without its end (LF or CRLF).
std::string_view takeLine(std::string_view &text);
/// Whether there is nothing but white space in it.
bool isBlank(std::string_view line);

} // namespace assay
