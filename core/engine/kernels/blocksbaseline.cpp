// SPDX-License-Identifier: GPL-3.0-or-later
#define ASSAY_VECTOR_BYTES 16
#define ASSAY_VECTOR_SPACE baseline
#include "core/engine/kernels/vectorblocktable.h"
