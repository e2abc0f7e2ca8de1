// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/mock/hooks.h"
#include "core/mock/script.h"

#include <memory>
#include <string>
#include <vector>

namespace assay {

/// What the mock did for one request: moments in ns of CLOCK_MONOTONIC, taken just before the bytes go to the socket.
struct MockRequest
{
    int64_t number = 0;               ///< in the order of arrival
    std::string method, path, body;   ///< body: the first 64 KiB
    std::vector<std::pair<std::string, std::string>> headers;
    int64_t received = 0;             ///< its last byte was read
    std::vector<int64_t> chunks;      ///< when each piece of text was written
    MockFault fault = MockFault::None; ///< that its answer got
    int64_t connection = 0;           ///< the same for requests over one kept connection
    int64_t ended = 0;                ///< its last byte was given to the socket, or it was given up; 0: it goes on
};

/// A server of our own on 127.0.0.1 that speaks every dialect and does exactly what its script says: timings, faults and lies.
/// One thread; sockets are its own, since it must be able to break HTTP itself, which no server library does.
class MockEndpoint
{
public:
    explicit MockEndpoint(MockScript script = {});
    ~MockEndpoint();
    MockEndpoint(const MockEndpoint &) = delete;
    MockEndpoint &operator=(const MockEndpoint &) = delete;

    /// On a free port, unless one is given. Error: ServerUnreachable with the system's words.
    Result<void> start(uint16_t port = 0);
    uint16_t port() const;
    std::string url() const;             ///< "http://127.0.0.1:PORT"
    void setScript(MockScript script);   ///< for requests that come from now on
    void setHooks(MockHooks hooks);      ///< likewise
    std::vector<MockRequest> requests() const;
    /// How many were answered, without the copying of requests().
    int64_t answered() const;
    /// Processor time of its thread so far, seconds.
    double processorSeconds() const;
    void stop();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace assay
