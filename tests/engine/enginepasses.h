// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "tests/engine/referencefiles.h"

#include <map>

namespace assay::test {

/// What came out under the names that the expected outputs have; without the rows of padding.
using Outputs = std::map<std::string, std::vector<float>>;

/// Logits of each prompt through the engine's own interface: in one pass, or with half of the prompt prefilled and the
/// rest decoded token by token.
Result<Outputs> engineLogits(engine::Engine &engine, bool cache, const std::vector<ReferenceInput> &inputs);

/// States, pooled states and labels' logits of encoders and classifiers, each input for itself or all together; an
/// input's padding, which is at its end, is left to the engine.
Result<Outputs> engineEncodings(engine::Engine &engine, bool together, const std::vector<ReferenceInput> &inputs);

} // namespace assay::test
