// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"
#include "core/identify/watch/watchrecord.h"

#include <span>

namespace assay {

/// One agreed limit of a version against what was measured.
struct SlaRow
{
    enum class Limit : uint8_t { Ttft, Tpot, Errors, Availability };
    std::string endpoint, version;
    Limit limit = Limit::Ttft;
    std::optional<double> seconds; ///< of a limit of time
    double demanded = 0;           ///< share that must meet it
    Estimate compliance;           ///< share that did, with Wilson's interval; n: requests, of availability checks
    /// The whole interval lies below what is demanded: a share below it by chance alone is not called a breach.
    bool breached() const { return compliance.hasInterval && compliance.high < demanded; }
};
const char *slaLimitName(SlaRow::Limit limit); ///< "time to first token", ...; translation context "Identity"

/// Of the latency checks of this endpoint within the days that its version's limits name, up to `now`. A request that failed meets
/// no limit. Checks that the clock or a missing baseline kept from being made count for nothing, nor do those of other versions.
std::vector<SlaRow> slaCompliance(const WatchFile &file, const WatchEndpoint &endpoint, std::span<const WatchRecord> records, int64_t now);
/// Of all endpoints; and of versions that one of them had before and that have limits, up to the last check of each.
std::vector<SlaRow> slaByVersion(const WatchFile &file, std::span<const WatchRecord> records, int64_t now);

} // namespace assay
