// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Reads a part of a source front to back through a small window.
class ByteStream
{
public:
    ByteStream(const ByteSource &source, uint64_t begin, uint64_t end);

    uint64_t position() const { return m_position; }
    uint64_t left() const { return m_end - m_position; }
    bool atEnd() const { return m_position == m_end; }
    bool failed() const { return m_failed; } ///< the source could not be read; the stream ends there
    /// The next byte; -1 at the end.
    int byte();
    /// A little-endian number of so many bytes (at most 8); nothing when the stream ends before.
    std::optional<uint64_t> number(int bytes);
    /// So many bytes; nothing when the stream ends before. The caller has checked them against its limits.
    std::optional<std::string> text(uint64_t bytes);
    bool skip(uint64_t bytes);
    /// Goes on from this byte, or from the end when it lies beyond.
    void seek(uint64_t position);
    enum class Line { Complete, CutOff, TooLong };
    /// Up to the next line feed, which is taken but not given.
    Line line(std::string &out, size_t limit);

private:
    bool fill();
    const ByteSource &m_source;
    uint64_t m_position, m_end;
    std::vector<std::byte> m_window;
    uint64_t m_windowBegin = 0;
    size_t m_nextWindow;
    bool m_failed = false;
};

} // namespace assay
