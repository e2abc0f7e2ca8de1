// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/identity/identitycharts.h"
#include "core/compare/joined.h"

#include <optional>

namespace assay {

/// The charts that identityCharts() puts together; nothing where a verification has nothing of it.
std::optional<ChartSpec> probeCounts(const Verification &verification, const Words &words);
std::optional<ChartSpec> probeFit(const Verification &verification, const Words &words);

} // namespace assay
