// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace assay {

/// How a base file keeps what a model says of the next token at one position.
enum class BaseForm : uint8_t {
    /// As llama.cpp's llama-perplexity --kl-divergence-base: f32 scale, f32 smallest log-probability, then a u16 a token (an even number of
    /// them): log-probability = scale * u16 + smallest. Logits below the largest less 16 count as that.
    SixteenBit,
    /// f32 log-probability of the token that came, f32 probability of all that are not among the likeliest, then of each of the likeliest,
    /// the first first, its f32 log-probability, then their i32 ids.
    TopTokens,
};

struct BaseLayout
{
    BaseForm form = BaseForm::SixteenBit;
    int64_t vocabulary = 0;
    int64_t top = 0; ///< of TopTokens
    bool operator==(const BaseLayout &) const = default;
};
inline constexpr int64_t kMostBaseVocabulary = 1 << 24, kMostBaseTop = 1000;

/// Bytes of one position's row.
uint64_t rowBytes(const BaseLayout &layout);

/// A row from the logits of the whole vocabulary, by llama.cpp's rule: quantised to the nearest, halves to even.
void writeSixteenBitRow(std::span<const float> logits, std::span<std::byte> row);
/// The log-probabilities that the row stands for.
void readSixteenBitRow(std::span<const std::byte> row, std::span<float> logProbabilities);

/// A row of the likeliest tokens, which lies in memory as it does in the file.
struct TopRow
{
    float logProbability = 0, tail = 0;
    std::span<float> logs;
    std::span<int32_t> ids;
};
void writeTopRow(const TopRow &values, std::span<std::byte> row);
void readTopRow(std::span<const std::byte> row, TopRow &values); ///< logs and ids: as many as the layout's top

} // namespace assay
