// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/tokenizer.h"

#include <cstdlib>

namespace assay::test {

/// What holds of every tokenizer that could be read, and of every error: aborts when it does not.
inline void checkTokenizer(const Result<std::shared_ptr<const Tokenizer>> &opened, std::string_view text)
{
    if (!opened) {
        const std::string sentence = opened.error().sentence();
        return validUtf8(sentence) == sentence ? void() : std::abort();
    }
    const Tokenizer &tokenizer = **opened;
    const std::vector<int64_t> ids = tokenizer.encode(text, false);
    for (const int64_t id : ids) {
        if (id < 0 || id >= tokenizer.vocabularySize())
            std::abort();
        tokenizer.bytesOf(id, false);
        tokenizer.kind(id);
    }
    const auto stream = tokenizer.stream(true);
    std::string streamed;
    for (const int64_t id : ids)
        streamed += stream->push(id);
    streamed += stream->finish();
    if (streamed != tokenizer.decode(ids, true) || validUtf8(streamed) != streamed)
        std::abort();
    tokenizer.encode(text, true);
    const TokenizedPair pair = tokenizer.encodePair(text.substr(0, text.size() / 2), text);
    if (pair.ids.size() != pair.types.size())
        std::abort();
    tokenizer.decode({-1, 0, 1, 5, int64_t(1) << 40}, false);
}

} // namespace assay::test
