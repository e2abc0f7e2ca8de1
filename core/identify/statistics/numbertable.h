// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace assay {

/// Numbers by rows.
struct NumberTable
{
    size_t rows = 0, columns = 0;
    std::vector<double> values = {}; ///< [rows, columns]
    bool fits() const { return columns > 0 && values.size() / columns == rows && values.size() % columns == 0 && rows > 0; }
};

} // namespace assay
