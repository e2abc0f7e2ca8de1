// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/tokenizer/tokenizer.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Tokenizers that cut every text alike: one family, whatever models use it.
struct TokenizerFamily
{
    std::string id, title;                 ///< "deepseek_v3", "DeepSeek-V3, R1 and later of that line"
    std::vector<std::string> aliases;      ///< further names of it in profiles: "qwen2_5"
    std::optional<int64_t> vocabulary;     ///< ids are below; padded as configs of its models have it
    int64_t digits = 0;                    ///< in a token of a long number: 1, or 3; 0: not known
    std::vector<int64_t> thinkEnd;         ///< ids of </think> among its models
    std::optional<int64_t> templateTokens; ///< that the usual template puts around one user message
};

/// A short text whose tokens were counted with each family's own tokenizer, without special tokens.
struct TableProbe
{
    std::string id, kind, text;            ///< kind "baseline": one token in every family
    std::map<std::string, int64_t> counts; ///< by family
};

/// resources/tokenizers: what is known of tokenizers that are not here.
struct TokenTable
{
    std::vector<TokenizerFamily> families;
    std::vector<TableProbe> probes;
    const TokenizerFamily *family(std::string_view id) const; ///< by id or alias; null: not among them
};

/// counts: token_counts.json; families: families.json. Error: ProfileDamaged (name, why).
Result<TokenTable> readTokenTable(std::string_view counts, std::string_view families, const std::string &name);

/// Tokenizers that are here, by family.
using TokenizerSet = std::map<std::string, std::shared_ptr<const Tokenizer>>;

/// Whose texts it cuts, by counting the table's: its name is not asked. Empty: none fits, or several do.
std::string familyOf(const Tokenizer &tokenizer, const TokenTable &table);

} // namespace assay
