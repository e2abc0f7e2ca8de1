// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/httpclient.h"

#include <map>

namespace assay {

/// One file on a server, read by ranges. What was read from near its start is kept, so that a header is asked for once.
class RemoteFile final : public ByteSource
{
public:
    /// What is asked for first: as much as the readers of headers want at once, and of 163 shards still little.
    static constexpr uint64_t kFirstBytes = 64 * 1024;
    /// A file of at most this size may come as a whole, from servers that know no ranges.
    static constexpr uint64_t kWholeLimit = 1'000'000;

    /// The request that begins a file, and the file that its answer gives. Errors: FileMissing (404, 410, a page),
    /// those of refusal(), ServerWithoutRanges, ServerLied.
    static HttpRequest firstRequest(const std::string &url);
    static Result<std::shared_ptr<const RemoteFile>> begin(std::shared_ptr<const HttpClient> client, std::string url,
                                                           HttpAnswer answer);

    std::string label() const override { return m_url; }
    uint64_t size() const override { return m_size; }
    Result<void> readAt(uint64_t offset, std::span<std::byte> buffer) const override;

    /// The request for the rest of a header that these first bytes announce; nothing when it is here or not told.
    std::optional<HttpRequest> restOfHeader() const;
    /// Takes the answer to such a request in. Errors: those of refusal(), ServerWithoutRanges, ServerLied.
    Result<void> take(const HttpRequest &request, HttpAnswer answer) const;

private:
    RemoteFile(std::shared_ptr<const HttpClient> client, std::string url);
    HttpRequest request(uint64_t offset, uint64_t bytes) const;
    /// Copies what is kept from here on; how much it was.
    size_t copyKept(uint64_t offset, std::span<std::byte> buffer) const;
    /// How much to ask for where `bytes` are wanted: more when the file is read on from what is kept.
    uint64_t readAhead(uint64_t offset, uint64_t bytes) const;
    void keep(uint64_t offset, std::string bytes) const;

    std::shared_ptr<const HttpClient> m_client;
    std::string m_url, m_etag;
    uint64_t m_size = 0;
    mutable std::mutex m_mutex;
    mutable std::map<uint64_t, std::string> m_kept; ///< by offset, without overlap
    mutable uint64_t m_keptBytes = 0;
};

/// The error of an answer that is neither 200 nor 206: ServerWantsToken (401, 403), ServerBusy (429, 503), ServerRefused.
Error refusal(const HttpAnswer &answer, const std::string &url);

} // namespace assay
