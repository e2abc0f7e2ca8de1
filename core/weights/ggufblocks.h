// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/decode.h"

namespace assay {

/// The decoder of one of GGUF's block types; null for all others. Layouts and formulas: ggml-common.h and
/// ggml-quants.c of ggml. Each family has a file of its own.
BlockDecoder ggufBlockDecoder(Dtype dtype);

/// One scale, sometimes a minimum, and up to eight bits an element: Q4_0 to Q8_1, Q1_0, Q2_0, TQ1_0, TQ2_0.
BlockDecoder ggufSimpleDecoder(Dtype dtype);
/// Super-blocks of 256 elements with scales that are quantised themselves: Q2_K to Q8_K.
BlockDecoder ggufSuperBlockDecoder(Dtype dtype);
/// Codes that stand for values of a table: IQ4_NL, IQ4_XS, MXFP4, NVFP4.
BlockDecoder ggufTableDecoder(Dtype dtype);
/// Indices into grids of several elements at once: IQ1_S to IQ3_S.
BlockDecoder ggufGridDecoder(Dtype dtype);

} // namespace assay
