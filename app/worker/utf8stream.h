// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace assay::worker {

/// Bytes that come in pieces as text: a character that is not complete yet waits for its other bytes. What is not UTF-8
/// becomes U+FFFD, one for each maximal part of a broken sequence (Unicode 15, section 3.9), wherever the pieces were cut.
class Utf8Stream
{
public:
    /// The text that is complete by now.
    std::string push(std::string_view bytes);
    /// At the end: U+FFFD for a character that never became complete, else nothing.
    std::string finish();

private:
    std::string m_begun; ///< the first bytes of a character
};

} // namespace assay::worker
