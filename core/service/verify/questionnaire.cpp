// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/questionnaire.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/evaluate/statistics/randombits.h"

#include <algorithm>
#include <set>

namespace assay {
namespace {

/// Streams of one seed: what is drawn for one purpose says nothing of what is drawn for another.
enum Stream : uint64_t { kPromptStream = 1, kItemStream, kOrderStream, kSampleStream = 1000 };
constexpr uint32_t kLeastPrompt = 4, kMostPrompt = 60; ///< characters

template <class T> void shuffle(std::vector<T> &values, RandomBits &bits)
{
    for (size_t left = values.size(); left > 1; --left)
        std::swap(values[left - 1], values[bits.below(uint32_t(left))]);
}

/// The beginning, so many whole characters of it.
std::string beginning(const std::string &text, uint32_t count)
{
    size_t end = 0;
    for (; end < text.size(); ++end) {
        if ((static_cast<unsigned char>(text[end]) & 0xC0) != 0x80 && count-- == 0)
            break;
    }
    return text.substr(0, end);
}

bool isAskable(const SuiteItem &item)
{
    return item.asking == Asking::Generate && !item.code;
}

} // namespace

std::vector<std::string> promptsFrom(const std::vector<std::shared_ptr<const Suite>> &suites, int64_t count, uint64_t seed)
{
    std::vector<const std::string *> all;
    for (const auto &suite : suites) {
        for (const SuiteItem &item : suite->items)
            all.push_back(&item.prompt);
    }
    RandomBits bits(seed, kPromptStream);
    shuffle(all, bits);
    std::vector<std::string> out;
    std::set<std::string> seen;
    for (const std::string *prompt : all) {
        const uint32_t most = std::clamp(uint32_t(std::min<size_t>(characters(*prompt), kMostPrompt)), kLeastPrompt + 1, kMostPrompt);
        std::string begun = beginning(*prompt, kLeastPrompt + bits.below(most - kLeastPrompt));
        if (int64_t(out.size()) < count && seen.insert(begun).second)
            out.push_back(std::move(begun));
    }
    return out;
}

std::vector<AskedItem> itemsFrom(const std::shared_ptr<const Suite> &suite, const std::string &group, int64_t count, uint64_t seed)
{
    std::vector<AskedItem> out;
    for (size_t i = 0; i < suite->items.size(); ++i) {
        if (isAskable(suite->items[i]))
            out.push_back({suite, i, group});
    }
    RandomBits bits(seed, kItemStream);
    shuffle(out, bits);
    if (int64_t(out.size()) > count)
        out.resize(size_t(count));
    return out;
}

int64_t mostPromptBytes(const std::vector<std::shared_ptr<const Suite>> &suites)
{
    size_t most = 0;
    for (const auto &suite : suites) {
        for (const SuiteItem &item : suite->items)
            most = std::max(most, beginning(item.prompt, kMostPrompt).size());
    }
    return int64_t(most);
}

ItemsMost mostOfItems(const Suite &suite, int64_t count)
{
    std::vector<int64_t> bytes, tokens;
    for (const SuiteItem &item : suite.items) {
        if (!isAskable(item))
            continue;
        bytes.push_back(int64_t(item.prompt.size()));
        tokens.push_back(item.maxTokens > 0 ? item.maxTokens : suite.maxTokens);
    }
    std::ranges::sort(bytes, std::greater());
    std::ranges::sort(tokens, std::greater());
    ItemsMost out;
    out.items = std::min(count, int64_t(bytes.size()));
    for (size_t i = 0; i < size_t(out.items); ++i) {
        out.promptBytes += bytes[i];
        out.outputTokens += tokens[i];
    }
    return out;
}

Questionnaire questionnaireOf(const ReferenceBundle &bundle, const std::vector<std::shared_ptr<const Suite>> &suites)
{
    Questionnaire out;
    out.sampling = bundle.sampling;
    out.itemTemperature = bundle.sampling.temperature;
    out.sampled = 0;
    out.samples = 0;
    for (const BundlePrompt &prompt : bundle.prompts) {
        out.prompts.push_back(prompt.text);
        if (prompt.samples.size() < 2)
            continue;
        ++out.sampled; // those with samples come first
        out.samples = std::max(out.samples, int64_t(prompt.samples.size()));
    }
    for (const BundleItem &wanted : bundle.items) {
        for (const auto &suite : suites) {
            const auto found = suite->fingerprint == wanted.suiteFingerprint
                ? std::ranges::find(suite->items, wanted.id, &SuiteItem::id) : suite->items.end();
            if (found != suite->items.end())
                out.items.push_back({suite, size_t(found - suite->items.begin()), wanted.group});
        }
    }
    return out;
}

std::vector<QuestionRow> rowsOf(const Questionnaire &questions, uint64_t seed)
{
    using Kind = QuestionRow::Kind;
    std::vector<QuestionRow> out;
    for (size_t i = 0; i < questions.prompts.size(); ++i) {
        for (int64_t draw = 0; draw < questions.samples && int64_t(i) < questions.sampled; ++draw)
            out.push_back({Kind::Sample, i, draw});
        if (questions.sampling.greedyTokens > 0)
            out.push_back({Kind::Greedy, i, 0});
    }
    for (size_t i = 0; i < questions.items.size(); ++i) {
        for (int64_t draw = 0; draw < questions.repeats; ++draw)
            out.push_back({Kind::Item, i, draw});
    }
    RandomBits bits(seed, kOrderStream);
    shuffle(out, bits);
    return out;
}

protocol::GenerateItem requestOf(const Questionnaire &questions, const QuestionRow &row, uint64_t seed)
{
    protocol::GenerateItem out;
    const bool isItem = row.kind == QuestionRow::Kind::Item;
    // What a server knows of seeds is its own matter; a worker's samples must not be the same ones twice.
    RandomBits bits(seed, kSampleStream + uint64_t(row.kind) * 1'000'003 + uint64_t(row.index) * 10'007 + uint64_t(row.draw));
    out.seed = bits.next() >> 16;
    out.prompt = isItem ? questions.items[row.index].question().prompt : questions.prompts[row.index];
    out.temperature = row.kind == QuestionRow::Kind::Greedy ? 0 : isItem ? questions.itemTemperature : questions.sampling.temperature;
    out.topP = out.temperature > 0 ? questions.sampling.topP : 1;
    out.maxTokens = row.kind == QuestionRow::Kind::Greedy ? questions.sampling.greedyTokens : questions.sampling.maxTokens;
    if (isItem) {
        const AskedItem &asked = questions.items[row.index];
        out.maxTokens = asked.question().maxTokens > 0 ? asked.question().maxTokens : asked.suite->maxTokens;
        out.stop = asked.suite->stop;
        std::erase(out.stop, std::string());
    }
    return out;
}

std::string questionsHash(const Questionnaire &questions, uint64_t seed)
{
    nlohmann::json all{{"seed", seed}, {"sampled", questions.sampled}, {"samples", questions.samples}, {"repeats", questions.repeats},
                       {"temperature", questions.sampling.temperature}, {"tokens", questions.sampling.maxTokens}, {"greedy", questions.sampling.greedyTokens}};
    for (const std::string &prompt : questions.prompts)
        all["prompts"].push_back(validUtf8(prompt));
    for (const AskedItem &item : questions.items)
        all["items"].push_back(item.suite->fingerprint + "/" + validUtf8(item.question().id));
    return sha256(all.dump());
}

} // namespace assay
