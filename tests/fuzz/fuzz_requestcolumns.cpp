// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/requestcolumns.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto value = nlohmann::json::parse(data, data + size, nullptr, false);
    const auto log = assay::requestsFromColumns(value);
    if (!log)
        return 0;
    size_t pieces = 0;
    for (size_t i = 0; i < log->size(); ++i)
        pieces += log->at(i).chunks.size();
    if (log->size() > size || pieces > size) // each takes bytes of its own
        std::abort();
    const auto again = assay::requestsFromColumns(assay::requestColumns(*log));
    if (!again || again->size() != log->size())
        std::abort();
    for (size_t i = 0; i < log->size(); ++i) {
        if (again->encoded(i) != log->encoded(i))
            std::abort();
    }
    return 0;
}
