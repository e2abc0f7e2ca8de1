// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/mock/httpreader.h"
#include "core/mock/mockendpoint.h"
#include "core/mock/reply.h"

#include <atomic>
#include <deque>
#include <mutex>
#include <queue>
#include <unordered_map>

namespace assay {

/// Nanoseconds of CLOCK_MONOTONIC.
int64_t monotonicNow();

/// A file descriptor that is closed at the end.
class Descriptor
{
public:
    explicit Descriptor(int value = -1) : m_value(value) {}
    ~Descriptor() { reset(); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int get() const { return m_value; }
    void reset(int value = -1);

private:
    int m_value;
};

/// What threads share with the loop.
struct MockShared
{
    mutable std::mutex mutex;
    std::shared_ptr<const MockScript> script;
    std::shared_ptr<const MockHooks> hooks = std::make_shared<const MockHooks>();
    std::deque<std::shared_ptr<MockRequest>> requests; ///< the latest ones; their fields are guarded by the mutex
    std::atomic<int64_t> answered{0}, received{0};
};

/// The mock's thread: sockets, the heap of what is due, and nothing else. Everything here but stop() runs in run().
class MockLoop
{
public:
    explicit MockLoop(MockShared &shared) : m_shared(shared) {}
    Result<uint16_t> listen(uint16_t port);
    void run();
    void stop();

private:
    struct Connection
    {
        uint64_t id = 0;
        Descriptor socket;
        HttpReader reader;
        std::string pending;              ///< bytes that the socket did not take yet
        std::optional<MockReply> reply;   ///< while a generating request is answered
        std::optional<MockQuery> waiting; ///< a request that waits for its turn
        std::shared_ptr<MockRequest> record;
        int64_t number = 0, came = 0;
        MockReply::Then then = MockReply::Then::Wait; ///< once pending is empty
        bool keepAlive = true, faulty = false, wantsWrite = false;
        bool draining = false;            ///< all is said: what still comes is thrown away until the client closes
    };
    struct Due
    {
        int64_t at = 0;
        uint64_t connection = 0;
        bool operator>(const Due &other) const { return at > other.at; }
    };

    void accept();
    void handle(uint64_t id, uint32_t events);
    std::shared_ptr<const MockScript> script() const;
    std::shared_ptr<const MockHooks> hooks() const;
    bool read(Connection &connection);
    void endWriting(Connection &connection);
    void answerNext(Connection &connection);
    void answer(Connection &connection, const MockHttpRequest &request);
    void begin(Connection &connection, MockQuery query);
    void step(Connection &connection);
    void sendAll(Connection &connection, std::string_view bytes);
    void flush(Connection &connection);
    void settle(Connection &connection);
    void finish(Connection &connection, bool answered);
    void close(Connection &connection, bool reset = false);
    void watch(Connection &connection, bool write);
    void sweep();
    void runDue();
    void armTimer();
    bool standStill();

    MockShared &m_shared;
    Descriptor m_listener, m_epoll, m_timer, m_wake;
    std::unordered_map<uint64_t, std::unique_ptr<Connection>> m_connections;
    std::vector<uint64_t> m_closed; ///< to be taken out when no function holds them
    std::priority_queue<Due, std::vector<Due>, std::greater<>> m_due;
    std::deque<uint64_t> m_waiting;
    int64_t m_started = 0, m_working = 0, m_armed = 0;
    uint64_t m_nextId = 2;
    bool m_listening = true;
    MockReply::Step m_step;
    std::atomic<bool> m_stop{false};
};

} // namespace assay
