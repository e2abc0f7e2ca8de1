// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/session.h"

#include "core/protocol/base64.h"
#include "core/protocol/filemessages.h"

namespace assay::worker {

/// The files of a path, opened once: readers ask for many pieces of the same ones.
Result<const FileSet *> Session::filesAt(const std::string &path)
{
    if (!m_files || m_filesPath != path) {
        auto opened = openLocalFiles(path);
        if (!opened)
            return tl::unexpected(opened.error());
        m_files = std::move(*opened);
        m_filesPath = path;
        m_sources.clear();
    }
    return m_files.get();
}

Session::Answer Session::files(const Request &request)
{
    protocol::FilesRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    m_files.reset(); // asked anew: they may have changed
    const auto files = filesAt(wanted.path);
    if (!files)
        return tl::unexpected(files.error());
    protocol::FileListing out{(*files)->location(), (*files)->name(), (*files)->chosenFile(), {}};
    for (const FileEntry &entry : (*files)->files())
        out.files.push_back({entry.name, entry.bytes, entry.present});
    return protocol::toJson(out);
}

Result<const ByteSource *> Session::sourceOf(const FileSet &files, const std::string &name)
{
    const auto known = m_sources.find(name);
    if (known != m_sources.end())
        return known->second.get();
    if (!files.find(name))
        return failure(ErrorCode::FileMissing, {name});
    auto opened = files.open(name);
    if (!opened)
        return tl::unexpected(opened.error());
    return m_sources.emplace(name, std::move(*opened)).first->second.get();
}

Session::Answer Session::read(const Request &request)
{
    protocol::ReadRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    const auto files = filesAt(wanted.path);
    if (!files)
        return tl::unexpected(files.error());
    std::vector<std::byte> bytes;
    for (const protocol::FilePiece &piece : wanted.pieces) {
        if (piece.bytes > protocol::kMostRead - bytes.size())
            return failure(ErrorCode::BadParameters, {"pieces", "they are too long"});
        const auto source = sourceOf(**files, piece.name);
        if (!source)
            return tl::unexpected(source.error());
        const size_t begin = bytes.size();
        bytes.resize(begin + size_t(piece.bytes));
        if (auto done = (*source)->readAt(piece.offset, std::span(bytes).subspan(begin)); !done)
            return tl::unexpected(done.error());
    }
    return protocol::toJson(protocol::ReadResult{protocol::toBase64(bytes)});
}

} // namespace assay::worker
