// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/borderinputs.h"

#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace assay {
namespace {

/// Answers as numbers, those of the smaller sample first: fewer have to be dealt.
struct CodedInput
{
    explicit CodedInput(const BorderInput &input)
    {
        const bool todayFirst = input.today.size() < input.reference.size();
        const auto &one = todayFirst ? input.today : input.reference;
        const auto &other = todayFirst ? input.reference : input.today;
        std::map<std::string, uint32_t> codes;
        for (const auto *side : {&one, &other}) {
            for (const std::string &answer : *side)
                answers.push_back(codes.emplace(answer, uint32_t(codes.size())).first->second);
        }
        first = one.size();
        counts.assign(codes.size(), 0);
        for (const uint32_t answer : answers)
            ++counts[answer];
    }
    double variation(std::span<const uint32_t> chosen, std::vector<double> &scratch) const
    {
        scratch.assign(counts.size(), 0);
        for (const uint32_t row : chosen)
            ++scratch[answers[row]];
        const double x = double(chosen.size()), y = double(answers.size()) - x;
        double sum = 0;
        for (size_t code = 0; code < counts.size(); ++code)
            sum += std::fabs(scratch[code] / x - (counts[code] - scratch[code]) / y);
        return sum / 2;
    }
    double observed(std::vector<double> &scratch) const
    {
        std::vector<uint32_t> chosen(first);
        std::iota(chosen.begin(), chosen.end(), 0);
        return variation(chosen, scratch);
    }

    size_t first = 0;
    std::vector<uint32_t> answers;
    std::vector<double> counts;
};

} // namespace

double totalVariation(const BorderInput &input)
{
    std::vector<double> scratch;
    return input.reference.empty() || input.today.empty() ? std::numeric_limits<double>::quiet_NaN() : CodedInput(input).observed(scratch);
}

PermutationTest borderTest(std::span<const BorderInput> inputs, const Resampling &how)
{
    std::vector<CodedInput> coded;
    for (const BorderInput &input : inputs) {
        if (!input.reference.empty() && !input.today.empty())
            coded.emplace_back(input);
    }
    if (coded.empty())
        return {};
    double observed = 0;
    std::vector<double> counts;
    for (const CodedInput &one : coded)
        observed += one.observed(counts) / double(coded.size());
    return testByPermutations(observed, coded.size(), how, [&] {
        return [&, order = std::vector<uint32_t>(), scratch = std::vector<double>()](RandomBits &random) mutable {
            double mean = 0;
            for (const CodedInput &one : coded) {
                dealFront(order, one.answers.size(), one.first, random);
                mean += one.variation(std::span(order).first(one.first), scratch) / double(coded.size());
            }
            return mean;
        };
    });
}

} // namespace assay
