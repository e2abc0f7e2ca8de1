// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/dtype.h"

#include <cstddef>
#include <span>

namespace assay {

/// Turns whole blocks of a dtype that were stored with the largest byte first into smallest byte first: each number,
/// and of the block types the numbers of several bytes in a block (ggml-common.h). Types of single bytes stay.
void fromBigEndian(Dtype dtype, std::span<std::byte> blocks);

} // namespace assay
