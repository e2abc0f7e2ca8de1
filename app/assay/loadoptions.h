// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/assay/arguments.h"
#include "core/endpoint/target.h"

namespace assay {

/// What of `bench` is for endpoints: --concurrency, --rate, --arrivals, --requests, --seconds, --cache, --slo, the limits,
/// --prices and how they are asked.
void addLoadOptions(Arguments &options);
/// The base's load with what the options say. Error: BadUsage, FileUnreadable (a trace).
Result<EndpointLoad> loadOf(const Arguments &options, EndpointLoad base);
/// --model and --dialect.
void addEndpointOptions(Arguments &options);
/// --http, --proxy, --ca-file and the limits of time of one request.
void addTransportOptions(Arguments &options);
Result<Transport> transportOf(const Arguments &options);

/// --preset and --plan: what other options then change. Errors: BadUsage, FileUnreadable, PlanDamaged.
void addPresetOptions(Arguments &options);
struct BasePlans
{
    BenchPlan local, endpoint;
};
Result<BasePlans> basePlans(const Arguments &options);
/// --save-plan. Error: FileUnwritable.
Result<void> savePlan(const QString &file, const BenchPlan &plan);

} // namespace assay
