// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/imagepreparation.h"

namespace assay {

/// What decodes image files from now on; the program says it once, before any is asked for.
void setPictureReader(PictureReader reader);
/// Errors: FileUnreadable, also in a program that decodes none.
Result<Picture> readPicture(const std::filesystem::path &file);

/// How a model's images are prepared: preprocessor_config.json in its folder, or beside its file. Errors: FileMissing, those of
/// reading it and of parseImagePreparation.
Result<ImagePreparation> imagePreparationOf(const std::filesystem::path &model);

} // namespace assay
