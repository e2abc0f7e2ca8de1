// SPDX-License-Identifier: GPL-3.0-or-later
// The client of endpoints under load, against the mock over loopback on this machine:
// 1. 1,000 streams at 50 chunks a second each: chunks lost, error of their moments, processor time a chunk of both ends;
// 2. the same load by a small asyncio client (stream_peer.py): processor time a chunk, as a ratio to ours; and by a reader that only
//    receives (bare_reader.h): the floor that no client of this machine goes below;
// 3. a run of 100,000 requests kept in a RequestLog: the process's peak memory.
// Each part is a process of its own, so that none is charged with another's memory. Goals: nothing lost, p99 of the error below
// 2 ms, a tenth of Python's time, below 300 MB. `load_client REQUESTS` changes the last part's number.
#include "benchmarks/bare_reader.h"
#include "core/bench/requestlog.h"
#include "core/endpoint/loadrunner.h"
#include "core/mock/mockendpoint.h"
#include "core/service/selftest.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace assay;

constexpr int64_t kStreams = 1000;
constexpr double kRate = 50, kSeconds = 12;
constexpr int64_t kConcurrency = 500, kPiecesOfMany = 32;
constexpr double kMostMegabytes = 300, kLeastRatio = 10;

/// Runs a part in a process of its own; its exit code says whether the goals were met. What it found comes back as one number.
double inChild(const std::function<double()> &part)
{
    int ends[2];
    if (pipe(ends) != 0)
        std::exit(70);
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        const double value = part();
        std::fflush(stdout);
        const bool told = write(ends[1], &value, sizeof value) == sizeof value;
        _exit(told ? 0 : 1);
    }
    close(ends[1]);
    double value = -1;
    if (read(ends[0], &value, sizeof value) != sizeof value)
        value = -1;
    close(ends[0]);
    waitpid(child, nullptr, 0);
    return value;
}

void printSpread(const char *name, const ErrorSpread &spread)
{
    std::printf("  %-18s median %.3f ms, p99 %.3f ms, most %.3f ms (n = %lld)\n", name, spread.median * 1e3, spread.p99 * 1e3,
                spread.most * 1e3, static_cast<long long>(spread.n));
}

/// Seconds of the client's processor time a chunk; negative: a goal was missed.
double ours()
{
    const auto result = runSelfTestLevel({kStreams, kRate, kSeconds});
    if (!result) {
        std::printf("%s\n", result.error().sentence().c_str());
        return -1;
    }
    std::printf("%lld streams x %g/s, %.1f s: %lld chunks written, %lld lost, %lld invented, %lld requests failed, %lld altered\n",
                static_cast<long long>(kStreams), kRate, result->seconds, static_cast<long long>(result->written),
                static_cast<long long>(result->lost), static_cast<long long>(result->invented),
                static_cast<long long>(result->failed), static_cast<long long>(result->altered));
    printSpread("chunk time error", result->chunk);
    printSpread("TTFT error", result->ttft);
    printSpread("TPOT error", result->tpot);
    std::printf("  client %.2f us a chunk (%.2f of a core), mock %.2f us (%.2f of a core)\n", result->clientPerPiece() * 1e6,
                result->clientSeconds / result->seconds, result->mockSeconds / double(result->written) * 1e6,
                result->mockSeconds / result->seconds);
    std::printf("  %s\n", result->proven() ? "goal met" : "GOAL MISSED");
    return result->proven() ? result->clientPerPiece() : -result->clientPerPiece();
}

/// The load of part 1 as the mock serves it to others.
MockScript sameLoad()
{
    MockScript script;
    script.ttft = 0.05;
    script.gap = 1 / kRate;
    script.jitter = 0.5;
    script.pieces = int64_t(kRate * kSeconds);
    script.keepRequests = 0;
    return script;
}

/// Seconds of a bare reader's processor time a chunk.
double bare()
{
    const MockScript script = sameLoad();
    MockEndpoint mock(script);
    if (!mock.start())
        return -1;
    const benchmarks::BareReading read = benchmarks::readBare(mock.port(), kStreams, script.pieces, 0.5);
    const double each = read.processor / double(kStreams * script.pieces);
    std::printf("receiving alone (epoll, recv, nothing kept): %lld reads, %.2f us a chunk\n", static_cast<long long>(read.reads), each * 1e6);
    return each;
}

/// Seconds of Python's processor time a chunk.
double peers()
{
    const MockScript script = sameLoad();
    MockEndpoint mock(script);
    if (!mock.start())
        return -1;
    char command[512];
    std::snprintf(command, sizeof command, "python3 %s/benchmarks/stream_peer.py 127.0.0.1 %d %lld %lld 0.5", ASSAY_SOURCE_DIR, int(mock.port()),
                  static_cast<long long>(kStreams), static_cast<long long>(script.pieces));
    FILE *output = popen(command, "r");
    char line[512] = "";
    const bool got = output != nullptr && std::fgets(line, sizeof line, output) != nullptr;
    if (output != nullptr)
        pclose(output);
    const nlohmann::json told = got ? nlohmann::json::parse(line, nullptr, false) : nlohmann::json();
    if (!told.is_object() || told.value("pieces", 0.0) <= 0) {
        std::printf("no Python here: no ratio\n");
        return -1;
    }
    const double pieces = told.value("pieces", 0.0), processor = told.value("processor", 0.0);
    std::printf("Python's asyncio: %.0f chunks in %.1f s (%.0f a second), %.2f us a chunk\n", pieces, told.value("seconds", 0.0),
                pieces / told.value("seconds", 1.0), processor / pieces * 1e6);
    return processor / pieces;
}

/// Megabytes of the process at its peak, as Linux counts them.
double peakMegabytes()
{
    std::ifstream status("/proc/self/status");
    std::string word;
    double kibibytes = 0;
    while (status >> word) {
        if (word == "VmHWM:")
            status >> kibibytes;
    }
    return kibibytes * 1024 / 1e6;
}

double manyRequests(int64_t requests)
{
    MockScript script;
    script.ttft = 0.005;
    script.gap = 0.005;
    script.jitter = 0.5;
    script.pieces = kPiecesOfMany;
    script.keepRequests = 0;
    script.keepChunkTimes = false;
    script.usage = MockScript::Usage::Always;
    MockEndpoint mock(script);
    if (!mock.start())
        return -1;
    EndpointTarget target;
    target.url = mock.url();
    target.dialect = "openai-chat";
    target.model = script.model;
    LoadLevel level;
    level.requests = requests;
    level.concurrency = kConcurrency;
    RequestLog log;
    int64_t failed = 0, chunks = 0;
    const auto make = [](int64_t index) {
        LoadRequest request;
        request.prompt = "number " + std::to_string(index);
        request.outputTokens = kPiecesOfMany;
        return std::optional(std::move(request));
    };
    LoadRunner runner(target, 0);
    const auto ran = runner.run(level, make, [&](RequestRecord &&record) {
        failed += record.failure != Failure::None;
        chunks += int64_t(record.chunks.size());
        log.append(record);
    });
    const double megabytes = peakMegabytes();
    std::printf("%lld requests, %lld in flight: %lld chunks, %lld failed; log %.1f MB, the whole process with the mock %.1f MB\n",
                static_cast<long long>(log.size()), static_cast<long long>(kConcurrency), static_cast<long long>(chunks),
                static_cast<long long>(failed), double(log.memoryBytes()) / 1e6, megabytes);
    const bool complete = ran && failed == 0 && chunks == requests * kPiecesOfMany;
    return complete ? megabytes : -1;
}

} // namespace

int main(int argc, char **argv)
{
    const int64_t requests = argc > 1 ? std::atoll(argv[1]) : 100'000;
    const double our = inChild(ours);
    const double peer = inChild(peers);
    const double floor = inChild(bare);
    const double ratio = our != 0 ? peer / std::abs(our) : 0;
    if (peer > 0)
        std::printf("  ours takes 1/%.1f of Python's: %s\n", ratio, ratio >= kLeastRatio ? "goal met" : "GOAL MISSED");
    if (peer > 0 && floor > 0)
        std::printf("  receiving alone takes 1/%.1f of Python's; beyond it ours takes 1/%.1f of what Python takes\n", peer / floor,
                    (peer - floor) / std::max(std::abs(our) - floor, 1e-9));
    const double megabytes = inChild([&] { return manyRequests(requests); });
    std::printf("  %s\n", megabytes > 0 && megabytes < kMostMegabytes ? "goal met" : "GOAL MISSED");
    return our > 0 && (peer < 0 || ratio >= kLeastRatio) && megabytes > 0 && megabytes < kMostMegabytes ? 0 : 1;
}
