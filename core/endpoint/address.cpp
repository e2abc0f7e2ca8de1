// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/address.h"

#include "core/endpoint/urlparts.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <optional>
#include <vector>

namespace assay {
namespace {

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
        out += "/" + (segment == "{model}" ? percentEncoded(model) : segment);
    return out.empty() ? "/" : out;
}

/// Whether a host is a number that leads to this machine; "127.example.com" is a name.
bool isLoopbackNumber(const std::string &host)
{
    in_addr four{};
    return host == "[::1]" || (host.starts_with("127.") && inet_pton(AF_INET, host.c_str(), &four) == 1);
}

} // namespace

Result<std::string> endpointAddress(const std::string &entered, std::string_view path, std::string_view model)
{
    if (std::any_of(entered.begin(), entered.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7F; }))
        return failure(ErrorCode::UrlInvalid, {entered, ASSAY_TEXT("Reason", "it cannot be taken apart")});
    const Result<UrlParts> url = enteredUrl(entered);
    if (!url)
        return tl::unexpected(url.error());
    const size_t question = std::min(path.find('?'), path.size());
    std::string query = url->query;
    if (query.empty() && question < path.size())
        query = path.substr(question + 1);
    const std::string whole = joined(segments(url->path), segments(path.substr(0, question)), model);
    return endpointOrigin(entered) + whole + (query.empty() ? query : "?" + query);
}

std::string endpointOrigin(const std::string &url)
{
    const std::optional<UrlParts> parts = urlParts(url);
    return parts ? parts->scheme + "://" + parts->host + ":" + parts->port : std::string();
}

bool leadsToThisMachine(const std::string &url)
{
    const std::optional<UrlParts> parts = urlParts(url);
    return parts && (parts->host == "localhost" || parts->host.ends_with(".localhost") || isLoopbackNumber(parts->host));
}

bool needsLookUp(const std::string &url)
{
    const std::optional<UrlParts> parts = urlParts(url);
    in_addr four{};
    return parts && !leadsToThisMachine(url) && !parts->host.starts_with('[') && inet_pton(AF_INET, parts->host.c_str(), &four) != 1;
}

} // namespace assay
