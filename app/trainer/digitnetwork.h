// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/trainer/digitsettings.h"
#include "app/trainer/random.h"

#include <string>
#include <vector>

namespace torch::jit {
struct Module;
}

namespace assay::trainer {

/// The program of a classifier, forward(images: [n, 1, 28, 28]) -> logits [n, 10], as TorchScript's source.
std::string digitProgram(const std::vector<DigitLayer> &layers);

/// A module with this program and fresh weights (He et al. 2015) from the random numbers; what is trained is what is saved.
torch::jit::Module makeDigitNetwork(const std::string &name, const std::vector<DigitLayer> &layers, Random &random);

} // namespace assay::trainer
