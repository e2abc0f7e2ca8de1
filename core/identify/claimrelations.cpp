// SPDX-License-Identifier: GPL-3.0-or-later
// Claims on two versions at once, and statements of one sheet that exclude each other.
#include "core/identify/claimrules.h"

#include "core/base/units.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace assay::claims {
namespace {

using nlohmann::json;

/// What two rounded figures of one sheet may be apart before they contradict each other.
constexpr double kRoundingSlack = 0.1;
constexpr const char *kFull = "full";

/// A claimed number of a version: of an entry about it, or about all with a value for each.
std::optional<double> claimedOf(const ClaimSheet &sheet, std::string_view field, const std::string &version, std::string &id)
{
    for (const Claim &claim : sheet.claims) {
        const ClaimField *known = findClaimField(claim.field);
        if (!known || known->id != field)
            continue;
        const bool each = claim.claimed.is_object() && claim.claimed.contains(version);
        if (!each && claim.version != version)
            continue;
        if (const auto amount = amountOf(each ? claim.claimed[version] : claim.claimed, claim.unit, *known)) {
            id = claim.id;
            return amount->value;
        }
    }
    return std::nullopt;
}

/// "speedup" and "latency_against_full" against the sheet's own latencies.
std::optional<Judged> againstOwnTable(const Claim &claim, const ClaimField &field, const ClaimSheet &sheet)
{
    const bool speedup = std::string_view(field.id) == "speedup";
    if (!speedup && std::string_view(field.id) != "latency_against_full")
        return std::nullopt;
    std::string entry;
    const auto own = claimedOf(sheet, "latency", claim.version, entry), full = claimedOf(sheet, "latency", kFull, entry);
    const auto amount = amountOf(claim.claimed, claim.unit, field);
    if (!own || !full || !amount || *own <= 0 || *full <= 0)
        return std::nullopt;
    const double table = speedup ? *full / *own : (*own / *full - 1) * 100;
    const double scale = std::max(std::abs(table), std::abs(amount->value));
    if (std::abs(table - amount->value) <= kRoundingSlack * scale)
        return std::nullopt;
    return Judged{ClaimVerdict::SelfContradictory, {},
                  {ASSAY_TEXT("Identity", "The sheet's own latencies (entry %1) give %2."), {entry, threeDigits(table) + (speedup ? "x" : " %")}}};
}

/// The largest number before "k" or "k tokens" in the text, in tokens.
double tokensNamed(const std::string &text)
{
    double most = 0;
    for (size_t i = 0; i < text.size();) {
        if (!std::isdigit(static_cast<unsigned char>(text[i]))) {
            ++i;
            continue;
        }
        double value = 0;
        const auto [end, problem] = std::from_chars(text.data() + i, text.data() + text.size(), value, std::chars_format::fixed);
        const size_t next = problem == std::errc() ? size_t(end - text.data()) : i + 1;
        const bool thousands = next < text.size() && (text[next] == 'k' || text[next] == 'K')
                               && (next + 1 == text.size() || !std::isalnum(static_cast<unsigned char>(text[next + 1])));
        if (thousands)
            most = std::max(most, value * 1000);
        i = std::max(next, i + 1);
    }
    return most;
}

/// A test that is longer than every context that the sheet claims.
std::optional<Judged> longerThanContext(const Claim &claim, const ClaimSheet &sheet)
{
    if (!claim.field.starts_with("test.") || !claim.claimed.is_string())
        return std::nullopt;
    const double tokens = std::max(tokensNamed(claim.field), tokensNamed(claim.claimed.get_ref<const std::string &>()));
    double longest = 0;
    for (const Claim &other : sheet.claims) {
        const ClaimField *field = findClaimField(other.field);
        if (!field || std::string_view(field->id) != "max_position_embeddings")
            continue;
        if (const auto amount = amountOf(other.claimed, other.unit, *field))
            longest = std::max(longest, amount->value);
    }
    if (longest <= 0 || tokens <= longest)
        return std::nullopt;
    return Judged{ClaimVerdict::SelfContradictory, {},
                  {ASSAY_TEXT("Identity", "%1 tokens are more than every context that the sheet claims (%2)."),
                   {groupedDigits(int64_t(tokens)), groupedDigits(int64_t(longest))}}};
}

/// Each number that is true of one over each that is true of the other.
void eachRatio(const FoundFacts &full, const FoundFacts &other, const char *field, const auto &take)
{
    const Found *a = full.best(field), *b = other.best(field);
    if (!a || !b)
        return;
    const auto first = numberIn(a->value), second = numberIn(b->value);
    if (first && second && *first > 0 && *second > 0)
        take(*first / *second, *a, *b);
}

bool agrees(double ratio, const Amount &amount)
{
    return (ratio >= amount.low && ratio <= amount.high) || (1 / ratio >= amount.low && 1 / ratio <= amount.high);
}

} // namespace

std::optional<Judged> checkItself(const Claim &claim, const ClaimField *field, const Context &context)
{
    if (auto judged = longerThanContext(claim, context.sheet))
        return judged;
    return field ? againstOwnTable(claim, *field, context.sheet) : std::nullopt;
}

Judged checkRatio(const Claim &claim, const ClaimField &field, std::span<const FoundFacts *const> full, std::span<const FoundFacts *const> other)
{
    const char *base = std::string_view(field.id) == "parameter_ratio" ? "parameters.total" : "parameters.active";
    const auto amount = amountOf(claim.claimed, claim.unit, field);
    if (!amount)
        return {ClaimVerdict::NotTested, {}, {ASSAY_TEXT("Identity", "No number can be read from what is claimed."), {}}};
    Judged out;
    double least = INFINITY, most = 0;
    size_t pairs = 0, agreeing = 0;
    for (const FoundFacts *one : full) {
        for (const FoundFacts *two : other) {
            eachRatio(*one, *two, base, [&](double ratio, const Found &a, const Found &b) {
                ++pairs;
                agreeing += agrees(ratio, *amount);
                least = std::min(least, ratio);
                most = std::max(most, ratio);
                if (out.found.empty())
                    out.found = {a, b};
            });
        }
    }
    if (pairs == 0)
        return {};
    out.verdict = agreeing == pairs ? ClaimVerdict::Supported : ClaimVerdict::Contradicted;
    out.reason = {ASSAY_TEXT("Identity", "It is %1 to %2; %3 of %4 {4:pair|pairs} of versions agree."),
                  {threeDigits(least), threeDigits(most), std::to_string(agreeing), std::to_string(pairs)}};
    return out;
}

} // namespace assay::claims
