// SPDX-License-Identifier: GPL-3.0-or-later
// A hundred thousand requests of a hundred chunks each: bytes a chunk, time to write and to read them back, time of everything
// that is derived of them at first and when it is asked for again, and of the goodput while an SLO is dragged. Goal: the first
// summary in under 0.3 s.
#include "core/bench/goodputpoints.h"
#include "core/bench/loadanalysis.h"
#include "core/bench/metrics.h"
#include "core/bench/translator.h"

#include <cstdio>
#include <ctime>
#include <random>

namespace {

using namespace assay;

constexpr int kRequests = 100'000, kChunks = 100, kInFlight = 64, kRepetitions = 5;
constexpr double kGoal = 0.3;

/// Of the processor, since one thread does it all and other work may hold the machine.
double secondsOf(const auto &work)
{
    const auto now = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
    };
    const double start = now();
    work();
    return now() - start;
}

/// A closed loop: 0.2 s to the first chunk, 20 ms between them, 2 ms of scatter.
std::vector<RequestRecord> makeRecords()
{
    std::mt19937_64 random(1);
    std::normal_distribution<double> scatter(0, 2e6);
    std::vector<int64_t> freeAt(kInFlight, 0);
    std::vector<RequestRecord> records(kRequests);
    for (int i = 0; i < kRequests; ++i) {
        RequestRecord &record = records[size_t(i)];
        int64_t &now = freeAt[size_t(i % kInFlight)];
        record.index = i;
        record.scheduled = record.sent = now;
        record.promptTokens = 512;
        record.outputTokens = record.usage.completion.emplace(kChunks);
        record.usage.prompt = 530;
        record.status = 200;
        record.finish = "length";
        record.model = "model";
        now += 200'000'000 + int64_t(10 * scatter(random));
        for (int c = 0; c < kChunks; ++c) {
            now += std::max<int64_t>(20'000'000 + int64_t(scatter(random)), 0);
            record.chunks.push_back({now, uint32_t(c), Channel::Answer, uint32_t(1 + random() % 9), 0});
        }
        record.headers = record.firstByte = record.chunks.front().at;
        record.ended = now;
    }
    return records;
}

} // namespace

int main()
{
    const std::vector<RequestRecord> records = makeRecords();
    BenchRun run;
    run.plan.promptTokens = {512};
    run.plan.outputTokens = {kChunks};
    run.plan.load.emplace().concurrencies = {kInFlight};
    run.plan.load->slos = {{.name = "chat", .ttft = 1, .ttfa = {}, .tpot = 0.05, .e2e = {}, .longestGap = {}}};
    const double writing = secondsOf([&] {
        for (const RequestRecord &record : records)
            run.requests.append(record);
    });
    std::printf("%d requests of %d chunks: %.1f MB in memory, %.2f bytes a chunk, headers included; written in %.3f s\n", kRequests, kChunks,
                double(run.requests.memoryBytes()) / 1e6, double(run.requests.memoryBytes()) / kRequests / kChunks, writing);
    std::printf("every record as an object: %.3f s\n", secondsOf([&] {
                    for (size_t i = 0; i < run.requests.size(); ++i)
                        (void)run.requests.at(i);
                }));
    const BenchPoint point = pointsOf(run.plan).front();
    double first = 1e9, analysis = 1e9, again = 1e9;
    for (int i = 0; i < kRepetitions; ++i) {
        run.requests.append(records.front()); // a grown log is analysed anew
        const RequestLog log = run.requests;
        analysis = std::min(analysis, secondsOf([&] { (void)analyse(log); }));
        run.requests.append(records.front());
        first = std::min(first, secondsOf([&] { (void)summarize(run, point); }));
        again = std::min(again, secondsOf([&] { (void)summarize(run, point); }));
    }
    std::printf("one pass over the log %.3f s; summary at first %.3f s (goal %.1f s), again %.4f s\n", analysis, first, kGoal, again);
    const std::shared_ptr<const LoadAnalysis> kept = analyse(run.requests);
    std::optional<GoodputPoints> points;
    const double columns = secondsOf([&] { points.emplace(levelOf(*kept, 0)); });
    size_t good = 0;
    constexpr int kMoves = 100;
    const double dragging = secondsOf([&] {
        for (int i = 0; i < kMoves; ++i) {
            Slo slo;
            slo.ttft = 0.1 + 0.002 * i;
            slo.tpot = 0.03;
            good += points->at(slo).good;
        }
    });
    std::printf("goodput: columns %.4f s, one move of a line %.5f s (%zu good in all)\n", columns, dragging / kMoves, good);
    std::printf("as vLLM would print it: %.3f s\n", secondsOf([&] { (void)translate(run, point, "vllm"); }));
    return first < kGoal ? 0 : 1;
}
