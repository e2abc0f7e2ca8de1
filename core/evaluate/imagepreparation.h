// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// A decoded image: red, green, blue, row by row.
struct Picture
{
    int width = 0, height = 0;
    std::vector<uint8_t> values; ///< 3 each pixel
};

/// Decodes an image file. The program supplies it: nothing here knows an image format. Errors: FileUnreadable.
using PictureReader = std::function<Result<Picture>(const std::filesystem::path &)>;

/// How images come to a model, as the image processors of Hugging Face say it (preprocessor_config.json).
struct ImagePreparation
{
    enum class Filter { Nearest, Bilinear, Bicubic }; ///< Pillow's, which average over the pixels that become one
    Filter filter = Filter::Bilinear;
    int shortestEdge = 0;                    ///< the shorter side becomes so long; 0: width and height decide
    int width = 0, height = 0;               ///< both sides become so long; 0: nothing is resized
    int cropWidth = 0, cropHeight = 0;       ///< cut out of the middle, black beyond the border; 0: nothing is
    double factor = 1.0 / 255;               ///< of each value from 0 to 255
    std::vector<double> mean{0}, deviation{1}; ///< of each channel: one is grey (ITU-R 601-2), three are red, green and blue

    /// In one line, for the card of a run: "224x224 bilinear, x 0.00392157, mean 0.13, deviation 0.31".
    std::string text() const;
    bool operator==(const ImagePreparation &) const = default;
};

/// Reads the text of a preprocessor_config.json. Errors: JsonDamaged; InputInvalid with what is not supported or out of range.
Result<ImagePreparation> parseImagePreparation(std::string_view text, const std::string &name);

/// The numbers for a model, [channels, height, width].
struct PreparedImage
{
    int channels = 0, height = 0, width = 0;
    std::vector<float> values;
};
/// InputInvalid for a picture without pixels.
Result<PreparedImage> prepareImage(const Picture &picture, const ImagePreparation &preparation);

} // namespace assay
