// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/loadsession.h"

#include "core/bench/saturation.h"
#include "core/service/loadhistory.h"
#include "core/service/loadlevel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <thread>

namespace assay {
namespace {

using namespace std::chrono_literals;
using Stage = LoadProgress::Stage;

/// Lengths of the first two pilot requests: far enough apart to tell template and words, and cheap.
constexpr int64_t kShortPilot = 64, kLongPilot = 512, kPilotOutput = 16;
/// Each part of a point that takes turns keeps every slot busy for some requests.
constexpr int64_t kRequestsOfSlot = 2;
/// So many levels beyond the knee are measured before the others are left out.
constexpr size_t kLevelsBeyond = 2;

std::vector<int64_t> offsetsOf(const std::vector<LevelFeed::Item> &items)
{
    std::vector<int64_t> offsets;
    for (const LevelFeed::Item &item : items)
        offsets.push_back(item.offset);
    return offsets;
}

} // namespace

struct LoadSession::Private
{
    Private(EndpointTarget to, BenchPlan what, std::string id, RequestLog earlier)
        : target(std::move(to)), plan(std::move(what)), runId(std::move(id)), points(pointsOf(plan)),
          budget(plan.load->limits, plan.load->prices), history(plan, earlier), prompts(plan, runId),
          runner(target, loadClock() - history.end())
    {
        for (size_t i = 0; i < earlier.size(); ++i)
            budget.add(earlier.at(i));
        sweep.plan = plan;
        sweep.requests = std::move(earlier);
        clockFrom = loadClock() - history.end();
    }

    const EndpointTarget target;
    const BenchPlan plan;
    const std::string runId;
    const std::vector<BenchPoint> points;
    Budget budget;
    LoadHistory history;
    PromptMaker prompts;
    LoadRunner runner;
    std::shared_ptr<TurnTable> table;
    int place = -1;

    std::stop_source stop;                   ///< the user cancels
    std::stop_source levelStop;              ///< cancels what is under way
    std::atomic<bool> pauseAsked = false, timeIsUp = false;
    std::atomic<int64_t> stoodStill = 0, standingSince = 0, clockFrom = 0; ///< ns; standingSince: 0 while it runs

    mutable std::mutex mutex;
    std::condition_variable_any changed;
    std::vector<std::string> records; ///< not fetched yet
    BenchRun sweep;                   ///< the run so far, where saturation is looked for
    LoadProgress state;
    const LevelFeed *feed = nullptr;  ///< of the level that runs
    std::jthread clock, thread;       ///< last: they end first

    double clockSeconds() const
    {
        const int64_t since = standingSince;
        return double((since > 0 ? since : loadClock()) - clockFrom - stoodStill) * 1e-9;
    }
    bool enough() const { return pauseAsked || timeIsUp || stop.stop_requested(); }
    bool limited() const { return timeIsUp || budget.reached() != PlanLimit::None; }
    bool over() const { return limited() || stop.stop_requested(); }
    void setStage(Stage stage, size_t point);
    void watchClock(const std::stop_token &token);
    template <class Wait> void standStill(Wait wait);
    bool waitForTurn();
    void waitWhilePaused();

    LevelFeed feedFor(size_t point, std::vector<LevelFeed::Item> items);
    Result<void> run(LevelFeed &level, size_t point, const std::vector<LevelFeed::Item> &items, int64_t concurrency);
    Result<void> runPilot();
    Result<void> askPilot(int64_t from, int64_t to);
    void learn();
    bool isBeyondSaturation(size_t point) const;
    int64_t partsOf(size_t point) const;
    Result<void> runPoint(size_t point);
    Result<void> runPart(size_t point, int64_t part, int64_t parts);
    bool lacksSomething() const;
    std::optional<EndedEarly> endedEarly() const;
    void runAll();
};

LoadSession::LoadSession(EndpointTarget target, BenchPlan plan, std::string runId, RequestLog earlier)
    : d(std::make_unique<Private>(std::move(target), std::move(plan), std::move(runId), std::move(earlier)))
{
}

LoadSession::~LoadSession()
{
    cancel();
    d->thread = {};
    d->clock = {};
}

void LoadSession::takeTurns(std::shared_ptr<TurnTable> table, int place)
{
    d->table = std::move(table);
    d->place = place;
}

void LoadSession::start()
{
    d->thread = std::jthread([this] { d->runAll(); });
    if (d->plan.load->limits.seconds > 0)
        d->clock = std::jthread([this](const std::stop_token &token) { d->watchClock(token); });
}

void LoadSession::pause()
{
    d->pauseAsked = true;
}

void LoadSession::resume()
{
    d->pauseAsked = false;
    d->changed.notify_all();
}

void LoadSession::cancel()
{
    d->stop.request_stop();
    d->levelStop.request_stop();
    d->changed.notify_all();
    if (d->table)
        d->table->leave(d->place);
}

std::vector<std::string> LoadSession::takeRecords()
{
    const std::lock_guard lock(d->mutex);
    return std::exchange(d->records, {});
}

LoadProgress LoadSession::progress() const
{
    const std::lock_guard lock(d->mutex);
    LoadProgress progress = d->state;
    progress.load = d->runner.status();
    progress.spent = d->budget.spent();
    progress.money = d->budget.money();
    if (d->feed && progress.stage != Stage::Pilot)
        progress.done += d->feed->taken();
    if (progress.stage == Stage::Level || progress.stage == Stage::Paused || progress.stage == Stage::Waiting) {
        double share = progress.planned > 0 ? double(progress.done) / double(progress.planned) : 0;
        const double seconds = d->plan.load->seconds;
        if (seconds > 0 && d->feed)
            share = std::max(share, d->feed->countedSeconds() / seconds);
        progress.share = (double(progress.point) + std::min(share, 1.0)) / double(d->points.size());
    }
    return progress;
}

void LoadSession::Private::setStage(Stage stage, size_t point)
{
    const std::lock_guard lock(mutex);
    state.stage = stage;
    state.point = point;
    state.planned = point < points.size() ? levelSize(plan, point).all() : 0;
    state.done = history.doneOf(point);
}

void LoadSession::Private::watchClock(const std::stop_token &token)
{
    while (!token.stop_requested() && !stop.stop_requested()) {
        if (clockSeconds() >= plan.load->limits.seconds) {
            timeIsUp = true;
            levelStop.request_stop();
            changed.notify_all();
            return;
        }
        std::this_thread::sleep_for(20ms);
    }
}

/// Waits; the time of it does not count as the run's.
template <class Wait> void LoadSession::Private::standStill(Wait wait)
{
    const int64_t from = loadClock();
    standingSince = from;
    wait();
    stoodStill += loadClock() - from;
    standingSince = 0;
}

void LoadSession::Private::waitWhilePaused()
{
    if (!pauseAsked || over())
        return;
    setStage(Stage::Paused, state.point);
    standStill([this] {
        std::unique_lock lock(mutex);
        changed.wait(lock, stop.get_token(), [this] { return !pauseAsked || over(); });
    });
    setStage(Stage::Level, state.point);
}

/// False when there is no turn to come.
bool LoadSession::Private::waitForTurn()
{
    if (!table)
        return !over();
    const auto granted = std::make_shared<std::atomic<bool>>(false);
    setStage(Stage::Waiting, state.point);
    standStill([&] {
        table->ask(place, [this, granted] {
            *granted = true;
            const std::lock_guard lock(mutex);
            changed.notify_all();
        });
        std::unique_lock lock(mutex);
        changed.wait(lock, stop.get_token(), [&] { return *granted || over(); });
    });
    setStage(Stage::Level, state.point);
    return *granted && !over();
}

LevelFeed LoadSession::Private::feedFor(size_t point, std::vector<LevelFeed::Item> items)
{
    LevelFeed::Context context{plan, budget, [this] { return enough(); }, [this](const RequestRecord &record) {
                                   history.add(record);
                                   std::string bytes = encodeRecord(record);
                                   const std::lock_guard lock(mutex);
                                   if (plan.load->untilSaturated)
                                       sweep.requests.appendEncoded(bytes);
                                   records.push_back(std::move(bytes));
                               }};
    return LevelFeed(std::move(context), prompts, point, history.nextRound(point), std::move(items));
}

Result<void> LoadSession::Private::run(LevelFeed &level, size_t point, const std::vector<LevelFeed::Item> &items, int64_t concurrency)
{
    const EndpointLoad &load = *plan.load;
    LoadLevel what;
    what.point = int32_t(point);
    what.requests = int64_t(items.size());
    what.retries = load.retries;
    what.keepTexts = load.keepTexts;
    what.concurrency = concurrency;
    if (concurrency == 0) {
        what.arrivals = history.arrivalsOf(point, offsetsOf(items));
        what.requests = int64_t(what.arrivals.size());
        what.mostInFlight = load.mostInFlight;
    }
    {
        const std::lock_guard lock(mutex);
        feed = &level;
    }
    const Result<void> done = runner.run(
        what, [&level](int64_t position) { return level.make(position); },
        [&level](RequestRecord &&record) { level.take(std::move(record)); }, levelStop.get_token());
    const std::lock_guard lock(mutex);
    feed = nullptr;
    if (!done && done.error().code == ErrorCode::Cancelled)
        return {};
    return done;
}

/// The requests of the pilot from one to another; what an earlier part of the run has asked is not asked again.
Result<void> LoadSession::Private::askPilot(int64_t from, int64_t to)
{
    waitWhilePaused();
    std::vector<LevelFeed::Item> items;
    for (int64_t offset : history.missing(0, from, to)) {
        BenchPoint point = points.front();
        if (offset < kPilotRequests - 1) {
            point.depth = 0;
            point.promptTokens = offset == 0 ? kShortPilot : std::clamp(points.front().promptTokens, 2 * kShortPilot, kLongPilot);
            point.outputTokens = std::min(point.outputTokens, kPilotOutput);
        }
        items.push_back({offset, point});
    }
    if (items.empty())
        return {};
    LevelFeed level = feedFor(0, items);
    const Result<void> done = run(level, 0, items, 1);
    return done && pauseAsked && !over() ? askPilot(from, to) : done;
}

/// What the pilot's records say of the server's way to count, so that prompts get the lengths that were asked for.
void LoadSession::Private::learn()
{
    const std::vector<RequestRecord> pilot = history.pilot();
    const PromptMaker usual(plan, runId);
    std::vector<std::pair<int64_t, int64_t>> counted; // words, tokens
    for (const RequestRecord &record : pilot) {
        if (record.index < kPilotRequests - 1 && record.failure == Failure::None && record.usage.prompt)
            counted.emplace_back(usual.wordsFor(record.promptTokens), *record.usage.prompt);
    }
    PromptScale scale;
    if (counted.size() >= 2)
        scale = measuredScale(counted[0].first, counted[0].second, counted[1].first, counted[1].second).value_or(scale);
    prompts = PromptMaker(plan, runId, scale);
    const std::lock_guard lock(mutex);
    state.scale = scale;
}

Result<void> LoadSession::Private::runPilot()
{
    setStage(Stage::Pilot, 0);
    if (!waitForTurn())
        return {};
    Result<void> done = askPilot(0, kPilotRequests - 1);
    learn();
    if (done)
        done = askPilot(kPilotRequests - 1, kPilotRequests);
    if (table)
        table->pass(place);
    if (!done || over())
        return done;
    const auto answered = [](const RequestRecord &record) { return record.failure == Failure::None; };
    const std::vector<RequestRecord> pilot = history.pilot();
    if (pilot.empty())
        return {};
    if (std::ranges::none_of(pilot, answered))
        return tl::unexpected(errorOf(pilot.back(), target.url));
    // Only the last one asked for a whole answer.
    const std::lock_guard lock(mutex);
    state.estimate = estimatePlan(plan, pilotResult({pilot.back()}));
    return {};
}

/// Whether lower levels of the same lengths have shown already where the endpoint is saturated.
bool LoadSession::Private::isBeyondSaturation(size_t point) const
{
    if (!plan.load->untilSaturated || history.doneOf(point) > 0)
        return false;
    const Slo *slo = plan.load->slos.empty() ? nullptr : &plan.load->slos.front();
    const std::vector<SweepLevel> levels = sweepOf(sweep, points[point], slo);
    const Saturation saturation = saturationOf(levels);
    // One level that did not pay may have been noise.
    return saturation.reached && levels.size() > saturation.knee.value_or(0) + kLevelsBeyond;
}

int64_t LoadSession::Private::partsOf(size_t point) const
{
    if (!table)
        return 1;
    const LevelSize size = levelSize(plan, point);
    const int64_t lanes = std::max<int64_t>(points[point].concurrency, 1);
    return std::clamp<int64_t>(size.counted / (lanes > 1 ? lanes * kRequestsOfSlot : 1), 1, std::max<int64_t>(plan.runs, 1));
}

Result<void> LoadSession::Private::runPoint(size_t point)
{
    setStage(Stage::Level, point);
    const int64_t parts = partsOf(point);
    Result<void> done;
    for (int64_t part = 0; part < parts && done && !over(); ++part) {
        waitWhilePaused();
        if (waitForTurn())
            done = runPart(point, part, parts);
        if (table)
            table->pass(place);
    }
    return done;
}

Result<void> LoadSession::Private::runPart(size_t point, int64_t part, int64_t parts)
{
    const LevelSize size = levelSize(plan, point);
    const int64_t first = size.pilot + size.warmup, begin = part == 0 ? size.pilot : first + size.counted * part / parts,
                  end = first + size.counted * (part + 1) / parts;
    const double seconds = plan.load->seconds / double(parts);
    while (!over()) {
        std::vector<LevelFeed::Item> items;
        for (const int64_t offset : history.missing(point, begin, end))
            items.push_back({offset, points[point]});
        const double left = seconds - history.countedSeconds(point) + double(part) * seconds;
        if (items.empty() || (seconds > 0 && left <= 0))
            return {};
        LevelFeed level = feedFor(point, items);
        level.endAfter(seconds > 0 ? left : 0);
        setStage(Stage::Level, point);
        if (const Result<void> done = run(level, point, items, points[point].concurrency); !done)
            return done;
        if (!pauseAsked)
            return {};
        waitWhilePaused();
    }
    return {};
}

/// Time may be up just when all was asked.
bool LoadSession::Private::lacksSomething() const
{
    const double seconds = plan.load->seconds;
    for (size_t point = 0; point < points.size(); ++point) {
        const bool endedByTime = seconds > 0 && history.countedSeconds(point) >= seconds;
        if (!endedByTime && !history.missing(point, 0, levelSize(plan, point).all()).empty() && !isBeyondSaturation(point))
            return true;
    }
    return false;
}

std::optional<EndedEarly> LoadSession::Private::endedEarly() const
{
    const PlanLimit limit = budget.reached() != PlanLimit::None ? budget.reached() : timeIsUp && lacksSomething() ? PlanLimit::Time : PlanLimit::None;
    if (limit == PlanLimit::None)
        return std::nullopt;
    EndedEarly ended = endedAt(limit, plan.load->limits, plan.load->prices);
    for (size_t point = 0; point < points.size(); ++point) {
        ended.done += history.doneOf(point);
        ended.planned += levelSize(plan, point).all();
    }
    // Levels that end by time, or are left out beyond saturation, have no number of requests before they are measured.
    if (plan.load->seconds > 0 || plan.load->untilSaturated)
        ended.planned = 0;
    return ended;
}

void LoadSession::Private::runAll()
{
    Result<void> done = runPilot();
    for (size_t point = 0; point < points.size() && done && !over(); ++point) {
        if (!isBeyondSaturation(point))
            done = runPoint(point);
    }
    if (table)
        table->leave(place);
    const std::optional<EndedEarly> ended = endedEarly();
    setStage(Stage::Over, points.size());
    const std::lock_guard lock(mutex);
    state.share = 1;
    state.endedEarly = ended;
    if (!done)
        state.error = done.error();
    else if (stop.stop_requested())
        state.error = Error{ErrorCode::Cancelled, {}, {}};
}

Error errorOf(const RequestRecord &record, const std::string &url)
{
    const std::string words = definitionOf(record.failure).label + (record.detail.empty() ? std::string() : ": " + record.detail);
    switch (record.failure) {
    case Failure::Dns:
    case Failure::Refused:
    case Failure::Unreachable:
    case Failure::Tls:
    case Failure::ConnectTimeout: return {ErrorCode::ServerUnreachable, {url, words}, {}};
    case Failure::RateLimited:
    case Failure::Overloaded: return {ErrorCode::ServerBusy, {url, std::to_string(record.status), std::to_string(record.attempt + 1)}, {}};
    case Failure::Unauthorized: return {ErrorCode::EndpointWantsKey, {url, std::to_string(record.status), record.detail}, {}};
    default: return {ErrorCode::EndpointFailed, {url, words}, {}};
    }
}

} // namespace assay
