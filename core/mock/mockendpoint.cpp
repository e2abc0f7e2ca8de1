// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mock/mockendpoint.h"

#include "core/mock/loop.h"

#include <ctime>
#include <pthread.h>
#include <thread>

namespace assay {

struct MockEndpoint::Private
{
    MockShared shared;
    std::unique_ptr<MockLoop> loop;
    std::thread thread;
    uint16_t port = 0;
};

MockEndpoint::MockEndpoint(MockScript script) : d(std::make_unique<Private>())
{
    setScript(std::move(script));
}

MockEndpoint::~MockEndpoint()
{
    stop();
}

Result<void> MockEndpoint::start(uint16_t port)
{
    stop();
    d->loop = std::make_unique<MockLoop>(d->shared);
    const Result<uint16_t> bound = d->loop->listen(port);
    if (!bound)
        return tl::unexpected(bound.error());
    d->port = *bound;
    d->thread = std::thread([loop = d->loop.get()] { loop->run(); });
    return {};
}

uint16_t MockEndpoint::port() const
{
    return d->port;
}

std::string MockEndpoint::url() const
{
    return "http://127.0.0.1:" + std::to_string(d->port);
}

void MockEndpoint::setScript(MockScript script)
{
    auto shared = std::make_shared<const MockScript>(std::move(script));
    const std::lock_guard lock(d->shared.mutex);
    d->shared.script = std::move(shared);
}

void MockEndpoint::setHooks(MockHooks hooks)
{
    auto shared = std::make_shared<const MockHooks>(std::move(hooks));
    const std::lock_guard lock(d->shared.mutex);
    d->shared.hooks = std::move(shared);
}

std::vector<MockRequest> MockEndpoint::requests() const
{
    const std::lock_guard lock(d->shared.mutex);
    std::vector<MockRequest> out;
    out.reserve(d->shared.requests.size());
    for (const auto &request : d->shared.requests)
        out.push_back(*request);
    return out;
}

int64_t MockEndpoint::answered() const
{
    return d->shared.answered;
}

double MockEndpoint::processorSeconds() const
{
    clockid_t clock{};
    timespec spent{};
    std::thread &thread = d->thread; // asking for its handle changes nothing
    if (!thread.joinable() || pthread_getcpuclockid(thread.native_handle(), &clock) != 0 || clock_gettime(clock, &spent) != 0)
        return 0;
    return double(spent.tv_sec) + double(spent.tv_nsec) * 1e-9;
}

void MockEndpoint::stop()
{
    if (d->loop)
        d->loop->stop();
    if (d->thread.joinable())
        d->thread.join();
    d->loop.reset();
}

} // namespace assay
