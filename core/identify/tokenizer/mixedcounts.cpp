// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/tokenizer/mixedcounts.h"

#include "core/base/units.h"
#include "core/identify/statistics/cleanrun.h"

#include <algorithm>
#include <map>
#include <set>

namespace assay {
namespace {

struct Odd
{
    const TokenMessage *message = nullptr;
    int64_t counted = 0;
};

/// What most requests with this message were counted.
int64_t usual(const std::vector<int64_t> &counted)
{
    std::map<int64_t, size_t> times;
    for (const int64_t count : counted)
        ++times[count];
    return std::ranges::max_element(times, {}, [](const auto &entry) { return entry.second; })->first;
}

/// A family that explains all of them with one constant, told by two messages or more.
std::string familyOf(const std::vector<Odd> &odd, const std::string &claimed)
{
    std::set<std::string> messages;
    for (const Odd &one : odd)
        messages.insert(one.message->id);
    if (messages.size() < 2)
        return {};
    for (const auto &[family, count] : odd.front().message->counts) {
        const int64_t constant = odd.front().counted - count;
        const bool fits = family != claimed && std::ranges::all_of(odd, [&, name = family](const Odd &one) {
            const auto own = one.message->counts.find(name);
            return own != one.message->counts.end() && std::abs(one.counted - own->second - constant) <= 1;
        });
        if (fits)
            return family;
    }
    return {};
}

} // namespace

std::optional<Evidence> mixedCountsEvidence(std::span<const CountedMessage> messages, const std::string &claimed, const std::string &day)
{
    if (messages.empty() || messages.front().counted.empty() || !messages.front().message.counts.contains(claimed))
        return std::nullopt;
    const int64_t constant = usual(messages.front().counted) - messages.front().message.counts.at(claimed);
    int64_t n = 0;
    std::vector<Odd> odd;
    for (const CountedMessage &one : messages) {
        const auto expected = one.message.counts.find(claimed);
        if (expected == one.message.counts.end())
            continue;
        for (const int64_t counted : one.counted) {
            ++n;
            if (std::abs(counted - constant - expected->second) > 1)
                odd.push_back({&one.message, counted});
        }
    }
    Evidence out{.tier = Tier::Tokenizer, .kind = Evidence::Kind::Consistent, .test = "tokenizer.mixture", .day = day, .what = {}};
    out.n = n;
    const double bound = cleanRunBound(size_t(n));
    out.numbers = {{"requests", n}, {"otherwise", odd.size()}, {"share_excluded", odd.empty() ? bound : 1.0}};
    if (odd.empty()) {
        out.what = {ASSAY_TEXT("Identity", "All of %1 requests, one by one, were counted as the claimed tokenizer counts: that another one counts more than %2 of them is excluded at 95 %"),
                    {std::to_string(n), formatPercent(bound)}};
        return out;
    }
    const std::string family = familyOf(odd, claimed);
    out.kind = family.empty() ? Evidence::Kind::Note : Evidence::Kind::Contradiction;
    out.channel = family.empty() ? "" : "usage";
    out.what = family.empty()
        ? Told{ASSAY_TEXT("Identity", "%1 of %2 requests were counted otherwise than the claimed tokenizer counts, and not as one other that is known does"), {std::to_string(odd.size()), std::to_string(n)}}
        : Told{ASSAY_TEXT("Identity", "%1 of %2 requests were counted as %3 counts, the others as the claimed tokenizer does"), {std::to_string(odd.size()), std::to_string(n), family}};
    if (!family.empty())
        out.numbers["family"] = family;
    out.benign = {{ASSAY_TEXT("Identity", "a gateway that counts with a tokenizer of its own, now and then")}};
    return out;
}

} // namespace assay
