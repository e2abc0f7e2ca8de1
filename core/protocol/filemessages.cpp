// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/protocol/filemessages.h"

#include "core/protocol/fields.h"

namespace assay::protocol {
namespace {

template <class Visit, Is<FilesRequest> T> void fields(Visit &visit, T &x)
{
    visit("path", x.path, kRequired);
}

template <class Visit, Is<ListedFile> T> void fields(Visit &visit, T &x)
{
    visit("name", x.name, kRequired);
    visit("bytes", x.bytes);
    visit("present", x.present);
}

template <class Visit, Is<FileListing> T> void fields(Visit &visit, T &x)
{
    visit("location", x.location, kRequired);
    visit("name", x.name, kRequired);
    visit("chosenFile", x.chosenFile);
    visit("files", x.files, kRequired);
}

template <class Visit, Is<FilePiece> T> void fields(Visit &visit, T &x)
{
    visit("name", x.name, kRequired);
    visit("offset", x.offset, kRequired);
    visit("bytes", x.bytes, kRequired);
}

template <class Visit, Is<ReadRequest> T> void fields(Visit &visit, T &x)
{
    visit("path", x.path, kRequired);
    visit("pieces", x.pieces, kRequired);
}

template <class Visit, Is<ReadResult> T> void fields(Visit &visit, T &x)
{
    visit("data", x.data, kRequired);
}

} // namespace

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
ASSAY_MESSAGE(FilesRequest, BadParameters)
ASSAY_MESSAGE(FilePiece, BadParameters)
ASSAY_MESSAGE(ReadRequest, BadParameters)
ASSAY_MESSAGE(ListedFile, ProtocolViolation)
ASSAY_MESSAGE(FileListing, ProtocolViolation)
ASSAY_MESSAGE(ReadResult, ProtocolViolation)
#undef ASSAY_MESSAGE

} // namespace assay::protocol
