// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/trainer/digits.h"
#include "app/trainer/digitsettings.h"

#include <functional>

namespace assay::trainer {

/// Trains one of the settings' classifiers by Adam (Kingma and Ba 2015); its teacher is one that was trained before. It gets a folder
/// in the directory: model.pt (TorchScript) and preprocessor_config.json (how its images are prepared). A line of the log an
/// epoch, with how many of the images for testing it gets right.
Result<void> trainDigits(const std::string &name, const DigitSettings &settings, const Digits &digits, const std::filesystem::path &directory,
                         const std::function<void(const std::string &)> &log);

} // namespace assay::trainer
