// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/workerfiles.h"

#include "core/protocol/base64.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <map>
#include <mutex>

namespace assay {

using protocol::FilePiece;

/// Asks for pieces and keeps small ones.
class WorkerFiles::Reader
{
public:
    Reader(WorkerCommand command, std::string path, std::stop_token stop)
        : m_calls(std::move(command)), m_path(std::move(path)), m_stop(std::move(stop))
    {
    }

    Result<protocol::FileListing> list()
    {
        ++m_requests;
        const auto answer = m_calls.call(protocol::method::kFiles, toJson(protocol::FilesRequest{m_path}), m_stop);
        protocol::FileListing listing;
        if (!answer)
            return tl::unexpected(answer.error());
        if (auto sound = fromJson(*answer, listing); !sound)
            return tl::unexpected(sound.error());
        return listing;
    }

    Result<std::vector<std::byte>> read(const std::vector<FilePiece> &pieces)
    {
        uint64_t wanted = 0;
        for (const FilePiece &piece : pieces)
            wanted += piece.bytes;
        ++m_requests;
        const auto answer = m_calls.call(protocol::method::kRead, toJson(protocol::ReadRequest{m_path, pieces}), m_stop);
        if (!answer)
            return tl::unexpected(answer.error());
        protocol::ReadResult result;
        if (auto sound = fromJson(*answer, result); !sound)
            return tl::unexpected(sound.error());
        m_bytes += result.data.size();
        auto bytes = protocol::fromBase64(result.data);
        if (bytes && bytes->size() != wanted)
            return failure(ErrorCode::ProtocolViolation, {"read: the data is not as long as its pieces"});
        return bytes;
    }

    /// Copies what is kept from here on; how much it was.
    size_t copyKept(const std::string &name, uint64_t offset, std::span<std::byte> buffer) const
    {
        const std::lock_guard lock(m_mutex);
        const auto file = m_kept.find(name);
        if (file == m_kept.end())
            return 0;
        auto piece = file->second.upper_bound(offset);
        if (piece == file->second.begin())
            return 0;
        --piece;
        const uint64_t skip = offset - piece->first;
        if (skip >= piece->second.size())
            return 0;
        const size_t bytes = std::min(buffer.size(), piece->second.size() - size_t(skip));
        std::memcpy(buffer.data(), piece->second.data() + skip, bytes);
        return bytes;
    }

    void keep(const std::string &name, uint64_t offset, std::vector<std::byte> bytes)
    {
        constexpr size_t kMostKept = size_t(32) << 20;
        const std::lock_guard lock(m_mutex);
        if (m_keptBytes + bytes.size() > kMostKept) {
            m_kept.clear();
            m_keptBytes = 0;
        }
        m_keptBytes += bytes.size();
        m_kept[name][offset] = std::move(bytes);
    }

    Fetched fetched() const { return {m_bytes, m_requests, 0}; }

private:
    WorkerCalls m_calls;
    std::string m_path;
    std::stop_token m_stop;
    std::atomic<uint64_t> m_bytes = 0, m_requests = 0;
    mutable std::mutex m_mutex;
    std::map<std::string, std::map<uint64_t, std::vector<std::byte>>> m_kept; ///< by file and offset
    size_t m_keptBytes = 0;
};

namespace {

class WorkerFile final : public ByteSource
{
public:
    WorkerFile(std::shared_ptr<WorkerFiles::Reader> reader, std::string label, std::string name, uint64_t size)
        : m_reader(std::move(reader)), m_label(std::move(label)), m_name(std::move(name)), m_size(size)
    {
    }
    std::string label() const override { return m_label; }
    uint64_t size() const override { return m_size; }

    Result<void> readAt(uint64_t offset, std::span<std::byte> buffer) const override
    {
        // Readers of headers go on in small steps; whoever wants much gets just that.
        constexpr uint64_t kAhead = 256 * 1024;
        if (offset > m_size || buffer.size() > m_size - offset)
            return failure(ErrorCode::FileUnreadable, {m_label, ASSAY_TEXT("Reason", "it ends before the bytes that were asked for")});
        while (!buffer.empty()) {
            size_t here = m_reader->copyKept(m_name, offset, buffer);
            if (here == 0) {
                const uint64_t wanted = std::min({std::max<uint64_t>(buffer.size(), kAhead), m_size - offset, protocol::kMostRead});
                auto bytes = m_reader->read({{m_name, offset, wanted}});
                if (!bytes)
                    return tl::unexpected(bytes.error());
                here = std::min(buffer.size(), bytes->size());
                std::memcpy(buffer.data(), bytes->data(), here);
                if (bytes->size() <= kAhead)
                    m_reader->keep(m_name, offset, std::move(*bytes));
            }
            offset += here;
            buffer = buffer.subspan(here);
        }
        return {};
    }

private:
    std::shared_ptr<WorkerFiles::Reader> m_reader;
    std::string m_label, m_name;
    uint64_t m_size;
};

} // namespace

WorkerFiles::WorkerFiles(std::shared_ptr<Reader> reader, std::string location, protocol::FileListing listing)
    : m_reader(std::move(reader)), m_location(std::move(location)), m_name(std::move(listing.name)), m_chosen(std::move(listing.chosenFile))
{
    for (protocol::ListedFile &file : listing.files)
        m_files.push_back({std::move(file.name), file.bytes, std::nullopt, file.present});
    std::ranges::sort(m_files, {}, &FileEntry::name);
}

Result<std::shared_ptr<const ByteSource>> WorkerFiles::open(const std::string &name) const
{
    const FileEntry *entry = find(name);
    if (!entry || !entry->present || !entry->bytes)
        return failure(ErrorCode::FileMissing, {name});
    return std::make_shared<const WorkerFile>(m_reader, m_location + "/" + name, name, *entry->bytes);
}

std::optional<Fetched> WorkerFiles::fetched() const
{
    return m_reader->fetched();
}

void WorkerFiles::fetch(const std::vector<FilePiece> &pieces) const
{
    const auto bytes = m_reader->read(pieces);
    size_t at = 0;
    for (size_t i = 0; bytes && i < pieces.size(); ++i) {
        const auto begin = bytes->begin() + std::ptrdiff_t(at);
        m_reader->keep(pieces[i].name, pieces[i].offset, {begin, begin + std::ptrdiff_t(pieces[i].bytes)});
        at += size_t(pieces[i].bytes);
    }
}

Result<std::shared_ptr<const FileSet>> openWorkerFiles(const MachinePlace &place, const std::string &location, const std::stop_token &stop)
{
    auto reader = std::make_shared<WorkerFiles::Reader>(commandOf(place.machine), place.path.toStdString(), stop);
    auto listing = reader->list();
    if (!listing)
        return tl::unexpected(listing.error());
    return std::make_shared<const WorkerFiles>(std::move(reader), location, std::move(*listing));
}

} // namespace assay
