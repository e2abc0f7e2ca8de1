// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/httpclient.h"

#include <array>
#include <curl/curl.h>
#include <memory>

namespace assay {

/// One GET under way in libcurl.
class HttpTransfer
{
public:
    HttpTransfer(const HttpRequest &request, const HttpSettings &settings);
    HttpTransfer(const HttpTransfer &) = delete;
    HttpTransfer &operator=(const HttpTransfer &) = delete;

    CURL *handle() const { return m_easy.get(); }
    /// What came of it, once libcurl says that it is over.
    Result<HttpAnswer> answer(CURLcode code);
    const std::string &url() const { return m_request.url; }
    /// Bytes, of headers too, that have come since the last call.
    uint64_t receivedSince();
    uint64_t requests() const; ///< with those that redirects led to

private:
    struct Free
    {
        void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
        void operator()(curl_slist *list) const { curl_slist_free_all(list); }
    };
    static size_t writeBody(char *data, size_t size, size_t count, void *self);
    static size_t writeHeader(char *data, size_t size, size_t count, void *self);
    static int watch(void *self, curl_off_t, curl_off_t received, curl_off_t, curl_off_t);
    void setOptions(const HttpSettings &settings);
    void setToken(const HttpSettings &settings);
    void takeHeader(std::string_view line);

    HttpRequest m_request;
    HttpAnswer m_answer;
    size_t m_headerBytes = 0;
    uint64_t m_received = 0;
    TokenUse m_token = TokenUse::None;
    long m_redirects = 0;
    std::array<char, CURL_ERROR_SIZE> m_reason{};
    std::unique_ptr<CURL, Free> m_easy;
    std::unique_ptr<curl_slist, Free> m_headers;
};

/// Whether the server, or what is between, hung up in the middle: it may answer when it is asked again.
bool connectionLost(CURLcode code);

} // namespace assay
