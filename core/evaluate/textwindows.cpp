// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/textwindows.h"

#include <algorithm>
#include <charconv>

namespace assay {
namespace {

constexpr std::string_view kLlama = "llama.cpp ", kStride = "stride ", kOf = " of ";

std::vector<int64_t> part(std::span<const int64_t> tokens, int64_t from, int64_t end)
{
    const auto piece = tokens.subspan(size_t(from), size_t(end - from));
    return {piece.begin(), piece.end()};
}

/// llama.cpp, tools/perplexity: of each window the logits of positions context / 2 to context - 2 are used, which tell of the
/// tokens one behind.
std::vector<TextWindow> llamaWindows(std::span<const int64_t> tokens, std::optional<int64_t> begin, int64_t context)
{
    std::vector<int64_t> all(tokens.begin(), tokens.end());
    if (begin)
        all.insert(all.begin(), *begin);
    std::vector<TextWindow> out;
    const int64_t count = int64_t(all.size());
    if (context < 4 || count < 2 * context)
        return out;
    for (int64_t start = 0; start + context <= count; start += context) {
        const int64_t first = start + context / 2 + 1;
        TextWindow window{part(all, start, first), part(all, first, start + context)};
        if (begin)
            window.context.front() = *begin;
        out.push_back(std::move(window));
    }
    return out;
}

std::vector<TextWindow> stridedWindows(std::span<const int64_t> tokens, std::optional<int64_t> begin, const TextCut &cut)
{
    std::vector<TextWindow> out;
    const int64_t count = int64_t(tokens.size()), room = std::max<int64_t>(cut.context, 2);
    const int64_t stride = std::clamp<int64_t>(cut.stride, 1, room - 1);
    for (int64_t done = 0; done < count;) {
        // The first window has nothing before it and scores what it holds.
        const int64_t end = std::min(count, done + (done == 0 ? room - 1 : stride));
        const int64_t from = std::max<int64_t>(0, end - (room - 1));
        TextWindow window{part(tokens, from, done), part(tokens, done, end)};
        if (begin)
            window.context.insert(window.context.begin(), *begin);
        out.push_back(std::move(window));
        done = end;
    }
    return out;
}

std::optional<int64_t> numberOf(std::string_view text)
{
    int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size() && value > 0 ? std::optional(value) : std::nullopt;
}

} // namespace

std::string cutName(const TextCut &cut)
{
    if (cut.stride == 0)
        return std::string(kLlama) + std::to_string(cut.context);
    return std::string(kStride) + std::to_string(cut.stride) + std::string(kOf) + std::to_string(cut.context);
}

std::optional<TextCut> cutFromName(const std::string &name)
{
    const std::string_view text = name;
    if (text.starts_with(kLlama)) {
        const auto context = numberOf(text.substr(kLlama.size()));
        return context ? std::optional(TextCut{*context, 0}) : std::nullopt;
    }
    const size_t of = text.find(kOf);
    if (!text.starts_with(kStride) || of == std::string_view::npos)
        return std::nullopt;
    const auto stride = numberOf(text.substr(kStride.size(), of - kStride.size())), context = numberOf(text.substr(of + kOf.size()));
    return stride && context ? std::optional(TextCut{*context, *stride}) : std::nullopt;
}

std::vector<TextWindow> textWindows(std::span<const int64_t> tokens, std::optional<int64_t> begin, const TextCut &cut)
{
    return cut.stride == 0 ? llamaWindows(tokens, begin, cut.context) : stridedWindows(tokens, begin, cut);
}

int64_t wordCount(std::string_view text)
{
    constexpr std::string_view kBlanks = " \t\r\n\v\f";
    int64_t words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool blank = kBlanks.find(c) != std::string_view::npos;
        words += !blank && !inside ? 1 : 0;
        inside = !blank;
    }
    return words;
}

} // namespace assay
