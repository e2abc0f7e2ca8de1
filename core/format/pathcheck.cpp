// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/pathcheck.h"

#include <algorithm>

namespace assay {

bool leavesItsFolder(std::string_view path)
{
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const bool drive = path.size() > 1 && path[1] == ':' && isLetter(path[0]);
    if (path.empty() || path.front() == '/' || drive || path.find("://") != std::string_view::npos
        || path.find('\\') != std::string_view::npos || path.find('\0') != std::string_view::npos)
        return true;
    for (size_t begin = 0; begin <= path.size();) {
        const size_t end = std::min(path.find('/', begin), path.size());
        if (path.substr(begin, end - begin) == "..")
            return true;
        begin = end + 1;
    }
    return false;
}

} // namespace assay
