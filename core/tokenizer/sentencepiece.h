// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/pipeline.h"

namespace assay {

/// A model of SentencePiece, as its own files (tokenizer.model) and the keys of GGUF have it. Read and run by our own
/// code: a GGUF file holds the same model without the file, Debian's libsentencepiece ends the process at some
/// damaged files, and its text cannot be streamed. Tests hold this against that library's programs.
struct SentencePieceModel
{
    /// Of sentencepiece_model.proto; GGUF's token types are the same numbers.
    enum Type { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };
    struct Piece
    {
        std::string text;
        double score = 0;
        int type = Normal;
    };

    std::vector<Piece> pieces; ///< by id
    bool bpe = false;          ///< else unigram
    bool byteFallback = false;
    int64_t unknown = -1, bos = -1, eos = -1; ///< -1: none
    SentencePieceRules rules;
    std::string charsmap; ///< empty: none
    bool addBos = false, addEos = false;
};

/// ModelProto of sentencepiece_model.proto. Whether BOS and EOS are added is not in it.
/// Errors: TokenizerDamaged, TokenizerUnsupported (models of words and of characters).
Result<SentencePieceModel> readSentencePieceModel(const ByteSource &file, const std::string &where);

/// Errors: TokenizerDamaged.
Result<TokenizerParts> tokenizerParts(SentencePieceModel model, const std::string &where);

/// Vocabulary of pieces whose ids are their places. Errors: TokenizerDamaged when there are none or too many.
Result<Vocabulary> vocabularyOf(const std::vector<SentencePieceModel::Piece> &pieces, const std::string &where);
/// What stands in texts as a whole: control, unknown and user-defined pieces.
std::vector<AddedToken> wholePieces(const std::vector<SentencePieceModel::Piece> &pieces);

} // namespace assay
