// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/endpointfacts.h"

#include <nlohmann/json.hpp>

namespace assay {

/// A value that was found, and where: "data/0/owned_by".
struct FoundField
{
    std::string value; ///< texts as they are, numbers in digits, true and false; at most kMostFieldBytes
    std::string place;
};
inline constexpr size_t kMostFieldBytes = 64 << 10;

/// The values at a path of proberules.h. Never throws; at most 1,000 values.
std::vector<FoundField> findFields(const nlohmann::json &json, std::string_view path, const std::string &model);
/// A path of JSON, "header:NAME", or "metric:NAME" and "metric:NAME/LABEL" in the text that Prometheus reads: the first sample's
/// value or label.
std::vector<FoundField> findFields(const ProbeAnswer &answer, const nlohmann::json &json, std::string_view path,
                                   const std::string &model);
/// The answer's body; discarded when it is none, or the status is not 2xx.
nlohmann::json bodyOf(const ProbeAnswer &answer);

} // namespace assay
