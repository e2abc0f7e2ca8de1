// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/measuresession.h"
#include "core/endpoint/target.h"

#include <nlohmann/json_fwd.hpp>

namespace assay {

/// A load on endpoints that is repeated over hours (benchmarking.md 4, pitfall 19): each session is a run of its own, stored when
/// it ends, and one that fails does not end the series.
struct BenchSeries
{
    struct Endpoint
    {
        SubjectRef reference;
        EndpointTarget target;
        BenchPlan plan;
        int64_t next = 0; ///< session to be measured
    };
    std::string id;
    int64_t sessions = 1;
    double every = 0;                  ///< seconds from one beginning to the next
    std::vector<Endpoint> endpoints;
    std::string newest;                ///< when its last session so far began, UTC
    std::optional<int64_t> due;        ///< of the next session, seconds since 1970; absent: at once
};

void addSeriesOptions(Arguments &options);
/// What --repeat and --every ask for, without endpoints; nothing where they ask for one session. BadUsage.
Result<std::optional<BenchSeries>> seriesOf(const Arguments &options);

/// The newest series that lacks a session and that has this id, or a run of this id; ids may be cut short. A session that was
/// broken off is measured anew. Nothing where there is none; errors of finding a key, and BadUsage where another process measures the only one.
Result<std::optional<BenchSeries>> resumableSeries(const RunLibrary &library, const Arguments &options, const std::string &idBegin);

/// Measures session after session and waits between them. Errors: BadUsage where another process measures it; Cancelled; that of the last session when none ended well.
Result<void> runSeries(MeasureSession &session, BenchSeries series);

/// The runs of a series as stored, of all endpoints, by session.
std::vector<std::shared_ptr<const BenchRun>> runsOfSeries(const RunLibrary &library, const std::string &id);
/// How the sessions of each endpoint differ: a line each, and medians by the hour.
void printSeries(const RunLibrary &library, const std::string &id);
nlohmann::json seriesJson(const RunLibrary &library, const std::string &id);

} // namespace assay
