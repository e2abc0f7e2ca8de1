// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/roofline.h"
#include "core/bench/sample.h"

#include <nlohmann/json_fwd.hpp>

/// JSON of what runs tell of machines and of a model's work.
namespace assay {

nlohmann::json toJson(const ModelWork &work);
nlohmann::json toJson(const DeviceState &state);
nlohmann::json toJson(const TimeShare &share);
/// StoreDamaged with the field's name.
Result<ModelWork> modelWorkFromJson(const nlohmann::json &json);
Result<DeviceState> deviceStateFromJson(const nlohmann::json &json);
Result<TimeShare> timeShareFromJson(const nlohmann::json &json);

} // namespace assay
