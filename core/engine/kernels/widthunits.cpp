// SPDX-License-Identifier: GPL-3.0-or-later
// What AVX512-BF16 does better than AVX-512 alone.
#if defined(__x86_64__)
#define ASSAY_VECTOR_BYTES 64
#define ASSAY_VECTOR_SPACE units
#include "core/engine/kernels/vectortile.h"

namespace assay::kernels::units {
namespace {

/// Two products of bfloat16 a lane, summed in float32.
struct BfloatUnit
{
    static Floats add(Floats sum, Words weights, uint32_t x)
    {
        return (Floats)_mm512_dpbf16_ps((__m512)sum, (__m512bh)weights, (__m512bh)_mm512_set1_epi32(int(x)));
    }
};

} // namespace

constinit const Tile kTileBfloat = tile<BfloatUnit>;

} // namespace assay::kernels::units
#endif
