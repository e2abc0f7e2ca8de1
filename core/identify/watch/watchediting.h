// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/watch/watchfile.h"

namespace assay {

/// The watch as the file that says it, settings that nobody changed left out. Reading it gives the same watch.
std::string watchFileText(const WatchFile &file);
/// The same text with another version of one endpoint; everything else stays as somebody wrote it. Errors: MonitorDamaged, also
/// where there is no such endpoint.
Result<std::string> withVersion(std::string_view json, const std::string &name, const std::string &endpoint, const std::string &version);
/// Calls to all endpoints a day, once their baselines are learned.
double callsADay(const WatchFile &file);

} // namespace assay
