// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/roofline.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

double seenBy(const CacheWork &cache, double context)
{
    return std::max(cache.window > 0 ? std::min(double(cache.window), context) : context, 0.0);
}

} // namespace

double decodeBytes(const ModelWork &work, double context, int64_t batch)
{
    const double sequences = double(std::max<int64_t>(batch, 1));
    double bytes = double(work.denseBytes);
    if (work.experts > 0) {
        const double chosen = std::clamp(double(work.activeExperts) / double(work.experts), 0.0, 1.0);
        bytes += double(work.expertBytes) * (1 - std::pow(1 - chosen, sequences));
    }
    for (const CacheWork &cache : work.cache)
        bytes += sequences * double(cache.bytes) * seenBy(cache, context);
    return bytes;
}

double decodeFlops(const ModelWork &work, double context, int64_t batch)
{
    double flops = work.matrixFlops;
    for (const CacheWork &cache : work.cache)
        flops += cache.flops * seenBy(cache, context);
    return flops * double(std::max<int64_t>(batch, 1));
}

double prefillFlops(const ModelWork &work, int64_t tokens, int64_t depth, int64_t batch)
{
    const double all = double(std::max<int64_t>(tokens, 0)), before = double(std::max<int64_t>(depth, 0));
    double flops = all * (work.matrixFlops - work.headFlops) + work.headFlops;
    for (const CacheWork &cache : work.cache) {
        // The token at position p sees p + 1 keys, or the window.
        const double end = before + all, window = cache.window > 0 ? std::clamp(double(cache.window), before, end) : end;
        const double growing = (window * window - before * before) / 2;
        flops += cache.flops * (growing + (end - window) * double(cache.window));
    }
    return flops * double(std::max<int64_t>(batch, 1));
}

std::optional<double> matrixRate(const MachineLimits &limits, const std::string &dtype)
{
    if (const auto rate = limits.flopsIn(dtype))
        return rate;
    std::optional<double> best;
    for (const MatrixRate &rate : limits.matrixRates)
        best = std::max(best.value_or(0), rate.flops);
    return best;
}

std::optional<double> timeFloor(double bytes, double flops, const MachineLimits &limits, const std::string &dtype)
{
    const auto rate = matrixRate(limits, dtype);
    if (limits.readBandwidth <= 0 || !rate || *rate <= 0)
        return std::nullopt;
    return std::max(bytes / limits.readBandwidth, flops / *rate);
}

} // namespace assay
