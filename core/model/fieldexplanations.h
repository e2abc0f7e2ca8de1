// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace assay {

/// What a field of config.json or generation_config.json means, or a key of GGUF's or PyTorch's metadata, in one
/// sentence; translation context "ConfigField". A GGUF key may begin with its architecture ("llama.block_count").
/// Null for fields that we do not know.
const char *fieldExplanation(std::string_view field);

} // namespace assay
