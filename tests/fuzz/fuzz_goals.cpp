// SPDX-License-Identifier: GPL-3.0-or-later
// Goals as somebody types them: all limits are positive numbers, and a plan keeps them.
#include "core/bench/planjson.h"
#include "core/bench/slo.h"

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using assay::Slo;
    const auto slo = assay::parseSlo(std::string_view(reinterpret_cast<const char *>(data), size));
    if (!slo)
        return 0;
    bool limited = false;
    for (const auto &limit : {slo->ttft, slo->ttfa, slo->tpot, slo->e2e, slo->longestGap}) {
        limited = limited || limit;
        if (limit && !(std::isfinite(*limit) && *limit > 0))
            std::abort();
    }
    const auto again = assay::sloFromJson(nlohmann::json::parse(assay::toJson(*slo).dump()));
    if (!limited || !again || again->ttft != slo->ttft || again->longestGap != slo->longestGap)
        std::abort();
    return 0;
}
