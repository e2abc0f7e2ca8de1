// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/curlhandle.h"
#include "core/endpoint/streamreader.h"

#include <array>
#include <atomic>
#include <string>

namespace assay {

/// What all transfers of one thread share; its thread alone writes it.
struct TransferThread
{
    int64_t origin = 0;       ///< moments of records count from here
    uint64_t turn = 0;        ///< a number for each time that libcurl is let read: what comes in it shares its moment
    int64_t nextDeadline = 0; ///< not later than the earliest of all
    bool hostKnown = true;    ///< its name was looked up, or need not be
    std::atomic<int64_t> chunks = 0, bytes = 0;
};

/// One try of a request under way in libcurl: times, bytes and what became of it go into its record. Used again and again.
class Transfer
{
public:
    Transfer(const EndpointTarget &target, const std::string &url, const curl_slist *headers, EventReader &events,
             TransferThread &thread);
    Transfer(const Transfer &) = delete;
    Transfer &operator=(const Transfer &) = delete;
    CURL *handle() const { return m_easy.get(); }
    static Transfer *of(CURL *easy);

    /// Prepares the handle for this request; whoever runs the loop adds it to libcurl then.
    void begin(RequestRecord record, std::string body, bool keepText);
    /// libcurl is done with it. False: a redirect within the server; the handle is to be added again.
    bool complete(CURLcode code);
    /// Ends it from our side, the handle removed from libcurl before: at a limit, or cancelled.
    void expire();
    void cancel();
    int64_t deadline() const; ///< ns of the monotonic clock
    std::string takeBody() { return std::move(m_body); }
    RequestRecord takeRecord() { return std::move(m_record); }
    /// Where its owner keeps it.
    size_t place() const { return m_place; }
    void setPlace(size_t place) { m_place = place; }

private:
    enum class Stage : unsigned char { Connecting, Waiting, Headers, Streaming };
    static int onSend(void *self, char *, char *, int, int);
    static size_t onHeader(char *data, size_t size, size_t count, void *self);
    static size_t onBody(char *data, size_t size, size_t count, void *self);
    void takeHeader(std::string_view line);
    bool takeBytes(std::string_view bytes);
    void enter(Stage stage, int64_t now);
    void fail(Failure failure, std::string_view words);
    void classify(CURLcode code);
    void end();
    int64_t moment(int64_t now) const { return now - m_thread.origin; }

    const EndpointTarget &m_target;
    const std::string &m_address;
    TransferThread &m_thread;
    EventReader &m_events;
    CurlEasy m_easy;
    StreamReader m_reader;
    RequestRecord m_record;
    std::string m_body, m_url, m_refusal; ///< the request's body; where it goes now; the body of a status of 300 and above
    std::array<char, CURL_ERROR_SIZE> m_words{};
    Stage m_stage = Stage::Connecting;
    int64_t m_begun = 0, m_lastRead = 0, m_readMoment = 0;
    uint64_t m_turn = 0;
    uintptr_t m_readEnd = 0; ///< behind the last bytes that libcurl gave
    uint32_t m_read = 0;
    int m_redirects = 0, m_sends = 0;
    size_t m_headerBytes = 0, m_place = 0;
};

} // namespace assay
