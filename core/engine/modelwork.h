// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/roofline.h"

namespace assay::engine {

class Decoder;

/// Counts what a loaded decoder reads and computes for a token, over its weights as they are kept.
ModelWork workOf(Decoder &decoder);

} // namespace assay::engine
