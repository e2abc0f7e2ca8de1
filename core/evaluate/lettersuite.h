// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/suite.h"

namespace assay {

/// The suite with its choices asked for by letter, for subjects that tell no log-likelihoods: choices stand in the prompt as A, B, ...
/// and the answer is generated. That is another metric than log-likelihood, so it is another suite, with a name and a
/// fingerprint of its own. Items of other kinds, and those of more than 26 choices, stay as they are.
Suite lettersOf(Suite suite);

} // namespace assay
