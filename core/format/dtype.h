// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace assay {

/// Element types of safetensors (inspectors.md 4a).
enum class Dtype {
    Bool, F4, F6E2M3, F6E3M2, U8, I8, F8E5M2, F8E4M3, F8E8M0, F8E4M3Fnuz, F8E5M2Fnuz,
    I16, U16, F16, BF16, I32, U32, F32, C64, F64, I64, U64, Unknown
};

/// The type with this safetensors name ("BF16"); Unknown when there is none.
Dtype dtypeFromName(std::string_view name);
/// The safetensors name; "?" for Unknown.
const char *dtypeName(Dtype dtype);
/// Bits an element takes in the file; 0 for Unknown.
int dtypeBits(Dtype dtype);

} // namespace assay
