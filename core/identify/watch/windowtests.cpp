// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/watch/windowtests.h"

#include "core/identify/statistics/borderinputs.h"
#include "core/identify/statistics/logprobdistance.h"

#include <array>
#include <cmath>

namespace assay {

namespace {

/// The stream makes a seed of its own: SplitMix64's step.
Resampling resampling(const Shuffles &shuffles)
{
    uint64_t mixed = shuffles.seed + (shuffles.stream + 1) * 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    return {size_t(shuffles.count), mixed ^ (mixed >> 31)};
}

WindowTest windowTest(const PermutationTest &test)
{
    return test.prompts == 0 ? WindowTest{} : WindowTest{test.statistic, test.p};
}

std::vector<std::string> listed(const std::map<std::string, int64_t> &counts)
{
    std::vector<std::string> answers;
    for (const auto &[answer, count] : counts)
        answers.insert(answers.end(), size_t(count), answer);
    return answers;
}

std::vector<BorderInput> inputsOf(const AnswerCounts &earlier, const AnswerCounts &today)
{
    std::vector<BorderInput> inputs;
    for (const auto &[prompt, counts] : today) {
        if (const auto before = earlier.find(prompt); before != earlier.end())
            inputs.push_back({listed(before->second), listed(counts)});
    }
    return inputs;
}

} // namespace

WindowTest logprobTest(const std::vector<TopLogprobs> &earlier, const std::vector<TopLogprobs> &today, const Shuffles &shuffles)
{
    const std::array prompt{LogprobPrompt{today, earlier}}; // the fewer first: they are dealt
    return windowTest(logprobTest(prompt, resampling(shuffles)));
}

double meanTotalVariation(const AnswerCounts &earlier, const AnswerCounts &today)
{
    double sum = 0;
    int64_t prompts = 0;
    for (const BorderInput &input : inputsOf(earlier, today)) {
        if (const double variation = totalVariation(input); std::isfinite(variation)) {
            sum += variation;
            ++prompts;
        }
    }
    return prompts > 0 ? sum / double(prompts) : 0;
}

WindowTest borderTest(const AnswerCounts &earlier, const AnswerCounts &today, const Shuffles &shuffles)
{
    return windowTest(borderTest(inputsOf(earlier, today), resampling(shuffles)));
}

void addCounts(AnswerCounts &sum, const AnswerCounts &more)
{
    for (const auto &[prompt, counts] : more) {
        for (const auto &[answer, count] : counts)
            sum[prompt][answer] += count;
    }
}

} // namespace assay
