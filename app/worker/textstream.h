// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/worker/utf8stream.h"

#include <vector>

namespace assay::worker {

/// Bytes of tokens become text: whole characters only, nothing from a stop string on, and nothing that may yet turn out to
/// begin one. Of several stop strings the one counts that is complete first, however the bytes come in pieces.
class TextStream
{
public:
    /// Stop strings: UTF-8, not empty.
    explicit TextStream(std::vector<std::string> stops);

    /// Takes the next bytes, gives the text that is certain by now. Bytes that are not UTF-8 become U+FFFD.
    std::string push(std::string_view bytes);
    /// What was held back, at the end.
    std::string finish();
    /// A stop string has come.
    bool stopped() const { return m_stopped; }
    /// Everything given so far.
    const std::string &text() const { return m_text; }

private:
    std::string take(const std::string &characters);
    std::string release(size_t bytes);

    std::vector<std::string> m_stops;
    Utf8Stream m_characters;
    std::string m_held; ///< may begin a stop string
    std::string m_text;
    bool m_stopped = false;
};

} // namespace assay::worker
