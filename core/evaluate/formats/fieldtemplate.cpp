// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/formats/fieldtemplate.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr std::string_view kBlank = " \t\r\n\f\v";

std::string trimmed(const std::string &text)
{
    const size_t first = text.find_first_not_of(kBlank);
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string flat(const std::string &text)
{
    std::string out;
    for (const char c : text) {
        const bool blank = kBlank.find(c) != std::string_view::npos;
        if (!blank || (!out.empty() && out.back() != ' '))
            out += blank ? ' ' : c;
    }
    return trimmed(out);
}

std::string firstNumber(const std::string &text)
{
    const size_t digit = text.find_first_of("0123456789");
    if (digit == std::string::npos)
        throw Damage(ASSAY_TEXT("Reason", "there is no number in \"%1\""), {text.substr(0, 40)});
    std::string out = digit > 0 && text[digit - 1] == '-' ? "-" : "";
    for (size_t at = digit; at < text.size(); ++at) {
        const char c = text[at];
        const bool digitNext = at + 1 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '9';
        if ((c >= '0' && c <= '9') || (c == '.' && digitNext && out.find('.') == std::string::npos))
            out += c;
        else if (c != ',' || !digitNext)
            break;
    }
    return out;
}

std::string afterLast(const std::string &text, const std::string &mark)
{
    const size_t at = text.rfind(mark);
    if (at == std::string::npos)
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" does not stand in it"), {mark});
    return text.substr(at + mark.size());
}

/// Braces count, also escaped ones of sets, which come in pairs.
std::string lastBoxed(const std::string &text)
{
    const std::string mark = "\\boxed";
    const size_t at = text.rfind(mark);
    size_t open = at == std::string::npos ? at : text.find_first_not_of(' ', at + mark.size());
    if (open == std::string::npos || text[open] != '{')
        throw Damage(ASSAY_TEXT("Reason", "\"%1\" does not stand in it"), {"\\boxed{"});
    int depth = 0;
    for (size_t i = open; i < text.size(); ++i) {
        depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
        if (depth == 0)
            return text.substr(open + 1, i - open - 1);
    }
    throw Damage(ASSAY_TEXT("Reason", "its last \\boxed{ is not closed"));
}

std::string cased(std::string text, char from, int shift)
{
    std::ranges::transform(text, text.begin(), [&](char c) { return c >= from && c < from + 26 ? char(c + shift) : c; });
    return text;
}

struct Filter
{
    std::string_view name; ///< with ':' when something follows
    std::string (*apply)(const std::string &text, const std::string &argument);
};
constexpr std::array kFilters{
    Filter{"trim", [](const std::string &text, const std::string &) { return trimmed(text); }},
    Filter{"flat", [](const std::string &text, const std::string &) { return flat(text); }},
    Filter{"lower", [](const std::string &text, const std::string &) { return cased(text, 'A', 32); }},
    Filter{"upper", [](const std::string &text, const std::string &) { return cased(text, 'a', -32); }},
    Filter{"number", [](const std::string &text, const std::string &) { return firstNumber(text); }},
    Filter{"boxed", [](const std::string &text, const std::string &) { return lastBoxed(text); }},
    Filter{"after:", [](const std::string &text, const std::string &argument) { return afterLast(text, argument); }},
};

const Filter *filterOf(const std::string &written)
{
    const auto found = std::ranges::find_if(kFilters, [&](const Filter &filter) {
        return filter.name.ends_with(':') ? written.starts_with(filter.name) && written.size() > filter.name.size() : written == filter.name;
    });
    return found == kFilters.end() ? nullptr : &*found;
}

} // namespace

FieldTemplate::Piece FieldTemplate::fieldPiece(const std::string &inside)
{
    Piece piece{inside.substr(0, inside.find('|')), true};
    if (piece.text.empty())
        throw Damage(ASSAY_TEXT("Reason", "the template names no field between its braces"));
    for (size_t bar = inside.find('|'); bar != std::string::npos;) {
        const size_t next = inside.find('|', bar + 1);
        const std::string filter = inside.substr(bar + 1, next == std::string::npos ? next : next - bar - 1);
        if (!filterOf(filter))
            throw Damage(ASSAY_TEXT("Reason", "the template's filter \"%1\" is not known"), {filter});
        piece.filters.push_back(filter);
        bar = next;
    }
    return piece;
}

FieldTemplate::FieldTemplate(const std::string &source) : m_source(source)
{
    std::string text;
    for (size_t at = 0; at < source.size(); ++at) {
        const char c = source[at];
        const bool twice = at + 1 < source.size() && source[at + 1] == c;
        if ((c != '{' && c != '}') || twice) {
            text += c;
            at += c == '{' || c == '}' ? 1 : 0;
            continue;
        }
        const size_t end = source.find('}', at);
        if (c == '}' || end == std::string::npos)
            throw Damage(ASSAY_TEXT("Reason", "a brace of the template \"%1\" has no partner; a brace itself is written twice"), {source.substr(0, 80)});
        if (!text.empty())
            m_pieces.push_back({std::exchange(text, {})});
        m_pieces.push_back(fieldPiece(source.substr(at + 1, end - at - 1)));
        at = end;
    }
    if (!text.empty())
        m_pieces.push_back({text});
}

std::string FieldTemplate::fill(const json &fields) const
{
    std::string out;
    for (const Piece &piece : m_pieces) {
        if (!piece.field) {
            out += piece.text;
            continue;
        }
        const json *value = fieldAt(fields, piece.text);
        if (!value || value->is_null())
            throw Damage(ASSAY_TEXT("Reason", "\"%1\" is missing"), {piece.text});
        std::string text = plainText(*value, piece.text);
        for (const std::string &written : piece.filters) {
            const Filter &filter = *filterOf(written);
            text = filter.apply(text, written.substr(filter.name.size()));
        }
        out += text;
    }
    return out;
}

const json *fieldAt(const json &fields, const std::string &path)
{
    if (!fields.is_object())
        return nullptr;
    if (const auto whole = fields.find(path); whole != fields.end())
        return &*whole;
    const json *at = &fields;
    for (size_t begin = 0; begin <= path.size() && at;) {
        const size_t end = std::min(path.find('.', begin), path.size());
        const std::string step = path.substr(begin, end - begin);
        size_t index = 0;
        const bool number = std::from_chars(step.data(), step.data() + step.size(), index).ptr == step.data() + step.size();
        if (at->is_object() && at->contains(step))
            at = &at->at(step);
        else if (at->is_array() && number && !step.empty() && index < at->size())
            at = &(*at)[index];
        else
            at = nullptr;
        begin = end + 1;
    }
    return at;
}

std::string plainText(const json &value, const std::string &name)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_number() || value.is_boolean())
        return value.dump();
    throw Damage(ASSAY_TEXT("Reason", "\"%1\" is neither a text nor a number"), {name});
}

} // namespace assay
