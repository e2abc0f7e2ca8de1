// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/weightfindings.h"

#include <algorithm>
#include <bit>
#include <random>

namespace assay {
namespace {

// identity.md 7.8, measured on N(0, 0.02^2): of 128 consecutive weights native bf16 has 121 different values (at least
// 112), int8 turned back has 90 (at most 104), int4 and NF4 have 15 (at most 16). A block of 128 x 128 native weights
// has about 1900 different values, one of fp8 turned back about 190.
constexpr size_t kGroup = 128, kShort = 32;
constexpr double kFourBits = 16, kEightBits = 105, kFloat8Block = 256;
constexpr size_t kGroupsOfRow = 16, kEnough = 64;
constexpr size_t kZerosAllowed = kGroup / 4; // more are pruned weights or unused rows, which tell nothing

/// A table with open addressing: sorting was most of the time that the whole check took.
size_t differentValues(const std::vector<uint32_t> &bits)
{
    constexpr uint32_t kEmpty = UINT32_MAX; // a NaN; where it is among the values it is counted apart
    const size_t size = std::bit_ceil(2 * bits.size() + 2);
    const int shift = 32 - std::countr_zero(size);
    std::vector<uint32_t> slots(size, kEmpty);
    size_t different = 0;
    bool empty = false;
    for (const uint32_t value : bits) {
        size_t slot = (value * 0x9E3779B1u) >> shift; // Knuth's multiplicative hashing
        while (slots[slot] != kEmpty && slots[slot] != value)
            slot = (slot + 1) & (size - 1);
        empty = empty || value == kEmpty;
        different += slots[slot] == kEmpty && value != kEmpty;
        slots[slot] = value;
    }
    return different + empty;
}

std::vector<uint32_t> bitsOf(std::span<const float> values)
{
    std::vector<uint32_t> bits(values.size());
    std::transform(values.begin(), values.end(), bits.begin(), [](float value) { return std::bit_cast<uint32_t>(value); });
    return bits;
}

double median(std::vector<size_t> counts)
{
    if (counts.empty())
        return 0;
    const auto middle = counts.begin() + ptrdiff_t(counts.size() / 2);
    std::nth_element(counts.begin(), middle, counts.end());
    return double(*middle);
}

bool tooManyZeros(std::span<const float> values)
{
    return size_t(std::count(values.begin(), values.end(), 0.0f)) * kGroup > kZerosAllowed * values.size();
}

class PrecisionProbe
{
public:
    PrecisionProbe(WeightReader &weight, const StreamControl &control, const PrecisionSampling &sampling)
        : m_weight(weight), m_control(control), m_sampling(sampling), m_random(sampling.seed)
    {
    }

    /// Groups that begin where those of a quantiser would: at multiples of their length.
    Result<void> countGroups()
    {
        const uint64_t each = std::min<uint64_t>(m_weight.columns() / kGroup, kGroupsOfRow);
        std::vector<float> values(size_t(each * kGroup));
        for (size_t row = 0; row < places(m_sampling.groups, kGroup) / each; ++row) {
            const uint64_t column = m_random() % (m_weight.columns() / kGroup - each + 1) * kGroup;
            if (auto done = read(m_random() % m_weight.rows(), column, values); !done)
                return done;
            for (size_t g = 0; g < each; ++g)
                countGroup(std::span(values).subspan(g * kGroup, kGroup));
        }
        return {};
    }

    Result<void> countBlocks()
    {
        std::vector<float> block(kGroup * kGroup);
        for (size_t i = 0; i < places(m_sampling.blocks, kGroup * kGroup); ++i) {
            const uint64_t row = m_random() % (m_weight.rows() / kGroup) * kGroup;
            const uint64_t column = m_random() % (m_weight.columns() / kGroup) * kGroup;
            for (size_t r = 0; r < kGroup; ++r) {
                if (auto done = read(row + r, column, std::span(block).subspan(r * kGroup, kGroup)); !done)
                    return done;
            }
            if (!tooManyZeros(block))
                m_blocks.push_back(differentValues(bitsOf(block)));
        }
        return {};
    }

    std::optional<StoredPrecision> judge() const
    {
        if (m_groups.size() < kEnough)
            return std::nullopt;
        StoredPrecision precision;
        precision.groupMedian = median(m_groups);
        precision.shortMedian = median(m_shorts);
        precision.blockMedian = median(m_blocks);
        if (precision.groupMedian <= kFourBits || precision.shortMedian <= kFourBits) {
            precision.bits = 4;
            precision.as = "4 bit";
        } else if (precision.groupMedian <= kEightBits) {
            precision.bits = 8;
            precision.as = precision.blockMedian > 0 && precision.blockMedian <= kFloat8Block ? "fp8" : "8 bit";
        }
        return precision;
    }

private:
    /// No more than twice as many as there are in the matrix: to look at the same ones again and again tells nothing new.
    size_t places(size_t wanted, uint64_t values) const
    {
        return size_t(std::min<uint64_t>(wanted, 2 * m_weight.rows() * m_weight.columns() / values));
    }

    Result<void> read(uint64_t row, uint64_t column, std::span<float> out)
    {
        if (m_control.stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        return m_weight.read(row * m_weight.columns() + column, out);
    }

    void countGroup(std::span<const float> values)
    {
        if (tooManyZeros(values))
            return;
        m_groups.push_back(differentValues(bitsOf(values)));
        m_shorts.push_back(differentValues(bitsOf(values.first(kShort))));
    }

    WeightReader &m_weight;
    const StreamControl &m_control;
    const PrecisionSampling m_sampling;
    std::mt19937_64 m_random;
    std::vector<size_t> m_groups, m_shorts, m_blocks;
};

} // namespace

Result<std::optional<StoredPrecision>> storedPrecision(WeightReader &weight, const StreamControl &control, const PrecisionSampling &sampling)
{
    const auto dtype = weight.storedAs();
    const bool full = dtype == Dtype::BF16 || dtype == Dtype::F16 || dtype == Dtype::F32;
    if (!full || weight.shape().size() < 2 || weight.rows() < kGroup || weight.columns() < kGroup)
        return std::optional<StoredPrecision>();
    PrecisionProbe probe(weight, control, sampling);
    auto done = probe.countGroups();
    if (done)
        done = probe.countBlocks();
    if (!done)
        return tl::unexpected(done.error());
    return probe.judge();
}

} // namespace assay
