// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/budget.h"
#include "core/evaluate/imagepreparation.h"
#include "core/evaluate/suite.h"
#include "core/service/evaluationplan.h"
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

/// Asks the subject every item of a suite, k times where the plan says so; each answer goes to the library when it arrives. An item
/// that the subject refuses, or that the worker dies of, has the outcome Error. A worker that dies is started again, a few times; another
/// error of it, or an endpoint that is gone, ends the job. What is missing then, or failed in a way that may pass, can be
/// asked by another job that resumes the run.
class EvaluateJob : public SubjectJob
{
    Q_OBJECT
public:
    EvaluateJob(SubjectRef subject, std::shared_ptr<const Suite> suite, EvaluationPlan plan, BackendFactory factory,
                RunLibrary *library, QObject *parent = nullptr);
    /// One by one, greedy, once.
    EvaluateJob(SubjectRef subject, std::shared_ptr<const Suite> suite, std::string device, std::string dtype,
                BackendFactory factory, RunLibrary *library, QObject *parent = nullptr);
    ~EvaluateJob() override;
    /// Goes on with this run of the same suite, before start(): the card says how, only what is missing is asked.
    void resume(const EvaluationRun &run);
    bool isPaused() const;
    void setPaused(bool paused); ///< what is under way ends, and nothing more is asked until it goes on
    PlanLimit limit() const;     ///< that ended the run

signals:
    void estimated(const QString &text); ///< after the pilot: what the rest will take
    void warned(const QString &text);    ///< what makes the figures doubtful: a begin token that stands twice

protected:
    void begin(const RunHeader &header) override;
    QString loadingStage() const override;
    void opened(const LoadSample &sample) override;

private:
    struct Private;
    struct Go;
    // evaluatejob.cpp
    std::optional<Error> whyImpossible();
    void look(std::function<void()> next);
    void lookedAt(const std::vector<int64_t> &prefix, const std::vector<std::string> &pieces, const std::vector<int64_t> &prompt);
    void goOn();
    void warn(const QString &text);
    PlanLimit passed() const;
    void add(const AskedRow &row, Answer answer);
    void keep(const AskedRow &row, Answer answer);
    void test(const AskedRow &row, Answer answer);
    void finishWhenTested();
    void refused(const AskedRow &row, const Error &error);
    bool survive(const Error &error, size_t count);
    void showProgress();
    // evaluateworker.cpp
    void askNext();
    void generate(const AskedRow &row);
    void generateTogether(size_t count);
    Result<protocol::GenerateRequest> requestFor(const AskedRow &row) const;
    void askOneByOne(size_t count);
    void score(size_t count);
    Result<std::vector<protocol::ScoreItem>> scoreItems(size_t count) const;
    void addScores(size_t first, size_t count, const protocol::ScoreResult &result);
    void cutText(const AskedRow &row);
    void scoreText(const AskedRow &row);
    void refuseNext(const Error &error);
    void addNext(Answer answer);
    // evaluateimages.cpp
    std::optional<Error> prepareForImages();
    void classifyImages(size_t count);
    void askForClasses(std::vector<Result<PreparedImage>> images);
    // evaluateecho.cpp
    bool scores(const AskedRow &row) const;
    void findEcho(const LoadSample &sample);
    void askEcho();
    size_t affordable(size_t count);
    void echoChoices(size_t count);
    void echoText(const AskedRow &row, size_t piece);
    bool goneForGood(const std::vector<EchoAnswer> &answers);
    // evaluateendpoint.cpp
    void askMany();
    void took(const std::shared_ptr<Go> &go, RequestRecord &&record);
    void keepHeld();
    void manyEnded(const std::shared_ptr<Go> &go);
    std::unique_ptr<Private> d;
};

} // namespace assay
