// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/suite.h"
#include "core/service/subjectjob.h"

#include <memory>

namespace assay {

/// Loads the subject plan.loads times, then measures every point; each sample goes to the library when it
/// arrives. A point that the subject refuses (too long, too little memory) is said in the log and does not
/// stop the others; the job then ends as failed with that error.
class BenchJob : public SubjectJob
{
    Q_OBJECT
public:
    BenchJob(SubjectRef subject, BenchPlan plan, BackendFactory factory, RunLibrary *library,
             QObject *parent = nullptr);
    ~BenchJob() override;

protected:
    void begin(const RunHeader &header) override;
    QString loadingStage() const override;
    void opened(const LoadSample &sample) override;

private:
    struct Private;
    void measureLimits();
    void measureNext();
    void measurePoint();
    protocol::MeasureRequest requestOf(const BenchPoint &point) const;
    void received(const MeasureSample &sample);
    std::unique_ptr<Private> d;
};

/// Asks the subject every item of a suite; each outcome goes to the library when it arrives. An item that the
/// subject refuses has the outcome Error; an error of the worker ends the job.
class EvaluateJob : public SubjectJob
{
    Q_OBJECT
public:
    EvaluateJob(SubjectRef subject, std::shared_ptr<const Suite> suite, std::string device, std::string dtype,
                BackendFactory factory, RunLibrary *library, QObject *parent = nullptr);
    ~EvaluateJob() override;
    /// How many prompts are generated together at most, before start(). One by one an item gets exactly the answer that
    /// `generate` gives; together the sums of a product may be taken in another order, and of two tokens that are nearly
    /// alike the other one win.
    void setBatch(int64_t batch);

protected:
    void begin(const RunHeader &header) override;
    QString loadingStage() const override;
    void opened(const LoadSample &sample) override;

private:
    struct Private;
    void askNext();
    void generate(const SuiteItem &item);
    void generateTogether(size_t count);
    protocol::GenerateRequest requestFor(const SuiteItem &item) const;
    void addAnswer(const SuiteItem &item, const protocol::GenerateResult &answer);
    void askOneByOne(size_t count);
    void score(size_t count);
    void addScores(size_t count, const protocol::ScoreResult &result);
    void refused(const SuiteItem &item, const Error &error);
    void add(const SuiteItem &item, Answer answer);
    std::unique_ptr<Private> d;
};

} // namespace assay
