// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/machinelimits.h"

#include <cstdint>

namespace assay {

/// What layers of one kind do with the tokens before: those of one window, or of none.
struct CacheWork
{
    int64_t window = 0; ///< tokens that are attended to at most; 0: all
    uint64_t bytes = 0; ///< keys and values of one token, in all these layers
    double flops = 0;   ///< of a new token's attention to one that is kept, in all these layers
    bool operator==(const CacheWork &) const = default;
};

/// What a model as it was loaded has to do for its tokens (inspectors.md 4i): counted by the worker over the weights as it
/// keeps them. Look-ups in embeddings, norms and activations are left out.
struct ModelWork
{
    uint64_t denseBytes = 0;  ///< weights that every step reads, whatever its batch; the head's are in
    uint64_t expertBytes = 0; ///< all routed experts' weights
    int64_t experts = 0, activeExperts = 0; ///< of a layer; 0: there are none
    double matrixFlops = 0;   ///< of one token on the matrices, active experts only; the head's are in
    double headFlops = 0;     ///< of these, the head's
    std::vector<CacheWork> cache = {};
    bool operator==(const ModelWork &) const = default;
};

/// Bytes that one decode step has to read, for `batch` sequences of so many tokens each: all dense weights once, of the routed
/// experts the share that is hit when each sequence chooses its own, 1 - (1 - active / experts) ^ batch, and each sequence's
/// keys and values (benchmarking.md 1, "MBU").
double decodeBytes(const ModelWork &work, double context, int64_t batch);
/// Operations of that step.
double decodeFlops(const ModelWork &work, double context, int64_t batch);
/// Operations of reading `tokens` of each of `batch` sequences behind `depth` others: the head for the last one alone, and
/// of the square of attention only what is not masked.
double prefillFlops(const ModelWork &work, int64_t tokens, int64_t depth, int64_t batch);

/// The fastest that a step can be: the slower one of its bytes and its operations (the roofline, doi 10.1145/1498765.1498785).
/// Seconds; nothing where the machine's limits do not tell.
std::optional<double> timeFloor(double bytes, double flops, const MachineLimits &limits, const std::string &dtype);

/// The rate of products in a type; where it was not measured the best that was.
std::optional<double> matrixRate(const MachineLimits &limits, const std::string &dtype);

} // namespace assay
