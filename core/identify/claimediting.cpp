// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/claimediting.h"

#include "core/base/units.h"
#include "core/identify/claimrules.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace assay {
namespace {

using nlohmann::json;
using K = ClaimField::Kind;

constexpr size_t kNamedClaims = 3; ///< in a sheet's sentence
constexpr size_t kMostLetters = 60; ///< of a value in it
constexpr size_t kMostDigits = 400, kMostNested = 64;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kBlank = " \t\r\n";
    const size_t begin = text.find_first_not_of(kBlank);
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

/// A JSON number that has all its digits still when it is written again.
std::optional<json> wholeNumber(std::string_view text)
{
    if (text.empty() || text.size() > kMostDigits || text.find_first_of("0123456789") > 1)
        return std::nullopt;
    const json parsed = json::parse(text, nullptr, false);
    if (!parsed.is_number() || !std::isfinite(parsed.get<double>()))
        return std::nullopt;
    const bool digitsLost = text.find('.') != std::string_view::npos && text.back() == '0' && text.find_first_of("eE") == std::string_view::npos;
    return digitsLost ? std::nullopt : std::optional(parsed);
}

std::optional<json> range(std::string_view text)
{
    constexpr std::string_view kBetween = " to ";
    const size_t at = text.find(kBetween);
    if (at == std::string_view::npos)
        return std::nullopt;
    const auto low = wholeNumber(trimmed(text.substr(0, at))), high = wholeNumber(trimmed(text.substr(at + kBetween.size())));
    return low && high ? std::optional(json::array({*low, *high})) : std::nullopt;
}

bool isRange(const json &value)
{
    return value.is_array() && value.size() == 2 && value[0].is_number() && value[1].is_number();
}

bool hasNumbers(const ClaimField &field)
{
    return field.kind != K::Word && field.kind != K::Free;
}

std::string amountText(double value, const ClaimField &field)
{
    const std::string_view unit = field.unit;
    if (unit == "bytes")
        return formatBytes(value);
    if (unit == "s")
        return formatSeconds(value);
    const std::string number = std::floor(value) == value && std::abs(value) < 9e15 ? groupedDigits(int64_t(value)) : plainNumber(value);
    return unit.empty() ? number : number + ' ' + std::string(unit);
}

Told numberReading(const claims::Amount &amount, const ClaimField &field)
{
    if (amount.range || (field.kind == K::Range && amount.low < amount.high))
        return {ASSAY_TEXT("Identity", "From %1 to %2."), {amountText(amount.low, field), amountText(amount.high, field)}};
    switch (field.kind) {
    case K::AtMost: return {ASSAY_TEXT("Identity", "At most %1."), {amountText(amount.value, field)}};
    case K::AtLeast: return {ASSAY_TEXT("Identity", "At least %1."), {amountText(amount.value, field)}};
    case K::Rounded: return {ASSAY_TEXT("Identity", "What rounds to it: %1 to %2."), {amountText(amount.low, field), amountText(amount.high, field)}};
    default: return {ASSAY_TEXT("Identity", "Exactly %1."), {amountText(amount.value, field)}};
    }
}

std::string listed(const std::vector<std::string> &words)
{
    std::string out;
    for (const std::string &word : words)
        out += (out.empty() ? "" : ", ") + word;
    return out;
}

ClaimReading readNumber(const json &value, const Claim &claim, const ClaimField &field)
{
    if (value.is_boolean())
        return {{}, {ASSAY_TEXT("Identity", "The same, yes or no."), {}}};
    if (const auto amount = claims::amountOf(value, claim.unit, field))
        return {{}, numberReading(*amount, field)};
    if (!claim.unit.empty() && claims::amountOf(value, {}, field))
        return {{ASSAY_TEXT("Identity", "\"%1\" is no unit of this field; these are: %2."), {claim.unit, listed(unitsOf(field))}}, {}};
    return {{ASSAY_TEXT("Identity", "No number can be read from what is claimed."), {}}, {}};
}

ClaimReading readValue(const json &value, const Claim &claim, const ClaimField &field)
{
    if (hasNumbers(field))
        return readNumber(value, claim, field);
    if (field.kind == K::Free)
        return {{}, {ASSAY_TEXT("Identity", "Kept; arithmetic or answers may decide it."), {}}};
    const bool words = value.is_string() || (value.is_array() && std::ranges::all_of(value, [](const json &one) { return one.is_string(); }));
    if (!words)
        return {{ASSAY_TEXT("Identity", "Nothing that is claimed is a word."), {}}, {}};
    return {{}, {ASSAY_TEXT("Identity", "The same words, or others of the same meaning."), {}}};
}

json entryOf(const Claim &claim)
{
    json entry{{"id", claim.id}, {"field", claim.field}};
    if (!claim.claimed.is_null())
        entry["claimed"] = claim.claimed;
    return entry;
}

/// Whether the entry is the same when its sheet has been written and read.
bool survives(const Claim &claim)
{
    ClaimSheet alone;
    alone.claims = {claim};
    const json written = claimSheetToJson(alone);
    const auto read = readClaimSheet(written.dump(), "sheet.json");
    return read && claimSheetToJson(*read).at("claims") == written.at("claims");
}

std::string labelOf(const Claim &claim, const Translate &translate)
{
    const ClaimField *field = findClaimField(claim.field);
    const bool known = field && !std::string_view(field->id).starts_with("response");
    return known ? translate("Claim", field->label) : validUtf8(claim.field);
}

std::string shortened(const std::string &text)
{
    if (characters(text) <= kMostLetters)
        return text;
    size_t end = 0;
    for (size_t letters = 0; end < text.size(); ++end) {
        const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
        if (begins && letters++ == kMostLetters)
            break;
    }
    return text.substr(0, end) + "...";
}

} // namespace

json claimedFromText(std::string_view typed)
{
    const std::string_view text = trimmed(typed);
    if (text.empty())
        return {};
    if (text.front() == '[' || text.front() == '{' || text.front() == '"') {
        // With more lists than any value may have it is text, not a burden on the stack.
        const bool deep = std::ranges::count_if(text, [](char c) { return c == '[' || c == '{'; }) > std::ptrdiff_t(kMostNested);
        json parsed = deep ? json(json::value_t::discarded) : json::parse(text, nullptr, false);
        if (!parsed.is_discarded())
            return parsed;
    }
    if (text == "yes" || text == "true")
        return true;
    if (text == "no" || text == "false")
        return false;
    if (auto number = wholeNumber(text))
        return *number;
    if (auto both = range(text))
        return *both;
    return validUtf8(text);
}

std::string claimedToText(const json &claimed)
{
    if (claimed.is_null())
        return {};
    if (claimed.is_boolean())
        return claimed.get<bool>() ? "yes" : "no";
    if (isRange(claimed))
        return claimed[0].dump() + " to " + claimed[1].dump();
    if (claimed.is_string()) {
        std::string text = validUtf8(claimed.get_ref<const std::string &>());
        if (claimedFromText(text) == json(text))
            return text;
    }
    return claimed.dump(-1, ' ', false, json::error_handler_t::replace);
}

ClaimReading readingOf(const Claim &claim, const ClaimSheet &sheet, size_t place)
{
    if (Told problem = claimProblem(entryOf(claim), place); !problem.empty())
        return {std::move(problem), {}};
    if (!survives(claim))
        return {{ASSAY_TEXT("Identity", "Entry %1 has a text that is too long to be read again."), {std::to_string(place + 1)}}, {}};
    const auto same = std::ranges::count_if(sheet.claims, [&](const Claim &other) { return other.id == claim.id; });
    if (same > 1)
        return {{ASSAY_TEXT("Identity", "Entry %1 has the id %2 of another."), {std::to_string(place + 1), claim.id}}, {}};
    const ClaimField *field = claims::figureOf(claim).field;
    if (!field)
        return {{}, {ASSAY_TEXT("Identity", "This is no field that anything here decides."), {}}};
    if (!claim.claimed.is_object())
        return readValue(claim.claimed, claim, *field);
    ClaimReading last;
    for (const auto &[version, value] : claim.claimed.items()) {
        last = readValue(value, claim, *field);
        if (!last.problem.empty())
            return last;
    }
    return claim.claimed.size() == 1 ? last : ClaimReading{{}, {ASSAY_TEXT("Identity", "A value for each of %1 versions."), {std::to_string(claim.claimed.size())}}};
}

std::string freeClaimId(const ClaimSheet &sheet)
{
    std::set<std::string_view> taken;
    for (const Claim &claim : sheet.claims)
        taken.insert(claim.id);
    size_t number = 1;
    while (taken.contains(std::to_string(number)))
        ++number;
    return std::to_string(number);
}

std::string versionsToText(const std::map<std::string, std::string> &versions)
{
    std::string out;
    for (const auto &[name, models] : versions)
        out += (out.empty() ? "" : "; ") + validUtf8(name) + " = " + validUtf8(models);
    return out;
}

std::optional<std::map<std::string, std::string>> versionsFromText(std::string_view text)
{
    std::map<std::string, std::string> out;
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find(';', begin), text.size());
        const std::string_view one = trimmed(text.substr(begin, end - begin));
        begin = end + 1;
        if (one.empty())
            continue;
        const size_t sign = one.find('=');
        if (sign == std::string_view::npos)
            return std::nullopt;
        const std::string name(trimmed(one.substr(0, sign))), models(trimmed(one.substr(sign + 1)));
        if (name.empty() || models.empty() || !out.emplace(name, models).second)
            return std::nullopt;
    }
    return out;
}

std::string sheetSentence(const ClaimSheet &sheet, const std::string &model, const Translate &translate)
{
    std::vector<std::string> named;
    for (const Claim &claim : sheet.claims) {
        if (named.size() == kNamedClaims)
            break;
        ClaimRow row;
        row.claim = claim;
        // A sentence, not the sheet.
        const std::string claimed = shortened(row.claimedText(translate)), label = shortened(labelOf(claim, translate));
        const std::string whose = claim.version.empty() ? "" : " (" + validUtf8(claim.version) + ')';
        named.push_back(label + ' ' + claimed + whose);
    }
    std::string claims = listed(named);
    if (sheet.claims.size() > kNamedClaims) {
        const std::string more = std::to_string(sheet.claims.size() - kNamedClaims);
        claims = Told{ASSAY_TEXT("Identity", "%1 and %2 {2:more claim|more claims}"), {claims, more}}.sentence(translate);
    }
    const std::string &is = model.empty() ? sheet.profile : model;
    Told said{ASSAY_TEXT("Identity", "The subject is said to be %1, with %2."), {is, claims}};
    if (is.empty() && claims.empty())
        said = {ASSAY_TEXT("Identity", "The sheet claims nothing yet."), {}};
    else if (is.empty())
        said = {ASSAY_TEXT("Identity", "The sheet names no known model; it claims: %1."), {claims}};
    else if (claims.empty())
        said = {ASSAY_TEXT("Identity", "The subject is said to be %1; nothing else is claimed."), {is}};
    return said.sentence(translate);
}

} // namespace assay
