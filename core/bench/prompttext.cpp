// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/prompttext.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace assay {
namespace {


constexpr std::array<std::string_view, 48> kNouns{
    "river",  "garden",  "teacher", "machine", "letter", "window", "village", "doctor", "market",  "story",  "road",    "summer",
    "engine", "kitchen", "library", "captain", "forest", "bridge", "farmer",  "school", "evening", "island", "harbour", "station",
    "winter", "castle",  "painter", "journey", "singer", "mirror", "tower",   "valley", "morning", "ship",   "house",   "friend",
    "child",  "street",  "office",  "mountain", "book",  "clock",  "door",    "field",  "horse",   "table",  "neighbour", "city"};
constexpr std::array<std::string_view, 32> kAdjectives{"old",   "quiet", "bright", "narrow", "young",  "heavy", "gentle", "distant",
                                                       "small", "green", "broken", "famous", "clever", "empty", "warm",   "early",
                                                       "tall",  "dark",  "simple", "sudden", "honest", "rough", "pale",   "busy",
                                                       "round", "cold",  "lucky",  "proud",  "silent", "wide",  "strange", "new"};
constexpr std::array<std::string_view, 32> kVerbs{
    "crossed",  "followed", "remembered", "opened",   "carried", "watched",  "repaired", "visited", "painted", "described", "reached",
    "bought",   "forgot",   "found",      "surprised", "helped", "answered", "built",    "left",    "changed", "cleaned",   "measured",
    "welcomed", "counted",  "discovered", "invited",  "moved",   "passed",   "studied",  "trusted", "wanted",  "questioned"};
constexpr std::array<std::string_view, 16> kPlaces{"near", "behind", "beyond", "beside", "under",  "above",   "across", "around",
                                                   "with", "without", "before", "after", "inside", "against", "toward", "past"};
constexpr std::array<std::string_view, 12> kOpenings{"Later",     "Meanwhile", "Soon",     "Yesterday", "Perhaps", "Suddenly",
                                                     "Of course", "That day",  "In spring", "At last",  "Once",    "Nearby"};

/// The shapes of sentences: n noun, a adjective, v verb, p place; everything else stands as it is.
constexpr std::array<std::string_view, 6> kSentences{"the a n v the n p the n",
                                                     "a n v the a n and the n v the n",
                                                     "the n p the a n v every n",
                                                     "nobody v the n because the a n v the n",
                                                     "when the n v the n the a n v it p the n",
                                                     "the n that v the n was a p the n"};

constexpr std::string_view kClosing = "\n\nContinue this story in many long paragraphs, and do not stop early.";
constexpr int64_t kSentencesOfParagraph = 6;
constexpr int64_t kMostWords = 20'000'000; ///< beyond any context

/// splitmix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
class Random
{
public:
    explicit Random(uint64_t seed) : m_state(seed) {}
    uint64_t next()
    {
        uint64_t z = (m_state += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }
    template <class List> std::string_view pick(const List &list) { return list[next() % list.size()]; }

private:
    uint64_t m_state;
};

uint64_t mixed(uint64_t a, uint64_t b)
{
    return Random(a ^ Random(b).next()).next();
}

/// Writes sentences until the number of words is reached, even within one.
class Prose
{
public:
    Prose(int64_t words, uint64_t seed) : m_left(std::clamp<int64_t>(words, 0, kMostWords)), m_random(seed)
    {
        m_text.reserve(size_t(m_left) * 7);
    }
    std::string write()
    {
        for (int64_t sentence = 0; m_left > 0; ++sentence) {
            if (sentence > 0)
                m_text += sentence % kSentencesOfParagraph == 0 ? "\n" : " ";
            writeSentence();
        }
        return std::move(m_text);
    }

private:
    void writeSentence()
    {
        const size_t begin = m_text.size();
        const auto shape = m_random.pick(kSentences);
        const auto opening = m_random.pick(kOpenings);
        const int64_t openingWords = 1 + std::count(opening.begin(), opening.end(), ' ');
        if (m_random.next() % 3 == 0 && m_left > openingWords) {
            m_text += opening;
            m_left -= openingWords;
        }
        for (size_t at = 0; at < shape.size() && m_left > 0;) {
            const size_t end = std::min(shape.find(' ', at), shape.size());
            if (m_text.size() > begin)
                m_text += ' ';
            m_text += wordFor(shape.substr(at, end - at));
            --m_left;
            at = end + 1;
        }
        if (m_text[begin] >= 'a' && m_text[begin] <= 'z')
            m_text[begin] = char(m_text[begin] - 'a' + 'A');
        m_text += '.';
    }
    std::string_view wordFor(std::string_view mark)
    {
        if (mark == "n")
            return m_random.pick(kNouns);
        if (mark == "a")
            return m_random.pick(kAdjectives);
        if (mark == "v")
            return m_random.pick(kVerbs);
        return mark == "p" ? m_random.pick(kPlaces) : mark;
    }

    int64_t m_left;
    Random m_random;
    std::string m_text;
};

/// FNV-1a.
uint64_t hashOf(std::string_view text)
{
    uint64_t hash = 0xcbf29ce484222325ull;
    for (const char c : text)
        hash = (hash ^ uint8_t(c)) * 0x100000001b3ull;
    return hash;
}

std::string hexText(uint64_t value)
{
    std::string out;
    for (int shift = 60; shift >= 12; shift -= 4)
        out += "0123456789abcdef"[(value >> shift) & 15];
    return out;
}

} // namespace

std::string proseText(int64_t words, uint64_t seed)
{
    return Prose(words, seed).write();
}

std::string promptText(int64_t words, uint64_t seed, const std::string &nonce, int64_t depthWords, uint64_t depthSeed)
{
    std::string text = nonce.empty() ? std::string() : nonce + ".\n";
    if (depthWords > 0)
        text += proseText(depthWords, depthSeed) + "\n\n";
    return text + proseText(words, seed) + std::string(kClosing);
}

PromptMaker::PromptMaker(const BenchPlan &plan, std::string runId, PromptScale scale)
    : m_seed(plan.seed), m_cache(plan.load ? plan.load->cache : CachePolicy::Cold), m_runId(std::move(runId)), m_scale(scale)
{
}

int64_t PromptMaker::wordsFor(int64_t tokens) const
{
    const double words = (double(tokens) - m_scale.overhead) / m_scale.perWord;
    return std::max<int64_t>(1, int64_t(std::llround(std::clamp(words, 1.0, double(kMostWords)))));
}

std::string PromptMaker::prompt(const BenchPoint &point, size_t pointNumber, int64_t index) const
{
    const bool warm = m_cache == CachePolicy::Warm;
    const uint64_t shared = mixed(m_seed, pointNumber), own = mixed(shared, uint64_t(index) + 1);
    const std::string nonce = hexText(mixed(hashOf(m_runId), warm ? shared : own));
    // With a depth it is the depth that is warm, and the prompt after it is new: so a conversation goes on.
    const bool repeated = warm && point.depth == 0;
    const int64_t all = wordsFor(point.depth + point.promptTokens);
    const int64_t words = point.depth == 0 ? all : std::clamp<int64_t>(int64_t(std::llround(double(point.promptTokens) / m_scale.perWord)), 1, all);
    return promptText(words, repeated ? shared : own, nonce, all - words, warm ? shared + 1 : own + 1);
}

std::optional<PromptScale> measuredScale(int64_t wordsA, int64_t tokensA, int64_t wordsB, int64_t tokensB)
{
    if (wordsA == wordsB || tokensA <= 0 || tokensB <= 0)
        return std::nullopt;
    PromptScale scale;
    scale.perWord = double(tokensB - tokensA) / double(wordsB - wordsA);
    scale.overhead = double(tokensA) - scale.perWord * double(wordsA);
    scale.measured = true;
    // A server that counts nonsense must not make prompts of a million words.
    if (!(scale.perWord > 0.05 && scale.perWord < 20))
        return std::nullopt;
    return scale;
}

} // namespace assay
