// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/imagepreparation.h"

namespace assay {

/// Decodes any image that Qt knows (PNG, JPEG, BMP, GIF, PGM; others by its plugins), as it stands in the file: no rotation that it
/// asks for, transparency over black. Errors: FileUnreadable, also for an image of more than a quarter of a gigabyte.
Result<Picture> decodePicture(const std::filesystem::path &file);

} // namespace assay
