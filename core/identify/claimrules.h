// SPDX-License-Identifier: GPL-3.0-or-later
// How single claims are held against what was found: for claimcheck.cpp alone.
#pragma once

#include "core/identify/claimsheet.h"
#include "core/model/devices.h"

#include <optional>
#include <span>

namespace assay::claims {

/// What one rule says of one claim.
struct Judged
{
    ClaimVerdict verdict = ClaimVerdict::NotTested;
    std::vector<Found> found;
    Told reason;
};

/// Everything a rule may look at.
struct Context
{
    const ClaimSheet &sheet;
    std::string version;                  ///< the subject's
    const FoundFacts &subject;
    const std::vector<FoundFacts> &published; ///< by FoundFacts::name, the profile's id
    const DeviceTable *devices;
};

/// A number that is claimed, as an interval of what rounds to it, in the field's unit.
struct Amount
{
    double low = 0, high = 0; ///< bounds that still agree
    double value = 0;         ///< as it stands; the middle of a range
    bool range = false;       ///< two bounds were claimed
    bool named = false;       ///< as models' names have it: "7B"
};
/// Nothing where no number can be read. "671B", "16 GB", "128K", 0.85, [5, 10]; a unit of the claim's own is brought to the field's.
std::optional<Amount> amountOf(const nlohmann::json &claimed, const std::string &unit, const ClaimField &field);
/// A number in a found value; nothing for other values.
std::optional<double> numberIn(const nlohmann::json &value);

Judged checkNumber(const nlohmann::json &claimed, const std::string &unit, const ClaimField &field, const FoundFacts &facts);
Judged checkWord(const nlohmann::json &claimed, const ClaimField &field, const FoundFacts &facts);

/// A name of a figure with its conditions: "latency_1024_tokens_a100" is the latency of 1024 tokens on an A100.
struct Figure
{
    const ClaimField *field = nullptr;
    std::optional<double> tokens;
    std::string hardware;
};
Figure figureOf(const Claim &claim);

/// Whether arithmetic rules out memory, file size, hardware, latency or throughput: 7.12 of identity.md, one-sided.
Judged checkPhysics(const nlohmann::json &claimed, const Claim &claim, const Figure &figure, const FoundFacts &facts, const Context &context);

/// Fields of answers: nobody's documented API returns parameter counts; and they may contradict the sheet itself.
Judged checkResponse(const Claim &claim, const Context &context);

/// Statements of one sheet that exclude each other: a ratio against its own table, a test longer than every context it claims.
/// Nothing where it finds none.
std::optional<Judged> checkItself(const Claim &claim, const ClaimField *field, const Context &context);
/// Full over distilled, of facts.
Judged checkRatio(const Claim &claim, const ClaimField &field, std::span<const FoundFacts *const> full, std::span<const FoundFacts *const> other);

} // namespace assay::claims
