// SPDX-License-Identifier: GPL-3.0-or-later
// Input: an ONNX file.
#include "core/format/onnx.h"
#include "onefile.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    OneFile(data, size).check(assay::readOnnx);
    return 0;
}
