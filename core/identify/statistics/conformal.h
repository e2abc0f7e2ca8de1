// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

namespace assay {

/// A subject beside S honest stacks of the same model (other engines, devices, batches): "the same model up to serving noise".
struct ConformalTest
{
    double p = 1;
    double least = 1;  ///< the smallest p that S stacks allow, 1 / (S + 1): 0.25 of 3, below 0.05 with 20, below 0.01 with 100
    size_t stacks = 0;
};
/// p = (1 + #{s: score_s >= score}) / (S + 1) (Vovk and others 2005); exact where the subject's stack is exchangeable with the others.
/// Scores that are no numbers are left out; a subject without a score has p = 1.
ConformalTest conformalP(double score, std::span<const double> honest);

} // namespace assay
