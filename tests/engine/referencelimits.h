// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

/// How far the engine may be from the expected outputs.
namespace assay::test {

/// Largest difference of a logit in f32. Correct implementations were seen to differ by 4e-5 at most, and the smallest
/// mistakes (another epsilon, exact GELU for its approximation) by 3e-4 and more.
inline constexpr double kLogitsLimit = 2e-4;

/// Root mean square of what bfloat16 moves the outputs by, as a part of their standard deviation: it keeps 8 bits of each
/// activation, which costs a few per cent over a few layers.
inline constexpr double kHalfPrecisionLimit = 0.06;

/// For most models kHalfPrecisionLimit.
inline double halfPrecisionLimit(std::string_view model)
{
    struct Wider
    {
        std::string_view beginning;
        double limit;
    };
    constexpr Wider kWider[] = {
        {"deepseek-v3", 0.2},         // which 4 of 16 experts are chosen hangs on scores that lie close together
        {"phi3-longrope-long", 0.15}, // cosine and sine times 2.6 make scores 7 times as large
    };
    for (const Wider &each : kWider) {
        if (model.starts_with(each.beginning))
            return each.limit;
    }
    return kHalfPrecisionLimit;
}

/// Where what flows between the layers is bfloat16, too, as on a GPU: twice as many roundings. Experts whose scores lie close
/// together then change places: 19 % were seen where all else agrees to 4e-5 in f32. A mistake gives 100 % and more.
inline double operatorsLimit(std::string_view model)
{
    for (const std::string_view experts : {"deepseek", "gpt-oss", "mixtral", "moe"}) {
        if (model.find(experts) != std::string_view::npos)
            return 0.3;
    }
    return 1.6 * halfPrecisionLimit(model);
}

} // namespace assay::test
