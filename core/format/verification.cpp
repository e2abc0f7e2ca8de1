// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/verification.h"

#include <algorithm>

namespace assay {
namespace {

constexpr uint64_t kPiece = 1 << 20; // bytes read at once: more is not faster

} // namespace

const char *contentStateName(ContentState state)
{
    switch (state) {
    case ContentState::Unchecked: return ASSAY_TEXT("ContentState", "unchecked");
    case ContentState::Right: return ASSAY_TEXT("ContentState", "right");
    case ContentState::Wrong: return ASSAY_TEXT("ContentState", "wrong");
    case ContentState::NothingToCompare: return ASSAY_TEXT("ContentState", "nothing to compare with");
    case ContentState::Unreadable: return ASSAY_TEXT("ContentState", "unreadable");
    }
    return "unchecked";
}

std::vector<std::string> filesToVerify(const ModelDirectory &model)
{
    std::vector<std::string> names;
    if (model.files->chosenFile().empty()) {
        for (const FileEntry &entry : model.files->files()) {
            if (entry.present)
                names.push_back(entry.name);
        }
    } else {
        for (const CheckpointFile &file : model.checkpoint.files) {
            if (file.present)
                names.push_back(file.name);
        }
    }
    return names;
}

Result<std::string> hashFile(const ByteSource &file, HashKind kind, const std::stop_token &stop, const HashProgress &progress)
{
    Hasher hasher(kind, file.size());
    std::vector<std::byte> buffer(size_t(std::min(kPiece, file.size())));
    for (uint64_t at = 0; at < file.size();) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        const std::span<std::byte> piece(buffer.data(), size_t(std::min<uint64_t>(buffer.size(), file.size() - at)));
        if (auto read = file.readAt(at, piece); !read)
            return tl::unexpected(read.error());
        hasher.add(piece);
        at += piece.size();
        if (progress)
            progress(piece.size());
    }
    return hasher.finish();
}

FileVerification verifyFile(const FileSet &files, const std::string &name, const std::stop_token &stop,
                            const HashProgress &progress)
{
    FileVerification out;
    out.name = name;
    const FileEntry *entry = files.find(name);
    const auto expected = entry ? entry->expected : std::nullopt;
    out.source = expected ? expected->source : std::string();
    if (files.remote() || stop.stop_requested())
        return out;
    const auto source = files.open(name);
    if (!source) {
        out.state = ContentState::Unreadable;
        out.error = source.error();
        return out;
    }
    if (expected && expected->bytes && *expected->bytes != (*source)->size()) {
        out.state = ContentState::Wrong;
        return out;
    }
    const bool comparable = expected && !expected->hash.empty();
    const auto sum = hashFile(**source, comparable && expected->git ? HashKind::GitBlob : HashKind::Sha256, stop, progress);
    if (!sum) {
        out.state = sum.error().code == ErrorCode::Cancelled ? ContentState::Unchecked : ContentState::Unreadable;
        out.error = sum.error();
        return out;
    }
    out.sum = *sum;
    out.state = !comparable ? ContentState::NothingToCompare : *sum == expected->hash ? ContentState::Right : ContentState::Wrong;
    return out;
}

std::vector<Finding> findingsOf(const std::vector<FileVerification> &results)
{
    std::vector<Finding> findings;
    for (const FileVerification &file : results) {
        if (file.state == ContentState::Wrong)
            findings.push_back({FindingCode::HashWrong, {file.name, file.source}, file.name, {}});
    }
    return findings;
}

} // namespace assay
