// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/loadworker.h"

#include "core/base/text.h"
#include "core/endpoint/address.h"
#include "core/endpoint/requestbody.h"

#include <algorithm>
#include <limits>

namespace assay {
namespace {

constexpr int64_t kNo = std::numeric_limits<int64_t>::max();
constexpr int64_t kFirstPause = 1'000'000'000, kLongestPause = 120'000'000'000; // ns before a request is repeated

constexpr int kMostDeferred = 16; // rounds of reading

bool worthRepeating(Failure failure)
{
    return failure == Failure::RateLimited || failure == Failure::Overloaded || failure == Failure::Reset;
}

/// What the server asks for, else twice as long each time.
int64_t pauseBefore(const RequestRecord &failed)
{
    if (failed.retryAfterMs > 0)
        return failed.retryAfterMs * 1'000'000;
    return std::min(kLongestPause, kFirstPause << std::min(failed.attempt, 7));
}

} // namespace

LoadWorker::LoadWorker(const ClientSetup &setup, int64_t origin) : m_setup(setup), m_events(*setup.dialect), m_loop(m_thread)
{
    m_thread.origin = origin;
    m_thread.hostKnown = !needsLookUp(setup.url);
}

void LoadWorker::prepare(LevelState &level, int share, int count)
{
    m_level = &level;
    m_thread.nextDeadline = kNo;
    const auto part = [&](int64_t whole) { return whole / count + (share < whole % count ? 1 : 0); };
    m_free.assign(level.isOpenLoop() ? 0 : size_t(part(level.level.concurrency)), level.begin);
    m_most = level.level.mostInFlight > 0 ? size_t(std::max<int64_t>(1, part(level.level.mostInFlight))) : 0;
    m_nextArrival = share;
    m_step = count;
    m_endOfSending = level.level.seconds > 0 ? level.begin + nanoseconds(level.level.seconds) : kNo;
}

void LoadWorker::run(LevelState &level, int share, int count)
{
    prepare(level, share, count);
    const std::function<void()> between = [this] { launchDue(); };
    const std::function<void(Transfer &, CURLcode)> isOver = [this](Transfer &transfer, CURLcode code) { over(transfer, code); };
    for (;;) {
        if (m_level->stopped)
            stop();
        launchDue();
        m_loop.work(isOver);
        checkDeadlines();
        tell();
        if (finished())
            break;
        m_loop.wait(nextMoment(), between);
    }
    m_level = nullptr;
}

bool LoadWorker::mayStart(int64_t now) const
{
    return !m_level->stopped && !m_level->noMore && now < m_endOfSending;
}

/// Until the host's name is known one request goes ahead: else each of the first would ask for it on a thread of its own.
bool LoadWorker::hasRoom() const
{
    return (m_most == 0 || underWay() < m_most) && (m_thread.hostKnown || underWay() == 0);
}

bool LoadWorker::finished() const
{
    if (!m_active.empty() || !m_retries.empty() || !m_waiting.empty())
        return false;
    if (!mayStart(momentNow()))
        return true;
    return m_level->isOpenLoop() ? m_nextArrival >= m_level->total() : m_level->next >= m_level->total() || m_free.empty();
}

int64_t LoadWorker::nextMoment() const
{
    int64_t moment = m_thread.nextDeadline;
    if (!m_retries.empty())
        moment = std::min(moment, m_retries.top().due);
    if (!mayStart(momentNow()))
        return moment;
    const bool next = m_level->isOpenLoop() ? !m_waiting.empty() : !m_free.empty() && m_level->next < m_level->total();
    if (next && hasRoom())
        return 0; // it came in this round
    if (m_level->isOpenLoop() && m_nextArrival < m_level->total())
        moment = std::min(moment, m_level->begin + m_level->level.arrivals[size_t(m_nextArrival)]);
    return std::min(moment, m_endOfSending);
}

void LoadWorker::launchDue()
{
    const int64_t now = momentNow();
    launchRetries(now);
    if (m_level->isOpenLoop())
        launchOpen(now);
    else
        launchClosed(now);
}

void LoadWorker::launchClosed(int64_t now)
{
    while (!m_free.empty() && mayStart(now) && hasRoom()) {
        const int64_t index = m_level->next.fetch_add(1);
        if (index >= m_level->total())
            return;
        const int64_t free = m_free.back();
        m_free.pop_back();
        startRequest(index, free);
    }
}

void LoadWorker::launchOpen(int64_t now)
{
    const auto &arrivals = m_level->level.arrivals;
    while (m_nextArrival < m_level->total() && !m_level->noMore && !m_level->stopped) {
        const int64_t due = m_level->begin + arrivals[size_t(m_nextArrival)];
        if (due > now || due >= m_endOfSending)
            break;
        m_waiting.emplace_back(m_nextArrival, due);
        m_nextArrival += m_step;
    }
    while (!m_waiting.empty() && mayStart(now) && hasRoom()) {
        const auto [index, due] = m_waiting.front();
        m_waiting.pop_front();
        startRequest(index, due);
    }
    // What was due and could not go out has waited in vain, and is not left out of the record.
    if (!m_waiting.empty() && !mayStart(now))
        dropWaiting(!m_level->noMore);
}

void LoadWorker::launchRetries(int64_t now)
{
    while (!m_retries.empty() && (m_retries.top().due <= now || !mayStart(now))) {
        Retry retry = std::move(const_cast<Retry &>(m_retries.top())); // it is removed at once
        m_retries.pop();
        if (!mayStart(now) && !m_level->isOpenLoop())
            m_free.push_back(now);
        if (mayStart(now))
            startTry(std::move(retry.record), std::move(retry.body));
    }
}

RequestRecord LoadWorker::recordOf(int64_t index, int64_t scheduled) const
{
    RequestRecord record;
    record.index = m_level->level.firstIndex + index;
    record.point = m_level->level.point;
    record.warmup = index < m_level->level.warmup;
    record.scheduled = scheduled - m_thread.origin;
    return record;
}

void LoadWorker::startRequest(int64_t index, int64_t scheduled)
{
    RequestRecord record = recordOf(index, scheduled);
    const std::optional<LoadRequest> request = m_level->make(record.index);
    if (!request) {
        m_level->noMore = true;
        if (!m_level->isOpenLoop())
            m_free.push_back(scheduled);
        return;
    }
    record.promptTokens = request->promptTokens;
    record.outputTokens = request->outputTokens;
    m_counters.started.fetch_add(1, std::memory_order_relaxed);
    std::string body = requestBody(*m_setup.dialect, m_setup.target.model, *request);
    startTry(std::move(record), m_asksUsage ? std::move(body) : withoutUsage(body));
}

void LoadWorker::startTry(RequestRecord record, std::string body)
{
    if (m_idle.empty())
        m_idle.push_back(std::make_unique<Transfer>(m_setup.target, m_setup.url, m_setup.headers.get(), m_events, m_thread));
    m_active.push_back(std::move(m_idle.back()));
    m_idle.pop_back();
    Transfer &transfer = *m_active.back();
    transfer.setPlace(m_active.size() - 1);
    transfer.begin(std::move(record), std::move(body), m_level->level.keepTexts);
    add(transfer);
}

void LoadWorker::add(Transfer &transfer)
{
    if (m_loop.add(transfer))
        return;
    transfer.complete(CURLE_FAILED_INIT);
    record(transfer);
}

void LoadWorker::over(Transfer &transfer, CURLcode code)
{
    if (transfer.complete(code))
        record(transfer);
    else
        add(transfer);
}

/// Takes the transfer out of those under way and hands its record on.
void LoadWorker::record(Transfer &transfer)
{
    const size_t place = transfer.place();
    std::string body = transfer.takeBody();
    RequestRecord record = transfer.takeRecord();
    m_idle.push_back(std::move(m_active[place]));
    if (place + 1 < m_active.size()) {
        m_active[place] = std::move(m_active.back());
        m_active[place]->setPlace(place);
    }
    m_active.pop_back();
    m_counters.finished.fetch_add(1, std::memory_order_relaxed);
    if (record.failure != Failure::None)
        m_counters.failed.fetch_add(1, std::memory_order_relaxed);
    const bool again = maybeRetry(record, body);
    if (!again && !m_level->isOpenLoop())
        m_free.push_back(record.ended + m_thread.origin);
    m_level->records.put(std::move(record));
}

/// A server that does not know the question for usage: without it the answers are good, only their counts are missing.
bool LoadWorker::refusesUsage(const RequestRecord &record) const
{
    return record.failure == Failure::Rejected && record.detail.find("stream_options") != std::string::npos;
}

bool LoadWorker::maybeRetry(const RequestRecord &record, const std::string &body)
{
    if (!mayStart(momentNow()))
        return false;
    const int64_t ended = record.ended + m_thread.origin;
    if (refusesUsage(record) && body.find("\"stream_options\"") != std::string::npos) {
        m_asksUsage = false; // this try stays in the record; those that are open are repeated, too
        return repeat(record, withoutUsage(body), ended);
    }
    if (record.attempt >= m_level->level.retries || !worthRepeating(record.failure))
        return false;
    const int64_t pause = pauseBefore(record);
    return pause <= kLongestPause && ended + pause < m_endOfSending && repeat(record, body, ended + pause);
}

bool LoadWorker::repeat(const RequestRecord &failed, std::string body, int64_t due)
{
    Retry retry{due, recordOf(failed.index - m_level->level.firstIndex, due), std::move(body)};
    retry.record.attempt = failed.attempt + 1;
    retry.record.promptTokens = failed.promptTokens;
    retry.record.outputTokens = failed.outputTokens;
    m_retries.push(std::move(retry));
    return true;
}

void LoadWorker::checkDeadlines()
{
    const int64_t now = momentNow();
    if (now < m_thread.nextDeadline)
        return;
    // Bytes that wait in the kernel are no silence of the server; but a thread that never catches up must end, too.
    if (m_loop.isBehind() && ++m_deferred < kMostDeferred)
        return;
    m_deferred = 0;
    // Deadlines move later without telling, so the earliest one known may be past; then all are asked again.
    std::vector<Transfer *> late;
    m_thread.nextDeadline = kNo;
    for (const auto &transfer : m_active) {
        const int64_t deadline = transfer->deadline();
        if (deadline <= now)
            late.push_back(transfer.get());
        else
            m_thread.nextDeadline = std::min(m_thread.nextDeadline, deadline);
    }
    for (Transfer *transfer : late) {
        m_loop.remove(*transfer);
        transfer->expire();
        record(*transfer);
    }
}

void LoadWorker::stop()
{
    while (!m_active.empty()) {
        Transfer &transfer = *m_active.back();
        m_loop.remove(transfer);
        transfer.cancel();
        record(transfer);
    }
    dropWaiting(true);
    m_retries = {};
}

void LoadWorker::dropWaiting(bool asCancelled)
{
    for (const auto &[index, due] : m_waiting) {
        if (!asCancelled)
            break;
        RequestRecord record = recordOf(index, due);
        record.failure = Failure::Cancelled;
        record.detail = ASSAY_TEXT("Failure", "never sent");
        record.ended = momentNow() - m_thread.origin;
        m_counters.finished.fetch_add(1, std::memory_order_relaxed);
        m_counters.failed.fetch_add(1, std::memory_order_relaxed);
        m_level->records.put(std::move(record));
    }
    m_waiting.clear();
}

void LoadWorker::tell()
{
    m_counters.inFlight.store(int64_t(m_active.size()), std::memory_order_relaxed);
    m_counters.waiting.store(int64_t(m_waiting.size() + m_retries.size()), std::memory_order_relaxed);
}

} // namespace assay
