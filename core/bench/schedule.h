// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/bench/plan.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace assay {

/// When the requests of an open loop are to be sent, ns after the level's beginning, rising. They are moments, not pauses: a
/// request that is late makes no other late. The first `count` of a longer schedule are the same, and so is a seed's on every
/// machine. At most kMostArrivals; none for a rate that is no positive number.
std::vector<int64_t> constantArrivals(double rate, int64_t count);
/// Exponential gaps of mean 1 / rate.
std::vector<int64_t> poissonArrivals(double rate, int64_t count, uint64_t seed);
/// The trace's moments from its first on, `pace` times as fast; when it ends it begins again, a mean gap after its last.
std::vector<int64_t> traceArrivals(const std::vector<double> &trace, double pace, int64_t count);
/// Of a point of an open loop by its plan's load; empty for a closed one.
std::vector<int64_t> arrivalsOf(const BenchPoint &point, const EndpointLoad &load, uint64_t seed, int64_t count);
inline constexpr int64_t kMostArrivals = 10'000'000;

/// Reads moments in seconds, sorted: a number a line, or the first column of CSV (a line of names and comments with # are passed
/// over; a column called timestamp, time, arrival, arrived_at or at is taken instead of the first), or an object a line with such
/// a field. Errors: BadUsage with the line; FileTooLarge beyond kMostTraceBytes or kMostArrivals moments.
Result<std::vector<double>> parseTrace(std::string_view text);
inline constexpr size_t kMostTraceBytes = size_t(512) << 20;

/// Levels of a ramp from one to the other, both ends among them: doubling, or evenly in `steps` steps.
std::vector<int64_t> doublingRamp(int64_t from, int64_t to);
std::vector<int64_t> evenRamp(int64_t from, int64_t to, int64_t steps);

} // namespace assay
