// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/modeldirectory.h"
#include "core/model/modelconfig.h"

namespace assay {

/// A token with a task: "eos_token" and what the tokenizer's files say of it.
struct SpecialToken
{
    std::string role; ///< "bos_token", "eos_token", "pad_token"
    std::string text;
    int64_t id = -1;
    std::string source; ///< the file or metadata key
};

/// What the tokenizer's files say that others say, too.
struct TokenizerClaims
{
    std::optional<int64_t> largestId;
    bool complete = false; ///< the whole vocabulary was seen; else there may be larger ids
    std::vector<SpecialToken> specials;
    std::optional<int64_t> contextLength; ///< model_max_length, unless it is the sign for none
    bool chatTokens = false; ///< marks of turns are among the tokens
};

/// Reads added_tokens.json, tokenizer_config.json, tokenizer.json, vocab.json and a GGUF file's keys, each up to a
/// size that keeps opening quick; damaged ones are passed over: the tokenizer page tells of them.
TokenizerClaims readTokenizerClaims(const ModelDirectory &directory);

/// Vocabulary against the embedding's rows, special tokens and context of config, generation config and tokenizer,
/// a chat template that should be there. `rows`: of the embedding, nothing when they were not counted.
std::vector<Finding> checkTokenizer(const ModelDirectory &directory, const ModelConfig &config,
                                    const std::optional<GenerationConfig> &generation, std::optional<int64_t> rows);

} // namespace assay
