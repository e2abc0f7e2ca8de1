// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay::kernels {

/// Vectors that one pass over the weights serves.
inline constexpr int64_t kFewVectors = 4;
/// Columns (vectors of activations) of a tile; packed activations lie in groups of so many.
inline constexpr int64_t kTileColumns = 6;
/// Units of a packed panel of weights: it stays in the first cache. A unit is four bytes along the row: one
/// float32 or two bfloat16.
inline constexpr int64_t kPanelUnits = 128;
/// Rows of a panel at most.
inline constexpr int64_t kMostPanelRows = 64;

/// result[v * resultStride + r] = sum over c of weights[r, c] * x[v * columns + c], for the rows [begin,
/// end).
struct FewProblem
{
    const std::byte *weights;
    int64_t rowBytes, columns;
    const float *x;
    float *result;
    int64_t resultStride;
};
using FewVectors = void (*)(const FewProblem &, int64_t begin, int64_t end);

/// One tile: result[c * stride + r] (+)= sum over units of panel[u, r] * x[u, c], of `columns` <=
/// kTileColumns.
struct TileProblem
{
    const uint32_t *panel; ///< [units, panelRows]
    const uint32_t *x;     ///< [units, kTileColumns]
    int64_t units, columns;
    float *result;
    int64_t stride;
    int64_t rows; ///< of the panel that count
    bool add;     ///< to what is in the result
};
using Tile = void (*)(const TileProblem &);

/// Elements of a row that are taken at once where the row is in quantised blocks.
inline constexpr int64_t kChunkElements = 256;
/// Types of blocks, in the order of StoredAs from Q8_0 on.
inline constexpr int64_t kBlockTypes = 13;

/// Activations in eight bits: 32 have one scale. Scales and sums (of the values that the codes stand for) are
/// given for every 16 elements, as weights have them.
struct ActivationChunk
{
    alignas(64) int8_t codes[kChunkElements];
    float scales[kChunkElements / 16], sums[kChunkElements / 16];
};

/// As FewProblem, with x [vectors, columns / kChunkElements, upwards].
struct BlockProblem
{
    const std::byte *weights;
    int64_t rowBytes, columns;
    const ActivationChunk *x;
    float *result;
    int64_t resultStride;
};

struct BlockKernels
{
    void (*few[kFewVectors])(const BlockProblem &, int64_t begin, int64_t end);
    /// The values of elements [from, from + count) of a row of so many columns; both multiples of 32.
    void (*widen)(const std::byte *row, int64_t columns, int64_t from, int64_t count, float *to);
};

/// What one width offers for quantised blocks; made by the vectorblock*.h.
struct BlockTable
{
    const BlockKernels *kernels; ///< [kBlockTypes]
    void (*quantise)(const float *x, int64_t columns, ActivationChunk *to);
};

/// sums[v, c] += sum over r of factors[v, r] * values[r, c].
struct SumProblem
{
    const std::byte *values;
    int64_t rowBytes, rows, columns;
    const float *factors;
    int64_t factorDistance;
    float *sums;
    int64_t sumDistance;
};
using SumRows = void (*)(const SumProblem &);

/// What becomes of attention's scores before their softmax.
struct ScoreRule
{
    float scale = 1;
    float limit = 0; ///< limit x tanh(score / limit), where it is more than 0
    float slope = 0; ///< what a score loses for each token of distance (ALiBi)
};

constexpr int kActivations = 8;

/// What one width of vectors offers; made by the vector*.h.
struct KernelTable
{
    // Few vectors, by their number less one.
    FewVectors few32[kFewVectors], fewBfloat[kFewVectors], fewHalf[kFewVectors], fewBytes[kFewVectors];

    BlockTable blocks;

    int64_t panelRows;
    Tile tile;
    /// Null where the processor has no products of bfloat16.
    Tile tileBfloat;
    /// Packs `rows` <= panelRows rows of `bytes` each, a distance apart, into `units` units; what is missing
    /// becomes 0.
    void (*pack)(const std::byte *from, int64_t distance, int64_t rows, int64_t bytes, int64_t units,
                 uint32_t *panel);
    void (*widenBfloat)(const uint16_t *from, int64_t count, float *to);
    void (*widenHalf)(const uint16_t *from, int64_t count, float *to);
    void (*widenBytes)(const int8_t *from, int64_t count, float *to);
    /// To the nearest, ties to even; NaN stays NaN.
    void (*roundToBfloat)(const float *from, int64_t count, uint16_t *to);
    void (*roundToHalf)(const float *from, int64_t count, uint16_t *to);

    /// The larger of `least` and the magnitudes; NaN or infinity when one of them is.
    float (*largestMagnitude)(const float *x, int64_t count, float least);
    /// To the nearest whole number of x * factor.
    void (*toBytes)(const float *x, int64_t count, float factor, int8_t *to);

    // Attention: weighted sums by the number of them less one, and scores.
    SumRows sum32[kFewVectors], sumBfloat[kFewVectors], sumHalf[kFewVectors];
    float (*prepareScores)(float *scores, int64_t count, const ScoreRule &, float distance);
    float (*exponentials)(float *x, int64_t count, float largest);

    // Rows; activations in the order of Activation.
    void (*rmsNorm)(const float *x, int64_t columns, const float *weight, float epsilon, float *result);
    void (*layerNorm)(const float *x, int64_t columns, const float *weight, const float *bias, float epsilon,
                      float *result);
    void (*activate[kActivations])(const float *gate, const float *up, int64_t count, float *result);
    void (*clampedSwiglu)(const float *gate, const float *up, int64_t count, float alpha, float limit,
                          float *result);
    void (*softmax)(float *x, int64_t count);
    void (*softCap)(float *x, int64_t count, float limit);
    void (*scaleBy)(float *x, int64_t count, float factor);
    void (*addScaled)(float *to, const float *from, int64_t count, float factor);
    void (*rotateHalves)(float *x, int64_t half, const float *cosines, const float *sines);
    void (*rotateNeighbours)(float *x, int64_t half, const float *cosines, const float *sines);
};

/// The table of the width in use.
const KernelTable &table();

namespace baseline {
extern const KernelTable kTable;
extern const BlockTable kBlocks;
} // namespace baseline
namespace avx2 {
extern const KernelTable kTable;
extern const BlockTable kBlocks;
} // namespace avx2
namespace avx512 {
extern const KernelTable kTable;
extern const BlockTable kBlocks;
} // namespace avx512
namespace vnni {
extern const BlockTable kBlocks;
}
namespace units {
extern const Tile kTileBfloat;
}

} // namespace assay::kernels
