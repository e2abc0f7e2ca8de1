// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/modelconfig.h"

namespace assay {

/// The fields of config.json named in a text, as the subject itself names them: of a GGUF file the keys of its
/// metadata. "num_attention_heads, head_dim": "qwen2.attention.head_count, qwen2.attention.key_length".
std::string fieldNames(std::string_view fields, const ModelConfig &config);
/// The file or the key that says what config.json's field says.
std::string fieldSource(std::string_view field, const ModelConfig &config);

} // namespace assay
