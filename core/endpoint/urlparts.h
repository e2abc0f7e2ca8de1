// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <optional>
#include <string>
#include <string_view>

namespace assay {

/// A URL taken apart as the library that asks for it does, so that nobody reads another host in it.
struct UrlParts
{
    std::string scheme, host;  ///< in lower case; an IPv6 address with its brackets
    std::string port;          ///< always told
    bool usualPort = true;     ///< the scheme's own
    std::string path, query;   ///< as they stand there, encoded; the query without its "?"
    bool holdsPassword = false; ///< or a user's name

    /// "https://host", with the port where it is another than the scheme's own.
    std::string origin() const;
};

/// Nothing for what is no URL, or has no host.
std::optional<UrlParts> urlParts(const std::string &url);
/// The same of what a user entered. Error: UrlInvalid (no URL, neither http nor https, a user's name,
/// a password or a key in it).
Result<UrlParts> enteredUrl(const std::string &url);

/// Text as it stands in a part of a path: all but letters, digits, "-._~" and what is `kept` becomes %XX.
std::string percentEncoded(std::string_view text, std::string_view kept = {});

} // namespace assay
