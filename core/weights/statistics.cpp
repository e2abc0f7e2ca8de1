// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/statistics.h"

#include "core/weights/distribution.h"
#include "core/weights/normsums.h"
#include "core/weights/piecebuffer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace assay {
namespace {

constexpr uint64_t kProgressEvery = 4 * 1024 * 1024; // elements
constexpr double kFarFromZero = 3; // mean over deviation
constexpr uint64_t kExactLimit = 65536; // elements of which the values themselves are kept and sorted

/// Tells progress now and then, and says when to stop.
class Watch
{
public:
    Watch(const StreamControl &control, uint64_t total) : m_control(control), m_total(total) {}
    bool stopped(uint64_t done)
    {
        if (m_control.progress && (done >= m_next || done == m_total)) {
            m_control.progress(done, m_total);
            m_next = done + kProgressEvery;
        }
        return m_control.stop.stop_requested();
    }

private:
    const StreamControl &m_control;
    uint64_t m_total, m_next = kProgressEvery;
};

tl::unexpected<Error> cancelled()
{
    return failure(ErrorCode::Cancelled);
}

uint64_t mixed(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9e3779b97f4a7c15u; // 2^64 divided by the golden ratio
    return hash ^ (hash >> 29);
}

/// Sums, norms and counts are taken in the same order each time, so equal values give equal bits.
uint64_t fingerprintOf(const TensorStatistics &statistics)
{
    uint64_t hash = mixed(0, statistics.count);
    for (const uint64_t count : {statistics.zeros, statistics.nans, statistics.infinities, statistics.distinct})
        hash = mixed(hash, count);
    for (const double value : {statistics.min, statistics.max, statistics.mean, statistics.norm})
        hash = mixed(hash, std::bit_cast<uint64_t>(value));
    for (const uint64_t count : statistics.histogram.counts)
        hash = mixed(hash, count);
    for (const NormProfile *profile : {&statistics.rows, &statistics.columns}) {
        for (const float norm : profile->mean)
            hash = mixed(hash, std::bit_cast<uint32_t>(norm));
    }
    return hash;
}

void finishNorms(NormSums &norms, TensorStatistics &statistics)
{
    statistics.rows = norms.rows();
    statistics.columns = norms.columns();
    statistics.zeroRows = norms.zeroRows();
    statistics.fingerprint = fingerprintOf(statistics);
}

/// Mean and spread of counted values, each exactly known.
void describeMoments(const std::vector<CountedValue> &values, TensorStatistics &statistics)
{
    double sum = 0, squares = 0, spread = 0;
    for (const CountedValue &value : values) {
        sum += double(value.count) * value.value;
        squares += double(value.count) * value.value * value.value;
        statistics.finite += value.count;
        statistics.zeros += value.value == 0 ? value.count : 0;
    }
    if (statistics.finite == 0)
        return;
    statistics.min = values.front().value;
    statistics.max = values.back().value;
    statistics.mean = sum / double(statistics.finite);
    for (const CountedValue &value : values)
        spread += double(value.count) * (value.value - statistics.mean) * (value.value - statistics.mean);
    statistics.std = std::sqrt(spread / double(statistics.finite));
    statistics.norm = std::sqrt(squares);
}

bool wantsNorms(const WeightReader &weight)
{
    return weight.shape().size() >= 2 && weight.elements() > 0;
}

/// Which blocks of values are counted: all, or some by chance, the same ones each time.
class Sampling
{
public:
    static constexpr size_t kBlock = 256;

    Sampling(CountingDetail detail, uint64_t elements)
        : m_each(detail == CountingDetail::Exact ? 1 : std::clamp<uint64_t>(elements / kEnough, 1, kMost))
    {
    }
    bool all() const { return m_each == 1; }

    /// Calls count(offset, values) for the chosen blocks of values, of which the first is number `first`, a multiple of
    /// kBlock. Of every m_each blocks one is chosen.
    template <class Count> void choose(uint64_t first, size_t values, Count count) const
    {
        if (all()) {
            count(size_t(0), values);
            return;
        }
        const uint64_t begin = first / kBlock, end = begin + (values + kBlock - 1) / kBlock;
        for (uint64_t group = begin / m_each; group * m_each < end; ++group) {
            const uint64_t chosen = group * m_each + mixed(kSeed, group) % m_each;
            if (chosen >= begin && chosen < end) {
                const size_t offset = size_t((chosen - begin) * kBlock);
                count(offset, std::min(kBlock, values - offset));
            }
        }
    }

private:
    static constexpr uint64_t kEnough = 2 * 1024 * 1024, kMost = 256, kSeed = 20260101;
    uint64_t m_each;
};

void describeMoments(const ValueSums &sums, TensorStatistics &statistics)
{
    statistics.finite = sums.finite;
    statistics.zeros = sums.zeros;
    statistics.nans = sums.nans;
    statistics.infinities = statistics.count - sums.finite - sums.nans;
    if (sums.finite == 0)
        return;
    const double count = double(sums.finite);
    statistics.min = double(sums.min);
    statistics.max = double(sums.max);
    statistics.mean = sums.sum / count;
    statistics.std = std::sqrt(std::max(sums.squares / count - statistics.mean * statistics.mean, 0.0));
    statistics.norm = std::sqrt(sums.squares);
}

/// Values so close together that float32 sums would blur their deviation.
bool isFarFromZero(const TensorStatistics &statistics)
{
    return std::abs(statistics.mean) > kFarFromZero * statistics.std;
}

void countOddities(const std::vector<PatternCounts::Entry> &entries, uint32_t infinity, TensorStatistics &statistics)
{
    for (const PatternCounts::Entry &entry : entries) {
        const uint32_t magnitude = entry.pattern & 0x7fff;
        statistics.infinities += magnitude == infinity ? entry.count : 0;
        statistics.nans += magnitude > infinity ? entry.count : 0;
    }
}

/// All there is to know of 16-bit floats follows from how often each pattern occurs.
Result<TensorStatistics> countHalves(WeightReader &weight, HalfKind kind, const StreamControl &control, CountingDetail detail)
{
    TensorStatistics statistics;
    statistics.count = weight.elements();
    PatternCounts patterns;
    NormSums norms(weight.rows(), weight.columns(), wantsNorms(weight));
    ValueSums sums;
    const Sampling sampling(detail, statistics.count);
    Watch watch(control, statistics.count);
    PieceBuffer<uint16_t> piece(weight.readAhead());
    for (uint64_t done = 0; done < statistics.count;) {
        const std::span<uint16_t> part = piece.first(statistics.count - done);
        if (auto read = weight.readBytes(done * sizeof(uint16_t), std::as_writable_bytes(part)); !read)
            return tl::unexpected(read.error());
        sampling.choose(done, part.size(), [&](size_t offset, size_t values) { patterns.add(part.data() + offset, values); });
        sums.join(norms.add(part.data(), part.size(), kind));
        done += part.size();
        if (watch.stopped(done))
            return cancelled();
    }
    const auto entries = patterns.entries();
    const auto values = valuesOf(entries, kind);
    if (sampling.all()) {
        countOddities(entries, kind == HalfKind::BFloat16 ? 0x7f80 : 0x7c00, statistics);
        describeMoments(values, statistics);
    } else {
        describeMoments(sums, statistics);
        if (isFarFromZero(statistics))
            return countHalves(weight, kind, control, CountingDetail::Exact);
    }
    describeDistribution(values, statistics);
    finishNorms(norms, statistics);
    return statistics;
}

/// What float32 values give while they stream by.
class FloatSums
{
public:
    FloatSums(const WeightReader &weight, CountingDetail detail)
        : m_norms(weight.rows(), weight.columns(), wantsNorms(weight)), m_sampling(detail, weight.elements()),
          m_precision(detail == CountingDetail::Exact ? Precision::Double : Precision::Single),
          m_keep(weight.elements() <= kExactLimit)
    {
        m_statistics.count = weight.elements();
    }

    void add(uint64_t first, const float *values, size_t count)
    {
        m_sums.join(m_norms.add(values, count, m_precision));
        if (m_keep)
            std::copy_if(values, values + count, std::back_inserter(m_values), [](float v) { return std::isfinite(v); });
        else
            m_sampling.choose(first, count, [&](size_t offset, size_t part) { m_patterns.addUpper(values + offset, part); });
    }

    TensorStatistics finish()
    {
        if (m_keep) {
            m_statistics.nans = m_sums.nans;
            m_statistics.infinities = m_statistics.count - m_sums.finite - m_sums.nans;
            const auto values = valuesOf(std::move(m_values));
            describeMoments(values, m_statistics);
            describeDistribution(values, m_statistics);
        } else {
            describeMoments(m_sums, m_statistics);
            if (m_statistics.finite > 0)
                describeDistribution(bucketsOf(m_patterns.entries()), m_statistics);
        }
        finishNorms(m_norms, m_statistics);
        return std::move(m_statistics);
    }

private:
    TensorStatistics m_statistics;
    NormSums m_norms;
    Sampling m_sampling;
    Precision m_precision;
    PatternCounts m_patterns;
    ValueSums m_sums;
    std::vector<float> m_values; ///< of small weights
    bool m_keep;
};

Result<TensorStatistics> streamFloats(WeightReader &weight, const StreamControl &control, CountingDetail detail)
{
    FloatSums sums(weight, detail);
    const uint64_t total = weight.elements();
    Watch watch(control, total);
    const bool stored = weight.storedAs() == Dtype::F32;
    PieceBuffer<float> piece(weight.readAhead());
    for (uint64_t done = 0; done < total;) {
        const std::span<float> part = piece.first(total - done);
        const auto read = stored ? weight.readBytes(done * sizeof(float), std::as_writable_bytes(part)) : weight.read(done, part);
        if (!read)
            return tl::unexpected(read.error());
        sums.add(done, part.data(), part.size());
        done += part.size();
        if (watch.stopped(done))
            return cancelled();
    }
    TensorStatistics statistics = sums.finish();
    if (detail == CountingDetail::Sampled && isFarFromZero(statistics))
        return streamFloats(weight, control, CountingDetail::Exact);
    return statistics;
}

} // namespace

Result<TensorStatistics> computeStatistics(WeightReader &weight, const StreamControl &control, CountingDetail detail)
{
    if (control.stop.stop_requested())
        return cancelled();
    const std::optional<Dtype> stored = weight.storedAs();
    if (stored == Dtype::BF16)
        return countHalves(weight, HalfKind::BFloat16, control, detail);
    if (stored == Dtype::F16)
        return countHalves(weight, HalfKind::Float16, control, detail);
    return streamFloats(weight, control, detail);
}

} // namespace assay
