// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/schedule.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr double kNanoseconds = 1e9;
constexpr double kLatest = 9e18; // ns that fit, some 285 years

/// SplitMix64 (Steele, Lea, Flood 2014): the standard library's distributions differ between libraries, this does not.
class Random
{
public:
    explicit Random(uint64_t seed) : m_state(seed) {}
    uint64_t next()
    {
        uint64_t z = m_state += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    /// In (0, 1].
    double uniform() { return double((next() >> 11) + 1) * 0x1p-53; }

private:
    uint64_t m_state;
};

int64_t bounded(int64_t count)
{
    return std::clamp<int64_t>(count, 0, kMostArrivals);
}

bool isRate(double rate)
{
    return std::isfinite(rate) && rate > 0;
}

int64_t moment(double seconds)
{
    return std::llround(std::min(seconds * kNanoseconds, kLatest));
}

} // namespace

std::vector<int64_t> constantArrivals(double rate, int64_t count)
{
    std::vector<int64_t> out;
    for (int64_t i = 0; isRate(rate) && i < bounded(count); ++i)
        out.push_back(moment(double(i) / rate));
    return out;
}

std::vector<int64_t> poissonArrivals(double rate, int64_t count, uint64_t seed)
{
    std::vector<int64_t> out;
    Random random(seed);
    double seconds = 0;
    for (int64_t i = 0; isRate(rate) && i < bounded(count); ++i) {
        seconds -= std::log(random.uniform()) / rate;
        out.push_back(moment(seconds));
    }
    return out;
}

std::vector<int64_t> traceArrivals(const std::vector<double> &trace, double pace, int64_t count)
{
    std::vector<int64_t> out;
    if (trace.empty() || !isRate(pace))
        return out;
    const double length = trace.back() - trace.front();
    const double again = length + (trace.size() > 1 ? length / double(trace.size() - 1) : 1);
    for (int64_t i = 0; i < bounded(count); ++i) {
        const auto [round, within] = std::pair(i / int64_t(trace.size()), size_t(i % int64_t(trace.size())));
        out.push_back(moment((double(round) * again + trace[within] - trace.front()) / pace));
    }
    return out;
}

std::vector<int64_t> arrivalsOf(const BenchPoint &point, const EndpointLoad &load, uint64_t seed, int64_t count)
{
    if (point.rate <= 0)
        return {};
    switch (point.arrivals) {
    case Arrivals::Constant: return constantArrivals(point.rate, count);
    case Arrivals::Poisson: return poissonArrivals(point.rate, count, seed);
    case Arrivals::Trace: break;
    }
    return traceArrivals(load.trace, point.rate, count);
}

std::vector<int64_t> doublingRamp(int64_t from, int64_t to)
{
    std::vector<int64_t> out;
    for (int64_t level = std::max<int64_t>(from, 1); level < to; level = level > to / 2 ? to : level * 2)
        out.push_back(level);
    out.push_back(std::max<int64_t>(to, 1));
    return out;
}

std::vector<int64_t> evenRamp(int64_t from, int64_t to, int64_t steps)
{
    std::vector<int64_t> out;
    const int64_t most = std::clamp<int64_t>(steps, 1, 1000);
    for (int64_t i = 0; i <= most; ++i) {
        const int64_t level = std::llround(double(from) + (double(to) - double(from)) * double(i) / double(most));
        if (out.empty() || level != out.back())
            out.push_back(level);
    }
    return out;
}

} // namespace assay
