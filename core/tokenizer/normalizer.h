// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

class Charsmap;

/// What a text becomes before it is cut. Valid UTF-8 in, valid UTF-8 out.
using NormalizerStep = std::function<void(std::string &text)>;

/// How SentencePiece prepares a text (the normalizer_spec of its model files, the same keys in GGUF).
struct SentencePieceRules
{
    bool addDummyPrefix = true;         ///< a blank before the text
    bool removeExtraWhitespaces = true; ///< at both ends, and all but one of several
    bool escapeWhitespaces = true;      ///< blanks become U+2581
    bool blankBehind = false;           ///< treat_whitespace_as_suffix: the blank goes behind the text
};

/// The normalizer section: steps, one after another.
class Normalizer
{
public:
    /// Every type of tokenizer.json. Throws nlohmann::json::exception for wrong types.
    static Result<Normalizer> parse(const nlohmann::json &section, const std::string &where);
    static Normalizer sentencePiece(std::shared_ptr<const Charsmap> map, SentencePieceRules rules);

    std::string apply(std::string_view text) const;
    bool empty() const { return m_steps.empty(); }

private:
    Result<void> add(const nlohmann::json &section, const std::string &where, int depth);
    std::vector<NormalizerStep> m_steps;
};

} // namespace assay
