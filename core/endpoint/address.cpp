// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/address.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <curl/curl.h>
#include <memory>
#include <vector>

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
    if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        url.reset();
    return url;
}

std::string part(const Url &url, CURLUPart which, unsigned flags = 0)
{
    char *text = nullptr;
    if (!url || curl_url_get(url.get(), which, &text, flags) != CURLUE_OK)
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
    const std::string host = lower(part(url, CURLUPART_HOST));
    return host.empty() ? host
                        : lower(part(url, CURLUPART_SCHEME)) + "://" + host + ":" + part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

std::vector<std::string> segments(std::string_view path)
{
    std::vector<std::string> out;
    while (!path.empty()) {
        const size_t slash = std::min(path.find('/'), path.size());
        if (slash > 0)
            out.emplace_back(path.substr(0, slash));
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return out;
}

/// "v1", "v4", "v1beta".
bool isVersion(const std::string &segment)
{
    return segment.size() >= 2 && segment[0] == 'v' && std::isdigit(static_cast<unsigned char>(segment[1])) != 0;
}

std::string encoded(std::string_view text)
{
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : text) {
        if (std::isalnum(c) != 0 || std::string_view("-._~").find(char(c)) != std::string_view::npos)
            out += char(c);
        else
            out.append({'%', kDigits[c >> 4], kDigits[c & 15]});
    }
    return out;
}

/// How many segments at the end of what was entered are the first ones of the path.
size_t overlap(const std::vector<std::string> &entered, const std::vector<std::string> &path)
{
    for (size_t count = std::min(entered.size(), path.size()); count > 0; --count)
        if (std::equal(
                path.begin(), path.begin() + std::ptrdiff_t(count), entered.end() - std::ptrdiff_t(count),
                [](const std::string &wanted, const std::string &there) { return wanted == "{model}" || wanted == there; }))
            return count;
    return 0;
}

std::string joined(std::vector<std::string> entered, std::vector<std::string> path, std::string_view model)
{
    size_t same = overlap(entered, path);
    if (same == 0 && !path.empty() && isVersion(path.front())) {
        same = std::any_of(entered.begin(), entered.end(), isVersion) ? 1 : 0; // a version of its own stands there
    } else if (same == 0 && !entered.empty() && isVersion(entered.back())) {
        entered.pop_back(); // a path from the root, beside the versioned ones
    }
    entered.insert(entered.end(), path.begin() + std::ptrdiff_t(same), path.end());
    std::string out;
    for (const std::string &segment : entered)
        out += "/" + (segment == "{model}" ? encoded(model) : segment);
    return out.empty() ? "/" : out;
}

} // namespace

Result<std::string> endpointAddress(const std::string &entered, std::string_view path, std::string_view model)
{
    const auto invalid = [&](const char *reason) { return failure(ErrorCode::UrlInvalid, {endpointOrigin(entered), reason}); };
    if (std::any_of(entered.begin(), entered.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7F; }))
        return failure(ErrorCode::UrlInvalid, {entered, ASSAY_TEXT("Reason", "it cannot be taken apart")});
    const Url url = parsed(entered);
    const std::string scheme = lower(part(url, CURLUPART_SCHEME));
    if (!url || part(url, CURLUPART_HOST).empty())
        return failure(ErrorCode::UrlInvalid, {entered, ASSAY_TEXT("Reason", "it cannot be taken apart")});
    if (!part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty())
        return invalid(ASSAY_TEXT("Reason", "it holds a password, which would be shown and saved"));
    if (scheme != "http" && scheme != "https")
        return failure(ErrorCode::UrlInvalid, {entered, ASSAY_TEXT("Reason", "only http and https are known")});
    const size_t question = std::min(path.find('?'), path.size());
    std::string query = part(url, CURLUPART_QUERY);
    if (query.empty() && question < path.size())
        query = path.substr(question + 1);
    const std::string whole = joined(segments(part(url, CURLUPART_PATH)), segments(path.substr(0, question)), model);
    return origin(url) + whole + (query.empty() ? query : "?" + query);
}

std::string endpointOrigin(const std::string &url)
{
    return origin(parsed(url));
}

bool leadsToThisMachine(const std::string &url)
{
    const std::string host = lower(part(parsed(url), CURLUPART_HOST));
    return host == "localhost" || host.ends_with(".localhost") || host == "[::1]" || host == "::1" || host.starts_with("127.");
}

bool needsLookUp(const std::string &url)
{
    const std::string host = part(parsed(url), CURLUPART_HOST);
    in_addr four{};
    return !leadsToThisMachine(url) && !host.starts_with('[') && inet_pton(AF_INET, host.c_str(), &four) != 1;
}

} // namespace assay
