// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks' table of one width.
#include "core/engine/kernels/vectorblockdots.h"

namespace assay::kernels::ASSAY_VECTOR_SPACE {

constinit const BlockTable kBlocks{kBlockKernels, quantise};

} // namespace assay::kernels::ASSAY_VECTOR_SPACE
