// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/flops.h"

#include <algorithm>

namespace assay {

std::optional<double> decodeFlops(const ModelFacts &facts, int64_t context, bool expanded)
{
    if (!facts.work)
        return std::nullopt;
    double attention = 0;
    for (const CacheGroup &group : facts.cache.groups) {
        const int64_t seen = group.kind == CacheKind::Window ? std::min(group.window, context) : context;
        attention += (expanded ? group.expandedWork : group.work) * double(std::max<int64_t>(seen, 0));
    }
    return facts.work->matrices + attention;
}

std::optional<double> prefillFlops(const ModelFacts &facts, int64_t tokens)
{
    if (!facts.work || tokens <= 0)
        return std::nullopt;
    const double all = double(tokens);
    double attention = 0;
    for (const CacheGroup &group : facts.cache.groups) {
        const double window = group.kind == CacheKind::Window ? std::min(double(group.window), all) : all;
        attention += group.expandedWork * (window * window / 2 + (all - window) * window);
    }
    return all * (facts.work->matrices - facts.work->head) + facts.work->head + attention;
}

} // namespace assay
