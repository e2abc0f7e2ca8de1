// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/endpointquestions.h"

#include "core/bench/requestmetrics.h"
#include "core/endpoint/requestbody.h"
#include "core/service/endpointanswer.h"
#include "core/service/loadlevel.h"

#include <algorithm>
#include <condition_variable>
#include <thread>

namespace assay {
namespace {

constexpr int kTries = 3;
constexpr double kPause = 1, kLongestPause = 20; ///< seconds before requests are made again
constexpr int64_t kTemplate = 100;               ///< tokens that a template may add to a prompt
constexpr int64_t kSpare = 10;                   ///< requests that may be made again whatever the number of questions

bool isBusy(Failure failure)
{
    return failure == Failure::RateLimited || failure == Failure::Overloaded || failure == Failure::Reset;
}

/// What asking again cannot change.
bool isFinal(Failure failure)
{
    return failure == Failure::Rejected || failure == Failure::TooLarge;
}

EndpointAsker::End endOf(PlanLimit limit)
{
    using End = EndpointAsker::End;
    return limit == PlanLimit::Money ? End::Money : limit == PlanLimit::Tokens ? End::Tokens : End::Requests;
}

/// Thinking is text, too, where texts are compared; a question is judged by the answer.
KeptAnswer keptOf(const RequestRecord &record, const Answer &answer, QuestionRow::Kind kind)
{
    const RequestMetrics metrics = metricsOf(record);
    KeptAnswer out;
    out.text = kind == QuestionRow::Kind::Item ? answer.output : answer.reasoning + answer.output;
    out.finish = answer.finish;
    out.promptTokens = record.usage.prompt.value_or(0);
    out.firstToken = metrics.ttft.value_or(0);
    out.lastToken = metrics.e2e.value_or(0);
    return out;
}

/// What a row asks of one endpoint.
struct PlannedRow
{
    size_t place = 0;
    std::string id, body;
    LoadRequest request;
    std::vector<std::string> stop;
    int tries = 0;
};

std::vector<PlannedRow> plannedRows(const AskedEndpoint &side, const Dialect &dialect)
{
    std::vector<PlannedRow> out;
    const Questionnaire &questions = side.answers.questions();
    for (size_t place = 0; place < side.answers.rows().size(); ++place) {
        const protocol::GenerateItem item = requestOf(questions, side.answers.rows()[place], side.seed);
        PlannedRow row{place, questionId(side.who, side.answers.rows()[place]), {}, loadRequestOf(item), item.stop};
        row.body = requestBody(dialect, side.target.model, row.request);
        out.push_back(std::move(row));
    }
    return out;
}

} // namespace

int64_t mostRequests(int64_t questions)
{
    return questions > 0 ? questions + questions / 10 + kSpare : 0;
}

LoadRequest loadRequestOf(const protocol::GenerateItem &item)
{
    LoadRequest out;
    out.prompt = item.prompt;
    out.promptTokens = int64_t(item.prompt.size()) + kTemplate;
    out.outputTokens = item.maxTokens;
    out.temperature = item.temperature;
    out.topP = item.topP < 1 ? std::optional(item.topP) : std::nullopt;
    return out;
}

struct QuestionAsker::Private
{
    struct Side
    {
        AskedEndpoint *asked = nullptr;
        const Dialect *dialect = nullptr;
        std::vector<PlannedRow> rows;
        std::vector<size_t> open; ///< of rows, in this pass
        int64_t first = 0;        ///< index of the pass' first request
    };

    Private(PlanLimits left, std::optional<Prices> prices, QuestionLog &kept, std::stop_token stopped)
        : limits(left), budget(left, prices), log(kept), stop(std::move(stopped)), begun(std::chrono::steady_clock::now())
    {
    }

    double secondsLeft() const
    {
        return limits.seconds - std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    }

    void finish(End why)
    {
        end = end == End::None ? why : end;
        if (end != End::None)
            halt.request_stop();
    }

    bool take(AskedEndpoint &asked, std::vector<PlannedRow> &rows)
    {
        std::erase_if(rows, [&](const PlannedRow &row) {
            const auto there = log.find(row.id, row.body);
            if (there)
                asked.answers.kept[row.place] = *there;
            reused += there.has_value();
            return there.has_value();
        });
        return !rows.empty();
    }

    /// On the client's threads.
    std::optional<LoadRequest> make(Side &side, int64_t index)
    {
        const std::lock_guard lock(mutex);
        if (end != End::None || stop.stop_requested())
            return std::nullopt;
        if (limits.seconds > 0 && secondsLeft() <= 0) {
            finish(End::Time);
            return std::nullopt;
        }
        PlannedRow &row = side.rows[side.open[size_t(index - side.first)]];
        if (!budget.reserve(index, row.request.promptTokens, row.request.outputTokens, 1)) {
            refused = budget.reached();
            return std::nullopt;
        }
        ++sent;
        ++row.tries;
        return row.request;
    }

    /// On a thread of the client that does nothing else.
    void took(Side &side, RequestRecord &&record)
    {
        const std::lock_guard lock(mutex);
        if (record.sent == kNever && record.failure == Failure::Cancelled) {
            budget.release(record.index);
            return;
        }
        record.promptTokens = side.rows[side.open[size_t(record.index - side.first)]].request.promptTokens;
        budget.settle(record);
        ++requests;
        side.asked->answers.spent.requests++;
        if (record.failure == Failure::Cancelled || !isLastTry(record, 0))
            return;
        settled(side, side.rows[side.open[size_t(record.index - side.first)]], record);
    }

    void settled(Side &side, PlannedRow &row, const RequestRecord &record)
    {
        const Answer answer = answerOf(record, row.stop, row.tries);
        const bool answered = answer.error.empty();
        KeptAnswer kept = keptOf(record, answer, side.asked->answers.rows()[row.place].kind);
        RequestRecord told = record;
        told.failure = answered ? Failure::None : record.failure;
        if (!log.add(row.id, side.dialect->path, row.body, kept, told))
            return finish(End::Unwritable);
        if (answered) {
            side.asked->answers.kept[row.place] = std::move(kept);
            if (progress)
                progress(ASSAY_TEXT("Identity", "asking"), double(++done), double(planned));
            return;
        }
        ++failures[record.failure];
        lastWords = record.detail;
        retryAfter = std::max(retryAfter, double(record.retryAfterMs) / 1000);
        if (endpointIsGone(record.failure))
            finish(End::Gone);
        else if (isFinal(record.failure))
            finish(End::Failed);
        else if (row.tries >= kTries)
            finish(isBusy(record.failure) ? End::Busy : End::Failed);
    }

    void runSide(Side &side, int64_t together)
    {
        LoadRunner runner(side.asked->target, loadClock());
        LoadLevel level;
        level.firstIndex = side.first;
        level.requests = int64_t(side.open.size());
        level.concurrency = std::clamp<int64_t>(together, 1, level.requests);
        const auto ran = runner.run(level, [&](int64_t index) { return make(side, index); },
                                    [&](RequestRecord &&record) { took(side, std::move(record)); }, halt.get_token());
        const std::lock_guard lock(mutex);
        if (!ran && ran.error().code != ErrorCode::Cancelled) {
            lastWords = ran.error().sentence();
            finish(End::Gone);
        }
    }

    /// All that is missing, once. False: there is nothing to go on with.
    bool pass(std::vector<Side> &sides, int64_t together)
    {
        sent = 0;
        refused = PlanLimit::None;
        std::vector<std::jthread> threads;
        for (Side &side : sides) {
            side.open.clear();
            for (size_t i = 0; i < side.rows.size(); ++i) {
                if (!side.asked->answers.kept.contains(side.rows[i].place))
                    side.open.push_back(i);
            }
            side.first = nextIndex;
            nextIndex += int64_t(side.open.size());
        }
        if (std::ranges::all_of(sides, [](const Side &side) { return side.open.empty(); }))
            return false;
        for (Side &side : sides) {
            if (!side.open.empty())
                threads.emplace_back([this, &side, together] { runSide(side, together); });
        }
        threads.clear();
        if (sent == 0)
            finish(stop.stop_requested() ? End::Stopped : endOf(refused));
        return end == End::None;
    }

    /// False: told to stop meanwhile.
    bool pause()
    {
        const double wait = retryAfter > 0 ? retryAfter : kPause;
        if (wait > kLongestPause) {
            finish(End::Busy);
            return false;
        }
        retryAfter = 0;
        std::mutex own;
        std::condition_variable_any wake;
        std::unique_lock lock(own);
        wake.wait_for(lock, halt.get_token(), std::chrono::duration<double>(wait), [] { return false; });
        return !halt.stop_requested();
    }

    const PlanLimits limits;
    Budget budget;
    QuestionLog &log;
    std::stop_token stop;
    std::stop_source halt;
    std::chrono::steady_clock::time_point begun;
    AskProgress progress;
    std::mutex mutex;
    End end = End::None;
    PlanLimit refused = PlanLimit::None;
    std::map<Failure, int64_t> failures;
    std::string lastWords;
    double retryAfter = 0;
    int64_t nextIndex = 0, sent = 0, requests = 0, reused = 0, done = 0, planned = 0;
};

QuestionAsker::QuestionAsker(PlanLimits left, std::optional<Prices> prices, QuestionLog &log, std::stop_token stop)
    : d(std::make_unique<Private>(left, std::move(prices), log, std::move(stop)))
{
}

QuestionAsker::~QuestionAsker() = default;

void QuestionAsker::ask(std::span<AskedEndpoint> asked, int64_t together, const AskProgress &progress)
{
    const std::stop_callback stopped(d->stop, [this] { d->halt.request_stop(); });
    d->progress = progress;
    std::vector<Private::Side> sides;
    for (AskedEndpoint &one : asked) {
        const Dialect *dialect = findDialect(one.target.dialect);
        Private::Side side{&one, dialect != nullptr ? dialect : findDialect("openai-chat"), {}, {}, 0};
        side.rows = plannedRows(one, *side.dialect);
        d->planned += int64_t(side.rows.size());
        d->take(one, side.rows);
        d->done += int64_t(one.answers.kept.size());
        sides.push_back(std::move(side));
    }
    while (!d->stop.stop_requested() && d->pass(sides, together)) {
        const bool again = !d->failures.empty() && std::ranges::any_of(sides, [](const Private::Side &side) { return side.asked->answers.kept.size() < side.asked->answers.rows().size(); });
        if (again && !d->pause())
            break;
    }
    if (d->stop.stop_requested())
        d->finish(End::Stopped);
}

QuestionAsker::End QuestionAsker::ended() const
{
    return d->end;
}

Spending QuestionAsker::spent() const
{
    const Spend spend = d->budget.spent();
    return {d->requests, spend.promptTokens, spend.completionTokens, d->budget.money()};
}

std::vector<Told> QuestionAsker::notes() const
{
    return notesOf(d->end, d->reused, d->failures, d->lastWords);
}

} // namespace assay
