// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/pruning.h"

#include "core/base/units.h"
#include "core/identify/weights/aboutweights.h"

#include <algorithm>

namespace assay {
namespace {

constexpr uint64_t kPieceValues = 256 * 1024;
constexpr size_t kNamed = 3;

bool looked(const WeightPlace &place)
{
    return place.matrix && place.section != WeightSection::Embedding && place.section != WeightSection::Head;
}

/// Counts zeros and rows of zeros; false where it cannot be read.
bool countZeros(WeightReader &weight, const std::stop_token &stop, ZeroedTensor &out)
{
    out.rows = weight.rows();
    out.elements = weight.elements();
    const uint64_t columns = weight.columns();
    if (columns == 0)
        return false;
    std::vector<float> row(size_t(std::min<uint64_t>(columns, kPieceValues)));
    for (uint64_t r = 0; r < weight.rows() && !stop.stop_requested(); ++r) {
        uint64_t zeros = 0;
        for (uint64_t done = 0; done < columns; done += row.size()) {
            const auto part = std::span(row).first(size_t(std::min<uint64_t>(row.size(), columns - done)));
            if (!weight.read(r * columns + done, part))
                return false;
            zeros += uint64_t(std::count(part.begin(), part.end(), 0.0f));
        }
        out.zeros += zeros;
        out.zeroRows += zeros == columns;
    }
    return true;
}

/// Matrices to be read, and from a comparison the shares of zeros.
std::vector<uint32_t> candidates(const WeightSide &subject, const ParameterLikeness *compared, PruningFound &found)
{
    std::vector<uint32_t> tensors;
    if (!compared) {
        for (const WeightPlace &place : weightPlaces(subject.catalog)) {
            if (looked(place))
                tensors.push_back(place.tensor);
        }
        return tensors;
    }
    uint64_t elements = 0, zeros = 0, referenceZeros = 0;
    for (const TensorLikeness &tensor : compared->tensors) {
        if (!looked(tensor.place))
            continue;
        elements += tensor.difference.elements;
        zeros += tensor.difference.zerosA;
        referenceZeros += tensor.difference.zerosB;
        const Shape &shape = subject.catalog.checkpoint().tensors[tensor.place.tensor].shape;
        const uint64_t row = shape.empty() ? 1 : uint64_t(std::max<int64_t>(1, shape[shape.size() - 1]));
        if (tensor.difference.zerosA >= tensor.difference.zerosB + row)
            tensors.push_back(tensor.place.tensor);
    }
    found.zeroShare = elements > 0 ? double(zeros) / double(elements) : 0;
    found.referenceZeroShare = elements > 0 ? double(referenceZeros) / double(elements) : 0;
    return tensors;
}

} // namespace

bool PruningFound::any() const
{
    return zeroRows > 0 || (experts && referenceExperts && *experts < *referenceExperts) || (referenceLayers > 0 && layers < referenceLayers);
}

void comparePrunedParts(const ModelFacts &subject, const ModelFacts *reference, PruningFound &found)
{
    found.experts = subject.countedExperts;
    found.layers = subject.layers;
    if (reference) {
        found.referenceExperts = reference->countedExperts;
        found.referenceLayers = reference->layers;
    }
}

Result<PruningFound> pruningOf(const WeightSide &subject, const ParameterLikeness *compared, const StreamControl &control)
{
    PruningFound found;
    const std::vector<uint32_t> tensors = candidates(subject, compared, found);
    uint64_t elements = 0, zeros = 0, done = 0;
    for (const uint32_t tensor : tensors) {
        ZeroedTensor counted{std::string(subject.catalog.checkpoint().tensors[tensor].name)};
        auto weight = openWeight(subject.catalog, tensor, subject.files);
        const bool read = weight && countZeros(*weight, control.stop, counted);
        if (control.stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        if (control.progress)
            control.progress(++done, tensors.size());
        if (!read)
            continue;
        elements += counted.elements;
        zeros += counted.zeros;
        found.zeroRows += counted.zeroRows;
        if (counted.zeroRows > 0)
            found.zeroed.push_back(std::move(counted));
    }
    if (!compared && elements > 0)
        found.zeroShare = double(zeros) / double(elements);
    return found;
}

std::optional<Evidence> pruningEvidence(const PruningFound &found, const std::string &reference, bool claimed)
{
    if (!found.any())
        return std::nullopt;
    // Rows may be zero as they were published (unused words, dead units); no training leaves a whole matrix so.
    const bool emptied = std::any_of(found.zeroed.begin(), found.zeroed.end(), [](const ZeroedTensor &tensor) { return tensor.zeroRows == tensor.rows; });
    Evidence evidence = aboutWeights(claimed || emptied ? Evidence::Kind::Contradiction : Evidence::Kind::Note, "weights.pruning");
    if (claimed || emptied)
        evidence.channel = "pruning";
    if (emptied && !claimed)
        evidence.benign.push_back({ASSAY_TEXT("Identity", "The publisher's own files may hold matrices of zeros: a manifest or a reference directory tells.")});
    nlohmann::json rows = nlohmann::json::array();
    std::string names;
    for (const ZeroedTensor &tensor : found.zeroed) {
        if (rows.size() >= ParameterLikeness::kNamesKept)
            break;
        if (rows.size() < kNamed)
            names += (names.empty() ? "" : ", ") + tensor.name;
        rows.push_back({{"name", tensor.name}, {"rows", tensor.rows}, {"zero_rows", tensor.zeroRows}});
    }
    evidence.numbers = {{"zero_rows", found.zeroRows}, {"zeroed_tensors", found.zeroed.size()}, {"zero_share", found.zeroShare},
                        {"reference_zero_share", found.referenceZeroShare}, {"layers", found.layers}, {"reference_layers", found.referenceLayers},
                        {"experts", found.experts ? nlohmann::json(*found.experts) : nlohmann::json()},
                        {"reference_experts", found.referenceExperts ? nlohmann::json(*found.referenceExperts) : nlohmann::json()},
                        {"tensors", rows}};
    if (found.experts && found.referenceExperts && *found.experts < *found.referenceExperts)
        evidence.what = {ASSAY_TEXT("Identity", "A layer has %1 routed {1:expert|experts} here and %2 in %3."),
                         {std::to_string(*found.experts), std::to_string(*found.referenceExperts), reference}};
    else if (found.referenceLayers > 0 && found.layers < found.referenceLayers)
        evidence.what = {ASSAY_TEXT("Identity", "There are %1 {1:layer|layers} here and %2 in %3."),
                         {std::to_string(found.layers), std::to_string(found.referenceLayers), reference}};
    else
        evidence.what = {ASSAY_TEXT("Identity", "%1 {1:row is|rows are} all zero in %2 {2:matrix|matrices}: %3."),
                         {groupedDigits(int64_t(found.zeroRows)), groupedDigits(int64_t(found.zeroed.size())), names}};
    evidence.n = int64_t(found.zeroed.size());
    return evidence;
}

} // namespace assay
