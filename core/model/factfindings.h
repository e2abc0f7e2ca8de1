// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/counting.h"

namespace assay {

/// The claims ledger: puts together what files, name, config, tensors, tokenizer and generation config say and where
/// they disagree; the gravest first. After all facts were taken.
void takeFindings(ModelFacts &facts, const ModelDirectory &directory, const CountedModel &model);

} // namespace assay
