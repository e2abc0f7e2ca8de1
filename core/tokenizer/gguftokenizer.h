// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"
#include "core/tokenizer/tokenizer.h"

namespace assay {

/// The tokenizer in the keys of a GGUF file (tokenizer.ggml.*; gguf.md of ggml): models llama (SentencePiece's BPE),
/// t5 (its unigram), gpt2 (byte-level BPE) and bert (WordPiece). Errors: TokenizerMissing, TokenizerDamaged,
/// TokenizerUnsupported, GgufDamaged.
Result<std::shared_ptr<const Tokenizer>> readGgufTokenizer(const ByteSource &file, const std::string &where);

} // namespace assay
