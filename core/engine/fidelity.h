// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/format/baserows.h"

namespace assay::engine {

/// A piece of a text. What stands behind ids[first], ids[first + 1], ... is asked about: size - 1 - first positions.
struct TextPiece
{
    std::vector<int64_t> ids;
    int64_t first = 0;
};

struct FidelityOptions
{
    int64_t vocabulary = 0;  ///< tokens, from the first on, that are compared; the rest pads the logits. 0: all
    double temperature = 0;  ///< that both are softened by for PositionValues::softened; 0: not asked
};

/// One each of the positions.
struct PositionValues
{
    std::vector<float> divergence;   ///< KL(reference || other), nats
    std::vector<float> nllReference, nllOther; ///< -ln p of the token that came
    std::vector<float> softened;     ///< temperature^2 KL of both softened; empty: not asked
    std::vector<uint8_t> sameTop;    ///< the same largest logit, of equals the first
};

/// What a reference said at the same positions, as a base file keeps it: rows one after the other.
struct BaseRows
{
    BaseLayout layout;
    std::span<const std::byte> bytes;
};

/// Both models over the same text; the logits of some positions are held at a time, never all of them. Errors: those of the models
/// and ids; BadParameters when options and models do not fit. The models may lie on different devices.
Result<PositionValues> compareModels(const Engine &reference, const Engine &other, const TextPiece &text, const FidelityOptions &options,
                                     std::stop_token stop = {});
/// A model against rows of a base file, by llama.cpp's rule where they are of 16 bits: terms of p <= e^-16 are left out. Of the likeliest
/// tokens the others count as one, which makes the divergence a lower bound.
Result<PositionValues> compareWithRows(const BaseRows &reference, const Engine &other, const TextPiece &text, std::stop_token stop = {});

/// Rows of a base file, some at a time.
using OnBaseRows = std::function<void(std::span<const std::byte> rows)>;
Result<void> baseRows(const Engine &model, const TextPiece &text, const BaseLayout &layout, const OnBaseRows &onRows, std::stop_token stop = {});

} // namespace assay::engine
