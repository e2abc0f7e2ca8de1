// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/loadrunner.h"

#include "core/endpoint/address.h"
#include "core/endpoint/filelimit.h"
#include "core/endpoint/loadworker.h"

#include <algorithm>
#include <csignal>

namespace assay {

RecordQueue::RecordQueue(const RecordSink &sink) : m_sink(sink), m_thread([this] { run(); }) {}

RecordQueue::~RecordQueue()
{
    {
        const std::lock_guard lock(m_mutex);
        m_over = true;
    }
    m_more.notify_one();
    m_thread.join();
}

void RecordQueue::put(RequestRecord &&record)
{
    {
        const std::lock_guard lock(m_mutex);
        m_records.push_back(std::move(record));
    }
    m_more.notify_one();
}

void RecordQueue::run()
{
    for (;;) {
        std::deque<RequestRecord> taken;
        {
            std::unique_lock lock(m_mutex);
            m_more.wait(lock, [this] { return m_over || !m_records.empty(); });
            if (m_records.empty())
                return;
            taken.swap(m_records);
        }
        for (RequestRecord &record : taken)
            m_sink(std::move(record));
    }
}

namespace {

/// A connection that the server closed must not end the program: OpenSSL writes without MSG_NOSIGNAL.
void keepFromPipeSignals()
{
    sigset_t pipes;
    sigemptyset(&pipes);
    sigaddset(&pipes, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipes, nullptr);
}

bool rises(const std::vector<int64_t> &arrivals)
{
    return std::is_sorted(arrivals.begin(), arrivals.end()) && (arrivals.empty() || arrivals.front() >= 0);
}

} // namespace

struct LoadRunner::Private
{
    Result<void> prepare()
    {
        startCurl();
        allowManyFiles();
        if (!workers.empty())
            return {};
        setup.dialect = findDialect(setup.target.dialect);
        if (setup.dialect == nullptr)
            return failure(ErrorCode::BadUsage, {ASSAY_TEXT("Reason", "The endpoint's dialect is not known")},
                           setup.target.dialect);
        const auto url = endpointAddress(setup.target.url, setup.dialect->path, setup.target.model);
        if (!url)
            return tl::unexpected(url.error());
        auto headers = requestHeaders(setup.target, setup.dialect, true, true);
        if (!headers)
            return tl::unexpected(headers.error());
        setup.url = *url;
        setup.headers = std::move(*headers);
        std::vector<std::unique_ptr<LoadWorker>> made;
        for (int i = 0; i < std::max(threads, 1); ++i) {
            made.push_back(std::make_unique<LoadWorker>(setup, origin));
            if (!made.back()->isReady())
                return failure(ErrorCode::Internal, {"no more files can be opened"});
        }
        const std::lock_guard lock(mutex); // status() may be asked at any time
        workers = std::move(made);
        return {};
    }

    ClientSetup setup;
    int64_t origin = 0;
    int threads = 1;
    mutable std::mutex mutex;
    std::vector<std::unique_ptr<LoadWorker>> workers;
};

LoadRunner::LoadRunner(EndpointTarget target, int64_t origin, int threads) : d(std::make_unique<Private>())
{
    d->setup.target = std::move(target);
    d->origin = origin;
    d->threads = threads;
}

LoadRunner::~LoadRunner() = default;

Result<void> LoadRunner::run(const LoadLevel &level, const MakeRequest &make, const RecordSink &sink, std::stop_token stop)
{
    if (const auto ready = d->prepare(); !ready)
        return ready;
    const int64_t total = level.warmup + level.requests;
    if (level.concurrency <= 0 && (int64_t(level.arrivals.size()) < total || !rises(level.arrivals)))
        return failure(ErrorCode::Internal, {"arrivals of a level"});
    RecordQueue records(sink);
    LevelState state{level, make, records};
    const std::stop_callback onStop(stop, [&] {
        state.stopped = true;
        for (const auto &worker : d->workers)
            worker->wake();
    });
    state.begin = momentNow();
    std::vector<std::thread> threads;
    for (size_t i = 0; i < d->workers.size(); ++i)
        threads.emplace_back([&, i] {
            keepFromPipeSignals();
            d->workers[i]->run(state, int(i), int(d->workers.size()));
        });
    for (std::thread &thread : threads)
        thread.join();
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    return {};
}

LoadStatus LoadRunner::status() const
{
    LoadStatus status;
    const std::lock_guard lock(d->mutex);
    for (const auto &worker : d->workers) {
        const LoadCounters &counters = worker->counters();
        status.inFlight += counters.inFlight.load(std::memory_order_relaxed);
        status.started += counters.started.load(std::memory_order_relaxed);
        status.finished += counters.finished.load(std::memory_order_relaxed);
        status.failed += counters.failed.load(std::memory_order_relaxed);
        status.waiting += counters.waiting.load(std::memory_order_relaxed);
        status.chunks += worker->chunks();
        status.bytes += worker->bytes();
    }
    return status;
}

} // namespace assay
