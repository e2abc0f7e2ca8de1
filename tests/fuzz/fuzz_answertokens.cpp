// SPDX-License-Identifier: GPL-3.0-or-later
// What an answer tells of its tokens, whatever its bytes: text in chunks is the text, ids and counts are none below zero.
#include "core/endpoint/answertokens.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const assay::AnswerTokens tokens = assay::readAnswerTokens({reinterpret_cast<const char *>(data), size});
    size_t bytes = 0;
    for (const std::string &chunk : tokens.chunks)
        bytes += chunk.size();
    if (bytes != tokens.answer.size() + tokens.reasoning.size() || tokens.prompt.value_or(0) < 0 || tokens.completion.value_or(0) < 0)
        std::abort();
    for (const int64_t id : tokens.ids)
        if (id < 0)
            std::abort();
    return 0;
}
