// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace assay {

/// Samples of one prompt, of two sides.
struct SampledPrompt
{
    std::vector<std::string> reference, subject;
};

/// What each side writes at temperature 0, held by the reference's weights under teacher forcing: margins one each of the tokens
/// (log-probability of the likeliest token less that of the one written).
struct GreedyPrompt
{
    std::vector<double> reference, subject;
};

/// One question that both sides answered.
struct PairedItem
{
    std::string id, group; ///< "knowledge", "reasoning", "context"
    bool reference = false, subject = false;
    double rate = 0;       ///< share of the reference's answers that were right, where it was asked several times; else 0 or 1
    std::map<std::string, double> alternatives = {}; ///< the same of known alternatives, by name
    std::map<std::string, double> axes = {};         ///< of the question: "difficulty", "context", "depth"
};

/// What a known alternative measures against the same reference.
struct KnownEffect
{
    std::string name;
    double effect = 0;
    double spread = 0; ///< standard deviation over prompts, where it was kept; else 0
    std::vector<double> byPrompt = {}; ///< of tokens at temperature 0, where it was kept: the difference of each prompt
};

/// How a test of the plan is made; fixed before the first answer is seen.
struct TestPlan
{
    double alpha = 0.01 / 3; ///< of this test by itself: what Holm asks of the smallest p-value of the family
    size_t draws = 9999;     ///< permutations or sign flips
    uint64_t seed = 1;
    bool registered = true;
};

} // namespace assay
