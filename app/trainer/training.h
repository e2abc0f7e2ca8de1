// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/trainer/learner.h"

namespace assay::trainer {

/// Trains one model of the family through its stages and saves it in DIRECTORY/NAME, after each report as
/// well, so that an interrupted run leaves its last state. The tokenizer is DIRECTORY/tokenizer.json; a
/// teacher is opened from DIRECTORY/TEACHER.
Result<void> trainModel(const std::string &name, const Settings &settings, const std::filesystem::path &directory,
                        const Log &log);

} // namespace assay::trainer
