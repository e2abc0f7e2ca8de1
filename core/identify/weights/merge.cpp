// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/lineage.h"

#include "core/identify/weights/aboutweights.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace assay {
namespace {

constexpr double kClearly = 0.5; ///< share of the next distance

struct Distance
{
    double relative = 0;
    bool related = false;
};

MergedLayer judged(int64_t number, const std::map<int, Distance> &distances)
{
    MergedLayer layer{number};
    int nearest = -1, related = 0;
    double first = INFINITY, second = INFINITY;
    for (const auto &[parent, distance] : distances) {
        related += distance.related;
        if (distance.relative < first) {
            second = first;
            first = distance.relative;
            nearest = parent;
        } else {
            second = std::min(second, distance.relative);
        }
    }
    const bool near = nearest >= 0 && distances.at(nearest).related;
    if (near && (first < kClearly * second || (first == 0 && second > 0)))
        layer.parent = nearest;
    layer.mixed = layer.parent < 0 && related > 1 && second > 0;
    return layer;
}

} // namespace

std::string layerRanges(const std::vector<int64_t> &layers)
{
    std::string text;
    for (size_t i = 0; i < layers.size();) {
        size_t end = i;
        while (end + 1 < layers.size() && layers[end + 1] == layers[end] + 1)
            ++end;
        text += (text.empty() ? "" : ", ") + std::to_string(layers[i]) + (end > i ? "-" + std::to_string(layers[end]) : "");
        i = end + 1;
    }
    return text;
}

std::vector<MergedLayer> mergedLayers(std::span<const MergeParent> parents)
{
    std::map<int64_t, std::map<int, Distance>> layers;
    for (size_t parent = 0; parent < parents.size(); ++parent) {
        for (const LayerLikeness &layer : parents[parent].likeness.layers) {
            const double relative = layer.sums.relative();
            if (std::isfinite(relative))
                layers[layer.layer][int(parent)] = {relative, layer.sums.cosine() > parents[parent].limit};
        }
    }
    std::vector<MergedLayer> out;
    for (const auto &[layer, distances] : layers)
        out.push_back(judged(layer, distances));
    return out;
}

std::optional<Evidence> mergeEvidence(std::span<const MergeParent> parents, bool claimed)
{
    std::map<int, std::vector<int64_t>> byParent;
    std::vector<int64_t> mixed;
    nlohmann::json rows = nlohmann::json::array();
    for (const MergedLayer &layer : mergedLayers(parents)) {
        if (layer.parent >= 0)
            byParent[layer.parent].push_back(layer.layer);
        if (layer.mixed)
            mixed.push_back(layer.layer);
        rows.push_back({{"layer", layer.layer}, {"parent", layer.parent >= 0 ? nlohmann::json(parents[size_t(layer.parent)].name) : nlohmann::json()},
                        {"mixed", layer.mixed}});
    }
    if (byParent.size() < 2 && mixed.empty())
        return std::nullopt;
    Evidence evidence = aboutWeights(Evidence::Kind::Note, "weights.merge");
    evidence.n = int64_t(rows.size());
    evidence.numbers = {{"layers", rows}};
    if (byParent.size() >= 2) {
        const auto &[first, firstLayers] = *byParent.begin();
        const auto &[last, lastLayers] = *std::prev(byParent.end());
        evidence.what = {ASSAY_TEXT("Identity", "Layers %1 are those of %2, layers %3 those of %4: a model that was put together from both."),
                         {layerRanges(firstLayers), parents[size_t(first)].name, layerRanges(lastLayers), parents[size_t(last)].name}};
        if (claimed) {
            evidence.kind = Evidence::Kind::Contradiction;
            evidence.channel = "layers";
        }
    } else {
        evidence.what = {ASSAY_TEXT("Identity", "Layers %1 are related to several references and clearly nearest to none of them: a mixture, or the references are near each other."),
                         {layerRanges(mixed)}};
    }
    return evidence;
}

} // namespace assay
