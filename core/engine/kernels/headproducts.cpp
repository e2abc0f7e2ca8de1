// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/headproducts.h"

#include "core/engine/kernels/choosekernel.h"

#include <algorithm>
#include <vector>

namespace assay::kernels {
namespace {

/// Calls work(head, first token, tokens) with no more tokens than the kernels take at once.
template <class Work> void eachPart(const Heads &x, ThreadPool &pool, const Work &work)
{
    pool.parallelFor(x.heads, 1, [&](int64_t begin, int64_t end) {
        for (int64_t head = begin; head < end; ++head) {
            for (int64_t token = 0; token < x.tokens; token += kFewVectors)
                work(head, token, std::min(kFewVectors, x.tokens - token));
        }
    });
}

float *placeOf(const Heads &x, int64_t head, int64_t token)
{
    return x.values + token * x.tokenDistance + head * x.headDistance;
}

} // namespace

void mixHeadRows(const HeadMatrices &matrices, const Heads &x, const Heads &result, ThreadPool &pool)
{
    eachPart(x, pool, [&](int64_t head, int64_t token, int64_t count) {
        float *const sums = placeOf(result, head, token);
        for (int64_t i = 0; i < count; ++i)
            std::fill_n(sums + i * result.tokenDistance, matrices.columns, 0.0f);
        sumKernel(matrices.type, count)({matrices.data + head * matrices.headBytes, matrices.rowBytes, matrices.rows, matrices.columns,
                                         placeOf(x, head, token), x.tokenDistance, sums, result.tokenDistance});
    });
}

void multiplyHeads(const HeadMatrices &matrices, const Heads &x, const Heads &result, ThreadPool &pool)
{
    eachPart(x, pool, [&](int64_t head, int64_t token, int64_t count) {
        // The kernels want their vectors one after the other.
        thread_local std::vector<float> room;
        room.resize(size_t(count * matrices.columns));
        for (int64_t i = 0; i < count; ++i)
            std::copy_n(placeOf(x, head, token + i), matrices.columns, room.data() + i * matrices.columns);
        fewKernel(matrices.type, count)({matrices.data + head * matrices.headBytes, matrices.rowBytes, matrices.columns, room.data(),
                                         placeOf(result, head, token), result.tokenDistance},
                                        0, matrices.rows);
    });
}

} // namespace assay::kernels
