// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/lexer.h"

#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/template/stringliteral.h"

#include <algorithm>

namespace assay::jinja {
namespace {

/// Every kind of line end becomes \n, and one at the very end goes.
std::string withPlainLineEnds(std::string_view source)
{
    std::string text;
    text.reserve(source.size());
    for (size_t i = 0; i < source.size(); ++i) {
        if (source[i] != '\r')
            text += source[i];
        else if (i + 1 == source.size() || source[i + 1] != '\n')
            text += '\n';
    }
    if (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || uint8_t(c) >= 0x80;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

class Lexer
{
public:
    explicit Lexer(std::string_view source) : m_source(withPlainLineEnds(source)) {}

    Result<std::vector<Token>> run()
    {
        while (m_at < m_source.size() && !m_error)
            data();
        if (m_error)
            return tl::unexpected(*m_error);
        add(TokenType::End, {});
        return std::move(m_tokens);
    }

private:
    std::string_view rest() const { return std::string_view(m_source).substr(m_at); }
    bool startsWith(std::string_view mark) const { return rest().starts_with(mark); }
    void add(TokenType type, std::string text) { m_tokens.push_back({type, std::move(text), m_line}); }

    void fail(std::string reason)
    {
        m_error = Error{ErrorCode::TemplateDamaged, {std::move(reason)}, "line " + std::to_string(m_line)};
        m_at = m_source.size();
    }

    void advance(size_t end)
    {
        m_line += int(std::count(m_source.begin() + long(m_at), m_source.begin() + long(end), '\n'));
        m_lineStarting = end > m_at ? m_source[end - 1] == '\n' : m_lineStarting;
        m_at = end;
    }

    /// Text up to what opens next, less what that takes from it.
    void data()
    {
        size_t open = m_at;
        while (open < m_source.size()
               && (m_source[open] != '{' || open + 1 == m_source.size() || std::string_view("{%#").find(m_source[open + 1]) == std::string_view::npos))
            ++open;
        const bool any = open < m_source.size();
        text(open, any ? m_source[open + 1] : '\0', any && open + 2 < m_source.size() ? m_source[open + 2] : '\0');
        if (!any)
            return;
        const char kind = m_source[open + 1];
        const bool sign = open + 2 < m_source.size() && (m_source[open + 2] == '-' || m_source[open + 2] == '+');
        if (kind == '%' && rawBegins(open + 2 + sign))
            return raw();
        advance(open + 2 + sign);
        if (kind == '#')
            return comment();
        add(kind == '{' ? TokenType::VariableBegin : TokenType::BlockBegin, {});
        inside(kind == '{');
    }

    /// The text before an opening mark; kind: the mark's second byte, 0 at the end.
    void text(size_t end, char kind, char sign)
    {
        std::string_view piece = std::string_view(m_source).substr(m_at, end - m_at);
        if (kind != '\0' && sign == '-') {
            piece = strippedRight(piece);
        } else if (kind != '\0' && kind != '{' && sign != '+') {
            const size_t lineEnd = piece.rfind('\n');
            const size_t start = lineEnd == std::string_view::npos ? 0 : lineEnd + 1;
            if ((start > 0 || m_lineStarting) && strippedRight(piece.substr(start)).empty())
                piece = piece.substr(0, start);
        }
        if (!piece.empty())
            add(TokenType::Data, std::string(piece));
        advance(end);
    }

    void comment()
    {
        const size_t end = m_source.find("#}", m_at);
        if (end == std::string::npos)
            return fail(ASSAY_TEXT("Reason", "a comment does not end"));
        const char sign = end > m_at ? m_source[end - 1] : '\0';
        afterMark(end + 2, sign);
    }

    /// Behind a closing mark: "-" takes all white space, "+" none, else a block takes one line end.
    void afterMark(size_t end, char sign)
    {
        advance(end);
        if (sign == '-')
            advance(m_source.size() - strippedLeft(rest()).size());
        else if (sign != '+' && startsWith("\n"))
            advance(m_at + 1);
    }

    size_t skipBlanks(size_t at) const
    {
        return m_source.size() - strippedLeft(std::string_view(m_source).substr(at)).size();
    }

    /// Whether "raw" and the end of the block come next; goes behind them.
    bool rawBegins(size_t at)
    {
        at = skipBlanks(at);
        if (m_source.compare(at, 3, "raw") != 0)
            return false;
        at = skipBlanks(at + 3);
        const bool minus = m_source.compare(at, 3, "-%}") == 0;
        if (!minus && m_source.compare(at, 2, "%}") != 0)
            return false;
        advance(minus ? skipBlanks(at + 3) : at + 2);
        return true;
    }

    void raw()
    {
        for (size_t open = m_source.find("{%", m_at); open != std::string::npos; open = m_source.find("{%", open + 1)) {
            const char sign = open + 2 < m_source.size() ? m_source[open + 2] : '\0';
            size_t at = skipBlanks(open + 2 + (sign == '-' || sign == '+'));
            if (m_source.compare(at, 6, "endraw") != 0)
                continue;
            at = skipBlanks(at + 6);
            const char last = at < m_source.size() ? m_source[at] : '\0';
            at += last == '-' || last == '+';
            if (m_source.compare(at, 2, "%}") != 0)
                continue;
            text(open, '%', sign);
            return afterMark(at + 2, last);
        }
        fail(ASSAY_TEXT("Reason", "a raw block does not end"));
    }

    /// The tokens up to the closing mark.
    void inside(bool variable)
    {
        m_open.clear();
        while (!m_error) {
            advance(skipBlanks(m_at));
            if (m_at >= m_source.size())
                return fail(ASSAY_TEXT("Reason", "an expression does not end"));
            if (m_open.empty() && closes(variable))
                return;
            token();
        }
    }

    bool closes(bool variable)
    {
        const std::string_view mark = variable ? "}}" : "%}";
        const char first = m_source[m_at];
        const bool sign = first == '-' || (first == '+' && !variable);
        if (!std::string_view(m_source).substr(m_at + sign).starts_with(mark))
            return false;
        add(variable ? TokenType::VariableEnd : TokenType::BlockEnd, {});
        afterMark(m_at + sign + 2, sign ? first : variable ? '+' : '\0');
        return true;
    }

    void token()
    {
        const char c = m_source[m_at];
        if (isDigit(c))
            return number();
        if (isNameByte(c))
            return name();
        if (c == '\'' || c == '"')
            return string();
        symbol();
    }

    void name()
    {
        size_t end = m_at;
        while (end < m_source.size() && isNameByte(m_source[end]))
            ++end;
        add(TokenType::Name, m_source.substr(m_at, end - m_at));
        advance(end);
    }

    /// Digits with single underscores between them, appended without these.
    size_t digits(size_t at, std::string &out) const
    {
        while (at < m_source.size() && (isDigit(m_source[at]) || (m_source[at] == '_' && at + 1 < m_source.size() && isDigit(m_source[at + 1])))) {
            if (m_source[at] != '_')
                out += m_source[at];
            ++at;
        }
        return at;
    }

    void number()
    {
        std::string text;
        bool real = false;
        size_t end = digits(m_at, text);
        if (end + 1 < m_source.size() && m_source[end] == '.' && isDigit(m_source[end + 1])) {
            text += '.';
            end = digits(end + 1, text);
            real = true;
        }
        if (end < m_source.size() && (m_source[end] == 'e' || m_source[end] == 'E')) {
            const size_t sign = end + 1 < m_source.size() && (m_source[end + 1] == '+' || m_source[end + 1] == '-');
            if (end + 1 + sign < m_source.size() && isDigit(m_source[end + 1 + sign])) {
                text += m_source.substr(end, 1 + sign);
                end = digits(end + 1 + sign, text);
                real = true;
            }
        }
        const bool afterDot = m_at > 0 && m_source[m_at - 1] == '.';
        if (real && afterDot) // "a.1.5" are two places, no fraction
            return wholeNumber();
        add(real ? TokenType::Float : TokenType::Integer, text);
        if (!real && text.size() > 1 && text[0] == '0' && text.find_first_not_of('0') != std::string::npos)
            return fail(ASSAY_TEXT("Reason", "a number starts with a zero"));
        advance(end);
    }

    void wholeNumber()
    {
        std::string text;
        const size_t end = digits(m_at, text);
        add(TokenType::Integer, text);
        advance(end);
    }

    void string()
    {
        const char quote = m_source[m_at];
        size_t end = m_at + 1;
        while (end < m_source.size() && m_source[end] != quote)
            end += m_source[end] == '\\' ? 2 : 1;
        if (end >= m_source.size())
            return fail(ASSAY_TEXT("Reason", "a text does not end"));
        auto value = readStringLiteral(std::string_view(m_source).substr(m_at + 1, end - m_at - 1));
        if (!value)
            return fail(ASSAY_TEXT("Reason", "a text has a damaged escape"));
        add(TokenType::String, std::move(*value));
        advance(end + 1);
    }

    void symbol()
    {
        static constexpr std::string_view kSymbols[] = {"//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~",
                                                        "[",  "]",  "(",  ")",  "{",  "}",  ">", "<", "=", ".", ":", "|", ","};
        const auto found = std::find_if(std::begin(kSymbols), std::end(kSymbols), [this](std::string_view symbol) { return startsWith(symbol); });
        if (found == std::end(kSymbols))
            return fail(ASSAY_TEXT("Reason", "there is a character that means nothing here"));
        if (const size_t kind = std::string_view("([{").find(*found); kind != std::string_view::npos)
            m_open += ")]}"[kind];
        else if (std::string_view(")]}").find(*found) != std::string_view::npos && !closeBracket(found->front()))
            return fail(ASSAY_TEXT("Reason", "brackets do not match"));
        add(TokenType::Symbol, std::string(*found));
        advance(m_at + found->size());
    }

    bool closeBracket(char bracket)
    {
        if (m_open.empty() || m_open.back() != bracket)
            return false;
        m_open.pop_back();
        return true;
    }

    std::string m_source;
    size_t m_at = 0;
    int m_line = 1;
    bool m_lineStarting = true;
    std::string m_open; ///< the brackets that are expected to close, innermost last
    std::vector<Token> m_tokens;
    std::optional<Error> m_error;
};

} // namespace

Result<std::vector<Token>> cutTemplate(std::string_view source)
{
    return Lexer(source).run();
}

} // namespace assay::jinja
