// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/protocol/messages.h"

/// What is asked of TorchScript modules that take images for classes.
namespace assay::protocol {

namespace method {
inline constexpr const char *kClassifyImages = "classifyImages"; // ClassifyImagesRequest -> ClassifyImagesResult
} // namespace method

/// Images, decoded and prepared as the model wants them: f32[images, channels, height, width].
struct ClassifyImagesRequest
{
    int64_t model = 0;
    int64_t images = 1, channels = 0, height = 0, width = 0;
    int64_t top = 5;  ///< so many of the likeliest classes of each are told
    std::string data; ///< base64 of the numbers, little-endian
};
struct ImageClasses
{
    std::vector<int64_t> classes;      ///< indices, the likeliest first; none where the model gave numbers that are none
    std::vector<double> probabilities; ///< theirs: the softmax of all logits
};
struct ClassifyImagesResult
{
    std::vector<ImageClasses> items;
    double seconds = 0; ///< of the pass
};

inline constexpr uint64_t kMostImageBytes = 16u << 20; ///< of the numbers of one request

#define ASSAY_MESSAGE(Type)                                                                                  \
    Json toJson(const Type &value);                                                                          \
    Result<void> fromJson(const Json &json, Type &value)
ASSAY_MESSAGE(ClassifyImagesRequest);
ASSAY_MESSAGE(ImageClasses);
ASSAY_MESSAGE(ClassifyImagesResult);
#undef ASSAY_MESSAGE

} // namespace assay::protocol
