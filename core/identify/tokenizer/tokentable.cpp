// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/tokenizer/tokentable.h"

#include "core/base/text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr size_t kMostEntries = 10'000, kMostText = 64 << 10;

std::string textAt(const json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<int64_t> countAt(const json &object, const char *name)
{
    const auto found = object.find(name);
    const bool count = found != object.end() && found->is_number_integer() && *found >= 0 && *found <= int64_t(1) << 40;
    return count ? std::optional(found->get<int64_t>()) : std::nullopt;
}

TokenizerFamily familyFrom(const json &entry)
{
    TokenizerFamily family;
    family.id = textAt(entry, "id");
    family.title = textAt(entry, "title");
    family.vocabulary = countAt(entry, "vocabulary");
    family.digits = countAt(entry, "digits").value_or(0);
    family.templateTokens = countAt(entry, "template_tokens");
    if (const auto names = entry.find("aliases"); names != entry.end() && names->is_array())
        for (const json &alias : *names)
            if (alias.is_string())
                family.aliases.push_back(alias.get<std::string>());
    if (const auto ids = entry.find("think_end"); ids != entry.end() && ids->is_array())
        for (const json &id : *ids)
            if (id.is_number_integer() && id >= 0 && id <= int64_t(1) << 40)
                family.thinkEnd.push_back(id.get<int64_t>());
    return family;
}

std::optional<TableProbe> probeFrom(const json &entry, const TokenTable &table)
{
    TableProbe probe;
    probe.kind = textAt(entry, "kind");
    probe.text = textAt(entry, "text");
    const auto number = countAt(entry, "n");
    const auto counts = entry.find("counts");
    if (!number || probe.text.empty() || probe.text.size() > kMostText || counts == entry.end() || !counts->is_object())
        return std::nullopt;
    probe.id = "t" + std::to_string(*number);
    for (const TokenizerFamily &family : table.families)
        if (const auto count = countAt(*counts, family.id.c_str()))
            probe.counts[family.id] = *count;
    return probe;
}

const json *listIn(const json &whole, const char *name)
{
    const auto found = whole.is_object() ? whole.find(name) : whole.end();
    return whole.is_object() && found != whole.end() && found->is_array() && found->size() <= kMostEntries ? &*found : nullptr;
}

} // namespace

const TokenizerFamily *TokenTable::family(std::string_view id) const
{
    const auto found = std::ranges::find_if(families, [&](const TokenizerFamily &one) {
        return one.id == id || std::ranges::find(one.aliases, id) != one.aliases.end();
    });
    return found == families.end() ? nullptr : &*found;
}

Result<TokenTable> readTokenTable(std::string_view counts, std::string_view families, const std::string &name)
{
    const json countsRead = json::parse(counts, nullptr, false), familiesRead = json::parse(families, nullptr, false);
    const json *probes = listIn(countsRead, "probes"), *known = listIn(familiesRead, "families");
    if (probes == nullptr || known == nullptr)
        return failure(ErrorCode::ProfileDamaged, {name, ASSAY_TEXT("Reason", "it lists no probes or no families")});
    TokenTable table;
    for (const json &entry : *known)
        if (entry.is_object() && !textAt(entry, "id").empty() && table.family(textAt(entry, "id")) == nullptr)
            table.families.push_back(familyFrom(entry));
    for (const json &entry : *probes)
        if (auto probe = entry.is_object() ? probeFrom(entry, table) : std::nullopt)
            table.probes.push_back(std::move(*probe));
    const bool base = std::ranges::any_of(table.probes, [](const TableProbe &probe) { return probe.kind == "baseline"; });
    if (!base)
        return failure(ErrorCode::ProfileDamaged, {name, ASSAY_TEXT("Reason", "it has no baseline probe")});
    return table;
}

std::string familyOf(const Tokenizer &tokenizer, const TokenTable &table)
{
    std::vector<std::string> fits;
    for (const TokenizerFamily &family : table.families) {
        size_t counted = 0, equal = 0;
        for (const TableProbe &probe : table.probes) {
            const auto expected = probe.counts.find(family.id);
            if (expected == probe.counts.end())
                continue;
            ++counted;
            equal += int64_t(tokenizer.encode(probe.text, false).size()) == expected->second;
        }
        if (counted > 0 && equal == counted)
            fits.push_back(family.id);
    }
    return fits.size() == 1 ? fits.front() : std::string();
}

} // namespace assay
