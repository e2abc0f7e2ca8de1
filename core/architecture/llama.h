// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/description.h"

/// What Llama's successors share with it.
namespace assay {

/// RMS norms before attention and a gated SiLU network, rotary positions, no biases.
LayerSpec llamaLayer(ConfigReader &config, double defaultEpsilon, double defaultRopeTheta = 10000, std::optional<int64_t> defaultHeadDim = {});
/// attention_bias for all four matrices.
void setAttentionBias(const ConfigReader &config, AttentionSpec &attention);
/// use_sliding_window, max_window_layers and layer_types as the Qwen family has them.
void qwenWindows(ConfigReader &config, DecoderSpec &spec);

} // namespace assay
