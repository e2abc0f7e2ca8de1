// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/imagefiles.h"

#include "core/base/file.h"

namespace assay {
namespace {

constexpr uint64_t kLargestConfig = 1 << 20;

PictureReader &reader()
{
    static PictureReader it;
    return it;
}

} // namespace

void setPictureReader(PictureReader fresh)
{
    reader() = std::move(fresh);
}

Result<Picture> readPicture(const std::filesystem::path &file)
{
    if (!reader())
        return failure(ErrorCode::FileUnreadable, {file.string(), ASSAY_TEXT("Reason", "this program decodes no images")});
    return reader()(file);
}

Result<ImagePreparation> imagePreparationOf(const std::filesystem::path &model)
{
    std::error_code ignored;
    const std::filesystem::path folder = std::filesystem::is_directory(model, ignored) ? model : model.parent_path();
    const std::filesystem::path file = folder / "preprocessor_config.json";
    return readWholeFile(file, kLargestConfig).and_then([&](const std::string &text) { return parseImagePreparation(text, file.string()); });
}

} // namespace assay
