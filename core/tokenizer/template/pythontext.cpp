// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/pythontext.h"

#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/template/scope.h"
#include "core/tokenizer/utf8.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace assay::jinja {
namespace {

/// Digits and exponent of the shortest spelling: 0.d1d2... times ten to the exponent.
std::string shortestDigits(double value, int &exponent)
{
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
    const std::string_view text(buffer, size_t(end - buffer));
    const size_t mark = text.find('e');
    std::string digits;
    for (const char c : text.substr(0, mark)) {
        if (c != '.')
            digits += c;
    }
    const size_t sign = text[mark + 1] == '+' ? 1 : 0;
    std::from_chars(text.data() + mark + 1 + sign, text.data() + text.size(), exponent);
    ++exponent;
    return digits;
}

std::string hexadecimal(char32_t c)
{
    char buffer[12];
    std::snprintf(buffer, sizeof buffer, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", unsigned(c));
    return buffer;
}

std::string joinedItems(Run &run, const std::vector<Value> &items)
{
    std::string text;
    for (size_t i = 0; i < items.size() && run.alive(); ++i) {
        text += i == 0 ? "" : ", ";
        text += represented(run, items[i]);
    }
    return text;
}

std::string shownSequence(Run &run, const Sequence &sequence)
{
    switch (sequence.kind) {
    case Sequence::Kind::List: return "[" + joinedItems(run, sequence.items) + "]";
    case Sequence::Kind::Tuple: return "(" + joinedItems(run, sequence.items) + (sequence.items.size() == 1 ? ",)" : ")");
    case Sequence::Kind::View: return sequence.shown + "([" + joinedItems(run, sequence.items) + "])";
    case Sequence::Kind::Range: return sequence.shown;
    case Sequence::Kind::Generator: break;
    }
    return "<" + sequence.shown + ">";
}

std::string shownDict(Run &run, const Dict &dict)
{
    std::string text = "{";
    for (size_t i = 0; i < dict.entries.size() && run.alive(); ++i) {
        text += i == 0 ? "" : ", ";
        text += represented(run, dict.entries[i].first) + ": " + represented(run, dict.entries[i].second);
    }
    return text + "}";
}

std::string shownNamespace(Run &run, const Namespace &space)
{
    std::string text = "<Namespace {";
    for (size_t i = 0; i < space.members.size() && run.alive(); ++i) {
        text += i == 0 ? "" : ", ";
        text += jinja::quoted(space.members[i].first) + ": " + represented(run, space.members[i].second);
    }
    return text + "}>";
}

} // namespace

std::string floatText(double value)
{
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value < 0 ? "-inf" : "inf";
    if (value == 0)
        return std::signbit(value) ? "-0.0" : "0.0";
    int exponent = 0;
    std::string digits = shortestDigits(std::fabs(value), exponent);
    const std::string sign = value < 0 ? "-" : "";
    if (exponent > 16 || exponent < -3) {
        if (digits.size() > 1)
            digits.insert(1, ".");
        const std::string power = std::to_string(std::abs(exponent - 1));
        return sign + digits + (exponent > 0 ? "e+" : "e-") + (power.size() < 2 ? "0" : "") + power;
    }
    if (exponent <= 0)
        return sign + "0." + std::string(size_t(-exponent), '0') + digits;
    if (digits.size() <= size_t(exponent))
        return sign + digits + std::string(size_t(exponent) - digits.size(), '0') + ".0";
    return sign + digits.insert(size_t(exponent), ".");
}

std::string quoted(std::string_view text)
{
    const bool single = text.find('\'') == std::string_view::npos || text.find('"') != std::string_view::npos;
    const char quote = single ? '\'' : '"';
    std::string out(1, quote);
    for (size_t at = 0; at < text.size();) {
        const size_t start = at;
        const char32_t c = nextCodePoint(text, at);
        if (c == char32_t(quote) || c == '\\')
            (out += '\\') += char(c);
        else if (c == '\n' || c == '\r' || c == '\t')
            out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
        else if (isPrintable(c))
            out += text.substr(start, at - start);
        else
            out += hexadecimal(c);
    }
    return out += quote;
}

std::string printed(Run &run, const Value &value)
{
    if (const Text *text = value.text())
        return run.charge(text->bytes.size()) ? text->bytes : std::string();
    return value.isUndefined() ? std::string() : represented(run, value);
}

std::string represented(Run &run, const Value &value)
{
    const Depth depth(run);
    if (!run.step() || value.isUndefined())
        return value.isUndefined() ? "Undefined" : "";
    std::string text;
    if (const Text *held = value.text())
        text = held->markup ? "Markup(" + jinja::quoted(held->bytes) + ")" : jinja::quoted(held->bytes);
    else if (value.isNone())
        text = "None";
    else if (const auto *flag = value.as<bool>())
        text = *flag ? "True" : "False";
    else if (const auto *whole = value.as<int64_t>())
        text = std::to_string(*whole);
    else if (const auto *real = value.as<double>())
        text = floatText(*real);
    else if (const Sequence *sequence = value.sequence())
        text = shownSequence(run, *sequence);
    else if (const Dict *dict = value.dict())
        text = shownDict(run, *dict);
    else if (auto *const *space = value.as<Namespace *>())
        text = shownNamespace(run, **space);
    else if (const auto *loop = value.as<LoopPointer>())
        text = "<LoopContext " + std::to_string((*loop)->index + 1) + "/" + std::to_string((*loop)->items().size()) + ">";
    else if (const auto *callable = value.as<CallablePointer>())
        text = ((*callable)->macro ? "<Macro " : "<function ") + jinja::quoted((*callable)->name) + ">";
    return run.charge(text.size()) ? text : std::string();
}

} // namespace assay::jinja
