// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/dtype.h"

#include <string>
#include <string_view>

namespace assay {

/// What PyTorch or NumPy calls a type of elements.
struct TorchType
{
    Dtype dtype = Dtype::Unknown;
    uint32_t bits = 0;      ///< of one element; 0 when not known
    std::string text;       ///< as written, in valid UTF-8
};

/// Of a storage class or data type: "torch.FloatStorage", "torch.cuda.HalfStorage", "torch.bfloat16". Quantised types
/// give the integers that are stored.
TorchType torchType(std::string_view global);
/// Of NumPy's short names: "f4", "<i8", "|b1".
TorchType numpyType(std::string_view code);

} // namespace assay
