// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/valuedecoder.h"

#include <algorithm>
#include <cstring>

namespace assay {
namespace {

constexpr uint64_t kPanelBytes = 1024 * 1024;
constexpr uint64_t kInputLimit = 16 * 1024 * 1024; // inputs of a layer; the order of each is held
constexpr int kAwqBits = 4;
constexpr uint64_t kAwqEach = 8; // codes a word
constexpr int kAwqPlace[kAwqEach] = {0, 4, 1, 5, 2, 6, 3, 7}; // of column j in its word: the inverse of 0,2,4,6,1,3,5,7

/// A matrix that is stored input by input, given as [outputs, inputs].
struct InputLayout
{
    bool awq = false;
    int bits = 4;
    uint64_t inputs = 0, outputs = 0, groups = 0;
    uint64_t wordRows = 0, wordColumns = 0; ///< of the packed codes
    uint64_t zeroColumns = 0;               ///< words of a group's zero points; 0: symmetric
    float zeroOffset = 0;                   ///< added to stored zero points
    std::vector<uint32_t> groupOf;          ///< of each input

    uint64_t outputsEach() const { return awq ? kAwqEach : 1; } ///< outputs in one word of codes
};

class InputDecoder final : public RowDecoder
{
public:
    InputDecoder(InputLayout layout, StoredTensor codes, std::unique_ptr<PlainDecoder> scales, std::optional<StoredTensor> zeros)
        : RowDecoder(layout.inputs), m_layout(std::move(layout)), m_codes(std::move(codes)), m_scales(std::move(scales)),
          m_zeros(std::move(zeros))
    {
    }

private:
    Result<void> readRow(uint64_t row, uint64_t column, std::span<float> out) override;
    Result<void> loadPanel(uint64_t row);
    Result<void> loadCodes();
    Result<void> loadScales();
    uint32_t word(uint64_t row, uint64_t output) const;
    uint32_t code(uint64_t input, uint64_t output) const;

    InputLayout m_layout;
    StoredTensor m_codes;
    std::unique_ptr<PlainDecoder> m_scales;
    std::optional<StoredTensor> m_zeros;
    // Some outputs with all their inputs: what lies apart in the file is needed together.
    uint64_t m_first = 0, m_count = 0;
    std::vector<std::byte> m_words;
    std::vector<float> m_scale, m_zero; ///< [output][group]
};

Result<void> InputDecoder::loadPanel(uint64_t row)
{
    const uint64_t each = m_layout.outputsEach();
    const uint64_t words = std::max<uint64_t>(kPanelBytes / 4 / m_layout.wordRows, 1);
    m_count = 0;
    m_first = row / each * each;
    const uint64_t count = std::min(words * each, m_layout.outputs - m_first);
    m_words.resize(size_t(m_layout.wordRows * (count / each) * 4));
    m_scale.resize(size_t(count * m_layout.groups));
    m_zero.assign(size_t(count * m_layout.groups), float(1 << (m_layout.bits - 1)));
    m_count = count;
    auto done = loadCodes();
    if (done)
        done = loadScales();
    if (!done)
        m_count = 0;
    return done;
}

Result<void> InputDecoder::loadCodes()
{
    const uint64_t each = m_layout.outputsEach(), width = m_count / each * 4, first = m_first / each * 4;
    if (m_count == m_layout.outputs)
        return m_codes.read(0, m_words);
    for (uint64_t r = 0; r < m_layout.wordRows; ++r) {
        const std::span<std::byte> part(m_words.data() + r * width, size_t(width));
        if (auto done = m_codes.read(r * m_layout.wordColumns * 4 + first, part); !done)
            return done;
    }
    return {};
}

Result<void> InputDecoder::loadScales()
{
    std::vector<float> row(static_cast<size_t>(m_count));
    for (uint64_t g = 0; g < m_layout.groups; ++g) {
        if (auto done = m_scales->read(g * m_layout.outputs + m_first, row); !done)
            return done;
        for (uint64_t o = 0; o < m_count; ++o)
            m_scale[size_t(o * m_layout.groups + g)] = row[size_t(o)];
        if (!m_zeros)
            continue;
        const auto zeros = m_zeros->view(g * m_layout.zeroColumns * 4, m_layout.zeroColumns * 4);
        if (!zeros)
            return tl::unexpected(zeros.error());
        const BitStream stream(*zeros, m_layout.bits);
        for (uint64_t o = 0; o < m_count; ++o) {
            const uint64_t output = m_first + o;
            const uint64_t place = m_layout.awq ? output / kAwqEach * kAwqEach + uint64_t(kAwqPlace[output % kAwqEach]) : output;
            m_zero[size_t(o * m_layout.groups + g)] = float(stream.at(place)) + m_layout.zeroOffset;
        }
    }
    return {};
}

uint32_t InputDecoder::word(uint64_t row, uint64_t output) const
{
    const uint64_t each = m_layout.outputsEach();
    uint32_t value;
    std::memcpy(&value, m_words.data() + (row * (m_count / each) + output / each) * 4, 4);
    return value;
}

uint32_t InputDecoder::code(uint64_t input, uint64_t output) const
{
    if (m_layout.awq)
        return (word(input, output) >> (kAwqBits * kAwqPlace[output % kAwqEach])) & 15;
    const uint64_t bit = input * uint64_t(m_layout.bits);
    const unsigned shift = unsigned(bit % 32);
    uint32_t value = word(bit / 32, output) >> shift;
    if (shift + unsigned(m_layout.bits) > 32) // codes of 3 bits go across words
        value |= word(bit / 32 + 1, output) << (32 - shift);
    return value & ((1u << m_layout.bits) - 1);
}

Result<void> InputDecoder::readRow(uint64_t row, uint64_t column, std::span<float> out)
{
    if (row < m_first || row >= m_first + m_count) {
        if (auto done = loadPanel(row); !done)
            return done;
    }
    const uint64_t output = row - m_first;
    const float *scales = m_scale.data() + output * m_layout.groups, *zeros = m_zero.data() + output * m_layout.groups;
    const uint32_t *groups = m_layout.groupOf.data() + column;
    for (size_t i = 0; i < out.size(); ++i)
        out[i] = (float(code(column + i, output)) - zeros[groups[i]]) * scales[groups[i]];
    return {};
}

/// Which group of scales each input has: stored, or one after another.
Result<std::vector<uint32_t>> groupsOf(const OpenContext &context, const InputLayout &layout)
{
    std::vector<uint32_t> groups(static_cast<size_t>(layout.inputs));
    if (context.parts.has(WeightPart::Order)) {
        const auto order = context.values(WeightPart::Order, layout.inputs);
        if (!order)
            return tl::unexpected(order.error());
        for (size_t i = 0; i < groups.size(); ++i) {
            const float group = i < order->size() ? (*order)[i] : -1;
            if (!(group >= 0 && group < float(layout.groups)))
                return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its order names groups that are not there")));
            groups[i] = uint32_t(group);
        }
        return groups;
    }
    const uint64_t size = groupSize(layout.inputs, layout.groups, context.catalog.details().groupSize);
    if (size == 0)
        return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its scales do not fit its shape")));
    for (size_t i = 0; i < groups.size(); ++i)
        groups[i] = uint32_t(std::min<uint64_t>(i / size, layout.groups - 1));
    return groups;
}

Result<InputLayout> layoutOf(const OpenContext &context, const TensorRecord &scales)
{
    InputLayout layout;
    const TensorRecord &codes = context.record();
    const auto misfit = [&] { return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its scales do not fit its shape"))); };
    if (codes.shape.size() != 2 || scales.shape.size() != 2 || codes.elements == 0 || scales.elements == 0)
        return misfit();
    layout.awq = context.parts.scheme == WeightScheme::Awq;
    layout.wordRows = uint64_t(codes.shape[0]);
    layout.wordColumns = uint64_t(codes.shape[1]);
    layout.groups = uint64_t(scales.shape[0]);
    layout.outputs = uint64_t(scales.shape[1]);
    const TensorRecord *order = context.record(WeightPart::Order);
    layout.bits = layout.awq ? kAwqBits : context.catalog.details().bits;
    if (!layout.awq && order && order->elements > 0)
        layout.bits = int(std::min<uint64_t>(layout.wordRows * 32 / order->elements, 16));
    if (layout.bits < 1 || layout.bits > 8)
        return misfit();
    layout.inputs = layout.awq ? layout.wordRows : layout.wordRows * 32 / uint64_t(layout.bits);
    const bool fits = layout.awq ? layout.wordColumns * kAwqEach == layout.outputs : layout.wordColumns == layout.outputs;
    if (!fits || layout.inputs > kInputLimit || layout.groups > layout.inputs
        || layout.inputs * uint64_t(layout.bits) > layout.wordRows * 32 * (layout.awq ? kAwqEach : 1))
        return misfit();
    if (const TensorRecord *zeros = context.record(WeightPart::Zeros)) {
        if (zeros->shape.size() != 2 || uint64_t(zeros->shape[0]) != layout.groups || zeros->dtype != Dtype::I32
            || uint64_t(zeros->shape[1]) != (layout.outputs * uint64_t(layout.bits) + 31) / 32)
            return misfit();
        layout.zeroColumns = uint64_t(zeros->shape[1]);
        layout.zeroOffset = !layout.awq && context.catalog.details().zerosMinusOne ? 1 : 0;
    }
    auto groups = groupsOf(context, layout);
    if (!groups)
        return tl::unexpected(groups.error());
    layout.groupOf = std::move(*groups);
    return layout;
}

} // namespace

Result<OpenedValues> openByInputs(const OpenContext &context)
{
    auto opened = context.codesAndScales();
    if (!opened)
        return tl::unexpected(opened.error());
    auto &[codes, scales] = *opened;
    if (codes.bigEndian() || !codes.record().strides.empty())
        return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its codes are not stored row by row")));
    auto layout = layoutOf(context, scales->record());
    if (!layout)
        return tl::unexpected(layout.error());
    std::optional<StoredTensor> zeros;
    if (layout->zeroColumns > 0) {
        auto stored = context.stored(WeightPart::Zeros);
        if (!stored)
            return tl::unexpected(stored.error());
        zeros = std::move(*stored);
    }
    const std::vector<int64_t> shape{int64_t(layout->outputs), int64_t(layout->inputs)};
    return OpenedValues{std::make_unique<InputDecoder>(std::move(*layout), std::move(codes), std::move(scales), std::move(zeros)),
                        shape};
}

} // namespace assay
