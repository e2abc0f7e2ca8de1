// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/scorers/exactnumber.h"

#include <optional>
#include <string_view>

namespace assay {

/// A number that LaTeX writes.
struct MathValue
{
    ExactNumber value;
    int decimals = 0; ///< behind the point where it is a plain decimal
    bool percent = false;
};
/// Reads "-12", "1,234.5", "\frac{3}{-4}", "3/4", "2\frac{1}{2}", "3\times10^{-5}", "2^{10}", "50\%"; nothing for anything else.
std::optional<MathValue> mathValue(std::string_view latex);

} // namespace assay
