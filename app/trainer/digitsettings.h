// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace assay::trainer {

/// A convolution of 3 by 3 pixels and a ReLU.
struct DigitLayer
{
    int64_t channels = 0;
    bool separable = false; ///< depthwise, then pointwise (Howard et al. 2017), each with a ReLU
    bool pool = false;      ///< then the largest of 2 by 2
};

/// Layers, the mean over the picture, and one linear layer to the classes.
struct DigitModelSettings
{
    std::vector<DigitLayer> layers;
    int epochs = 0;
    std::string teacher; ///< a model that is trained before; empty: none
    double temperature = 1;
    double softShare = 0; ///< of the T^2-scaled KL in the loss; the rest is cross-entropy
};

/// resources/samples/digits/settings.json
struct DigitSettings
{
    uint64_t seed = 0;
    int threads = 0;
    int testEvery = 0; ///< of each digit's images every nth is for testing
    int batch = 0;
    int shift = 0; ///< pixels that a training image is moved by at most
    double rate = 0, finalRate = 0;
    int warmUp = 0; ///< steps
    double beta1 = 0, beta2 = 0, epsilon = 0;
    std::map<std::string, DigitModelSettings> models;
};
Result<DigitSettings> readDigitSettings(const std::filesystem::path &path);

} // namespace assay::trainer
