// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/shardreader.h"

#include "core/format/safetensors.h"

#include <algorithm>
#include <unordered_map>

namespace assay {
namespace {

constexpr uint32_t kNowhere = ~uint32_t(0);

const std::string &fileName(const Checkpoint &checkpoint, uint32_t file)
{
    return checkpoint.files[file].name;
}

/// Takes one file's header over; tells of what is odd in it.
void takeHeader(Checkpoint &checkpoint, uint32_t file, SafetensorsHeader header)
{
    const std::string name = fileName(checkpoint, file);
    checkpoint.files[file].headerBytes = header.headerBytes;
    if (checkpoint.metadata.empty()) {
        for (auto &[key, value] : header.metadata)
            checkpoint.metadata.push_back({key, "string", value, {}, {}, {}, 0});
    }
    if (header.headerBytes - 8 > kSafetensorsHeaderWarning)
        checkpoint.findings.push_back(
            {FindingCode::HeaderLarge, {name, std::to_string(header.headerBytes - 8)}, name});
    if (header.trailingBytes > 0)
        checkpoint.findings.push_back(
            {FindingCode::TrailingBytes, {name, std::to_string(header.trailingBytes)}, name});
    for (TensorRecord &tensor : header.tensors) {
        tensor.file = file;
        checkpoint.tensors.push_back(std::move(tensor));
    }
}

/// Opens and reads one file. In a set, failing is told by the file's `present`, and by a finding.
Result<void> readShard(Checkpoint &checkpoint, const FileSet &files, uint32_t file, bool single)
{
    CheckpointFile &entry = checkpoint.files[file];
    const auto opened = files.open(entry.name);
    auto header = opened ? readSafetensorsHeader(**opened, checkpoint.arena)
                         : Result<SafetensorsHeader>(tl::unexpected(opened.error()));
    if (opened)
        entry.bytes = (*opened)->size();
    if (header) {
        takeHeader(checkpoint, file, std::move(*header));
        return {};
    }
    if (single)
        return tl::unexpected(header.error());
    entry.present = false;
    // What is missing is told with the number of its tensors, once the index has been walked.
    if (header.error().code != ErrorCode::FileMissing)
        checkpoint.findings.push_back({FindingCode::ShardUnreadable,
                                       {fileName(checkpoint, file), header.error().sentence()},
                                       fileName(checkpoint, file)});
    return {};
}

/// What the index says of each file, counted against what the files hold.
struct Differences
{
    std::vector<uint64_t> named;   ///< tensors that the index places in the file
    std::vector<uint64_t> absent;  ///< of these, not in it
    std::vector<uint64_t> orphans; ///< in the file, but not in the index at all
};

Differences compareWithIndex(const Checkpoint &checkpoint, const ShardIndex &index)
{
    const size_t files = checkpoint.files.size();
    Differences out{std::vector<uint64_t>(files), std::vector<uint64_t>(files), std::vector<uint64_t>(files)};
    std::unordered_map<std::string_view, uint32_t> places;
    places.reserve(index.entries.size());
    for (const ShardIndex::Entry &entry : index.entries) {
        places[entry.tensor] = entry.file;
        ++out.named[entry.file];
        ++out.absent[entry.file];
    }
    for (const TensorRecord &tensor : checkpoint.tensors) {
        const auto place = places.find(tensor.name);
        if (place == places.end())
            ++out.orphans[tensor.file];
        else if (std::exchange(place->second, place->second == tensor.file ? kNowhere : place->second)
                 == tensor.file)
            --out.absent[tensor.file];
    }
    return out;
}

void tellIndex(Checkpoint &checkpoint, const FileSet &files, const ShardIndex &index, const std::string &indexName)
{
    const Differences differences = compareWithIndex(checkpoint, index);
    for (uint32_t file = 0; file < checkpoint.files.size(); ++file) {
        const std::string name = fileName(checkpoint, file);
        const auto tell = [&](FindingCode code, uint64_t count) {
            if (count > 0)
                checkpoint.findings.push_back({code, {name, std::to_string(count)}, name});
        };
        const FileEntry *listed = files.find(name);
        if (checkpoint.files[file].present)
            tell(FindingCode::TensorNotInItsShard, differences.absent[file]);
        else if (!listed || !listed->present)
            tell(FindingCode::ShardMissing, differences.named[file]);
        tell(FindingCode::ShardOrphanTensors, differences.orphans[file]);
    }
    checkpoint.indexTotalSize = index.totalSize;
    const uint64_t held = checkpoint.tensorBytes();
    if (index.totalSize && checkpoint.complete() && *index.totalSize != held)
        checkpoint.findings.push_back({FindingCode::IndexTotalSizeWrong,
                                       {std::to_string(*index.totalSize), std::to_string(held)},
                                       indexName});
}

} // namespace

void tellTensorsInTwoFiles(Checkpoint &checkpoint)
{
    std::vector<std::pair<uint32_t, uint32_t>> told;
    for (size_t i = 1; i < checkpoint.tensors.size(); ++i) {
        const TensorRecord &a = checkpoint.tensors[i - 1], &b = checkpoint.tensors[i];
        const std::pair pair(a.file, b.file);
        if (a.name != b.name || a.file == b.file
            || std::find(told.begin(), told.end(), pair) != told.end())
            continue;
        told.push_back(pair);
        checkpoint.findings.push_back({FindingCode::TensorInTwoShards,
                                       {std::string(a.name), fileName(checkpoint, a.file), fileName(checkpoint, b.file)},
                                       std::string(a.name)});
    }
}

void tellUnknownDtypes(Checkpoint &checkpoint)
{
    std::map<std::string, uint64_t> counts;
    std::map<std::string, std::string> examples;
    for (const TensorRecord &tensor : checkpoint.tensors) {
        if (tensor.dtype == Dtype::Unknown) {
            ++counts[std::string(tensor.dtypeText)];
            examples.try_emplace(std::string(tensor.dtypeText), tensor.name);
        }
    }
    for (const auto &[dtype, count] : counts)
        checkpoint.findings.push_back(
            {FindingCode::UnknownDtype, {std::to_string(count), dtype}, examples[dtype]});
}

Result<Checkpoint> readSafetensors(const FileSet &files, const WeightFiles &weights, const std::stop_token &stop)
{
    Checkpoint checkpoint;
    for (const std::string &name : weights.files) {
        CheckpointFile file;
        file.name = name;
        file.path = files.localPath(name);
        checkpoint.files.push_back(std::move(file));
    }
    for (uint32_t file = 0; file < checkpoint.files.size(); ++file) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        if (auto read = readShard(checkpoint, files, file, weights.single()); !read)
            return tl::unexpected(read.error());
    }
    sortNaturally(checkpoint.tensors);
    tellTensorsInTwoFiles(checkpoint);
    if (weights.index)
        tellIndex(checkpoint, files, *weights.index, weights.indexName);
    tellUnknownDtypes(checkpoint);
    return checkpoint;
}

} // namespace assay
