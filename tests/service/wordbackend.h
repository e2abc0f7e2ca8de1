// SPDX-License-Identifier: GPL-3.0-or-later
// A model of words with everything that a reference has, and what is recorded of it.
#pragma once

#include "core/service/verify/recordbundle.h"
#include "core/service/verify/verifydistribution.h"
#include "tests/service/evaluationtesting.h"

#include <algorithm>

namespace assay {

/// A model of words: it says the one it was made with, and where it samples another every third time.
class WordBackend : public Backend
{
public:
    explicit WordBackend(std::string word) : m_word(std::move(word)) {}
    void open(const std::string &, const std::string &, ProgressFn, Done<LoadSample> done) override { done(LoadSample()); }
    void close(Done<bool> done) override { done(true); }
    Capabilities capabilities() const override { return {.tokenize = true, .generate = true, .score = true}; }
    Environment environment() const override
    {
        Environment out;
        out.worker = "words";
        out.device = "cpu";
        out.dtype = "f32";
        return out;
    }
    void tokenize(const std::string &text, bool, Done<Tokens> done) override { done(Tokens{idsOf(text), {}}); }
    void generate(protocol::GenerateRequest, ChunkFn, Done<protocol::GenerateResult> done) override { done(protocol::GenerateResult()); }
    void generateBatch(std::vector<protocol::GenerateItem> rows, ChunkFn, Done<protocol::GenerateBatchResult> done) override
    {
        protocol::GenerateBatchResult out;
        for (const protocol::GenerateItem &row : rows) {
            protocol::GenerateResult one;
            one.text = row.temperature > 0 && row.seed % 3 == 0 ? "maybe" : m_word;
            one.ids = idsOf(one.text);
            one.finish = "stop";
            out.rows.push_back(one);
        }
        done(out);
    }
    void score(std::vector<protocol::ScoreItem>, Done<protocol::ScoreResult> done) override { done(protocol::ScoreResult()); }
    /// Whatever is not the word's own letter is 2 nats less likely than that.
    void scoreTokens(std::vector<protocol::ScoreItem> items, int64_t, TokensFn tokens, Done<protocol::ScoreResult> done) override
    {
        protocol::ScoreTokens part;
        for (size_t i = 0; i < items[0].continuationIds.size(); ++i) {
            const bool own = i < m_word.size() && items[0].continuationIds[i] == m_word[i];
            protocol::TokenScore score;
            score.id = items[0].continuationIds[i];
            score.logProbability = own ? -0.1 : -2.1;
            score.rank = own ? 1 : 2;
            score.top = {{i < m_word.size() ? int64_t(m_word[i]) : 0, -0.1, {}}};
            part.tokens.push_back(score);
        }
        tokens(part);
        done(protocol::ScoreResult());
    }
    void logits(const std::vector<int64_t> &, bool, RowsFn, Done<bool> done) override { done(true); }
    void measure(protocol::MeasureRequest, SampleFn, Done<bool> done) override { done(true); }
    void cancel() override {}

private:
    static std::vector<int64_t> idsOf(const std::string &text) { return {text.begin(), text.end()}; }
    std::string m_word;
};

inline RecordPlan recordPlan()
{
    RecordPlan plan;
    plan.subject = "words";
    plan.repeats = 4;
    const auto suite = wordSuite(40);
    for (int i = 0; i < 12; ++i)
        plan.asking.questions.prompts.push_back("Go on, " + std::to_string(i));
    plan.asking.questions.sampled = 6;
    plan.asking.questions.samples = 6;
    plan.asking.questions.items = itemsFrom(suite, "knowledge", 20, 3);
    plan.beside = {{{}, "f32", [] { return std::make_unique<WordBackend>("yes"); }}, {"distilled", {}, [] { return std::make_unique<WordBackend>("no"); }}};
    return plan;
}

inline std::shared_ptr<const ReferenceBundle> recorded(const std::string &word = "yes")
{
    WordBackend backend(word);
    auto bundle = recordBundle(backend, recordPlan());
    return bundle ? std::make_shared<const ReferenceBundle>(std::move(*bundle)) : nullptr;
}

inline DistributionPlan planFor(std::shared_ptr<const ReferenceBundle> bundle)
{
    DistributionPlan plan;
    plan.bundle = std::move(bundle);
    plan.bundleName = "words.json";
    plan.suites = {wordSuite(40)};
    plan.draws = 999;
    return plan;
}

inline const Evidence *evidenceOf(const DistributionFound &found, const std::string &test)
{
    const auto it = std::ranges::find(found.evidence, test, &Evidence::test);
    return it == found.evidence.end() ? nullptr : &*it;
}

inline Verdict verdictOf(const DistributionFound &found)
{
    Verification verification;
    addDistribution(verification, found, "words.json");
    return verification.verdict;
}

} // namespace assay
