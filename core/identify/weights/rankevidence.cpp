// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/rankevidence.h"

#include "core/base/units.h"
#include "core/identify/weights/aboutweights.h"

#include <algorithm>

namespace assay {
namespace {

constexpr double kSmallestGap = 1; ///< identity.md 7.10: rounded log-probabilities blur it

} // namespace

Evidence rankEvidence(const RankFound &found, int64_t claimedHidden)
{
    Evidence evidence = aboutWeights(Evidence::Kind::Note, "weights.hidden_rank");
    evidence.n = found.rows;
    evidence.effect = double(found.rank);
    evidence.effectUnit = "dimensions";
    evidence.numbers = {{"rank", found.rank}, {"gap", found.gap}, {"rows", found.rows}, {"columns", found.columns}, {"claimed", claimedHidden}};
    const std::string rank = groupedDigits(found.rank), claimed = groupedDigits(claimedHidden);
    if (found.gap <= kSmallestGap) {
        evidence.what = {ASSAY_TEXT("Identity", "The singular values of %1 outputs show no clear step: the hidden size cannot be told."), {groupedDigits(found.rows)}};
    } else if (std::min(found.rows, found.columns) <= claimedHidden) {
        const bool smaller = found.rank + 1 < std::min(found.rows, found.columns);
        evidence.what = smaller ? Told{ASSAY_TEXT("Identity", "The outputs have rank %1: a hidden size of %2 is incompatible with them."), {rank, claimed}}
                                : Told{ASSAY_TEXT("Identity", "More than %1 outputs of more than %1 tokens would be needed to tell the hidden size."), {claimed}};
        if (smaller) {
            evidence.kind = Evidence::Kind::Contradiction;
            evidence.channel = "rank";
        }
    } else if (found.rank == claimedHidden || found.rank == claimedHidden + 1) {
        evidence.kind = Evidence::Kind::Consistent;
        evidence.what = {ASSAY_TEXT("Identity", "The outputs have rank %1, as a hidden size of %2 makes it."), {rank, claimed}};
    } else {
        evidence.kind = Evidence::Kind::Contradiction;
        evidence.channel = "rank";
        evidence.what = {ASSAY_TEXT("Identity", "The outputs have rank %1: a hidden size of %2 is incompatible with them."), {rank, claimed}};
        evidence.benign = {{ASSAY_TEXT("Identity", "An output head of lower rank than the hidden size, or outputs rounded before they were sent."), {}}};
    }
    return evidence;
}

} // namespace assay
