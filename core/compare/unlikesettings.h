// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/runcomparison.h"

namespace assay {

/// In what a run was not made like the reference: what forbids a comparison first, then what may be its cause, then the rest.
/// What one of the two does not tell is not said to differ.
std::vector<UnlikeSetting> unlikeSettings(const ComparedRun &reference, const ComparedRun &run, const Translate &translate);
/// What two points differ in, as names of settings: "prompt tokens", "load". Translated; empty: nothing.
std::vector<std::string> unlikePoints(const BenchPoint &reference, const BenchPoint &point, const Translate &translate);
/// Why no number of the two can be compared: names of settings; empty: they can.
std::vector<std::string> forbidding(const std::vector<UnlikeSetting> &unlike);

} // namespace assay
