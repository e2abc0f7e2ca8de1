// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/addedtokens.h"
#include "core/tokenizer/decoder.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/postprocessor.h"
#include "core/tokenizer/pretokenizer.h"
#include "core/tokenizer/tokenmodel.h"

namespace assay {

/// What a tokenizer is made of, whatever file said so.
struct TokenizerParts
{
    Normalizer normalizer;
    PreTokenizer preTokenizer;
    std::unique_ptr<TokenModel> model;
    PostProcessor postProcessor;
    Decoder decoder;
    std::vector<AddedToken> added;
    TokenizerSummary summary;
};

/// Errors: TokenizerDamaged when an added token cannot be searched for.
Result<std::shared_ptr<const Tokenizer>> makeTokenizer(TokenizerParts parts, const std::string &where);

} // namespace assay
