// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/statistics/permutation.h"

namespace assay {

/// Tokens or code points of one answer.
using Symbols = std::vector<int32_t>;

/// Answers of two subjects to one prompt.
struct PromptAnswers
{
    std::vector<Symbols> first, second;
};

/// How alike two answers are, over their first L symbols; shorter ones are filled up with -1.
enum class AnswerKernel : uint8_t {
    Hamming, ///< share of places with the same symbol
    Prefix,  ///< length of what both begin with, as a share: for low temperatures, where one early difference changes all that follows
};

struct MmdOptions
{
    AnswerKernel kernel = AnswerKernel::Hamming;
    size_t length = 50; ///< L; 0: the longest answer
    Resampling resampling = {};
};

/// Answers beyond these are left out of each side of a prompt: their kernel is a square.
inline constexpr size_t kMostAnswers = 1000;

/// Kernel of all pairs of answers to one prompt, those of `first` before those of `second`, as whole numbers of 1/L, so that sums are
/// the same in any order. Computed once; permutations only sum it again.
class AnswerGram
{
public:
    AnswerGram(const PromptAnswers &answers, size_t length, AnswerKernel kernel);

    size_t first() const { return m_first; }
    size_t size() const { return m_size; }
    /// Unbiased MMD^2 (Gretton and others 2012) between the answers `chosen` and all others; at least two on either side.
    double mmd(std::span<const uint32_t> chosen) const;
    /// The same between two lists of answers, all others left out.
    double mmd(std::span<const uint32_t> chosen, std::span<const uint32_t> others) const;

private:
    double within(std::span<const uint32_t> chosen) const; ///< sum over pairs, each once, in 1/L

    size_t m_first = 0, m_size = 0, m_length = 1;
    std::vector<int32_t> m_kernel; ///< by row; 0 on the diagonal
    std::vector<int64_t> m_rows;   ///< sums of rows
    int64_t m_all = 0;             ///< sum of m_kernel
};

/// Two-sample test over prompts (arXiv 2410.20247, its p-value with + 1 and its labels shuffled within each prompt): the statistic is
/// the mean over prompts of MMD^2. Prompts with fewer than two answers on a side are left out.
PermutationTest mmdTest(std::span<const PromptAnswers> prompts, const MmdOptions &options = {});

} // namespace assay
