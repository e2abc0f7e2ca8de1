// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/protocol/base64.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace assay::protocol {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<int8_t, 256> valuesOfLetters()
{
    std::array<int8_t, 256> out{};
    out.fill(-1);
    for (size_t i = 0; i < kAlphabet.size(); ++i)
        out[uint8_t(kAlphabet[i])] = int8_t(i);
    return out;
}

constexpr std::array<int8_t, 256> kValues = valuesOfLetters();

tl::unexpected<Error> damaged()
{
    return failure(ErrorCode::ProtocolViolation, {"the data is not base64"});
}

} // namespace

std::string toBase64(std::span<const std::byte> bytes)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (size_t at = 0; at < bytes.size(); at += 3) {
        const size_t count = std::min<size_t>(3, bytes.size() - at);
        uint32_t group = 0;
        for (size_t i = 0; i < 3; ++i)
            group = group << 8 | (i < count ? uint32_t(bytes[at + i]) : 0);
        for (size_t i = 0; i < 4; ++i)
            out += i <= count ? kAlphabet[group >> (18 - 6 * i) & 63] : '=';
    }
    return out;
}

Result<std::vector<std::byte>> fromBase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return damaged();
    std::vector<std::byte> out;
    out.reserve(text.size() / 4 * 3);
    for (size_t at = 0; at < text.size(); at += 4) {
        const bool last = at + 4 == text.size();
        const size_t padding = !last || text[at + 3] != '=' ? 0 : text[at + 2] == '=' ? 2 : 1;
        uint32_t group = 0;
        for (size_t i = 0; i < 4; ++i) {
            const int value = i >= 4 - padding ? 0 : kValues[uint8_t(text[at + i])];
            if (value < 0)
                return damaged();
            group = group << 6 | uint32_t(value);
        }
        // Bits under the padding must be zero: one text for one sequence of bytes.
        if ((group & ((1u << (8 * padding)) - 1)) != 0)
            return damaged();
        for (size_t i = 0; i < 3 - padding; ++i)
            out.push_back(std::byte(group >> (16 - 8 * i) & 255));
    }
    return out;
}

} // namespace assay::protocol
