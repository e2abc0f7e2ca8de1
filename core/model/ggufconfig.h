// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/checkpoint.h"
#include "core/model/modelconfig.h"

namespace assay {

/// What the keys of a GGUF file declare, as config.json would (inspectors.md 4c, 4j): {architecture}.* with single
/// values or one a layer, whatever integer type they have. Which class of transformers it was made from is told where
/// it is known. The text is a JSON object of all keys, long arrays shortened.
ModelConfig ggufConfig(const Checkpoint &checkpoint);

} // namespace assay
