// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/hiddenquantisation.h"

#include "core/base/units.h"
#include "core/identify/weights/aboutweights.h"
#include "core/weights/workers.h"

#include <algorithm>
#include <mutex>

namespace assay {
namespace {

constexpr int64_t kSmallest = 128; ///< rows and columns that a matrix needs to be judged
constexpr size_t kExamples = 12; ///< matrices that are kept by name beside the medians

double medianOf(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

bool fullPrecision(Dtype dtype)
{
    return dtype == Dtype::BF16 || dtype == Dtype::F16 || dtype == Dtype::F32;
}

/// Bits that one value of this weight takes, scales left out.
double bitsOf(const TensorRecord &record, const WeightParts &parts, const QuantizationDetails &details)
{
    switch (parts.scheme) {
    case WeightScheme::Plain:
    case WeightScheme::ScaledFloat8:
    case WeightScheme::ScaledInt8: {
        const DtypeBlock block = dtypeBlock(record.dtype);
        return block.elements > 0 ? 8.0 * double(block.bytes) / double(block.elements) : 0;
    }
    case WeightScheme::Gptq:
    case WeightScheme::PackedInts:
    case WeightScheme::Mlx: return details.bits;
    default: return 4;
    }
}

/// Elements of a weight as its stored bytes hold them: packed codes are more than the records' elements.
uint64_t valuesOf(const TensorRecord &record, double bits)
{
    return bits > 0 ? uint64_t(8.0 * double(record.bytes) / bits) : record.elements;
}

void countStored(const WeightCatalog &catalog, HiddenQuantisation &found)
{
    std::map<int, uint64_t> byBits;
    for (size_t tensor = 0; tensor < catalog.count(); ++tensor) {
        const TensorRecord &record = catalog.checkpoint().tensors[tensor];
        if (catalog.owner(tensor) || record.shape.size() < 2)
            continue;
        const WeightParts &parts = catalog.parts(tensor);
        const double bits = bitsOf(record, parts, catalog.details());
        const uint64_t values = valuesOf(record, bits);
        const std::string scheme = weightSchemeName(parts.scheme);
        found.stored[std::string(record.dtypeText) + (scheme.empty() ? "" : " " + scheme)] += values;
        byBits[int(bits)] += values; // a block type of GGUF has its scales in: 4.5 is 4
    }
    const auto most = std::max_element(byBits.begin(), byBits.end(), [](const auto &a, const auto &b) { return a.second < b.second; });
    if (most != byBits.end() && most->second > 0)
        found.storedBits = most->first;
}

/// Every n-th of the matrices that can be judged, so that all parts and depths are among them.
std::vector<uint32_t> chosenMatrices(const WeightCatalog &catalog, size_t most, HiddenQuantisation &found)
{
    std::vector<uint32_t> all;
    for (size_t tensor = 0; tensor < catalog.count(); ++tensor) {
        const TensorRecord &record = catalog.checkpoint().tensors[tensor];
        const bool large = record.shape.size() >= 2 && record.shape[record.shape.size() - 1] >= kSmallest
                           && record.elements / uint64_t(record.shape[record.shape.size() - 1]) >= uint64_t(kSmallest);
        if (!catalog.owner(tensor) && large && catalog.parts(tensor).scheme == WeightScheme::Plain && fullPrecision(record.dtype))
            all.push_back(uint32_t(tensor));
    }
    found.candidates = all.size();
    std::vector<uint32_t> chosen;
    for (size_t i = 0; i < std::min(most, all.size()); ++i)
        chosen.push_back(all[i * all.size() / std::min(most, all.size())]);
    return chosen;
}

void summarise(HiddenQuantisation &found)
{
    std::vector<double> groups, blocks;
    for (const MatrixPrecision &matrix : found.matrices) {
        const StoredPrecision &precision = matrix.precision;
        groups.push_back(precision.groupMedian);
        if (precision.blockMedian > 0)
            blocks.push_back(precision.blockMedian);
        found.fourBit += precision.bits == 4;
        found.float8 += precision.bits == 8 && precision.as == "fp8";
        found.eightBit += precision.bits == 8 && precision.as != "fp8";
    }
    found.groupMedian = medianOf(std::move(groups));
    found.blockMedian = medianOf(std::move(blocks));
}

nlohmann::json numbersOf(const HiddenQuantisation &found)
{
    nlohmann::json rows = nlohmann::json::array();
    for (size_t i = 0; i < std::min(found.matrices.size(), kExamples); ++i) {
        const MatrixPrecision &matrix = found.matrices[i];
        rows.push_back({{"name", matrix.name}, {"distinct_of_128", matrix.precision.groupMedian}, {"distinct_of_32", matrix.precision.shortMedian},
                        {"distinct_of_block", matrix.precision.blockMedian}, {"bits", matrix.precision.bits}});
    }
    return {{"matrices", found.matrices.size()}, {"candidates", found.candidates}, {"four_bit", found.fourBit}, {"eight_bit", found.eightBit},
            {"fp8", found.float8}, {"native", found.native()}, {"distinct_of_128", found.groupMedian}, {"distinct_of_block", found.blockMedian},
            {"stored", found.stored}, {"unreadable", found.unreadable.size()}, {"examples", rows}};
}

Evidence distinctEvidence(const HiddenQuantisation &found, const PrecisionClaim &claim)
{
    Evidence evidence = aboutWeights(Evidence::Kind::Note, "weights.hidden_quantisation");
    evidence.n = int64_t(found.matrices.size());
    evidence.effect = found.groupMedian;
    evidence.effectUnit = "distinct values of 128";
    evidence.numbers = numbersOf(found);
    const std::string count = groupedDigits(int64_t(found.matrices.size())), median = threeDigits(found.groupMedian);
    const auto bits = found.bits();
    if (!bits) {
        evidence.what = found.unreadable.empty()
                            ? Told{ASSAY_TEXT("Identity", "No matrix in full precision is large enough to tell whether it was quantised before."), {}}
                            : Told{ASSAY_TEXT("Identity", "No matrix could be read to tell whether it was quantised before: %1"), {found.unreadable.front().sentence()}};
        return evidence;
    }
    const size_t fewer = *bits == 4 ? found.fourBit : found.eightBit + found.float8;
    const bool float8 = *bits == 8 && found.float8 >= found.eightBit;
    if (*bits > 8) {
        evidence.kind = Evidence::Kind::Consistent;
        evidence.what = {ASSAY_TEXT("Identity", "The values of %1 of %2 matrices are those of weights that were never quantised (median %3 distinct values of 128)."),
                         {groupedDigits(int64_t(found.native())), count, median}};
        return evidence;
    }
    evidence.what = {float8 ? ASSAY_TEXT("Identity", "%1 of %2 matrices hold values that went through fp8 before they were stored in more bits (median %3 distinct values of 128, %4 of 128 x 128).")
                            : ASSAY_TEXT("Identity", "%1 of %2 matrices hold values that went through %5 bits before they were stored in more (median %3 distinct values of 128, %4 of 128 x 128)."),
                     {groupedDigits(int64_t(fewer)), count, median, threeDigits(found.blockMedian), std::to_string(*bits)}};
    if (float8 && claim.nativeFloat8) {
        evidence.kind = Evidence::Kind::Consistent;
        evidence.benign = {{ASSAY_TEXT("Identity", "This model is published in fp8: converted to 16 bits it must look so."), {}}};
    } else if (claim.bits && *claim.bits > *bits) {
        evidence.kind = Evidence::Kind::Contradiction;
        evidence.channel = "distinct_values";
        evidence.benign = {{ASSAY_TEXT("Identity", "A conversion that somebody declared elsewhere; the limits were measured on normally distributed weights and hold for families that were looked at."), {}}};
    }
    return evidence;
}

Evidence storedEvidence(const HiddenQuantisation &found, const PrecisionClaim &claim)
{
    Evidence evidence = aboutWeights(Evidence::Kind::Note, "weights.stored_precision");
    std::string kinds;
    for (const auto &[kind, values] : found.stored)
        kinds += (kinds.empty() ? "" : ", ") + kind + " " + formatCount(double(values));
    evidence.numbers = {{"stored", found.stored}};
    if (!found.storedBits) {
        evidence.what = {ASSAY_TEXT("Identity", "There are no weight matrices here."), {}};
        return evidence;
    }
    evidence.numbers["bits"] = *found.storedBits;
    evidence.effect = *found.storedBits;
    evidence.effectUnit = "bits";
    evidence.what = {ASSAY_TEXT("Identity", "Most weights are stored in %1 bits: %2."), {std::to_string(*found.storedBits), kinds}};
    const int published = claim.nativeFloat8 && claim.bits ? std::min(*claim.bits, 8) : claim.bits.value_or(0);
    if (claim.bits && *found.storedBits < published) {
        evidence.kind = Evidence::Kind::Contradiction;
        evidence.channel = "stored_dtype";
        evidence.benign = {{ASSAY_TEXT("Identity", "A quantised edition that says so is no substitution; it is not the precision that is claimed."), {}}};
    } else if (claim.bits) {
        evidence.kind = Evidence::Kind::Consistent;
    }
    return evidence;
}

} // namespace

std::optional<int> HiddenQuantisation::bits() const
{
    if (matrices.empty())
        return std::nullopt;
    const size_t eights = eightBit + float8, half = matrices.size() / 2;
    if (fourBit > half)
        return 4;
    if (fourBit + eights > half) // of a mixture the milder
        return 8;
    return storedBits.value_or(16);
}

Result<HiddenQuantisation> hiddenQuantisation(const WeightCatalog &catalog, const FileSet &files, const QuantisationSampling &sampling,
                                              const StreamControl &control)
{
    HiddenQuantisation found;
    countStored(catalog, found);
    const std::vector<uint32_t> chosen = chosenMatrices(catalog, sampling.matrices, found);
    std::vector<std::optional<StoredPrecision>> each(chosen.size());
    std::mutex mutex;
    uint64_t done = 0;
    forEachOnThreads(chosen.size(), sampling.threads, control.stop, [&](size_t index) {
        auto weight = openWeight(catalog, chosen[index], files);
        PrecisionSampling places = sampling.each;
        places.seed += chosen[index];
        auto precision = weight ? storedPrecision(*weight, {control.stop, {}}, places) : tl::unexpected(weight.error());
        const std::lock_guard lock(mutex);
        if (precision)
            each[index] = *precision;
        else if (precision.error().code != ErrorCode::Cancelled)
            found.unreadable.push_back(precision.error());
        if (control.progress)
            control.progress(++done, chosen.size());
    });
    if (control.stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    for (size_t i = 0; i < chosen.size(); ++i) {
        if (each[i])
            found.matrices.push_back({std::string(catalog.checkpoint().tensors[chosen[i]].name), *each[i]});
    }
    summarise(found);
    return found;
}

std::vector<Evidence> quantisationEvidence(const HiddenQuantisation &found, const PrecisionClaim &claim)
{
    return {storedEvidence(found, claim), distinctEvidence(found, claim)};
}

} // namespace assay
