// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/told.h"

#include <nlohmann/json.hpp>
#include <array>
#include <cstdint>
#include <optional>

namespace assay {

/// What kind of thing an evidence looks at (identity.md, section 6), from what is easiest to forge to what is hardest.
enum class Tier : uint8_t { Physics, Declared, Fields, Tokenizer, Distribution, Timing, Capability, Weights, Count_ };

struct TierDefinition
{
    Tier tier;
    const char *id;       ///< "T0"
    const char *label;    ///< translation context "Identity", like the next two
    const char *observes;
    const char *blind;    ///< what it cannot see
    double cap;           ///< most that a likelihood ratio of it counts, either way; 0: it counts by other rules
    int group;            ///< tiers of one group depend on each other: of each group the strongest ratio counts once
};
const TierDefinition &tierDefinition(Tier tier);
const std::array<TierDefinition, size_t(Tier::Count_)> &tierDefinitions();
/// Whether contradictions and tests of it may decide: of response fields and timing they weigh by their ratios alone.
bool tierDecides(Tier tier);

/// How strong a test was: what it would have seen.
struct Power
{
    std::string alternative; ///< "distilled", "int4", "10 % mixed": id of a profile or words
    double value = 0;        ///< probability to reject if that were so
};

/// One thing that a check found. Everything raw behind it is kept by id.
struct Evidence
{
    enum class Kind : uint8_t {
        Match,         ///< weights equal a manifest: the only thing that verifies
        Contradiction, ///< incompatible with the claim whatever the noise; counts by channels and days
        Test,          ///< a p-value under "the claim holds"
        Ratio,         ///< a likelihood ratio, claim over a named alternative
        Consistent,    ///< looked at, and as claimed; no weight
        Note,          ///< exploratory
    };
    Tier tier = Tier::Declared;
    Kind kind = Kind::Note;
    std::string test;          ///< stable id: "tokenizer.usage", "weights.manifest"
    std::string channel = {};  ///< of a contradiction: independent of others with another name
    std::string day = {};      ///< UTC date, "2026-11-22"
    bool registered = false;   ///< a confirmatory test of the plan, made once with the size that was planned
    std::optional<double> p = {};
    std::optional<double> logRatio = {}; ///< natural logarithm; positive: for the claim
    std::string alternative = {};        ///< of a ratio
    std::optional<double> effect = {}, detectable = {}; ///< in the test's own unit; what it would have seen at 80 % power
    std::string effectUnit = {};
    std::vector<Power> power = {};
    int64_t n = 0;             ///< independent observations: prompts, items
    Told what;                 ///< one sentence, of the data and not of people
    std::vector<Told> benign = {}; ///< harmless explanations
    std::vector<std::string> raw = {}; ///< ids of what was kept
    nlohmann::json numbers = {};   ///< for charts and scripts
};

/// In `numbers` of evidence of the distribution: how many honest stacks its ratio was calibrated on; it caps the ratio at S + 1.
inline constexpr const char *kHonestStacks = "honest_stacks";
/// Its logarithm as the odds count it: capped by its tier, timing against the claim only; 0 where it does not count by ratio.
double countedLogRatio(const Evidence &evidence);

nlohmann::json evidenceToJson(const Evidence &evidence);
std::optional<Evidence> evidenceFromJson(const nlohmann::json &json); ///< nothing where it is damaged

} // namespace assay
