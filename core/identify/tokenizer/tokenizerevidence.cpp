// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/tokenizer/channels.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

std::string titleOf(const TokenTable &table, const std::string &family)
{
    const TokenizerFamily *known = table.family(family);
    return known != nullptr && !known->title.empty() ? known->title : family;
}

/// The family that most of the channels leave in common; empty: none is left by two.
std::string agreedFamily(const std::vector<const TokenChannel *> &excluding)
{
    std::map<std::string, size_t> votes;
    for (const TokenChannel *channel : excluding)
        for (const std::string &family : channel->compatible)
            ++votes[family];
    std::string best;
    for (const auto &[family, count] : votes)
        if (count >= 2 && (best.empty() || count > votes[best] || (count == votes[best] && best == kUnknownFamily)))
            best = family;
    return best;
}

Evidence evidenceOf(const TokenChannel &channel, const std::string &day)
{
    Evidence evidence;
    evidence.tier = Tier::Tokenizer;
    evidence.test = "tokenizer." + channel.channel;
    evidence.channel = channel.channel;
    evidence.day = day;
    evidence.n = channel.n;
    evidence.what = channel.what;
    evidence.raw = channel.raw;
    evidence.numbers = channel.numbers.is_object() ? channel.numbers : nlohmann::json::object();
    evidence.numbers["compatible"] = channel.compatible;
    return evidence;
}

/// Models whose tokenizer the channel would have shown.
std::vector<std::string> leftOut(const TokenChannel &channel, const std::map<std::string, std::string> &alternatives)
{
    std::vector<std::string> ids;
    for (const auto &[id, family] : alternatives)
        if (!family.empty() && !channel.compatible.contains(family))
            ids.push_back(id);
    return ids;
}

/// Of a channel that excludes the claim alone: as much as one channel may count, for each known model that it leaves.
void addAgainst(std::vector<Evidence> &all, const TokenChannel &channel, const std::string &day, bool others,
                const std::map<std::string, std::string> &alternatives)
{
    Evidence evidence = evidenceOf(channel, day);
    evidence.kind = Evidence::Kind::Ratio;
    evidence.logRatio = -std::log(tierDefinition(Tier::Tokenizer).cap);
    evidence.benign = channel.benign;
    if (others)
        evidence.benign.push_back({ASSAY_TEXT("Identity", "Other channels fit the claim, so one of them does not show the model's own tokenizer.")});
    const size_t before = all.size();
    for (const auto &[id, family] : alternatives)
        if (channel.compatible.contains(family)) {
            all.push_back(evidence);
            all.back().alternative = id;
        }
    if (all.size() == before) {
        all.push_back(std::move(evidence));
        all.back().alternative = "other";
    }
}

/// Of channels that fit: what each of them would have shown otherwise.
void addFor(std::vector<Evidence> &all, const TokenChannel &channel, const std::string &day,
            const std::map<std::string, std::string> &alternatives, const std::map<std::string, size_t> &seenBy)
{
    Evidence evidence = evidenceOf(channel, day);
    evidence.kind = Evidence::Kind::Consistent;
    for (const auto &[id, family] : alternatives) {
        const auto seen = seenBy.find(id);
        const bool here = !channel.compatible.contains(family);
        // Two channels would have contradicted; one may be made up, and has no such power.
        if (here && seen != seenBy.end() && seen->second >= 2)
            evidence.power.push_back({id, 1.0});
    }
    all.push_back(std::move(evidence));
}

} // namespace

std::vector<Evidence> tokenizerEvidence(std::span<const TokenChannel> channels, const std::string &claimed,
                                        const std::map<std::string, std::string> &alternatives, const TokenTable &table, const std::string &day)
{
    std::vector<const TokenChannel *> excluding, fitting;
    for (const TokenChannel &channel : channels)
        if (channel.usable)
            (channel.compatible.contains(claimed) ? fitting : excluding).push_back(&channel);
    std::map<std::string, size_t> seenBy;
    for (const TokenChannel *channel : fitting)
        for (const std::string &id : leftOut(*channel, alternatives))
            ++seenBy[id];
    const bool doubtful = !excluding.empty() || std::ranges::any_of(channels, &TokenChannel::unstable);
    const std::string agreed = agreedFamily(excluding);
    std::vector<Evidence> all;
    for (const TokenChannel &channel : channels) {
        if (!channel.usable) {
            all.push_back(evidenceOf(channel, day));
        } else if (channel.compatible.contains(claimed)) {
            addFor(all, channel, day, alternatives, doubtful ? std::map<std::string, size_t>() : seenBy);
        } else if (!agreed.empty() && channel.compatible.contains(agreed)) {
            all.push_back(evidenceOf(channel, day));
            all.back().kind = Evidence::Kind::Contradiction;
            all.back().numbers["agreed"] = agreed;
        } else {
            addAgainst(all, channel, day, !fitting.empty(), alternatives);
        }
    }
    // The strongest ratio for the claim, once for each alternative: one fitting channel counts up to the cap.
    if (!doubtful)
        for (const auto &[id, seen] : seenBy) {
            Evidence evidence;
            evidence.tier = Tier::Tokenizer;
            evidence.kind = Evidence::Kind::Ratio;
            evidence.test = "tokenizer.family";
            evidence.day = day;
            evidence.n = int64_t(seen);
            evidence.logRatio = std::log(tierDefinition(Tier::Tokenizer).cap);
            evidence.alternative = id;
            evidence.what = {ASSAY_TEXT("Identity", "{1:%1 channel shows|%1 channels show} no tokenizer of %2, which this model would have"),
                             {std::to_string(seen), titleOf(table, alternatives.at(id))}};
            all.push_back(std::move(evidence));
        }
    return all;
}

Evidence outputCountEvidence(std::span<const CountedText> texts, const std::string &claimed, const TokenizerSet &here, const std::string &day)
{
    Evidence evidence;
    evidence.tier = Tier::Tokenizer;
    evidence.kind = Evidence::Kind::Note;
    evidence.test = "tokenizer.output_counts";
    evidence.channel = "usage";
    evidence.day = day;
    const auto own = here.find(claimed);
    if (own == here.end() || texts.empty()) {
        evidence.what = own == here.end() ? Told{ASSAY_TEXT("Identity", "Answers could not be counted here: no file of the claimed tokenizer is at hand")}
                                          : Told{ASSAY_TEXT("Identity", "No answer came with a count of its tokens")};
        return evidence;
    }
    // One special token may end the answer, one may end the reasoning.
    constexpr int64_t kTolerated = 2, kSpecial = 2;
    int64_t within = 0;
    for (const CountedText &text : texts) {
        const auto counted = int64_t(own->second->encode(text.text, false).size());
        within += text.counted >= counted - kTolerated && text.counted <= counted + kTolerated + kSpecial;
        evidence.numbers["texts"].push_back({{"told", text.counted}, {"counted", counted}});
        evidence.raw.push_back(text.raw);
    }
    evidence.n = int64_t(texts.size());
    evidence.what = {ASSAY_TEXT("Identity", "Of %1 answers %2 have the count of tokens that the claimed tokenizer gives"),
                     {std::to_string(texts.size()), std::to_string(within)}};
    return evidence;
}

} // namespace assay
