// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/bench/plan.h"
#include "core/bench/requestrecord.h"

#include <nlohmann/json_fwd.hpp>

namespace assay {

nlohmann::json toJson(const Slo &slo);
nlohmann::json toJson(const EndpointLoad &load);
/// A record as an object of plain fields, moments in ns; a piece is [at, read, "answer", bytes, tokens].
nlohmann::json toJson(const RequestRecord &record);
/// What is the default is not written, and what is missing is the default: files of older and newer programs read.
/// Errors: StoreDamaged with the field's name.
Result<Slo> sloFromJson(const nlohmann::json &json);
Result<EndpointLoad> endpointLoadFromJson(const nlohmann::json &json);
Result<RequestRecord> requestRecordFromJson(const nlohmann::json &json);

} // namespace assay
