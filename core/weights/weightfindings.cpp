// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/weightfindings.h"

#include "core/base/units.h"
#include "core/format/sharedbytes.h"
#include "core/model/tensorroles.h"
#include "core/weights/weightdifference.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace assay {
namespace {

using C = FindingCode;

constexpr size_t kShownAlone = 3; ///< tensors of one kind with the same finding that are told one by one

// Stored twice on purpose: an embedding that is the head too, and the copies that layers for further tokens carry.
constexpr std::string_view kOftenShared[] = {"embed", "lm_head", "wte", "shared_head", "output.weight", "token_embd"};

std::string nameOf(const WeightCatalog &catalog, uint32_t tensor)
{
    return std::string(catalog.checkpoint().tensors[tensor].name);
}

bool isMatrix(const TensorStatistics &statistics)
{
    return statistics.rows.count > 1 && statistics.count > statistics.rows.count;
}

/// Whether a part scales weights by its own values: not a code for a scale, and of a layout with positive scales only.
bool holdsPositiveScales(const WeightCatalog &catalog, uint32_t tensor)
{
    const auto owner = catalog.owner(tensor);
    if (!owner)
        return false;
    const WeightParts &parts = catalog.parts(*owner);
    const Dtype dtype = catalog.checkpoint().tensors[tensor].dtype;
    const bool scales = parts.part(WeightPart::Scales) == tensor || parts.part(WeightPart::GlobalScale) == tensor
                        || parts.part(WeightPart::NestedScales) == tensor;
    return scales && parts.scheme != WeightScheme::Mlx && dtype != Dtype::U8 && dtype != Dtype::F8E8M0;
}

Finding findingAbout(C code, std::vector<std::string> arguments, const std::string &where, std::string evidence = {})
{
    Finding finding;
    finding.code = code;
    finding.arguments = std::move(arguments);
    finding.where = where;
    finding.evidence = std::move(evidence);
    return finding;
}

bool oftenShared(std::string_view name)
{
    return std::any_of(std::begin(kOftenShared), std::end(kOftenShared),
                       [&](std::string_view part) { return name.find(part) != std::string_view::npos; });
}

/// Compares a weight with those of the same fingerprint before it: equal statistics alone prove nothing.
Result<std::optional<uint32_t>> equalBefore(const WeightCatalog &catalog, const FileSet &files, uint32_t tensor,
                                            const std::vector<uint32_t> &before, const StreamControl &control)
{
    for (const uint32_t other : before) {
        auto a = openWeight(catalog, other, files);
        auto b = openWeight(catalog, tensor, files);
        if (!a || !b)
            continue;
        const auto difference = compareWeights(*a, *b, {control.stop, {}});
        if (difference && difference->equal == difference->elements)
            return std::optional<uint32_t>(other);
        if (!difference && difference.error().code == ErrorCode::Cancelled)
            return tl::unexpected(difference.error());
    }
    return std::optional<uint32_t>();
}

/// A name with # for each number.
std::string patternOf(const std::string &name)
{
    std::string pattern;
    for (const char c : name) {
        const bool digit = c >= '0' && c <= '9';
        if (!digit)
            pattern += c;
        else if (pattern.empty() || pattern.back() != '#')
            pattern += '#';
    }
    return pattern;
}

/// Arguments that are counts of single tensors add up; the others must be the same to stand for many.
size_t firstCount(C code)
{
    return code == C::ValuesConstant || code == C::TensorsEqual ? 9 : 1;
}

} // namespace

std::vector<Finding> findingsOf(const WeightCatalog &catalog, uint32_t tensor, const TensorStatistics &statistics)
{
    std::vector<Finding> findings;
    const std::string name = nameOf(catalog, tensor);
    const uint64_t broken = statistics.zeros + statistics.negatives + statistics.nans + statistics.infinities;
    if (holdsPositiveScales(catalog, tensor)) {
        if (broken > 0)
            findings.push_back(findingAbout(C::ScalesBroken, {name, groupedDigits(int64_t(broken)), groupedDigits(int64_t(statistics.count))}, name,
                                            "zeros " + std::to_string(statistics.zeros) + ", negatives " + std::to_string(statistics.negatives)
                                                + ", NaN " + std::to_string(statistics.nans) + ", Inf " + std::to_string(statistics.infinities)));
        return findings;
    }
    if (statistics.nans + statistics.infinities > 0)
        findings.push_back(findingAbout(C::ValuesNotFinite, {name, groupedDigits(int64_t(statistics.nans)), groupedDigits(int64_t(statistics.infinities))}, name));
    if (catalog.owner(tensor) || !isMatrix(statistics))
        return findings; // zero points are often constant, and so are norms and biases
    if (statistics.finite == statistics.count && statistics.min == statistics.max)
        findings.push_back(findingAbout(C::ValuesConstant, {name, threeDigits(statistics.min)}, name));
    else if (statistics.zeroRows > 0)
        findings.push_back(findingAbout(C::RowsZero, {name, groupedDigits(int64_t(statistics.zeroRows)), groupedDigits(int64_t(statistics.rows.count))}, name));
    return findings;
}

Result<std::vector<Finding>> equalWeights(const WeightCatalog &catalog, const FileSet &files,
                                          const StatisticsByTensor &statistics, const StreamControl &control)
{
    std::unordered_set<uint32_t> again; // second names of bytes that are looked at under the first
    for (const std::vector<uint32_t> &shared : sharedTensors(catalog.checkpoint()))
        again.insert(shared.begin() + 1, shared.end());
    std::unordered_map<uint64_t, std::vector<uint32_t>> originals;
    std::vector<Finding> findings;
    uint64_t done = 0;
    for (const auto &[tensor, each] : statistics) {
        if (control.progress)
            control.progress(++done, statistics.size());
        const std::string name = nameOf(catalog, tensor);
        if (catalog.owner(tensor) || !isMatrix(each) || each.min == each.max || oftenShared(name) || again.contains(tensor)
            || isStoredMask(name, catalog.checkpoint().tensors[tensor].shape))
            continue;
        std::vector<uint32_t> &before = originals[each.fingerprint];
        const auto equal = equalBefore(catalog, files, tensor, before, control);
        if (!equal)
            return tl::unexpected(equal.error());
        if (*equal)
            findings.push_back(findingAbout(C::TensorsEqual, {nameOf(catalog, **equal), name}, name));
        else
            before.push_back(tensor);
    }
    return findings;
}

std::optional<Finding> hiddenQuantization(const std::map<uint32_t, StoredPrecision> &matrices, const WeightCatalog &catalog)
{
    constexpr double kShare = 0.1; // of the matrices: one odd table is no sign of a converted model
    std::map<int, std::vector<uint32_t>> byBits;
    for (const auto &[tensor, precision] : matrices) {
        if (!precision.as.empty())
            byBits[precision.bits].push_back(tensor);
    }
    const std::vector<uint32_t> *most = nullptr;
    int bits = 0;
    for (const auto &[each, tensors] : byBits) {
        if (!most || tensors.size() > most->size()) {
            most = &tensors;
            bits = each;
        }
    }
    if (!most || double(most->size()) < kShare * double(matrices.size()))
        return std::nullopt;
    const StoredPrecision &example = matrices.at(most->front());
    const std::string name = nameOf(catalog, most->front());
    return findingAbout(C::HiddenQuantization,
                        {groupedDigits(int64_t(most->size())), groupedDigits(int64_t(matrices.size())),
                         groupedDigits(int64_t(example.groupMedian)), std::to_string(bits)},
                        name,
                        example.as + ": " + threeDigits(example.groupMedian) + " / 128, " + threeDigits(example.shortMedian) + " / 32, "
                            + threeDigits(example.blockMedian) + " / 128 x 128");
}

std::vector<Finding> joinedFindings(std::vector<Finding> findings)
{
    std::map<std::pair<C, std::vector<std::string>>, std::vector<size_t>> kinds;
    for (size_t i = 0; i < findings.size(); ++i) {
        std::vector<std::string> same;
        for (size_t a = 0; a < std::min(findings[i].arguments.size(), firstCount(findings[i].code)); ++a)
            same.push_back(patternOf(findings[i].arguments[a]));
        kinds[{findings[i].code, same}].push_back(i);
    }
    std::vector<Finding> joined;
    for (auto &[kind, members] : kinds) {
        if (members.size() <= kShownAlone) {
            for (const size_t member : members)
                joined.push_back(std::move(findings[member]));
            continue;
        }
        Finding all = findings[members.front()];
        const size_t counts = firstCount(all.code);
        all.evidence = all.arguments[0] + " ... " + findings[members.back()].arguments[0];
        all.arguments[0] = patternOf(all.arguments[0]) + " (" + groupedDigits(int64_t(members.size())) + ")";
        if (all.code == C::TensorsEqual)
            all.arguments[1] = patternOf(all.arguments[1]);
        for (size_t a = counts; a < all.arguments.size(); ++a) {
            int64_t sum = 0;
            for (const size_t member : members) {
                std::string digits = findings[member].arguments[a];
                std::erase(digits, ',');
                sum += std::strtoll(digits.c_str(), nullptr, 10);
            }
            all.arguments[a] = groupedDigits(sum);
        }
        joined.push_back(std::move(all));
    }
    return joined;
}

} // namespace assay
