// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace assay {

/// The place (from 1) of a byte that JSON forbids but nlohmann passes over: a byte order mark at the start, and a
/// zero byte, which it takes for the end of the text.
std::optional<size_t> forbiddenByte(std::string_view text);

/// Parses an object, nested at most 100 deep (deeper input is an attack on whoever walks it). `where` names the
/// file in the error: JsonDamaged or JsonWrongType.
Result<nlohmann::json> parseJsonObject(const std::string &text, const std::string &where);

} // namespace assay
