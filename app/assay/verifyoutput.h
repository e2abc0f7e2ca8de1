// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/verification.h"

namespace assay {

/// A verification for people: the verdict with its sentence first, then claims, evidence by tier with what it cannot see, nearest models.
void printVerification(const Verification &verification);

} // namespace assay
