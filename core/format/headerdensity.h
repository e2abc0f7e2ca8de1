// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace assay {

/// Tells large texts of hardly anything but brackets and commas from headers before they are parsed: the parser's
/// index takes four bytes for each bracket, comma, colon and value, so that 100 MB of them would take 400 MB more.
/// The shortest entry there can be, "a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}, has 22 of them in 52 bytes;
/// names, offsets and sizes of a text this long make it less. What stands within strings does not count.
class HeaderDensity
{
public:
    /// Texts up to this size are not looked at: their index takes little.
    static constexpr size_t kSmall = 8u << 20;
    /// How much is judged at once.
    static constexpr size_t kWindow = 4u << 20;

    /// Judges what was added to a text since the last call, in whole windows; false when more than every other byte
    /// of one is a place of the index.
    bool plausible(std::string_view text);

private:
    size_t placesUpTo(std::string_view text, size_t end);

    size_t m_judged = 0;
    // Where counting within and without strings has come to.
    size_t m_walked = 0;
    bool m_inString = false, m_inScalar = false;
};

} // namespace assay
