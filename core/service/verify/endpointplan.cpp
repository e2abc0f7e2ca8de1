// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/endpointplan.h"

#include "core/identify/statistics/cleanrun.h"
#include "core/service/verify/endpointcalls.h"
#include "core/service/verify/plannedtimes.h"
#include "core/service/verify/referencepart.h"

#include <algorithm>
#include <array>
#include <set>

namespace assay {
namespace {

/// As the table calls it; a name that it does not know stays.
std::string familyNamed(const EndpointVerificationPlan &plan, const std::string &name)
{
    const TokenizerFamily *family = plan.table.family(name);
    return family != nullptr ? family->id : name;
}

const Profile *profileNamed(const EndpointVerificationPlan &plan, std::string_view id)
{
    const auto found = std::ranges::find(plan.profiles, id, &Profile::id);
    return found == plan.profiles.end() ? nullptr : &*found;
}

void addNamed(const EndpointVerificationPlan &plan, std::string_view ids, std::vector<const Profile *> &out)
{
    while (!ids.empty()) {
        const size_t bar = std::min(ids.find('|'), ids.size());
        if (const Profile *profile = profileNamed(plan, ids.substr(0, bar)))
            out.push_back(profile);
        ids.remove_prefix(std::min(bar + 1, ids.size()));
    }
}

} // namespace

std::vector<const Profile *> claimedProfiles(const EndpointVerificationPlan &plan)
{
    std::vector<const Profile *> claimed;
    const auto version = plan.sheet.versions.find(plan.version);
    addNamed(plan, version == plan.sheet.versions.end() ? plan.sheet.profile : version->second, claimed);
    return claimed;
}

std::string claimedTokenizer(const EndpointVerificationPlan &plan)
{
    if (!plan.tokenizer.empty())
        return familyNamed(plan, plan.tokenizer);
    std::set<std::string> families;
    for (const Profile *profile : claimedProfiles(plan))
        families.insert(familyNamed(plan, profile->tokenizer));
    return families.size() == 1 ? *families.begin() : std::string();
}

std::map<std::string, std::string> tokenizerAlternatives(const EndpointVerificationPlan &plan)
{
    const std::vector<const Profile *> claimed = claimedProfiles(plan);
    const std::string own = claimedTokenizer(plan);
    std::map<std::string, std::string> out;
    for (const Profile &profile : plan.profiles) {
        const bool same = std::ranges::any_of(claimed, [&](const Profile *one) { return one->id == profile.id; });
        const bool related = std::ranges::any_of(claimed, [&](const Profile *one) {
            return profile.id.starts_with(one->id + "-") || (!one->family.empty() && one->family == profile.family)
                || std::ranges::find(one->falseFriends, profile.id) != one->falseFriends.end();
        });
        const bool named = std::ranges::find(plan.rules.alternatives, profile.id) != plan.rules.alternatives.end();
        const bool wanted = plan.rules.alternatives.empty() ? related : named;
        const std::string family = familyNamed(plan, profile.tokenizer);
        if (!same && wanted && !family.empty() && family != own)
            out[profile.id] = family;
    }
    return out;
}

int64_t countedChecks(VerificationSize size)
{
    constexpr std::array<double, 3> kShares{0, 0.05, 0.01};
    return int64_t(cleanRunsNeeded(kShares[size_t(size)]));
}

int64_t mostCalls(VerificationSize size)
{
    return kQuickCalls + countedChecks(size);
}

VerificationCost costOf(const EndpointVerificationPlan &plan)
{
    VerificationCost cost;
    const EndpointCalls calls = planCalls(plan, plan.seed != 0 ? plan.seed : 1, plan.target.dialect.empty() ? "openai-chat" : plan.target.dialect, plan.target.model);
    Spend worst;
    for (const PlannedCall &call : calls.all) {
        worst.promptTokens += call.promptTokens;
        worst.completionTokens += call.outputTokens;
    }
    cost = referenceCost(plan);
    worst.promptTokens += cost.promptTokens;
    worst.completionTokens += cost.outputTokens;
    cost.requests += mostCalls(plan.size);
    if (const auto times = timesAlone(plan)) {
        const Spending timed = costOf(*times);
        cost.requests += timed.requests;
        worst.promptTokens += timed.promptTokens;
        worst.completionTokens += timed.outputTokens;
    }
    cost.requests = plan.limits.requests > 0 ? std::min(cost.requests, plan.limits.requests) : cost.requests;
    cost.promptTokens = worst.promptTokens;
    cost.outputTokens = worst.completionTokens;
    if (plan.prices)
        cost.money = moneyOf(worst, *plan.prices);
    return cost;
}

} // namespace assay
