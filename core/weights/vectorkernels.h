// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/pairkernels.h"
#include "core/weights/statisticskernels.h"

namespace assay {

/// What one width of vectors offers; made by vectorsums.h. `careful` sums values one by one, whatever they are.
struct VectorKernels
{
    template <class Value> using Careful = ValueSums (*)(const Value *, size_t, double *columns);
    template <class Value> using Sum = ValueSums (*)(const Value *, size_t, const ColumnSums &, Careful<Value>);

    size_t step; ///< counts of widen and of the pairs are multiples of this
    Sum<uint16_t> sumBfloats;
    Sum<float> sumFloats;
    Sum<float> sumFloatsInDouble;
    void (*widen)(const uint16_t *float16, size_t count, float *to);
    /// False, and nothing added, where float32 cannot sum the squares; at most 2^20 pairs.
    bool (*pairBfloats)(const uint16_t *a, const uint16_t *b, size_t count, PairSums &sums);
    void (*pairFloats)(const float *a, const float *b, size_t count, PairSums &sums); ///< in float64
};

namespace baseline { const VectorKernels &kernels(); }
#if defined(__x86_64__)
namespace avx2 { const VectorKernels &kernels(); }
namespace avx512 { const VectorKernels &kernels(); }
namespace avx512bfloat { const VectorKernels &kernels(); } ///< with products of bfloat16
#endif

/// The widest kernels that this processor can run.
const VectorKernels &widestKernels();

} // namespace assay
