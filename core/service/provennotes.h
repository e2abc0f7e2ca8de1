// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/loadnotes.h"
#include "core/service/selftest.h"

#include <functional>
#include <optional>
#include <vector>

namespace assay {

/// Chunks a second that a level's answers came in; 0 when nothing was answered.
double chunksPerSecond(const BenchRun &run, const BenchPoint &point);

/// notesOf(), and what the client itself adds to the times, so that it stands beside every result (benchmarking.md 4.7): its error
/// at the next higher load that it was proven for, "client_error", else "beyond_proven" or "not_self_tested". A run that was made
/// on another machine says nothing of this one's self-test and has none of them.
std::vector<LoadNote> notesHere(const BenchRun &run, const BenchPoint &point, const std::optional<SelfTestReport> &report = lastSelfTest());

/// notesHere() by the last self-test, which is read once: for reports of many loads.
std::function<std::vector<LoadNote>(const BenchRun &, const BenchPoint &)> findNotesHere();

} // namespace assay
