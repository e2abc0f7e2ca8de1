// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/remotefile.h"

#include "core/format/safetensors.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace assay {
namespace {

constexpr uint64_t kLargestAhead = 2 * 1024 * 1024; // as hub readers have it for GGUF (inspectors.md, 3)
constexpr uint64_t kSmallest = 16 * 1024;           // a round trip costs more than these bytes
constexpr uint64_t kHeaderLimit = 128'000'000;      // bytes kept from a file's start: the largest header that is read
constexpr uint64_t kPiecesLimit = 32'000'000;       // bytes kept of all else

/// "bytes FIRST-LAST/TOTAL", as far as it is told.
struct ContentRange
{
    std::optional<uint64_t> first, last, total;
};

std::optional<uint64_t> number(std::string_view text)
{
    uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(value) : std::nullopt;
}

ContentRange parseContentRange(std::string_view text)
{
    ContentRange range;
    const size_t slash = text.find('/');
    if (!text.starts_with("bytes ") || slash == std::string_view::npos)
        return range;
    range.total = number(text.substr(slash + 1));
    const std::string_view span = text.substr(6, slash - 6);
    if (const size_t dash = span.find('-'); dash != std::string_view::npos) {
        range.first = number(span.substr(0, dash));
        range.last = number(span.substr(dash + 1));
    }
    return range;
}

/// A weak tag may differ between two machines that serve the same bytes.
bool differ(const std::string &a, const std::string &b)
{
    return !a.empty() && !b.empty() && !a.starts_with("W/") && !b.starts_with("W/") && a != b;
}

tl::unexpected<Error> lied(const std::string &url, const char *reason)
{
    return failure(ErrorCode::ServerLied, {url, reason});
}

/// Holds a partial answer against what was asked; the size of the whole file.
Result<uint64_t> checkRange(const HttpRequest &request, const HttpAnswer &answer)
{
    const ContentRange got = parseContentRange(answer.contentRange);
    const ByteRange &asked = *request.range;
    if (!got.first || !got.last || *got.last < *got.first)
        return lied(request.url, ASSAY_TEXT("Reason", "it does not say which"));
    if (!got.total || *got.total <= *got.last)
        return lied(request.url, ASSAY_TEXT("Reason", "it does not say how large the file is"));
    const uint64_t last = std::min(asked.offset + asked.bytes, *got.total) - 1;
    if (*got.first != asked.offset || *got.last != last)
        return lied(request.url, ASSAY_TEXT("Reason", "another range"));
    if (answer.cut || answer.body.size() != last - asked.offset + 1)
        return lied(request.url, ASSAY_TEXT("Reason", "more or fewer than it says"));
    return *got.total;
}

const char *tokenReason(TokenUse use)
{
    switch (use) {
    case TokenUse::None:
        break;
    case TokenUse::Elsewhere:
        return ASSAY_TEXT("Reason", "the token in HF_TOKEN is for another server: HF_ENDPOINT tells which");
    case TokenUse::Sent:
        return ASSAY_TEXT("Reason", "the token in HF_TOKEN does not change that");
    }
    return ASSAY_TEXT("Reason", "there is no token in HF_TOKEN");
}

} // namespace

Error refusal(const HttpAnswer &answer, const std::string &url)
{
    const std::string status = std::to_string(answer.status);
    if (answer.status == 401 || answer.status == 403)
        return Error{ErrorCode::ServerWantsToken, {url, status, tokenReason(answer.token)}, {}};
    if (answer.status == 429 || answer.status == 503) {
        const std::string later = answer.retryAfter > 0 ? "Retry-After: " + std::to_string(answer.retryAfter) + " s" : std::string();
        return Error{ErrorCode::ServerBusy, {url, status, std::to_string(answer.tries)}, later};
    }
    return Error{ErrorCode::ServerRefused, {url, status}, {}};
}

RemoteFile::RemoteFile(std::shared_ptr<const HttpClient> client, std::string url)
    : m_client(std::move(client)), m_url(std::move(url))
{
}

HttpRequest RemoteFile::firstRequest(const std::string &url)
{
    return {url, ByteRange{0, kFirstBytes}, kWholeLimit};
}

HttpRequest RemoteFile::request(uint64_t offset, uint64_t bytes) const
{
    return {m_url, ByteRange{offset, bytes}, bytes};
}

Result<std::shared_ptr<const RemoteFile>> RemoteFile::begin(std::shared_ptr<const HttpClient> client, std::string url,
                                                            HttpAnswer answer)
{
    std::shared_ptr<RemoteFile> file(new RemoteFile(std::move(client), url));
    file->m_etag = answer.etag;
    // A page in place of a file: a login, or a site that has one for every address.
    const bool page = answer.status == 200 && answer.contentType.starts_with("text/html");
    if (answer.status == 404 || answer.status == 410 || page)
        return failure(ErrorCode::FileMissing, {url});
    if (answer.status == 416 && parseContentRange(answer.contentRange).total == 0)
        return file; // an empty file has no first byte
    if (answer.status == 200) {
        if (answer.cut)
            return failure(ErrorCode::ServerWithoutRanges, {url});
        file->m_size = answer.body.size();
    } else if (answer.status == 206) {
        const auto size = checkRange(firstRequest(url), answer);
        if (!size)
            return tl::unexpected(size.error());
        file->m_size = *size;
    } else {
        return tl::unexpected(refusal(answer, url));
    }
    file->keep(0, std::move(answer.body));
    return file;
}

Result<void> RemoteFile::take(const HttpRequest &request, HttpAnswer answer) const
{
    if (answer.status == 200)
        return failure(ErrorCode::ServerWithoutRanges, {m_url});
    if (answer.status != 206)
        return tl::unexpected(refusal(answer, m_url));
    const auto size = checkRange(request, answer);
    if (!size)
        return tl::unexpected(size.error());
    if (*size != m_size || differ(answer.etag, m_etag))
        return lied(m_url, ASSAY_TEXT("Reason", "the file was changed in between"));
    keep(request.range->offset, std::move(answer.body));
    return {};
}

std::optional<HttpRequest> RemoteFile::restOfHeader() const
{
    const std::lock_guard lock(m_mutex);
    const auto first = m_kept.find(0);
    if (first == m_kept.end() || !looksLikeSafetensors(first->second))
        return std::nullopt;
    uint64_t length = 0;
    for (size_t i = 0; i < 8; ++i)
        length |= uint64_t(static_cast<unsigned char>(first->second[i])) << (8 * i);
    const uint64_t end = 8 + length;
    if (end > m_size || end <= first->second.size())
        return std::nullopt;
    return request(first->second.size(), end - first->second.size());
}

size_t RemoteFile::copyKept(uint64_t offset, std::span<std::byte> buffer) const
{
    const std::lock_guard lock(m_mutex);
    size_t done = 0;
    while (done < buffer.size()) {
        auto piece = m_kept.upper_bound(offset + done);
        if (piece == m_kept.begin())
            break;
        --piece;
        const uint64_t from = offset + done - piece->first;
        if (from >= piece->second.size())
            break;
        const size_t count = size_t(std::min<uint64_t>(piece->second.size() - from, buffer.size() - done));
        std::memcpy(buffer.data() + done, piece->second.data() + from, count);
        done += count;
    }
    return done;
}

uint64_t RemoteFile::readAhead(uint64_t offset, uint64_t bytes) const
{
    const std::lock_guard lock(m_mutex);
    const auto next = m_kept.lower_bound(offset);
    const uint64_t limit = (next == m_kept.end() ? m_size : next->first) - offset;
    uint64_t ahead = std::max(bytes, kSmallest);
    if (next != m_kept.begin() && std::prev(next)->first + std::prev(next)->second.size() == offset)
        ahead = std::max(ahead, std::min(kLargestAhead, offset)); // who reads on is in a header: double it
    return std::min(ahead, limit);
}

void RemoteFile::keep(uint64_t offset, std::string bytes) const
{
    const std::lock_guard lock(m_mutex);
    // Two threads may have asked for the same; the later answer adds nothing.
    const auto next = m_kept.lower_bound(offset);
    const bool before = next != m_kept.begin() && std::prev(next)->first + std::prev(next)->second.size() > offset;
    const bool after = next != m_kept.end() && next->first < offset + bytes.size();
    const bool header = offset == 0 || (next != m_kept.begin() && std::prev(next)->first + std::prev(next)->second.size() == offset);
    if (before || after || bytes.empty() || m_keptBytes + bytes.size() > (header ? kHeaderLimit : kPiecesLimit))
        return;
    m_keptBytes += bytes.size();
    m_kept.emplace(offset, std::move(bytes));
}

Result<void> RemoteFile::readAt(uint64_t offset, std::span<std::byte> buffer) const
{
    if (offset > m_size || buffer.size() > m_size - offset)
        return failure(ErrorCode::FileUnreadable, {m_url, ASSAY_TEXT("Reason", "the file ends too early")},
                       "byte " + std::to_string(m_size));
    for (size_t done = copyKept(offset, buffer); done < buffer.size();) {
        const uint64_t from = offset + done;
        const HttpRequest wanted = request(from, readAhead(from, buffer.size() - done));
        auto answer = m_client->get(wanted);
        if (!answer)
            return tl::unexpected(answer.error());
        const std::string body = answer->body;
        if (auto taken = take(wanted, std::move(*answer)); !taken)
            return taken;
        const size_t count = std::min(body.size(), buffer.size() - done);
        std::memcpy(buffer.data() + done, body.data(), count);
        done += count;
        done += copyKept(offset + done, buffer.subspan(done));
    }
    return {};
}

} // namespace assay
