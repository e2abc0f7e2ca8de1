// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// How far the engine may be from the expected outputs.
namespace assay::test {

/// Largest difference of a logit in f32. Correct implementations were seen to differ by 4e-5 at most, and the smallest
/// mistakes (another epsilon, exact GELU for its approximation) by 3e-4 and more.
inline constexpr double kLogitsLimit = 2e-4;

/// Root mean square of what bfloat16 moves the logits by, as a part of their standard deviation: it keeps 8 bits of
/// each activation, which costs a few per cent over a few layers.
inline constexpr double kHalfPrecisionLimit = 0.06;

} // namespace assay::test
