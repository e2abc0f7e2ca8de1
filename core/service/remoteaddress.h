// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <optional>

namespace assay {

/// A subject's address on a server, taken apart.
struct RemoteAddress
{
    std::string origin;             ///< "https://host:port", in lower case
    std::vector<std::string> parts; ///< of the path, decoded; without empty ones
    std::string query;              ///< with its "?", or empty

    /// origin and parts joined again, each part encoded, without a "/" at the end.
    std::string url() const;
};

/// Whether this is an address and not a path: "scheme://...".
bool looksLikeAddress(std::string_view subject);
/// Errors: UrlInvalid (not http or https, no host, a password in it).
Result<RemoteAddress> parseAddress(const std::string &url);
/// "https://host:port" of a URL; empty when it has none.
std::string originOf(const std::string &url);
/// A part of a path as it stands in a URL.
std::string urlEncoded(std::string_view part);

/// A place in a repository of a hub: HOST/org/name, HOST/org/name/tree/REVISION/FOLDER,
/// HOST/org/name/blob/REVISION/FILE (or resolve).
struct HubPlace
{
    std::string repository; ///< "org/name"
    std::string revision = "main";
    std::vector<std::string> folder; ///< inside the repository
    std::string file;                ///< empty for a folder
    bool certain = false;            ///< told by tree, blob or resolve; else any two folders look like this
};
std::optional<HubPlace> hubPlace(const RemoteAddress &address);

} // namespace assay
