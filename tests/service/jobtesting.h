// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/jobs.h"
#include "tests/service/fakeworker.h"

#include <QSignalSpy>
#include <QTest>

/// Jobs whose worker is the fake one.
namespace assay {

inline const SubjectRef kSubject{"/models/fake", "fake", "print"};

inline BackendFactory factoryFor(const QStringList &options = {})
{
    return [options] { return std::make_unique<WorkerBackend>(fakeWorker(options), "/models/fake"); };
}

inline BenchPlan smallPlan()
{
    BenchPlan plan;
    plan.promptTokens = {8, 16};
    plan.outputTokens = {4};
    plan.runs = 3;
    plan.warmup = 1;
    plan.loads = 2;
    return plan;
}

inline std::unique_ptr<BenchJob> benchJob(RunLibrary &library, const QStringList &options = {},
                                   const BenchPlan &plan = smallPlan())
{
    return std::make_unique<BenchJob>(kSubject, plan, factoryFor(options), &library);
}

inline SuiteItem sum(int a, int b, const std::string &prefix = {})
{
    SuiteItem item;
    item.id = prefix + std::to_string(a) + "+" + std::to_string(b);
    item.task = "addition";
    item.prompt = prefix + std::to_string(a) + "+" + std::to_string(b) + "=";
    item.answers = {std::to_string(a + b)};
    item.axes = {{"difficulty", double(a)}};
    return item;
}

inline SuiteItem choice(const std::string &id, int right, const std::string &prompt = "Which?")
{
    SuiteItem item;
    item.id = id;
    item.prompt = prompt;
    item.asking = Asking::Choice;
    item.choices = {"a long one", "short"};
    item.answerIndex = right;
    return item;
}

inline std::unique_ptr<EvaluateJob> evaluateJob(RunLibrary &library, const std::vector<SuiteItem> &items,
                                         const QStringList &options = {}, const EvaluationPlan &plan = {})
{
    auto suite = std::make_shared<Suite>();
    suite->name = "sums";
    suite->fingerprint = "suite-print";
    suite->axes = {{"difficulty", "the first number"}};
    suite->items = items;
    return std::make_unique<EvaluateJob>(kSubject, suite, plan, factoryFor(options), &library);
}

/// Starts a job and waits for its end.
inline void finish(Job &job)
{
    QSignalSpy finished(&job, &Job::finished);
    job.start();
    QTRY_VERIFY_WITH_TIMEOUT(job.isOver(), 20000);
    QTest::qWait(20);
    QCOMPARE(finished.size(), 1);
}

} // namespace assay
