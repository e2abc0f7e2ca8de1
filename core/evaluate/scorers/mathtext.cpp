// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/mathtext.h"

#include "core/evaluate/scorers/words.h"

#include <algorithm>
#include <array>
#include <vector>

namespace assay {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

/// What stands between the brace at this place and the one that closes it; braces behind a backslash are text.
std::optional<std::string_view> inBraces(std::string_view text, size_t open)
{
    size_t depth = 0;
    for (size_t at = open; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '{')
            ++depth;
        else if (text[at] == '}' && --depth == 0)
            return text.substr(open + 1, at - open - 1);
    }
    return std::nullopt;
}

/// "5" of "\boxed 5$".
std::optional<std::string_view> upToDollar(std::string_view text, size_t at)
{
    constexpr size_t kLongest = 64;
    const size_t end = text.substr(at, kLongest).find_first_of("$\n");
    if (at >= text.size() || text[at] != ' ' || end == std::string_view::npos || text[at + end] != '$')
        return std::nullopt;
    const std::string_view content = words::trimmed(text.substr(at, end));
    return content.empty() ? std::nullopt : std::optional(content);
}

std::optional<Box> lastBox(std::string_view text, std::string_view command, bool &unclosed)
{
    std::optional<Box> bare;
    for (size_t place = text.rfind(command); place != std::string_view::npos; place = place == 0 ? std::string_view::npos : text.rfind(command, place - 1)) {
        const size_t behind = place + command.size();
        const size_t open = text.find_first_not_of(kBlank, behind);
        if (open != std::string_view::npos && text[open] == '{') {
            if (const auto content = inBraces(text, open))
                return Box{*content};
            unclosed = true;
            return std::nullopt;
        }
        if (!bare) {
            if (const auto content = upToDollar(text, behind))
                bare = Box{*content};
        }
    }
    return bare;
}

void replaceAll(std::string &text, std::string_view what, std::string_view by)
{
    if (text.find(what) == std::string::npos)
        return;
    std::string out;
    size_t at = 0;
    for (size_t hit = text.find(what); hit != std::string::npos; hit = text.find(what, at)) {
        out.append(text, at, hit - at).append(by);
        at = hit + what.size();
    }
    text = out.append(text, at);
}

/// The pieces between the separators: one more than there are of them.
std::vector<std::string_view> split(std::string_view text, std::string_view separator)
{
    std::vector<std::string_view> out;
    for (size_t hit = text.find(separator); hit != std::string_view::npos; hit = text.find(separator)) {
        out.push_back(text.substr(0, hit));
        text.remove_prefix(hit + separator.size());
    }
    out.push_back(text);
    return out;
}

/// The first character, of however many bytes.
std::string_view firstCharacter(std::string_view text)
{
    size_t end = 0;
    words::next(text, end);
    return text.substr(0, end);
}

/// \sqrt3 -> \sqrt{3}; nothing where nothing follows.
std::optional<std::string> withBracedRoots(const std::string &text)
{
    const std::vector<std::string_view> pieces = split(text, "\\sqrt");
    std::string out(pieces.front());
    for (size_t i = 1; i < pieces.size(); ++i) {
        std::string_view piece = pieces[i];
        if (piece.empty())
            return std::nullopt;
        out += "\\sqrt";
        if (piece.front() != '{') {
            const std::string_view argument = firstCharacter(piece);
            out.append("{").append(argument).append("}");
            piece.remove_prefix(argument.size());
        }
        out += piece;
    }
    return out;
}

/// \frac12 -> \frac{1}{2}, \frac1{72} -> \frac{1}{72}. Where only one character follows a \frac, the whole text stays as it is;
/// nothing where none follows.
std::optional<std::string> withBracedFractions(const std::string &text)
{
    const std::vector<std::string_view> pieces = split(text, "\\frac");
    std::string out(pieces.front());
    for (size_t i = 1; i < pieces.size(); ++i) {
        std::string_view piece = pieces[i];
        if (piece.empty())
            return std::nullopt;
        out += "\\frac";
        if (piece.front() != '{') {
            const std::string_view over = firstCharacter(piece);
            piece.remove_prefix(over.size());
            if (piece.empty())
                return text;
            out.append("{").append(over).append("}");
            const std::string_view under = firstCharacter(piece);
            if (under != "{") {
                out.append("{").append(under).append("}");
                piece.remove_prefix(under.size());
            }
        }
        out += piece;
    }
    return out;
}

/// A whole number just as a program would write it: no leading zeros, no plus.
bool isPlainInteger(std::string_view text)
{
    if (text.starts_with('-'))
        return text.size() > 1 && text != "-0" && isPlainInteger(text.substr(1)) && text[1] != '-';
    const bool digits = !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return digits && (text.size() == 1 || text.front() != '0');
}

std::string withFractionForSlash(std::string text)
{
    const std::vector<std::string_view> parts = split(text, "/");
    if (parts.size() != 2 || !isPlainInteger(parts[0]) || !isPlainInteger(parts[1]))
        return text;
    return "\\frac{" + std::string(parts[0]) + "}{" + std::string(parts[1]) + "}";
}

struct Replacement
{
    std::string_view what, by;
};

constexpr std::array kFirstSteps{
    Replacement{"\n", ""}, Replacement{"\\!", ""}, Replacement{"\\\\", "\\"}, Replacement{"tfrac", "frac"}, Replacement{"dfrac", "frac"},
    Replacement{"\\left", ""}, Replacement{"\\right", ""}, Replacement{"^{\\circ}", ""}, Replacement{"^\\circ", ""}, Replacement{"\\$", ""}};
constexpr std::array kLaterSteps{Replacement{"\\%", ""}, Replacement{"%", ""}, Replacement{" .", " 0."}, Replacement{"{.", "{0."}};

constexpr std::array kPlain{
    Replacement{"\xE2\x88\x92", "-"}, Replacement{"{,}", ","}, Replacement{"\\,", ""}, Replacement{"\\;", ""}, Replacement{"\\:", ""},
    Replacement{"\\ ", ""}, Replacement{"~", ""}, Replacement{"\\displaystyle", ""}, Replacement{"\\lbrace", "\\{"}, Replacement{"\\rbrace", "\\}"}};
constexpr std::array<std::string_view, 6> kTextCommands{"\\text{", "\\textbf{", "\\mathrm{", "\\mathbf{", "\\textit{", "\\mbox{"};

/// \text{even} -> even; a command that is not closed stays.
std::string withoutTextCommands(std::string text)
{
    for (const std::string_view command : kTextCommands) {
        std::string out;
        size_t at = 0;
        for (size_t hit = text.find(command); hit != std::string::npos; hit = text.find(command, at)) {
            const size_t close = text.find('}', hit);
            if (close == std::string::npos)
                break;
            out.append(text, at, hit - at).append(text, hit + command.size(), close - hit - command.size());
            at = close + 1;
        }
        text = out.append(text, at);
    }
    return text;
}

/// Without a pair of marks around it.
std::string_view within(std::string_view text, std::string_view open, std::string_view close)
{
    if (text.size() >= open.size() + close.size() && text.starts_with(open) && text.ends_with(close))
        return words::trimmed(text.substr(open.size(), text.size() - open.size() - close.size()));
    return text;
}

} // namespace

std::optional<Box> lastBox(std::string_view text)
{
    bool unclosed = false;
    std::optional<Box> box = lastBox(text, "\\boxed", unclosed);
    if (!box && !unclosed)
        box = lastBox(text, "\\fbox", unclosed);
    return box;
}

std::optional<std::string> hendrycksForm(std::string_view answer)
{
    std::string text(answer);
    for (const Replacement &step : kFirstSteps)
        replaceAll(text, step.what, step.by);
    const std::vector<std::string_view> units = split(text, "\\text{ ");
    if (units.size() > 2)
        return std::nullopt;
    text = std::string(units.front());
    for (const Replacement &step : kLaterSteps)
        replaceAll(text, step.what, step.by);
    if (text.empty())
        return text;
    if (text.front() == '.')
        text = "0" + text;
    if (const auto sides = split(text, "="); sides.size() == 2 && words::codePoints(sides[0]) <= 2)
        text = std::string(sides[1]);
    std::optional<std::string> braced = withBracedRoots(text);
    if (!braced)
        return std::nullopt;
    replaceAll(*braced, " ", "");
    braced = withBracedFractions(*braced);
    if (!braced)
        return std::nullopt;
    return withFractionForSlash(*braced == "0.5" ? "\\frac{1}{2}" : std::move(*braced));
}

bool hendrycksEqual(std::string_view a, std::string_view b)
{
    const std::optional<std::string> first = hendrycksForm(a), second = hendrycksForm(b);
    return first && second ? *first == *second : a == b;
}

std::string plainMath(std::string_view answer)
{
    std::string text = words::narrowed(words::trimmed(answer));
    std::string_view inner = within(within(within(text, "$", "$"), "\\(", "\\)"), "\\[", "\\]");
    if (inner.ends_with('.'))
        inner.remove_suffix(1);
    inner = within(within(inner, "$", "$"), "\\(", "\\)");
    text = std::string(inner);
    for (const Replacement &step : kPlain)
        replaceAll(text, step.what, step.by);
    return withoutTextCommands(std::move(text));
}

} // namespace assay
