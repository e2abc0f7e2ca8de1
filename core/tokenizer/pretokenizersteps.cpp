// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/pretokenizersteps.h"

#include "core/tokenizer/bytelevel.h"
#include "core/tokenizer/characterwalk.h"

#include <algorithm>
#include <array>

namespace assay::pretokenize {
namespace {

struct Cut
{
    Span span;
    bool match = false;
};

/// A delimiter joins its neighbour only when that is no delimiter itself; backwards, "next" is "previous".
std::vector<Cut> joined(std::vector<Cut> cuts, Behaviour behaviour)
{
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

Word partOf(Word word, size_t begin, size_t end)
{
    return {word.text.substr(begin, end - begin), word.first && begin == 0};
}

/// Appends the word's parts, given the matches within it.
void cutAt(Word word, const std::vector<Span> &found, Behaviour behaviour, bool invert, std::vector<Word> &out)
{
    size_t done = 0;
    if (behaviour == Behaviour::Isolated || behaviour == Behaviour::Removed) {
        const bool drop = behaviour == Behaviour::Removed;
        for (const Span &span : found) {
            if (span.begin > done && !(drop && invert))
                out.push_back(partOf(word, done, span.begin));
            if (!drop || invert)
                out.push_back(partOf(word, span.begin, span.end));
            done = span.end;
        }
        if (done < word.text.size() && !(drop && invert))
            out.push_back(partOf(word, done, word.text.size()));
        return;
    }
    std::vector<Cut> cuts;
    for (const Span &span : found) {
        if (span.begin > done)
            cuts.push_back({{done, span.begin}, invert});
        cuts.push_back({span, !invert});
        done = span.end;
    }
    if (done < word.text.size())
        cuts.push_back({{done, word.text.size()}, invert});
    for (const Cut &cut : joined(std::move(cuts), behaviour))
        out.push_back(partOf(word, cut.span.begin, cut.span.end));
}

std::vector<Span> &spans()
{
    static thread_local std::vector<Span> found; // of one word; used again from word to word
    found.clear();
    return found;
}

class SplitStep final : public PreTokenizerStep
{
public:
    SplitStep(Pattern pattern, Behaviour behaviour, bool invert)
        : m_pattern(std::move(pattern)), m_behaviour(behaviour), m_invert(invert)
    {
    }
    void cut(Word word, std::vector<Word> &out, std::deque<std::string> &) const override
    {
        std::vector<Span> &found = spans();
        m_pattern.find(word.text, found);
        cutAt(word, found, m_behaviour, m_invert, out);
    }

private:
    Pattern m_pattern;
    Behaviour m_behaviour;
    bool m_invert;
};

class CharacterStep final : public PreTokenizerStep
{
public:
    CharacterStep(std::function<bool(char32_t)> delimiter, Behaviour behaviour)
        : m_delimiter(std::move(delimiter)), m_behaviour(behaviour)
    {
    }
    void cut(Word word, std::vector<Word> &out, std::deque<std::string> &) const override
    {
        std::vector<Span> &found = spans();
        for (size_t offset = 0; offset < word.text.size();) {
            const size_t begin = offset;
            if (m_delimiter(nextCodePoint(word.text, offset)))
                found.push_back({begin, offset});
        }
        cutAt(word, found, m_behaviour, false, out);
    }

private:
    std::function<bool(char32_t)> m_delimiter;
    Behaviour m_behaviour;
};

/// Cuts where the kind of the characters changes; kind 0 is dropped.
class WordStep final : public PreTokenizerStep
{
public:
    void cut(Word word, std::vector<Word> &out, std::deque<std::string> &) const override
    {
        size_t start = 0;
        int kind = 0;
        for (size_t offset = 0; offset < word.text.size();) {
            const size_t begin = offset;
            const char32_t c = nextCodePoint(word.text, offset);
            const int found = isWordCharacter(c) ? 2 : isWhiteSpace(c) ? 0 : 1;
            if (found == kind)
                continue;
            if (kind != 0)
                out.push_back(partOf(word, start, begin));
            start = begin;
            kind = found;
        }
        if (kind != 0)
            out.push_back(partOf(word, start, word.text.size()));
    }
};

class PrefixStep final : public PreTokenizerStep
{
public:
    void cut(Word word, std::vector<Word> &out, std::deque<std::string> &owned) const override
    {
        if (word.text.front() != ' ')
            word.text = owned.emplace_back(" " + std::string(word.text));
        out.push_back(word);
    }
};

class BytesStep final : public PreTokenizerStep
{
public:
    void cut(Word word, std::vector<Word> &out, std::deque<std::string> &owned) const override
    {
        word.text = owned.emplace_back(pieceFromBytes(word.text));
        out.push_back(word);
    }
};

class MetaspaceStep final : public PreTokenizerStep
{
public:
    MetaspaceStep(std::string replacement, Prepend prepend, bool cut)
        : m_replacement(std::move(replacement)), m_pattern(Pattern::literal(m_replacement)), m_prepend(prepend), m_cut(cut)
    {
    }
    void cut(Word word, std::vector<Word> &out, std::deque<std::string> &owned) const override
    {
        std::string &text = owned.emplace_back();
        text.reserve(word.text.size() + word.text.size() / 2 + m_replacement.size());
        const bool marked = word.text.front() == ' ' || word.text.starts_with(m_replacement);
        if (!marked && (m_prepend == Prepend::Always || (m_prepend == Prepend::First && word.first)))
            text = m_replacement;
        for (const char c : word.text) {
            if (c == ' ')
                text += m_replacement;
            else
                text += c;
        }
        word.text = text;
        if (!m_cut) {
            out.push_back(word);
            return;
        }
        std::vector<Span> &found = spans();
        m_pattern.find(word.text, found);
        cutAt(word, found, Behaviour::MergedWithNext, false, out);
    }

private:
    std::string m_replacement;
    Pattern m_pattern;
    Prepend m_prepend;
    bool m_cut;
};

class LengthStep final : public PreTokenizerStep
{
public:
    explicit LengthStep(uint64_t characters) : m_characters(characters) {}
    void cut(Word word, std::vector<Word> &out, std::deque<std::string> &) const override
    {
        size_t start = 0;
        uint64_t count = 0;
        for (size_t offset = 0; offset < word.text.size();) {
            nextCodePoint(word.text, offset);
            if (++count < m_characters && offset < word.text.size())
                continue;
            out.push_back(partOf(word, start, offset));
            start = offset;
            count = 0;
        }
    }

private:
    uint64_t m_characters;
};

} // namespace

std::optional<Behaviour> behaviourOf(std::string_view name)
{
    static constexpr std::array<std::string_view, 5> kNames{"Isolated", "Removed", "MergedWithPrevious",
                                                            "MergedWithNext", "Contiguous"};
    const auto found = std::find(kNames.begin(), kNames.end(), name);
    return found == kNames.end() ? std::nullopt : std::optional(Behaviour(found - kNames.begin()));
}

Step splitAt(Pattern pattern, Behaviour behaviour, bool invert)
{
    return std::make_shared<const SplitStep>(std::move(pattern), behaviour, invert);
}

Step splitAtCharacters(std::function<bool(char32_t)> delimiter, Behaviour behaviour)
{
    return std::make_shared<const CharacterStep>(std::move(delimiter), behaviour);
}

Step splitWords()
{
    return std::make_shared<const WordStep>();
}

Step prefixBlank()
{
    return std::make_shared<const PrefixStep>();
}

Step spellBytes()
{
    return std::make_shared<const BytesStep>();
}

Step metaspace(std::string replacement, Prepend prepend, bool cut)
{
    return std::make_shared<const MetaspaceStep>(std::move(replacement), prepend, cut);
}

Step splitLengths(uint64_t characters)
{
    return std::make_shared<const LengthStep>(characters);
}

} // namespace assay::pretokenize
