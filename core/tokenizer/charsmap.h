// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// SentencePiece's precompiled_charsmap: character sequences and what they become, in a double array. Layout: its
/// size in bytes (32 bits, smallest byte first), its units (32 bits each; Darts-clone), then the results, each ended
/// by a zero byte. Read by our own code: Debian's libsentencepiece does not offer its normalizer to callers, and
/// trusts the array.
class Charsmap
{
public:
    /// Nothing when the sizes do not fit.
    static std::optional<Charsmap> parse(std::string_view blob);

    /// What the sequences that `text` begins with become: the shortest or the longest of them, and its length.
    std::optional<std::string_view> shortest(std::string_view text) const;
    std::optional<std::string_view> longest(std::string_view text, size_t &length) const;

private:
    template <class F>
    void walk(std::string_view text, F &&seen) const;
    std::optional<std::string_view> resultAt(uint32_t offset) const;

    std::vector<uint32_t> m_units;
    std::string m_results;
};

/// Base64 (RFC 4648) with or without padding; nothing when it is none.
std::optional<std::string> decodedBase64(std::string_view text);

} // namespace assay
