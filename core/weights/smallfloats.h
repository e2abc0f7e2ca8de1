// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace assay {

/// The values of all 256 codes. OCP 8-bit floating point specification: E4M3 (the "fn" variant: no infinity, one NaN of
/// each sign), E5M2; the "fnuz" variants (bias one larger, no negative zero, whose code is the NaN); OCP MX: E8M0.
const std::array<float, 256> &float8E4M3();
const std::array<float, 256> &float8E5M2();
const std::array<float, 256> &float8E4M3Fnuz();
const std::array<float, 256> &float8E5M2Fnuz();
const std::array<float, 256> &float8E8M0();
/// OCP MX: E2M1, codes 0 to 15; E2M3 and E3M2, codes 0 to 63.
const std::array<float, 16> &float4E2M1();
const std::array<float, 64> &float6E2M3();
const std::array<float, 64> &float6E3M2();

/// IEEE 754 binary16.
float float16(uint16_t bits);

} // namespace assay
