// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// How a text is cut into pieces that fit a model's context, for its perplexity (evaluation.md 3.2).
struct TextCut
{
    int64_t context = 512;
    /// 0: as llama.cpp cuts: windows that do not overlap, each begun by the begin token in place of its first one, of which only the
    /// second half is scored. Else every token is scored once, so many in each window, after what fits before them.
    int64_t stride = 0;
    bool operator==(const TextCut &) const = default;
};
/// "llama.cpp 512", "stride 256 of 512".
std::string cutName(const TextCut &cut);
/// What cutName() wrote; nothing when it is something else.
std::optional<TextCut> cutFromName(const std::string &name);

/// Tokens whose likelihoods are summed, after these.
struct TextWindow
{
    std::vector<int64_t> context; ///< empty: nothing but the token that stands before texts
    std::vector<int64_t> scored;
};

/// The windows of a text whose tokens are these, the begin token, where the tokenizer puts one before texts, not among them. llama.cpp's
/// way needs two contexts of tokens, the begin token counted; without them there is no window. With a stride all tokens are scored.
std::vector<TextWindow> textWindows(std::span<const int64_t> tokens, std::optional<int64_t> begin, const TextCut &cut);

/// Words as they are between white space.
int64_t wordCount(std::string_view text);

} // namespace assay
