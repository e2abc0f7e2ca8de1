// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that are no stream in time: whole bodies, refusals, drips, the endless ones.
#include "core/mock/reply.h"

#include <algorithm>

namespace assay {

namespace {

const char *reasonOf(int status)
{
    switch (status) {
    case 200: return "OK";
    case 307: return "Temporary Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 422: return "Unprocessable Entity";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    default: return "Unknown";
    }
}

struct ServerHeaders
{
    MockServer server;
    const char *lines;
};
const ServerHeaders kServerHeaders[] = {
    {MockServer::LlamaCpp, "Server: llama.cpp\r\nAccess-Control-Allow-Origin: \r\n"},
    {MockServer::Vllm, "Server: uvicorn\r\n"},
    {MockServer::SgLang, "Server: uvicorn\r\n"},
    {MockServer::OpenAi,
     "openai-organization: org-example\r\nopenai-processing-ms: 1\r\nopenai-version: 2020-10-01\r\nx-request-id: req_0123456789abcdef\r\n"
     "x-ratelimit-limit-requests: 10000\r\nx-ratelimit-limit-tokens: 200000\r\nx-ratelimit-remaining-requests: 9999\r\n"
     "x-ratelimit-remaining-tokens: 199980\r\nx-ratelimit-reset-requests: 8.64s\r\nx-ratelimit-reset-tokens: 6ms\r\n"},
    {MockServer::Anthropic,
     "request-id: req_0123456789abcdef\r\nanthropic-ratelimit-requests-limit: 1000\r\nanthropic-ratelimit-requests-remaining: 999\r\n"},
};

} // namespace

std::string headOf(const MockScript &script, int status, std::string_view contentType, std::optional<size_t> length, bool keepAlive,
                   std::string_view furtherHeaders)
{
    std::string out = "HTTP/1.1 " + std::to_string(status) + ' ' + reasonOf(status) + "\r\n";
    for (const ServerHeaders &headers : kServerHeaders) {
        if (headers.server == script.server)
            out += headers.lines;
    }
    out += "Content-Type: ";
    out += contentType;
    out += length ? "\r\nContent-Length: " + std::to_string(*length) : std::string("\r\nTransfer-Encoding: chunked");
    out += keepAlive ? "\r\nConnection: keep-alive\r\n" : "\r\nConnection: close\r\n";
    out += furtherHeaders;
    return out + "\r\n";
}

std::string wholeReply(const MockScript &script, int status, std::string_view contentType, std::string_view body, bool keepAlive,
                       std::string_view furtherHeaders)
{
    return headOf(script, status, contentType, body.size(), keepAlive, furtherHeaders).append(body);
}

void MockReply::answerEarly(Step &step)
{
    std::string body, further;
    const char *type = "application/json";
    int status = 200;
    if (m_script->fault == MockFault::Html) {
        body = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Please sign in to the network</h1></body></html>\n";
        type = "text/html; charset=utf-8";
    } else if (m_script->fault == MockFault::Redirect) {
        status = 307;
        further = "Location: " + m_script->redirectTo + "\r\n";
    } else {
        status = m_script->fault == MockFault::Status ? m_script->status : 200;
        if (m_script->retryAfter > 0)
            further = "Retry-After: " + std::to_string(m_script->retryAfter) + "\r\n";
        m_writer->error(m_answer, status == 200 ? 500 : status, "the mock was told to refuse", false, body);
    }
    step.bytes = wholeReply(*m_script, status, type, body, m_keepAlive, further);
    step.then = m_keepAlive ? Then::End : Then::Close;
}

/// Everything at the moment when the last piece would have been made.
void MockReply::answerWhole(Step &step)
{
    const int64_t ready = m_start + m_answer.promptNs + m_answer.decodeNs;
    if (m_due < ready) {
        m_due = ready;
        return;
    }
    std::string body = hit(MockFault::BadJson) ? "{\"id\": nonsense}" : wholeBody();
    if (hit(MockFault::Endless)) {
        step.bytes = head("application/json", std::nullopt);
        frame(body.substr(0, body.size() / 2), false, step.bytes);
        m_next = m_total;
        m_phase = Phase::Pieces;
        return;
    }
    if (hit(MockFault::HalfLine) || hit(MockFault::NoEndMark))
        body.resize(body.size() / 2);
    const size_t length = hit(MockFault::ShortLength) ? body.size() + 64 : hit(MockFault::LongLength) ? body.size() / 2 : body.size();
    step.bytes = head("application/json", length);
    const bool broken = hit(MockFault::Reset) || hit(MockFault::CloseEarly) || hit(MockFault::StallInStream);
    step.bytes.append(body, 0, broken ? body.size() / 2 : body.size());
    if (!broken)
        step.pieces = m_total > 0;
    if (hit(MockFault::StallInStream)) {
        m_phase = Phase::Held;
        m_due = kNever;
        return;
    }
    step.then = hit(MockFault::Reset) ? Then::Reset : broken || !m_keepAlive || hit(MockFault::ShortLength) ? Then::Close : Then::End;
}

void MockReply::prepareDrip()
{
    if (m_answer.query.stream) {
        m_bytes = head(m_writer->streamType, std::nullopt);
        std::string body;
        appendOpening(body);
        frame(body, false, m_bytes);
        for (int64_t i = 0; i < m_total; ++i) {
            body.clear();
            m_writer->piece(m_answer, pieceAt(i), body);
            frame(body, false, m_bytes);
            m_ends.push_back(m_bytes.size() - 2); // the chunk's own line end says nothing new
        }
        body.clear();
        m_writer->close(m_answer, body);
        frame(body, true, m_bytes);
    } else {
        const std::string body = wholeBody();
        m_bytes = head("application/json", body.size()) + body;
        m_ends.push_back(m_bytes.size());
    }
    m_phase = Phase::Bytes;
}

void MockReply::dripByte(Step &step)
{
    step.bytes = m_bytes[m_sent++];
    step.pieces = std::binary_search(m_ends.begin(), m_ends.end(), m_sent);
    m_due += std::max<int64_t>(int64_t(m_script->dripGap * 1e9), 0);
    if (m_sent == m_bytes.size())
        step.then = m_keepAlive ? Then::End : Then::Close;
}

} // namespace assay
