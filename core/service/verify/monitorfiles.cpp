// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/monitorfiles.h"

#include "core/base/file.h"
#include "core/base/hash.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace assay {

namespace {

constexpr uint64_t kMostHistory = uint64_t(1) << 30, kMostBaseline = uint64_t(64) << 20;

tl::unexpected<Error> unwritable(const std::string &path, const char *why)
{
    return failure(errno == ENOSPC ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, {path, why});
}

/// What the log says of the baseline: the hashes of its last two versions, since a crash may leave the one before the last.
std::vector<std::string> baselineHashes(const AuditReport &report)
{
    std::vector<std::string> out;
    for (auto entry = report.entries.rbegin(); entry != report.entries.rend() && out.size() < 2; ++entry) {
        if (entry->kind == "baseline" && entry->details.is_object() && entry->details.contains("sha256") && entry->details["sha256"].is_string())
            out.push_back(entry->details["sha256"]);
    }
    return out;
}

bool isAudited(const AuditReport &report, const WatchRecord &record)
{
    const std::string hash = sha256(recordLine(record));
    return std::any_of(report.entries.rbegin(), report.entries.rend(), [&](const AuditEntry &entry) {
        return entry.details.is_object() && entry.details.contains("record") && entry.details["record"] == hash;
    });
}

} // namespace

Result<HistoryFile> HistoryFile::open(const std::string &path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return unwritable(path, std::strerror(errno));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return failure(ErrorCode::FileUnwritable, {path, ASSAY_TEXT("Reason", "another monitor is running with it")});
    }
    return HistoryFile(path, descriptor);
}

HistoryFile::HistoryFile(HistoryFile &&other) noexcept : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1)) {}

HistoryFile::~HistoryFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<WatchHistory> HistoryFile::read()
{
    const auto text = readWholeFile(m_path, kMostHistory);
    if (!text)
        return tl::unexpected(text.error());
    if (!text->empty() && text->back() != '\n') {
        if (auto ended = add("\n"); !ended)
            return tl::unexpected(ended.error());
    }
    return readWatchHistory(*text);
}

Result<void> HistoryFile::add(const std::string &line)
{
    for (size_t done = 0; done < line.size();) {
        const ssize_t put = ::write(m_descriptor, line.data() + done, line.size() - done);
        if (put <= 0 && errno != EINTR)
            return unwritable(m_path, std::strerror(errno));
        done += put > 0 ? size_t(put) : 0;
    }
    return ::fsync(m_descriptor) == 0 ? Result<void>() : unwritable(m_path, std::strerror(errno));
}

Result<MonitorState> readMonitorState(const WatchFile &file, HistoryFile &history)
{
    MonitorState state;
    auto records = history.read();
    if (!records)
        return tl::unexpected(records.error());
    state.history = std::move(*records);
    if (state.history.unreadable > 0)
        state.told.push_back({ASSAY_TEXT("Identity", "%1 {1:line|lines} of the history cannot be read and {1:counts|count} for nothing"), {std::to_string(state.history.unreadable)}});
    AuditReport report;
    std::error_code ignored;
    if (std::filesystem::exists(file.audit, ignored)) {
        auto read = verifyAudit(file.audit);
        if (!read)
            return tl::unexpected(read.error());
        report = std::move(*read);
    }
    state.lastIsAudited = state.history.records.empty() || isAudited(report, state.history.records.back());
    const auto hashes = baselineHashes(report);
    if (!std::filesystem::exists(file.baseline, ignored)) {
        if (!hashes.empty())
            state.told.push_back({ASSAY_TEXT("Identity", "the baseline is missing and is made anew from the history"), {}});
        return state;
    }
    const auto text = readWholeFile(file.baseline, kMostBaseline);
    if (!text)
        return tl::unexpected(text.error());
    auto baseline = readWatchBaseline(*text, file.baseline);
    if (!baseline)
        return tl::unexpected(baseline.error());
    if (!hashes.empty() && std::ranges::find(hashes, sha256(*text)) == hashes.end())
        return failure(ErrorCode::MonitorDamaged, {file.baseline, ASSAY_TEXT("Reason", "it is not the baseline whose hash the audit log has")});
    state.baseline = std::move(*baseline);
    return state;
}

} // namespace assay
