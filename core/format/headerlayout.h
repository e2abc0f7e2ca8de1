// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/safetensors.h"

namespace assay {

/// Brings the tensors into the order of their bytes, makes offsets count from the start of the file, counts elements,
/// and notes what does not fit together. Error: SafetensorsShapeOverflow.
Result<void> layOut(SafetensorsHeader &header, uint64_t fileSize);

} // namespace assay
