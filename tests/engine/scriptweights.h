// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

/// The numbers in the modules of makescripts.cpp, for whoever computes them once more.
namespace assay::scripts {

inline constexpr int64_t kChannelsIn = 3, kChannelsOut = 4, kClasses = 5, kRows = 10, kWidth = 4;

/// `count` numbers between -0.5 and 0.5; `which` makes one tensor's differ from another's.
inline std::vector<float> numbers(int64_t count, int which)
{
    std::vector<float> out;
    for (int64_t i = 0; i < count; ++i)
        out.push_back(0.5f * float(std::sin(double(i) * 0.7 + double(which))));
    return out;
}

} // namespace assay::scripts
