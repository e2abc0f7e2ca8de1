// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/loadrunner.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace assay {

/// What a level left behind.
struct LevelOutcome
{
    Result<void> result;
    std::vector<RequestRecord> records; ///< in the order in which they came
};

EndpointTarget targetAt(const std::string &url, const std::string &dialect = "vllm");
/// So many pieces are asked for, of a short prompt.
MakeRequest asking(int64_t outputTokens = 16);
LoadLevel closedLevel(int64_t requests, int64_t concurrency = 1);
/// Arrivals every so many ms.
LoadLevel openLevel(int64_t requests, int64_t everyMs);
LevelOutcome runLevel(const EndpointTarget &target, const LoadLevel &level, const MakeRequest &make = asking(), int threads = 1);
/// The only record of one request.
RequestRecord oneRecord(const EndpointTarget &target);
/// The most requests that were open at once, by the records' own moments.
int64_t mostInFlight(const std::vector<RequestRecord> &records);

/// Answers each request with bytes as they are, and closes. For what no server library sends.
class RawServer
{
public:
    using Answer = std::function<std::string(const std::string &request)>;
    /// holdMs: how long a connection stays open after the answer.
    explicit RawServer(Answer answer, int holdMs = 0);
    ~RawServer();
    std::string url() const;
    uint16_t port() const { return m_port; }
    std::vector<std::string> requests() const; ///< that at least began to come

private:
    void serve();
    Answer m_answer;
    int m_holdMs = 0;
    uint16_t m_port = 0; // told by the making of the next one
    int m_listening = -1;
    std::atomic<bool> m_stopped = false;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests;
    std::thread m_thread;
};
/// A listening socket that nobody answers on: connections stay in the kernel's queue.
class DeafServer
{
public:
    DeafServer();
    ~DeafServer();
    uint16_t port() const { return m_port; }

private:
    uint16_t m_port = 0; // told by the making of the next one
    int m_listening = -1;
};
/// A port that nothing listens on.
uint16_t closedPort();

} // namespace assay
