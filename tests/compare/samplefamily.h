// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/comparison.h"

/// A family of three with round figures, made for tests: what each of them took, kept and got right is known exactly.
namespace samplefamily {

using namespace assay;

struct Speed
{
    double firstToken = 0.1; ///< seconds
    double gap = 0.01;
    uint64_t bytes = 100u << 20;
};

/// Runs that differ by up to 2 % around the given speed, the same way for every subject.
inline BenchRun bench(const std::string &name, const Speed &speed, int runs = 7, BenchPoint point = {64, 11, 1})
{
    BenchRun run;
    run.header.id = "bench-" + name;
    run.header.subject = {"/models/" + name, name, "f-" + name};
    run.header.environment = {"host", "Linux", "CPU", 8, 2, "cpu", "", "float32", "0.1", "1.13.1", "0.1"};
    run.header.state = RunState::Finished;
    run.plan.promptTokens = {point.promptTokens};
    run.plan.outputTokens = {point.outputTokens};
    run.plan.runs = runs;
    run.loads = {{0.5, speed.bytes / 2, true, {}}};
    for (int i = -1; i < runs; ++i) {
        const double wobble = 1 + 0.01 * (i % 3);
        MeasureSample sample;
        sample.index = i + 1;
        sample.warmup = i < 0;
        sample.promptTokens = point.promptTokens;
        sample.outputTokens = point.outputTokens;
        sample.batch = point.batch;
        sample.firstToken = speed.firstToken * wobble;
        sample.gaps.assign(size_t(point.outputTokens - 1), speed.gap * wobble);
        sample.total = sample.firstToken + speed.gap * wobble * double(point.outputTokens - 1);
        sample.memory.tensorPeak = speed.bytes;
        sample.memory.processPeak = speed.bytes * 2;
        sample.load1 = 1;
        run.samples.push_back(sample);
    }
    return run;
}

/// Items 0 ... n-1 of the suite "sums"; the first `right` are right. Difficulty 1 to 5 rises with the number.
inline EvaluationRun evaluation(const std::string &name, size_t right, size_t n = 100, const std::string &suite = "sums")
{
    EvaluationRun run;
    run.header = bench(name, {}).header;
    run.header.id = "evaluation-" + name;
    run.protocol = {suite, "Sums of numbers", "fingerprint-1", n, {{"difficulty", "digits"}}, "cpu", "float32", 0};
    for (size_t i = 0; i < n; ++i) {
        ItemResult item;
        item.itemId = "q" + std::to_string(i);
        item.task = i % 2 ? "addition" : "sorting";
        item.axes["difficulty"] = double(1 + i * 5 / n);
        item.judged.outcome = i < right ? Outcome::Right : Outcome::Wrong;
        run.items.push_back(item);
    }
    return run;
}

inline ComparedSubject subject(Role role, const std::string &name, const Speed &speed, size_t right)
{
    ComparedSubject out;
    out.role = role;
    out.subject = {"/models/" + name, name, "f-" + name};
    out.bench = std::make_shared<BenchRun>(bench(name, speed));
    out.evaluations = {std::make_shared<EvaluationRun>(evaluation(name, right))};
    return out;
}

/// Another outcome for one of the items.
inline void judge(EvaluationRun &run, size_t item, Outcome outcome)
{
    ItemResult row = run.items[item];
    row.judged.outcome = outcome;
    run.items.set(item, row);
}

/// full: 90 of 100 right, 10 ms a token, 100 MiB; distilled: 72, 2.5 ms, 25 MiB; base: 40, 2.5 ms, 25 MiB.
inline Comparison family()
{
    Comparison comparison;
    comparison.subjects = {subject(Role::Full, "big", {0.1, 0.01, 100u << 20}, 90),
                           subject(Role::Distilled, "small-distilled", {0.03, 0.0025, 25u << 20}, 72),
                           subject(Role::Base, "small-base", {0.03, 0.0025, 25u << 20}, 40)};
    return comparison;
}

inline BenchRun &benchOf(Comparison &comparison, size_t subject)
{
    auto copy = std::make_shared<BenchRun>(*comparison.subjects[subject].bench);
    comparison.subjects[subject].bench = copy;
    return *copy;
}

inline EvaluationRun &evaluationOf(Comparison &comparison, size_t subject)
{
    auto copy = std::make_shared<EvaluationRun>(*comparison.subjects[subject].evaluations.front());
    comparison.subjects[subject].evaluations = {copy};
    return *copy;
}

/// Marks every text as translated and swaps nothing: "<text>".
inline std::string marked(const char *, const char *source)
{
    return "<" + std::string(source) + ">";
}

} // namespace samplefamily
