// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/bench/statistics.h"
#include "core/evaluate/statistics/distributions.h"
#include "core/identify/distribution/distribution.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace assay {
namespace {

constexpr size_t kSpreadDraws = 1000; ///< deals that tell the spread of the statistic where nothing differs
constexpr double kNormal80 = 0.8416212335729143;

std::vector<PromptAnswers> answersOf(std::span<const SampledPrompt> prompts)
{
    std::vector<PromptAnswers> out;
    for (const SampledPrompt &prompt : prompts) {
        PromptAnswers answers;
        for (const std::string &text : prompt.reference)
            answers.first.push_back(symbolsOf(text));
        for (const std::string &text : prompt.subject)
            answers.second.push_back(symbolsOf(text));
        if (answers.first.size() >= 2 && answers.second.size() >= 2)
            out.push_back(std::move(answers));
    }
    return out;
}

std::vector<AnswerGram> gramsOf(const std::vector<PromptAnswers> &answers, size_t length)
{
    std::vector<AnswerGram> out;
    for (const PromptAnswers &one : answers)
        out.emplace_back(one, length, AnswerKernel::Hamming);
    return out;
}

/// The statistic when labels are dealt anew.
struct Null
{
    double mean = 0, spread = 0, skew = 0;
    double kernel = 0; ///< root of the kernel's squared eigenvalues, summed: what the spread comes from

    /// Its upper quantile by Cornish and Fisher's first correction: it leans to the right, and a normal one would promise power that is not there.
    double quantile(double alpha) const
    {
        const double z = normalQuantile(1 - alpha);
        return mean + spread * (z + (z * z - 1) * skew / 6);
    }
    /// The same among answers half of which come from elsewhere, this far away: they differ more among themselves, at most by the largest eigenvalue, and
    /// the limit rises.
    Null among(double effect) const
    {
        Null out = *this;
        out.spread *= kernel > 0 ? std::sqrt(1 + std::max(effect, 0.0) / (2 * kernel)) : 1;
        return out;
    }
};

double normalDensity(double z)
{
    return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}

Null nullOf(const std::vector<AnswerGram> &grams, uint64_t seed)
{
    std::vector<double> dealt;
    std::vector<uint32_t> order;
    for (size_t draw = 0; draw < kSpreadDraws; ++draw) {
        RandomBits random(seed, 0x5eed0000 + draw);
        double sum = 0;
        for (const AnswerGram &gram : grams) {
            dealFront(order, gram.size(), gram.first(), random);
            sum += gram.mmd(std::span(order).first(gram.first()));
        }
        dealt.push_back(sum / double(grams.size()));
    }
    Null null{mean(dealt), standardDeviation(dealt), 0, 0};
    double parts = 0; // a prompt's spread is sqrt(2) (1/n + 1/m) times the kernel's root
    for (const AnswerGram &gram : grams)
        parts += 2 * std::pow(1 / double(gram.first()) + 1 / double(gram.size() - gram.first()), 2);
    null.kernel = null.spread * double(grams.size()) / std::sqrt(parts);
    for (const double value : dealt)
        null.skew += null.spread > 0 ? std::pow((value - null.mean) / null.spread, 3) / double(dealt.size()) : 0;
    return null;
}

/// Of texts a share of which come from an alternative: MMD^2 grows with the share's square. The statistic leans to the right, so that it lies below its mean
/// more often than above (Edgeworth's first correction).
double powerOf(const KnownEffect &known, double share, const Null &honest, size_t prompts, double alpha)
{
    const double part = share * share;
    const Null null = honest.among(part * known.effect);
    const double distance = part * known.effect - null.quantile(alpha);
    const double error = std::hypot(null.spread, part * known.spread / std::sqrt(double(prompts)));
    if (!(error > 0))
        return distance > 0 ? 1.0 : 0.0;
    const double z = -distance / error;
    return std::clamp(normalCdf(-z) + null.skew / 6 * (z * z - 1) * normalDensity(z), 0.0, 1.0);
}

} // namespace

Symbols symbolsOf(std::string_view text)
{
    Symbols out;
    for (const char byte : text) {
        const auto value = static_cast<unsigned char>(byte);
        if ((value & 0xC0) == 0x80 && !out.empty())
            out.back() = int32_t((uint32_t(out.back()) << 6 | (value & 0x3F)) & 0x1FFFFF);
        else
            out.push_back(value < 0xC0 ? value : value < 0xE0 ? value & 0x1F : value < 0xF0 ? value & 0x0F : value & 0x07);
    }
    return out;
}

KnownEffect textEffect(std::span<const SampledPrompt> prompts, size_t length, const std::string &name)
{
    const auto answers = answersOf(prompts);
    std::vector<uint32_t> order;
    std::vector<double> distances;
    for (const AnswerGram &gram : gramsOf(answers, length)) {
        order.resize(gram.first());
        std::iota(order.begin(), order.end(), 0);
        distances.push_back(gram.mmd(order));
    }
    return {name, distances.empty() ? 0 : mean(distances), distances.size() > 1 ? standardDeviation(distances) : 0};
}

Evidence textEvidence(std::span<const SampledPrompt> prompts, size_t length, std::span<const KnownEffect> alternatives, const TestPlan &plan)
{
    Evidence out{.tier = Tier::Distribution, .kind = Evidence::Kind::Note, .test = "distribution.text", .what = {}};
    const auto answers = answersOf(prompts);
    out.n = int64_t(answers.size());
    if (answers.empty()) {
        out.what = {ASSAY_TEXT("Identity", "No prompt has two answers from either side, so texts cannot be compared"), {}};
        return out;
    }
    MmdOptions options;
    options.length = length;
    options.resampling = {plan.draws, plan.seed};
    const PermutationTest test = mmdTest(answers, options);
    const Null null = nullOf(gramsOf(answers, length), plan.seed);
    const double limit = null.quantile(plan.alpha);
    out.kind = Evidence::Kind::Test;
    out.registered = plan.registered;
    out.p = test.p;
    out.effect = test.statistic;
    out.detectable = limit + kNormal80 * null.spread;
    out.effectUnit = "MMD^2";
    for (const KnownEffect &known : alternatives) {
        out.power.push_back({known.name, powerOf(known, 1, null, answers.size(), plan.alpha)});
        out.power.push_back({mixtureName(known.name), powerOf(known, kMixtureShare, null, answers.size(), plan.alpha)});
    }
    size_t reference = 0, subject = 0;
    for (const PromptAnswers &one : answers) {
        reference += one.first.size();
        subject += one.second.size();
    }
    out.what = {ASSAY_TEXT("Identity", "Over %1 prompts %2 texts of the subject lie %3 from %4 of the reference (MMD^2; %5 would be seen in 8 of 10 cases)"),
                {std::to_string(answers.size()), std::to_string(subject), threeDigits(test.statistic), std::to_string(reference), threeDigits(*out.detectable)}};
    if (test.p <= plan.alpha)
        out.benign = {{ASSAY_TEXT("Identity", "another temperature or top-p than was asked for"), {}},
                      {ASSAY_TEXT("Identity", "a system prompt or a chat template that the reference did not have"), {}}};
    out.numbers = {{"null", "N1"}, {"draws", test.draws}, {"spread", null.spread}, {"samples_reference", reference}, {"samples_subject", subject}};
    for (const KnownEffect &known : alternatives)
        out.numbers["alternatives"][known.name] = known.effect;
    return out;
}

} // namespace assay
