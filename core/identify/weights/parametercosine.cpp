// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/parametercosine.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_set>

namespace assay {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

void keep(std::vector<std::string> &names, uint64_t &count, std::string_view name)
{
    if (++count <= ParameterLikeness::kNamesKept)
        names.emplace_back(name);
}

void tellUnpaired(const WeightSide &subject, const WeightSide &reference, const std::vector<WeightPair> &pairs, ParameterLikeness &out)
{
    std::unordered_set<uint32_t> pairedA, pairedB;
    for (const WeightPair &pair : pairs) {
        pairedA.insert(pair.a);
        pairedB.insert(pair.b);
    }
    for (size_t tensor = 0; tensor < subject.catalog.count(); ++tensor) {
        if (!subject.catalog.owner(tensor) && !pairedA.contains(uint32_t(tensor)))
            keep(out.onlySubject, out.onlyInSubject, subject.catalog.checkpoint().tensors[tensor].name);
    }
    for (size_t tensor = 0; tensor < reference.catalog.count(); ++tensor) {
        if (!reference.catalog.owner(tensor) && !pairedB.contains(uint32_t(tensor)))
            keep(out.onlyReference, out.onlyInReference, reference.catalog.checkpoint().tensors[tensor].name);
    }
}

void addPair(const WeightSide &subject, PairDifference &&pair, std::map<int64_t, LayerLikeness> &layers, ParameterLikeness &out)
{
    const std::string_view name = subject.catalog.checkpoint().tensors[pair.pair.a].name;
    if (!pair.difference) {
        if (pair.difference.error().code == ErrorCode::NotComparable)
            keep(out.otherShape, out.otherShapes, name);
        else
            out.unreadable.push_back(pair.difference.error());
        return;
    }
    TensorLikeness tensor{weightPlaceOf(subject.catalog, pair.pair.a), pair.pair.b, std::string(name), *pair.difference};
    out.all.add(tensor.difference);
    out.sections[size_t(tensor.place.section)].add(tensor.difference);
    out.notFinite += tensor.difference.elements - tensor.difference.compared;
    if (tensor.place.matrix) {
        out.matrices.add(tensor.difference);
        if (tensor.place.layer >= 0) {
            LayerLikeness &layer = layers[tensor.place.layer];
            layer.layer = tensor.place.layer;
            layer.sums.add(tensor.difference);
            if (tensor.place.section == WeightSection::Attention)
                layer.attention.add(tensor.difference);
        }
    }
    out.tensors.push_back(std::move(tensor));
}

} // namespace

void CosineSums::add(const WeightDifference &difference)
{
    dot += difference.dot;
    squaresA += difference.normA * difference.normA;
    squaresB += difference.normB * difference.normB;
    squaresDifference += difference.normDifference * difference.normDifference;
    ++tensors;
    equalTensors += difference.equal == difference.elements;
    elements += difference.elements;
    equal += difference.equal;
}

double CosineSums::cosine() const
{
    return squaresA > 0 && squaresB > 0 ? std::clamp(dot / std::sqrt(squaresA) / std::sqrt(squaresB), -1.0, 1.0) : kNone;
}

double CosineSums::relative() const
{
    return squaresB > 0 ? std::sqrt(squaresDifference / squaresB) : kNone;
}

double CosineSums::equalShare() const
{
    return elements > 0 ? double(equal) / double(elements) : kNone;
}

bool ParameterLikeness::same() const
{
    return all.tensors > 0 && all.equal == all.elements && otherShapes == 0 && onlyInSubject == 0 && onlyInReference == 0 && unreadable.empty();
}

double ParameterLikeness::medianLayer() const
{
    std::vector<double> cosines;
    for (const LayerLikeness &layer : layers) {
        if (const double cosine = layer.sums.cosine(); std::isfinite(cosine))
            cosines.push_back(cosine);
    }
    if (cosines.empty())
        return matrices.cosine();
    const auto middle = cosines.begin() + ptrdiff_t(cosines.size() / 2);
    std::nth_element(cosines.begin(), middle, cosines.end());
    return *middle;
}

Result<ParameterLikeness> parameterLikeness(const WeightSide &subject, const WeightSide &reference, const StreamControl &control, unsigned threads)
{
    ParameterLikeness out;
    const std::vector<WeightPair> pairs = pairsByName(subject.catalog, reference.catalog);
    tellUnpaired(subject, reference, pairs, out);
    if (pairs.empty())
        return out;
    auto compared = compareCheckpoints(subject, reference, pairs, control, {}, threads);
    if (!compared)
        return tl::unexpected(compared.error());
    std::map<int64_t, LayerLikeness> layers;
    for (PairDifference &pair : *compared)
        addPair(subject, std::move(pair), layers, out);
    for (const auto &[number, layer] : layers)
        out.layers.push_back(layer);
    return out;
}

} // namespace assay
