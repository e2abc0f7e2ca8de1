// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/fidelity/meanerrors.h"

#include <algorithm>

namespace assay {
namespace {

/// Linear at share * (n - 1), in f32: llama.cpp's last digits come of that.
float atRank(const std::vector<float> &sorted, double share)
{
    if (share == .5) {
        const size_t middle = sorted.size() / 2;
        return sorted.size() % 2 == 0 ? .5F * (sorted[middle] + sorted[middle - 1]) : sorted[middle];
    }
    float place = float(share) * float(sorted.size() - 1);
    const auto below = size_t(place);
    place -= float(below);
    return (1 - place) * sorted[below] + place * sorted[std::min(below + 1, sorted.size() - 1)];
}

template <size_t N> std::vector<RankValue> ranksOf(std::vector<float> values, const std::array<double, N> &shares)
{
    std::vector<RankValue> out;
    if (values.empty())
        return out;
    // What is not a number has no place in an order.
    const bool ordered = std::ranges::none_of(values, [](float value) { return std::isnan(value); });
    if (ordered)
        std::ranges::sort(values);
    for (const double share : shares)
        out.push_back({share, ordered ? atRank(values, share) : NAN});
    return out;
}

/// The mean over positions with the interval of chunks.
Estimate byChunk(const FidelityColumns &columns, const std::function<double(size_t)> &value)
{
    std::vector<double> sums, counts;
    size_t at = 0;
    for (const uint32_t end : columns.chunkEnds) {
        double sum = 0;
        const size_t from = at;
        for (; at < end; ++at)
            sum += value(at);
        sums.push_back(sum);
        counts.push_back(double(at - from));
    }
    return ratioOverParts(sums, counts);
}

MeanError exponential(const MeanError &logarithm)
{
    const double value = std::exp(logarithm.mean);
    return {value, value * logarithm.error};
}

void addPerplexities(DivergenceFigures &out, const FidelityColumns &columns)
{
    const size_t n = columns.size();
    const auto reference = [&](size_t i) { return double(columns.nllReference[i]); };
    const auto other = [&](size_t i) { return double(columns.nllOther[i]); };
    const MeanError logReference = meanError(n, reference), logOther = meanError(n, other);
    const double covariance = meanCovariance(n, reference, other);
    out.perplexityReference = exponential(logReference);
    out.perplexityOther = exponential(logOther);
    out.correlation = covariance / (logReference.error * logOther.error);
    // The error of the difference by itself is the same as by the covariance, and never the root of less than nothing.
    const auto difference = [&](size_t i) { return other(i) - reference(i); };
    out.logRatio = {logOther.mean - logReference.mean, meanError(n, difference).error};
    out.ratio = exponential(out.logRatio);
    const double a = out.perplexityOther.error, b = out.perplexityReference.error;
    const double variance = a * a + b * b - 2 * out.perplexityOther.mean * out.perplexityReference.mean * covariance;
    out.difference = {out.perplexityOther.mean - out.perplexityReference.mean, std::sqrt(std::max(variance, 0.0))};
    out.logRatioByChunk = byChunk(columns, difference);
}

} // namespace

DivergenceFigures figuresOf(const FidelityColumns &columns)
{
    DivergenceFigures out;
    const size_t n = columns.size();
    out.positions = n;
    out.chunks = columns.chunkEnds.size();
    if (n == 0)
        return out;
    const auto divergence = [&](size_t i) { return double(columns.divergence[i]); };
    const auto sameTop = [&](size_t i) { return double(columns.sameTop[i]); };
    std::vector<float> deltas(n);
    for (size_t i = 0; i < n; ++i)
        deltas[i] = float(deltaP(columns, i));
    const auto square = [&](size_t i) { return double(deltas[i]) * deltas[i]; };

    out.divergence = meanError(n, divergence);
    out.divergenceRanks = ranksOf(columns.divergence, kDivergenceRanks);
    out.divergenceByChunk = byChunk(columns, divergence);
    out.sameTop.mean = meanError(n, sameTop).mean;
    out.sameTop.error = n > 1 ? std::sqrt(out.sameTop.mean * (1 - out.sameTop.mean) / double(n - 1)) : 0;
    out.sameTopByChunk = byChunk(columns, sameTop);
    out.deltaP = meanError(n, [&](size_t i) { return double(deltas[i]); });
    out.deltaPRanks = ranksOf(deltas, kDeltaRanks);
    const MeanError squares = meanError(n, square);
    out.deltaPRms.mean = std::sqrt(squares.mean);
    out.deltaPRms.error = out.deltaPRms.mean > 0 ? .5 / out.deltaPRms.mean * squares.error : 0;
    addPerplexities(out, columns);
    return out;
}

std::optional<DistillationObjective> objectiveOf(const FidelityColumns &columns, double temperature, double alpha)
{
    const size_t n = columns.size();
    if (n == 0 || columns.softened.size() != n)
        return std::nullopt;
    const auto soft = [&](size_t i) { return double(columns.softened[i]); };
    const auto hard = [&](size_t i) { return double(columns.nllOther[i]); };
    const auto both = [&](size_t i) { return alpha * soft(i) + (1 - alpha) * hard(i); };
    return DistillationObjective{temperature, alpha, meanError(n, soft), meanError(n, hard), meanError(n, both)};
}

} // namespace assay
