// SPDX-License-Identifier: GPL-3.0-or-later
// Which of a subject's runs count.
#include "core/bench/series.h"
#include "core/model/weightvariant.h"
#include "core/service/dtypesapart.h"
#include "core/service/runlibrarystate.h"

#include <algorithm>

namespace assay {
namespace {

bool belongsTo(const RunHeader &run, const SubjectRef &subject)
{
    // The path alone does not tell: the weights in it may have been replaced since.
    if (!run.subject.fingerprint.empty() && !subject.fingerprint.empty())
        return run.subject.fingerprint == subject.fingerprint;
    return run.subject.path == subject.path;
}

bool brokenOff(const RunHeader &run)
{
    return run.state == RunState::Cancelled || run.state == RunState::Failed || run.state == RunState::Interrupted;
}

bool hasResults(const BenchRun &run)
{
    return !run.samples.empty() || !run.requests.empty();
}

const DtypeFilter kEvery = [](const std::string &, const std::string &) { return true; };

} // namespace

std::shared_ptr<const BenchRun> RunLibrary::Private::latestBench(const SubjectRef &subject, const DtypeFilter &filter) const
{
    for (const bool part : {false, true}) {
        const auto found = std::find_if(bench.begin(), bench.end(), [&](const auto &run) {
            return hasResults(*run) && brokenOff(run->header) == part && belongsTo(run->header, subject) &&
                   filter(run->header.environment.dtype, run->plan.dtype);
        });
        if (found != bench.end())
            return joined(*found);
    }
    return nullptr;
}

/// The series that a run belongs to, where there is more than one session of it; else the run itself.
std::shared_ptr<const BenchRun> RunLibrary::Private::joined(const std::shared_ptr<BenchRun> &run) const
{
    if (!run->header.series)
        return run;
    std::vector<std::shared_ptr<const BenchRun>> sessions;
    std::copy_if(bench.begin(), bench.end(), std::back_inserter(sessions), [&](const auto &other) {
        return other->header.series && other->header.series->id == run->header.series->id && belongsTo(other->header, run->header.subject);
    });
    const auto whole = joinSeries(std::move(sessions));
    return whole ? whole : run;
}

std::vector<std::shared_ptr<const EvaluationRun>>
RunLibrary::Private::latestEvaluations(const SubjectRef &subject, const DtypeFilter &filter) const
{
    std::vector<std::shared_ptr<const EvaluationRun>> latest;
    std::set<std::string> suites;
    for (const bool part : {false, true}) {
        for (const auto &run : evaluations) {
            if (!run->items.empty() && brokenOff(run->header) == part && belongsTo(run->header, subject) &&
                filter(run->header.environment.dtype, run->protocol.dtype) && suites.insert(run->protocol.suite).second)
                latest.push_back(run);
        }
    }
    return latest;
}

std::vector<std::string> RunLibrary::Private::dtypesApart(const SubjectRef &subject, const std::vector<std::string> &asked) const
{
    std::vector<DtypeOfRun> runs;
    for (const auto &run : bench) {
        if (hasResults(*run) && belongsTo(run->header, subject))
            runs.push_back({{}, run->header.environment.dtype, run->plan.dtype});
    }
    for (const auto &run : evaluations) {
        if (!run->items.empty() && belongsTo(run->header, subject))
            runs.push_back({run->protocol.suite, run->header.environment.dtype, run->protocol.dtype});
    }
    // Nobody asks for these by a dtype: they are told as computed.
    for (const auto &run : fidelity->runs()) {
        if (asked.empty() && belongsTo(run->header, subject))
            runs.push_back({"\n" + run->protocol.text, run->protocol.dtype, {}});
    }
    return assay::dtypesApart(runs, asked);
}

std::shared_ptr<const BenchRun> RunLibrary::latestBench(const SubjectRef &subject) const
{
    return d->latestBench(subject, kEvery);
}

std::vector<std::shared_ptr<const EvaluationRun>> RunLibrary::latestEvaluations(const SubjectRef &subject) const
{
    return d->latestEvaluations(subject, kEvery);
}

std::vector<SubjectRuns> RunLibrary::latestRuns(const SubjectRef &subject, const DtypeChoice &choice) const
{
    // A pruned model never stands for the model itself, nor does it hide it.
    const auto asked = [&choice](const std::string &computed, const std::string &dtype) {
        return choice.asked.empty() ? choice.apart || computedDtype(computed) == computed : std::ranges::find(choice.asked, dtype) != choice.asked.end();
    };
    const std::vector<std::string> dtypes = choice.apart ? d->dtypesApart(subject, choice.asked) : std::vector<std::string>{};
    if (dtypes.empty())
        return {{{}, d->latestBench(subject, asked), d->latestEvaluations(subject, asked)}};
    std::vector<SubjectRuns> out;
    for (const std::string &dtype : dtypes) {
        const auto here = [&](const std::string &computed, const std::string &wanted) { return computed == dtype && asked(computed, wanted); };
        out.push_back({dtype, d->latestBench(subject, here), d->latestEvaluations(subject, here)});
    }
    return out;
}

} // namespace assay
