// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/schedule.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto trace = assay::parseTrace(std::string_view(reinterpret_cast<const char *>(data), size));
    if (!trace) {
        const std::string sentence = trace.error().sentence();
        return assay::validUtf8(sentence) == sentence ? 0 : (std::abort(), 0);
    }
    const auto finite = [](double seconds) { return std::isfinite(seconds); };
    const std::vector<int64_t> arrivals = assay::traceArrivals(*trace, 1.5, int64_t(2 * trace->size()));
    if (trace->empty() || trace->size() > size || !std::all_of(trace->begin(), trace->end(), finite)
        || !std::is_sorted(arrivals.begin(), arrivals.end()) || arrivals.front() != 0)
        std::abort();
    return 0;
}
