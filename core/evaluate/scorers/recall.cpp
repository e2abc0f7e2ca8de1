// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorers/recall.h"

#include "core/evaluate/scorers/judges.h"
#include "core/evaluate/scorers/words.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utf8proc.h>

namespace assay {
namespace {

constexpr std::array<std::string_view, 21> kNumberWords{
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};

bool isDigit(char32_t c)
{
    return c >= '0' && c <= '9';
}

/// "é" -> "e": the first character of the decomposition. Hangul would fall apart.
char32_t withoutAccent(char32_t c)
{
    utf8proc_int32_t parts[8];
    if (c < 0xC0 || words::isCjk(c))
        return c;
    const utf8proc_ssize_t count = utf8proc_decompose_char(utf8proc_int32_t(c), parts, 8, UTF8PROC_DECOMPOSE, nullptr);
    return count > 0 && count <= 8 ? char32_t(parts[0]) : c;
}

bool isMark(char32_t c)
{
    return c >= 0x300 && utf8proc_category(utf8proc_int32_t(c)) == UTF8PROC_CATEGORY_MN;
}

/// One word as it is compared: numbers in their shortest form, number words as digits.
std::string canonical(std::string word)
{
    if (const auto hit = std::ranges::find(kNumberWords, std::string_view(word)); hit != kNumberWords.end())
        return std::to_string(hit - kNumberWords.begin());
    if (word.find_first_not_of("0123456789.") != std::string::npos)
        return word;
    if (word.find('.') != std::string::npos) {
        word.erase(word.find_last_not_of('0') + 1);
        if (word.ends_with('.'))
            word.pop_back();
    }
    const size_t first = word.find_first_not_of('0');
    if (first == std::string::npos)
        return "0";
    word.erase(0, first);
    return word.front() == '.' ? "0" + word : word;
}

/// Reads words off a text that is lower case and narrow.
class FactReader
{
public:
    explicit FactReader(std::string_view text) : m_text(text) {}

    std::vector<std::string> read()
    {
        for (size_t at = 0; at < m_text.size();) {
            const size_t here = at;
            const char32_t c = withoutAccent(words::next(m_text, at));
            if (words::isCjk(c))
                alone(c);
            else if (words::isWord(c))
                belongs(c);
            else if (!isMark(c) && !isInNumber(c, here, at))
                end();
            if ((c == '\'' || c == 0x2019) && m_text.substr(at).starts_with("s") && !continues(at + 1))
                ++at; // the possessive
        }
        end();
        return std::move(m_words);
    }

private:
    bool continues(size_t at) const
    {
        return at < m_text.size() && words::isWord(words::next(m_text, at));
    }
    /// A comma or point within a number: the comma goes, the point stays.
    bool isInNumber(char32_t c, size_t here, size_t behind)
    {
        const auto digitAt = [&](size_t at) { return at < m_text.size() && isDigit(char32_t(static_cast<unsigned char>(m_text[at]))); };
        const bool within = m_number && here > 0 && digitAt(here - 1) && digitAt(behind);
        if (c == ',' && within)
            return digitAt(behind + 1) && digitAt(behind + 2) && !digitAt(behind + 3);
        if (c != '.' || !within)
            return false;
        m_word += '.';
        return true;
    }
    void belongs(char32_t c)
    {
        // "30km" are two words, "b2" is one.
        if (m_number && !isDigit(c))
            end();
        m_number = m_word.empty() ? isDigit(c) : m_number;
        words::append(m_word, c);
    }
    void alone(char32_t c)
    {
        end();
        words::append(m_word, c);
        end();
    }
    void end()
    {
        if (!m_word.empty())
            m_words.push_back(canonical(std::move(m_word)));
        m_word.clear();
        m_number = false;
    }

    std::string_view m_text;
    std::string m_word;
    bool m_number = false; ///< the word began with a digit
    std::vector<std::string> m_words;
};

/// Where the words stand together, looked for in linear time on average.
bool standsIn(const std::vector<std::string> &text, const std::unordered_set<std::string_view> &all, const std::vector<std::string> &fact)
{
    if (fact.empty() || !std::ranges::all_of(fact, [&](const std::string &word) { return all.contains(word); }))
        return false;
    return std::search(text.begin(), text.end(), fact.begin(), fact.end()) != text.end();
}

/// The ways to say a fact stand between bars: "12 March|March 12".
std::vector<std::string_view> ways(std::string_view fact)
{
    std::vector<std::string_view> out;
    for (size_t bar = fact.find('|'); bar != std::string_view::npos; bar = fact.find('|')) {
        out.push_back(fact.substr(0, bar));
        fact.remove_prefix(bar + 1);
    }
    out.push_back(fact);
    return out;
}

} // namespace

std::vector<std::string> factWords(std::string_view text)
{
    const std::string plain = words::lowered(words::narrowed(text));
    return FactReader(plain).read();
}

namespace judges {
namespace {

std::string missing(const std::vector<std::string> &facts)
{
    constexpr size_t kMostBytes = 300;
    std::string out;
    for (const std::string &fact : facts) {
        out += (out.empty() ? "missing: " : "; ") + fact;
        if (out.size() > kMostBytes)
            return out + " ...";
    }
    return out;
}

/// How many of the wanted texts are there, told in the rule.
Judgement share(Part part, const std::vector<std::string> &wanted, const std::vector<std::string> &absent)
{
    part.judgement.rule = missing(absent);
    const double score = wanted.empty() ? 0 : double(wanted.size() - absent.size()) / double(wanted.size());
    return scored(part.judgement, score, part.open);
}

std::vector<std::string> notContained(const SuiteItem &item, const Part &part)
{
    const std::string text = words::lowered(part.text);
    std::vector<std::string> out;
    std::ranges::copy_if(item.answers, std::back_inserter(out),
                         [&](const std::string &one) { return text.find(words::lowered(one)) == std::string::npos; });
    return out;
}

} // namespace

Judgement rulerAll(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    Part part = partOf(item, answer, choice);
    if (!part.there)
        return part.judgement;
    const std::vector<std::string> absent = notContained(item, part);
    return share(std::move(part), item.answers, absent);
}

Judgement rulerPart(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    const Part part = partOf(item, answer, choice);
    if (!part.there)
        return part.judgement;
    return scored(part.judgement, notContained(item, part).size() < item.answers.size() ? 1 : 0, part.open);
}

Judgement facts(const Suite &, const SuiteItem &item, const Answer &answer, const ScorerChoice &choice)
{
    Part part = partOf(item, answer, choice);
    if (!part.there)
        return part.judgement;
    const std::vector<std::string> text = factWords(part.text);
    const std::unordered_set<std::string_view> all(text.begin(), text.end());
    std::vector<std::string> absent;
    for (const std::string &fact : item.answers) {
        const auto told = [&](std::string_view way) { return standsIn(text, all, factWords(way)); };
        if (std::ranges::none_of(ways(fact), told))
            absent.push_back(fact);
    }
    return share(std::move(part), item.answers, absent);
}

} // namespace judges
} // namespace assay
