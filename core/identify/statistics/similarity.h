// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/statistics/numbertable.h"

#include <optional>

namespace assay {

/// Linear CKA of hidden states of two models over the same texts, a row a text (Kornblith and others 2019; REEF, arXiv 2410.14273):
/// ||Y'X||^2 / (||X'X|| ||Y'Y||), columns centred; 0 ... 1, whatever rotation, order or width the states have. Nothing for tables that
/// do not fit, fewer than two rows, more than 4096 rows (what it holds is a square of rows), values that are not finite or all alike.
std::optional<double> linearCka(const NumberTable &x, const NumberTable &y);

} // namespace assay
