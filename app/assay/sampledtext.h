// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/statistics/sampledrun.h"

#include <QString>

namespace assay {

/// "avg@k 41.2 [39.8, 42.7] %; pass@4 ...; pass^4 ...; cons@k ..."; empty where items were asked once.
QString sampledText(const SampledRun &run);

} // namespace assay
