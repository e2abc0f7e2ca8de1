// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sampling.h"

#include "core/engine/randomnumbers.h"

#include <algorithm>
#include <cmath>

namespace assay::engine {
namespace {

/// The likelier first, of equals the smaller id.
bool before(const Candidate &a, const Candidate &b)
{
    return a.score != b.score ? a.score > b.score : a.id < b.id;
}

/// What this candidate weighs against the likeliest, whose score is 0.
double weight(const Candidate &candidate)
{
    return std::exp(candidate.score);
}

double largestScore(const std::vector<Candidate> &candidates)
{
    return std::ranges::max_element(candidates, {}, &Candidate::score)->score;
}

/// Sorts from the front until the sorted ones weigh this much; gives the last of them.
Candidate lastUpTo(std::vector<Candidate> candidates, double wanted)
{
    // Most of the weight lies on few tokens: the others are never sorted.
    constexpr size_t kFirst = 256, kGrowth = 8;
    double sum = 0;
    for (size_t sorted = 0, step = kFirst; sorted < candidates.size(); step *= kGrowth) {
        const auto begin = candidates.begin() + std::ptrdiff_t(sorted);
        const size_t end = std::min(candidates.size(), sorted + step);
        std::partial_sort(begin, candidates.begin() + std::ptrdiff_t(end), candidates.end(), before);
        for (; sorted < end; ++sorted) {
            sum += weight(candidates[sorted]);
            if (sum >= wanted)
                return candidates[sorted];
        }
    }
    return candidates.back();
}

} // namespace

void penalise(std::span<float> logits, std::span<const int64_t> tokens, double penalty)
{
    for (const int64_t id : tokens) {
        float &logit = logits[size_t(id)];
        logit = float(logit < 0 ? logit * penalty : logit / penalty);
    }
}

void keepTopK(std::vector<Candidate> &candidates, int64_t k)
{
    if (k <= 0 || uint64_t(k) >= candidates.size())
        return;
    std::vector<Candidate> sorted = candidates;
    const auto last = sorted.begin() + std::ptrdiff_t(k - 1);
    std::nth_element(sorted.begin(), last, sorted.end(), before);
    std::erase_if(candidates, [least = last->score](const Candidate &c) { return c.score < least; });
}

void keepTopP(std::vector<Candidate> &candidates, double p)
{
    if (p >= 1)
        return;
    double sum = 0;
    for (const Candidate &candidate : candidates)
        sum += weight(candidate);
    const Candidate last = lastUpTo(candidates, p * sum);
    std::erase_if(candidates, [&last](const Candidate &c) { return before(last, c); });
}

void keepMinP(std::vector<Candidate> &candidates, double p)
{
    if (p <= 0)
        return;
    const double least = largestScore(candidates) + std::log(p);
    std::erase_if(candidates, [least](const Candidate &c) { return c.score < least; });
}

Result<void> checkSampling(const Sampling &options)
{
    struct Row
    {
        const char *name;
        bool sound;
        const char *problem;
    };
    // Written so that what is not a number is refused, too.
    const Row rows[] = {
        {"temperature", options.temperature >= 0 && std::isfinite(options.temperature),
         ASSAY_TEXT("Reason", "it should be a number from 0 on")},
        {"topK", options.topK >= 0, ASSAY_TEXT("Reason", "it should be a whole number from 0 on")},
        {"topP", options.topP > 0 && options.topP <= 1, ASSAY_TEXT("Reason", "it should be above 0 and at most 1")},
        {"minP", options.minP >= 0 && options.minP <= 1, ASSAY_TEXT("Reason", "it should be between 0 and 1")},
        {"repetitionPenalty", options.repetitionPenalty > 0 && std::isfinite(options.repetitionPenalty),
         ASSAY_TEXT("Reason", "it should be a number above 0")},
    };
    for (const Row &row : rows) {
        if (!row.sound)
            return failure(ErrorCode::BadParameters, {row.name, row.problem});
    }
    return {};
}

Sampler::Sampler(const Sampling &options, std::span<const int64_t> prompt, int64_t vocabulary) : m_options(options)
{
    if (m_options.repetitionPenalty == 1)
        return;
    m_counted.resize(size_t(vocabulary));
    for (const int64_t id : prompt)
        add(id);
    m_count = 0;
}

bool Sampler::takesLargest() const
{
    return m_options.temperature <= 0 && m_options.repetitionPenalty == 1;
}

void Sampler::add(int64_t id)
{
    ++m_count;
    if (m_counted.empty() || m_counted[size_t(id)])
        return;
    m_counted[size_t(id)] = true;
    m_tokens.push_back(id);
}

Result<int64_t> Sampler::choose(std::span<const float> logits)
{
    if (!m_tokens.empty()) {
        m_logits.assign(logits.begin(), logits.end());
        penalise(m_logits, m_tokens, m_options.repetitionPenalty);
        logits = m_logits;
    }
    const auto largest = largestOf(logits);
    if (!largest)
        return noNumbers();
    const int64_t id = m_options.temperature > 0 ? draw(logits, logits[*largest]) : int64_t(*largest);
    add(id);
    return id;
}

int64_t Sampler::draw(std::span<const float> logits, float largest)
{
    m_candidates.resize(logits.size());
    for (size_t i = 0; i < logits.size(); ++i)
        m_candidates[i] = {int64_t(i), (double(logits[i]) - largest) / m_options.temperature};
    keepTopK(m_candidates, m_options.topK);
    keepTopP(m_candidates, m_options.topP);
    keepMinP(m_candidates, m_options.minP);
    double sum = 0;
    for (Candidate &candidate : m_candidates)
        sum += candidate.score = weight(candidate);
    double left = uniformNumber(m_options.seed, m_count) * sum;
    int64_t id = 0;
    for (const Candidate &candidate : m_candidates) {
        // The last that can be drawn stays, should rounding leave a rest.
        if (candidate.score > 0)
            id = candidate.id;
        left -= candidate.score;
        if (left < 0)
            break;
    }
    return id;
}

std::optional<size_t> largestOf(std::span<const float> logits)
{
    size_t at = 0;
    bool numbers = !logits.empty();
    for (size_t i = 0; i < logits.size(); ++i) {
        numbers &= !std::isnan(logits[i]);
        if (logits[i] > logits[at])
            at = i;
    }
    if (!numbers || !std::isfinite(logits[at]))
        return std::nullopt;
    return at;
}

tl::unexpected<Error> noNumbers()
{
    return failure(ErrorCode::EngineFailed, {ASSAY_TEXT("Reason", "the model's logits are not numbers")});
}

} // namespace assay::engine
