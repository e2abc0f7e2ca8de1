// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/inputspec.h"
#include "core/engine/torch.h"

namespace assay::engine {

at::ScalarType scalarTypeOf(InputType type);
/// "f32"; libtorch's own name where inputs have none.
std::string typeName(at::ScalarType type);

} // namespace assay::engine
