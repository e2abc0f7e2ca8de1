// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/tokenizer/tokenizer.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

/// The post_processor section: which special tokens go around one text, and around and between two.
class PostProcessor
{
public:
    /// Every type of tokenizer.json. Throws nlohmann::json::exception for wrong types.
    static Result<PostProcessor> parse(const nlohmann::json &section, const std::string &where);
    /// The tokens before and behind each text (GGUF, SentencePiece).
    static PostProcessor around(std::vector<int64_t> before, std::vector<int64_t> after);
    /// BERT's: first, text, last, and for a second text that and last again, of type 1.
    static PostProcessor bert(int64_t first, int64_t last);

    TokenizedPair apply(std::vector<int64_t> text) const;
    TokenizedPair apply(std::vector<int64_t> text, std::vector<int64_t> pair) const;

private:
    struct Part
    {
        enum class Kind { Text, Pair, Special } kind = Kind::Text;
        std::vector<int64_t> ids; ///< of Special
        int64_t type = 0;
    };
    struct Template
    {
        std::vector<Part> single, pair;
    };

    Result<void> add(const nlohmann::json &section, const std::string &where, int depth);
    Result<void> addTemplate(const nlohmann::json &section, const std::string &where);
    void addRoberta(int64_t first, int64_t last);
    void addBert(int64_t first, int64_t last);
    static Result<std::vector<Part>> readParts(const nlohmann::json &list, const nlohmann::json &specials,
                                               const std::string &where);
    static TokenizedPair filled(const std::vector<Part> &parts, const TokenizedPair &text, const TokenizedPair &pair);

    std::vector<Template> m_templates;
};

} // namespace assay
