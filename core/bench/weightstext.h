// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/bench/run.h"

namespace assay {

/// How the weights were kept, the largest parts first: "1.2 GiB as stored in Q4_K; 96 MiB in f32 from F16". Sizes are of
/// memory; parameters where an older worker tells no sizes. Empty for runs that do not tell.
std::string weightsText(const Environment &environment, const Translate &translate = untranslated);
/// The same, each part in a line of its own with its parameters.
std::string weightsDetail(const Environment &environment, const Translate &translate = untranslated);
/// "2 tensors: a, b", the first few by name; empty when all were used.
std::string unusedText(const Environment &environment, const Translate &translate = untranslated);

} // namespace assay
