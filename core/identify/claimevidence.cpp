// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of a claim sheet as evidence.
#include "core/identify/structuralevidence.h"

#include <map>

namespace assay {
namespace {

using Kind = Evidence::Kind;

struct Group
{
    Tier tier;
    Kind kind;
    const char *test, *channel, *what;
};
const Group kArithmetic{Tier::Physics, Kind::Contradiction, "claims.arithmetic", "arithmetic",
                        ASSAY_TEXT("Identity", "Arithmetic rules out what is claimed in %1.")};
const Group kItself{Tier::Declared, Kind::Contradiction, "claims.itself", "sheet",
                    ASSAY_TEXT("Identity", "The sheet contradicts itself in %1.")};
const Group kDeclared{Tier::Declared, Kind::Contradiction, "claims.declared", "files",
                      ASSAY_TEXT("Identity", "What the files declare is incompatible with the claims %1.")};
const Group kCounted{Tier::Weights, Kind::Contradiction, "claims.counted", "tensors",
                     ASSAY_TEXT("Identity", "What is counted in the tensors is incompatible with the claims %1.")};
// Without a channel: claims that are right are no witness against those that are wrong.
const Group kAgree{Tier::Declared, Kind::Consistent, "claims.supported", "",
                   ASSAY_TEXT("Identity", "What was found agrees with the claims %1.")};
const Group kOthers{Tier::Declared, Kind::Note, "claims.others", "claims",
                    ASSAY_TEXT("Identity", "Of other versions or of answers, published facts speak against the claims %1.")};

const Group *groupOf(const ClaimRow &row, const std::string &version)
{
    const bool own = row.claim.version.empty() || row.claim.version == version;
    if (row.verdict == ClaimVerdict::NotTested)
        return nullptr;
    if (row.verdict == ClaimVerdict::SelfContradictory)
        return &kItself;
    if (row.verdict == ClaimVerdict::Supported)
        return own ? &kAgree : nullptr;
    if (!own || row.found.empty())
        return &kOthers;
    if (row.verdict == ClaimVerdict::Impossible)
        return &kArithmetic;
    switch (row.found.front().by) {
    case FoundBy::Counted: return &kCounted;
    case FoundBy::Declared:
    case FoundBy::Derived: return &kDeclared;
    default: return &kOthers;
    }
}

} // namespace

std::vector<Evidence> claimEvidence(std::span<const ClaimRow> rows, const std::string &version)
{
    std::vector<Evidence> out;
    for (const Group *group : {&kArithmetic, &kItself, &kDeclared, &kCounted, &kAgree, &kOthers}) {
        Evidence one;
        std::string ids;
        nlohmann::json list = nlohmann::json::array();
        for (const ClaimRow &row : rows) {
            if (groupOf(row, version) != group)
                continue;
            ids += (ids.empty() ? "" : ", ") + row.claim.id;
            list.push_back(row.claim.id);
        }
        if (list.empty())
            continue;
        one.tier = group->tier;
        one.kind = group->kind;
        one.test = group->test;
        one.channel = group->channel;
        one.what = {group->what, {ids}};
        one.n = int64_t(list.size());
        one.numbers["claims"] = std::move(list);
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace assay
