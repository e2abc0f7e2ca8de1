// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/urlparts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <curl/curl.h>
#include <memory>

namespace assay {
namespace {

struct FreeUrl
{
    void operator()(CURLU *url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

std::string part(const Url &url, CURLUPart which, unsigned flags = 0)
{
    char *text = nullptr;
    if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK)
        return {};
    std::string out(text);
    curl_free(text);
    return out;
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return text;
}

/// Whether a member of the query is named as keys are: people copy addresses with their keys.
bool holdsKey(std::string_view query)
{
    static constexpr std::array<std::string_view, 8> kNames{"key", "api_key", "api-key", "apikey", "token", "access_token", "access-token", "subscription-key"};
    while (!query.empty()) {
        const std::string_view member = query.substr(0, query.find('&'));
        std::string name(member.substr(0, member.find('=')));
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return char(std::tolower(c)); });
        if (member.size() > name.size() + 1 && std::ranges::find(kNames, name) != kNames.end())
            return true;
        query.remove_prefix(std::min(member.size() + 1, query.size()));
    }
    return false;
}

} // namespace

std::string UrlParts::origin() const
{
    return scheme + "://" + host + (usualPort ? std::string() : ":" + port);
}

std::optional<UrlParts> urlParts(const std::string &text)
{
    const Url url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        return std::nullopt;
    UrlParts parts;
    parts.scheme = lower(part(url, CURLUPART_SCHEME));
    parts.host = lower(part(url, CURLUPART_HOST));
    parts.port = part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    parts.usualPort = part(url, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT).empty();
    parts.path = part(url, CURLUPART_PATH);
    parts.query = part(url, CURLUPART_QUERY);
    parts.holdsPassword = !part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty();
    return parts.host.empty() ? std::nullopt : std::optional(std::move(parts));
}

Result<UrlParts> enteredUrl(const std::string &url)
{
    auto parts = urlParts(url);
    if (!parts)
        return failure(ErrorCode::UrlInvalid, {url, ASSAY_TEXT("Reason", "it cannot be taken apart")});
    if (parts->holdsPassword)
        return failure(ErrorCode::UrlInvalid,
                       {parts->origin(), ASSAY_TEXT("Reason", "it holds a password, which would be shown and saved")});
    if (holdsKey(parts->query))
        return failure(ErrorCode::UrlInvalid, {parts->origin(), ASSAY_TEXT("Reason", "it holds a key, which would be shown and saved")});
    if (parts->scheme != "http" && parts->scheme != "https")
        return failure(ErrorCode::UrlInvalid, {url, ASSAY_TEXT("Reason", "only http and https are known")});
    return std::move(*parts);
}

std::string percentEncoded(std::string_view text, std::string_view kept)
{
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : text) {
        const bool plain = c < 0x80 && std::isalnum(c) != 0;
        if (plain || std::string_view("-._~").find(char(c)) != std::string_view::npos || kept.find(char(c)) != std::string_view::npos)
            out += char(c);
        else
            out.append({'%', kDigits[c >> 4], kDigits[c & 15]});
    }
    return out;
}

} // namespace assay
