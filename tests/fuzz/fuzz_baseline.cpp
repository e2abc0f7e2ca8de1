// SPDX-License-Identifier: GPL-3.0-or-later
// Baselines and histories of a watch: what is read is written the same, and series bear whatever records there are.
#include "core/identify/watch/baseline.h"
#include "core/identify/watch/watchseries.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using namespace assay;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    if (const auto baseline = readWatchBaseline(text, "baseline.json")) {
        const auto again = readWatchBaseline(baselineText(*baseline), "baseline.json");
        if (!again || baselineText(*again) != baselineText(*baseline))
            std::abort();
    }
    const WatchFile file;
    for (const WatchCheck check : {WatchCheck::Logprobs, WatchCheck::Border, WatchCheck::Tokenizer, WatchCheck::Latency}) {
        WatchSeries series(file, check);
        for (const WatchRecord &record : readWatchHistory(text).records)
            series.replay(record);
        if (series.segment() < 0)
            std::abort();
    }
    return 0;
}
