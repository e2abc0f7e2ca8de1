// SPDX-License-Identifier: GPL-3.0-or-later
// How images are prepared: whatever a preprocessor_config.json says, a picture is prepared within bounds or not at all.
#include "core/evaluate/imagepreparation.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using namespace assay;
    const auto preparation = parseImagePreparation({reinterpret_cast<const char *>(data), size}, "fuzz");
    // Large ones take long, and differ in nothing else.
    constexpr int kMost = 64;
    if (!preparation || preparation->width > kMost || preparation->height > kMost || preparation->shortestEdge > kMost
        || preparation->cropWidth > kMost || preparation->cropHeight > kMost)
        return 0;
    const auto image = prepareImage({3, 2, {0, 50, 100, 150, 200, 250, 255, 3, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41}}, *preparation);
    if (!image || image->values.size() != size_t(image->channels) * size_t(image->height) * size_t(image->width))
        std::abort();
    return 0;
}
