// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the claims table for people.
#include "core/identify/claimsheet.h"
#include "core/identify/profile.h"

#include "core/base/units.h"

#include <cmath>
#include <set>

namespace assay {
namespace {

using nlohmann::json;

constexpr size_t kMostShown = 6;

std::string valueText(const json &value, const std::string &unit, const Translate &translate);

std::string joined(const json &values, const std::string &unit, const Translate &translate)
{
    std::string out;
    for (const json &value : values)
        out += (out.empty() ? "" : ", ") + valueText(value, unit, translate);
    return out;
}

std::string numberText(double value, const std::string &unit)
{
    if (unit == "bytes")
        return formatBytes(value);
    if (unit == "s")
        return formatSeconds(value);
    const std::string number = std::floor(value) == value && std::abs(value) < 9e15 ? groupedDigits(int64_t(value)) : plainNumber(value);
    return unit.empty() ? number : number + ' ' + unit;
}

std::string valueText(const json &value, const std::string &unit, const Translate &translate)
{
    if (value.is_number())
        return numberText(value.get<double>(), unit);
    if (value.is_boolean())
        return translate("Fact", value.get<bool>() ? "yes" : "no");
    if (value.is_string())
        return validUtf8(value.get_ref<const std::string &>());
    if (value.is_array())
        return joined(value, unit, translate);
    if (!value.is_object())
        return "-";
    std::string out;
    for (const auto &[name, one] : value.items())
        out += (out.empty() ? "" : ", ") + validUtf8(name) + ' ' + valueText(one, unit, translate);
    return out;
}

} // namespace

std::string ClaimRow::claimedText(const Translate &translate) const
{
    const json &value = claim.claimed;
    if (value.is_array() && value.size() == 2 && value[0].is_number() && value[1].is_number())
        return fillIn(translate("Identity", "%1 to %2"),
                      {valueText(value[0], {}, translate), valueText(value[1], validUtf8(claim.unit), translate)});
    return valueText(value, validUtf8(claim.unit), translate);
}

std::string ClaimRow::foundText(const Translate &translate) const
{
    std::vector<std::string> texts;
    std::set<std::string> seen;
    for (const Found &one : found) {
        // Of a row that other fields decided (memory by parameters) the unit is not the claim's.
        const double number = one.value.is_number() ? one.value.get<double>() : 0;
        const std::string unit = field && found.size() <= kMostShown && number != 0 && std::string_view(field->id) == "weights.bytes" && number > 1e6 ? "bytes" : "";
        std::string text = valueText(one.value, unit, translate);
        if (!text.empty() && seen.insert(text).second)
            texts.push_back(std::move(text));
    }
    std::string out;
    for (size_t i = 0; i < texts.size() && i < kMostShown; ++i)
        out += (out.empty() ? "" : ", ") + texts[i];
    return texts.size() > kMostShown ? out + ", ..." : out.empty() ? "-" : out;
}

ClaimSheet claimSheetOf(const Profile &profile)
{
    ClaimSheet sheet;
    sheet.id = profile.id;
    sheet.title = profile.title;
    sheet.source = profile.source;
    sheet.profile = profile.id;
    for (const ClaimField &field : claimFields()) {
        if (const Found *found = profile.facts.best(field.id))
            sheet.claims.push_back({field.id, {}, field.id, found->value, field.unit, {}, {}});
    }
    return sheet;
}

} // namespace assay
