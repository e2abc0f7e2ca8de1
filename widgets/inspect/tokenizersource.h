// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/modeldirectory.h"
#include "core/model/chattemplate.h"
#include "core/tokenizer/tokenizer.h"

#include <QString>
#include <nlohmann/json.hpp>

namespace assay {

/// One entry of a vocabulary.
struct VocabularyRow
{
    int64_t id = 0;
    TokenKind kind = TokenKind::Plain;
    QString text;  ///< as shownToken() gives it
    QString piece; ///< as the vocabulary spells it
};

/// What the tokenizer page shows of a subject.
struct TokenizerSource
{
    std::shared_ptr<const Tokenizer> tokenizer;
    std::optional<Error> error; ///< why there is no tokenizer
    std::shared_ptr<const std::vector<VocabularyRow>> vocabulary;
    std::vector<ChatTemplate> templates;
    nlohmann::ordered_json specials; ///< texts of the special tokens, for the templates
};

/// Reads it; takes up to seconds, so call it on another thread.
TokenizerSource loadTokenizer(const ModelDirectory &directory);

/// Bytes of a token for people: spaces as a dot, line ends and tabs as arrows, what is no whole character as \xE4.
QString shownToken(const std::string &bytes);
QString tokenKindText(TokenKind kind);

} // namespace assay
