// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/torchfile.h"

#include "core/format/shardreader.h"
#include "core/format/ziparchive.h"

#include <algorithm>
#include <set>

namespace assay {
namespace {

constexpr std::string_view kTarMark = "ustar";
constexpr uint64_t kTarMarkAt = 257;

/// Which of the containers it is, by content.
Result<void> readFile(TorchFile &file)
{
    const uint64_t size = file.source->size();
    const auto head = file.source->readText(0, std::min<uint64_t>(size, kTarMarkAt + kTarMark.size()));
    if (!head)
        return tl::unexpected(head.error());
    if (ZipArchive::recognises(*head))
        return readTorchZip(file);
    if (head->size() == kTarMarkAt + kTarMark.size() && head->ends_with(kTarMark))
        return readTorchTar(file);
    return readTorchLegacy(file);
}

Result<void> readShard(Checkpoint &checkpoint, const FileSet &files, uint32_t index, bool single,
                       const std::stop_token &stop, bool &script)
{
    const std::string name = checkpoint.files[index].name;
    const auto source = files.open(name);
    Result<void> read;
    if (source) {
        checkpoint.files[index].bytes = (*source)->size();
        TorchFile file{checkpoint, index, *source, stop};
        read = readFile(file);
        script = script || file.script;
    } else {
        read = tl::unexpected(source.error());
    }
    if (read || single || read.error().code == ErrorCode::Cancelled)
        return read;
    leaveOut(checkpoint, index, read.error());
    return {};
}

/// That nothing would be run is told once for all files.
void tellClean(Checkpoint &checkpoint)
{
    PickleReport all;
    all.verdict = PickleVerdict::Clean;
    std::set<std::string> names;
    for (const PickleReport &report : checkpoint.pickles) {
        if (report.verdict != PickleVerdict::Clean)
            return;
        for (const std::string &global : report.globals) {
            if (names.insert(global).second)
                all.globals.push_back(global);
        }
    }
    if (checkpoint.pickles.empty() || all.globals.empty())
        return;
    all.file = checkpoint.files.front().name;
    if (checkpoint.files.size() > 1)
        all.file += " ... " + checkpoint.files.back().name;
    checkpoint.findings.push_back(pickleFinding(all));
}

} // namespace

void TorchFile::tell(FindingCode code, std::vector<std::string> arguments, std::string where) const
{
    checkpoint.findings.push_back({code, std::move(arguments), std::move(where), {}});
}

void TorchFile::note(const std::string &key, const char *type, decltype(MetadataEntry::value) value) const
{
    if (file != 0)
        return;
    MetadataEntry entry;
    entry.key = key;
    entry.type = type;
    entry.value = std::move(value);
    checkpoint.metadata.push_back(std::move(entry));
}

void TorchFile::judge(const Pickle &pickle, const std::string &member)
{
    constexpr size_t kKept = 1000;
    PickleReport report = judgePickle(pickle, member.empty() ? name() : name() + "/" + member, script);
    const bool isClean = report.verdict == PickleVerdict::Clean;
    size_t &count = isClean ? clean : others;
    if (++count > kKept) {
        // That more are dangerous or damaged is told once; the first ones have been named.
        if (isClean || count > kKept + 1)
            return;
        report = {};
        report.file = name();
        report.verdict = PickleVerdict::NotAnalysable;
        report.reason = ASSAY_TEXT("Reason", "it holds more pickles than any checkpoint needs");
    }
    if (!isClean)
        checkpoint.findings.push_back(pickleFinding(report));
    checkpoint.pickles.push_back(std::move(report));
}

Pickle readPickles(const ByteSource &source, uint64_t begin, uint64_t end, const PickleLimits &limits)
{
    constexpr int kFurther = 64;
    Pickle first = readPickle(source, begin, end, limits);
    std::set<std::string> names(first.globals.begin(), first.globals.end());
    for (int i = 0; first.complete && first.end < end; ++i) {
        PickleLimits left = limits;
        left.opcodes -= std::min(limits.opcodes, first.opcodes);
        const Pickle next = readPickle(source, first.end, end, left);
        first.opcodes += next.opcodes;
        first.calls = first.calls || next.calls;
        for (const std::string &global : next.globals) {
            if (names.insert(global).second)
                first.globals.push_back(global);
        }
        if (!next.complete || i == kFurther) {
            first.complete = false;
            first.analysable = false;
            first.problem = ASSAY_TEXT("Reason", "other bytes follow its end");
            return first;
        }
        first.end = next.end;
    }
    return first;
}

bool looksLikeTorch(std::string_view head)
{
    // A ZIP archive, or a pickle of protocol 2 to 5, which begins with an opcode of its own.
    return ZipArchive::recognises(head) || (head.size() > 2 && head[0] == '\x80' && head[1] >= 2 && head[1] <= 5);
}

Result<Checkpoint> readTorch(const FileSet &files, const WeightFiles &weights, const std::stop_token &stop)
{
    Checkpoint checkpoint;
    bool script = false;
    checkpoint.files = filesToRead(files, weights);
    for (uint32_t file = 0; file < checkpoint.files.size(); ++file) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        if (auto read = readShard(checkpoint, files, file, weights.single(), stop, script); !read)
            return tl::unexpected(read.error());
    }
    checkpoint.format = script ? "torchscript" : "torch";
    finishSet(checkpoint, files, weights);
    tellClean(checkpoint);
    return checkpoint;
}

} // namespace assay
