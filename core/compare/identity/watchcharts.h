// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/chartspec.h"
#include "core/identify/watch/slacompliance.h"
#include "core/identify/watch/watchreading.h"

namespace assay {

/// For each endpoint and check with a statistic a line over time: its values, the band that they had to stay in, the changes that were
/// found, the baselines that were asked for, the switches of its version. x: days since the first check. Ids: "watch_logprobs", ...,
/// behind the first endpoint's with "_2".
std::vector<ChartSpec> watchCharts(const WatchFile &file, std::span<const WatchRecord> history, const Translate &translate,
                                   std::span<const VersionSwitch> switches = {});
/// The same of what lies on the disk, with slaChart() behind.
std::vector<ChartSpec> watchCharts(const WatchReading &reading, const Translate &translate);
/// The measured share of each agreed limit with its interval, and what was agreed. Nothing where no limits are agreed.
std::optional<ChartSpec> slaChart(std::span<const SlaRow> rows, const Translate &translate);

} // namespace assay
