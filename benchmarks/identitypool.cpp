// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmarks/identitypool.h"

#include "core/base/file.h"
#include "core/evaluate/statistics/randombits.h"
#include "core/identify/distribution/capability.h"
#include "core/identify/distribution/distribution.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace assay {
namespace {

constexpr size_t kPrompts = 25, kSamples = 10, kGreedy = 50, kKnowledge = 40, kReasoning = 60, kLength = 50;
constexpr uint64_t kMostPool = uint64_t(64) << 20;
/// That a bundle of the reference would know of.
const std::vector<std::string> kAlternatives{"distilled", "int4"};

/// `count` of 0 ... size - 1, in a random order.
std::vector<size_t> drawn(size_t size, size_t count, RandomBits &bits)
{
    std::vector<size_t> all(size);
    std::iota(all.begin(), all.end(), size_t(0));
    for (size_t i = 0; i < std::min(count, size); ++i)
        std::swap(all[i], all[i + bits.below(uint32_t(size - i))]);
    all.resize(std::min(count, size));
    return all;
}

/// Of a name: the same on every machine (FNV-1a).
uint64_t streamOf(const std::string &name)
{
    uint64_t out = 0xcbf29ce484222325;
    for (const char byte : name)
        out = (out ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
    return out;
}

bool happens(RandomBits &bits, double share)
{
    return double(bits.next() >> 11) * 0x1p-53 < share;
}

/// Whose answer it is: each request of a mixed service by itself.
const SubjectPool &server(const PoolSet &set, const BenchSubject &subject, RandomBits &bits)
{
    const bool other = subject.share > 0 && happens(bits, subject.share);
    return set.pools.at(other ? subject.other : subject.from);
}

std::vector<SampledPrompt> sampledPrompts(const PoolSet &set, const BenchSubject &subject, RandomBits &bits)
{
    const SubjectPool &reference = set.pools.at(kBenchReference);
    std::vector<SampledPrompt> out;
    for (const size_t prompt : drawn(reference.samples.size(), kPrompts, bits)) {
        SampledPrompt one;
        for (const size_t draw : drawn(reference.samples[prompt].size(), kSamples, bits))
            one.reference.push_back(reference.samples[prompt][draw]);
        for (const size_t draw : drawn(reference.samples[prompt].size(), kSamples, bits))
            one.subject.push_back(server(set, subject, bits).samples[prompt][draw]);
        out.push_back(std::move(one));
    }
    return out;
}

std::vector<GreedyPrompt> greedyPrompts(const PoolSet &set, const BenchSubject &subject, RandomBits &bits)
{
    const SubjectPool &reference = set.pools.at(kBenchReference);
    std::vector<GreedyPrompt> out;
    for (const size_t prompt : drawn(reference.greedy.size(), kGreedy, bits))
        out.push_back({reference.greedy[prompt].margins, server(set, subject, bits).greedy[prompt].margins});
    return out;
}

std::vector<PairedItem> pairedItems(const PoolSet &set, const BenchSubject &subject, RandomBits &bits)
{
    const SubjectPool &reference = set.pools.at(kBenchReference);
    std::vector<PairedItem> out;
    for (const auto &[group, count] : {std::pair("knowledge", kKnowledge), std::pair("reasoning", kReasoning)}) {
        std::vector<size_t> places;
        for (size_t i = 0; i < reference.items.size(); ++i) {
            if (reference.items[i].group == group)
                places.push_back(i);
        }
        for (const size_t chosen : drawn(places.size(), count, bits)) {
            const size_t i = places[chosen];
            const auto &mine = reference.items[i];
            const auto &theirs = server(set, subject, bits).items[i];
            PairedItem item{mine.id, mine.group, bool(mine.right[bits.below(uint32_t(mine.right.size()))]), bool(theirs.right[bits.below(uint32_t(theirs.right.size()))]), mine.rate(), {}};
            for (const std::string &name : kAlternatives)
                item.alternatives[name] = set.pools.at(name).items[i].rate();
            out.push_back(std::move(item));
        }
    }
    return out;
}

} // namespace

double SubjectPool::Item::rate() const
{
    return double(std::ranges::count(right, true)) / double(right.size());
}

SubjectPool readSubjectPool(const std::filesystem::path &file)
{
    const auto text = readWholeFile(file, kMostPool);
    if (!text)
        throw std::runtime_error(text.error().sentence());
    const auto json = nlohmann::json::parse(*text);
    SubjectPool out;
    out.name = json.at("subject");
    for (const auto &prompt : json.at("prompts"))
        out.samples.push_back(prompt.at("answers").get<std::vector<std::string>>());
    for (const auto &prompt : json.at("greedy")) {
        SubjectPool::Greedy greedy{prompt.at("margins").get<std::vector<double>>()};
        greedy.margins.resize(prompt.at("tokens").get<size_t>(), 0.0); // only those of other tokens than the likeliest are kept
        out.greedy.push_back(std::move(greedy));
    }
    for (const auto &item : json.at("items")) {
        SubjectPool::Item one{item.at("id"), item.at("group"), {}};
        for (const char digit : item.at("right").get<std::string>())
            one.right.push_back(digit == '1');
        out.items.push_back(std::move(one));
    }
    return out;
}

const std::vector<BenchSubject> &benchSubjects()
{
    static const std::vector<BenchSubject> kSubjects{
        {"full", "full-again", {}, 0, true, "the reference's weights, dtype and batch, other seeds"},
        {"full, small batch", "full-few", {}, 0, true, "the same, 4 rows together instead of 64"},
        {"full, f32", "full-f32", {}, 0, true, "the same weights computed in f32 instead of bf16"},
        {"distilled", "distilled", {}, 0, false, "claimed as full, served by distilled"},
        {"50 % distilled", "full-again", "distilled", 0.5, false, "every other request goes to distilled"},
        {"10 % distilled", "full-again", "distilled", 0.1, false, "one request in ten goes to distilled"},
        {"10 % int4", "full-again", "int4", 0.1, false, "one request in ten goes to int4"},
        {"base", "base", {}, 0, false, "claimed as full, served by base"},
        {"int8", "int8", {}, 0, false, "full with weights of 8 bits"},
        {"int4", "int4", {}, 0, false, "full with weights of 4 bits, 32 of them with one scale"},
        {"temperature 1.3", "warmer", {}, 0, false, "full, sampled at 1.3 where 1 was asked for"},
        {"hidden prompt", "hidden", {}, 0, false, "full, with a line of text put before every prompt"},
    };
    return kSubjects;
}

PoolSet readPools(const std::filesystem::path &folder)
{
    PoolSet set;
    set.pools[kBenchReference] = readSubjectPool(folder / (std::string(kBenchReference) + ".json"));
    for (const BenchSubject &subject : benchSubjects()) {
        for (const std::string &name : {subject.from, subject.other}) {
            if (!name.empty() && !set.pools.contains(name))
                set.pools[name] = readSubjectPool(folder / (name + ".json"));
        }
    }
    const SubjectPool &reference = set.pools.at(kBenchReference);
    for (const std::string &name : kAlternatives) {
        const SubjectPool &other = set.pools.at(name);
        std::vector<SampledPrompt> sampled;
        for (size_t i = 0; i < reference.samples.size(); ++i)
            sampled.push_back({reference.samples[i], other.samples[i]});
        std::vector<GreedyPrompt> greedy;
        for (size_t i = 0; i < reference.greedy.size(); ++i)
            greedy.push_back({reference.greedy[i].margins, other.greedy[i].margins});
        set.textEffects.push_back(textEffect(sampled, kLength, name));
        set.greedyEffects.push_back(greedyEffect(greedy, name));
    }
    return set;
}

BenchOutcome benchRun(const PoolSet &set, const BenchSubject &subject, BenchPlanKind kind, uint64_t seed, size_t draws)
{
    RandomBits bits(seed, streamOf(subject.name));
    TestPlan plan;
    plan.draws = draws;
    plan.seed = seed;
    BenchOutcome out;
    if (kind == BenchPlanKind::Texts)
        out.evidence.push_back(textEvidence(sampledPrompts(set, subject, bits), kLength, set.textEffects, plan));
    else
        out.evidence.push_back(greedyEvidence(greedyPrompts(set, subject, bits), StackKnown::Same, {}, set.greedyEffects, plan));
    const auto items = pairedItems(set, subject, bits);
    out.evidence.push_back(pairedItemsEvidence(items, "knowledge", plan));
    out.evidence.push_back(pairedItemsEvidence(items, "reasoning", plan));
    VerdictRules rules;
    rules.alternatives = kAlternatives;
    for (const std::string &name : kAlternatives)
        rules.mixtures.push_back(mixtureName(name));
    for (const Evidence &evidence : out.evidence)
        rules.registered.push_back(evidence.test);
    out.verdict = judge(out.evidence, rules);
    return out;
}

} // namespace assay
