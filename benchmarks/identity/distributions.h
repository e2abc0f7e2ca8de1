// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchmarks/identitypool.h"

namespace assay {

/// The part of the document on answers that are drawn from the pool. held: at most 1 % of the honest runs were contradicted.
std::string distributionSection(const PoolSet &set, size_t runs, bool &held);

} // namespace assay
