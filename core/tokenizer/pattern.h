// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/scanners.h"

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace assay {

/// Bytes [begin, end) of a text.
struct Span
{
    size_t begin = 0;
    size_t end = 0;
};

/// A regular expression as tokenizer.json has them (Oniguruma's syntax as far as it occurs), run by PCRE2
/// with bounded effort. Immutable; safe to share between threads.
class Pattern
{
public:
    /// The error is PCRE2's text. A well-known pattern is matched by hand (scanners.h) unless `byHand` is false.
    static tl::expected<Pattern, std::string> compile(std::string_view regex, bool byHand = true);
    /// Matches the text itself.
    static Pattern literal(std::string_view text);

    /// Appends the non-overlapping, non-empty matches from left to right in valid UTF-8. A search that exceeds its
    /// bounds ends the list: what remains is one piece.
    void find(std::string_view text, std::vector<Span> &found) const;
    /// Puts `content` in the place of every match.
    void replace(std::string &text, const std::string &content) const;

private:
    Pattern() = default;
    void scan(std::string_view text, std::vector<Span> &found) const;
    void findLiteral(std::string_view text, std::vector<Span> &found) const;

    std::shared_ptr<const void> m_code;
    Scanner m_scanner = nullptr;
    std::string m_literal; ///< of a pattern that is a text
};

} // namespace assay
