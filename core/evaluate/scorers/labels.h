// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/suite.h"

namespace assay {

/// The words that stand for an item's classes, in their order: its choices, else the suite's classes; empty where neither is known.
const std::vector<std::string> &labelWords(const Suite &suite, const SuiteItem &item);

} // namespace assay
