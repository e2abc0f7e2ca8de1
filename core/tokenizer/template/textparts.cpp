// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/textparts.h"

#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/utf8.h"

#include <cstring>

namespace assay::jinja {
namespace {

bool endsLine(char32_t c)
{
    return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

} // namespace

std::string capitalizedText(std::string_view text)
{
    if (text.empty())
        return {};
    size_t at = 0;
    std::string out;
    appendCased(out, nextCodePoint(text, at), Case::Title);
    return out + cased(text.substr(at), Case::Lower);
}

std::string_view strippedOf(std::string_view text, const Text *characters, bool left, bool right)
{
    if (!characters) {
        text = left ? strippedLeft(text) : text;
        return right ? strippedRight(text) : text;
    }
    const std::u32string set = decoded(characters->bytes);
    while (left && !text.empty()) {
        size_t at = 0;
        if (set.find(nextCodePoint(text, at)) == std::u32string::npos)
            break;
        text.remove_prefix(at);
    }
    while (right && !text.empty() && set.find(lastCodePoint(text)) != std::u32string::npos) {
        while (text.size() > 1 && (uint8_t(text.back()) & 0xC0) == 0x80)
            text.remove_suffix(1);
        text.remove_suffix(1);
    }
    return text;
}

Value replacedText(Interpreter &run, std::string_view text, std::string_view old, std::string_view fresh, int64_t count)
{
    std::string out;
    size_t at = 0;
    run.charge(text.size());
    while (count != 0 && run.alive()) {
        const void *found = old.empty() ? text.data() + at : memmem(text.data() + at, text.size() - at, old.data(), old.size());
        if (!found || !run.charge(fresh.size()))
            break;
        const size_t place = size_t(static_cast<const char *>(found) - text.data());
        out += text.substr(at, place - at);
        out += fresh;
        at = place + old.size();
        --count;
        if (!old.empty())
            continue;
        if (at >= text.size())
            break;
        const size_t start = at;
        nextCodePoint(text, at);
        out += text.substr(start, at - start);
    }
    out += text.substr(std::min(at, text.size()));
    return run.alive() ? run.text(std::move(out)) : Value();
}

std::vector<std::string_view> linesOf(std::string_view text, bool keepEnds, bool withLast)
{
    std::vector<std::string_view> lines;
    size_t start = 0;
    for (size_t at = 0; at < text.size();) {
        const size_t place = at;
        const char32_t c = nextCodePoint(text, at);
        if (!endsLine(c))
            continue;
        if (c == '\r' && at < text.size() && text[at] == '\n')
            ++at;
        lines.push_back(text.substr(start, (keepEnds ? at : place) - start));
        start = at;
    }
    if (start < text.size() || withLast)
        lines.push_back(text.substr(start));
    return lines;
}

Value paddedText(Interpreter &run, const Text &text, int64_t width, std::string_view fill, Side side)
{
    const int64_t missing = width - lengthOf(text);
    if (missing <= 0)
        return run.text(text.bytes);
    if (!run.charge(uint64_t(missing) * fill.size()))
        return {};
    // Where one character is left over, Python gives it to the left of texts of even width.
    const int64_t left = side == Side::Left ? missing : side == Side::Right ? 0 : missing / 2 + (missing & width & 1);
    std::string out;
    for (int64_t i = 0; i < left; ++i)
        out += fill;
    out += text.bytes;
    for (int64_t i = left; i < missing; ++i)
        out += fill;
    return run.text(std::move(out));
}

} // namespace assay::jinja
