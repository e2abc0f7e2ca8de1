// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/bench/run.h"

#include <string>
#include <vector>

namespace assay {

/// Something that a reader of an endpoint's figures must know before comparing them (benchmarking.md 4): each is the guard
/// against a known way to print wrong numbers.
struct LoadNote
{
    const char *id;      ///< "schedule_slipped", "cached_although_cold", "ended_early", "hidden_reasoning", "several_tokens_a_read",
                         ///< "few_samples", "not_steady", "failed", "retried", "unsettled", "counted_pieces", "series", "spot_check"
    const char *pattern; ///< translation context "LoadNote"
    std::vector<std::string> arguments;
    std::string text(const Translate &translate = untranslated) const { return fillIn(translate("LoadNote", pattern), arguments); }
};
/// In the order of their weight; none where nothing was sent.
std::vector<LoadNote> notesOf(const BenchRun &run, const BenchPoint &point);

} // namespace assay
