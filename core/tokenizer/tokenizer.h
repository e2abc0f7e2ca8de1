// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

class FileSet;

/// What an id of the vocabulary is: of the model's own, added to it, or added with a meaning of its own (BOS, ...).
enum class TokenKind { Plain, Added, Special };

/// Ids with the type of each (0: first text, 1: second), as BERT's classifiers take them.
struct TokenizedPair
{
    std::vector<int64_t> ids;
    std::vector<int64_t> types;
};

/// Where a tokenizer comes from and what it is made of.
struct TokenizerSummary
{
    std::string source; ///< the file: "tokenizer.json", "tokenizer.model", "model.gguf"
    std::string model;  ///< "BPE", "Unigram", "WordPiece", "WordLevel"
    /// Sections of tokenizer.json that ask for something at each call and are not applied: "truncation", "padding".
    std::vector<std::string> ignored;
};

/// Text of ids as they come. What is given out, one after another, is what decode() gives at once; bytes wait while
/// what follows may change them. Not to be shared between threads; must not outlive its tokenizer.
class TokenStream
{
public:
    virtual ~TokenStream() = default;
    /// Valid UTF-8, often empty.
    virtual std::string push(int64_t id) = 0;
    /// What still waits.
    virtual std::string finish() = 0;
};

/// A tokenizer read from tokenizer.json (Hugging Face tokenizers), tokenizer.model (SentencePiece) or the keys of a
/// GGUF file. Immutable; safe to share between threads.
class Tokenizer
{
public:
    /// A folder or one of the files that hold a tokenizer. Of several tokenizer.json comes first, then
    /// tokenizer.model, then a GGUF file. Errors: TokenizerMissing, TokenizerDamaged, TokenizerUnsupported,
    /// JsonDamaged, GgufDamaged, and those of files.
    static Result<std::shared_ptr<const Tokenizer>> open(const std::filesystem::path &path);
    static Result<std::shared_ptr<const Tokenizer>> open(const FileSet &files);
    /// The text of a tokenizer.json.
    static Result<std::shared_ptr<const Tokenizer>> parse(const std::string &json, const std::string &where);
    virtual ~Tokenizer() = default;

    /// Ids of UTF-8 text; special: with what the post-processor adds (BOS, ...).
    virtual std::vector<int64_t> encode(std::string_view text, bool special) const = 0;
    /// Two texts as one input, with the special tokens around and between them.
    virtual TokenizedPair encodePair(std::string_view text, std::string_view pair) const = 0;
    /// Text of ids; an id outside the vocabulary gives nothing. Incomplete UTF-8 becomes U+FFFD.
    virtual std::string decode(const std::vector<int64_t> &ids, bool skipSpecial) const = 0;
    virtual std::unique_ptr<TokenStream> stream(bool skipSpecial) const = 0;
    /// The raw bytes of one id as it stands within a text: " word" where pieces mark a blank before them. Several ids
    /// may make one character.
    virtual std::string bytesOf(int64_t id, bool skipSpecial) const = 0;
    /// The piece as the vocabulary spells it; empty outside it.
    virtual std::string piece(int64_t id) const = 0;
    virtual int64_t idOf(std::string_view piece) const = 0; ///< -1 when there is none
    virtual TokenKind kind(int64_t id) const = 0; ///< Plain outside the vocabulary
    virtual int64_t vocabularySize() const = 0; ///< largest id + 1, added tokens in
    virtual TokenizerSummary summary() const = 0;
};

} // namespace assay
