// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

namespace assay {

/// Walks over a GGUF header in a window of bounded size. The first failure sticks: from then on every read gives
/// zero, so that a caller may check once after several reads.
class GgufCursor
{
public:
    explicit GgufCursor(const ByteSource &file) : m_file(file) {}

    /// Numbers are swapped from here on: the file has the largest byte first.
    void setBigEndian(bool bigEndian) { m_bigEndian = bigEndian; }
    /// Version 1 has counts and lengths of four bytes, later ones of eight.
    void setWideCounts(bool wide) { m_wideCounts = wide; }

    template <class T>
    T number();
    /// A count, a length or a size in the file's width.
    uint64_t count() { return m_wideCounts ? number<uint64_t>() : number<uint32_t>(); }
    size_t countBytes() const { return m_wideCounts ? 8 : 4; }
    /// A text with its length before it; what is longer than the limit is cut.
    std::string text(size_t limit);
    /// The same into a text that was used before.
    void readText(std::string &out, size_t limit);
    void skipText() { skip(textLength()); }
    void skip(uint64_t bytes);

    uint64_t position() const { return m_start + m_at; }
    uint64_t left() const { return m_file.size() - position(); }
    /// How many of what was declared follow; fails when not even their smallest form would fit into the file.
    uint64_t boundedCount(uint64_t declared, uint64_t smallest, const char *what);

    bool failed() const { return m_error.has_value(); }
    const Error &error() const { return *m_error; }
    /// GgufDamaged for this reason, unless something failed before.
    void damaged(const char *reason, std::string where = {});

private:
    uint64_t textLength();
    /// Makes so many bytes (at most the window's size) ready at m_at.
    bool ensure(size_t bytes);
    void fail(Error error);

    const ByteSource &m_file;
    std::vector<std::byte> m_window;
    uint64_t m_start = 0; ///< where the window begins in the file
    size_t m_at = 0;      ///< place in the window
    bool m_bigEndian = false;
    bool m_wideCounts = true;
    std::optional<Error> m_error;
};

template <class T>
T GgufCursor::number()
{
    if (!ensure(sizeof(T)))
        return T();
    std::array<std::byte, sizeof(T)> bytes;
    std::memcpy(bytes.data(), m_window.data() + m_at, sizeof(T));
    m_at += sizeof(T);
    if (m_bigEndian)
        std::reverse(bytes.begin(), bytes.end());
    return std::bit_cast<T>(bytes);
}

} // namespace assay
