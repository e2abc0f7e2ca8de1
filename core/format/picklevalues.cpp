// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of the pickle machine that read values and texts.
#include "core/format/picklemachine.h"

#include <bit>
#include <charconv>
#include <optional>

namespace assay {
namespace {

/// The value of a decimal number that is the whole text.
template <class Number>
std::optional<Number> parsed(std::string_view text)
{
    Number value{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

void appendUtf8(std::string &out, uint32_t point)
{
    if (point < 0x80) {
        out.push_back(char(point));
        return;
    }
    const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    constexpr unsigned char kLead[] = {0, 0xC0, 0xE0, 0xF0};
    out.push_back(char(kLead[more] | (point >> (6 * more))));
    for (int i = more - 1; i >= 0; --i)
        out.push_back(char(0x80 | ((point >> (6 * i)) & 0x3F)));
}

/// Python's escapes for single characters; 0 when there is none.
char simpleEscape(char letter)
{
    constexpr std::string_view kLetters = "\\'\"abfnrtv", kMeanings = "\\'\"\a\b\f\n\r\t\v";
    const size_t at = kLetters.find(letter);
    return at == std::string_view::npos ? '\0' : kMeanings[at];
}

/// Replaces \xhh, \uhhhh, \Uhhhhhhhh, octal and single-letter escapes (all but \u and \U only in `quoted` text); others stay as they are.
std::string unescaped(std::string_view text, bool quoted)
{
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const char letter = i + 1 < text.size() && text[i] == '\\' ? text[i + 1] : '\0';
        const size_t digits = letter == 'x' && quoted ? 2 : letter == 'u' && !quoted ? 4 : letter == 'U' && !quoted ? 8 : 0;
        const bool octal = quoted && letter >= '0' && letter <= '7';
        const std::string_view number = octal ? text.substr(i + 1, 3) : text.substr(std::min(i + 2, text.size()), digits);
        uint32_t point = 0;
        const auto [end, problem] =
            std::from_chars(number.data(), number.data() + number.size(), point, octal ? 8 : 16);
        const auto used = size_t(end - number.data());
        if ((octal || (digits > 0 && used == digits)) && problem == std::errc() && point < 0x110000) {
            appendUtf8(out, point);
            i += (octal ? 0 : 1) + used;
        } else if (quoted && simpleEscape(letter) != '\0') {
            out.push_back(simpleEscape(letter));
            ++i;
        } else if (!quoted) {
            appendUtf8(out, static_cast<unsigned char>(text[i])); // what is not escaped is Latin-1
        } else {
            out.push_back(text[i]);
        }
    }
    return out;
}

} // namespace

bool PickleMachine::constant(int kind)
{
    return push(add(PickleKind(kind)));
}

bool PickleMachine::boolean(int value)
{
    return push(addInteger(value, PickleKind::Bool));
}

bool PickleMachine::integer(int bytes)
{
    const auto value = m_stream.number(bytes);
    if (!value)
        return cutOff();
    // BININT is signed, its shorter forms are not.
    return push(addInteger(bytes == 4 ? int32_t(uint32_t(*value)) : int64_t(*value)));
}

bool PickleMachine::real(int)
{
    const auto stored = m_stream.number(8);
    if (!stored)
        return cutOff();
    const PickleRef node = add(PickleKind::Real);
    m_tree.m_nodes[node].real = std::bit_cast<double>(__builtin_bswap64(*stored));
    return push(node);
}

bool PickleMachine::longInteger(int bytes)
{
    const auto length = m_stream.number(bytes);
    if (!length)
        return cutOff();
    if (bytes == 4 && *length > 0x7fffffff)
        return damaged(ASSAY_TEXT("Reason", "it has a text of negative length"));
    if (*length > 8)
        return m_stream.skip(*length) ? push(add(PickleKind::LongInteger)) : cutOff();
    const auto value = m_stream.number(int(*length));
    if (!value)
        return cutOff();
    const int unused = 64 - 8 * int(*length);
    return push(addInteger(*length == 0 ? 0 : int64_t(*value << unused) >> unused));
}

bool PickleMachine::readLine()
{
    switch (m_stream.line(m_line, m_limits.lineBytes)) {
    case ByteStream::Line::Complete: return true;
    case ByteStream::Line::TooLong: return unknown(ASSAY_TEXT("Reason", "it has a line of more than a megabyte"));
    case ByteStream::Line::CutOff: break;
    }
    return cutOff();
}

bool PickleMachine::decimalLine(int isLong)
{
    if (!readLine())
        return false;
    if (!isLong && (m_line == "00" || m_line == "01"))
        return boolean(m_line == "01");
    std::string_view digits = m_line;
    if (isLong && digits.ends_with('L'))
        digits.remove_suffix(1);
    if (const auto value = parsed<int64_t>(digits))
        return push(addInteger(*value));
    const size_t sign = digits.starts_with('-') ? 1 : 0;
    if (digits.size() == sign || digits.find_first_not_of("0123456789", sign) != std::string_view::npos)
        return damaged(ASSAY_TEXT("Reason", "it has a number that is none"));
    return push(add(PickleKind::LongInteger));
}

bool PickleMachine::realLine(int)
{
    if (!readLine())
        return false;
    const auto value = parsed<double>(m_line);
    if (!value)
        return damaged(ASSAY_TEXT("Reason", "it has a number that is none"));
    const PickleRef node = add(PickleKind::Real);
    m_tree.m_nodes[node].real = *value;
    return push(node);
}

bool PickleMachine::textLine(int opcode)
{
    const uint64_t position = m_stream.position();
    if (!readLine())
        return false;
    std::string_view text = m_line;
    const bool quoted = opcode == 'S';
    if (quoted) {
        if (text.size() < 2 || text.front() != text.back() || (text.front() != '\'' && text.front() != '"'))
            return damaged(ASSAY_TEXT("Reason", "it has a text without quotation marks"));
        text = text.substr(1, text.size() - 2);
    }
    const std::string plain = unescaped(text, quoted);
    if (plain.size() > m_limits.textBytes - m_tree.m_text.size())
        return unknown(ASSAY_TEXT("Reason", "it is larger than any checkpoint needs"));
    return push(addText(PickleKind::Text, position, plain.size(), plain));
}

bool PickleMachine::text(int lengthBytes)
{
    const auto length = m_stream.number(lengthBytes);
    return length ? pushPayload(PickleKind::Text, *length) : cutOff();
}

bool PickleMachine::bytes(int lengthBytes)
{
    const auto length = m_stream.number(lengthBytes);
    return length ? pushPayload(PickleKind::Bytes, *length) : cutOff();
}

bool PickleMachine::pushPayload(PickleKind kind, uint64_t length)
{
    const uint64_t position = m_stream.position();
    if (length > m_limits.keptText) {
        if (!m_stream.skip(length))
            return cutOff();
        return push(addText(kind, position, length, {}));
    }
    const auto kept = m_stream.text(length);
    if (!kept)
        return cutOff();
    if (kept->size() > m_limits.textBytes - m_tree.m_text.size())
        return unknown(ASSAY_TEXT("Reason", "it is larger than any checkpoint needs"));
    return push(addText(kind, position, length, *kept));
}

bool PickleMachine::putLine(int)
{
    if (!readLine())
        return false;
    const auto index = parsed<uint64_t>(m_line);
    return index ? remember(*index) : damaged(ASSAY_TEXT("Reason", "it has a number that is none"));
}

bool PickleMachine::getLine(int)
{
    if (!readLine())
        return false;
    const auto index = parsed<uint64_t>(m_line);
    return index ? recall(*index) : damaged(ASSAY_TEXT("Reason", "it has a number that is none"));
}

} // namespace assay
