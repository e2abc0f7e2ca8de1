// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/tokenizer/tokenmodel.h"

#include <simdjson.h>

#include <memory>
#include <string>

namespace assay {

/// The model section of tokenizer.json: BPE, Unigram, WordPiece or WordLevel; by its fields where no type is named.
/// byteLevel: words end up in GPT-2's alphabet, and the model may read the bytes instead.
/// Errors: TokenizerDamaged, TokenizerUnsupported.
Result<std::unique_ptr<TokenModel>> readTokenModel(simdjson::dom::object section, bool byteLevel, const std::string &where,
                                                   std::string &type);

} // namespace assay
