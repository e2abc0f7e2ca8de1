// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace assay {

/// The log-probabilities that one call told of the first token: token to natural logarithm.
using TopLogprobs = std::map<std::string, double>;
/// How often each answer came, by prompt.
using AnswerCounts = std::map<std::string, std::map<std::string, int64_t>>;

/// How far today's calls are from earlier ones, and how often calls of one endpoint are as far apart when it is chance which were
/// made today.
struct WindowTest
{
    double statistic = 0;
    double p = 1;
};

/// Which of the shuffles: the same seed and stream give the same p on every machine.
struct Shuffles
{
    int64_t count = 9999;
    uint64_t seed = 0, stream = 0;
};

/// Log-probability tracking (identity.md, 3 "LT" and 7.4; statistics/logprobdistance.h). Nothing on one side: statistic 0, p 1.
WindowTest logprobTest(const std::vector<TopLogprobs> &earlier, const std::vector<TopLogprobs> &today, const Shuffles &shuffles);

/// Mean over the prompts that both have of the total variation between their answers (identity.md, 7.6; statistics/borderinputs.h);
/// 0 where there is none.
double meanTotalVariation(const AnswerCounts &earlier, const AnswerCounts &today);
/// The same as a test.
WindowTest borderTest(const AnswerCounts &earlier, const AnswerCounts &today, const Shuffles &shuffles);
/// Adds one to the other.
void addCounts(AnswerCounts &sum, const AnswerCounts &more);

} // namespace assay
