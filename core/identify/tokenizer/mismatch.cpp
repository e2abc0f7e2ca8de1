// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/tokenizer/mismatch.h"

#include <algorithm>
#include <set>

namespace assay {
namespace {

/// Over messages of which both families are told, so that the sums are comparable.
int64_t mismatchOver(std::span<const CountedMessage> messages, const std::string &family, const std::string &shared)
{
    const CountedMessage &base = messages.front();
    int64_t sum = 0;
    for (const CountedMessage &one : messages.subspan(1)) {
        const auto own = one.message.counts.find(family);
        if (one.counted.empty() || own == one.message.counts.end() || !one.message.counts.contains(shared))
            continue;
        const int64_t counted = one.counted.front() - base.counted.front();
        sum += std::abs(counted - (own->second - base.message.counts.at(family)));
    }
    return sum;
}

FamilyFit fitOf(std::span<const CountedMessage> messages, const std::string &family)
{
    FamilyFit fit;
    fit.family = family;
    const CountedMessage &base = messages.front();
    fit.constant = base.counted.front() - base.message.counts.at(family);
    for (const CountedMessage &one : messages.subspan(1)) {
        const auto expected = one.message.counts.find(family);
        if (one.counted.empty() || expected == one.message.counts.end())
            continue;
        const int64_t off = std::abs(one.counted.front() - base.counted.front() - (expected->second - base.message.counts.at(family)));
        ++fit.probes;
        fit.mismatch += off;
        fit.worst = std::max(fit.worst, off);
    }
    fit.fits = fit.probes >= TokenizerFit::kLeastProbes && fit.worst <= 1;
    return fit;
}

/// Every other family is far behind on the messages that tell of both.
bool isAhead(std::span<const CountedMessage> messages, const TokenizerFit &fit, const FamilyFit &best)
{
    return std::ranges::all_of(fit.families, [&](const FamilyFit &other) {
        if (other.family == best.family || other.probes == 0)
            return true;
        const int64_t own = mismatchOver(messages, best.family, other.family);
        return mismatchOver(messages, other.family, best.family) >= TokenizerFit::kFarther * std::max<int64_t>(own, 1);
    });
}

} // namespace

const FamilyFit *TokenizerFit::of(std::string_view family) const
{
    const auto found = std::ranges::find(families, family, &FamilyFit::family);
    return found == families.end() ? nullptr : &*found;
}

TokenizerFit fitTokenizers(std::span<const CountedMessage> messages)
{
    TokenizerFit fit;
    if (messages.empty() || messages.front().counted.empty()) {
        fit.reason = {ASSAY_TEXT("Identity", "the message from which differences are taken was not counted")};
        return fit;
    }
    int64_t counted = 0;
    for (const CountedMessage &one : messages) {
        counted += !one.counted.empty();
        fit.stable = fit.stable && std::ranges::adjacent_find(one.counted, std::ranges::not_equal_to()) == one.counted.end();
    }
    fit.enough = counted > TokenizerFit::kLeastProbes;
    for (const auto &[family, count] : messages.front().message.counts)
        fit.families.push_back(fitOf(messages, family));
    std::ranges::stable_sort(fit.families, [](const FamilyFit &a, const FamilyFit &b) {
        const bool told = a.probes > 0, otherTold = b.probes > 0;
        return told != otherTold ? told : a.fits != b.fits ? a.fits : a.mismatch * std::max<int64_t>(b.probes, 1) < b.mismatch * std::max<int64_t>(a.probes, 1);
    });
    const auto fitting = std::ranges::count_if(fit.families, &FamilyFit::fits);
    if (!fit.enough)
        fit.reason = {ASSAY_TEXT("Identity", "only %1 messages were counted; %2 are needed"), {std::to_string(counted), std::to_string(TokenizerFit::kLeastProbes + 1)}};
    else if (!fit.stable)
        fit.reason = {ASSAY_TEXT("Identity", "the same message was counted differently from one time to the next")};
    else if (fitting == 0)
        fit.reason = {ASSAY_TEXT("Identity", "the counts fit no tokenizer that is known here")};
    else if (fitting > 1 || !isAhead(messages, fit, fit.families.front()))
        fit.reason = {ASSAY_TEXT("Identity", "the counts do not tell apart the tokenizers that fit")};
    else
        fit.accepted = fit.families.front().family;
    return fit;
}

} // namespace assay
