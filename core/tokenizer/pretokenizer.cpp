// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/pretokenizer.h"

#include "core/tokenizer/characterwalk.h"
#include "core/tokenizer/pretokenizersteps.h"
#include "core/tokenizer/problems.h"
#include "core/tokenizer/splitpatterns.h"
#include "core/tokenizer/tokenmodel.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace assay {
namespace {

using Json = nlohmann::json;
using namespace pretokenize;
using Steps = std::vector<Step>;
using Added = Result<void>;

constexpr int kDeepest = 8;

bool isPunctuation(char32_t c)
{
    const bool ascii = c > ' ' && c < 0x7F && !(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    return ascii || (CharacterClasses::instance().of(c) & character::Punctuation);
}

bool isNumber(char32_t c)
{
    return (CharacterClasses::instance().of(c) & character::Number) != 0;
}

Added addPattern(Steps &steps, const tl::expected<Pattern, std::string> &pattern, Behaviour behaviour, bool invert,
                 const std::string &where)
{
    if (!pattern)
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "a regular expression is wrong"),
                                "pre_tokenizer: " + pattern.error());
    steps.push_back(splitAt(*pattern, behaviour, invert));
    return {};
}

Result<Behaviour> behaviourIn(const Json &section, const std::string &where)
{
    const std::string name = section.value("behavior", "Isolated");
    const auto behaviour = behaviourOf(name);
    if (!behaviour)
        return tokenizerUnsupported(where, name, "pre_tokenizer");
    return *behaviour;
}

Added addSplit(Steps &steps, const Json &section, const std::string &where)
{
    const auto behaviour = behaviourIn(section, where);
    if (!behaviour)
        return tl::unexpected(behaviour.error());
    const Json &pattern = section.at("pattern");
    return addPattern(steps, pattern.contains("Regex")
                          ? Pattern::compile(pattern.at("Regex").get_ref<const std::string &>())
                          : Pattern::literal(pattern.at("String").get_ref<const std::string &>()),
                      *behaviour, section.value("invert", false), where);
}

Added addByteLevel(Steps &steps, const Json &section, const std::string &where)
{
    if (section.value("add_prefix_space", true))
        steps.push_back(prefixBlank());
    if (section.value("use_regex", true)) {
        if (auto added = addPattern(steps, Pattern::compile(splitpattern::kGpt2), Behaviour::Isolated, false, where); !added)
            return added;
    }
    steps.push_back(spellBytes());
    return {};
}

Added addMetaspace(Steps &steps, const Json &section, const std::string &where)
{
    const std::string replacement = section.value("replacement", std::string(kMetaspace));
    // Older files say add_prefix_space, newer ones prepend_scheme; str_rep repeats the replacement.
    const std::string scheme = section.value("prepend_scheme", section.value("add_prefix_space", true) ? "always" : "never");
    if (!section.value("add_prefix_space", true) && scheme != "never")
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "add_prefix_space and prepend_scheme contradict each other"),
                                "pre_tokenizer");
    static constexpr std::string_view kSchemes[] = {"first", "always", "never"};
    const auto known = std::find(std::begin(kSchemes), std::end(kSchemes), scheme);
    if (known == std::end(kSchemes))
        return tokenizerUnsupported(where, scheme, "pre_tokenizer");
    steps.push_back(metaspace(replacement, Prepend(known - std::begin(kSchemes)), section.value("split", true)));
    return {};
}

Added addDigits(Steps &steps, const Json &section, const std::string &)
{
    steps.push_back(splitAtCharacters(
        isNumber, section.value("individual_digits", false) ? Behaviour::Isolated : Behaviour::Contiguous));
    return {};
}

Added addPunctuation(Steps &steps, const Json &section, const std::string &where)
{
    const auto behaviour = behaviourIn(section, where);
    if (!behaviour)
        return tl::unexpected(behaviour.error());
    steps.push_back(splitAtCharacters(isPunctuation, *behaviour));
    return {};
}

Added addWhitespace(Steps &steps, const Json &, const std::string &)
{
    steps.push_back(splitWords());
    return {};
}

Added addWhitespaceSplit(Steps &steps, const Json &, const std::string &)
{
    steps.push_back(splitAtCharacters(isWhiteSpace, Behaviour::Removed));
    return {};
}

Added addBert(Steps &steps, const Json &, const std::string &)
{
    steps.push_back(splitAtCharacters(isWhiteSpace, Behaviour::Removed));
    steps.push_back(splitAtCharacters(isPunctuation, Behaviour::Isolated));
    return {};
}

Added addDelimiter(Steps &steps, const Json &section, const std::string &where)
{
    const std::string text = section.at("delimiter").get<std::string>();
    size_t offset = 0;
    const char32_t delimiter = text.empty() ? 0 : nextCodePoint(text, offset);
    if (text.empty() || offset != text.size())
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "the delimiter is not one character"), "pre_tokenizer");
    steps.push_back(splitAtCharacters([delimiter](char32_t c) { return c == delimiter; }, Behaviour::Removed));
    return {};
}

Added addScripts(Steps &steps, const Json &, const std::string &where)
{
    auto step = splitScripts(where);
    if (!step)
        return tl::unexpected(step.error());
    steps.push_back(std::move(*step));
    return {};
}

Added addFixedLength(Steps &steps, const Json &section, const std::string &)
{
    steps.push_back(splitLengths(std::max<uint64_t>(1, section.value("length", uint64_t(5)))));
    return {};
}

struct Kind
{
    const char *type;
    Added (*add)(Steps &steps, const Json &section, const std::string &where);
};

constexpr Kind kKinds[] = {
    {"Split", addSplit},
    {"ByteLevel", addByteLevel},
    {"Metaspace", addMetaspace},
    {"Digits", addDigits},
    {"Punctuation", addPunctuation},
    {"Whitespace", addWhitespace},
    {"WhitespaceSplit", addWhitespaceSplit},
    {"BertPreTokenizer", addBert},
    {"CharDelimiterSplit", addDelimiter},
    {"UnicodeScripts", addScripts},
    {"FixedLength", addFixedLength},
};

} // namespace

Result<PreTokenizer> PreTokenizer::parse(const Json &section, const std::string &where)
{
    PreTokenizer result;
    if (auto added = result.add(section, where, 0); !added)
        return tl::unexpected(added.error());
    return result;
}

Result<PreTokenizer> PreTokenizer::byteLevel(const std::vector<std::string_view> &regexes, const std::string &where)
{
    PreTokenizer result;
    for (const std::string_view regex : regexes) {
        if (auto added = addPattern(result.m_steps, Pattern::compile(regex), Behaviour::Isolated, false, where); !added)
            return tl::unexpected(added.error());
    }
    result.m_steps.push_back(spellBytes());
    result.m_endsInBytes = true;
    return result;
}

Result<void> PreTokenizer::add(const Json &section, const std::string &where, int depth)
{
    if (section.is_null())
        return {};
    const std::string type = section.at("type");
    if (type == "Sequence" && depth < kDeepest) {
        for (const Json &part : section.at("pretokenizers")) {
            if (auto added = add(part, where, depth + 1); !added)
                return added;
        }
        return {};
    }
    for (const Kind &kind : kKinds) {
        if (type == kind.type) {
            m_endsInBytes = type == "ByteLevel";
            return kind.add(m_steps, section, where);
        }
    }
    return tokenizerUnsupported(where, type, "pre_tokenizer");
}

void PreTokenizer::leaveBytes()
{
    if (std::exchange(m_endsInBytes, false))
        m_steps.pop_back();
}

void PreTokenizer::split(std::string_view text, bool first, CutWords &words) const
{
    words.list.clear();
    words.owned.clear();
    if (!text.empty())
        words.list.push_back({text, first});
    std::vector<Word> next;
    for (const auto &step : m_steps) {
        next.clear();
        for (const Word &word : words.list)
            step->cut(word, next, words.owned);
        words.list.swap(next);
    }
}

} // namespace assay
