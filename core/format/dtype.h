// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace assay {

/// How elements are stored: the types of safetensors (inspectors.md 4a), the block types of GGUF (4c), and the
/// packed ones of ONNX (4e).
enum class Dtype : uint8_t {
    Bool, F4, F6E2M3, F6E3M2, U8, I8, F8E5M2, F8E4M3, F8E8M0, F8E4M3Fnuz, F8E5M2Fnuz,
    I16, U16, F16, BF16, I32, U32, F32, C64, F64, I64, U64,
    // PyTorch and ONNX
    C128, I4, U4, I2, U2,
    // GGUF: blocks of quantised elements with their scales in them
    Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q8_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, Q8_K, IQ2_XXS, IQ2_XS, IQ3_XXS, IQ1_S,
    IQ4_NL, IQ3_S, IQ2_S, IQ4_XS, IQ1_M, TQ1_0, TQ2_0, MXFP4, NVFP4, Q1_0, Q2_0,
    Unknown
};

/// Elements are stored in blocks of this many, each taking so many bytes: F32 1/4, F4 2/1, Q4_K 256/144.
struct DtypeBlock
{
    uint32_t elements = 0;
    uint32_t bytes = 0;
};

/// The type with this name ("BF16", "Q4_K"); Unknown when there is none.
Dtype dtypeFromName(std::string_view name);
/// Its name; "?" for Unknown.
const char *dtypeName(Dtype dtype);
/// 0/0 for Unknown.
DtypeBlock dtypeBlock(Dtype dtype);
/// Whole bits an element takes in the file; 0 for Unknown and for types whose blocks hold scales.
int dtypeBits(Dtype dtype);
/// Whether its blocks hold scales beside the elements: the types of GGUF.
bool isBlockQuantized(Dtype dtype);
/// Bytes of so many elements; nothing when they do not fill whole blocks, do not fit, or the type is unknown.
std::optional<uint64_t> dtypeBytes(Dtype dtype, uint64_t elements);
/// The type with this number in a GGUF file (enum ggml_type); Unknown for numbers of forks.
Dtype dtypeFromGguf(uint32_t number);

} // namespace assay
