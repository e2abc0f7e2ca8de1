// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/bench/plan.h"

#include <nlohmann/json_fwd.hpp>

namespace assay {

/// A limit ended a run before all of its plan was asked. Kept with the run, as what is missing cannot be told from what is there: a
/// sweep may leave out levels, and a level may end by time.
struct EndedEarly
{
    enum class Counted : uint8_t { Requests, Answers };
    PlanLimit limit = PlanLimit::None;
    double amount = 0;            ///< of the limit: seconds, requests, tokens or money
    std::string currency = {};    ///< of money
    Counted counted = Counted::Requests;
    int64_t done = 0, planned = 0; ///< warm-up included; planned 0: the plan does not say how many
    bool operator==(const EndedEarly &) const = default;
};
/// done and planned are the caller's to fill.
EndedEarly endedAt(PlanLimit limit, const PlanLimits &limits, const std::optional<Prices> &prices);

/// "ended at its limit of 60 s after 118 of 500 requests". A limit of tokens or money ends a run before it is passed.
std::string endedEarlyText(const EndedEarly &ended, const Translate &translate = untranslated);
nlohmann::json toJson(const EndedEarly &ended);
/// Nothing for a limit that a later version knows. Errors: StoreDamaged with the field's name.
Result<std::optional<EndedEarly>> endedEarlyFromJson(const nlohmann::json &json);

} // namespace assay
