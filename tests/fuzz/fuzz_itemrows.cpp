// SPDX-License-Identifier: GPL-3.0-or-later
// Columns of an evaluation's rows, as a store that anybody may have written holds them.
#include "core/evaluate/itemrows.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto chunk = assay::decodeRows({reinterpret_cast<const char *>(data), size});
    if (!chunk)
        return 0;
    for (size_t row = 0; row < (*chunk)->size(); ++row) {
        if ((*chunk)->light(row).itemId.size() > size)
            std::abort();
    }
    // What was read can be written, and comes back as what it was.
    const std::string again = assay::encodeRows(**chunk);
    const auto back = assay::decodeRows(again);
    if (!back || assay::encodeRows(**back) != again)
        std::abort();
    return 0;
}
