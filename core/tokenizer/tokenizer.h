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

/// What an id of the vocabulary is: of the model's own, added to it, or added with a meaning of its own (BOS, ...).
enum class TokenKind { Plain, Added, Special };

/// A tokenizer read from tokenizer.json (Hugging Face tokenizers). Immutable; safe to share between threads.
class Tokenizer
{
public:
    /// A directory that holds tokenizer.json, or the file itself.
    static Result<std::shared_ptr<const Tokenizer>> open(const std::filesystem::path &path);
    static Result<std::shared_ptr<const Tokenizer>> parse(const std::string &json, const std::string &where);
    virtual ~Tokenizer() = default;

    /// Ids of UTF-8 text; special: with what the post-processor adds (BOS, ...).
    virtual std::vector<int64_t> encode(std::string_view text, bool special) const = 0;
    /// Text of ids; an id outside the vocabulary gives nothing. Incomplete UTF-8 becomes U+FFFD.
    virtual std::string decode(const std::vector<int64_t> &ids, bool skipSpecial) const = 0;
    /// The raw bytes of one id, for streaming: several ids may make one character.
    virtual std::string bytesOf(int64_t id, bool skipSpecial) const = 0;
    /// The piece as the vocabulary spells it; empty outside it.
    virtual std::string piece(int64_t id) const = 0;
    virtual int64_t idOf(std::string_view piece) const = 0; ///< -1 when there is none
    virtual TokenKind kind(int64_t id) const = 0; ///< Plain outside the vocabulary
    virtual int64_t vocabularySize() const = 0; ///< largest id + 1, added tokens in
};

} // namespace assay
