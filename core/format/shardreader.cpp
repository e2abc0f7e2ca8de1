// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/shardreader.h"

#include "core/format/headerparser.h"
#include "core/format/indexcheck.h"
#include "core/format/sharedbytes.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

namespace assay {
namespace {

// A second one helps to parse; a server answers several requests in the time of one.
constexpr size_t kThreads = 2, kServerThreads = 8;
// Below so many files a thread costs more than it gives.
constexpr size_t kFilesPerThread = 8;

const std::string &fileName(const Checkpoint &checkpoint, uint32_t file)
{
    return checkpoint.files[file].name;
}

/// What came of reading one file.
struct ReadFile
{
    Result<SafetensorsHeader> header = failure(ErrorCode::Cancelled);
    uint64_t bytes = 0;
};

/// Reads the headers of all files, some at a time; each thread fills an arena of its own.
class HeadersReader
{
public:
    HeadersReader(const FileSet &files, const std::vector<std::string> &names, const std::stop_token &stop)
        : m_files(files), m_names(names), m_stop(stop), m_read(names.size())
    {
    }

    /// In the order of the names.
    std::vector<ReadFile> read()
    {
        const bool server = m_files.localPath(m_names.front()).empty();
        const size_t most = server ? kServerThreads : kThreads;
        const size_t wanted = server ? m_names.size() : 1 + m_names.size() / kFilesPerThread;
        std::vector<std::jthread> others;
        const auto arenas = std::make_shared<std::vector<std::shared_ptr<Arena>>>();
        arenas->push_back(std::make_shared<Arena>());
        for (size_t i = 1; i < std::min(most, wanted); ++i) {
            arenas->push_back(std::make_shared<Arena>());
            others.emplace_back([this, arena = arenas->back()] { work(arena); });
        }
        work(arenas->front());
        others.clear(); // waits for them
        // Whoever holds the first arena holds all of them.
        m_arena = std::shared_ptr<Arena>(arenas, arenas->front().get());
        return std::move(m_read);
    }

    const std::shared_ptr<Arena> &arena() const { return m_arena; }

private:
    void work(const std::shared_ptr<Arena> &arena)
    {
        HeaderParser parser(arena);
        for (size_t file = m_next++; file < m_names.size() && !m_stop.stop_requested(); file = m_next++) {
            const auto opened = m_files.open(m_names[file]);
            m_read[file].bytes = opened ? (*opened)->size() : 0;
            if (opened)
                m_read[file].header = parser.read(**opened);
            else
                m_read[file].header = tl::unexpected(opened.error());
        }
    }

    const FileSet &m_files;
    const std::vector<std::string> &m_names;
    const std::stop_token &m_stop;
    std::vector<ReadFile> m_read;
    std::shared_ptr<Arena> m_arena;
    std::atomic<size_t> m_next = 0;
};

/// Tells of what is odd in one file's header.
void tellOddities(Checkpoint &checkpoint, const std::string &name, const SafetensorsHeader &header)
{
    const auto tell = [&](FindingCode code, std::vector<std::string> arguments, std::string_view where) {
        checkpoint.findings.push_back({code, std::move(arguments), std::string(where)});
    };
    const HeaderOddities &oddities = header.oddities;
    if (header.headerBytes - 8 > kSafetensorsHeaderWarning)
        tell(FindingCode::HeaderLarge, {name, std::to_string(header.headerBytes - 8)}, name);
    if (oddities.trailingBytes > 0)
        tell(FindingCode::TrailingBytes, {name, std::to_string(oddities.trailingBytes)}, name);
    if (oddities.gapBytes > 0)
        tell(FindingCode::TensorGaps, {std::to_string(oddities.gapBytes), name}, name);
    const auto tellSome = [&](FindingCode code, const HeaderOddities::Some &some) {
        if (some.tensors > 0)
            tell(code, {std::to_string(some.tensors), name, std::string(some.example)}, some.example);
    };
    tellSome(FindingCode::TensorsBeyondFile, oddities.beyondFile);
    tellSome(FindingCode::ShardOverlap, oddities.overlapping);
    tellSome(FindingCode::TensorSizeWrong, oddities.sizeWrong);
    for (const std::string &key : oddities.metadataTwice)
        tell(FindingCode::MetadataTwice, {key, name}, name);
    for (const auto &[key, type] : oddities.metadataTypes)
        tell(FindingCode::MetadataType, {key, type, ASSAY_TEXT("Reason", "text")}, name);
}

/// Takes one file's header over.
void takeHeader(Checkpoint &checkpoint, uint32_t file, SafetensorsHeader header)
{
    checkpoint.files[file].headerBytes = header.headerBytes;
    if (checkpoint.metadata.empty()) {
        for (auto &[key, value] : header.metadata)
            checkpoint.metadata.push_back({key, "string", value, {}, {}, {}, 0});
    }
    tellOddities(checkpoint, fileName(checkpoint, file), header);
    for (TensorRecord &tensor : header.tensors) {
        tensor.file = file;
        checkpoint.tensors.push_back(tensor);
    }
}

/// In a set, failing is told by the file's `present`, and by a finding.
Result<void> takeFile(Checkpoint &checkpoint, uint32_t file, ReadFile read, bool single)
{
    CheckpointFile &entry = checkpoint.files[file];
    entry.bytes = read.bytes;
    if (read.header) {
        takeHeader(checkpoint, file, std::move(*read.header));
        return {};
    }
    if (single || read.header.error().code == ErrorCode::Cancelled)
        return tl::unexpected(read.header.error());
    leaveOut(checkpoint, file, read.header.error());
    return {};
}

/// The tensors' bytes with those that are stored at one place counted once, as some writers of PyTorch files do.
uint64_t bytesSharedOnce(const Checkpoint &checkpoint)
{
    uint64_t bytes = checkpoint.tensorBytes();
    for (const std::vector<uint32_t> &shared : sharedTensors(checkpoint))
        bytes -= checkpoint.tensors[shared.front()].bytes * (shared.size() - 1);
    return bytes;
}

/// How the files differ from what their index says of them.
void tellIndex(Checkpoint &checkpoint, const FileSet &files, const ShardIndex &index, const std::string &indexName,
               const IndexDifferences &differences)
{
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
    if (index.totalSize && checkpoint.complete() && *index.totalSize != held
        && *index.totalSize != bytesSharedOnce(checkpoint))
        checkpoint.findings.push_back({FindingCode::IndexTotalSizeWrong,
                                       {std::to_string(*index.totalSize), std::to_string(held)},
                                       indexName});
}

/// Names that stand twice in one file of a naturally sorted checkpoint, once a file.
void tellTensorsTwiceInAFile(Checkpoint &checkpoint)
{
    std::vector<bool> told(checkpoint.files.size());
    for (size_t i = 1; i < checkpoint.tensors.size(); ++i) {
        const TensorRecord &a = checkpoint.tensors[i - 1], &b = checkpoint.tensors[i];
        if (a.name != b.name || a.file != b.file || told[a.file])
            continue;
        told[a.file] = true;
        checkpoint.findings.push_back({FindingCode::TensorTwiceInFile,
                                       {std::string(a.name), fileName(checkpoint, a.file)},
                                       std::string(a.name)});
    }
}

} // namespace

std::vector<CheckpointFile> filesToRead(const FileSet &files, const WeightFiles &weights)
{
    std::vector<CheckpointFile> out(weights.files.size());
    for (size_t i = 0; i < out.size(); ++i) {
        out[i].name = weights.files[i];
        out[i].path = files.localPath(out[i].name);
    }
    return out;
}

void leaveOut(Checkpoint &checkpoint, uint32_t file, const Error &error)
{
    const std::string name = fileName(checkpoint, file);
    checkpoint.files[file].present = false;
    if (error.code != ErrorCode::FileMissing)
        checkpoint.findings.push_back(findingOf(FindingCode::ShardUnreadable, {name}, error, name));
}

void finishSet(Checkpoint &checkpoint, const FileSet &files, const WeightFiles &weights)
{
    // Quickest while the tensors are still in the order of their files.
    std::optional<IndexDifferences> differences;
    if (weights.index)
        differences = compareWithIndex(checkpoint, *weights.index);
    sortNaturally(checkpoint.tensors);
    tellTensorsTwiceInAFile(checkpoint);
    tellTensorsInTwoFiles(checkpoint);
    if (differences)
        tellIndex(checkpoint, files, *weights.index, weights.indexName, *differences);
    tellUnknownDtypes(checkpoint);
}

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
    checkpoint.files = filesToRead(files, weights);
    HeadersReader reader(files, weights.files, stop);
    std::vector<ReadFile> read = reader.read();
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    checkpoint.arena = reader.arena();
    size_t tensors = 0;
    for (const ReadFile &file : read)
        tensors += file.header ? file.header->tensors.size() : 0;
    checkpoint.tensors.reserve(tensors);
    for (uint32_t file = 0; file < checkpoint.files.size(); ++file) {
        if (auto taken = takeFile(checkpoint, file, std::move(read[file]), weights.single()); !taken)
            return tl::unexpected(taken.error());
    }
    finishSet(checkpoint, files, weights);
    return checkpoint;
}

} // namespace assay
