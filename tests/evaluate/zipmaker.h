// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>
#include <zlib.h>

// Archives made by hand, so that they can be wrong in one thing.

inline void put(std::string &out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        out += i < 8 ? char(value >> (8 * i)) : char(0);
}

struct Member
{
    std::string name, packed;
    uint64_t size = 0;
    uint32_t crc = 0;
    uint16_t method = 0;
};

inline Member stored(const std::string &name, const std::string &text)
{
    return {name, text, text.size(), uint32_t(crc32(0, reinterpret_cast<const Bytef *>(text.data()), uInt(text.size()))), 0};
}

/// An archive of these members, as APPNOTE has it.
inline std::string zipOf(const std::vector<Member> &members)
{
    std::string out, directory;
    for (const Member &member : members) {
        std::string fields;
        put(fields, 20, 2);
        put(fields, 0, 2);
        put(fields, member.method, 2);
        put(fields, 0, 4);
        put(fields, member.crc, 4);
        put(fields, member.packed.size(), 4);
        put(fields, member.size, 4);
        put(fields, member.name.size(), 2);
        put(fields, 0, 2);
        directory += "PK\x01\x02";
        put(directory, 20, 2);
        directory += fields;
        put(directory, 0, 10);
        put(directory, out.size(), 4);
        directory += member.name;
        out += "PK\x03\x04" + fields + member.name + member.packed;
    }
    const uint64_t at = out.size();
    out += directory + "PK\x05\x06";
    put(out, 0, 4);
    put(out, members.size(), 2);
    put(out, members.size(), 2);
    put(out, directory.size(), 4);
    put(out, at, 4);
    put(out, 0, 2);
    return out;
}
