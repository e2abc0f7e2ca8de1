// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/pretokenizer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr int kDeepest = 8;
/// GPT-2's words: English contractions, letters, numbers, others, white space but for the last blank.
constexpr std::string_view kByteLevelRegex =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

} // namespace

Result<PreTokenizer> PreTokenizer::parse(const nlohmann::json &section, const std::string &where)
{
    PreTokenizer result;
    if (auto added = result.add(section, where, 0); !added)
        return tl::unexpected(added.error());
    return result;
}

Result<void> PreTokenizer::add(const nlohmann::json &section, const std::string &where, int depth)
{
    if (section.is_null())
        return {};
    const std::string type = section.at("type");
    Step step;
    if (type == "Sequence" && depth < kDeepest) {
        for (const nlohmann::json &part : section.at("pretokenizers")) {
            if (auto added = add(part, where, depth + 1); !added)
                return added;
        }
        return {};
    }
    if (type == "ByteLevel") {
        m_byteLevel = true;
        step.addPrefixSpace = section.value("add_prefix_space", true);
        if (section.value("use_regex", true))
            return addStep(std::move(step), Pattern::compile(kByteLevelRegex), where);
        m_steps.push_back(std::move(step));
        return {};
    }
    if (type == "Digits") {
        const bool single = section.value("individual_digits", false);
        return addStep(std::move(step), Pattern::compile(single ? R"(\p{N})" : R"(\p{N}+)"), where);
    }
    if (type == "Split") {
        static constexpr std::array<const char *, 5> kBehaviours{"Isolated", "Removed", "MergedWithPrevious",
                                                                 "MergedWithNext", "Contiguous"};
        const std::string behaviour = section.at("behavior");
        const auto known = std::find(kBehaviours.begin(), kBehaviours.end(), behaviour);
        if (known == kBehaviours.end())
            return failure(ErrorCode::TokenizerUnsupported, {where, "the split behaviour " + behaviour}, "pre_tokenizer");
        step.behaviour = Behaviour(known - kBehaviours.begin());
        step.invert = section.value("invert", false);
        const nlohmann::json &pattern = section.at("pattern");
        return addStep(std::move(step), pattern.contains("Regex")
                           ? Pattern::compile(pattern.at("Regex").get_ref<const std::string &>())
                           : Pattern::literal(pattern.at("String").get_ref<const std::string &>()), where);
    }
    return failure(ErrorCode::TokenizerUnsupported, {where, "the pre-tokenizer " + type}, "pre_tokenizer");
}

Result<void> PreTokenizer::addStep(Step step, const tl::expected<Pattern, std::string> &pattern, const std::string &where)
{
    if (!pattern)
        return failure(ErrorCode::TokenizerDamaged, {where, "a regular expression is wrong: " + pattern.error()},
                       "pre_tokenizer");
    step.pattern.push_back(*pattern);
    m_steps.push_back(std::move(step));
    return {};
}

Words PreTokenizer::split(std::string_view text) const
{
    Words words;
    if (!text.empty())
        words.views.push_back(text);
    for (const Step &step : m_steps) {
        std::vector<std::string_view> next;
        for (std::string_view word : words.views) {
            if (step.addPrefixSpace && word.front() != ' ')
                word = words.owned.emplace_back(" " + std::string(word));
            for (const Cut &cut : cuts(step, word))
                next.push_back(word.substr(cut.span.begin, cut.span.end - cut.span.begin));
        }
        words.views = std::move(next);
    }
    return words;
}

std::vector<PreTokenizer::Cut> PreTokenizer::cuts(const Step &step, std::string_view text)
{
    if (step.pattern.empty())
        return {{{0, text.size()}, false}};
    std::vector<Cut> result;
    size_t done = 0;
    for (const Span &span : step.pattern.front().matches(text)) {
        if (span.begin > done)
            result.push_back({{done, span.begin}, step.invert});
        result.push_back({span, !step.invert});
        done = span.end;
    }
    if (done < text.size())
        result.push_back({{done, text.size()}, step.invert});
    return joined(std::move(result), step.behaviour);
}

std::vector<PreTokenizer::Cut> PreTokenizer::joined(std::vector<Cut> cuts, Behaviour behaviour)
{
    if (behaviour == Behaviour::Isolated)
        return cuts;
    if (behaviour == Behaviour::Removed) {
        std::erase_if(cuts, [](const Cut &cut) { return cut.match; });
        return cuts;
    }
    // A delimiter joins its neighbour only when that is no delimiter itself; backwards, "next" is "previous".
    const bool backwards = behaviour == Behaviour::MergedWithNext;
    if (backwards)
        std::reverse(cuts.begin(), cuts.end());
    std::vector<Cut> result;
    bool before = false;
    for (const Cut &cut : cuts) {
        const bool joins = behaviour == Behaviour::Contiguous ? cut.match == before : cut.match && !before;
        if (joins && !result.empty()) {
            result.back().span.begin = std::min(result.back().span.begin, cut.span.begin);
            result.back().span.end = std::max(result.back().span.end, cut.span.end);
        } else {
            result.push_back(cut);
        }
        before = cut.match;
    }
    if (backwards)
        std::reverse(result.begin(), result.end());
    return result;
}

} // namespace assay
