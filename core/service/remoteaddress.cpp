// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/remoteaddress.h"

#include "core/format/htmllisting.h"

#include <algorithm>
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

Url parsed(const std::string &text)
{
    Url url(curl_url());
    if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        url.reset();
    return url;
}

std::string part(const Url &url, CURLUPart which, unsigned int flags = 0)
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

std::string origin(const Url &url)
{
    const std::string port = part(url, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT);
    return lower(part(url, CURLUPART_SCHEME)) + "://" + lower(part(url, CURLUPART_HOST))
           + (port.empty() ? port : ":" + port);
}

} // namespace

bool looksLikeAddress(std::string_view subject)
{
    const size_t end = subject.find("://");
    return end != std::string_view::npos && end > 0
           && std::all_of(subject.begin(), subject.begin() + std::ptrdiff_t(end),
                          [](unsigned char c) { return std::isalnum(c) || c == '+' || c == '-' || c == '.'; });
}

std::string urlEncoded(std::string_view part)
{
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : part) {
        if (std::isalnum(c) || std::string_view("-._~+@=,:").find(char(c)) != std::string_view::npos)
            out += char(c);
        else
            out.append({'%', kDigits[c >> 4], kDigits[c & 15]});
    }
    return out;
}

std::string RemoteAddress::url() const
{
    std::string out = origin;
    for (const std::string &one : parts)
        out += "/" + urlEncoded(one);
    return out;
}

Result<RemoteAddress> parseAddress(const std::string &text)
{
    const Url url = parsed(text);
    const std::string scheme = url ? lower(part(url, CURLUPART_SCHEME)) : std::string();
    if (!url || part(url, CURLUPART_HOST).empty())
        return failure(ErrorCode::UrlInvalid, {text, ASSAY_TEXT("Reason", "it cannot be taken apart")});
    if (scheme != "http" && scheme != "https")
        return failure(ErrorCode::UrlInvalid, {text, ASSAY_TEXT("Reason", "only http and https are known")});
    if (!part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty())
        return failure(ErrorCode::UrlInvalid,
                       {originOf(text), ASSAY_TEXT("Reason", "it holds a password, which would be shown and saved")});
    RemoteAddress address;
    address.origin = origin(url);
    const std::string query = part(url, CURLUPART_QUERY);
    address.query = query.empty() ? query : "?" + query;
    const std::string path = part(url, CURLUPART_PATH);
    for (size_t from = 0; from < path.size();) {
        const size_t slash = std::min(path.find('/', from), path.size());
        const auto decoded = percentDecoded(std::string_view(path).substr(from, slash - from));
        if (!decoded)
            return failure(ErrorCode::UrlInvalid, {text, ASSAY_TEXT("Reason", "it cannot be taken apart")});
        if (!decoded->empty())
            address.parts.push_back(*decoded);
        from = slash + 1;
    }
    return address;
}

std::string originOf(const std::string &text)
{
    const Url url = parsed(text);
    return url ? origin(url) : std::string();
}

bool isLoopback(const std::string &text)
{
    const Url url = parsed(text);
    const std::string host = url ? lower(part(url, CURLUPART_HOST)) : std::string();
    return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

std::optional<HubPlace> hubPlace(const RemoteAddress &address)
{
    const auto &parts = address.parts;
    if (parts.size() < 2)
        return std::nullopt;
    HubPlace place;
    place.repository = parts[0] + "/" + parts[1];
    if (parts.size() == 2)
        return place;
    const bool tree = parts[2] == "tree";
    if ((!tree && parts[2] != "blob" && parts[2] != "resolve") || parts.size() < (tree ? 4 : 5))
        return std::nullopt;
    place.certain = true;
    place.revision = parts[3];
    place.folder.assign(parts.begin() + 4, parts.end());
    if (!tree) {
        place.file = place.folder.back();
        place.folder.pop_back();
    }
    return place;
}

} // namespace assay
