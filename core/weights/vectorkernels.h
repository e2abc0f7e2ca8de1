// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/statisticskernels.h"

namespace assay {

/// What one width of vectors offers; made by vectorsums.h. `careful` sums values one by one, whatever they are.
struct VectorKernels
{
    template <class Value> using Careful = ValueSums (*)(const Value *, size_t, double *columns);
    template <class Value> using Sum = ValueSums (*)(const Value *, size_t, const ColumnSums &, Careful<Value>);

    size_t step; ///< widen's counts are multiples of this
    Sum<uint16_t> sumBfloats;
    Sum<float> sumFloats;
    Sum<float> sumFloatsInDouble;
    void (*widen)(const uint16_t *float16, size_t count, float *to);
};

namespace baseline { const VectorKernels &kernels(); }
#if defined(__x86_64__)
namespace avx2 { const VectorKernels &kernels(); }
namespace avx512 { const VectorKernels &kernels(); }
namespace avx512bfloat { const VectorKernels &kernels(); } ///< with products of bfloat16
#endif

} // namespace assay
