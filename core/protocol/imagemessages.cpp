// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/protocol/imagemessages.h"

#include "core/protocol/fields.h"

namespace assay::protocol {
namespace {

template <class Visit, Is<ClassifyImagesRequest> T> void fields(Visit &visit, T &x)
{
    visit("model", x.model, kRequired);
    visit("images", x.images, kRequired);
    visit("channels", x.channels, kRequired);
    visit("height", x.height, kRequired);
    visit("width", x.width, kRequired);
    visit("top", x.top);
    visit("data", x.data, kRequired);
}

template <class Visit, Is<ImageClasses> T> void fields(Visit &visit, T &x)
{
    visit("classes", x.classes, kRequired);
    visit("probabilities", x.probabilities, kRequired);
}

template <class Visit, Is<ClassifyImagesResult> T> void fields(Visit &visit, T &x)
{
    visit("items", x.items, kRequired);
    visit("seconds", x.seconds);
}

} // namespace

// What assay sends is a request, what the worker sends an answer: they fail with different codes.
#define ASSAY_MESSAGE(Type, code)                                                                            \
    Json toJson(const Type &value)                                                                           \
    {                                                                                                        \
        Writer writer;                                                                                       \
        fields(writer, value);                                                                               \
        return writer.take();                                                                                \
    }                                                                                                        \
    Result<void> fromJson(const Json &json, Type &value)                                                     \
    {                                                                                                        \
        Reader reader(json, ErrorCode::code);                                                                \
        fields(reader, value);                                                                               \
        return reader.result();                                                                              \
    }
ASSAY_MESSAGE(ClassifyImagesRequest, BadParameters)
ASSAY_MESSAGE(ImageClasses, ProtocolViolation)
ASSAY_MESSAGE(ClassifyImagesResult, ProtocolViolation)
#undef ASSAY_MESSAGE

} // namespace assay::protocol
