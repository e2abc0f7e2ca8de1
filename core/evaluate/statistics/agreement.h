// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/statistics.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace assay {

/// How alike two subjects answer, whatever is right: what is left of fidelity where vocabularies differ (evaluation.md 3.3). The
/// answers of both are numbers, equal ones for equal answers; negative: none was found. Lists of unequal lengths: nothing.

/// Share of the items that both answer alike. Two that found nothing do not agree on anything.
Estimate answerAgreement(std::span<const int64_t> first, std::span<const int64_t> second);

/// Cohen's kappa (1960): agreement beyond that of chance, (observed - expected) / (1 - expected). "None was found" is an answer like
/// any other here. Nothing without items, or where both give one and the same answer everywhere, so that chance explains all.
std::optional<double> cohenKappa(std::span<const int64_t> first, std::span<const int64_t> second);

/// Among the items that both have wrong, the share where both give the same wrong answer; n is the number of joint errors. Where
/// wrong answers are many, a high share tells of common descent.
Estimate sameWrong(std::span<const int64_t> first, std::span<const int64_t> second, std::span<const uint8_t> firstRight,
                   std::span<const uint8_t> secondRight);

/// Share of the items that change between right and wrong (arXiv 2407.09141): equal accuracies may hide many.
Estimate flipRate(size_t onlyFirst, size_t onlySecond, size_t n);

} // namespace assay
