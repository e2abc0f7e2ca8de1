// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/tokenizer/pattern.h"

#include <nlohmann/json_fwd.hpp>

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Words into which a text was cut; the views look into the text or into owned.
struct Words
{
    std::vector<std::string_view> views;
    std::deque<std::string> owned;
};

/// The pre_tokenizer section: Split, Digits, ByteLevel and Sequences of them. Bytes stay bytes here; the
/// model knows the byte-level alphabet.
class PreTokenizer
{
public:
    /// Throws nlohmann::json::exception for wrong types.
    static Result<PreTokenizer> parse(const nlohmann::json &section, const std::string &where);
    /// Cuts valid UTF-8. No word is empty.
    Words split(std::string_view text) const;
    /// Whether the words are byte-level (the only kind that the model reads).
    bool byteLevel() const { return m_byteLevel; }

private:
    enum class Behaviour { Isolated, Removed, MergedWithPrevious, MergedWithNext, Contiguous };
    struct Step
    {
        std::vector<Pattern> pattern; ///< none: nothing is cut
        Behaviour behaviour = Behaviour::Isolated;
        bool invert = false;
        bool addPrefixSpace = false;
    };
    struct Cut
    {
        Span span;
        bool match = false;
    };

    Result<void> add(const nlohmann::json &section, const std::string &where, int depth);
    Result<void> addStep(Step step, const tl::expected<Pattern, std::string> &pattern, const std::string &where);
    static std::vector<Cut> cuts(const Step &step, std::string_view text);
    static std::vector<Cut> joined(std::vector<Cut> cuts, Behaviour behaviour);

    std::vector<Step> m_steps;
    bool m_byteLevel = false;
};

} // namespace assay
