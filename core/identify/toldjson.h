// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/told.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>

namespace assay {

nlohmann::json toldToJson(const Told &told);
nlohmann::json toldListToJson(const std::vector<Told> &list);
/// Nothing where it is damaged or too long: at most nine arguments (as many as a pattern can name), 20,000 bytes a text.
std::optional<Told> toldFromJson(const nlohmann::json &json);
/// At most 1000 sentences.
std::optional<std::vector<Told>> toldListFromJson(const nlohmann::json &json);

} // namespace assay
