// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/scriptmodule.h"
#include "core/engine/torch.h"

#include <ATen/core/ivalue.h>

namespace assay::engine {

/// What a module gave, as text, with what is not finite counted. Throws what libtorch throws.
PassOutput describeOutput(const c10::IValue &value);
/// The tensors in it, in the order in which they stand. For small ones: everything is copied.
std::vector<PassTensor> tensorsIn(const std::vector<c10::IValue> &values);

} // namespace assay::engine
