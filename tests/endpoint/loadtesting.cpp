// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadtesting.h"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace assay {
namespace {

int listening(uint16_t &port)
{
    const int socketFile = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(socketFile, reinterpret_cast<sockaddr *>(&address), size);
    getsockname(socketFile, reinterpret_cast<sockaddr *>(&address), &size);
    port = ntohs(address.sin_port);
    return socketFile;
}

size_t bodyBytes(const std::string &head)
{
    const size_t at = head.find("Content-Length: ");
    return at == std::string::npos ? 0 : size_t(std::stoul(head.substr(at + 16)));
}

/// A whole request, as far as it comes.
std::string readRequest(int connection)
{
    std::string request;
    char bytes[4096];
    for (;;) {
        const size_t head = request.find("\r\n\r\n");
        if (head != std::string::npos && request.size() >= head + 4 + bodyBytes(request.substr(0, head)))
            return request;
        const ssize_t got = recv(connection, bytes, sizeof bytes, 0);
        if (got <= 0)
            return request;
        request.append(bytes, size_t(got));
    }
}

} // namespace

EndpointTarget targetAt(const std::string &url, const std::string &dialect)
{
    EndpointTarget target;
    target.url = url;
    target.dialect = dialect;
    target.model = "mock-model";
    return target;
}

MakeRequest asking(int64_t outputTokens)
{
    return [outputTokens](int64_t index) {
        LoadRequest request;
        request.prompt = "Say number " + std::to_string(index);
        request.outputTokens = outputTokens;
        return std::optional(request);
    };
}

LoadLevel closedLevel(int64_t requests, int64_t concurrency)
{
    LoadLevel level;
    level.requests = requests;
    level.concurrency = concurrency;
    return level;
}

LoadLevel openLevel(int64_t requests, int64_t everyMs)
{
    LoadLevel level;
    level.requests = requests;
    for (int64_t i = 0; i < requests; ++i)
        level.arrivals.push_back(i * everyMs * 1'000'000);
    return level;
}

LevelOutcome runLevel(const EndpointTarget &target, const LoadLevel &level, const MakeRequest &make, int threads)
{
    LoadRunner runner(target, 0, threads);
    LevelOutcome outcome;
    outcome.result = runner.run(level, make, [&](RequestRecord &&record) { outcome.records.push_back(std::move(record)); });
    return outcome;
}

RequestRecord oneRecord(const EndpointTarget &target)
{
    LevelOutcome outcome = runLevel(target, closedLevel(1));
    return outcome.records.size() == 1 ? outcome.records.front() : RequestRecord{};
}

int64_t mostInFlight(const std::vector<RequestRecord> &records)
{
    std::vector<std::pair<int64_t, int>> changes;
    for (const RequestRecord &record : records)
        if (record.sent != kNever) {
            changes.emplace_back(record.sent, 1);
            changes.emplace_back(record.ended, -1);
        }
    std::sort(changes.begin(), changes.end());
    int64_t open = 0, most = 0;
    for (const auto &[at, change] : changes)
        most = std::max(most, open += change);
    return most;
}

RawServer::RawServer(Answer answer, int holdMs) : m_answer(std::move(answer)), m_holdMs(holdMs), m_listening(listening(m_port))
{
    listen(m_listening, 64);
    m_thread = std::thread([this] { serve(); });
}

RawServer::~RawServer()
{
    m_stopped = true;
    m_thread.join();
    close(m_listening);
}

std::string RawServer::url() const
{
    return "http://127.0.0.1:" + std::to_string(m_port);
}

std::vector<std::string> RawServer::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void RawServer::serve()
{
    while (!m_stopped) {
        pollfd waiting{m_listening, POLLIN, 0};
        if (poll(&waiting, 1, 20) <= 0)
            continue;
        const int connection = accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
        const std::string request = readRequest(connection);
        if (request.empty()) { // whoever connects and leaves has asked nothing: a client that does not send again
            close(connection);
            continue;
        }
        {
            const std::lock_guard lock(m_mutex);
            m_requests.push_back(request);
        }
        const std::string answer = m_answer(request);
        for (size_t at = 0; at < answer.size();) {
            const ssize_t put = send(connection, answer.data() + at, answer.size() - at, MSG_NOSIGNAL);
            if (put <= 0)
                break;
            at += size_t(put);
        }
        pollfd held{connection, POLLRDHUP, 0};
        poll(&held, m_holdMs > 0 ? 1 : 0, m_holdMs);
        close(connection);
    }
}

DeafServer::DeafServer() : m_listening(listening(m_port))
{
    listen(m_listening, 8);
}

DeafServer::~DeafServer()
{
    close(m_listening);
}

uint16_t closedPort()
{
    uint16_t port = 0;
    close(listening(port));
    return port;
}

} // namespace assay
