// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

namespace assay {

/// One item answered, with the rates at which the claimed model and another one are known to be right.
struct RatedItem
{
    bool right = false;
    double claimed = 0, alternative = 0;
};

/// ln of the likelihood ratio, claim over alternative: sum of ln(a/b) of right and ln((1-a)/(1-b)) of wrong items. Rates are cut to
/// 0.02 ... 0.98, so that no single item decides. Items whose rates are no numbers are left out.
double capabilityLogRatio(std::span<const RatedItem> items);

/// Exact one-sided McNemar test (1947) against a live reference: P(Binomial(b + c, 1/2) >= b); b items that the reference alone has
/// right, c that the subject alone has. Small: the subject is worse.
double mcnemarOneSided(size_t referenceOnly, size_t subjectOnly);

} // namespace assay
