// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/lineage.h"

#include "core/base/units.h"
#include "core/identify/weights/aboutweights.h"
#include "core/identify/weights/rounding.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

using Kind = Evidence::Kind;
using nlohmann::json;

json finiteOrNull(double value)
{
    return std::isfinite(value) ? json(value) : json();
}

json sumsToJson(const CosineSums &sums)
{
    return {{"cosine", finiteOrNull(sums.cosine())}, {"relative", finiteOrNull(sums.relative())}, {"equal_share", finiteOrNull(sums.equalShare())},
            {"tensors", sums.tensors}, {"equal_tensors", sums.equalTensors}};
}

json numbersOf(const LineageInput &input, const LineageFound &found)
{
    const ParameterLikeness &parameters = input.parameters;
    json sections = json::object(), layers = json::array();
    for (size_t i = 0; i < kWeightSections; ++i) {
        if (parameters.sections[i].tensors > 0)
            sections[weightSectionId(WeightSection(i))] = sumsToJson(parameters.sections[i]);
    }
    for (const LayerLikeness &layer : parameters.layers) {
        json row = sumsToJson(layer.sums);
        row["layer"] = layer.layer;
        layers.push_back(std::move(row));
    }
    const double median = parameters.medianLayer();
    const json rounding = !input.coarsestBits ? json() : json{{"bits", *input.coarsestBits}, {"expected", expectedRounding(*input.coarsestBits)}, {"limit", roundingLimit(*input.coarsestBits)}};
    return {{"reference", input.reference}, {"relation", lineageKindId(found.kind)}, {"all", sumsToJson(parameters.all)},
            {"matrices", sumsToJson(parameters.matrices)}, {"median_layer", finiteOrNull(median)}, {"sections", sections}, {"layers", layers}, {"rounding", rounding},
            {"null", nullToJson(input.null)}, {"percentile", finiteOrNull(input.null.percentile(median))},
            {"p", input.null.values.empty() ? json() : json(input.null.p(median))}, {"not_finite", parameters.notFinite},
            {"other_shape", parameters.otherShape}, {"other_shapes", parameters.otherShapes}, {"only_subject", parameters.onlySubject},
            {"only_in_subject", parameters.onlyInSubject}, {"only_reference", parameters.onlyReference},
            {"only_in_reference", parameters.onlyInReference}, {"unreadable", parameters.unreadable.size()}};
}

/// The limit for a part of a layer: chance makes cosines larger by the root of how much fewer values there are.
double limitOfPart(double limit, const CosineSums &layer, const CosineSums &part)
{
    if (!(limit < 1) || part.elements == 0)
        return limit;
    return std::tanh(std::atanh(limit) * std::sqrt(double(layer.elements) / double(part.elements)));
}

/// Layers beyond the null's limit; where a model has none, all its matrices stand for one layer.
void sortLayers(const LineageInput &input, LineageFound &found)
{
    for (const LayerLikeness &layer : input.parameters.layers) {
        const bool related = layer.sums.cosine() > found.limit || layer.attention.cosine() > limitOfPart(found.limit, layer.sums, layer.attention);
        (related ? found.related : found.unrelated).push_back(layer.layer);
    }
    if (input.parameters.layers.empty() && input.parameters.matrices.tensors > 0)
        (input.parameters.matrices.cosine() > found.limit ? found.related : found.unrelated).push_back(-1);
}

/// Needs no null: unrelated weights are as far apart as they are large. Layer by layer, so that none hides among many.
bool onlyRounded(const LineageInput &input)
{
    const ParameterLikeness &p = input.parameters;
    const auto farther = [&](const LayerLikeness &layer) { return layer.sums.relative() > roundingLimit(*input.coarsestBits); };
    if (!input.coarsestBits || std::any_of(p.layers.begin(), p.layers.end(), farther))
        return false;
    return p.otherShapes == 0 && p.onlyInSubject == 0 && p.onlyInReference == 0 && p.notFinite == 0 && p.unreadable.empty()
           && p.matrices.relative() <= roundingLimit(*input.coarsestBits);
}

Told lineageSentence(const LineageInput &input, const LineageFound &found)
{
    const ParameterLikeness &p = input.parameters;
    const std::string median = threeDigits(p.medianLayer()), limit = threeDigits(found.limit), relative = threeDigits(p.matrices.relative());
    switch (found.kind) {
    case LineageKind::Same:
        return {ASSAY_TEXT("Identity", "All %1 {1:tensor is|tensors are} those of %2, value by value."), {groupedDigits(int64_t(p.all.tensors)), input.reference}};
    case LineageKind::Converted:
        return {ASSAY_TEXT("Identity", "The weights are those of %1, rounded to %2 bits (relative difference %3)."),
                {input.reference, std::to_string(*input.coarsestBits), relative}};
    case LineageKind::Changed:
        return {ASSAY_TEXT("Identity", "The weights are related to those of %1 and differ: one descends from the other, or both from the same. Cosine %2 over the layers (unrelated ones reach %3), relative difference %4, %5 of the values equal."),
                {input.reference, median, limit, relative, formatPercent(p.all.equalShare())}};
    case LineageKind::Partly:
        return {ASSAY_TEXT("Identity", "Layers %1 are related to those of %2; layers %3 are as far from them as unrelated ones."),
                {layerRanges(found.related), input.reference, layerRanges(found.unrelated)}};
    case LineageKind::Reordered:
        return {ASSAY_TEXT("Identity", "No weight is where it is in %1 (cosine %2), yet products that permutations leave as they are agree (%3): the same weights in another order or basis."),
                {input.reference, median, threeDigits(input.invariants ? input.invariants->mean() : NAN)}};
    case LineageKind::Unrelated:
        return {ASSAY_TEXT("Identity", "The weights are as far from those of %1 as unrelated ones: cosine %2 over the layers, unrelated ones reach %3."), {input.reference, median, limit}};
    case LineageKind::Undetermined: break;
    }
    if (std::isfinite(p.medianLayer()) && std::isfinite(found.limit))
        return {ASSAY_TEXT("Identity", "Layers that do not belong together are as alike in the two models as layers can be (cosine %1), so cosines with %2 tell no relation."), {limit, input.reference}};
    return {ASSAY_TEXT("Identity", "The weights cannot be held against those of %1 name by name: %2 {2:tensor has|tensors have} another shape, %3 {3:is|are} only here, %4 only there."),
            {input.reference, std::to_string(p.otherShapes), std::to_string(p.onlyInSubject), std::to_string(p.onlyInReference)}};
}

Kind lineageWeight(LineageKind kind, bool claimed)
{
    switch (kind) {
    case LineageKind::Same:
    case LineageKind::Converted: return Kind::Consistent;
    case LineageKind::Undetermined: return Kind::Note;
    default: return claimed ? Kind::Contradiction : Kind::Note;
    }
}

std::vector<Told> lineageBenign(LineageKind kind)
{
    switch (kind) {
    case LineageKind::Changed:
        return {{ASSAY_TEXT("Identity", "Another revision of the same model; a difference that the name of the subject tells openly."), {}}};
    case LineageKind::Unrelated:
        return {{ASSAY_TEXT("Identity", "The reference is another model than the one that is meant."), {}}};
    default: return {};
    }
}

Evidence parameterEvidence(const LineageInput &input, const LineageFound &found)
{
    Evidence evidence = aboutWeights(lineageWeight(found.kind, input.claimed), "weights.lineage");
    if (evidence.kind == Kind::Contradiction)
        evidence.channel = "values";
    evidence.n = int64_t(input.parameters.all.tensors);
    if (const double median = input.parameters.medianLayer(); std::isfinite(median))
        evidence.effect = median;
    if (std::isfinite(found.limit))
        evidence.detectable = found.limit;
    evidence.effectUnit = "cosine";
    evidence.what = lineageSentence(input, found);
    evidence.benign = lineageBenign(found.kind);
    evidence.numbers = numbersOf(input, found);
    if (!input.null.values.empty())
        evidence.benign.push_back({ASSAY_TEXT("Identity", "What unrelated weights reach was taken from %1 {1:value|values}: %2."),
                                   {std::to_string(input.null.values.size()), nullFromName(input.null.from)}});
    return evidence;
}

json rowsToJson(const std::vector<InvariantRow> &rows)
{
    json out = json::array();
    for (const InvariantRow &row : rows)
        out.push_back({{"kind", invariantKindId(row.kind)}, {"layer", row.layer}, {"reference_layer", row.other}, {"likeness", finiteOrNull(row.likeness)}});
    return out;
}

const LikenessNull &invariantsNull(const LineageInput &input)
{
    return input.invariantsNull ? *input.invariantsNull : input.invariants->null;
}

std::vector<Evidence> invariantEvidence(const LineageInput &input, const LineageFound &found)
{
    std::vector<Evidence> all;
    const InvariantLikeness &invariants = *input.invariants;
    const LikenessNull &null = invariantsNull(input);
    Evidence evidence = aboutWeights(Kind::Note, "weights.invariants");
    evidence.n = int64_t(invariants.rows.size());
    evidence.effectUnit = "correlation";
    json leftOut = json::array();
    for (const Told &told : invariants.leftOut)
        leftOut.push_back(told.sentence());
    evidence.numbers = {{"tokens", invariants.tokens}, {"rows", rowsToJson(invariants.rows)}, {"mismatched", rowsToJson(invariants.mismatched)},
                        {"mean", finiteOrNull(invariants.mean())}, {"null", nullToJson(null)},
                        {"percentile", finiteOrNull(null.percentile(invariants.mean()))}, {"left_out", leftOut}};
    if (!found.invariantsAlike) {
        evidence.what = invariants.leftOut.empty() ? Told{ASSAY_TEXT("Identity", "No invariant of the weights could be computed."), {}} : invariants.leftOut.front();
    } else {
        evidence.effect = invariants.mean();
        evidence.detectable = null.limit();
        evidence.what = {*found.invariantsAlike
                             ? ASSAY_TEXT("Identity", "Products of the last layers' weights that permutations leave as they are agree with those of %1: correlation %2 over %3 tokens, unrelated ones reach %4.")
                             : ASSAY_TEXT("Identity", "Products of the last layers' weights that permutations leave as they are do not agree with those of %1: correlation %2 over %3 tokens, unrelated ones reach %4."),
                         {input.reference, threeDigits(invariants.mean()), std::to_string(invariants.tokens), threeDigits(null.limit())}};
        if (input.claimed)
            evidence.kind = *found.invariantsAlike ? Kind::Consistent : Kind::Contradiction;
        if (evidence.kind == Kind::Contradiction)
            evidence.channel = "invariants";
        evidence.benign.push_back({ASSAY_TEXT("Identity", "What unrelated weights reach was taken from %1 {1:value|values}: %2."),
                                   {std::to_string(null.values.size()), nullFromName(null.from)}});
    }
    all.push_back(std::move(evidence));
    if (invariants.embeddings) {
        Evidence cka = aboutWeights(Kind::Note, "weights.embedding_cka");
        cka.n = int64_t(invariants.tokens);
        cka.effect = *invariants.embeddings;
        cka.effectUnit = "CKA";
        cka.numbers = {{"cka", *invariants.embeddings}, {"tokens", invariants.tokens}, {"null", nullToJson(invariants.embeddingsNull)},
                       {"percentile", finiteOrNull(invariants.embeddingsNull.percentile(*invariants.embeddings))}};
        cka.what = {ASSAY_TEXT("Identity", "The token embeddings have a linear CKA of %1 with those of %2 over %3 tokens; permuted tokens reach %4. Models of one language are alike here without any relation."),
                    {threeDigits(*invariants.embeddings), input.reference, std::to_string(invariants.tokens),
                     threeDigits(invariants.embeddingsNull.values.empty() ? NAN : invariants.embeddingsNull.values.back())}};
        all.push_back(std::move(cka));
    }
    return all;
}

} // namespace

const char *lineageKindId(LineageKind kind)
{
    constexpr std::array kIds{"same", "converted", "changed", "partly", "reordered", "unrelated", "undetermined"};
    return kIds[size_t(kind)];
}

LineageFound lineageOf(const LineageInput &input)
{
    LineageFound found;
    found.limit = input.null.limit();
    sortLayers(input, found);
    if (input.invariants && std::isfinite(input.invariants->mean()) && !invariantsNull(input).values.empty())
        found.invariantsAlike = input.invariants->mean() > invariantsNull(input).limit();
    if (!input.null.tells())
        found.unrelated.clear();
    if (input.parameters.same())
        found.kind = LineageKind::Same;
    else if (onlyRounded(input))
        found.kind = LineageKind::Converted;
    else if (!found.related.empty())
        found.kind = found.unrelated.empty() ? LineageKind::Changed : LineageKind::Partly;
    else if (found.invariantsAlike.value_or(false))
        found.kind = LineageKind::Reordered;
    else if (!found.unrelated.empty())
        found.kind = LineageKind::Unrelated;
    return found;
}

std::vector<Evidence> lineageEvidence(const LineageInput &input)
{
    const LineageFound found = lineageOf(input);
    std::vector<Evidence> all{parameterEvidence(input, found)};
    if (input.invariants) {
        for (Evidence &evidence : invariantEvidence(input, found))
            all.push_back(std::move(evidence));
    }
    return all;
}

} // namespace assay
