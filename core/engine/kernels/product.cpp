// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/product.h"

#include "core/engine/kernels/choosekernel.h"
#include "core/engine/kernels/panels.h"

#include <algorithm>
#include <vector>

namespace assay::kernels {
namespace {

// Bytes of weights that a thread takes at once: enough to be worth fetching, little enough that the last one
// is not waited for, and several for each thread.
constexpr int64_t kLeastGrain = 16 * 1024, kMostGrain = 256 * 1024, kGrainsOfThread = 8;
// Vectors whose packed activations are held at once.
constexpr int64_t kMostVectors = 516;
// Groups of columns that pay for packing a panel of weights.
constexpr int64_t kLeastGroups = 8;

int64_t divideUp(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/// Rows that a thread takes at once.
int64_t grainOf(const MatrixView &weights, const ThreadPool &pool)
{
    const int64_t share = weights.rows * weights.rowBytes / (kGrainsOfThread * pool.threads());
    return std::max<int64_t>(1, std::clamp(share, kLeastGrain, kMostGrain) /
                                    std::max<int64_t>(1, weights.rowBytes));
}

struct Problem
{
    const MatrixView &weights;
    const float *x;
    int64_t count;
    float *result;
    const float *bias;
    ThreadPool &pool;
};

/// Row scales and bias, on some rows of some vectors of the result.
void finish(const Problem &problem, int64_t firstRow, int64_t endRow, int64_t firstVector, int64_t endVector)
{
    const float *const scales = problem.weights.scales, *const bias = problem.bias;
    for (int64_t v = firstVector; v < endVector; ++v) {
        float *const result = problem.result + v * problem.weights.rows;
        if (scales) {
            for (int64_t r = firstRow; r < endRow; ++r)
                result[r] *= scales[r];
        }
        if (bias) {
            for (int64_t r = firstRow; r < endRow; ++r)
                result[r] += bias[r];
        }
    }
}

void fewVectors(const Problem &problem)
{
    const MatrixView &weights = problem.weights;
    const FewProblem few{weights.data, weights.rowBytes, weights.columns,
                         problem.x,    problem.result,   weights.rows};
    const FewVectors kernel = fewKernel(weights.type, problem.count);
    problem.pool.parallelFor(weights.rows, grainOf(weights, problem.pool), [&](int64_t begin, int64_t end) {
        kernel(few, begin, end);
        finish(problem, begin, end, 0, problem.count);
    });
}

/// The caller's room for quantised activations, kept from one product to the next.
ActivationChunk *roomForChunks(int64_t chunks)
{
    thread_local std::vector<ActivationChunk> room;
    if (int64_t(room.size()) < chunks)
        room.resize(size_t(chunks));
    return room.data();
}

/// Few vectors with quantised blocks: activations in eight bits.
void fewBlocks(const Problem &problem)
{
    const MatrixView &weights = problem.weights;
    const BlockTable &use = table().blocks;
    const int64_t chunks = divideUp(weights.columns, kChunkElements);
    ActivationChunk *const x = roomForChunks(chunks * problem.count);
    for (int64_t v = 0; v < problem.count; ++v)
        use.quantise(problem.x + v * weights.columns, weights.columns, x + v * chunks);
    const BlockProblem few{weights.data, weights.rowBytes, weights.columns, x, problem.result, weights.rows};
    const auto kernel = use.kernels[blockIndex(weights.type)].few[problem.count - 1];
    problem.pool.parallelFor(weights.rows, grainOf(weights, problem.pool), [&](int64_t begin, int64_t end) {
        kernel(few, begin, end);
        finish(problem, begin, end, 0, problem.count);
    });
}

/// Few vectors with quantised blocks in float32: row by row, widened in the first cache.
void fewWidenedBlocks(const Problem &problem)
{
    const MatrixView &weights = problem.weights;
    problem.pool.parallelFor(weights.rows, grainOf(weights, problem.pool), [&](int64_t begin, int64_t end) {
        float wide[kChunkElements], sums[kFewVectors];
        for (int64_t r = begin; r < end; ++r) {
            for (int64_t v = 0; v < problem.count; ++v)
                problem.result[v * weights.rows + r] = 0;
            for (int64_t from = 0; from < weights.columns; from += kChunkElements) {
                const int64_t elements = std::min(kChunkElements, weights.columns - from);
                widenColumns(weights, r, from, elements, wide);
                for (int64_t v = 0; v < problem.count; ++v) {
                    table().few32[0]({reinterpret_cast<const std::byte *>(wide), 0, elements,
                                      problem.x + v * weights.columns + from, sums + v, 1},
                                     0, 1);
                    problem.result[v * weights.rows + r] += sums[v];
                }
            }
        }
        finish(problem, begin, end, 0, problem.count);
    });
}

/// Asks for the part of a panel that is packed next, some rows at a time: they lie too far apart for the processor to
/// foresee them.
class NextPart
{
public:
    /// The columns [from, from + elements) of the weights, to be fetched in so many steps.
    NextPart(const MatrixView &weights, int64_t from, int64_t elements, int64_t steps)
        : m_weights(weights), m_first(bytesOfRow(weights.type, from)), m_bytes(bytesOfRow(weights.type, elements)),
          m_inStep(divideUp(weights.rows, std::max<int64_t>(1, steps)))
    {
    }

    void fetchSome()
    {
        constexpr int64_t kLine = 64;
        const int64_t end = std::min(m_row + m_inStep, m_weights.rows);
        for (; m_row < end; ++m_row) {
            const std::byte *const row = m_weights.data + m_row * m_weights.rowBytes + m_first;
            for (int64_t at = 0; at < m_bytes; at += kLine)
                __builtin_prefetch(row + at);
        }
    }

private:
    const MatrixView m_weights;
    int64_t m_first, m_bytes, m_inStep, m_row = 0;
};

/// What a panel needs after the columns from `from` on: its next ones, or the first of the panel after it.
NextPart partAfter(const MatrixView &all, const MatrixView &panel, int64_t endRow, int64_t from, int64_t step, int64_t steps)
{
    if (from + step < all.columns)
        return {panel, from + step, std::min(step, all.columns - from - step), steps};
    const MatrixView next = all.part(endRow, std::min(endRow + table().panelRows, all.rows));
    return {next, 0, std::min(step, all.columns), steps};
}

/// The caller's room for a panel's sums, kept from one product to the next. In the result they may lie a power of two
/// apart, and push each other out of the caches each time that they are added to.
float *roomForSums(int64_t count)
{
    thread_local std::vector<float> room;
    if (int64_t(room.size()) < count)
        room.resize(size_t(count));
    return room.data();
}

/// One panel of rows times some groups of columns.
void tiles(const Problem &problem, UnitKind kind, const uint32_t *packed, int64_t firstRow,
           int64_t firstGroup, int64_t endGroup)
{
    const KernelTable &use = table();
    const MatrixView &all = problem.weights;
    const MatrixView weights = all.part(firstRow, std::min(firstRow + use.panelRows, all.rows));
    const int64_t step = kPanelUnits * elementsOfUnit(kind), units = unitsOf(kind, all.columns);
    const Tile tile = kind == UnitKind::Float ? use.tile : use.tileBfloat;
    const int64_t firstVector = firstGroup * kTileColumns, endVector = std::min(endGroup * kTileColumns, problem.count);
    float *const sums = roomForSums((endVector - firstVector) * use.panelRows);
    PanelRoom room;
    for (int64_t from = 0; from < all.columns; from += step) {
        const int64_t elements = std::min(step, all.columns - from);
        fillPanel(weights, from, elements, kind, room);
        NextPart next = partAfter(all, weights, firstRow + weights.rows, from, step, endGroup - firstGroup);
        for (int64_t group = firstGroup; group < endGroup; ++group) {
            next.fetchSome();
            const int64_t vector = group * kTileColumns;
            tile({room.panel, packed + (group * units + unitsOf(kind, from)) * kTileColumns,
                  unitsOf(kind, elements), std::min(kTileColumns, problem.count - vector),
                  sums + (vector - firstVector) * use.panelRows, use.panelRows, weights.rows, from > 0});
        }
    }
    for (int64_t vector = firstVector; vector < endVector; ++vector) {
        std::copy_n(sums + (vector - firstVector) * use.panelRows, weights.rows,
                    problem.result + vector * all.rows + firstRow);
    }
    finish(problem, firstRow, firstRow + weights.rows, firstVector, endVector);
}

/// Keeps its room from one product to the next.
uint32_t *roomForActivations(int64_t words)
{
    thread_local std::vector<uint32_t> room;
    if (int64_t(room.size()) < words)
        room.resize(size_t(words));
    return room.data();
}

void manyVectors(const Problem &problem, UnitKind kind)
{
    const int64_t groups = divideUp(problem.count, kTileColumns), columns = problem.weights.columns;
    const int64_t groupWords = unitsOf(kind, columns) * kTileColumns;
    uint32_t *const packed = roomForActivations(groups * groupWords);
    problem.pool.parallelFor(groups, 1, [&](int64_t begin, int64_t end) {
        for (int64_t group = begin; group < end; ++group) {
            const int64_t vector = group * kTileColumns;
            packActivations(problem.x + vector * columns, columns,
                            std::min(kTileColumns, problem.count - vector), kind,
                            packed + group * groupWords);
        }
    });
    // Columns are divided only when there are too few panels to keep all threads busy to the end.
    const int64_t panels = divideUp(problem.weights.rows, table().panelRows);
    const int64_t wanted = divideUp(4 * problem.pool.threads(), std::max<int64_t>(1, panels));
    const int64_t parts = std::clamp<int64_t>(groups / kLeastGroups, 1, wanted),
                  inPart = divideUp(groups, parts);
    problem.pool.parallelFor(panels * parts, 1, [&](int64_t begin, int64_t end) {
        for (int64_t task = begin; task < end; ++task) {
            const int64_t first = task % parts * inPart;
            tiles(problem, kind, packed, task / parts * table().panelRows, first,
                  std::min(first + inPart, groups));
        }
    });
}

UnitKind unitKind(StoredAs type, Exactness exactness)
{
    const bool exact = exactness == Exactness::Float || type == StoredAs::F32 || type == StoredAs::F16;
    return exact || !table().tileBfloat ? UnitKind::Float : UnitKind::BfloatPair;
}

} // namespace

void product(const MatrixView &weights, const float *x, int64_t count, float *result, const float *bias,
             ThreadPool &pool, Exactness exactness)
{
    if (count <= 0 || weights.rows <= 0)
        return;
    const bool few = count <= kFewVectors || weights.columns == 0;
    const int64_t blocks = divideUp(count, few ? kFewVectors : kMostVectors);
    const int64_t inBlock =
        few ? kFewVectors : divideUp(divideUp(count, blocks), kTileColumns) * kTileColumns;
    const UnitKind kind = unitKind(weights.type, exactness);
    for (int64_t first = 0; first < count; first += inBlock) {
        const Problem problem{weights,
                              x + first * weights.columns,
                              std::min(inBlock, count - first),
                              result + first * weights.rows,
                              bias,
                              pool};
        if (!few)
            manyVectors(problem, kind);
        else if (!inBlocks(weights.type))
            fewVectors(problem);
        else if (exactness == Exactness::Fast)
            fewBlocks(problem);
        else
            fewWidenedBlocks(problem);
    }
}

} // namespace assay::kernels
