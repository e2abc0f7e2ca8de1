// SPDX-License-Identifier: GPL-3.0-or-later
// Texts that the reference writes, and what both models make of them.
#include "core/service/fidelitystate.h"

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kWrittenTogether = 8;

/// -ln p of each text after its prompt, by a model's own tokenizer.
std::vector<protocol::ScoreItem> scoredTexts(const std::vector<WrittenText> &texts)
{
    std::vector<protocol::ScoreItem> out;
    for (const WrittenText &text : texts) {
        protocol::ScoreItem item;
        item.context = text.prompt;
        item.continuation = text.text;
        out.push_back(std::move(item));
    }
    return out;
}

} // namespace

void FidelityJob::write(int64_t count)
{
    d->prompts = promptsFrom(d->plan.text, count);
    std::ranges::reverse(d->prompts);
    writeNext();
}

void FidelityJob::writeNext()
{
    const double done = double(d->run.written.size());
    setProgress(tr("the reference writes"), done, done + double(d->prompts.size()));
    if (d->prompts.empty())
        return endWith(d->run.notCompared);
    std::vector<WrittenText> texts;
    std::vector<protocol::GenerateItem> rows;
    while (!d->prompts.empty() && rows.size() < kWrittenTogether) {
        protocol::GenerateItem item;
        item.prompt = std::move(d->prompts.back());
        d->prompts.pop_back();
        item.maxTokens = d->plan.writtenTokens;
        // At temperature 1 and without filters: what it writes is a sample of what it means, so that the difference in bits is one of
        // its divergence from the other.
        item.temperature = 1;
        item.seed = d->plan.seed + d->run.written.size() + rows.size();
        texts.push_back({item.prompt, {}, 0, NAN, NAN});
        rows.push_back(std::move(item));
    }
    const auto took = [this, texts](const protocol::GenerateBatchResult &result) mutable {
        for (size_t i = 0; i < texts.size(); ++i) {
            texts[i].text = result.rows[i].text;
            texts[i].bytes = int64_t(texts[i].text.size());
        }
        std::erase_if(texts, [](const WrittenText &text) { return text.text.empty(); });
        scoreWritten(std::move(texts));
    };
    d->reference->generateBatch(std::move(rows), {}, then<protocol::GenerateBatchResult>(took));
}

void FidelityJob::scoreWritten(std::vector<WrittenText> texts)
{
    if (texts.empty())
        return writeNext();
    const auto both = [this, texts](const protocol::ScoreResult &reference) {
        const auto took = [this, texts, reference](const protocol::ScoreResult &other) mutable {
            for (size_t i = 0; i < texts.size(); ++i) {
                // A prompt that one of them saw only the end of says nothing of both.
                if (reference.scores[i].truncated || other.scores[i].truncated)
                    continue;
                texts[i].nllReference = -reference.scores[i].logLikelihood;
                texts[i].nllOther = -other.scores[i].logLikelihood;
                d->run.written.push_back(texts[i]);
            }
            writeNext();
        };
        d->other->score(scoredTexts(texts), then<protocol::ScoreResult>(took));
    };
    d->reference->score(scoredTexts(texts), then<protocol::ScoreResult>(both));
}

} // namespace assay
