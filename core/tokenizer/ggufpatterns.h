// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace assay {

/// How texts are cut that a byte-level GGUF vocabulary is for (tokenizer.ggml.pre).
struct GgufCutting
{
    std::vector<std::string_view> regexes; ///< one after another
    bool ignoreMerges = false;             ///< a word of the vocabulary is one token
    bool addBos = false;                   ///< where the file does not say
};

/// Nothing for a name that is not known. The names are llama.cpp's; the patterns are those of the models' own
/// tokenizer files, which llama.cpp's come from.
std::optional<GgufCutting> ggufCutting(std::string_view name);

} // namespace assay
