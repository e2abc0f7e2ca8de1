// SPDX-License-Identifier: GPL-3.0-or-later
// The file of a watch: whatever is read has bounds that hold, and addresses without passwords.
#include "core/identify/watch/watchfile.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using namespace assay;
    const auto file = readWatchFile(std::string_view(reinterpret_cast<const char *>(data), size), "watch.json");
    if (!file)
        return file.error().code == ErrorCode::MonitorDamaged ? 0 : (std::abort(), 0);
    bool good = !file->endpoints.empty() && file->endpoints.size() <= 64 && file->alpha > 0 && file->alpha <= 0.5 && !file->tokenizer.probes.empty()
                && file->border.candidates.size() <= 5000;
    for (const WatchEndpoint &endpoint : file->endpoints)
        good = good && endpoint.url.starts_with("http") && !endpoint.checks.empty() && (endpoint.version.empty() || file->sla.contains(endpoint.version));
    for (const auto &[check, every] : file->every)
        good = good && every >= 60;
    if (!good)
        std::abort();
    return 0;
}
