// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trainer/bpetrainer.h"

#include "core/tokenizer/bytelevel.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>

namespace assay::trainer {
namespace {

using Json = nlohmann::ordered_json;
using Word = std::vector<std::string>;

constexpr std::array<const char *, 3> kSpecials{"<|begin|>", "<|end|>", "<|pad|>"};
/// A key and its "=" are one word; digits, brackets and signs are words of their own, so that no merge ever
/// joins them.
constexpr const char *kWordsRegex = R"( ?\p{L}+=?|[0-9()\[\]{}=+,;:>?])";

bool isLetter(char c)
{
    return std::isalpha(uint8_t(c)) != 0;
}

/// Words as the pre-tokenizer below cuts them, as far as they could merge.
std::map<std::string, int64_t> countWords(const std::vector<std::string> &texts)
{
    std::map<std::string, int64_t> counts;
    for (const std::string &text : texts) {
        for (size_t i = 0; i < text.size();) {
            size_t end = i + (text[i] == ' ' ? 1 : 0);
            while (end < text.size() && isLetter(text[end]))
                ++end;
            if (end > i && end < text.size() && text[end] == '=' && isLetter(text[end - 1]))
                ++end;
            if (end > i)
                ++counts[text.substr(i, end - i)];
            i = std::max(end, i + 1);
        }
    }
    return counts;
}

void carryOut(const std::pair<std::string, std::string> &merge, Word &word)
{
    Word merged;
    for (size_t i = 0; i < word.size(); ++i) {
        const bool pair = i + 1 < word.size() && word[i] == merge.first && word[i + 1] == merge.second;
        merged.push_back(pair ? word[i] + word[i + 1] : word[i]);
        i += pair;
    }
    word = std::move(merged);
}

Json specialToken(int id)
{
    return {{"id", id}, {"content", kSpecials[size_t(id)]}, {"single_word", false}, {"lstrip", false},
            {"rstrip", false}, {"normalized", false}, {"special", true}};
}

Json byteLevel()
{
    return {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", false}};
}

/// The begin token before the text; before each of a pair's two texts.
Json beginTemplate()
{
    const auto special = [](int type) { return Json{{"SpecialToken", {{"id", kSpecials[kBeginToken]}, {"type_id", type}}}}; };
    const auto text = [](const char *id, int type) { return Json{{"Sequence", {{"id", id}, {"type_id", type}}}}; };
    const char *begin = kSpecials[kBeginToken];
    return {{"type", "TemplateProcessing"},
            {"single", Json::array({special(0), text("A", 0)})},
            {"pair", Json::array({special(0), text("A", 0), special(1), text("B", 1)})},
            {"special_tokens",
             {{begin, {{"id", begin}, {"ids", Json::array({kBeginToken})}, {"tokens", Json::array({begin})}}}}}};
}

Json vocabulary(const Merges &merges)
{
    Json result = Json::object();
    int next = 0;
    for (const char *special : kSpecials)
        result[special] = next++;
    std::vector<std::string> alphabet(byteAlphabet().begin(), byteAlphabet().end());
    std::sort(alphabet.begin(), alphabet.end());
    for (const std::string &piece : alphabet)
        result[piece] = next++;
    for (const auto &[left, right] : merges)
        result[left + right] = next++;
    return result;
}

} // namespace

Merges learnMerges(const std::vector<std::string> &texts, int vocabularySize)
{
    std::vector<std::pair<Word, int64_t>> words;
    for (const auto &[text, count] : countWords(texts)) {
        Word word;
        for (char byte : text)
            word.push_back(pieceFromBytes({&byte, 1}));
        words.emplace_back(std::move(word), count);
    }
    Merges merges;
    const int wanted = vocabularySize - int(kSpecials.size()) - 256;
    while (int(merges.size()) < wanted) {
        std::map<std::pair<std::string, std::string>, int64_t> pairs;
        for (const auto &[word, count] : words) {
            for (size_t i = 0; i + 1 < word.size(); ++i)
                pairs[{word[i], word[i + 1]}] += count;
        }
        if (pairs.empty())
            break;
        const auto best = std::max_element(pairs.begin(), pairs.end(),
                                           [](const auto &a, const auto &b) { return a.second < b.second; });
        merges.push_back(best->first);
        for (auto &[word, count] : words)
            carryOut(merges.back(), word);
    }
    return merges;
}

std::string tokenizerJson(const Merges &merges)
{
    Json pairs = Json::array();
    for (const auto &[left, right] : merges)
        pairs.push_back({left, right});
    Json added = Json::array();
    for (int id = 0; id < int(kSpecials.size()); ++id)
        added.push_back(specialToken(id));
    const Json split{{"type", "Split"}, {"pattern", {{"Regex", kWordsRegex}}}, {"behavior", "Isolated"}, {"invert", false}};
    const Json root{
        {"version", "1.0"}, {"truncation", nullptr}, {"padding", nullptr}, {"added_tokens", added}, {"normalizer", nullptr},
        {"pre_tokenizer", {{"type", "Sequence"}, {"pretokenizers", Json::array({split, byteLevel()})}}},
        {"post_processor", beginTemplate()}, {"decoder", byteLevel()},
        {"model", {{"type", "BPE"}, {"dropout", nullptr}, {"unk_token", nullptr}, {"continuing_subword_prefix", nullptr},
                   {"end_of_word_suffix", nullptr}, {"fuse_unk", false}, {"byte_fallback", false}, {"ignore_merges", false},
                   {"vocab", vocabulary(merges)}, {"merges", pairs}}}};
    return root.dump(1) + "\n";
}

std::string tokenizerConfigJson(int context)
{
    const Json root{{"tokenizer_class", "PreTrainedTokenizerFast"}, {"bos_token", kSpecials[kBeginToken]},
                    {"eos_token", kSpecials[kEndToken]}, {"pad_token", kSpecials[kPadToken]},
                    {"model_max_length", context}, {"clean_up_tokenization_spaces", false}};
    return root.dump(2) + "\n";
}

} // namespace assay::trainer
