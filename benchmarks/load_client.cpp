// SPDX-License-Identifier: GPL-3.0-or-later
// The client of endpoints under load, against the mock over loopback on this machine:
// 1. 1,000 streams at 50 chunks a second each: chunks lost, error of their moments, processor time a chunk of both ends;
// 2. the same load by two clients in Python that keep the same: one over httpx, the library under OpenAI's own client
//    (httpx_peer.py), and one over asyncio's bare streams without a library of HTTP (stream_peer.py): processor time a chunk, as
//    ratios to ours; and by a reader that only receives (bare_reader.h): the floor that no client of this machine goes below;
// 3. a run of 100,000 requests kept in a RequestLog: the process's peak memory.
// Each part is a process of its own, so that none is charged with another's memory. Goals: nothing lost, p99 of the error below
// 2 ms, a tenth of httpx's time, below 300 MB. `load_client REQUESTS` changes the last part's number.
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
constexpr double kKeptUp = 1.25; ///< times the load's length: who takes longer was behind it

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

/// A client in Python; each leaves behind what ours does.
struct Peer
{
    const char *name, *program;
};
constexpr Peer kHttpx{"Python's httpx (under OpenAI's client)", "httpx_peer.py"};
constexpr Peer kBareStreams{"Python's asyncio, bare streams", "stream_peer.py"};

/// Seconds of a Python client's processor time a chunk.
double peers(const Peer &peer)
{
    const MockScript script = sameLoad();
    MockEndpoint mock(script);
    if (!mock.start())
        return -1;
    // Debian's Python has Debian's packages; another one earlier in PATH may lack them.
    const char *python = access("/usr/bin/python3", X_OK) == 0 ? "/usr/bin/python3" : "python3";
    char command[512];
    std::snprintf(command, sizeof command, "%s -B %s/benchmarks/%s 127.0.0.1 %d %lld %lld 0.5", python, ASSAY_SOURCE_DIR, peer.program,
                  int(mock.port()), static_cast<long long>(kStreams), static_cast<long long>(script.pieces));
    std::fflush(stdout);
    FILE *output = popen(command, "r");
    char line[512] = "";
    const bool got = output != nullptr && std::fgets(line, sizeof line, output) != nullptr;
    if (output != nullptr)
        pclose(output);
    const nlohmann::json told = got ? nlohmann::json::parse(line, nullptr, false) : nlohmann::json();
    if (!told.is_object() || told.value("pieces", 0.0) <= 0) {
        std::printf("%s: not there, skipped\n", peer.name);
        return -1;
    }
    const double pieces = told.value("pieces", 0.0), processor = told.value("processor", 0.0), seconds = told.value("seconds", 1.0);
    std::printf("%s: %.0f chunks in %.1f s (%.0f a second%s), %.2f us a chunk\n", peer.name, pieces, seconds, pieces / seconds,
                seconds > kKeptUp * kSeconds ? ": it did not keep up" : "", processor / pieces * 1e6);
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

/// Our time a chunk beside those of the peers; negative ones were not measured. False: the goal was missed.
bool printRatios(double our, double httpx, double streams, double floor)
{
    const bool met = httpx <= 0 || (our > 0 && httpx / our >= kLeastRatio);
    if (httpx > 0 && our > 0)
        std::printf("  ours takes 1/%.1f of httpx's: %s\n", httpx / our, met ? "goal met" : "GOAL MISSED");
    else
        std::printf("  without httpx the goal of a tenth is not judged\n");
    if (streams > 0 && our > 0)
        std::printf("  ours takes 1/%.1f of bare asyncio streams'\n", streams / our);
    if (streams > 0 && floor > 0 && our > floor)
        std::printf("  receiving alone takes 1/%.1f of bare streams'; beyond it ours takes 1/%.1f of what they take\n", streams / floor,
                    (streams - floor) / (our - floor));
    return met;
}

} // namespace

int main(int argc, char **argv)
{
    const int64_t requests = argc > 1 ? std::atoll(argv[1]) : 100'000;
    const double our = inChild(ours);
    const double httpx = inChild([] { return peers(kHttpx); });
    const double streams = inChild([] { return peers(kBareStreams); });
    const double floor = inChild(bare);
    const bool slim = printRatios(std::abs(our), httpx, streams, floor);
    const double megabytes = inChild([&] { return manyRequests(requests); });
    std::printf("  %s\n", megabytes > 0 && megabytes < kMostMegabytes ? "goal met" : "GOAL MISSED");
    return our > 0 && slim && megabytes > 0 && megabytes < kMostMegabytes ? 0 : 1;
}
