// SPDX-License-Identifier: GPL-3.0-or-later
// Asking a model that takes images for classes.
#include "core/protocol/base64.h"
#include "core/service/background.h"
#include "core/service/evaluatestate.h"
#include "core/service/imagefiles.h"

namespace assay {
namespace {

constexpr int64_t kTold = 10; // of the likeliest classes

using Prepared = std::vector<Result<PreparedImage>>;

Prepared prepare(const std::vector<std::filesystem::path> &files, const ImagePreparation &preparation)
{
    Prepared out;
    uint64_t bytes = 0;
    for (const std::filesystem::path &file : files) {
        out.push_back(readPicture(file).and_then([&](const Picture &picture) { return prepareImage(picture, preparation); }));
        bytes += out.back() ? out.back()->values.size() * sizeof(float) : 0;
        // The last one must not take the request over its limit; it comes with the next.
        if (bytes > protocol::kMostImageBytes && out.size() > 1) {
            out.pop_back();
            break;
        }
    }
    return out;
}

/// Those from the first on that have the shape of the first one which could be read.
protocol::ClassifyImagesRequest requestOf(Prepared &images)
{
    protocol::ClassifyImagesRequest request;
    request.images = 0;
    request.top = kTold;
    std::vector<float> values;
    for (size_t i = 0; i < images.size(); ++i) {
        if (!images[i])
            continue;
        const PreparedImage &image = *images[i];
        if (request.images > 0 && (image.channels != request.channels || image.height != request.height || image.width != request.width)) {
            images.erase(images.begin() + std::ptrdiff_t(i), images.end());
            break;
        }
        request.channels = image.channels;
        request.height = image.height;
        request.width = image.width;
        ++request.images;
        values.insert(values.end(), image.values.begin(), image.values.end());
    }
    request.data = protocol::toBase64(std::as_bytes(std::span(values)));
    return request;
}

} // namespace

/// Whether the subject takes images, and how it wants them.
std::optional<Error> EvaluateJob::prepareForImages()
{
    if (!backend().capabilities().images)
        return Error{ErrorCode::WrongTask, {subject().name, ASSAY_TEXT("Reason", "a model of texts"), ASSAY_TEXT("Reason", "classify images"), "assay evaluate --suite"}, {}};
    auto preparation = imagePreparationOf(subject().path);
    if (!preparation)
        return preparation.error();
    d->protocol.preparation = preparation->text();
    d->preparation = std::move(*preparation);
    return std::nullopt;
}

void EvaluateJob::classifyImages(size_t count)
{
    std::vector<std::filesystem::path> files;
    for (size_t i = d->next; i < d->next + count; ++i)
        files.push_back(d->item(d->rows[i]).image);
    const auto work = [files, preparation = d->preparation]() -> Result<Prepared> { return prepare(files, preparation); };
    inBackground(this, work, then<Prepared>([this](Prepared images) { askForClasses(std::move(images)); }));
}

void EvaluateJob::askForClasses(Prepared images)
{
    protocol::ClassifyImagesRequest request = requestOf(images);
    const auto answers = [this, images](const protocol::ClassifyImagesResult &result) {
        size_t place = 0;
        for (const auto &image : images) {
            if (!image) {
                refused(d->rows[d->next], image.error());
                ++d->next;
                continue;
            }
            Answer given;
            given.classes = result.items[place].classes;
            given.probabilities = result.items[place++].probabilities;
            given.seconds = result.seconds / double(result.items.size());
            addNext(std::move(given));
        }
        goOn();
    };
    const auto handle = [this, count = images.size()](const Error &error) {
        if (endsBackend(error.code))
            return survive(error, count);
        if (count == 1)
            refuseNext(error);
        else
            askOneByOne(count);
        return true;
    };
    if (request.images == 0)
        return answers({});
    backend().classifyImages(std::move(request), then<protocol::ClassifyImagesResult>(answers, handle));
}

} // namespace assay
