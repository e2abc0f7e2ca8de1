// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>

namespace assay::slow {

/// How latent attention's matrix from latent vectors is written: in one, or as llama.cpp needs it to attend in the latent
/// space, in two and with one key head.
enum class GgufForm { Plain, Absorbed };

/// Writes the model of a directory (config.json, float32 or bfloat16 safetensors) as one GGUF file (version 3, F32), with
/// the keys and tensors of llama.cpp's converter. False where that has no such form for the model.
Result<bool> writeGgufModel(const std::filesystem::path &model, const std::filesystem::path &file, GgufForm form = GgufForm::Plain);

} // namespace assay::slow
