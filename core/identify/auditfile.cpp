// SPDX-License-Identifier: GPL-3.0-or-later
// Writing an audit log: what several processes and a crash in the middle may not spoil.
#include "core/identify/audit.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/identify/watch/utctime.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace assay {

namespace {

using nlohmann::json;

constexpr size_t kMostEntry = 64 << 10; ///< bytes; so that the last line is found without reading the log

/// Open, and locked against others for as long as it lives.
class LockedFile
{
public:
    explicit LockedFile(const std::filesystem::path &path, int flags) : m_descriptor(::open(path.c_str(), flags | O_CLOEXEC, 0644))
    {
        while (m_descriptor >= 0 && ::flock(m_descriptor, LOCK_EX) != 0 && errno == EINTR) { }
    }
    ~LockedFile()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    LockedFile(const LockedFile &) = delete;
    LockedFile &operator=(const LockedFile &) = delete;
    int get() const { return m_descriptor; }

private:
    int m_descriptor;
};

tl::unexpected<Error> unwritable(const std::filesystem::path &path)
{
    return failure(errno == ENOSPC ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, {path.string(), std::strerror(errno)});
}

Result<std::string> readTail(int file, uint64_t size, const std::filesystem::path &path)
{
    const uint64_t length = std::min<uint64_t>(size, 2 * kMostEntry + 2);
    std::string tail(length, '\0');
    for (size_t done = 0; done < length;) {
        const ssize_t got = ::pread(file, tail.data() + done, length - done, off_t(size - length + done));
        if (got <= 0 && errno != EINTR)
            return failure(ErrorCode::FileUnreadable, {path.string(), std::strerror(errno)});
        done += got > 0 ? size_t(got) : 0;
    }
    return tail;
}

/// All of it or nothing: what a full disk took half of is taken away again.
Result<void> writeWhole(int file, uint64_t size, std::string_view bytes, const std::filesystem::path &path)
{
    for (size_t done = 0; done < bytes.size();) {
        const ssize_t put = ::write(file, bytes.data() + done, bytes.size() - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0) {
            const auto error = unwritable(path);
            if (::ftruncate(file, off_t(size)) != 0)
                return unwritable(path);
            return error;
        }
        done += size_t(put);
    }
    return ::fsync(file) == 0 ? Result<void>() : unwritable(path);
}

void syncFolder(const std::filesystem::path &path)
{
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

/// Where the log stands.
struct End
{
    uint64_t size = 0;             ///< of whole lines
    std::optional<AuditEntry> last; ///< nothing: there is no entry
    std::string torn;
};

std::optional<AuditHead> headBeside(const std::filesystem::path &path)
{
    const auto text = readWholeFile(path.string() + ".head", 4096);
    return text ? auditHeadFrom(*text) : std::nullopt;
}

Result<End> endOf(int file, const std::filesystem::path &path)
{
    struct stat status{};
    if (::fstat(file, &status) != 0)
        return unwritable(path);
    End end{uint64_t(status.st_size), {}, {}};
    const auto tail = readTail(file, end.size, path);
    if (!tail)
        return tl::unexpected(tail.error());
    const size_t lineEnd = tail->rfind('\n');
    const size_t whole = lineEnd == std::string::npos ? 0 : lineEnd + 1;
    end.torn = tail->substr(whole);
    end.size -= end.torn.size();
    const auto head = headBeside(path);
    const auto broken = [&](int64_t entry, const char *what) { return failure(ErrorCode::AuditBroken, {path.string(), std::to_string(entry), what}); };
    const int64_t known = head ? head->entries : 0;
    if (whole == 0)
        return known == 0 && end.size == 0 ? Result<End>(end) : broken(0, ASSAY_TEXT("Reason", "is missing: the end was cut off"));
    const size_t before = whole >= 2 ? tail->rfind('\n', whole - 2) : std::string::npos;
    const size_t begin = before == std::string::npos ? 0 : before + 1;
    auto last = intactAuditEntry(std::string_view(*tail).substr(begin, whole - 1 - begin));
    if (!last)
        return broken(std::max<int64_t>(known - 1, 0), ASSAY_TEXT("Reason", "was changed"));
    if (last->number + 1 < known)
        return broken(last->number + 1, ASSAY_TEXT("Reason", "is missing: the end was cut off"));
    if (last->number + 1 == known && last->hash != head->hash)
        return broken(last->number, ASSAY_TEXT("Reason", "does not follow the one before it: it was replaced or put in"));
    end.last = std::move(last);
    return end;
}

/// Half a line goes to FILE.torn, and only then out of the log.
Result<void> setAside(int file, const End &end, const std::filesystem::path &path)
{
    const std::filesystem::path torn = path.string() + ".torn";
    const LockedFile aside(torn, O_WRONLY | O_APPEND | O_CREAT);
    if (aside.get() < 0)
        return unwritable(torn);
    if (auto written = writeWhole(aside.get(), 0, end.torn + "\n", torn); !written)
        return written;
    return ::ftruncate(file, off_t(end.size)) == 0 && ::fsync(file) == 0 ? Result<void>() : unwritable(path);
}

/// Entries one behind the other.
class Chain
{
public:
    Chain(std::optional<AuditEntry> last, std::string at) : m_last(std::move(last)), m_at(std::move(at)) {}
    void add(AuditNote note)
    {
        AuditEntry entry{m_last ? m_last->number + 1 : 0, m_at, std::move(note.who), std::move(note.kind), std::move(note.what), std::move(note.details),
                         m_last ? m_last->hash : std::string(64, '0'), {}};
        // As it will be read: a text that is no UTF-8 is written as what JSON can hold.
        entry = AuditEntry{entry.number, validUtf8(entry.at), validUtf8(entry.who), validUtf8(entry.kind), validUtf8(entry.what), entry.details, entry.previous, {}};
        entry.hash = auditHash(entry);
        const std::string line = auditLine(entry);
        m_tooLong = m_tooLong || line.size() > kMostEntry;
        m_bytes += line;
        m_last = std::move(entry);
    }
    bool tooLong() const { return m_tooLong; }
    const std::string &bytes() const { return m_bytes; }
    const AuditEntry &last() const { return *m_last; }

private:
    std::optional<AuditEntry> m_last;
    std::string m_at, m_bytes;
    bool m_tooLong = false;
};

} // namespace

Result<AuditAppended> appendAudit(const std::filesystem::path &path, const AuditNote &note, int64_t now)
{
    const LockedFile file(path, O_RDWR | O_APPEND | O_CREAT);
    if (file.get() < 0)
        return unwritable(path);
    auto end = endOf(file.get(), path);
    if (!end)
        return tl::unexpected(end.error());
    AuditAppended out;
    Chain chain(end->last, utcText(now));
    if (!end->last)
        chain.add({note.who, "opened", "the log begins", {{"format", "assay-audit/1"}}});
    if (!end->torn.empty()) {
        if (auto aside = setAside(file.get(), *end, path); !aside)
            return tl::unexpected(aside.error());
        const Told told{ASSAY_TEXT("Identity", "half an entry of %1 bytes, which was not written to its end, was set aside"), {std::to_string(end->torn.size())}};
        chain.add({note.who, "recovered", told.sentence(), {{"bytes", end->torn.size()}, {"sha256", sha256(end->torn)}}});
        out.told.push_back(told);
    }
    if (end->last && utcText(now) < end->last->at) {
        const Told told{ASSAY_TEXT("Identity", "the clock went back from %1 to %2"), {end->last->at, utcText(now)}};
        chain.add({note.who, "clock", told.sentence(), {{"from", end->last->at}, {"to", utcText(now)}}});
        out.told.push_back(told);
    }
    chain.add(note);
    if (chain.tooLong())
        return failure(ErrorCode::FileUnwritable, {path.string(), "an entry is longer than 64 KiB"});
    if (auto written = writeWhole(file.get(), end->size, chain.bytes(), path); !written)
        return tl::unexpected(written.error());
    if (!end->last)
        syncFolder(path);
    out.entry = chain.last();
    const json head{{"entries", out.entry.number + 1}, {"hash", out.entry.hash}};
    if (auto written = writeFileAtomically(path.string() + ".head", std::string_view(head.dump() + "\n")); !written)
        return tl::unexpected(written.error());
    return out;
}

} // namespace assay
