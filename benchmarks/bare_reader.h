// SPDX-License-Identifier: GPL-3.0-or-later
// The least that any client of many streams does: one recv() for each piece that arrives, found by epoll, nothing parsed and
// nothing kept. What a client takes beyond this is its own; below it none can go.
#pragma once

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <string>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace assay::benchmarks {

/// What a bare reader did: calls of recv() that brought bytes, and the processor time of its thread in all, in seconds.
struct BareReading
{
    int64_t reads = 0;
    double processor = 0;
};

inline double threadSeconds()
{
    rusage used{};
    getrusage(RUSAGE_THREAD, &used);
    return double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + double(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/// A socket with the request sent; -1: the server did not take it.
inline int askBare(uint16_t port, int64_t pieces)
{
    const std::string body = R"({"model":"mock-model","stream":true,"max_tokens":)" + std::to_string(pieces) +
                             R"(,"messages":[{"role":"user","content":"bare"}]})";
    const std::string request = "POST /v1/chat/completions HTTP/1.1\r\nHost: mock\r\nConnection: close\r\nContent-Type: application/json\r\n"
                                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int stream = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (stream >= 0 && connect(stream, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0 &&
        send(stream, request.data(), request.size(), 0) == ssize_t(request.size()))
        return stream;
    if (stream >= 0)
        close(stream);
    return -1;
}

/// Reads `streams` answers of `pieces` pieces each from a mock on this port, asked `spread` seconds apart in all, to their ends.
inline BareReading readBare(uint16_t port, int64_t streams, int64_t pieces, double spread)
{
    const int events = epoll_create1(EPOLL_CLOEXEC);
    int64_t open = 0;
    for (int64_t i = 0; i < streams; ++i) {
        const int stream = askBare(port, pieces);
        epoll_event wanted{};
        wanted.events = EPOLLIN;
        wanted.data.fd = stream;
        open += stream >= 0 && epoll_ctl(events, EPOLL_CTL_ADD, stream, &wanted) == 0;
        usleep(useconds_t(spread / double(streams) * 1e6));
    }
    BareReading result;
    const double began = threadSeconds();
    std::array<epoll_event, 512> ready;
    std::vector<char> bytes(64 * 1024);
    constexpr int kPatienceMilliseconds = 10'000;
    while (open > 0) {
        const int count = epoll_wait(events, ready.data(), int(ready.size()), kPatienceMilliseconds);
        if (count <= 0)
            break;
        for (int i = 0; i < count; ++i) {
            const int stream = ready[size_t(i)].data.fd;
            const ssize_t got = recv(stream, bytes.data(), bytes.size(), MSG_DONTWAIT);
            result.reads += got > 0;
            if (got == 0) {
                close(stream);
                --open;
            }
        }
    }
    result.processor = threadSeconds() - began;
    close(events);
    return result;
}

} // namespace assay::benchmarks
