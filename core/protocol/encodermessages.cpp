// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/protocol/encodermessages.h"

#include "core/protocol/fields.h"

namespace assay::protocol {
namespace {

template <class Visit, Is<EncoderItem> T> void fields(Visit &visit, T &x)
{
    visit("text", x.text);
    visit("pair", x.pair);
    visit("ids", x.ids);
    visit("types", x.types);
    visit("truncate", x.truncate);
}

template <class Visit, Is<EncodeRequest> T> void fields(Visit &visit, T &x)
{
    visit("model", x.model, kRequired);
    visit("items", x.items, kRequired);
    visit("pooling", x.pooling);
    visit("normalise", x.normalise);
    visit("states", x.states);
}

template <class Visit, Is<EncodedItem> T> void fields(Visit &visit, T &x)
{
    visit("tokens", x.tokens);
    visit("truncated", x.truncated);
    visit("vector", x.vector, kRequired);
}

template <class Visit, Is<ClassifyRequest> T> void fields(Visit &visit, T &x)
{
    visit("model", x.model, kRequired);
    visit("items", x.items, kRequired);
}

template <class Visit, Is<ClassifiedItem> T> void fields(Visit &visit, T &x)
{
    visit("tokens", x.tokens);
    visit("truncated", x.truncated);
    visit("logits", x.logits, kRequired);
    visit("values", x.values, kRequired);
}

template <class Visit, Is<FillRequest> T> void fields(Visit &visit, T &x)
{
    visit("model", x.model, kRequired);
    visit("items", x.items, kRequired);
    visit("mask", x.mask);
    visit("top", x.top);
}

template <class Visit, Is<FilledItem> T> void fields(Visit &visit, T &x)
{
    visit("tokens", x.tokens);
    visit("truncated", x.truncated);
    visit("positions", x.positions, kRequired);
    visit("fillers", x.fillers, kRequired);
}

template <class Visit, Is<EncodeResult> T> void fields(Visit &visit, T &x)
{
    visit("items", x.items, kRequired);
    visit("seconds", x.seconds);
    visit("pooling", x.pooling);
    visit("normalised", x.normalised);
}

template <class T>
concept ResultOfItems = Is<T, ClassifyResult> || Is<T, FillResult>;
template <class Visit, ResultOfItems T> void fields(Visit &visit, T &x)
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
ASSAY_MESSAGE(EncoderItem, BadParameters)
ASSAY_MESSAGE(EncodeRequest, BadParameters)
ASSAY_MESSAGE(ClassifyRequest, BadParameters)
ASSAY_MESSAGE(FillRequest, BadParameters)
ASSAY_MESSAGE(EncodedItem, ProtocolViolation)
ASSAY_MESSAGE(EncodeResult, ProtocolViolation)
ASSAY_MESSAGE(ClassifiedItem, ProtocolViolation)
ASSAY_MESSAGE(ClassifyResult, ProtocolViolation)
ASSAY_MESSAGE(FilledItem, ProtocolViolation)
ASSAY_MESSAGE(FillResult, ProtocolViolation)
#undef ASSAY_MESSAGE

} // namespace assay::protocol
