// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/safetensors.h"

#include "core/format/headerparser.h"

namespace assay {

bool looksLikeSafetensors(std::string_view head)
{
    if (head.size() < 9)
        return false;
    uint64_t length = 0;
    for (size_t i = 0; i < 8; ++i)
        length |= uint64_t(static_cast<unsigned char>(head[i])) << (8 * i);
    // Some writers align the object with spaces before it (4a).
    const size_t start = head.find_first_not_of(" \t\r\n", 8);
    return length <= kSafetensorsHeaderLimit && (start == std::string_view::npos || head[start] == '{');
}

Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view json, uint64_t headerBytes, uint64_t fileSize,
                                                 std::shared_ptr<Arena> arena)
{
    return HeaderParser(std::move(arena)).parse(json, headerBytes, fileSize);
}

Result<SafetensorsHeader> readSafetensorsHeader(const ByteSource &file, std::shared_ptr<Arena> arena)
{
    return HeaderParser(std::move(arena)).read(file);
}

} // namespace assay
