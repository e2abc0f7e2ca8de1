// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a PyTorch file of any age.
#include "core/format/torchfile.h"
#include "onefile.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    OneFile(data, size).check(assay::readTorch);
    return 0;
}
