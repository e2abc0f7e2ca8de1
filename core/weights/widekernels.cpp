// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/widekernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define ASSAY_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl")))

namespace assay::wide {
namespace {

template <HalfKind kind> ASSAY_AVX512 inline __m512 loadSixteen(const uint16_t *from)
{
    const __m256i bits = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from));
    if constexpr (kind == HalfKind::Float16)
        return _mm512_cvtph_ps(bits);
    else
        return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(bits), 16));
}

template <HalfKind kind, bool withColumns>
ASSAY_AVX512 ValueSums halves(const uint16_t *values, size_t count, float *columns)
{
    __m512 sumA = _mm512_setzero_ps(), sumB = sumA, squareA = sumA, squareB = sumA;
    __m512 leastA = loadSixteen<kind>(values), leastB = leastA, mostA = leastA, mostB = leastA;
    for (size_t i = 0; i < count; i += kStep) {
        const __m512 v = loadSixteen<kind>(values + i), w = loadSixteen<kind>(values + i + 16);
        sumA = _mm512_add_ps(sumA, v);
        sumB = _mm512_add_ps(sumB, w);
        leastA = _mm512_min_ps(leastA, v);
        leastB = _mm512_min_ps(leastB, w);
        mostA = _mm512_max_ps(mostA, v);
        mostB = _mm512_max_ps(mostB, w);
        squareA = _mm512_fmadd_ps(v, v, squareA);
        squareB = _mm512_fmadd_ps(w, w, squareB);
        if constexpr (withColumns) {
            _mm512_storeu_ps(columns + i, _mm512_fmadd_ps(v, v, _mm512_loadu_ps(columns + i)));
            _mm512_storeu_ps(columns + i + 16, _mm512_fmadd_ps(w, w, _mm512_loadu_ps(columns + i + 16)));
        }
    }
    ValueSums sums;
    sums.sum = double(_mm512_reduce_add_ps(_mm512_add_ps(sumA, sumB)));
    sums.squares = double(_mm512_reduce_add_ps(_mm512_add_ps(squareA, squareB)));
    sums.min = _mm512_reduce_min_ps(_mm512_min_ps(leastA, leastB));
    sums.max = _mm512_reduce_max_ps(_mm512_max_ps(mostA, mostB));
    sums.finite = count;
    return sums;
}

template <HalfKind kind> ValueSums halvesOfKind(const uint16_t *values, size_t count, float *columns)
{
    return columns ? halves<kind, true>(values, count, columns) : halves<kind, false>(values, count, nullptr);
}

} // namespace

bool available()
{
    static const bool has = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                            && __builtin_cpu_supports("avx512vl");
    return has;
}

ASSAY_AVX512 PatternScan scanPatterns(const uint16_t *values, size_t count)
{
    const __m512i magnitudeBits = _mm512_set1_epi16(0x7fff);
    __m512i most = _mm512_setzero_si512();
    PatternScan scan;
    for (size_t i = 0; i < count; i += kStep) {
        const __m512i bits = _mm512_and_si512(_mm512_loadu_si512(values + i), magnitudeBits);
        most = _mm512_max_epu16(most, bits);
        scan.zeros += uint64_t(__builtin_popcount(_mm512_testn_epi16_mask(bits, bits)));
    }
    alignas(64) uint16_t lanes[kStep];
    _mm512_store_si512(lanes, most);
    for (const uint16_t lane : lanes)
        scan.largest = lane > scan.largest ? lane : scan.largest;
    return scan;
}

ValueSums sumHalves(const uint16_t *values, size_t count, HalfKind kind, float *columns)
{
    return kind == HalfKind::BFloat16 ? halvesOfKind<HalfKind::BFloat16>(values, count, columns)
                                      : halvesOfKind<HalfKind::Float16>(values, count, columns);
}

ASSAY_AVX512 ValueSums sumValues(const float *values, size_t count)
{
    __m512d sumA = _mm512_setzero_pd(), sumB = sumA, squareA = sumA, squareB = sumA;
    __m512 least = _mm512_loadu_ps(values), most = least;
    ValueSums sums;
    for (size_t i = 0; i < count; i += 16) {
        const __m512 v = _mm512_loadu_ps(values + i);
        const __m512d low = _mm512_cvtps_pd(_mm256_loadu_ps(values + i)), high = _mm512_cvtps_pd(_mm256_loadu_ps(values + i + 8));
        sumA = _mm512_add_pd(sumA, low);
        sumB = _mm512_add_pd(sumB, high);
        squareA = _mm512_fmadd_pd(low, low, squareA);
        squareB = _mm512_fmadd_pd(high, high, squareB);
        least = _mm512_min_ps(least, v);
        most = _mm512_max_ps(most, v);
        sums.zeros += uint64_t(__builtin_popcount(_mm512_cmp_ps_mask(v, _mm512_setzero_ps(), _CMP_EQ_OQ)));
    }
    sums.sum = _mm512_reduce_add_pd(_mm512_add_pd(sumA, sumB));
    sums.squares = _mm512_reduce_add_pd(_mm512_add_pd(squareA, squareB));
    sums.min = _mm512_reduce_min_ps(least);
    sums.max = _mm512_reduce_max_ps(most);
    sums.finite = count;
    return sums;
}

ASSAY_AVX512 void addSquares(const float *values, size_t count, float *columns)
{
    for (size_t i = 0; i < count; i += 16) {
        const __m512 v = _mm512_loadu_ps(values + i);
        _mm512_storeu_ps(columns + i, _mm512_fmadd_ps(v, v, _mm512_loadu_ps(columns + i)));
    }
}

} // namespace assay::wide
#endif
