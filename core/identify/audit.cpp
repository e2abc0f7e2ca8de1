// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/audit.h"

#include "core/base/file.h"
#include "core/base/hash.h"

#include <algorithm>

namespace assay {

namespace {

using nlohmann::json;

constexpr uint64_t kMostBytes = uint64_t(256) << 20;
constexpr size_t kMostHead = 4096;

json withoutHash(const AuditEntry &entry)
{
    return {{"at", entry.at},     {"details", entry.details},   {"entry", entry.number}, {"kind", entry.kind},
            {"what", entry.what}, {"previous", entry.previous}, {"who", entry.who}};
}

std::string canonical(const json &value)
{
    return value.dump(-1, ' ', true, json::error_handler_t::replace);
}

bool isText(const json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string();
}

/// Nothing for what is no entry; whether it is unaltered is another question.
std::optional<AuditEntry> entryFrom(std::string_view line)
{
    const json read = json::parse(line, nullptr, false);
    if (!read.is_object() || read.size() != 8 || !read.contains("entry") || !read.contains("details") || !read["entry"].is_number_integer())
        return std::nullopt;
    for (const char *name : {"at", "who", "kind", "what", "previous", "hash"}) {
        if (!isText(read, name))
            return std::nullopt;
    }
    return AuditEntry{read["entry"].get<int64_t>(), read["at"], read["who"], read["kind"], read["what"], read["details"], read["previous"], read["hash"]};
}

/// What is wrong with an intact entry that stands where another belongs; later: all lines behind it.
const char *misplacedText(const AuditEntry &found, int64_t belongs, std::string_view later)
{
    if (found.number < belongs)
        return ASSAY_TEXT("Reason", "stands a second time, or was put in");
    for (size_t begin = 0; begin < later.size();) {
        const size_t end = std::min(later.find('\n', begin), later.size());
        const auto entry = entryFrom(later.substr(begin, end - begin));
        if (entry && entry->number == belongs)
            return ASSAY_TEXT("Reason", "was moved behind a later one");
        begin = end + 1;
    }
    return ASSAY_TEXT("Reason", "was taken out");
}

const char *kChanged = ASSAY_TEXT("Reason", "was changed");
const char *kForeign = ASSAY_TEXT("Reason", "does not follow the one before it: it was replaced or put in");
const char *kMissing = ASSAY_TEXT("Reason", "is missing: the end was cut off");

/// Whether an end that was told before is part of the log. A sentence where it is not.
const char *endText(const AuditReport &report, const AuditHead &head, int64_t &entry)
{
    const auto there = int64_t(report.entries.size());
    entry = head.entries - 1;
    if (there < head.entries) {
        entry = there;
        return kMissing;
    }
    return head.entries > 0 && report.entries[size_t(head.entries - 1)].hash != head.hash ? kForeign : nullptr;
}

} // namespace

std::string auditHash(const AuditEntry &entry)
{
    return sha256(entry.previous + "\n" + canonical(withoutHash(entry)));
}

std::string auditLine(const AuditEntry &entry)
{
    json whole = withoutHash(entry);
    whole["hash"] = auditHash(entry);
    return canonical(whole) + "\n";
}

std::optional<AuditEntry> intactAuditEntry(std::string_view line)
{
    auto entry = entryFrom(line);
    if (!entry || auditHash(*entry) != entry->hash)
        return std::nullopt;
    const std::string written = auditLine(*entry);
    return std::string_view(written).substr(0, written.size() - 1) == line ? entry : std::nullopt;
}

std::optional<AuditHead> auditHeadFrom(std::string_view text)
{
    if (text.size() > kMostHead)
        return std::nullopt;
    const json read = json::parse(text, nullptr, false);
    if (!read.is_object() || !read.contains("entries") || !read["entries"].is_number_unsigned() || !isText(read, "hash"))
        return std::nullopt;
    const uint64_t entries = read["entries"];
    if (entries == 0 || entries > uint64_t(1) << 40)
        return std::nullopt;
    return AuditHead{int64_t(entries), read["hash"]};
}

Result<AuditReport> checkAudit(std::string_view text, const std::optional<AuditHead> &head, const std::string &name)
{
    AuditReport report;
    const auto broken = [&](int64_t entry, const char *what) { return failure(ErrorCode::AuditBroken, {name, std::to_string(entry), what}); };
    std::string previous(64, '0');
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = text.find('\n', begin);
        if (end == std::string_view::npos) {
            report.torn = std::string(text.substr(begin));
            break;
        }
        const auto place = int64_t(report.entries.size());
        auto entry = intactAuditEntry(text.substr(begin, end - begin));
        if (!entry)
            return broken(place, kChanged);
        if (entry->number != place)
            return broken(entry->number < place ? entry->number : place, misplacedText(*entry, place, text.substr(end + 1)));
        if (entry->previous != previous)
            return broken(place, kForeign);
        if (!report.entries.empty() && entry->at < report.entries.back().at)
            report.clockWentBack.push_back(place);
        previous = entry->hash;
        report.entries.push_back(std::move(*entry));
        begin = end + 1;
    }
    report.endKnown = head.has_value();
    int64_t entry = 0;
    if (const char *what = head ? endText(report, *head, entry) : nullptr)
        return broken(entry, what);
    return report;
}

Result<AuditReport> verifyAudit(const std::filesystem::path &file, const std::optional<AuditHead> &remembered)
{
    const std::filesystem::path beside = file.string() + ".head";
    std::error_code ignored;
    std::optional<AuditHead> head;
    if (std::filesystem::exists(beside, ignored)) {
        const auto read = readWholeFile(beside, kMostHead);
        head = read ? auditHeadFrom(*read) : std::nullopt;
        if (!head)
            return failure(ErrorCode::AuditBroken, {file.string(), "0", ASSAY_TEXT("Reason", "cannot be told from the last one: the file .head beside it is damaged")});
    }
    // After the head: entries that are written meanwhile may be there or not.
    const auto text = readWholeFile(file, kMostBytes);
    if (!text)
        return tl::unexpected(text.error());
    auto report = checkAudit(*text, head, file.string());
    int64_t entry = 0;
    if (const char *what = report && remembered ? endText(*report, *remembered, entry) : nullptr)
        return failure(ErrorCode::AuditBroken, {file.string(), std::to_string(entry), what});
    if (report && remembered)
        report->endKnown = true;
    return report;
}

} // namespace assay
