// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/watch/watchrecord.h"

#include <filesystem>

namespace assay {

/// What checks of one kind on one endpoint are compared with: the records of its first windows.
struct BaselineSeries
{
    std::string endpoint;
    WatchCheck check = WatchCheck::Logprobs;
    int64_t segment = 0;
    std::vector<WatchRecord> records;
};

/// A JSON file with "schema": "assay-baseline/1".
struct WatchBaseline
{
    std::vector<BaselineSeries> series;
    const BaselineSeries *find(const std::string &endpoint, WatchCheck check) const;
    void put(BaselineSeries series); ///< in place of an earlier one
};

/// Error: MonitorDamaged (what, where): a baseline of which a part is unreadable is no baseline.
Result<WatchBaseline> readWatchBaseline(std::string_view json, const std::string &name);
std::string baselineText(const WatchBaseline &baseline);

} // namespace assay
