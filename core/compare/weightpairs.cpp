// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/weightpairs.h"

#include "core/base/units.h"
#include "core/model/partroles.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace assay {
namespace {

constexpr const char *kOtherShapes = ASSAY_TEXT("Difference", "other shapes: %1 and %2");

/// What a weight does and where: what the same one is called elsewhere does not matter.
struct Place
{
    PartRole role = PartRole::Other;
    int64_t layer = -1, expert = -1;
    bool bias = false;
    auto operator<=>(const Place &) const = default;
};

bool isNumber(std::string_view part)
{
    return !part.empty() && part.size() < 10 && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The name as a pattern, with the numbers taken out of it.
Place placeOf(std::string_view name)
{
    Place place;
    LeafGroup group;
    while (!name.empty()) {
        const size_t dot = std::min(name.find('.'), name.size());
        const std::string_view part = name.substr(0, dot);
        int64_t number = 0;
        if (isNumber(part))
            std::from_chars(part.data(), part.data() + part.size(), number);
        group.pattern += group.pattern.empty() ? "" : ".";
        if (!isNumber(part)) {
            group.pattern += part;
        } else if (place.layer < 0) {
            place.layer = group.firstLayer = number;
            group.pattern += '#';
        } else {
            place.expert = number;
            group.pattern += '*';
        }
        name.remove_prefix(std::min(dot + 1, name.size()));
    }
    place.role = partRoleOf(group);
    place.bias = parameterSuffix(group.pattern) == "bias";
    return place;
}

bool isWeight(const WeightCatalog &catalog, size_t tensor)
{
    return !catalog.owner(tensor).has_value();
}

uint64_t weightCount(const WeightCatalog &catalog)
{
    uint64_t count = 0;
    for (size_t i = 0; i < catalog.count(); ++i)
        count += isWeight(catalog, i) ? 1 : 0;
    return count;
}

/// Weights by place; a place that two weights claim is nobody's.
std::map<Place, uint32_t> places(const WeightCatalog &catalog)
{
    std::map<Place, uint32_t> out;
    std::set<Place> twice;
    for (size_t i = 0; i < catalog.count(); ++i) {
        if (!isWeight(catalog, i))
            continue;
        const Place place = placeOf(catalog.checkpoint().tensors[i].name);
        if (place.role == PartRole::Other || place.role == PartRole::Query || place.role == PartRole::Key)
            continue;
        if (!out.emplace(place, uint32_t(i)).second)
            twice.insert(place);
    }
    for (const Place &place : twice)
        out.erase(place);
    return out;
}

WeightRow rowOf(const PairDifference &pair, const WeightCatalog &a, const WeightCatalog &b, const Translate &translate)
{
    WeightRow row;
    row.name = a.checkpoint().tensors[pair.pair.a].name;
    row.nameOther = b.checkpoint().tensors[pair.pair.b].name;
    if (!pair.difference) {
        const Error &error = pair.difference.error();
        row.error = error.code != ErrorCode::NotComparable
                        ? error.sentence(translate)
                        : fillIn(translate("Difference", kOtherShapes),
                                 {a.checkpoint().tensors[pair.pair.a].shape.text(), b.checkpoint().tensors[pair.pair.b].shape.text()});
        return row;
    }
    row.elements = pair.difference->elements;
    row.relative = pair.difference->relative();
    row.cosine = pair.difference->cosine();
    row.equal = pair.difference->equalShare();
    row.maximum = pair.difference->maximum;
    return row;
}

bool moreDifferent(const WeightRow &a, const WeightRow &b)
{
    if (a.error.empty() != b.error.empty())
        return a.error.empty();
    return a.relative > b.relative;
}

nlohmann::json numberJson(double value)
{
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

} // namespace

std::vector<WeightPair> weightPairs(const WeightCatalog &a, const WeightCatalog &b)
{
    std::vector<WeightPair> pairs = pairsByName(a, b);
    if (pairs.size() >= weightCount(a) || pairs.size() >= weightCount(b))
        return pairs; // nothing is left over on one side
    std::set<uint32_t> takenA, takenB;
    for (const WeightPair &pair : pairs) {
        takenA.insert(pair.a);
        takenB.insert(pair.b);
    }
    const std::map<Place, uint32_t> there = places(b);
    for (const auto &[place, tensor] : places(a)) {
        const auto it = there.find(place);
        if (it != there.end() && !takenA.contains(tensor) && !takenB.contains(it->second))
            pairs.push_back({tensor, it->second});
    }
    std::sort(pairs.begin(), pairs.end(), [](const WeightPair &one, const WeightPair &other) { return one.a < other.a; });
    return pairs;
}

Result<WeightComparison> compareSubjects(const DifferenceSubject &a, const DifferenceSubject &b, const StreamControl &control,
                                         const Translate &translate)
{
    const ModelDirectory &first = a.inspection->directory, &second = b.inspection->directory;
    if (!first.files || !second.files)
        return failure(ErrorCode::NoWeights, {first.files ? b.name : a.name});
    const WeightCatalog catalogA = catalogOf(first.checkpoint, a.inspection->facts.config, first.files.get());
    const WeightCatalog catalogB = catalogOf(second.checkpoint, b.inspection->facts.config, second.files.get());
    const std::vector<WeightPair> pairs = weightPairs(catalogA, catalogB);
    auto done = compareCheckpoints({catalogA, *first.files}, {catalogB, *second.files}, pairs, control);
    if (!done)
        return tl::unexpected(done.error());
    WeightComparison out;
    out.pairs = pairs.size();
    const uint64_t weights = weightCount(catalogA);
    out.unpaired = weights - std::min<uint64_t>(weights, pairs.size());
    for (const PairDifference &pair : *done)
        out.rows.push_back(rowOf(pair, catalogA, catalogB, translate));
    std::stable_sort(out.rows.begin(), out.rows.end(), moreDifferent);
    return out;
}

nlohmann::json weightComparisonJson(const WeightComparison &comparison)
{
    nlohmann::json rows = nlohmann::json::array();
    for (const WeightRow &row : comparison.rows) {
        if (!row.error.empty()) {
            rows.push_back({{"name", row.name}, {"other", row.nameOther}, {"error", row.error}});
            continue;
        }
        rows.push_back({{"name", row.name}, {"other", row.nameOther}, {"elements", row.elements},
                        {"relative", numberJson(row.relative)}, {"cosine", numberJson(row.cosine)},
                        {"equal", numberJson(row.equal)}, {"maximum", numberJson(row.maximum)}});
    }
    return {{"pairs", comparison.pairs}, {"unpaired", comparison.unpaired}, {"weights", rows}};
}

std::string weightHeadline(const WeightComparison &comparison, const Translate &translate)
{
    const auto words = [&](const char *text, const std::vector<std::string> &arguments) {
        return fillIn(translate("Difference", text), arguments);
    };
    size_t compared = 0, equal = 0;
    for (const WeightRow &row : comparison.rows) {
        compared += row.error.empty() ? 1 : 0;
        equal += row.error.empty() && row.equal >= 1 ? 1 : 0;
    }
    if (compared == 0)
        return words(ASSAY_TEXT("Difference", "None of the weights could be compared."), {});
    std::string out = words(ASSAY_TEXT("Difference", "%1 of %2 {2:weight|weights} {1:is|are} equal in every element."),
                            {std::to_string(equal), std::to_string(compared)});
    if (equal < compared)
        out += words(ASSAY_TEXT("Difference", " The largest relative difference is %1, of %2."),
                     {threeDigits(comparison.rows.front().relative), comparison.rows.front().name});
    if (const size_t failed = comparison.rows.size() - compared; failed > 0)
        out += words(ASSAY_TEXT("Difference", " %1 could not be compared."), {std::to_string(failed)});
    if (comparison.unpaired > 0)
        out += words(ASSAY_TEXT("Difference", " %1 have no counterpart."), {std::to_string(comparison.unpaired)});
    return out;
}

} // namespace assay
