// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics/significance.h"

#include "core/base/text.h"
#include "core/evaluate/statistics/resampling.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>

namespace assay {
namespace {

constexpr size_t kMostSingleValues = 12;
constexpr size_t kBins = 8;

/// Wilson's own interval where the items are single rights and wrongs: to the last bit, which sums of squares are not.
Estimate meanOf(const std::vector<double> &scores, std::span<const uint32_t> clusters, bool graded)
{
    if (graded || !clusters.empty())
        return meanScore(scores, clusters);
    return wilson(size_t(std::count(scores.begin(), scores.end(), 1.0)), scores.size());
}

bool isGraded(const std::vector<double> &scores)
{
    return std::any_of(scores.begin(), scores.end(), [](double score) { return score != 0 && score != 1; });
}

void countTable(PairedResult &out, const JoinedItems &joined, const ScoredItems &first, const ScoredItems &second)
{
    for (size_t i = 0; i < joined.first.size(); ++i) {
        const bool one = first.right[joined.first[i]], two = second.right[joined.second[i]];
        if (one)
            ++(two ? out.bothRight : out.onlyFirst);
        else
            ++(two ? out.onlySecond : out.bothWrong);
    }
}

/// First value of each bin; a value never falls into two bins.
std::vector<double> binStarts(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    std::vector<double> distinct = values;
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (distinct.size() <= kMostSingleValues)
        return distinct;
    std::vector<double> starts;
    for (size_t i = 0; i < kBins; ++i) {
        const double start = values[values.size() * i / kBins];
        if (starts.empty() || start > starts.back())
            starts.push_back(start);
    }
    return starts;
}

} // namespace

OutcomeCounts countOutcomes(const ItemRows &items, const std::string &task)
{
    OutcomeCounts counts;
    for (const auto &chunk : items.chunks()) {
        for (size_t row = 0; row < chunk->size(); ++row) {
            if (task.empty() || chunk->task[row] == task)
                ++counts.of[chunk->outcome[row]];
        }
    }
    return counts;
}

Estimate accuracyOf(const ItemRows &items, const std::string &task)
{
    RowFilter filter;
    if (!task.empty())
        filter = [&task](const RowChunk &chunk, size_t row) { return chunk.task[row] == task; };
    const ScoredItems scored = scoredItems(items, filter);
    return meanOf(scored.scores.means, scored.clusterSpan(), scored.graded);
}

const char *pairedTestName(PairedTest test)
{
    return test == PairedTest::McNemar ? ASSAY_TEXT("PairedTest", "exact McNemar test") : ASSAY_TEXT("PairedTest", "sign-flip permutation test");
}

PairedResult comparePaired(const ItemRows &first, const ItemRows &second)
{
    return compareScored(scoredItems(first), scoredItems(second));
}

PairedResult compareScored(const ScoredItems &first, const ScoredItems &second)
{
    const JoinedItems joined = joinItems(first, second);
    PairedResult out;
    out.n = joined.first.size();
    countTable(out, joined, first, second);
    out.means = pairedMeans(joined.firstScores, joined.secondScores, joined.clusters);
    out.difference = out.means.difference;
    out.p = out.mcnemarP = mcnemarExact(out.onlyFirst, out.onlySecond);
    if (!joined.graded && joined.clusters.empty())
        return out;
    std::vector<double> differences(out.n);
    for (size_t i = 0; i < out.n; ++i)
        differences[i] = joined.firstScores[i] - joined.secondScores[i];
    out.test = PairedTest::SignFlips;
    out.p = signFlips(differences, joined.clusters).p;
    return out;
}

Estimate accuracyRatio(const PairedResult &table)
{
    if (table.test != PairedTest::McNemar)
        return ratioOfMeans(table.means);
    Estimate out;
    const size_t first = table.bothRight + table.onlyFirst;
    const size_t second = table.bothRight + table.onlySecond;
    if (second == 0)
        return out;
    out.n = table.n;
    out.value = double(first) / double(second);
    const size_t either = first + table.onlySecond; // items that at least one has right
    const double x = double(first) + 1;
    const double y = double(second) + 1;
    const double total = double(either) + 2;
    const double discordant = double(table.onlyFirst + table.onlySecond) + 2;
    const double z = kNormal975 * std::sqrt(discordant / (x * y)) / (std::sqrt((1 - x / total) / x) + std::sqrt((1 - y / total) / y));
    const Estimate above = scoreInterval(double(first) / double(either), double(either), z);
    const Estimate below = scoreInterval(double(second) / double(either), double(either), z);
    out.low = above.low / below.high;
    out.high = below.low > 0 ? above.high / below.low : std::numeric_limits<double>::infinity();
    out.hasInterval = below.low > 0;
    return out;
}

double mcnemarExact(size_t b, size_t c)
{
    if (b == c)
        return 1;
    return std::min(2 * binomialCdf(int(std::min(b, c)), int(b + c), 0.5), 1.0);
}

std::vector<CurvePoint> accuracyCurve(const ItemRows &items, const std::string &axis)
{
    const ScoredItems scored = scoredItems(items, {}, axis);
    std::vector<double> values;
    std::copy_if(scored.axis.begin(), scored.axis.end(), std::back_inserter(values), [](double value) { return std::isfinite(value); });
    const std::vector<double> starts = binStarts(values);
    std::vector<CurvePoint> curve(starts.size());
    std::vector<std::vector<double>> scores(starts.size());
    std::vector<std::vector<uint32_t>> clusters(starts.size());
    for (size_t i = 0; i < scored.axis.size(); ++i) {
        const double value = scored.axis[i];
        if (!std::isfinite(value))
            continue;
        const size_t bin = size_t(std::upper_bound(starts.begin(), starts.end(), value) - starts.begin()) - 1;
        CurvePoint &point = curve[bin];
        point.from = scores[bin].empty() ? value : std::min(point.from, value);
        point.to = scores[bin].empty() ? value : std::max(point.to, value);
        scores[bin].push_back(scored.scores.means[i]);
        if (scored.clustered)
            clusters[bin].push_back(scored.clusters[i]);
    }
    for (size_t bin = 0; bin < curve.size(); ++bin)
        curve[bin].accuracy = meanOf(scores[bin], clusters[bin], isGraded(scores[bin]));
    return curve;
}

std::vector<std::string> axesOf(const ItemRows &items)
{
    std::set<std::string> axes;
    for (const auto &chunk : items.chunks()) {
        for (const auto &[axis, values] : chunk->axes)
            axes.insert(axis);
    }
    return {axes.begin(), axes.end()};
}

} // namespace assay
