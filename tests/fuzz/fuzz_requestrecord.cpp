// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/requestmetrics.h"

#include <cmath>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    const auto record = assay::decodeRecord(bytes);
    if (!record) {
        const std::string sentence = record.error().sentence();
        return assay::validUtf8(sentence) == sentence ? 0 : (std::abort(), 0);
    }
    // What is read is bounded by what was there, and is written as what is read again.
    const std::string again = assay::encodeRecord(*record);
    const auto second = assay::decodeRecord(again);
    if (record->chunks.size() > size || record->text.size() > size || !second || assay::encodeRecord(*second) != again)
        std::abort();
    const assay::RequestMetrics metrics = assay::metricsOf(*record);
    for (const auto &value : {metrics.ttft, metrics.ttfa, metrics.tpot, metrics.e2e, metrics.longestGap, metrics.scheduledE2e}) {
        if (value && (!std::isfinite(*value) || *value < 0 || metrics.failed))
            std::abort();
    }
    if (metrics.firstTokens > metrics.tokens || metrics.tokens < 0 || assay::gapsOf(*record).size() > record->chunks.size())
        std::abort();
    return 0;
}
