// SPDX-License-Identifier: GPL-3.0-or-later
// Asking an endpoint: so many requests in flight until nothing is left.
#include "core/service/endpointanswer.h"
#include "core/service/evaluatestate.h"
#include "core/service/loadsession.h"
#include "core/service/translation.h"

#include <algorithm>

namespace assay {
namespace {

/// Tokens of a template around a prompt, at most; a token is a byte at least.
constexpr int64_t kTemplateTokens = 64, kBytesPerToken = 4;

/// Requests in a row that find no endpoint until it is taken to be gone.
constexpr size_t kMostHeld = 8;

} // namespace

void EvaluateJob::askMany()
{
    PlanLimits limits = d->plan.limits;
    const auto go = std::make_shared<Go>(limits, d->plan.prices);
    go->rows.assign(d->rows.begin() + std::ptrdiff_t(d->next), d->rows.end());
    go->tries.resize(go->rows.size());
    go->answered.resize(go->rows.size());
    go->budget.add(d->spent); // limits are of the whole run
    d->go = go;
    Backend::Many many;
    many.count = int64_t(go->rows.size());
    many.inFlight = d->plan.inFlight;
    many.retries = d->plan.retries;
    many.seconds = limits.seconds > 0 ? std::max(limits.seconds - d->seconds(), 1e-3) : 0;
    // The threads of the client see the plan and the suite, which nobody changes, and the go.
    many.make = [go, suite = d->suite, plan = d->plan](int64_t index) -> std::optional<LoadRequest> {
        if (go->stop)
            return std::nullopt;
        const AskedRow &row = go->rows[size_t(index)];
        const SuiteItem &item = suite->items[row.item];
        LoadRequest request;
        request.prompt = item.prompt;
        request.promptTokens = int64_t(item.prompt.size()) / kBytesPerToken + 1;
        request.outputTokens = plan.maxTokens > 0 ? plan.maxTokens : item.maxTokens > 0 ? item.maxTokens : suite->maxTokens;
        request.temperature = plan.temperature;
        request.thinking = plan.thinking;
        if (plan.temperature > 0) {
            request.topP = plan.topP < 1 ? std::optional(plan.topP) : std::nullopt;
            request.seed = sampleSeed(plan.seed, item.id, row.sample);
        }
        const int64_t worst = int64_t(item.prompt.size()) + kTemplateTokens;
        return go->budget.reserve(index, worst, request.outputTokens, plan.retries + 1) ? std::optional(request) : std::nullopt;
    };
    many.took = [this, guard = QPointer<EvaluateJob>(this), go](RequestRecord &&record) {
        if (guard && state() == JobState::Running)
            took(go, std::move(record));
    };
    backend().generateMany(std::move(many), then<bool>([this, go](bool) { manyEnded(go); }));
}

void EvaluateJob::took(const std::shared_ptr<Go> &go, RequestRecord &&record)
{
    const auto index = size_t(record.index);
    if (record.failure == Failure::Cancelled || index >= go->rows.size())
        return;
    go->budget.settle(record);
    const AskedRow row = go->rows[index];
    const int64_t tries = ++go->tries[index];
    if (record.failure != Failure::None)
        addLog(tr("item %1, try %2: %3").arg(toQString(d->item(row).id)).arg(tries).arg(toQString(answerOf(record, {}, tries).error)));
    if (!isLastTry(record, d->plan.retries)) {
        go->open[index] = std::move(record);
        return;
    }
    go->open.erase(index);
    go->budget.release(record.index);
    go->answered[index] = 1;
    Answer answer = answerOf(record, d->suite->stop, tries);
    if (endpointIsGone(record.failure)) {
        d->held.emplace_back(row, std::move(answer));
        d->gone = std::move(record);
        go->stop = go->stop || d->held.size() >= kMostHeld;
        return;
    }
    keepHeld();
    add(row, std::move(answer));
    showProgress();
}

/// It was not gone for good: what failed meanwhile has failed.
void EvaluateJob::keepHeld()
{
    for (auto &[row, answer] : std::exchange(d->held, {}))
        add(row, std::move(answer));
    d->gone.reset();
}

void EvaluateJob::manyEnded(const std::shared_ptr<Go> &go)
{
    d->go.reset();
    if (d->gone && (d->held.size() >= kMostHeld || d->there == 0))
        return finishRun(errorOf(*d->gone, subject().path));
    keepHeld();
    const PlanLimit reached = go->budget.reached();
    const bool timeIsUp = d->plan.limits.seconds > 0 && d->seconds() >= d->plan.limits.seconds;
    const bool ended = !go->stop && reached == PlanLimit::None && !timeIsUp;
    // A server that wants to be asked only much later is not asked again.
    for (auto &[index, record] : go->open) {
        if (!ended)
            break;
        go->answered[index] = 1;
        add(go->rows[index], answerOf(record, d->suite->stop, go->tries[index]));
    }
    std::vector<AskedRow> left;
    for (size_t i = 0; i < go->rows.size(); ++i) {
        if (!go->answered[i])
            left.push_back(go->rows[i]);
    }
    d->rows = std::move(left);
    d->next = 0;
    d->limit = reached != PlanLimit::None ? reached : timeIsUp && !d->rows.empty() ? PlanLimit::Time : PlanLimit::None;
    if (ended && !d->rows.empty()) // nothing came of them, not even a failure
        return finishRun(Error{ErrorCode::Internal, {"requests without an end"}, {}});
    goOn();
}

} // namespace assay
