// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/jobs.h"

#include "core/service/translation.h"

#include <algorithm>

namespace assay {

struct BenchJob::Private
{
    BenchPlan plan;
    std::vector<BenchPoint> points;
    size_t point = 0;             ///< being measured
    int64_t loads = 0;            ///< done
    int64_t counted = 0;          ///< samples of this point without warm-up
    int64_t sampled = 0;          ///< samples of this point
    int64_t turn = 0;             ///< of this point, where turns are taken
    double work = 0;              ///< of all samples so far
    std::optional<Error> refused; ///< of the first point that could not be measured

    int64_t loadsWanted() const { return std::max<int64_t>(plan.loads, 1) + plan.coldLoads; }
    /// Work is counted in tokens, since the points of a plan differ much in it; a pass over declared inputs is one.
    static double workOf(const BenchPoint &point)
    {
        return point.inputs.empty() ? double(point.promptTokens + point.outputTokens) * double(point.batch) : 1;
    }
    double workPlanned() const
    {
        double sum = 0;
        for (const BenchPoint &planned : points)
            sum += workOf(planned) * double(plan.runs + plan.warmup);
        return sum;
    }
};

namespace {

/// Seeds of turns lie far apart: a worker counts on from the one that it is given.
constexpr uint64_t kSeedOfTurn = 1'000'003;

/// What is measured at a point, as the job's stage says it.
QString nameOf(const BenchPoint &point)
{
    if (!point.inputs.empty())
        return BenchJob::tr("passes over %1").arg(QString::fromStdString(point.inputs));
    if (point.isPass())
        return BenchJob::tr("passes over %1 tokens, batch %2").arg(point.promptTokens).arg(point.batch);
    return BenchJob::tr("prompt %1, output %2, batch %3").arg(point.promptTokens).arg(point.outputTokens).arg(point.batch);
}

} // namespace

namespace {

/// The first load is a cold one where the plan has any.
BackendFactory beginning(BackendFactory factory, bool cold)
{
    return [factory = std::move(factory), cold] {
        auto backend = factory ? factory() : nullptr;
        if (backend)
            backend->setCold(cold);
        return backend;
    };
}

} // namespace

BenchJob::BenchJob(SubjectRef subject, BenchPlan plan, BackendFactory factory, RunLibrary *library,
                   QObject *parent)
    : SubjectJob(tr("Benchmark"), std::move(subject), plan.device, plan.dtype, beginning(std::move(factory), plan.coldLoads > 0), library,
                 parent),
      d(std::make_unique<Private>())
{
    d->points = pointsOf(plan);
    d->plan = std::move(plan);
}

BenchJob::~BenchJob() = default;

void BenchJob::begin(const RunHeader &header)
{
    if (library())
        library()->begin(BenchRun{header, d->plan, {}, {}});
    setProgress(loadingStage(), 0, d->workPlanned());
}

QString BenchJob::loadingStage() const
{
    return tr("loading %1/%2").arg(d->loads + 1).arg(d->loadsWanted());
}

void BenchJob::opened(const LoadSample &sample)
{
    ++d->loads;
    if (library())
        library()->append(runKey(), sample);
    backend().setCold(d->loads < d->plan.coldLoads);
    if (d->loads < d->loadsWanted())
        backend().close(then<bool>([this](bool) { openSubject(); }));
    else
        measureLimits();
}

void BenchJob::measureLimits()
{
    Environment environment = backend().environment();
    // Only of what a decoder does is it known how much of the machine it asks for.
    if (!d->plan.machineLimits || d->plan.passes || !environment.work)
        return measureNext();
    setProgress(tr("measuring the machine"), done(), total());
    const auto known = [this, environment](const MachineLimits &limits) mutable {
        environment.limits = limits;
        if (library())
            library()->setEnvironment(runKey(), environment);
        measureNext();
    };
    // Without them the run is as good, it only tells nothing of the machine's limits.
    const auto unknown = [this](const Error &error) {
        if (endsBackend(error.code) && error.code != ErrorCode::UnknownMethod)
            return false;
        addLog(errorText(error));
        measureNext();
        return true;
    };
    backend().limits(then<MachineLimits>(known, unknown));
}

void BenchJob::measureNext()
{
    if (d->point == d->points.size()) {
        finishRun(d->refused);
        return;
    }
    passTurn();
    withTurn([this] { measurePoint(); });
}

/// Of a job that takes turns one run, in the first turn after the warm-up; else all.
protocol::MeasureRequest BenchJob::requestOf(const BenchPoint &point) const
{
    protocol::MeasureRequest request;
    request.promptTokens = point.promptTokens;
    request.outputTokens = point.outputTokens;
    request.batch = point.batch;
    request.inputs = d->plan.inputs;
    request.runs = d->plan.runs;
    request.warmup = d->plan.warmup;
    request.decoding = d->plan.decoding;
    request.prompts = d->plan.prompts;
    request.streamed = d->plan.streamed;
    request.depth = point.depth;
    request.shares = !point.isPass();
    request.seed = d->plan.seed + d->point; // prompts of different points have nothing in common
    if (takesTurns()) {
        request.runs = 1;
        request.warmup = d->turn == 0 ? d->plan.warmup : 0;
        request.shares = request.shares && d->turn + 1 == d->plan.runs;
        request.seed += uint64_t(d->turn) * kSeedOfTurn; // nor have those of different turns
    }
    return request;
}

void BenchJob::measurePoint()
{
    const BenchPoint &point = d->points[d->point];
    if (d->turn == 0) {
        d->counted = d->sampled = 0;
        setProgress(tr("%1: warm-up").arg(nameOf(point)), done(), total());
    }
    const auto next = [this](bool measured) {
        if (!measured || !takesTurns() || ++d->turn >= d->plan.runs) {
            ++d->point;
            d->turn = 0;
        }
        measureNext();
    };
    const auto refused = [this, next](const Error &error) {
        if (endsBackend(error.code))
            return false;
        addLog(errorText(error));
        if (!d->refused)
            d->refused = error;
        next(false);
        return true;
    };
    const QPointer<BenchJob> guard(this);
    const auto sampled = [guard](const MeasureSample &sample) {
        if (guard)
            guard->received(sample);
    };
    backend().measure(requestOf(point), sampled, then<bool>([next](bool) { next(true); }, refused));
}

void BenchJob::received(const MeasureSample &measured)
{
    if (isClosing())
        return;
    MeasureSample sample = measured;
    if (takesTurns())
        sample.index = d->sampled; // the worker counts those of one turn
    ++d->sampled;
    if (library())
        library()->append(runKey(), sample);
    const BenchPoint point = pointOf(sample);
    d->work += Private::workOf(point);
    if (!sample.warmup)
        ++d->counted;
    setProgress(tr("%1: %2/%3").arg(nameOf(point), QString::number(d->counted), QString::number(d->plan.runs)), d->work, total());
}

} // namespace assay
