// SPDX-License-Identifier: GPL-3.0-or-later
// A row of a store's requests: records after their lengths. What is told lies in the row, and what is joined is taken apart.
#include "core/bench/requestlog.h"
#include "core/service/recordbatch.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view body(reinterpret_cast<const char *>(data), size);
    std::vector<std::string> records;
    size_t bytes = 0;
    const auto take = [&](std::string_view record) {
        records.emplace_back(record);
        bytes += record.size();
        (void)assay::decodeRecord(record);
    };
    const auto whole = assay::splitRecords(body, take);
    if (bytes + records.size() > size)
        std::abort();
    if (!whole && whole.error().sentence().empty())
        std::abort();
    std::vector<std::string> again;
    const std::string joined = assay::joinRecords(records);
    if (!assay::splitRecords(joined, [&](std::string_view record) { again.emplace_back(record); }) || again != records)
        std::abort();
    return 0;
}
