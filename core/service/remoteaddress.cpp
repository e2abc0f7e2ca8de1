// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/remoteaddress.h"

#include "core/endpoint/urlparts.h"
#include "core/format/htmllisting.h"

#include <algorithm>
#include <cctype>

namespace assay {

bool looksLikeAddress(std::string_view subject)
{
    const size_t end = subject.find("://");
    return end != std::string_view::npos && end > 0
           && std::all_of(subject.begin(), subject.begin() + std::ptrdiff_t(end),
                          [](unsigned char c) { return std::isalnum(c) || c == '+' || c == '-' || c == '.'; });
}

std::string urlEncoded(std::string_view part)
{
    return percentEncoded(part, "+@=,:");
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
    const Result<UrlParts> url = enteredUrl(text);
    if (!url)
        return tl::unexpected(url.error());
    RemoteAddress address;
    address.origin = url->origin();
    address.query = url->query.empty() ? std::string() : "?" + url->query;
    const std::string &path = url->path;
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
    const std::optional<UrlParts> url = urlParts(text);
    return url ? url->origin() : std::string();
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
