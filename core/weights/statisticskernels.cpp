// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/statisticskernels.h"

#include "core/weights/smallfloats.h"
#include "core/weights/widekernels.h"

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
template <class Value> ValueSums sumCarefully(Value value, size_t count, double *columns)
{
    ValueSums sums;
    sums.min = std::numeric_limits<float>::infinity();
    sums.max = -sums.min;
    for (size_t i = 0; i < count; ++i) {
        const float each = value(i);
        if (!std::isfinite(each)) {
            sums.nans += std::isnan(each);
            continue;
        }
        const double square = double(each) * double(each);
        sums.sum += double(each);
        sums.squares += square;
        sums.min = std::min(sums.min, each);
        sums.max = std::max(sums.max, each);
        sums.zeros += each == 0;
        ++sums.finite;
        if (columns)
            columns[i] += square;
    }
    return sums;
}

/// float32 sums of squares can hold neither very large nor very small values.
bool fitsFloat(float magnitude)
{
    return magnitude == 0 || (magnitude > 1e-12f && magnitude < 1e15f);
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

ASSAY_AVX2 void storeLimits(__m256 least, __m256 most, ValueSums &sums)
{
    alignas(32) float low[8], high[8];
    _mm256_store_ps(low, least);
    _mm256_store_ps(high, most);
    sums.min = *std::min_element(low, low + 8);
    sums.max = *std::max_element(high, high + 8);
}

using wide::PatternScan;

/// count is a multiple of 16.
ASSAY_AVX2 PatternScan scanPatterns(const uint16_t *values, size_t count)
{
    const __m256i magnitudeBits = _mm256_set1_epi16(0x7fff);
    __m256i most = _mm256_setzero_si256(), zeros = most;
    for (size_t i = 0; i < count; i += 16) {
        const __m256i bits = _mm256_and_si256(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(values + i)), magnitudeBits);
        most = _mm256_max_epi16(most, bits);
        zeros = _mm256_sub_epi16(zeros, _mm256_cmpeq_epi16(bits, _mm256_setzero_si256()));
    }
    alignas(32) uint16_t high[16], zero[16];
    _mm256_store_si256(reinterpret_cast<__m256i *>(high), most);
    _mm256_store_si256(reinterpret_cast<__m256i *>(zero), zeros);
    PatternScan scan{*std::max_element(high, high + 16), 0};
    for (const uint16_t lane : zero)
        scan.zeros += lane;
    return scan;
}

/// count is a multiple of 16; the values were found to fit float32.
template <HalfKind kind, bool withColumns>
ASSAY_AVX2 ValueSums halvesAvx2(const uint16_t *values, size_t count, float *columns)
{
    __m256 sumA = _mm256_setzero_ps(), sumB = sumA, squareA = sumA, squareB = sumA;
    __m256 least = loadEight<kind>(values), most = least;
    for (size_t i = 0; i < count; i += 16) {
        const __m256 v = loadEight<kind>(values + i), w = loadEight<kind>(values + i + 8);
        sumA = _mm256_add_ps(sumA, v);
        sumB = _mm256_add_ps(sumB, w);
        squareA = _mm256_fmadd_ps(v, v, squareA);
        squareB = _mm256_fmadd_ps(w, w, squareB);
        least = _mm256_min_ps(least, _mm256_min_ps(v, w));
        most = _mm256_max_ps(most, _mm256_max_ps(v, w));
        if constexpr (withColumns) {
            _mm256_storeu_ps(columns + i, _mm256_fmadd_ps(v, v, _mm256_loadu_ps(columns + i)));
            _mm256_storeu_ps(columns + i + 8, _mm256_fmadd_ps(w, w, _mm256_loadu_ps(columns + i + 8)));
        }
    }
    ValueSums sums;
    sums.sum = double(sumOf(_mm256_add_ps(sumA, sumB)));
    sums.squares = double(sumOf(_mm256_add_ps(squareA, squareB)));
    storeLimits(least, most, sums);
    sums.finite = count;
    return sums;
}

/// Squares of values that were found to fit float32; count is a multiple of 8.
ASSAY_AVX2 void addSquaresAvx2(const float *values, size_t count, float *columns)
{
    for (size_t i = 0; i < count; i += 8) {
        const __m256 v = _mm256_loadu_ps(values + i);
        _mm256_storeu_ps(columns + i, _mm256_fmadd_ps(v, v, _mm256_loadu_ps(columns + i)));
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
    storeLimits(least, most, sums);
    alignas(32) uint32_t zero[8];
    _mm256_store_si256(reinterpret_cast<__m256i *>(zero), zeros);
    for (const uint32_t lane : zero)
        sums.zeros += lane;
    sums.finite = count;
    return sums;
}

template <HalfKind kind> ValueSums halvesOfKind(const uint16_t *values, size_t count, float *columns)
{
    return columns ? halvesAvx2<kind, true>(values, count, columns) : halvesAvx2<kind, false>(values, count, nullptr);
}

ValueSums sumHalvesAvx2(const uint16_t *values, size_t count, HalfKind kind, float *columns)
{
    return kind == HalfKind::BFloat16 ? halvesOfKind<HalfKind::BFloat16>(values, count, columns)
                                      : halvesOfKind<HalfKind::Float16>(values, count, columns);
}

/// The kernels of this processor: the widest that it has.
struct Kernels
{
    size_t step; ///< their counts are multiples of this; 0 when there are none
    PatternScan (*scanPatterns)(const uint16_t *, size_t);
    ValueSums (*sumHalves)(const uint16_t *, size_t, HalfKind, float *);
    ValueSums (*sumValues)(const float *, size_t);
    void (*addSquares)(const float *, size_t, float *);
};

const Kernels &kernels()
{
    static const Kernels chosen =
        wide::available() ? Kernels{wide::kStep, wide::scanPatterns, wide::sumHalves, wide::sumValues, wide::addSquares}
        : hasAvx2()       ? Kernels{16, scanPatterns, sumHalvesAvx2, sumAvx2, addSquaresAvx2}
                          : Kernels{};
    return chosen;
}
#endif

} // namespace

void ValueSums::join(const ValueSums &other)
{
    if (other.finite > 0) {
        min = finite > 0 ? std::min(min, other.min) : other.min;
        max = finite > 0 ? std::max(max, other.max) : other.max;
    }
    sum += other.sum;
    squares += other.squares;
    finite += other.finite;
    zeros += other.zeros;
    nans += other.nans;
}

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

ValueSums sumValues(const float *values, size_t count, const ColumnSums &columns)
{
    ValueSums all;
    size_t done = 0;
    const auto carefully = [&](size_t part) {
        return sumCarefully([&](size_t i) { return values[done + i]; }, part, columns.from(done).sums);
    };
#if defined(__x86_64__)
    const Kernels &fast = kernels();
    while (fast.step > 0 && count - done >= fast.step) {
        const size_t part = std::min(kLanePart, (count - done) / fast.step * fast.step);
        ValueSums sums = fast.sumValues(values + done, part);
        const bool finite = std::isfinite(sums.squares);
        if (!finite || (columns.recent && !fitsFloat(std::max(-sums.min, sums.max))))
            sums = carefully(part);
        else if (columns.recent)
            fast.addSquares(values + done, part, columns.recent + done);
        all.join(sums);
        done += part;
    }
#endif
    all.join(carefully(count - done));
    return all;
}

ValueSums sumHalves(const uint16_t *values, size_t count, HalfKind kind, const ColumnSums &columns)
{
    ValueSums all;
    size_t done = 0;
    const auto carefully = [&](size_t part) {
        return sumCarefully([&](size_t i) { return widen(values[done + i], kind); }, part, columns.from(done).sums);
    };
#if defined(__x86_64__)
    const Kernels &fast = kernels();
    while (fast.step > 0 && count - done >= fast.step) {
        const size_t part = std::min(kLanePart, (count - done) / fast.step * fast.step);
        const PatternScan scan = fast.scanPatterns(values + done, part);
        // A NaN must reach neither the row nor the columns.
        const bool fits = fitsFloat(widen(scan.largest, kind));
        ValueSums sums = fits ? fast.sumHalves(values + done, part, kind, columns.from(done).recent) : carefully(part);
        sums.zeros = scan.zeros;
        all.join(sums);
        done += part;
    }
#endif
    all.join(carefully(count - done));
    return all;
}

} // namespace assay
