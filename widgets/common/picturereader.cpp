// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/picturereader.h"

#include <QFile>
#include <QImageReader>

namespace assay {
namespace {

constexpr int kMostMegabytes = 256;

} // namespace

Result<Picture> decodePicture(const std::filesystem::path &file)
{
    QImageReader::setAllocationLimit(kMostMegabytes);
    QImageReader reader(QFile::decodeName(file.c_str()));
    // Names lie: what is in the file decides.
    reader.setDecideFormatFromContent(true);
    const QImage image = reader.read();
    if (image.isNull())
        return failure(ErrorCode::FileUnreadable, {file.string(), reader.errorString().toStdString()});
    // What is multiplied by its opacity is what is seen over black.
    const QImage colours = image.convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    if (colours.isNull())
        return failure(ErrorCode::FileUnreadable, {file.string(), ASSAY_TEXT("Reason", "it takes too much memory")});
    Picture out{colours.width(), colours.height(), {}};
    out.values.reserve(size_t(out.width) * size_t(out.height) * 3);
    for (int y = 0; y < out.height; ++y) {
        const uchar *pixel = colours.constScanLine(y);
        for (int x = 0; x < out.width; ++x, pixel += 4)
            out.values.insert(out.values.end(), pixel, pixel + 3);
    }
    return out;
}

} // namespace assay
