// SPDX-License-Identifier: GPL-3.0-or-later
// Log-likelihoods of 1,000 four-choice items through a job and a worker of its own, against the rate at which the same engine
// prefills batches of prompts as long as the items' are. Tokens of the items: each prompt once, and of each choice all but its last
// token, which nothing follows. Both are measured in turn; the goal is a share of 0.7, by the clock and by processor time: that of the
// worker for prefill, that of worker and job for the items. Of a busy machine processor time tells more.
//   evaluate_speed [MODEL]   the shipped sample "full" without an argument
#include "core/service/jobs.h"
#include "core/service/resources.h"
#include "core/service/workerbackend.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QElapsedTimer>
#include <QFile>
#include <algorithm>
#include <cstdio>
#include <random>
#include <unistd.h>

using namespace assay;

namespace {

constexpr int kItems = 1000, kChoices = 4, kPairs = 5;
constexpr int64_t kBatch = 16;

std::string digits(std::mt19937_64 &random, int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += char('0' + random() % 10);
    return text;
}

/// No two prompts begin alike for long: nothing can be shared between items.
std::shared_ptr<const Suite> makeSuite()
{
    auto suite = std::make_shared<Suite>();
    suite->name = "speed";
    suite->fingerprint = "speed";
    std::mt19937_64 random(7);
    for (int i = 0; i < kItems; ++i) {
        SuiteItem item;
        item.id = std::to_string(i);
        item.asking = Asking::Choice;
        const int words = 12 + int(random() % 12);
        for (int word = 0; word < words; ++word)
            item.prompt += digits(random, 3) + " ";
        item.prompt += "=";
        for (int choice = 0; choice < kChoices; ++choice)
            item.choices.push_back(digits(random, 3));
        item.answerIndex = int(random() % kChoices);
        suite->items.push_back(std::move(item));
    }
    return suite;
}

/// Processor time of a process and its threads so far, in seconds; clock ticks are 10 ms.
double processorSeconds(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' '); // from the state, the third field, on
    return fields.size() > 12 ? (fields[11].toDouble() + fields[12].toDouble()) / double(::sysconf(_SC_CLK_TCK)) : 0;
}

struct Evaluated
{
    double seconds = 0, processor = 0;
    int64_t tokens = 0, prompt = 0;
};

/// Waits for a call with a Done.
template <class T, class Call> Result<T> wait(Call call)
{
    QEventLoop loop;
    Result<T> out = failure(ErrorCode::Cancelled);
    call([&](Result<T> result) {
        out = std::move(result);
        loop.quit();
    });
    loop.exec();
    return out;
}

/// Tokens a second, by the clock and by the worker's processor time.
struct Rate
{
    double wall = 0, processor = 0;
};

Rate prefillRate(WorkerBackend &backend, int64_t prompt)
{
    protocol::MeasureRequest request;
    request.promptTokens = prompt;
    request.outputTokens = 1;
    request.batch = kBatch;
    request.runs = 40;
    request.warmup = 1;
    double seconds = 0; // all together, as the items' time is: on a busy machine the fastest ones would promise too much
    int64_t runs = 0;
    const auto sample = [&](const MeasureSample &one) {
        seconds += one.warmup ? 0 : one.firstToken;
        runs += one.warmup ? 0 : 1;
    };
    const double before = processorSeconds(backend.workerProcessId());
    const auto done = wait<bool>([&](auto finished) { backend.measure(request, sample, finished); });
    if (!done || runs == 0)
        return {};
    const double used = processorSeconds(backend.workerProcessId()) - before;
    return {double(prompt * kBatch * runs) / seconds, double(prompt * kBatch * (request.runs + request.warmup)) / used};
}

/// The job's time from its subject's being loaded to its last answer; the job counts from its first request.
std::optional<Evaluated> evaluate(const WorkerCommand &worker, const std::string &model, const std::shared_ptr<const Suite> &suite)
{
    RunLibrary library{QString()};
    EvaluationPlan plan;
    plan.pilot = 0;
    QPointer<WorkerBackend> backend;
    const auto make = [&] {
        auto made = std::make_unique<WorkerBackend>(worker, model);
        backend = made.get();
        return made;
    };
    EvaluateJob job({model, "model", ""}, suite, plan, make, &library);
    QElapsedTimer clock;
    double before = 0;
    const auto used = [&] { return processorSeconds(QCoreApplication::applicationPid()) + (backend ? processorSeconds(backend->workerProcessId()) : 0); };
    const auto begin = [&] {
        if (clock.isValid() || library.evaluationRuns().empty() || library.evaluationRuns().front()->protocol.prefix.empty())
            return;
        before = used();
        clock.start();
    };
    QObject::connect(&job, &Job::changed, &job, begin);
    QObject::connect(&library, &RunLibrary::runChanged, &job, begin);
    double after = 0;
    QObject::connect(&job, &Job::changed, &job, [&] { after = std::max(after, used()); });
    QEventLoop loop;
    QObject::connect(&job, &Job::finished, &loop, &QEventLoop::quit);
    job.start();
    loop.exec();
    if (job.state() != JobState::Finished || !clock.isValid()) {
        std::fprintf(stderr, "%s\n", job.error() ? job.error()->sentence().c_str() : "the job failed");
        return std::nullopt;
    }
    Evaluated out;
    out.seconds = double(clock.nsecsElapsed()) * 1e-9;
    out.processor = after - before;
    for (const ItemResult &row : library.evaluationRuns().front()->items) {
        out.prompt += row.given.promptTokens;
        out.tokens += row.given.promptTokens;
        for (const ChoiceLikelihood &choice : row.given.choices)
            out.tokens += choice.tokens - 1;
    }
    out.prompt /= kItems;
    return out;
}

} // namespace

int main(int count, char **arguments)
{
    const QCoreApplication application(count, arguments);
    const QStringList samples = sampleModels();
    const std::string model = count > 1 ? arguments[1] : samples.isEmpty() ? std::string() : samples.at(std::min<qsizetype>(1, samples.size() - 1)).toStdString();
    const WorkerCommand worker = WorkerCommand::local();
    const auto suite = makeSuite();
    WorkerBackend backend(worker, model);
    if (const auto opened = wait<LoadSample>([&](auto done) { backend.open("cpu", "auto", {}, done); }); !opened) {
        std::fprintf(stderr, "%s\n", opened.error().sentence().c_str());
        return 1;
    }
    std::vector<double> shares, processor;
    for (int pair = 0; pair < kPairs; ++pair) {
        const auto evaluated = evaluate(worker, model, suite);
        if (!evaluated)
            return 1;
        const Rate rate = prefillRate(backend, std::max<int64_t>(1, evaluated->prompt));
        const double tokens = double(evaluated->tokens);
        shares.push_back(tokens / evaluated->seconds / rate.wall);
        processor.push_back(tokens / evaluated->processor / rate.processor);
        std::printf("%d items, prompts of %lld tokens: %.2f s, %.0f tokens/s; prefill of %lld prompts %.0f tokens/s: %.2f; of processor time %.2f\n", kItems,
                    static_cast<long long>(evaluated->prompt), evaluated->seconds, tokens / evaluated->seconds, static_cast<long long>(kBatch), rate.wall,
                    shares.back(), processor.back());
        std::fflush(stdout);
    }
    std::ranges::sort(shares);
    std::ranges::sort(processor);
    std::printf("median %.2f, of processor time %.2f (goal 0.70)\n", shares[shares.size() / 2], processor[processor.size() / 2]);
    return 0;
}
