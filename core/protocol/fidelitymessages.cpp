// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/protocol/fidelitymessages.h"

#include "core/protocol/fields.h"

namespace assay::protocol {
namespace {

template <class Visit, Is<VocabularyResult> T> void fields(Visit &visit, T &x)
{
    visit("rows", x.rows, kRequired);
    visit("pieces", x.pieces, kRequired);
    visit("added", x.added, kRequired);
}

template <class Visit, Is<FidelityRequest> T> void fields(Visit &visit, T &x)
{
    visit("model", x.model, kRequired);
    visit("reference", x.reference);
    visit("ids", x.ids, kRequired);
    visit("first", x.first, kRequired);
    visit("vocabulary", x.vocabulary);
    visit("temperature", x.temperature);
}

template <class Visit, Is<FidelityResult> T> void fields(Visit &visit, T &x)
{
    visit("divergence", x.divergence, kRequired);
    visit("nll_reference", x.nllReference, kRequired);
    visit("nll_other", x.nllOther, kRequired);
    visit("softened", x.softened);
    visit("same_top", x.sameTop, kRequired);
    visit("seconds", x.seconds);
}

template <class Visit, Is<BaseRowsRequest> T> void fields(Visit &visit, T &x)
{
    visit("model", x.model, kRequired);
    visit("ids", x.ids, kRequired);
    visit("first", x.first, kRequired);
    visit("form", x.form, kRequired);
    visit("vocabulary", x.vocabulary, kRequired);
    visit("top", x.top);
}

template <class Visit, Is<BaseRowsResult> T> void fields(Visit &visit, T &x)
{
    visit("rows", x.rows, kRequired);
    visit("seconds", x.seconds);
}

template <class Visit, Is<UseRowsRequest> T> void fields(Visit &visit, T &x)
{
    visit("form", x.form, kRequired);
    visit("vocabulary", x.vocabulary, kRequired);
    visit("top", x.top);
    visit("begin", x.begin, kRequired);
    visit("data", x.data, kRequired);
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
ASSAY_MESSAGE(VocabularyResult, ProtocolViolation)
ASSAY_MESSAGE(FidelityRequest, BadParameters)
ASSAY_MESSAGE(FidelityResult, ProtocolViolation)
ASSAY_MESSAGE(BaseRowsRequest, BadParameters)
ASSAY_MESSAGE(BaseRowsResult, ProtocolViolation)
ASSAY_MESSAGE(UseRowsRequest, BadParameters)
#undef ASSAY_MESSAGE

} // namespace assay::protocol
