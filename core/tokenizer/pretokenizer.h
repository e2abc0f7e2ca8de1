// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/tokenizer/pattern.h"

#include <nlohmann/json_fwd.hpp>

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// A part of a text; never empty.
struct Word
{
    std::string_view text;
    bool first = false; ///< it begins where the whole text begins
};

/// Words into which a text was cut; the views look into the text or into owned.
struct CutWords
{
    std::vector<Word> list;
    std::deque<std::string> owned;
};

/// One pre-tokenizer: cuts a word, or writes it anew.
class PreTokenizerStep
{
public:
    virtual ~PreTokenizerStep() = default;
    virtual void cut(Word word, std::vector<Word> &out, std::deque<std::string> &owned) const = 0;
};

/// The pre_tokenizer section.
class PreTokenizer
{
public:
    /// Every type of tokenizer.json. Throws nlohmann::json::exception for wrong types.
    static Result<PreTokenizer> parse(const nlohmann::json &section, const std::string &where);
    /// Isolated matches of these patterns, one after another, at byte level (GGUF names no more).
    static Result<PreTokenizer> byteLevel(const std::vector<std::string_view> &regexes, const std::string &where);

    /// Cuts valid UTF-8; `first`: nothing of the whole text stands before it.
    void split(std::string_view text, bool first, CutWords &words) const;

    /// Whether the last step turns bytes into GPT-2's alphabet. It may be left out for a model that reads bytes.
    bool endsInBytes() const { return m_endsInBytes; }
    void leaveBytes();

private:
    Result<void> add(const nlohmann::json &section, const std::string &where, int depth);

    std::vector<std::shared_ptr<const PreTokenizerStep>> m_steps;
    bool m_endsInBytes = false;
};

} // namespace assay
