// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace assay {

/// Parses an object, nested at most 100 deep (deeper input is an attack on whoever walks it). `where` names the
/// file in the error: JsonDamaged or JsonWrongType.
Result<nlohmann::json> parseJsonObject(const std::string &text, const std::string &where);

} // namespace assay
