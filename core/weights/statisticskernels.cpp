// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/statisticskernels.h"

#include "core/weights/smallfloats.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace assay {
namespace {

constexpr size_t kPatterns = 65536;
constexpr uint64_t kRoom = uint64_t(1) << 31; // counts that surely fit a table
constexpr size_t kLanePart = 4096;            // values summed in float32 before they go to a double

float widen(uint16_t bits, HalfKind kind)
{
    return kind == HalfKind::BFloat16 ? std::bit_cast<float>(uint32_t(bits) << 16) : float16(bits);
}

/// One by one, whatever the values are.
ValueSums sumCarefully(const float *values, size_t count, double *columns)
{
    ValueSums sums;
    sums.min = std::numeric_limits<float>::infinity();
    sums.max = -sums.min;
    for (size_t i = 0; i < count; ++i) {
        const float value = values[i];
        if (!std::isfinite(value)) {
            sums.nans += std::isnan(value);
            continue;
        }
        const double square = double(value) * double(value);
        sums.sum += double(value);
        sums.squares += square;
        sums.min = std::min(sums.min, value);
        sums.max = std::max(sums.max, value);
        sums.zeros += value == 0;
        ++sums.finite;
        if (columns)
            columns[i] += square;
    }
    return sums;
}

double squaresCarefully(const uint16_t *values, size_t count, HalfKind kind, float *columns)
{
    double squares = 0;
    for (size_t i = 0; i < count; ++i) {
        const float value = widen(values[i], kind);
        if (!std::isfinite(value))
            continue;
        squares += double(value) * double(value);
        if (columns)
            columns[i] += value * value;
    }
    return squares;
}

bool allZero(const uint16_t *values, size_t count)
{
    uint16_t any = 0;
    for (size_t i = 0; i < count; ++i)
        any |= uint16_t(values[i] & 0x7fff);
    return any == 0;
}

/// float32 sums of squares can neither hold very large nor very small values.
bool trustworthy(float squares)
{
    return squares > 1e-25f && squares < 1e30f;
}

#if defined(__x86_64__)
#define ASSAY_AVX2 __attribute__((target("avx2,fma,f16c")))

bool hasAvx2()
{
    static const bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
    return has;
}

template <HalfKind kind> ASSAY_AVX2 inline __m256 loadEight(const uint16_t *from)
{
    const __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from));
    if constexpr (kind == HalfKind::Float16)
        return _mm256_cvtph_ps(bits);
    else
        return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
}

ASSAY_AVX2 inline float sumOf(__m256 eight)
{
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

ASSAY_AVX2 inline double sumOf(__m256d four)
{
    const __m128d two = _mm_add_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
    return _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)));
}

/// count is a multiple of 16.
template <HalfKind kind, bool withColumns>
ASSAY_AVX2 float squaresAvx2(const uint16_t *values, size_t count, float *columns)
{
    __m256 a = _mm256_setzero_ps(), b = a;
    for (size_t i = 0; i < count; i += 16) {
        const __m256 v = loadEight<kind>(values + i), w = loadEight<kind>(values + i + 8);
        a = _mm256_fmadd_ps(v, v, a);
        b = _mm256_fmadd_ps(w, w, b);
        if constexpr (withColumns) {
            _mm256_storeu_ps(columns + i, _mm256_fmadd_ps(v, v, _mm256_loadu_ps(columns + i)));
            _mm256_storeu_ps(columns + i + 8, _mm256_fmadd_ps(w, w, _mm256_loadu_ps(columns + i + 8)));
        }
    }
    return sumOf(_mm256_add_ps(a, b));
}

/// Adds the squares of values that were found to be fit for float32.
ASSAY_AVX2 void addSquaresAvx2(const float *values, size_t count, double *columns)
{
    for (size_t i = 0; i < count; i += 4) {
        const __m256d v = _mm256_cvtps_pd(_mm_loadu_ps(values + i));
        _mm256_storeu_pd(columns + i, _mm256_fmadd_pd(v, v, _mm256_loadu_pd(columns + i)));
    }
}

/// count is a multiple of 8. The sums are not finite when a value is not.
ASSAY_AVX2 ValueSums sumAvx2(const float *values, size_t count)
{
    __m256d sumA = _mm256_setzero_pd(), sumB = sumA, squareA = sumA, squareB = sumA;
    __m256 least = _mm256_loadu_ps(values), most = least;
    __m256i zeros = _mm256_setzero_si256();
    for (size_t i = 0; i < count; i += 8) {
        const __m256 v = _mm256_loadu_ps(values + i);
        const __m256d low = _mm256_cvtps_pd(_mm256_castps256_ps128(v)), high = _mm256_cvtps_pd(_mm256_extractf128_ps(v, 1));
        sumA = _mm256_add_pd(sumA, low);
        sumB = _mm256_add_pd(sumB, high);
        squareA = _mm256_fmadd_pd(low, low, squareA);
        squareB = _mm256_fmadd_pd(high, high, squareB);
        least = _mm256_min_ps(least, v);
        most = _mm256_max_ps(most, v);
        zeros = _mm256_sub_epi32(zeros, _mm256_castps_si256(_mm256_cmp_ps(v, _mm256_setzero_ps(), _CMP_EQ_OQ)));
    }
    ValueSums sums;
    sums.sum = sumOf(_mm256_add_pd(sumA, sumB));
    sums.squares = sumOf(_mm256_add_pd(squareA, squareB));
    alignas(32) float low[8], high[8];
    alignas(32) uint32_t zero[8];
    _mm256_store_ps(low, least);
    _mm256_store_ps(high, most);
    _mm256_store_si256(reinterpret_cast<__m256i *>(zero), zeros);
    sums.min = *std::min_element(low, low + 8);
    sums.max = *std::max_element(high, high + 8);
    for (const uint32_t lane : zero)
        sums.zeros += lane;
    sums.finite = count;
    return sums;
}
#endif

void join(ValueSums &into, const ValueSums &from)
{
    if (from.finite > 0) {
        into.min = into.finite > 0 ? std::min(into.min, from.min) : from.min;
        into.max = into.finite > 0 ? std::max(into.max, from.max) : from.max;
    }
    into.sum += from.sum;
    into.squares += from.squares;
    into.finite += from.finite;
    into.zeros += from.zeros;
    into.nans += from.nans;
}

#if defined(__x86_64__)
template <HalfKind kind> float squaresOfKind(const uint16_t *values, size_t count, float *columns)
{
    return columns ? squaresAvx2<kind, true>(values, count, columns) : squaresAvx2<kind, false>(values, count, nullptr);
}
#endif

} // namespace

PatternCounts::PatternCounts() : m_tables(2 * kPatterns)
{
}

void PatternCounts::makeRoom(size_t count)
{
    m_pending += count;
    if (m_pending >= kRoom) {
        merge();
        m_pending = count;
    }
}

void PatternCounts::merge()
{
    m_merged.resize(kPatterns);
    for (size_t pattern = 0; pattern < kPatterns; ++pattern)
        m_merged[pattern] += uint64_t(m_tables[pattern]) + m_tables[kPatterns + pattern];
    std::fill(m_tables.begin(), m_tables.end(), 0);
}

void PatternCounts::add(const uint16_t *patterns, size_t count)
{
    makeRoom(count);
    uint32_t *const one = m_tables.data(), *const two = one + kPatterns;
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        uint64_t four, next;
        std::memcpy(&four, patterns + i, 8);
        std::memcpy(&next, patterns + i + 4, 8);
        ++one[four & 0xffff];
        ++two[(four >> 16) & 0xffff];
        ++one[(four >> 32) & 0xffff];
        ++two[four >> 48];
        ++one[next & 0xffff];
        ++two[(next >> 16) & 0xffff];
        ++one[(next >> 32) & 0xffff];
        ++two[next >> 48];
    }
    for (; i < count; ++i)
        ++one[patterns[i]];
}

void PatternCounts::addUpper(const float *values, size_t count)
{
    makeRoom(count);
    uint32_t *const one = m_tables.data(), *const two = one + kPatterns;
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        uint64_t pair, next;
        std::memcpy(&pair, values + i, 8);
        std::memcpy(&next, values + i + 2, 8);
        ++one[(pair >> 16) & 0xffff];
        ++two[pair >> 48];
        ++one[(next >> 16) & 0xffff];
        ++two[next >> 48];
    }
    for (; i < count; ++i)
        ++one[std::bit_cast<uint32_t>(values[i]) >> 16];
}

std::vector<PatternCounts::Entry> PatternCounts::entries()
{
    std::vector<Entry> all;
    for (size_t pattern = 0; pattern < kPatterns; ++pattern) {
        const uint64_t count = uint64_t(m_tables[pattern]) + m_tables[kPatterns + pattern]
                               + (m_merged.empty() ? 0 : m_merged[pattern]);
        if (count > 0)
            all.push_back({uint32_t(pattern), count});
    }
    return all;
}

ValueSums sumValues(const float *values, size_t count, double *columns)
{
    ValueSums all;
    size_t done = 0;
#if defined(__x86_64__)
    while (hasAvx2() && count - done >= 8) {
        const size_t part = std::min(kLanePart, (count - done) / 8 * 8);
        double *const partColumns = columns ? columns + done : nullptr;
        ValueSums sums = sumAvx2(values + done, part);
        if (!std::isfinite(sums.squares))
            sums = sumCarefully(values + done, part, partColumns);
        else if (columns)
            addSquaresAvx2(values + done, part, partColumns);
        join(all, sums);
        done += part;
    }
#endif
    if (done < count)
        join(all, sumCarefully(values + done, count - done, columns ? columns + done : nullptr));
    return all;
}

double sumSquares(const uint16_t *values, size_t count, HalfKind kind, float *columns)
{
    double squares = 0;
    size_t done = 0;
#if defined(__x86_64__)
    const auto sum = kind == HalfKind::BFloat16 ? squaresOfKind<HalfKind::BFloat16> : squaresOfKind<HalfKind::Float16>;
    while (hasAvx2() && count - done >= 16) {
        const size_t part = std::min(kLanePart, (count - done) / 16 * 16);
        // The row alone first: a NaN must not reach the columns.
        const float rowSum = sum(values + done, part, nullptr);
        float *const partColumns = columns ? columns + done : nullptr;
        if (trustworthy(rowSum)) {
            squares += double(rowSum);
            if (columns)
                sum(values + done, part, partColumns);
        } else if (!allZero(values + done, part)) {
            squares += squaresCarefully(values + done, part, kind, partColumns);
        }
        done += part;
    }
#endif
    return squares + squaresCarefully(values + done, count - done, kind, columns ? columns + done : nullptr);
}

} // namespace assay
