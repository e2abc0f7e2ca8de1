// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/logprobdistance.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace assay {
namespace {

/// Answers by tokens, filled up.
struct FilledAnswers
{
    explicit FilledAnswers(const LogprobPrompt &prompt)
    {
        std::map<std::string, size_t> columns;
        for (const auto *side : {&prompt.first, &prompt.second}) {
            for (const TopTokens &answer : *side) {
                for (const auto &[token, value] : answer)
                    columns.emplace(token, columns.size());
            }
        }
        tokens = columns.size();
        first = add(prompt.first, columns);
        rows = first + add(prompt.second, columns);
        sums.assign(tokens, 0);
        for (size_t i = 0; i < values.size(); ++i)
            sums[i % tokens] += values[i];
    }
    /// Between the chosen answers and all others.
    double distance(std::span<const uint32_t> chosen, std::vector<double> &scratch) const
    {
        scratch.assign(tokens, 0);
        for (const uint32_t row : chosen) {
            for (size_t token = 0; token < tokens; ++token)
                scratch[token] += values[row * tokens + token];
        }
        const double x = double(chosen.size()), y = double(rows) - x;
        double sum = 0;
        for (size_t token = 0; token < tokens; ++token)
            sum += std::fabs(scratch[token] / x - (sums[token] - scratch[token]) / y);
        return sum / double(tokens);
    }
    bool usable() const { return first > 0 && rows > first; }

    size_t tokens = 0, first = 0, rows = 0;

private:
    size_t add(const std::vector<TopTokens> &side, const std::map<std::string, size_t> &columns)
    {
        size_t added = 0;
        for (const TopTokens &answer : side) {
            if (answer.empty())
                continue;
            const auto less = [](const auto &a, const auto &b) { return a.second < b.second; };
            values.resize(values.size() + tokens, std::min_element(answer.begin(), answer.end(), less)->second);
            for (const auto &[token, value] : answer)
                values[values.size() - tokens + columns.at(token)] = value;
            ++added;
        }
        return added;
    }
    std::vector<double> values, sums;
};

std::vector<uint32_t> firstOnes(size_t count)
{
    std::vector<uint32_t> out(count);
    std::iota(out.begin(), out.end(), 0);
    return out;
}

} // namespace

double logprobDistance(const LogprobPrompt &prompt)
{
    const FilledAnswers filled(prompt);
    std::vector<double> scratch;
    return filled.usable() ? filled.distance(firstOnes(filled.first), scratch) : std::numeric_limits<double>::quiet_NaN();
}

PermutationTest logprobTest(std::span<const LogprobPrompt> prompts, const Resampling &how)
{
    std::vector<FilledAnswers> filled;
    for (const LogprobPrompt &prompt : prompts) {
        if (FilledAnswers one(prompt); one.usable())
            filled.push_back(std::move(one));
    }
    if (filled.empty())
        return {};
    double observed = 0;
    std::vector<double> sums;
    for (const FilledAnswers &one : filled)
        observed += one.distance(firstOnes(one.first), sums) / double(filled.size());
    return testByPermutations(observed, filled.size(), how, [&] {
        return [&, order = std::vector<uint32_t>(), scratch = std::vector<double>()](RandomBits &random) mutable {
            double mean = 0;
            for (const FilledAnswers &one : filled) {
                dealFront(order, one.rows, one.first, random);
                mean += one.distance(std::span(order).first(one.first), scratch) / double(filled.size());
            }
            return mean;
        };
    });
}

} // namespace assay
