// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/inputspec.h"
#include "core/engine/torch.h"

#include <ATen/core/function_schema.h>

/// What a script's forward takes, and random inputs that fit it. Throws what libtorch throws.
namespace assay::engine {

/// "(x: Tensor, mask: Optional[Tensor] = None) -> Tensor"; without the module itself.
std::string signatureOf(const c10::FunctionSchema &schema);

/// Whether number and kinds of the inputs fit the arguments behind the module itself. Error: InputsUnfit.
Result<void> checkInputs(const c10::FunctionSchema &schema, const std::vector<InputSpec> &inputs);

/// The arguments of one call: floats are normally distributed, whole numbers and truths uniformly. A seed gives the same
/// ones with the same libtorch on every device.
std::vector<c10::IValue> randomInputs(const c10::FunctionSchema &schema, const std::vector<InputSpec> &inputs, uint64_t seed,
                                      at::Device device);

} // namespace assay::engine
