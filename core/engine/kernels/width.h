// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace assay::kernels {

/// The vectors that the kernels use, from the narrowest. Units are AVX-512 with its products of
/// bfloat16, of bytes, or both.
enum class Width { Baseline, Avx2, Avx512, Units };

/// What this processor can run; Baseline runs everywhere.
std::vector<Width> usableWidths();

/// The width in use: the widest usable one, unless a test or a measurement chose another. Not while a kernel
/// runs.
Width width();
void useWidth(Width width);
const char *nameOf(Width width);

} // namespace assay::kernels
