// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/dtype.h"

#include <cstddef>

namespace assay {

/// Decodes whole blocks of one dtype, as they are stored with the smallest byte first, into float32: `out` takes
/// blocks x dtypeBlock(dtype).elements values in the order of the elements.
using BlockDecoder = void (*)(const std::byte *blocks, size_t count, float *out);

/// The decoder of a dtype; null for types that stand for no single number (complex) and for unknown ones.
BlockDecoder blockDecoder(Dtype dtype);

} // namespace assay
