// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/modelconfig.h"

namespace assay {

/// What rotary position embedding needs to know.
struct RopeSpec
{
    double theta = 10000.0;
    int64_t rotaryDim = 0; ///< even; the leading part of each head that is rotated
    int64_t context = 0;   ///< max_position_embeddings
    std::optional<RopeScaling> scaling;
};

/// Angles per position of each pair of dimensions, and the factor on cos and sin.
struct RopeFrequencies
{
    std::vector<float> inverse; ///< rotaryDim / 2 values; angle = position * inverse
    double attentionFactor = 1.0;
};

/// RopeScaling::type of a GGUF file whose divisors of the frequencies are a tensor (rope_freqs.weight, by which
/// llama.cpp says "llama3"); longFactor takes them.
inline constexpr const char *kRopeDivisors = "divisors";

/// Whether ropeFrequencies knows this scaling: none, "linear", "dynamic", "llama3", "yarn", "longrope", kRopeDivisors.
bool ropeScalingSupported(const std::optional<RopeScaling> &scaling);

/// YaRN's m-scale, 0.1 mscale ln(factor) + 1; DeepSeek's scores are multiplied by its square.
double yarnMagnitude(double factor, double mscale);

/// The frequencies for a sequence of this length (which matters for "dynamic" and "longrope" alone). Values are computed in
/// double and rounded to float once, as checkpoints were trained with float tables.
/// Sources: RoFormer (arXiv 2104.09864); linear: position interpolation (2306.15595); dynamic: NTK-aware
/// scaling; llama3: Llama 3.1 reference code; yarn: arXiv 2309.00071; longrope: arXiv 2402.13753 and
/// Phi-3's factor on cos and sin, sqrt(1 + ln(factor) / ln(original)).
RopeFrequencies ropeFrequencies(const RopeSpec &spec, int64_t length);

} // namespace assay
