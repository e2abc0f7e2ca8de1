// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/weightfiles.h"

#include "core/base/file.h"
#include "core/base/naturalorder.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace assay {
namespace {

constexpr const char *kSingleFile = "model.safetensors";
constexpr const char *kIndexFile = "model.safetensors.index.json";
constexpr std::string_view kIndexExtension = ".safetensors.index.json";

// Endings of weights in other formats, and files with such endings that are none.
constexpr std::array<std::string_view, 9> kOtherFormats{".bin", ".pt",   ".pth",     ".ckpt", ".gguf",
                                                        ".h5",  ".onnx", ".msgpack", ".npz"};
constexpr std::array<std::string_view, 4> kNoWeights{"training_args", "optimizer", "scheduler", "rng_state"};

bool isConsolidated(std::string_view name)
{
    return name.starts_with("consolidated.") || name.starts_with("consolidated-")
           || name.starts_with("consolidated_");
}

Finding finding(FindingCode code, std::vector<std::string> arguments)
{
    const std::string where = arguments.empty() ? std::string() : arguments.front();
    return Finding{code, std::move(arguments), where};
}

/// The files by the set they belong to: "prefix of count" for shards, their own name for others.
std::map<std::string, std::vector<std::string>> groupBySet(const std::vector<std::string> &names)
{
    std::map<std::string, std::vector<std::string>> sets;
    for (const std::string &name : names) {
        const auto shard = parseShardName(name);
        sets[shard ? shardFileName(*shard, 1) : name].push_back(name);
    }
    return sets;
}

/// Fills in a set found by its names alone: every number from 1 to the count must be there.
void completeSet(WeightFiles &weights, const std::vector<std::string> &present)
{
    const auto set = parseShardName(present.front());
    if (!set || set->count > kShardCountLimit) {
        weights.files = present;
        return;
    }
    const std::set<std::string> there(present.begin(), present.end());
    std::vector<std::string> missing;
    for (uint64_t number = 1; number <= set->count; ++number) {
        weights.files.push_back(shardFileName(*set, number));
        if (!there.contains(weights.files.back()))
            missing.push_back(weights.files.back());
    }
    weights.findings.push_back(Finding{FindingCode::IndexMissing, {}, kIndexFile});
    if (!missing.empty())
        weights.findings.push_back(Finding{FindingCode::ShardsOfSetMissing,
                                           {std::to_string(missing.size()), std::to_string(set->count), missing.front()},
                                           missing.front()});
}

Result<void> readIndex(WeightFiles &weights, const std::filesystem::path &directory)
{
    auto text = readWholeFile(directory / weights.indexName, kShardIndexLimit);
    if (!text)
        return tl::unexpected(text.error());
    auto index = parseShardIndex(*text, weights.indexName);
    if (!index)
        return tl::unexpected(index.error());
    weights.files = index->files;
    weights.index = std::move(*index);
    return {};
}

/// Tells of every safetensors file that does not belong to the chosen set, one finding for each other set.
void tellOtherSets(WeightFiles &weights, const std::vector<std::string> &safetensors)
{
    const std::set<std::string> chosen(weights.files.begin(), weights.files.end());
    std::vector<std::string> others;
    std::copy_if(safetensors.begin(), safetensors.end(), std::back_inserter(others),
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

void tellOtherFormats(WeightFiles &weights, const std::vector<std::string> &names)
{
    for (std::string_view ending : kOtherFormats) {
        std::vector<std::string> found;
        for (const std::string &name : names) {
            const bool none = std::any_of(kNoWeights.begin(), kNoWeights.end(),
                                          [&](std::string_view start) { return name.starts_with(start); });
            if (name.ends_with(ending) && !none)
                found.push_back(name);
        }
        if (found.empty())
            continue;
        const bool consolidated = isConsolidated(found.front());
        const std::string what = found.size() == 1 ? found.front() : found.front() + " ... " + found.back();
        weights.findings.push_back(finding(
            consolidated ? FindingCode::ConsolidatedBesideShards : FindingCode::OtherWeightsBeside, {what}));
    }
}

/// The set to count when neither model.safetensors nor an index says so: the one with the most files.
const std::vector<std::string> &largestSet(const std::map<std::string, std::vector<std::string>> &sets)
{
    const auto larger = [](const auto &a, const auto &b) {
        // A set in another layout is a second choice.
        const bool left = isConsolidated(a.first), right = isConsolidated(b.first);
        return left != right ? left : a.second.size() < b.second.size();
    };
    return std::max_element(sets.begin(), sets.end(), larger)->second;
}

} // namespace

Result<WeightFiles> chooseWeightFiles(const std::filesystem::path &directory,
                                      const std::vector<std::string> &names)
{
    WeightFiles weights;
    std::vector<std::string> safetensors, indices;
    for (const std::string &name : names) {
        if (name.ends_with(".safetensors"))
            safetensors.push_back(name);
        else if (name.ends_with(kIndexExtension))
            indices.push_back(name);
    }
    const auto named = [](const std::vector<std::string> &list, const char *name) {
        return std::find(list.begin(), list.end(), name) != list.end();
    };
    std::sort(safetensors.begin(), safetensors.end(), naturalLess);
    std::sort(indices.begin(), indices.end());
    if (named(safetensors, kSingleFile)) {
        weights.files = {kSingleFile};
        if (named(indices, kIndexFile))
            weights.findings.push_back(Finding{FindingCode::TwoShardSets, {kSingleFile, kIndexFile}, kIndexFile});
    } else if (!indices.empty()) {
        weights.indexName = named(indices, kIndexFile) ? kIndexFile : indices.front();
        if (auto read = readIndex(weights, directory); !read)
            return tl::unexpected(read.error());
    } else if (!safetensors.empty()) {
        completeSet(weights, largestSet(groupBySet(safetensors)));
    }
    if (!weights.files.empty())
        tellOtherSets(weights, safetensors);
    tellOtherFormats(weights, names);
    return weights;
}

} // namespace assay
