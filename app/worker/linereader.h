// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace assay::worker {

/// Lines from a file descriptor; never holds more than one line of the largest size and a buffer.
class LineReader
{
public:
    LineReader(int descriptor, size_t maximumLine) : m_descriptor(descriptor), m_maximum(maximumLine) {}

    struct Line
    {
        std::string text;
        bool tooLong = false; ///< the text is missing, the line was skipped
    };
    /// The next line without its end; nothing at the end of the input. A last line that lacks its end is
    /// dropped: it was cut off.
    std::optional<Line> next();

private:
    bool fill();

    int m_descriptor;
    size_t m_maximum;
    std::string m_buffer;
    size_t m_at = 0;
};

} // namespace assay::worker
