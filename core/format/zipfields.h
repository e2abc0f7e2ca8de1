// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace assay {

/// Little-endian numbers at places of a record; 0 beyond its end.
class ZipFields
{
public:
    explicit ZipFields(std::string_view record) : m_record(record) {}
    uint16_t u16(size_t at) const { return uint16_t(number(at, 2)); }
    uint32_t u32(size_t at) const { return uint32_t(number(at, 4)); }
    uint64_t u64(size_t at) const { return number(at, 8); }

private:
    uint64_t number(size_t at, size_t bytes) const
    {
        uint64_t out = 0;
        for (size_t i = 0; i < bytes && at + i < m_record.size(); ++i)
            out |= uint64_t(static_cast<unsigned char>(m_record[at + i])) << (8 * i);
        return out;
    }
    std::string_view m_record;
};

/// Takes the wide values of the extra field 0x0001 for those that did not fit into 32 bits, in their order.
inline void readZip64(std::string_view extra, std::initializer_list<uint64_t *> values)
{
    constexpr uint64_t kElsewhere = 0xffffffff;
    while (extra.size() >= 4) {
        const ZipFields fields(extra);
        const size_t bytes = fields.u16(2);
        if (fields.u16(0) == 1) {
            const ZipFields wide(extra.substr(4, bytes));
            size_t at = 0;
            for (uint64_t *value : values) {
                if (*value == kElsewhere && at + 8 <= bytes) {
                    *value = wide.u64(at);
                    at += 8;
                }
            }
            return;
        }
        extra.remove_prefix(extra.size() < 4 + bytes ? extra.size() : 4 + bytes);
    }
}

} // namespace assay
