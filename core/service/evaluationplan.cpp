// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/evaluationplan.h"

#include "core/evaluate/scorer.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

size_t itemCount(const Suite &suite, const EvaluationPlan &plan)
{
    return plan.items > 0 ? std::min(suite.items.size(), size_t(plan.items)) : suite.items.size();
}

bool isScored(const SuiteItem &item)
{
    return item.asking == Asking::Choice || item.asking == Asking::Text;
}

size_t sizeOf(const SuiteItem &item)
{
    size_t longest = 0;
    for (const std::string &choice : item.choices)
        longest = std::max(longest, choice.size());
    return item.prompt.size() + longest;
}

/// FNV-1a, then the finaliser of SplitMix64: ids that differ in one letter give seeds that have nothing in common.
uint64_t mixed(uint64_t seed, std::string_view text, uint64_t number)
{
    uint64_t hash = 0xcbf29ce484222325ULL;
    const auto add = [&hash](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3ULL; };
    const auto addNumber = [&add](uint64_t value) {
        for (int shift = 0; shift < 64; shift += 8)
            add(static_cast<unsigned char>(value >> shift));
    };
    addNumber(seed);
    for (const char c : text)
        add(static_cast<unsigned char>(c));
    addNumber(number);
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9ULL;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebULL;
    return hash ^ (hash >> 31);
}

std::string scorerName(const Suite &suite)
{
    if (suite.items.empty())
        return {};
    const Scorer &scorer = scorerFor(suite, suite.items.front());
    return scorer.name + std::string(" ") + std::to_string(scorer.version);
}

} // namespace

int64_t samplesOf(const SuiteItem &item, const EvaluationPlan &plan)
{
    return item.asking == Asking::Generate ? std::max<int64_t>(1, plan.samples) : 1;
}

std::vector<AskedRow> rowsToAsk(const Suite &suite, const EvaluationPlan &plan, const std::set<RowKey> &done)
{
    std::vector<AskedRow> rows;
    for (size_t i = 0; i < itemCount(suite, plan); ++i) {
        for (int64_t sample = 0; sample < samplesOf(suite.items[i], plan); ++sample) {
            if (!done.contains({suite.items[i].id, sample}))
                rows.push_back({i, sample});
        }
    }
    const auto scored = [&](const AskedRow &row) { return isScored(suite.items[row.item]); };
    const auto end = std::stable_partition(rows.begin(), rows.end(), scored);
    std::stable_sort(rows.begin(), end, [&](const AskedRow &a, const AskedRow &b) { return sizeOf(suite.items[a.item]) > sizeOf(suite.items[b.item]); });
    return rows;
}

int64_t rowCount(const Suite &suite, const EvaluationPlan &plan)
{
    int64_t count = 0;
    for (size_t i = 0; i < itemCount(suite, plan); ++i)
        count += samplesOf(suite.items[i], plan);
    return count;
}

bool mayComeAgain(Failure failure)
{
    constexpr std::array kOfTheItem{Failure::None, Failure::TooLarge, Failure::Rejected, Failure::Endless, Failure::NoText, Failure::Count_};
    return std::ranges::find(kOfTheItem, failure) == kOfTheItem.end();
}

bool mayMissRows(const EvaluationRun &run)
{
    constexpr unsigned kOnce = RowChunk::HasChoices | RowChunk::HasText | RowChunk::HasClasses;
    if (run.header.state != RunState::Finished)
        return true;
    int64_t once = 0;
    for (const auto &chunk : run.items.chunks()) {
        once += std::ranges::count_if(chunk->flags, [](unsigned flags) { return (flags & kOnce) != 0; });
        if (std::ranges::any_of(chunk->failure, [](uint8_t failure) { return mayComeAgain(Failure(failure)); }))
            return true;
    }
    const int64_t items = int64_t(run.protocol.suiteItems), more = std::max<int64_t>(run.protocol.samples - 1, 0);
    return int64_t(run.items.size()) < items + more * std::max<int64_t>(items - once, 0);
}

uint64_t sampleSeed(uint64_t seed, const std::string &itemId, int64_t sample)
{
    return mixed(seed, itemId, uint64_t(sample)) & 0x7fffffff;
}

EvaluationProtocol protocolOf(const Suite &suite, const EvaluationPlan &plan)
{
    EvaluationProtocol protocol;
    protocol.suite = suite.name;
    protocol.suiteTitle = suite.title;
    protocol.suiteFingerprint = suite.fingerprint;
    protocol.suiteItems = itemCount(suite, plan);
    protocol.axes = suite.axes;
    protocol.device = plan.device;
    protocol.dtype = plan.dtype;
    protocol.temperature = plan.temperature;
    protocol.topP = plan.topP;
    protocol.batch = plan.batch;
    protocol.samples = plan.samples;
    protocol.seed = plan.seed;
    protocol.maxTokens = plan.maxTokens;
    protocol.chat = plan.chat;
    protocol.templateName = plan.templateName;
    protocol.scorer = scorerName(suite);
    protocol.thinking = plan.thinking;
    if (std::ranges::any_of(suite.items, [](const SuiteItem &item) { return item.asking == Asking::Text; }))
        protocol.textCut = cutName(plan.text);
    return protocol;
}

EvaluationPlan planOf(const EvaluationProtocol &protocol, EvaluationPlan plan)
{
    plan.device = protocol.device;
    plan.dtype = protocol.dtype;
    plan.batch = protocol.batch;
    plan.samples = protocol.samples;
    plan.temperature = protocol.temperature;
    plan.topP = protocol.topP;
    plan.seed = protocol.seed;
    plan.thinking = protocol.thinking;
    plan.maxTokens = protocol.maxTokens;
    plan.chat = protocol.chat;
    plan.templateName = protocol.templateName;
    plan.items = int64_t(protocol.suiteItems);
    plan.text = cutFromName(protocol.textCut).value_or(plan.text);
    return plan;
}

} // namespace assay
