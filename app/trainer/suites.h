// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/trainer/settings.h"

namespace assay::trainer {

/// Writes addition.jsonl, sorting.jsonl, brackets.jsonl, recall.jsonl, recall-choice.jsonl and reasoning.jsonl
/// (all but recall-choice together) from the test part of the problems; the tokenizer in DIRECTORY counts each
/// prompt's tokens.
Result<void> writeSuites(const Settings &settings, const std::filesystem::path &directory,
                         const std::filesystem::path &suites);

} // namespace assay::trainer
