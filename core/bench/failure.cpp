// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/failure.h"

#include "core/base/text.h"

namespace assay {

const std::vector<FailureDefinition> &failureDefinitions()
{
    using F = Failure;
    // clang-format off
    static const std::vector<FailureDefinition> definitions{
        {F::None, "none", ASSAY_TEXT("Failure", "Answered"),
         ASSAY_TEXT("Failure", "The answer came to its end.")},
        {F::Dns, "dns", ASSAY_TEXT("Failure", "Host not known"),
         ASSAY_TEXT("Failure", "The name of the host could not be resolved.")},
        {F::Refused, "refused", ASSAY_TEXT("Failure", "Connection refused"),
         ASSAY_TEXT("Failure", "The host is there, but nothing listens at this port.")},
        {F::Unreachable, "unreachable", ASSAY_TEXT("Failure", "Not reachable"),
         ASSAY_TEXT("Failure", "There is no way to the host, or the network is down.")},
        {F::Tls, "tls", ASSAY_TEXT("Failure", "TLS failed"),
         ASSAY_TEXT("Failure", "The certificate was not accepted, or the handshake failed.")},
        {F::ConnectTimeout, "connect_timeout", ASSAY_TEXT("Failure", "No connection in time"),
         ASSAY_TEXT("Failure", "The host did not take the connection within the limit.")},
        {F::HeaderTimeout, "header_timeout", ASSAY_TEXT("Failure", "No status in time"),
         ASSAY_TEXT("Failure", "The request was sent, but no status line came within the limit.")},
        {F::FirstTokenTimeout, "first_token_timeout", ASSAY_TEXT("Failure", "No text in time"),
         ASSAY_TEXT("Failure", "The answer began, but no generated text came within the limit.")},
        {F::StallTimeout, "stall_timeout", ASSAY_TEXT("Failure", "Stream stood still"),
         ASSAY_TEXT("Failure", "Text came, and then nothing more within the limit.")},
        {F::TotalTimeout, "total_timeout", ASSAY_TEXT("Failure", "Not done in time"),
         ASSAY_TEXT("Failure", "The whole request took longer than the limit.")},
        {F::Reset, "reset", ASSAY_TEXT("Failure", "Connection lost"),
         ASSAY_TEXT("Failure", "The connection was reset or lost before the answer's end.")},
        {F::Unauthorized, "unauthorized", ASSAY_TEXT("Failure", "Not allowed (401, 403)"),
         ASSAY_TEXT("Failure", "The server wants a key, or this key may not do that.")},
        {F::NotFound, "not_found", ASSAY_TEXT("Failure", "Not found (404, 405)"),
         ASSAY_TEXT("Failure", "The server knows no such address, model or method.")},
        {F::TooLarge, "too_large", ASSAY_TEXT("Failure", "Too long (413)"),
         ASSAY_TEXT("Failure", "The request is larger than the server takes, or the prompt longer than the context.")},
        {F::RateLimited, "rate_limited", ASSAY_TEXT("Failure", "Rate limited (429)"),
         ASSAY_TEXT("Failure", "The server takes no more requests or tokens of this key for now.")},
        {F::Rejected, "rejected", ASSAY_TEXT("Failure", "Rejected (4xx)"),
         ASSAY_TEXT("Failure", "The server does not accept the request as it is.")},
        {F::ServerError, "server_error", ASSAY_TEXT("Failure", "Server error (5xx)"),
         ASSAY_TEXT("Failure", "The server failed while it worked on the request.")},
        {F::Overloaded, "overloaded", ASSAY_TEXT("Failure", "Overloaded (503, 529)"),
         ASSAY_TEXT("Failure", "The server says that it has too much to do.")},
        {F::Redirected, "redirected", ASSAY_TEXT("Failure", "Redirected elsewhere"),
         ASSAY_TEXT("Failure", "The server sends the request to another host, where it was not followed.")},
        {F::NotTheProtocol, "not_the_protocol", ASSAY_TEXT("Failure", "Another protocol"),
         ASSAY_TEXT("Failure", "What came is neither JSON nor a stream of events: a web page, perhaps of a proxy.")},
        {F::Malformed, "malformed", ASSAY_TEXT("Failure", "Malformed answer"),
         ASSAY_TEXT("Failure", "The answer is broken: its JSON, its text or its compression.")},
        {F::CutShort, "cut_short", ASSAY_TEXT("Failure", "Cut short"),
         ASSAY_TEXT("Failure", "The answer ended before its declared length or without its end mark.")},
        {F::Endless, "endless", ASSAY_TEXT("Failure", "Without end"),
         ASSAY_TEXT("Failure", "The answer was longer than a request may give, and was given up.")},
        {F::ErrorInStream, "error_in_stream", ASSAY_TEXT("Failure", "Error within the answer"),
         ASSAY_TEXT("Failure", "The status was 200, but the answer told of an error.")},
        {F::NoText, "no_text", ASSAY_TEXT("Failure", "No text"),
         ASSAY_TEXT("Failure", "The answer was well-formed, but no generated text was in it.")},
        {F::Cancelled, "cancelled", ASSAY_TEXT("Failure", "Cancelled"),
         ASSAY_TEXT("Failure", "Ended from here: by the user, a limit of the plan or the end of the time.")},
    };
    // clang-format on
    return definitions;
}

const FailureDefinition &definitionOf(Failure failure)
{
    const auto &definitions = failureDefinitions();
    return definitions[size_t(failure) < definitions.size() ? size_t(failure) : size_t(Failure::Malformed)];
}

Failure failureFromId(std::string_view id)
{
    for (const FailureDefinition &definition : failureDefinitions()) {
        if (id == definition.id)
            return definition.failure;
    }
    return Failure::Count_;
}

} // namespace assay
