// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/baserows.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace assay {
namespace {

static_assert(std::endian::native == std::endian::little, "rows are little-endian");

constexpr size_t kHead = 2 * sizeof(float); // of either form
constexpr float kDeepest = 16, kSteps = 65535;

template <class T> void put(std::span<std::byte> row, size_t at, const T *values, size_t count)
{
    std::memcpy(row.data() + at, values, count * sizeof(T));
}

template <class T> void take(std::span<const std::byte> row, size_t at, T *values, size_t count)
{
    std::memcpy(values, row.data() + at, count * sizeof(T));
}

} // namespace

uint64_t rowBytes(const BaseLayout &layout)
{
    if (layout.form == BaseForm::TopTokens)
        return kHead + uint64_t(layout.top) * (sizeof(float) + sizeof(int32_t));
    return kHead + (uint64_t(layout.vocabulary) + 1) / 2 * 2 * sizeof(uint16_t);
}

void writeSixteenBitRow(std::span<const float> logits, std::span<std::byte> row)
{
    const auto [low, high] = std::ranges::minmax(logits);
    const float lowest = std::max(low, high - kDeepest);
    double sum = 0;
    for (const float logit : logits)
        sum += std::exp(logit - high);
    const float scale = (high - lowest) / kSteps, smallest = lowest - high - float(std::log(sum));
    put(row, 0, &scale, 1);
    put(row, sizeof(float), &smallest, 1);
    std::memset(row.data() + kHead, 0, row.size() - kHead);
    if (!(scale > 0))
        return;
    const float perStep = 1 / scale;
    for (size_t i = 0; i < logits.size(); ++i) {
        if (logits[i] > lowest) {
            const auto step = uint16_t(std::lrintf(perStep * (logits[i] - lowest)));
            put(row, kHead + i * sizeof step, &step, 1);
        }
    }
}

void readSixteenBitRow(std::span<const std::byte> row, std::span<float> logProbabilities)
{
    float scale = 0, smallest = 0;
    take(row, 0, &scale, 1);
    take(row, sizeof(float), &smallest, 1);
    for (size_t i = 0; i < logProbabilities.size(); ++i) {
        uint16_t step = 0;
        take(row, kHead + i * sizeof step, &step, 1);
        logProbabilities[i] = scale * step + smallest;
    }
}

void writeTopRow(const TopRow &values, std::span<std::byte> row)
{
    put(row, 0, &values.logProbability, 1);
    put(row, sizeof(float), &values.tail, 1);
    put(row, kHead, values.logs.data(), values.logs.size());
    put(row, kHead + values.logs.size_bytes(), values.ids.data(), values.ids.size());
}

void readTopRow(std::span<const std::byte> row, TopRow &values)
{
    take(row, 0, &values.logProbability, 1);
    take(row, sizeof(float), &values.tail, 1);
    take(row, kHead, values.logs.data(), values.logs.size());
    take(row, kHead + values.logs.size_bytes(), values.ids.data(), values.ids.size());
}

} // namespace assay
