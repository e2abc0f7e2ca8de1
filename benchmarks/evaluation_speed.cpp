// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics over 200,000 items: 10,000 bootstrap resamples of a paired comparison, 9,999 sign flips, the paired comparison of two
// runs, the routing curve with its band. Goal: resamples under 1 s on two cores.
#include "core/evaluate/statistics/resampling.h"
#include "core/evaluate/statistics/routing.h"
#include "core/evaluate/statistics/significance.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace assay;

constexpr uint32_t kItems = 200'000;
constexpr double kGoal = 1;
constexpr int kRepetitions = 3;

/// On the clock, and of all processors together: on a machine that does other work, too, only the latter says something of the program.
struct Taken
{
    double seconds = 1e9, processors = 1e9;
};

/// The best of a few runs: the one that other work on the machine disturbed least.
Taken best(const std::function<void()> &work)
{
    using Clock = std::chrono::steady_clock;
    Taken least;
    for (int i = 0; i < kRepetitions; ++i) {
        const auto start = Clock::now();
        const std::clock_t used = std::clock();
        work();
        least.processors = std::min(least.processors, double(std::clock() - used) / CLOCKS_PER_SEC);
        least.seconds = std::min(least.seconds, std::chrono::duration<double>(Clock::now() - start).count());
    }
    return least;
}

void print(const char *name, const Taken &taken)
{
    std::printf("%-32s %.3f s, of the processors %.3f s\n", name, taken.seconds, taken.processors);
}

struct Differences
{
    const char *name;
    std::vector<double> values;
    std::vector<uint32_t> clusters;
};

std::vector<Differences> samples()
{
    RandomBits random(1, 0);
    Differences binary{"rights and wrongs", {}, {}}, repeated{"8 samples an item", {}, {}}, graded{"graded", {}, {}};
    for (uint32_t i = 0; i < kItems; ++i) {
        binary.values.push_back(double(random.below(10) < 7) - double(random.below(10) < 6));
        repeated.values.push_back((double(random.binomial(8, 7, 10)) - double(random.binomial(8, 6, 10))) / 8);
        graded.values.push_back(double(random.next() >> 11) * 0x1p-53 - double(random.next() >> 11) * 0x1p-53);
    }
    Differences clustered{"graded, in clusters of 10", graded.values, {}};
    for (uint32_t i = 0; i < kItems; ++i)
        clustered.clusters.push_back(i / 10);
    return {binary, repeated, graded, clustered};
}

ItemRows run(uint64_t stream, uint32_t right)
{
    RandomBits random(2, stream);
    ItemRows rows;
    for (uint32_t i = 0; i < kItems; ++i) {
        ItemResult row;
        row.itemId = "item-" + std::to_string(i);
        row.judged.outcome = random.below(10) < right ? Outcome::Right : Outcome::Wrong;
        rows.push_back(row);
    }
    return rows;
}

} // namespace

int main()
{
    bool good = true;
    for (const Differences &one : samples()) {
        const Taken bootstrap = best([&] { bootstrapMean(one.values, one.clusters); });
        good = good && bootstrap.seconds < kGoal;
        std::printf("%s\n", one.name);
        print("  10,000 resamples", bootstrap);
        print("  9,999 sign flips", best([&] { signFlips(one.values, one.clusters); }));
    }
    const ItemRows first = run(0, 7), second = run(1, 6);
    print("two runs paired", best([&] { comparePaired(first, second); }));
    RandomBits random(3, 0);
    std::vector<RoutingItem> items(kItems);
    for (RoutingItem &item : items)
        item = {double(random.below(10) < 6), double(random.below(10) < 7), 1, 10, double(random.below(1'000'000))};
    RoutingCurve curve;
    print("routing curve", best([&] { curve = routingCurve(items); }));
    print("its band, 1,000 resamples", best([&] { addRoutingBand(curve, items); }));
    return good ? 0 : 1;
}
