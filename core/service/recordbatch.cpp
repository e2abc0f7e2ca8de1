// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/recordbatch.h"

#include <cstdint>
#include <optional>

namespace assay {
namespace {

/// Takes a length off the front; nothing when it does not end or is none.
std::optional<uint64_t> takeLength(std::string_view &body)
{
    uint64_t length = 0;
    for (size_t i = 0; i < body.size() && i < 9; ++i) {
        const auto byte = uint8_t(body[i]);
        length |= uint64_t(byte & 0x7f) << (7 * i);
        if (byte < 0x80) {
            body.remove_prefix(i + 1);
            return length;
        }
    }
    return std::nullopt;
}

} // namespace

std::string joinRecords(const std::vector<std::string> &records)
{
    std::string body;
    for (const std::string &record : records) {
        uint64_t length = record.size();
        for (; length >= 0x80; length >>= 7)
            body += char(uint8_t(length) | 0x80);
        body += char(length);
        body += record;
    }
    return body;
}

Result<void> splitRecords(std::string_view body, const std::function<void(std::string_view)> &record)
{
    while (!body.empty()) {
        const std::optional<uint64_t> length = takeLength(body);
        if (!length || *length > body.size())
            return failure(ErrorCode::StoreDamaged, {"the record", "its length"});
        record(body.substr(0, size_t(*length)));
        body.remove_prefix(size_t(*length));
    }
    return {};
}

} // namespace assay
