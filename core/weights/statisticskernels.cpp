// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/statisticskernels.h"

#include "core/weights/smallfloats.h"
#include "core/weights/vectorkernels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace assay {
namespace {

constexpr size_t kPatterns = 65536;
constexpr uint64_t kRoom = uint64_t(1) << 31; // counts that surely fit a table
constexpr size_t kLanePart = 8192;            // values summed in float32 before they go to a double

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

ValueSums carefulHalves(const uint16_t *values, size_t count, double *columns)
{
    return sumCarefully([&](size_t i) { return std::bit_cast<float>(uint32_t(values[i]) << 16); }, count, columns);
}

ValueSums carefulFloats(const float *values, size_t count, double *columns)
{
    return sumCarefully([&](size_t i) { return values[i]; }, count, columns);
}

} // namespace

const VectorKernels &widestKernels()
{
#if defined(__x86_64__)
    static const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                             && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    static const bool half = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    static const bool bfloat = wide && __builtin_cpu_supports("avx512bf16");
    return bfloat ? avx512bfloat::kernels() : wide ? avx512::kernels() : half ? avx2::kernels() : baseline::kernels();
#else
    return baseline::kernels();
#endif
}

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

ValueSums sumFloats(const float *values, size_t count, const ColumnSums &columns, Precision precision)
{
    const auto sum = precision == Precision::Double ? widestKernels().sumFloatsInDouble : widestKernels().sumFloats;
    ValueSums all;
    for (size_t done = 0; done < count; done += kLanePart)
        all.join(sum(values + done, std::min(kLanePart, count - done), columns.from(done), carefulFloats));
    return all;
}

ValueSums sumBfloats(const uint16_t *values, size_t count, const ColumnSums &columns)
{
    ValueSums all;
    for (size_t done = 0; done < count; done += kLanePart)
        all.join(widestKernels().sumBfloats(values + done, std::min(kLanePart, count - done), columns.fromPaired(done), carefulHalves));
    return all;
}

void widenFloat16(const uint16_t *values, size_t count, float *to)
{
    const VectorKernels &fast = widestKernels();
    const size_t whole = count / fast.step * fast.step;
    fast.widen(values, whole, to);
    for (size_t i = whole; i < count; ++i)
        to[i] = float16(values[i]);
}

} // namespace assay
