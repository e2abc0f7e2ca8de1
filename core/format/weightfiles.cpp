// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/weightfiles.h"

#include "core/base/naturalorder.h"
#include "core/format/weightformat.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace assay {
namespace {

// Endings of weights that no reader is for, and files with weights' endings that are none.
constexpr std::array<std::string_view, 4> kForeign{".h5", ".msgpack", ".npz", ".pb"};
constexpr std::array<std::string_view, 6> kNoWeights{"training_args", "optimizer", "scheduler",
                                                     "rng_state",     "tokenizer", "sentencepiece"};

using Names = std::vector<std::string>;

bool isConsolidated(std::string_view name)
{
    return name.starts_with("consolidated.") || name.starts_with("consolidated-")
           || name.starts_with("consolidated_");
}

/// A part of a model that is stored apart in GGUF: the projector of images, the layers for further tokens.
bool isSidecar(std::string_view name)
{
    return name.starts_with("mmproj") || name.starts_with("mtp-");
}

Finding finding(FindingCode code, std::vector<std::string> arguments)
{
    const std::string where = arguments.empty() ? std::string() : arguments.front();
    return Finding{code, std::move(arguments), where};
}

/// The files by the set they belong to: the first shard's name for shards, their own name for others.
std::map<std::string, Names> groupBySet(const Names &names)
{
    std::map<std::string, Names> sets;
    for (const std::string &name : names) {
        const auto shard = parseShardName(name);
        sets[shard ? shardFileName(*shard, 1) : name].push_back(name);
    }
    return sets;
}

bool endsWithOne(std::string_view name, std::span<const std::string_view> endings)
{
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return name.ends_with(ending); });
}

bool startsWithOne(std::string_view name, std::span<const std::string_view> starts)
{
    return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return name.starts_with(start); });
}

/// The names of a format's files in natural order.
Names namesOf(const FileSet &files, const WeightFormat &format)
{
    Names names;
    for (const FileEntry &entry : files.files()) {
        if (endsWithOne(entry.name, format.extensions) && !startsWithOne(entry.name, kNoWeights))
            names.push_back(entry.name);
    }
    std::sort(names.begin(), names.end(), naturalLess);
    return names;
}

/// Fills in a set found by its names alone: every number from 1 to the count must be there.
void completeSet(WeightFiles &weights, const FileSet &files, const Names &present)
{
    const auto set = parseShardName(present.front());
    if (!set || set->count > kShardCountLimit) {
        weights.files = {present.front()};
        return;
    }
    const std::set<std::string> there(present.begin(), present.end());
    Names missing;
    for (uint64_t number = 1; number <= set->count; ++number) {
        weights.files.push_back(shardFileName(*set, number));
        if (!there.contains(weights.files.back()))
            missing.push_back(weights.files.back());
    }
    const std::string_view usualIndex = weights.format->usualIndex;
    if (!usualIndex.empty() && !files.find(usualIndex))
        weights.findings.push_back(Finding{FindingCode::IndexMissing, {}, std::string(usualIndex)});
    if (!missing.empty())
        weights.findings.push_back(Finding{FindingCode::ShardsOfSetMissing,
                                           {std::to_string(missing.size()), std::to_string(set->count), missing.front()},
                                           missing.front()});
}

Result<void> readIndex(WeightFiles &weights, const FileSet &files)
{
    auto text = files.readText(weights.indexName, kShardIndexLimit);
    if (!text)
        return tl::unexpected(text.error());
    auto index = parseShardIndex(std::move(*text), weights.indexName);
    if (!index)
        return tl::unexpected(index.error());
    weights.files = index->files;
    weights.index = std::move(*index);
    return {};
}

/// The set to count when neither the usual file nor an index says so: the one with the most files.
const Names &largestSet(const std::map<std::string, Names> &sets)
{
    const auto larger = [](const auto &a, const auto &b) {
        // A set in another layout or a part of the model is a second choice.
        const bool left = isConsolidated(a.first) || isSidecar(a.first);
        const bool right = isConsolidated(b.first) || isSidecar(b.first);
        return left != right ? left : a.second.size() < b.second.size();
    };
    return std::max_element(sets.begin(), sets.end(), larger)->second;
}

/// Chooses among one format's files; `names` are not all of them when the user chose one.
Result<void> chooseFrom(WeightFiles &weights, const FileSet &files, const Names &names)
{
    const auto named = [&names](std::string_view name) {
        return !name.empty() && std::find(names.begin(), names.end(), name) != names.end();
    };
    const std::string usual(weights.format->usualFile), usualIndex(weights.format->usualIndex);
    Names indices;
    if (!usualIndex.empty()) {
        const std::string_view ending = std::string_view(usualIndex).substr(usualIndex.find('.'));
        for (const FileEntry &entry : files.files()) {
            if (std::string_view(entry.name).ends_with(ending))
                indices.push_back(entry.name);
        }
    }
    const bool indexed = std::find(indices.begin(), indices.end(), usualIndex) != indices.end();
    if (named(usual)) {
        weights.files = {usual};
        if (indexed)
            weights.findings.push_back(Finding{FindingCode::TwoShardSets, {usual, usualIndex}, usualIndex});
    } else if (files.remote() && !names.empty() && parseShardName(largestSet(groupBySet(names)).front())) {
        // The shards' names tell as much as an index that can be as large as all their headers together.
        completeSet(weights, files, largestSet(groupBySet(names)));
    } else if (!indices.empty()) {
        weights.indexName = indexed ? usualIndex : indices.front();
        return readIndex(weights, files);
    } else if (!names.empty()) {
        completeSet(weights, files, largestSet(groupBySet(names)));
    }
    return {};
}

/// Tells of every file of the format that does not belong to the chosen set, one finding for each other set.
void tellOtherSets(WeightFiles &weights, const Names &names)
{
    const std::set<std::string> chosen(weights.files.begin(), weights.files.end());
    Names others;
    std::copy_if(names.begin(), names.end(), std::back_inserter(others),
                 [&](const std::string &name) { return !chosen.contains(name); });
    for (const auto &[set, files] : groupBySet(others)) {
        if (isConsolidated(files.front()))
            weights.findings.push_back(finding(FindingCode::ConsolidatedBesideShards, {files.front()}));
        else if (!parseShardName(files.front()))
            weights.findings.push_back(finding(FindingCode::OtherWeightsBeside, {files.front()}));
        else
            weights.findings.push_back(
                Finding{FindingCode::TwoShardSets, {weights.files.front(), files.front()}, files.front()});
    }
}

void tellOtherFormats(WeightFiles &weights, const FileSet &files)
{
    std::vector<std::string_view> endings(kForeign.begin(), kForeign.end());
    for (const WeightFormat &format : weightFormats()) {
        if (&format != weights.format)
            endings.insert(endings.end(), format.extensions.begin(), format.extensions.end());
    }
    for (const std::string_view ending : endings) {
        Names found;
        for (const FileEntry &entry : files.files()) {
            if (std::string_view(entry.name).ends_with(ending) && !startsWithOne(entry.name, kNoWeights))
                found.push_back(entry.name);
        }
        if (found.empty())
            continue;
        const bool consolidated = isConsolidated(found.front());
        const std::string what = found.size() == 1 ? found.front() : found.front() + " ... " + found.back();
        weights.findings.push_back(finding(
            consolidated ? FindingCode::ConsolidatedBesideShards : FindingCode::OtherWeightsBeside, {what}));
    }
}

/// The file that the user pointed at, with its shards.
Result<WeightFiles> chosenWeights(const FileSet &files, const std::string &chosen)
{
    WeightFiles weights;
    const auto source = files.open(chosen);
    if (!source)
        return tl::unexpected(source.error());
    weights.format = formatOf(**source, chosen);
    if (!weights.format)
        return failure(ErrorCode::FormatUnknown, {chosen, weightFormatNames()});
    const auto sets = groupBySet(namesOf(files, *weights.format));
    const auto shard = parseShardName(chosen);
    const auto set = sets.find(shard ? shardFileName(*shard, 1) : chosen);
    if (shard && set != sets.end())
        completeSet(weights, files, set->second);
    else
        weights.files = {chosen};
    return weights;
}

} // namespace

Result<WeightFiles> chooseWeightFiles(const FileSet &files)
{
    if (const std::string chosen = files.chosenFile(); !chosen.empty())
        return chosenWeights(files, chosen);
    WeightFiles weights;
    for (const WeightFormat &format : weightFormats()) {
        weights.format = &format;
        const Names names = namesOf(files, format);
        if (auto chosen = chooseFrom(weights, files, names); !chosen)
            return tl::unexpected(chosen.error());
        if (weights.files.empty())
            continue;
        tellOtherSets(weights, names);
        tellOtherFormats(weights, files);
        return weights;
    }
    weights.format = nullptr;
    tellOtherFormats(weights, files);
    return weights;
}

} // namespace assay
