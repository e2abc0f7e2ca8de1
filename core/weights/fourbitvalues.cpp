// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/smallfloats.h"
#include "core/weights/valuedecoder.h"

#include <algorithm>

namespace assay {
namespace {

/// Rows of fp4 codes (E2M1), two in a byte with the first in the lower half, and a scale for each group of a row.
struct FourBitLayout
{
    uint64_t rows = 0, columns = 0, groups = 1, groupSize = 1;
    bool exponents = false; ///< scales are bytes that stand for powers of two (E8M0)
    float factor = 1;
};

class FourBitDecoder final : public RowDecoder
{
public:
    FourBitDecoder(const FourBitLayout &layout, StoredTensor codes, std::unique_ptr<PlainDecoder> scales)
        : RowDecoder(layout.columns), m_layout(layout), m_codes(std::move(codes)), m_scales(std::move(scales))
    {
    }

private:
    Result<void> readRow(uint64_t row, uint64_t column, std::span<float> out) override
    {
        if (auto done = loadScales(row); !done)
            return done;
        const uint64_t first = (row * m_layout.columns + column) / 2, last = (row * m_layout.columns + column + out.size() - 1) / 2;
        const auto bytes = m_codes.view(first, last - first + 1);
        if (!bytes)
            return tl::unexpected(bytes.error());
        const auto &values = float4E2M1();
        for (size_t i = 0; i < out.size(); ++i) {
            const uint64_t c = column + i;
            const unsigned byte = unsigned((*bytes)[c / 2 - column / 2]);
            out[i] = values[c % 2 == 0 ? byte & 15 : byte >> 4] * m_scale[size_t(c / m_layout.groupSize)];
        }
        return {};
    }

    Result<void> loadScales(uint64_t row)
    {
        if (row == m_row)
            return {};
        m_row = ~uint64_t(0);
        m_scale.resize(size_t(m_layout.groups));
        if (auto done = m_scales->read(row * m_layout.groups, m_scale); !done)
            return done;
        for (float &scale : m_scale)
            scale = (m_layout.exponents ? float8E8M0()[size_t(scale)] : scale) * m_layout.factor;
        m_row = row;
        return {};
    }

    FourBitLayout m_layout;
    StoredTensor m_codes;
    std::unique_ptr<PlainDecoder> m_scales;
    uint64_t m_row = ~uint64_t(0);
    std::vector<float> m_scale;
};

/// [.., groups, 16] of gpt-oss becomes [.., groups x 32], [.., bytes] becomes [.., bytes x 2].
std::vector<int64_t> logicalShape(const OpenContext &context)
{
    std::vector<int64_t> shape = context.record().shape.sizes();
    if (context.parts.scheme == WeightScheme::Mxfp4Blocks && shape.size() > 1) {
        const int64_t bytes = shape.back();
        shape.pop_back();
        if (__builtin_mul_overflow(shape.back(), bytes, &shape.back()))
            shape.back() = 0;
    }
    if (context.record().dtype != Dtype::F4 && !shape.empty() && __builtin_mul_overflow(shape.back(), 2, &shape.back()))
        shape.back() = 0;
    return shape;
}

/// compressed-tensors divides by its global scale, ModelOpt multiplies by weight_scale_2.
Result<float> globalFactor(const OpenContext &context)
{
    if (!context.parts.has(WeightPart::GlobalScale))
        return 1.0f;
    const auto values = context.values(WeightPart::GlobalScale, 1);
    if (!values)
        return tl::unexpected(values.error());
    if (values->empty())
        return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its scales do not fit its shape")));
    const bool divides = context.record(WeightPart::GlobalScale)->name.ends_with("_global_scale");
    return divides ? 1 / values->front() : values->front();
}

} // namespace

Result<OpenedValues> openFourBits(const OpenContext &context)
{
    auto opened = context.codesAndScales();
    if (!opened)
        return tl::unexpected(opened.error());
    auto &[codes, scales] = *opened;
    const auto factor = globalFactor(context);
    if (!factor)
        return tl::unexpected(factor.error());
    const std::vector<int64_t> shape = logicalShape(context);
    FourBitLayout layout;
    layout.columns = shape.empty() ? 0 : uint64_t(shape.back());
    const uint64_t elements = Shape(shape).elements().value_or(0), scaleCount = scales->elements();
    layout.rows = layout.columns == 0 ? 0 : elements / layout.columns;
    layout.groups = layout.rows == 0 ? 0 : scaleCount / layout.rows;
    if (layout.groups == 0 || layout.groups * layout.rows != scaleCount || layout.columns % layout.groups != 0
        || layout.columns % 2 != 0 || (elements + 1) / 2 != codes.bytes() || !codes.record().strides.empty())
        return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its scales do not fit its shape")));
    layout.groupSize = layout.columns / layout.groups;
    layout.exponents = scales->record().dtype == Dtype::U8;
    layout.factor = *factor;
    return OpenedValues{std::make_unique<FourBitDecoder>(layout, std::move(codes), std::move(scales)), shape};
}

} // namespace assay
