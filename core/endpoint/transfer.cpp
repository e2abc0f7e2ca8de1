// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/transfer.h"

#include "core/base/text.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace assay {
namespace {

constexpr size_t kMostHeaderBytes = 256 << 10, kMostRefusal = 64 << 10;
constexpr int kMostRedirects = 3;
// A server that ignores the limit may give more, and some split a token's text; this is neither.
constexpr uint64_t kChunksPerToken = 4, kFurtherChunks = 1000;

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
        text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
        text.remove_suffix(1);
    return text;
}

bool isNamed(std::string_view name, std::string_view lower)
{
    return name.size() == lower.size() && std::equal(name.begin(), name.end(), lower.begin(),
                                                     [](unsigned char a, char b) { return char(std::tolower(a)) == b; });
}

double numberIn(std::string_view text)
{
    double value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

int httpVersion(CURL *easy)
{
    long version = CURL_HTTP_VERSION_NONE;
    curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
    switch (version) {
    case CURL_HTTP_VERSION_1_0:
        return 10;
    case CURL_HTTP_VERSION_1_1:
        return 11;
    case CURL_HTTP_VERSION_2_0:
        return 20;
    case CURL_HTTP_VERSION_3:
        return 30;
    default:
        return 0;
    }
}

} // namespace

Transfer::Transfer(const EndpointTarget &target, const std::string &url, const curl_slist *headers, EventReader &events,
                   TransferThread &thread)
    : m_target(target), m_address(url), m_thread(thread), m_events(events), m_easy(curl_easy_init()), m_reader(events, {})
{
    CURL *easy = m_easy.get();
    setTransport(easy, target, url);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_words.data());
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Transfer::onSend);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
}

Transfer *Transfer::of(CURL *easy)
{
    void *self = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &self);
    return static_cast<Transfer *>(self);
}

void Transfer::begin(RequestRecord record, std::string body, bool keepText)
{
    m_record = std::move(record);
    m_body = std::move(body);
    if (m_url != m_address) {
        m_url = m_address;
        curl_easy_setopt(m_easy.get(), CURLOPT_URL, m_url.c_str());
    }
    curl_easy_setopt(m_easy.get(), CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(m_body.size()));
    curl_easy_setopt(m_easy.get(), CURLOPT_POSTFIELDS, m_body.data());
    m_reader = StreamReader(m_events,
                            {m_target.transport.byteLimit,
                             uint64_t(std::max<int64_t>(m_record.outputTokens, 0)) * kChunksPerToken + kFurtherChunks, keepText});
    m_refusal.clear();
    m_words[0] = '\0';
    m_redirects = m_sends = 0;
    m_headerBytes = 0;
    m_read = 0;
    m_turn = 0;
    m_readEnd = 0;
    m_begun = momentNow();
    enter(Stage::Connecting, m_begun);
}

int64_t Transfer::deadline() const
{
    const Transport &transport = m_target.transport;
    const int64_t sent = m_record.sent == kNever ? m_begun : m_record.sent + m_thread.origin;
    const int64_t last = m_begun + nanoseconds(transport.totalLimit);
    switch (m_stage) {
    case Stage::Connecting:
        return std::min(last, m_begun + nanoseconds(transport.connectLimit));
    case Stage::Waiting:
        return std::min(last, sent + nanoseconds(transport.headerLimit));
    case Stage::Headers:
        return std::min(last, sent + nanoseconds(transport.firstTokenLimit));
    case Stage::Streaming:
        break;
    }
    return std::min(last, m_lastRead + nanoseconds(transport.stallLimit));
}

void Transfer::enter(Stage stage, int64_t now)
{
    m_stage = stage;
    m_lastRead = now;
    m_thread.nextDeadline = std::min(m_thread.nextDeadline, deadline());
}

void Transfer::fail(Failure failure, std::string_view words)
{
    m_record.failure = failure;
    m_record.detail = shortWords(words);
}

int Transfer::onSend(void *self, char *, char *, int, int)
{
    auto &transfer = *static_cast<Transfer *>(self);
    const int64_t now = momentNow();
    RequestRecord &record = transfer.m_record;
    // libcurl sends again by itself where a kept connection turns out to be closed. That would hide a retry.
    if (++transfer.m_sends > 1 + transfer.m_redirects) {
        transfer.fail(Failure::Reset, ASSAY_TEXT("Failure", "the server closed the kept connection"));
        return CURL_PREREQFUNC_ABORT;
    }
    long connections = 0;
    curl_easy_getinfo(transfer.handle(), CURLINFO_NUM_CONNECTS, &connections);
    if (record.sent == kNever) {
        record.sent = transfer.moment(now);
        record.connected = connections > 0 ? record.sent : kNever;
    }
    transfer.m_thread.hostKnown = true;
    transfer.enter(Stage::Waiting, now);
    return CURL_PREREQFUNC_OK;
}

size_t Transfer::onHeader(char *data, size_t size, size_t count, void *self)
{
    auto &transfer = *static_cast<Transfer *>(self);
    const size_t bytes = size * count;
    transfer.m_headerBytes += bytes;
    if (transfer.m_headerBytes > kMostHeaderBytes) {
        transfer.fail(Failure::Endless, ASSAY_TEXT("Failure", "headers without end"));
        return 0;
    }
    transfer.takeHeader({data, bytes});
    return bytes;
}

void Transfer::takeHeader(std::string_view line)
{
    if (line.starts_with("HTTP/")) {
        const int64_t now = momentNow();
        const double status = numberIn(trimmed(line.substr(std::min(line.find(' '), line.size()))));
        m_record.status = status >= 100 && status < 1000 ? int32_t(status) : 0;
        m_record.headers = moment(now);
        m_headerBytes = 0;
        if (m_record.status >= 200)
            enter(Stage::Headers, now);
        return;
    }
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return;
    const std::string_view name = line.substr(0, colon), value = trimmed(line.substr(colon + 1));
    if (isNamed(name, "retry-after-ms"))
        m_record.retryAfterMs = int64_t(std::clamp(numberIn(value), 0.0, 1e9));
    for (const FieldRule &rule : m_events.dialect().headerFields)
        if (isNamed(name, rule.path) && rule.field == EventField::TotalTime && numberIn(value) >= 0)
            m_record.times.total = numberIn(value) * rule.scale;
}

size_t Transfer::onBody(char *data, size_t size, size_t count, void *self)
{
    auto &transfer = *static_cast<Transfer *>(self);
    // One turn may read the socket several times, each time to the beginning of libcurl's buffer.
    const auto begin = reinterpret_cast<uintptr_t>(data);
    if (transfer.m_turn != transfer.m_thread.turn || begin < transfer.m_readEnd) {
        transfer.m_lastRead = momentNow();
        transfer.m_turn = transfer.m_thread.turn;
        transfer.m_readMoment = transfer.moment(transfer.m_lastRead);
        ++transfer.m_read;
    }
    transfer.m_readEnd = begin + size * count;
    return transfer.takeBytes({data, size * count}) ? size * count : 0;
}

bool Transfer::takeBytes(std::string_view bytes)
{
    if (m_record.firstByte == kNever)
        m_record.firstByte = m_readMoment;
    auto add = [](std::atomic<int64_t> &counter, size_t count) {
        counter.store(counter.load(std::memory_order_relaxed) + int64_t(count), std::memory_order_relaxed);
    };
    add(m_thread.bytes, bytes.size());
    if (m_record.status >= 300) {
        m_record.receivedBytes += bytes.size();
        m_refusal.append(bytes.substr(0, kMostRefusal - std::min(kMostRefusal, m_refusal.size())));
        return m_record.receivedBytes <= kMostRefusal;
    }
    const size_t before = m_record.chunks.size();
    const bool good = m_reader.read(bytes, m_readMoment, m_read - 1, m_record);
    add(m_thread.chunks, m_record.chunks.size() - before);
    if (m_stage == Stage::Headers && m_reader.hasText())
        enter(Stage::Streaming, m_lastRead);
    return good;
}

bool Transfer::complete(CURLcode code)
{
    if (code == CURLE_OK && m_record.status >= 300 && m_record.status < 400 && m_redirects < kMostRedirects) {
        if (const auto next = followable(handle(), m_url, true)) {
            ++m_redirects;
            m_url = *next;
            curl_easy_setopt(handle(), CURLOPT_URL, m_url.c_str());
            m_record.status = 0;
            m_record.headers = m_record.firstByte = kNever;
            m_record.receivedBytes = 0;
            m_refusal.clear();
            enter(Stage::Waiting, momentNow());
            return false;
        }
    }
    classify(code);
    end();
    return true;
}

void Transfer::classify(CURLcode code)
{
    const int64_t now = moment(momentNow());
    m_record.httpVersion = m_record.status > 0 ? httpVersion(handle()) : 0;
    curl_off_t seconds = 0;
    curl_easy_getinfo(handle(), CURLINFO_RETRY_AFTER, &seconds); // of a date, too
    if (m_record.retryAfterMs == 0)
        m_record.retryAfterMs = int64_t(std::clamp<curl_off_t>(seconds, 0, 1'000'000)) * 1000;
    if (m_record.failure == Failure::None && m_record.status >= 300) {
        char *next = nullptr;
        curl_easy_getinfo(handle(), CURLINFO_REDIRECT_URL, &next);
        const Failure failure = failureOfStatus(m_record.status, m_refusal);
        const bool redirect = failure == Failure::Redirected && next != nullptr;
        fail(failure, redirect ? std::string(next).substr(0, std::string_view(next).find('?')) : wordsOfError(m_refusal));
        return;
    }
    if (m_record.status >= 200 && m_record.status < 300)
        m_reader.finish(now, m_read, m_record);
    const bool ours = code == CURLE_WRITE_ERROR || code == CURLE_ABORTED_BY_CALLBACK;
    if (code == CURLE_OK || (ours && m_record.failure != Failure::None))
        return;
    const std::string words = m_words[0] != '\0' ? m_words.data() : curl_easy_strerror(code);
    const Failure failure = failureOfTransfer(handle(), code, m_record.sent != kNever, words);
    // A half line says more than that the body was cut; of what the reader misses else, this is the cause.
    if (failure != Failure::CutShort || m_record.failure != Failure::Malformed)
        fail(failure, words);
}

void Transfer::expire()
{
    static constexpr std::pair<Failure, const char *> kStages[] = {
        {Failure::ConnectTimeout, ASSAY_TEXT("Failure", "no connection within the limit")},
        {Failure::HeaderTimeout, ASSAY_TEXT("Failure", "no status line within the limit")},
        {Failure::FirstTokenTimeout, ASSAY_TEXT("Failure", "no text within the limit")},
        {Failure::StallTimeout, ASSAY_TEXT("Failure", "the stream stood still for longer than the limit")},
    };
    const int64_t now = momentNow();
    const bool total = now >= m_begun + nanoseconds(m_target.transport.totalLimit);
    classify(CURLE_OK); // counts of what has come
    const bool complete = m_reader.done() && (m_record.failure == Failure::None || m_record.failure == Failure::NoText);
    if (m_record.status >= 300) { // its failure is told; only its words did not end
        end();
        return;
    }
    if (total)
        fail(Failure::TotalTimeout, ASSAY_TEXT("Failure", "longer than a request may take"));
    else if (!complete) // whoever sends the end mark and keeps the stream open has answered
        fail(kStages[size_t(m_stage)].first, kStages[size_t(m_stage)].second);
    end();
}

void Transfer::cancel()
{
    classify(CURLE_OK);
    fail(Failure::Cancelled, {});
    end();
}

void Transfer::end()
{
    m_record.ended = moment(momentNow());
    if (!m_record.detail.empty())
        m_record.detail = redacted(m_target, std::move(m_record.detail));
    for (std::string *told : {&m_record.text, &m_record.model, &m_record.finish})
        mask(m_target, *told);
}

} // namespace assay
