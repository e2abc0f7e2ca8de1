// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// "%20" and the like turned back; nothing when an escape is broken or stands for a zero byte.
std::optional<std::string> percentDecoded(std::string_view text);

/// Whether this can be the name of a file in a folder: no path, nothing that leads elsewhere, no control character.
bool isPlainName(std::string_view name);

/// The names of the files that a web server's page about a folder links to (python3 -m http.server, nginx, Apache):
/// only links to plain names in that very folder, sorted, each once, at most 10,000. `folderPath` is the folder's own
/// path in the address, encoded, as links with a leading "/" begin.
std::vector<std::string> namesInListing(std::string_view html, std::string_view folderPath);

} // namespace assay
