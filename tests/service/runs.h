// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"
#include "core/evaluate/evaluation.h"

#include <nlohmann/json.hpp>

namespace assay {

/// Runs to be stored: every field that a store could lose has a value of its own.
inline BenchRun benchRun(const std::string &id, const std::string &startedAt = "2026-01-02T03:04:05Z")
{
    BenchRun run;
    run.header.id = id;
    run.header.subject = {"/models/full", "full", "print-full"};
    run.header.environment.weights = {{"BF16", "int8", 7, 8}};
    run.header.environment.unused = {"left.over"};
    run.header.environment.unusedCount = 2;
    run.header.startedAt = startedAt;
    run.plan.promptTokens = {16, 32};
    run.plan.runs = 9;
    run.plan.seed = 77;
    return run;
}

inline EvaluationRun evaluationRun(const std::string &id, const std::string &suite = "reasoning",
                                   const std::string &startedAt = "2026-01-02T03:04:05Z")
{
    EvaluationRun run;
    run.header.id = id;
    run.header.subject = {"/models/full", "full", "print-full"};
    run.header.startedAt = startedAt;
    run.protocol.suite = suite;
    run.protocol.suiteItems = 2;
    run.protocol.axes = {{"difficulty", "digits"}};
    return run;
}

inline LoadSample loadSample()
{
    LoadSample sample;
    sample.seconds = 0.375;
    sample.weightBytes = 123456789012;
    sample.pagesCached = false;
    sample.memory.processPeak = 987654321;
    sample.heldBytes = 123456789999;
    return sample;
}

inline MeasureSample measureSample(int64_t index)
{
    MeasureSample sample;
    sample.index = index;
    sample.warmup = index == 0;
    sample.promptTokens = 16;
    sample.outputTokens = 4;
    sample.batch = 2;
    sample.firstToken = 0.1; // not a binary fraction: a shortened number would show
    sample.gaps = {0.01, 0.02, 1.0 / 3.0};
    sample.total = 0.5;
    sample.memory.tensorPeak = 4096;
    sample.load1 = 1.25;
    sample.predictedBytes = 4100;
    return sample;
}

inline ItemResult itemResult(const std::string &id)
{
    ItemResult item;
    item.itemId = id;
    item.task = "addition";
    item.judged.outcome = Outcome::Truncated;
    item.expected = "12";
    item.judged.extracted = "1";
    item.given.output = "1\xff\xe4\xb8\xad"; // models write what is no UTF-8, too
    item.given.choices = {{-1.5, NAN, 2, true}, {-0.25, NAN, 1, false}};
    item.axes = {{"difficulty", 3}};
    item.given.seconds = 0.75;
    item.given.outputTokens = 6;
    item.given.error = "none";
    return item;
}

} // namespace assay
