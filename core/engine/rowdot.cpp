// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/rowdot.h"

#include <bit>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace assay::engine {
namespace {

float widen(float value)
{
    return value;
}

float widen(BFloat16Bits value)
{
    return std::bit_cast<float>(uint32_t(value) << 16);
}

// Several sums side by side let the compiler use whatever vectors the machine has.
template <class Weight> float dotPortable(const Weight *row, const float *vector, int64_t columns)
{
    constexpr int64_t kLanes = 16;
    float sums[kLanes] = {};
    int64_t c = 0;
    for (; c + kLanes <= columns; c += kLanes) {
        for (int64_t lane = 0; lane < kLanes; ++lane)
            sums[lane] += widen(row[c + lane]) * vector[c + lane];
    }
    float total = 0;
    for (const float sum : sums)
        total += sum;
    for (; c < columns; ++c)
        total += widen(row[c]) * vector[c];
    return total;
}

template <class Weight> void addPortable(const Weight *row, float factor, float *sums, int64_t columns)
{
    for (int64_t c = 0; c < columns; ++c)
        sums[c] += factor * widen(row[c]);
}

#if defined(__x86_64__)
#define ASSAY_AVX2 __attribute__((target("avx2,fma")))

ASSAY_AVX2 inline __m256 loadEight(const float *from)
{
    return _mm256_loadu_ps(from);
}

ASSAY_AVX2 inline __m256 loadEight(const BFloat16Bits *from)
{
    const __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from));
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
}

ASSAY_AVX2 inline float sumOf(__m256 eight)
{
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

template <class Weight> ASSAY_AVX2 float dotAvx2(const Weight *row, const float *vector, int64_t columns)
{
    __m256 a = _mm256_setzero_ps(), b = a, c = a, d = a;
    int64_t i = 0;
    for (; i + 32 <= columns; i += 32) {
        a = _mm256_fmadd_ps(loadEight(row + i), _mm256_loadu_ps(vector + i), a);
        b = _mm256_fmadd_ps(loadEight(row + i + 8), _mm256_loadu_ps(vector + i + 8), b);
        c = _mm256_fmadd_ps(loadEight(row + i + 16), _mm256_loadu_ps(vector + i + 16), c);
        d = _mm256_fmadd_ps(loadEight(row + i + 24), _mm256_loadu_ps(vector + i + 24), d);
    }
    for (; i + 8 <= columns; i += 8)
        a = _mm256_fmadd_ps(loadEight(row + i), _mm256_loadu_ps(vector + i), a);
    float total = sumOf(_mm256_add_ps(_mm256_add_ps(a, b), _mm256_add_ps(c, d)));
    for (; i < columns; ++i)
        total += widen(row[i]) * vector[i];
    return total;
}

template <class Weight> ASSAY_AVX2 void addAvx2(const Weight *row, float factor, float *sums, int64_t columns)
{
    const __m256 factors = _mm256_set1_ps(factor);
    int64_t c = 0;
    for (; c + 8 <= columns; c += 8)
        _mm256_storeu_ps(sums + c, _mm256_fmadd_ps(loadEight(row + c), factors, _mm256_loadu_ps(sums + c)));
    for (; c < columns; ++c)
        sums[c] += factor * widen(row[c]);
}

bool hasAvx2()
{
    static const bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return has;
}
#endif

template <class Weight>
void rows(const Weight *weight, const RowDotProblem &problem, int64_t begin, int64_t end)
{
    auto *dot = dotPortable<Weight>;
#if defined(__x86_64__)
    if (hasAvx2())
        dot = dotAvx2<Weight>;
#endif
    for (int64_t r = begin; r < end; ++r) {
        // The row stays in the first-level cache for the second vector on.
        for (int64_t v = 0; v < problem.count; ++v) {
            problem.result[v * problem.rows + r] =
                dot(weight + r * problem.columns, problem.vectors + v * problem.columns, problem.columns);
        }
    }
}

template <class Weight> void addRows(const Weight *row, const RowSumProblem &problem)
{
    auto *add = addPortable<Weight>;
#if defined(__x86_64__)
    if (hasAvx2())
        add = addAvx2<Weight>;
#endif
    for (int64_t r = 0; r < problem.rows; ++r) {
        for (int64_t v = 0; v < problem.count; ++v) {
            add(row + r * problem.columns, problem.factors[v * problem.rows + r],
                problem.sums + v * problem.columns, problem.columns);
        }
    }
}

} // namespace

void rowDot(const float *weight, const RowDotProblem &problem, int64_t begin, int64_t end)
{
    rows(weight, problem, begin, end);
}

void rowDot(const BFloat16Bits *weight, const RowDotProblem &problem, int64_t begin, int64_t end)
{
    rows(weight, problem, begin, end);
}

void rowSum(const float *row, const RowSumProblem &problem)
{
    addRows(row, problem);
}

void rowSum(const BFloat16Bits *row, const RowSumProblem &problem)
{
    addRows(row, problem);
}

} // namespace assay::engine
