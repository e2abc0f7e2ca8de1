// SPDX-License-Identifier: GPL-3.0-or-later
// What the bodies of the vector kernels are written with, compiled once for each width of vectors with the flags of the processors that have
// it: ASSAY_VECTOR_BYTES says the width and ASSAY_VECTOR_SPACE the namespace. Nothing of the standard library may be
// called here: its inline functions would be compiled for that processor too, and the linker might keep those.
#include "core/weights/vectorkernels.h"

#include <cstring>
#include <type_traits>
#include <utility>
#if ASSAY_VECTOR_BYTES > 16
#include <immintrin.h>
#endif

namespace assay::ASSAY_VECTOR_SPACE {
namespace {

#define ASSAY_VECTOR(element, bytes) __attribute__((vector_size(bytes), aligned(alignof(element)), may_alias))
using Floats = float ASSAY_VECTOR(float, ASSAY_VECTOR_BYTES);
using HalfFloats = float ASSAY_VECTOR(float, ASSAY_VECTOR_BYTES / 2);
using Doubles = double ASSAY_VECTOR(double, ASSAY_VECTOR_BYTES);
using Words = uint32_t ASSAY_VECTOR(uint32_t, ASSAY_VECTOR_BYTES);
using SignedWords = int32_t ASSAY_VECTOR(int32_t, ASSAY_VECTOR_BYTES);
using Shorts = uint16_t ASSAY_VECTOR(uint16_t, ASSAY_VECTOR_BYTES);
using HalfShorts = uint16_t ASSAY_VECTOR(uint16_t, ASSAY_VECTOR_BYTES / 2);
using SignedShorts = int16_t ASSAY_VECTOR(int16_t, ASSAY_VECTOR_BYTES);

// Sums stay in registers only where all of it is one function.
#define ASSAY_INLINE __attribute__((always_inline)) inline

// Copied, since clang forgets in a template that these types need no alignment.
template <class T> ASSAY_INLINE T load(const void *from)
{
    T value;
    __builtin_memcpy(&value, from, sizeof(T));
    return value;
}

template <class T> ASSAY_INLINE void store(void *to, T value)
{
    __builtin_memcpy(to, &value, sizeof(T));
}

/// Adds to numbers that lie anywhere.
ASSAY_INLINE void addTo(float *to, Floats value)
{
    store(to, load<Floats>(to) + value);
}

/// Whether any bit is set.
ASSAY_INLINE bool any(Words bits)
{
#if ASSAY_VECTOR_BYTES == 64
    return _mm512_test_epi32_mask((__m512i)bits, (__m512i)bits) != 0;
#elif ASSAY_VECTOR_BYTES == 32
    return !_mm256_testz_si256((__m256i)bits, (__m256i)bits);
#else
    uint64_t halves[2];
    std::memcpy(halves, &bits, sizeof(halves));
    return (halves[0] | halves[1]) != 0;
#endif
}

template <class V> ASSAY_INLINE V larger(V a, V b)
{
    return a > b ? a : b;
}

template <class V> ASSAY_INLINE V smaller(V a, V b)
{
    return a < b ? a : b;
}

/// A number with the exponent: as bfloat16, and the upper half of a float32.
constexpr uint16_t powerOfTwo(int exponent)
{
    return uint16_t((127 + exponent) << 7);
}

// Squares of larger and sums of smaller values would leave float32.
constexpr uint16_t kLargest = powerOfTwo(49), kLeast = powerOfTwo(-40);

} // namespace
} // namespace assay::ASSAY_VECTOR_SPACE
