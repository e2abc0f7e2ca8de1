// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/codeexecution.h"
#include "core/service/evaluationestimate.h"
#include "core/service/jobs.h"
#include "core/service/suiteprompts.h"

#include <QElapsedTimer>
#include <atomic>

namespace assay {

/// Whether any scorer of the suite subtracts what a choice is worth without its prompt.
bool needsUnconditional(const Suite &suite);

/// What the parts of an evaluation share.
struct EvaluateJob::Private
{
    std::shared_ptr<const Suite> suite;
    EvaluationPlan plan;
    SuitePrompts prompts;
    EvaluationProtocol protocol;
    std::set<RowKey> earlier; ///< of the run that goes on
    /// Rows of it that failed in a way that may pass: they are asked again, and what comes takes their place.
    struct Failed
    {
        size_t row = 0; ///< of the run
        std::vector<EarlierFailure> failures;
        int64_t tries = 0;
    };
    std::map<RowKey, Failed> failed;
    bool resumed = false;
    std::vector<AskedRow> rows; ///< that are still to be asked, in their order
    size_t next = 0;            ///< the first of them without an answer, where a worker is asked one after the other
    size_t single = 0;          ///< rows before this one are asked one by one, since together they were refused
    int64_t total = 0, there = 0; ///< rows of the whole run; of them answered
    int restarts = 0;             ///< of a worker that died
    bool looked = false;          ///< it is known how prompts begin
    EvaluationPace pace;        ///< of this job's answers
    Spend spent;                ///< of the whole run
    QElapsedTimer clock;
    qint64 pausedAt = 0, pausedFor = 0; ///< ms of the clock
    bool paused = false, idle = false;  ///< idle: paused, and nothing is under way
    bool estimated = false;
    PlanLimit limit = PlanLimit::None;

    // Of items that are answered by programs.
    CodeExecutor programs;
    bool keeping = false, ends = false; ///< keeping: answers are here that are not kept yet; ends: the run ends when they are
    bool untested = false; ///< all is asked, and the last programs run

    // Of a text that is asked in windows.
    std::vector<TextWindow> windows;
    size_t window = 0;
    Answer text;

    ImagePreparation preparation; ///< of a suite of images

    // Of an endpoint.
    bool echoes = false;           ///< it echoes prompts with their log-probabilities
    std::vector<EchoItem> pieces;  ///< of a text
    std::shared_ptr<Go> go; ///< null: nothing is under way
    /// Failures that say that it is gone, as long as nothing else came: if it stays gone they are no answers.
    std::vector<std::pair<AskedRow, Answer>> held;
    std::optional<RequestRecord> gone; ///< the last such failure

    const SuiteItem &item(const AskedRow &row) const { return suite->items[row.item]; }
    double seconds() const { return clock.isValid() ? double(clock.elapsed() - pausedFor - (paused ? clock.elapsed() - pausedAt : 0)) * 1e-3 : 0; }
};

/// Rows that an endpoint is asked together, until none is left or something stops it.
struct EvaluateJob::Go
{
    Go(PlanLimits limits, std::optional<Prices> prices) : budget(std::move(limits), std::move(prices)) {}
    std::vector<AskedRow> rows;
    Budget budget;
    std::atomic<bool> stop = false; ///< nothing more is asked: a pause, or the endpoint is gone
    std::vector<int64_t> tries;     ///< by row
    std::vector<char> answered;     ///< likewise
    std::map<size_t, RequestRecord> open; ///< the last try of rows that the client meant to ask again
};

} // namespace assay
