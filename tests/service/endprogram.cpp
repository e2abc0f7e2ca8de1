// SPDX-License-Identifier: GPL-3.0-or-later
// A program that ends while work is under way: endprogram WORK MODEL WORKER. What tst_ending runs.
#include "core/base/hash.h"
#include "core/service/background.h"
#include "core/service/hashjob.h"
#include "core/service/jobqueue.h"
#include "core/service/statisticsjob.h"
#include "core/service/workerclient.h"
#include "core/service/workspace.h"
#include "core/weights/weightpicture.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <openssl/crypto.h>
#include <thread>

using namespace assay;

namespace {

using namespace std::chrono_literals;

std::shared_ptr<const Inspection> opened(const QString &model)
{
    auto inspection = inspectModel(std::filesystem::path(model.toStdString()));
    if (!inspection)
        qFatal("%s", inspection.error().sentence().c_str());
    return std::make_shared<const Inspection>(std::move(*inspection));
}

/// Waits for the first time that the sender says so.
template <class Sender, class Signal> void waitFor(Sender *sender, Signal signal)
{
    QEventLoop loop;
    QObject::connect(sender, signal, &loop, &QEventLoop::quit);
    loop.exec();
}

void opening(const QString &model)
{
    Workspace workspace;
    workspace.open(model);
}

/// Held by a static object, so that a model is taken down when there are no threads any more.
void keeping(const QString &model)
{
    static std::shared_ptr<const Inspection> kept;
    Workspace workspace;
    workspace.open(model);
    waitFor(&workspace, &Workspace::allSettled);
    kept = workspace.subjects().front()->inspection;
}

void statistics(const QString &model)
{
    JobQueue jobs;
    auto *store = new StatisticsStore(std::make_shared<const ReadableWeights>(opened(model)), &jobs);
    jobs.add(std::make_unique<StatisticsJob>(QStringLiteral("model"), store));
    waitFor(store, &StatisticsStore::tensorDone);
}

void hashes(const QString &model)
{
    JobQueue jobs;
    auto job = std::make_unique<HashJob>(opened(model), QStringLiteral("model"));
    Job *running = job.get();
    jobs.add(std::move(job));
    while (running->done() <= 0 && !running->isOver())
        waitFor(running, &Job::changed);
    if (running->isOver())
        qFatal("the model is too small to be in the middle of it");
}

void picture(const QString &model)
{
    QObject context;
    const auto weights = std::make_shared<const ReadableWeights>(opened(model));
    const uint32_t largest = tensorsBySize(weights->catalog).back();
    std::stop_source stop;
    inBackground(
        &context,
        [weights, largest, token = stop.get_token()] {
            return openWeight(weights->catalog, largest, weights->files()).and_then([&](WeightReader weight) {
                return pictureOf(weight, {0, ~uint64_t(0), 0, ~uint64_t(0)}, 100, 100, {}, {token, {}});
            });
        },
        [](const Result<WeightPicture> &) { qFatal("nobody is there to be told"); });
    stop.request_stop();
}

/// Its object has not gone yet when no loop runs any more.
void worker(const QString &)
{
    WorkerClient client({QCoreApplication::arguments().at(3), {}});
    client.start();
    waitFor(&client, &WorkerClient::ready);
}

/// Killed, and nobody has heard of its end yet.
void process(const QString &)
{
    auto started = std::make_unique<QProcess>();
    started->start(QCoreApplication::arguments().at(3), {});
    if (!started->waitForStarted(-1))
        qFatal("no worker");
    started->kill();
    letGo(std::move(started));
}

std::atomic<bool> leaving = false;

/// Work that uses the application to the last, and OpenSSL's state of its thread.
void background(const QString &)
{
    inBackground([] {
        const std::string sum = sha256("assay");
        while (!leaving)
            std::this_thread::sleep_for(1ms);
        std::this_thread::sleep_for(50ms); // in which an application that does not wait would be gone
        std::puts(QCoreApplication::closingDown() ? "too late" : sum.substr(0, 8).c_str());
    });
}

const std::pair<const char *, void (*)(const QString &)> kWorks[] = {
    {"opening", opening}, {"keeping", keeping}, {"statistics", statistics}, {"hashes", hashes},
    {"picture", picture}, {"worker", worker},   {"process", process},       {"background", background},
};

/// Goes right before the application does.
struct Leave
{
    ~Leave() { leaving = true; }
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    // It frees what a thread on its way out frees as well.
    OPENSSL_atexit([] { std::fputs("OpenSSL cleans up at exit\n", stderr); });
    const Leave leave;
    const QStringList arguments = QCoreApplication::arguments();
    for (const auto &[name, work] : kWorks) {
        if (arguments.at(1) == QLatin1String(name)) {
            work(arguments.at(2));
            return 0;
        }
    }
    return 2;
}
