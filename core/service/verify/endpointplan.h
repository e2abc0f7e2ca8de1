// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/budget.h"
#include "core/endpoint/endpointfacts.h"
#include "core/identify/claimsheet.h"
#include "core/identify/profile.h"
#include "core/identify/tokenizer/tokentable.h"
#include "core/identify/verification.h"
#include "core/service/verify/endpointreference.h"

#include <filesystem>

namespace assay {

/// What is to be asked of an endpoint, and against what it is held.
struct EndpointVerificationPlan
{
    EndpointTarget target;
    std::optional<EndpointFacts> facts;  ///< where it was probed before; else it is probed first
    ClaimSheet sheet;
    std::string version;                 ///< of the sheet's models; empty: its subject
    std::vector<Profile> profiles;       ///< known models
    std::string tokenizer;               ///< family that is claimed; empty: the claimed profile's
    TokenTable table;
    TokenizerSet tokenizers;             ///< that are here
    VerdictRules rules;                  ///< without alternatives: models of the claimed family with another tokenizer
    VerificationSize size = VerificationSize::Quick;
    uint64_t seed = 0;                   ///< 0: drawn
    PlanLimits limits;                   ///< none of them: the size's own number of requests alone
    std::optional<Prices> prices;        ///< without them a cap on money cannot hold: it is refused
    double mostPause = 0.3;              ///< seconds between two requests, drawn from 0 to this
    std::filesystem::path rawFile;       ///< every request and answer; what it holds of this endpoint is not asked again. Empty: not kept
    std::string hardware = {};           ///< that the endpoint is said to run on ("8x H800", "3350 GB/s"), whose limits times are held against; empty: what the sheet states
    /// What its answers are held against, beyond what needs no reference (openReference()); nothing: T4 and T6 are not tested.
    std::optional<EndpointReference> reference = {};
};

/// The most requests of the quick size, those of the probing and repeated ones among them.
inline constexpr int64_t kQuickCalls = 39;
/// Further requests of the larger sizes that are counted one by one: so many exclude that a share of 5 % and of 1 % goes elsewhere, at 95 %.
int64_t countedChecks(VerificationSize size);
/// The most requests that need no reference.
int64_t mostCalls(VerificationSize size);

/// The profiles that the plan claims: the sheet's, or those of its version.
std::vector<const Profile *> claimedProfiles(const EndpointVerificationPlan &plan);
/// The family of tokenizers that is claimed; empty: nothing tells, or the claimed models have several.
std::string claimedTokenizer(const EndpointVerificationPlan &plan);
/// Known models that the claim is told from by their tokenizers, with their family of tokenizers.
std::map<std::string, std::string> tokenizerAlternatives(const EndpointVerificationPlan &plan);

/// What a plan costs at most, its reference's part included, to be shown before it starts. Tokens of a prompt are taken as its bytes
/// and a template of 100.
struct VerificationCost
{
    int64_t requests = 0, promptTokens = 0, outputTokens = 0;
    std::optional<double> money;
    int64_t ofReference = 0; ///< requests among them that another endpoint gets, as the reference
    int64_t localAnswers = 0; ///< that a directory's weights write here, for nothing but time
};
VerificationCost costOf(const EndpointVerificationPlan &plan);

} // namespace assay
