// SPDX-License-Identifier: GPL-3.0-or-later
// A run of a hundred thousand requests in the store: time to write it in batches as a job does, and to read it at the next start.
// Goal: read in under 0.5 s.
#include "core/bench/requestlog.h"
#include "core/service/store.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <cstdio>

namespace {

using namespace assay;

constexpr int kRequests = 100'000, kBatch = 100, kChunks = 64, kRepetitions = 5;
constexpr double kGoal = 0.5;

RequestRecord recordOf(int index)
{
    RequestRecord record;
    record.index = index;
    record.scheduled = record.sent = int64_t(index) * 1'000'000;
    record.promptTokens = 512;
    record.outputTokens = kChunks;
    record.usage.prompt = 530;
    record.usage.completion = kChunks;
    record.status = 200;
    record.finish = "length";
    record.model = "model";
    record.headers = record.firstByte = record.sent + 200'000'000;
    for (int i = 0; i < kChunks; ++i) {
        record.chunks.push_back({record.headers + i * 20'000'000 + (index * 7919 + i * 104729) % 1'000'000, uint32_t(i), Channel::Answer, 6, 0});
        record.text += "words ";
    }
    record.ended = record.chunks.back().at;
    return record;
}

bool write(const QString &file)
{
    auto store = Store::open(file);
    BenchRun run;
    run.header.id = "run";
    run.plan.load.emplace();
    if (!store || !(*store)->begin(run))
        return false;
    for (int begin = 0; begin < kRequests; begin += kBatch) {
        std::vector<std::string> records;
        for (int i = begin; i < begin + kBatch; ++i)
            records.push_back(encodeRecord(recordOf(i)));
        if (!(*store)->append("run", records))
            return false;
    }
    return true;
}

} // namespace

int main()
{
    const QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("runs.sqlite"));
    QElapsedTimer clock;
    clock.start();
    if (!write(file))
        return 1;
    std::printf("written in %.2f s, encoding included; %.1f MB\n", double(clock.nsecsElapsed()) * 1e-9, double(QFileInfo(file).size()) * 1e-6);
    double best = 1e9;
    for (int i = 0; i < kRepetitions; ++i) {
        clock.restart();
        auto store = Store::open(file);
        const auto runs = store ? (*store)->benchRuns() : Result<std::vector<BenchRun>>();
        if (!runs || runs->size() != 1 || runs->front().requests.size() != size_t(kRequests))
            return 1;
        best = std::min(best, double(clock.nsecsElapsed()) * 1e-9);
    }
    std::printf("read in %.3f s (best of %d)\n", best, kRepetitions);
    return best < kGoal ? 0 : 1;
}
