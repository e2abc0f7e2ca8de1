// SPDX-License-Identifier: GPL-3.0-or-later
// Floats of at least 0 are ordered as their bits are, so that counting by the upper half of the bits and then, within the few
// halves that are asked for, by the lower half finds any rank exactly.
#include "core/bench/floatranks.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <map>

namespace assay {
namespace {

constexpr size_t kHalf = 65536;
using Counts = std::vector<uint32_t>;

uint32_t upperOf(float value)
{
    return std::bit_cast<uint32_t>(value) >> 16;
}

/// The bucket that holds a rank, and the rank within it.
std::pair<uint32_t, uint64_t> bucketOf(const Counts &counts, uint64_t rank)
{
    uint32_t bucket = 0;
    for (; bucket + 1 < counts.size() && rank >= counts[bucket]; ++bucket)
        rank -= counts[bucket];
    return {bucket, rank};
}

/// The values at these ranks, by rank.
std::map<size_t, double> valuesAt(const FloatPieces &pieces, const Counts &upper, const std::vector<size_t> &ranks)
{
    std::vector<uint8_t> slot(kHalf, 0); // 0: not asked for
    std::vector<Counts> lower;
    for (const size_t rank : ranks) {
        uint8_t &mine = slot[bucketOf(upper, rank).first];
        if (mine == 0) {
            lower.emplace_back(kHalf);
            mine = uint8_t(lower.size());
        }
    }
    pieces([&](std::span<const float> piece) {
        for (const float value : piece) {
            if (const uint8_t mine = slot[upperOf(value)])
                ++lower[mine - 1u][std::bit_cast<uint32_t>(value) & 0xffff];
        }
    });
    std::map<size_t, double> values;
    for (const size_t rank : ranks) {
        const auto [high, within] = bucketOf(upper, rank);
        const uint32_t low = bucketOf(lower[slot[high] - 1u], within).first;
        values[rank] = double(std::bit_cast<float>(high << 16 | low));
    }
    return values;
}

} // namespace

std::vector<std::optional<Estimate>> quantilesOf(const FloatPieces &pieces, const std::vector<double> &ps)
{
    Counts upper(kHalf);
    size_t n = 0;
    pieces([&](std::span<const float> piece) {
        n += piece.size();
        for (const float value : piece)
            ++upper[upperOf(value)];
    });
    std::vector<std::optional<Estimate>> out(ps.size());
    std::vector<std::optional<QuantileRanks>> wanted(ps.size());
    std::vector<size_t> ranks;
    for (size_t i = 0; i < ps.size(); ++i) {
        if (n == 0 || (ps[i] != 0.5 && !supportsQuantile(n, ps[i])))
            continue;
        wanted[i] = quantileRanks(n, ps[i]);
        for (const size_t rank : {wanted[i]->below, std::min(wanted[i]->below + 1, n - 1), wanted[i]->low, wanted[i]->high})
            ranks.push_back(rank);
    }
    if (ranks.empty())
        return out;
    std::map<size_t, double> values = valuesAt(pieces, upper, ranks);
    for (size_t i = 0; i < ps.size(); ++i) {
        if (!wanted[i])
            continue;
        const QuantileRanks &at = *wanted[i];
        const double below = values[at.below], above = values[std::min(at.below + 1, n - 1)];
        out[i] = Estimate{below + at.fraction * (above - below), values[at.low], values[at.high], n, at.hasInterval};
    }
    return out;
}

} // namespace assay
