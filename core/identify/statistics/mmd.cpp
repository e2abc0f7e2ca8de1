// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/mmd.h"

#include <algorithm>
#include <numeric>

namespace assay {
namespace {

constexpr int32_t kPadding = -1;

int32_t symbolAt(const Symbols &answer, size_t place)
{
    return place < answer.size() ? answer[place] : kPadding;
}

int32_t alike(const Symbols &a, const Symbols &b, size_t length, AnswerKernel kernel)
{
    int32_t same = 0;
    for (size_t place = 0; place < length; ++place) {
        const bool equal = symbolAt(a, place) == symbolAt(b, place);
        if (!equal && kernel == AnswerKernel::Prefix)
            break;
        same += equal;
    }
    return same;
}

size_t longest(std::span<const PromptAnswers> prompts)
{
    size_t out = 1;
    for (const PromptAnswers &prompt : prompts) {
        for (const auto *side : {&prompt.first, &prompt.second}) {
            for (const Symbols &answer : *side)
                out = std::max(out, answer.size());
        }
    }
    return out;
}

double meanOver(std::span<const AnswerGram> grams, const std::function<double(const AnswerGram &)> &value)
{
    double sum = 0;
    for (const AnswerGram &gram : grams)
        sum += value(gram);
    return sum / double(grams.size());
}

} // namespace

AnswerGram::AnswerGram(const PromptAnswers &answers, size_t length, AnswerKernel kernel) : m_length(std::max<size_t>(length, 1))
{
    std::vector<const Symbols *> all;
    for (const auto *side : {&answers.first, &answers.second}) {
        for (size_t i = 0; i < std::min(side->size(), kMostAnswers); ++i)
            all.push_back(&(*side)[i]);
    }
    m_first = std::min(answers.first.size(), kMostAnswers);
    m_size = all.size();
    m_kernel.assign(m_size * m_size, 0);
    m_rows.assign(m_size, 0);
    for (size_t i = 0; i < m_size; ++i) {
        for (size_t j = 0; j < i; ++j) {
            const int32_t value = alike(*all[i], *all[j], m_length, kernel);
            m_kernel[i * m_size + j] = m_kernel[j * m_size + i] = value;
            m_rows[i] += value;
            m_rows[j] += value;
        }
    }
    m_all = std::accumulate(m_rows.begin(), m_rows.end(), int64_t(0));
}

double AnswerGram::within(std::span<const uint32_t> chosen) const
{
    int64_t sum = 0;
    for (size_t i = 1; i < chosen.size(); ++i) {
        const int32_t *row = m_kernel.data() + size_t(chosen[i]) * m_size;
        for (size_t j = 0; j < i; ++j)
            sum += row[chosen[j]];
    }
    return double(sum);
}

// What is summed over the chosen rows is all pairs within them twice and those across once; the rest is within the others.
double AnswerGram::mmd(std::span<const uint32_t> chosen) const
{
    const double x = double(chosen.size()), y = double(m_size) - x;
    const double inside = within(chosen);
    int64_t rows = 0;
    for (const uint32_t i : chosen)
        rows += m_rows[i];
    const double across = double(rows) - 2 * inside;
    const double outside = (double(m_all) - 2 * across) / 2 - inside;
    return (2 * inside / (x * (x - 1)) + 2 * outside / (y * (y - 1)) - 2 * across / (x * y)) / double(m_length);
}

double AnswerGram::mmd(std::span<const uint32_t> chosen, std::span<const uint32_t> others) const
{
    const double x = double(chosen.size()), y = double(others.size());
    int64_t across = 0;
    for (const uint32_t i : chosen) {
        for (const uint32_t j : others)
            across += m_kernel[size_t(i) * m_size + j];
    }
    return (2 * within(chosen) / (x * (x - 1)) + 2 * within(others) / (y * (y - 1)) - 2 * double(across) / (x * y)) / double(m_length);
}

PermutationTest mmdTest(std::span<const PromptAnswers> prompts, const MmdOptions &options)
{
    const size_t length = options.length > 0 ? options.length : longest(prompts);
    std::vector<AnswerGram> grams;
    for (const PromptAnswers &prompt : prompts) {
        if (prompt.first.size() >= 2 && prompt.second.size() >= 2)
            grams.emplace_back(prompt, length, options.kernel);
    }
    if (grams.empty())
        return {};
    std::vector<uint32_t> order;
    const double observed = meanOver(grams, [&](const AnswerGram &gram) {
        order.resize(gram.first());
        std::iota(order.begin(), order.end(), 0);
        return gram.mmd(order);
    });
    return testByPermutations(observed, grams.size(), options.resampling, [&] {
        return [&, dealt = std::vector<uint32_t>()](RandomBits &random) mutable {
            return meanOver(grams, [&](const AnswerGram &gram) {
                dealFront(dealt, gram.size(), gram.first(), random);
                return gram.mmd(std::span(dealt).first(gram.first()));
            });
        };
    });
}

} // namespace assay
