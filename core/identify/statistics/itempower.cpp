// SPDX-License-Identifier: GPL-3.0-or-later
// Powers that have a formula: of McNemar's test and of pass rates.
#include "core/identify/statistics/power.h"

#include "core/evaluate/statistics/distributions.h"
#include "core/identify/statistics/capability.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace assay {
namespace {

constexpr size_t kMostItems = 100000, kMostPaired = 4000;

/// P(X >= k) for X ~ Binomial(n, p).
double binomialAbove(size_t k, size_t n, double p)
{
    return k == 0 ? 1 : k > n ? 0 : betaCdf(p, double(k), double(n - k) + 1);
}

/// The smallest number of items that the reference alone has right, of n that are answered differently, at which the test rejects;
/// from `from` on, which is what it was of fewer.
size_t critical(size_t n, size_t from, double alpha)
{
    size_t b = from;
    while (b <= n && mcnemarOneSided(b, n - b) > alpha)
        ++b;
    return b;
}

/// How many of independent things happen, each with a probability of its own.
std::vector<double> countsOf(std::span<const double> chances)
{
    std::vector<double> out{1};
    for (const double chance : chances) {
        const double p = std::clamp(chance, 0.0, 1.0);
        out.push_back(0);
        for (size_t i = out.size() - 1; i > 0; --i)
            out[i] = out[i] * (1 - p) + out[i - 1] * p;
        out[0] *= 1 - p;
    }
    return out;
}

/// The smallest number of items that the reference alone has right at which the test rejects, where the subject alone has c.
size_t criticalBeside(size_t c, size_t from, size_t most, double alpha)
{
    size_t b = from;
    while (b <= most && mcnemarOneSided(b, c) > alpha)
        ++b;
    return b;
}

bool areRates(double one, double two)
{
    return one >= 0 && two >= 0 && one + two > 0 && one + two <= 1;
}

} // namespace

double mcnemarPower(size_t items, double referenceOnly, double subjectOnly, double alpha)
{
    if (!areRates(referenceOnly, subjectOnly))
        return 0;
    items = std::min(items, kMostItems);
    const double discordant = referenceOnly + subjectOnly, share = referenceOnly / discordant;
    // Beyond nine standard deviations nothing is left to add.
    const double middle = double(items) * discordant, reach = 9 * std::sqrt(middle * (1 - discordant)) + 9;
    const auto from = size_t(std::max(0.0, middle - reach)), to = std::min(items, size_t(middle + reach));
    double power = 0, above = binomialAbove(from, items, discordant);
    size_t least = from / 2;
    for (size_t n = from; n <= to; ++n) {
        const double next = binomialAbove(n + 1, items, discordant);
        least = critical(n, least, alpha);
        if (least <= n)
            power += (above - next) * binomialAbove(least, n, share);
        above = next;
    }
    return std::min(power, 1.0);
}

double pairedPower(std::span<const double> missed, std::span<const double> gained, double alpha)
{
    const auto most = [](std::span<const double> chances) { return chances.first(std::min(chances.size(), kMostPaired)); };
    const std::vector<double> lost = countsOf(most(missed)), won = countsOf(most(gained));
    std::vector<double> atLeast(lost.size() + 1, 0);
    for (size_t b = lost.size(); b-- > 0;)
        atLeast[b] = atLeast[b + 1] + lost[b];
    double power = 0;
    size_t least = 0;
    for (size_t c = 0; c < won.size(); ++c) {
        least = criticalBeside(c, least, lost.size(), alpha);
        if (least >= lost.size())
            break;
        power += won[c] * atLeast[least];
    }
    return std::min(power, 1.0);
}

std::optional<size_t> mcnemarItemsNeeded(double referenceOnly, double subjectOnly, double alpha, double power)
{
    if (!areRates(referenceOnly, subjectOnly) || referenceOnly <= subjectOnly)
        return std::nullopt;
    const auto reached = [&](size_t items) { return mcnemarPower(items, referenceOnly, subjectOnly, alpha) >= power; };
    size_t low = 0, high = 16;
    while (!reached(high)) {
        if (high >= kMostItems)
            return std::nullopt;
        low = high;
        high = std::min(2 * high, kMostItems);
    }
    while (high - low > std::max<size_t>(1, high / 100)) {
        const size_t middle = (low + high) / 2;
        (reached(middle) ? high : low) = middle;
    }
    return high;
}

double detectableGap(double discordant, size_t items, double alpha, double power)
{
    return (normalQuantile(1 - alpha) + normalQuantile(power)) * std::sqrt(discordant / double(items));
}

std::optional<size_t> itemsToTell(double claimed, double alternative, double alpha, double power)
{
    const auto inside = [](double rate) { return rate > 0 && rate < 1; };
    if (!inside(claimed) || !inside(alternative) || claimed == alternative)
        return std::nullopt;
    const double z = normalQuantile(1 - alpha) * std::sqrt(claimed * (1 - claimed))
                     + normalQuantile(power) * std::sqrt(alternative * (1 - alternative));
    const double items = std::ceil(std::pow(z / (claimed - alternative), 2));
    return items < 1e15 ? std::optional(size_t(items)) : std::nullopt;
}

} // namespace assay
