// SPDX-License-Identifier: GPL-3.0-or-later
#if defined(__x86_64__)
#define ASSAY_VECTOR_BYTES 32
#define ASSAY_VECTOR_SPACE avx2
#include "core/engine/kernels/vectorblocktable.h"
#endif
