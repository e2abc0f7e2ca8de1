// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    /// The error is PCRE2's text.
    static tl::expected<Pattern, std::string> compile(std::string_view regex);
    /// Matches the text itself.
    static tl::expected<Pattern, std::string> literal(std::string_view text);

    /// Non-overlapping, non-empty matches from left to right in valid UTF-8. A search that exceeds its bounds
    /// ends the list: what remains is one piece.
    std::vector<Span> matches(std::string_view text) const;

private:
    explicit Pattern(std::shared_ptr<const void> code) : m_code(std::move(code)) {}
    std::shared_ptr<const void> m_code;
};

} // namespace assay
