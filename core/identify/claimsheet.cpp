// SPDX-License-Identifier: GPL-3.0-or-later
// Claim sheets: our own form and that of articles. What cannot be used is told, the rest stands.
#include "core/identify/claimsheet.h"

#include "core/base/file.h"
#include "core/format/jsontext.h"

#include <nlohmann/json.hpp>
#include <set>

namespace assay {
namespace {

using nlohmann::json;

constexpr uint64_t kMostFileBytes = 4u << 20;
constexpr size_t kMostClaims = 2000, kMostVersions = 32, kMostText = 4000, kMostValues = 64, kMostId = 200;

tl::unexpected<Error> damaged(const std::string &name, std::string why)
{
    return failure(ErrorCode::ClaimSheetDamaged, {name, std::move(why)}, name);
}

std::string text(const json &object, const char *key, size_t most = kMostText)
{
    const auto it = object.find(key);
    if (it == object.end() || !it->is_string())
        return {};
    const auto &value = it->get_ref<const std::string &>();
    return value.size() <= most ? value : std::string();
}

std::string firstText(const json &object, std::initializer_list<const char *> keys)
{
    for (const char *key : keys) {
        if (std::string value = text(object, key); !value.empty())
            return value;
    }
    return {};
}

bool scalar(const json &value)
{
    return value.is_number() || value.is_boolean() || (value.is_string() && value.get_ref<const std::string &>().size() <= kMostText);
}

/// A number, a text, yes or no; a list of them; or one such for each version.
bool usable(const json &value)
{
    if (scalar(value))
        return true;
    if (value.is_array()) {
        return !value.empty() && value.size() <= kMostValues && std::all_of(value.begin(), value.end(), scalar);
    }
    if (!value.is_object() || value.empty() || value.size() > kMostVersions)
        return false;
    return std::all_of(value.begin(), value.end(), [](const json &one) { return scalar(one) || (one.is_array() && usable(one)); });
}

/// Why this entry is no claim; empty: it is one.
Told readClaim(const json &entry, size_t number, Claim &claim)
{
    const std::string place = std::to_string(number + 1);
    if (!entry.is_object())
        return {ASSAY_TEXT("Identity", "Entry %1 is not an object."), {place}};
    claim.field = text(entry, "field", kMostId);
    if (claim.field.empty())
        return {ASSAY_TEXT("Identity", "Entry %1 names no field."), {place}};
    const auto value = entry.find("claimed");
    if (value == entry.end() || !usable(*value))
        return {ASSAY_TEXT("Identity", "Entry %1 (%2) has no value that can be held against anything."), {place, claim.field}};
    claim.claimed = *value;
    claim.id = text(entry, "id", kMostId);
    if (claim.id.empty())
        claim.id = place;
    claim.version = text(entry, "version", kMostId);
    claim.unit = text(entry, "unit", kMostId);
    claim.hardware = text(entry, "hardware", kMostId);
    claim.note = text(entry, "note");
    return {};
}

void readClaims(const json &entries, ClaimSheet &sheet)
{
    std::set<std::string> ids;
    for (size_t i = 0; i < entries.size(); ++i) {
        if (i == kMostClaims) {
            sheet.problems.push_back({ASSAY_TEXT("Identity", "Only the first %1 claims are read."), {std::to_string(kMostClaims)}});
            return;
        }
        Claim claim;
        Told problem = readClaim(entries[i], i, claim);
        if (problem.empty() && !ids.insert(claim.id).second)
            problem = {ASSAY_TEXT("Identity", "Entry %1 has the id %2 of another."), {std::to_string(i + 1), claim.id}};
        if (problem.empty())
            sheet.claims.push_back(std::move(claim));
        else
            sheet.problems.push_back(std::move(problem));
    }
}

void readVersions(const json &object, ClaimSheet &sheet)
{
    const auto it = object.find("versions");
    if (it == object.end())
        return;
    if (!it->is_object() || it->size() > kMostVersions) {
        sheet.problems.push_back({ASSAY_TEXT("Identity", "\"versions\" is not an object of names of known models."), {}});
        return;
    }
    for (const auto &[name, profiles] : it->items()) {
        if (profiles.is_string() && name.size() <= kMostId && profiles.get_ref<const std::string &>().size() <= kMostText)
            sheet.versions[name] = profiles.get<std::string>();
        else
            sheet.problems.push_back({ASSAY_TEXT("Identity", "\"versions\" is not an object of names of known models."), {}});
    }
}

std::string stem(const std::string &name)
{
    return std::filesystem::path(name).stem().string();
}

} // namespace

Result<ClaimSheet> readClaimSheet(std::string_view content, const std::string &name)
{
    if (content.size() > kMostFileBytes)
        return damaged(name, "it is larger than 4 MiB");
    const auto object = parseJsonObject(std::string(content), name);
    if (!object)
        return damaged(name, object.error().sentence());
    // Sheets of articles tell their kind in words; ours have a schema.
    const std::string schema = text(*object, "schema");
    const bool article = schema.empty() && text(*object, "kind") == "article claim sheet";
    if (schema != "assay-claims/1" && !article)
        return damaged(name, "its \"schema\" is not \"assay-claims/1\"");
    const auto entries = object->find("claims");
    if (entries == object->end() || !entries->is_array())
        return damaged(name, "it has no list \"claims\"");
    ClaimSheet sheet;
    sheet.id = text(*object, "id", kMostId);
    if (sheet.id.empty())
        sheet.id = validUtf8(stem(name));
    sheet.title = firstText(*object, {"title", "document"});
    sheet.source = text(*object, "source");
    sheet.date = text(*object, "date", kMostId);
    sheet.author = text(*object, "author", kMostId);
    sheet.profile = text(*object, "profile", kMostId);
    readVersions(*object, sheet);
    readClaims(*entries, sheet);
    if (sheet.claims.empty() && sheet.profile.empty())
        return damaged(name, "nothing in it is a claim");
    return sheet;
}

Result<ClaimSheet> readClaimSheet(const std::filesystem::path &file)
{
    const auto content = readWholeFile(file, kMostFileBytes);
    if (!content)
        return tl::unexpected(content.error());
    return readClaimSheet(*content, file.filename().string());
}

Told claimProblem(const json &entry, size_t place)
{
    Claim claim;
    return readClaim(entry, place, claim);
}

json claimSheetToJson(const ClaimSheet &sheet)
{
    json out{{"schema", "assay-claims/1"}, {"id", validUtf8(sheet.id)}, {"claims", json::array()}};
    const auto put = [](json &object, const char *key, const std::string &value) {
        if (!value.empty())
            object[key] = validUtf8(value);
    };
    put(out, "title", sheet.title);
    put(out, "source", sheet.source);
    put(out, "date", sheet.date);
    put(out, "author", sheet.author);
    put(out, "profile", sheet.profile);
    for (const auto &[name, profiles] : sheet.versions)
        out["versions"][validUtf8(name)] = validUtf8(profiles);
    for (const Claim &claim : sheet.claims) {
        json entry{{"id", validUtf8(claim.id)}, {"field", validUtf8(claim.field)}, {"claimed", claim.claimed}};
        put(entry, "version", claim.version);
        put(entry, "unit", claim.unit);
        put(entry, "hardware", claim.hardware);
        put(entry, "note", claim.note);
        out["claims"].push_back(std::move(entry));
    }
    return out;
}

} // namespace assay
