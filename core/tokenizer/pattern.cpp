// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/pattern.h"

#include "core/tokenizer/regextranslation.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace assay {
namespace {

constexpr size_t kLongestPattern = 64 * 1024;
constexpr uint32_t kDeepestParentheses = 100;
constexpr uint32_t kMatchLimit = 10'000'000;
constexpr size_t kJitStackBytes = 8 * 1024 * 1024;

struct MatchState
{
    pcre2_match_context *context = pcre2_match_context_create(nullptr);
    pcre2_jit_stack *stack = pcre2_jit_stack_create(32 * 1024, kJitStackBytes, nullptr);
    pcre2_match_data *data = pcre2_match_data_create(1, nullptr);

    MatchState()
    {
        pcre2_set_match_limit(context, kMatchLimit);
        pcre2_jit_stack_assign(context, nullptr, stack);
    }
    ~MatchState()
    {
        pcre2_match_data_free(data);
        pcre2_jit_stack_free(stack);
        pcre2_match_context_free(context);
    }
    MatchState(const MatchState &) = delete;
    MatchState &operator=(const MatchState &) = delete;
};

} // namespace

tl::expected<Pattern, std::string> Pattern::compile(std::string_view regex, bool byHand)
{
    Pattern pattern;
    if (byHand && (pattern.m_scanner = scannerOf(regex)))
        return pattern;
    if (regex.size() > kLongestPattern)
        return tl::unexpected<std::string>("the pattern is too long");
    const std::string text = pcreFromOniguruma(regex);
    int error = 0;
    size_t offset = 0;
    // ^ and $ stand at every line, and a line ends with \n only.
    pcre2_compile_context *context = pcre2_compile_context_create(nullptr);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_set_parens_nest_limit(context, kDeepestParentheses);
    pcre2_code *code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                                     PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_MULTILINE, &error, &offset,
                                     context);
    pcre2_compile_context_free(context);
    if (!code) {
        PCRE2_UCHAR message[256] = {};
        pcre2_get_error_message(error, message, sizeof message);
        return tl::unexpected<std::string>(reinterpret_cast<const char *>(message));
    }
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); // without JIT the interpreter matches
    pattern.m_code = std::shared_ptr<const void>(code, [](const void *p) {
        pcre2_code_free(static_cast<pcre2_code *>(const_cast<void *>(p)));
    });
    return pattern;
}

Pattern Pattern::literal(std::string_view text)
{
    Pattern pattern;
    pattern.m_literal = text;
    return pattern;
}

void Pattern::findLiteral(std::string_view text, std::vector<Span> &found) const
{
    for (size_t at = text.find(m_literal); at != std::string_view::npos; at = text.find(m_literal, at + m_literal.size()))
        found.push_back({at, at + m_literal.size()});
}

void Pattern::scan(std::string_view text, std::vector<Span> &found) const
{
    for (size_t offset = 0; offset < text.size();) {
        const size_t length = m_scanner(text, offset);
        if (length > 0)
            found.push_back({offset, offset + length});
        else
            nextCodePoint(text, offset);
        offset += length;
    }
}

void Pattern::replace(std::string &text, const std::string &content) const
{
    std::vector<Span> found;
    find(text, found);
    if (found.empty())
        return;
    std::string out;
    out.reserve(text.size() + found.size() * content.size());
    size_t done = 0;
    for (const Span &span : found) {
        out.append(text, done, span.begin - done);
        out += content;
        done = span.end;
    }
    out.append(text, done);
    text = std::move(out);
}

void Pattern::find(std::string_view text, std::vector<Span> &found) const
{
    if (m_scanner)
        return scan(text, found);
    if (!m_code)
        return m_literal.empty() ? void() : findLiteral(text, found);
    static thread_local MatchState state;
    const auto *code = static_cast<const pcre2_code *>(m_code.get());
    for (size_t offset = 0; offset < text.size();) {
        const int count = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), offset,
                                      PCRE2_NO_UTF_CHECK, state.data, state.context);
        if (count < 0)
            break;
        const size_t *ends = pcre2_get_ovector_pointer(state.data);
        if (ends[1] > ends[0] && ends[0] >= offset) {
            found.push_back({ends[0], ends[1]});
            offset = ends[1];
        } else { // an empty match splits nothing; try from the next character
            offset = std::max(offset, ends[1]) + 1;
            while (offset < text.size() && (uint8_t(text[offset]) & 0xC0) == 0x80)
                ++offset;
        }
    }
}

} // namespace assay
