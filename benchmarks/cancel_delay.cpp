// SPDX-License-Identifier: GPL-3.0-or-later
// How long the engine works on after it was told to stop: loading, feeding and decoding a bfloat16 model of about 1.2 B
// parameters that is stopped at moments spread over the work. The model is written into the folder for temporary files, or
// into the one that is given.
#include "benchmarks/halfmodel.h"
#include "core/engine/engine.h"

#include <chrono>
#include <cstdio>
#include <thread>
#include <unistd.h>

using namespace assay;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kStops = 8;

double milliseconds(Clock::duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

/// Milliseconds from the request to stop, that long after the beginning, until the work is over; negative when it was over
/// before.
template <class Work> double delay(double after, const Work &work)
{
    std::stop_source stop;
    Clock::time_point asked;
    std::thread stopper([&] {
        std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(after));
        asked = Clock::now();
        stop.request_stop();
    });
    const auto result = work(stop.get_token());
    const Clock::time_point end = Clock::now();
    stopper.join();
    return result ? -1 : milliseconds(end - asked);
}

/// Stops at moments spread over what the work takes.
template <class Work> void measure(const char *what, const Work &work)
{
    const Clock::time_point begin = Clock::now();
    work(std::stop_token());
    const double whole = milliseconds(Clock::now() - begin);
    std::vector<double> delays;
    for (int i = 0; i < kStops; ++i) {
        const double took = delay(whole * (i + 0.5) / kStops * 0.9, work);
        if (took >= 0)
            delays.push_back(took);
    }
    std::ranges::sort(delays);
    if (delays.empty())
        return;
    std::printf("%-34s takes %6.0f ms; stopped %2zu times: after %5.1f ms at half of them, %6.1f ms at most\n", what, whole,
                delays.size(), delays[delays.size() / 2], delays.back());
    std::fflush(stdout);
}

bool run(const std::filesystem::path &path)
{
    for (const char *dtype : {"auto", "f32", "int8"}) {
        const std::string what = std::string("load as ") + dtype;
        measure(what.c_str(), [&](std::stop_token stop) { return engine::Engine::load({.path = path, .dtype = dtype}, {}, stop); });
    }
    const auto engine = engine::Engine::load({.path = path});
    if (!engine) {
        std::fprintf(stderr, "%s\n", engine.error().sentence().c_str());
        return false;
    }
    const std::vector<int64_t> prompt(256, 7);
    measure("prefill of 256 tokens", [&](std::stop_token stop) { return (*engine)->generate({.ids = prompt, .maxTokens = 1}, {}, stop); });
    measure("4 prompts of 64 tokens", [&](std::stop_token stop) {
        const engine::GenerateOptions one{.ids = std::vector<int64_t>(64, 7), .maxTokens = 1};
        return (*engine)->generateBatch(std::vector(4, one), {}, stop);
    });
    measure("decoding 30 tokens", [&](std::stop_token stop) {
        return (*engine)->generate({.ids = {7}, .maxTokens = 30, .ignoreEnd = true}, {}, stop);
    });
    measure("logits of 200 positions", [&](std::stop_token stop) {
        return (*engine)->logits(std::vector<int64_t>(200, 7), false, [](int64_t, int64_t, std::span<const float>) {}, stop);
    });
    measure("score of 200 tokens", [&](std::stop_token stop) {
        return (*engine)->score({{{7}, std::vector<int64_t>(200, 7)}}, {}, {}, stop);
    });
    return true;
}

} // namespace

int main(int count, char **arguments)
{
    const std::filesystem::path place = count > 1 ? arguments[1] : std::filesystem::temp_directory_path();
    const std::filesystem::path model = place / ("assay-cancel-delay-" + std::to_string(::getpid()));
    engine::setThreads(0);
    const bool done = benchmark::writeHalf(model, synthetic::llama(16, 2048, 32000)) && run(model);
    std::error_code ignored;
    std::filesystem::remove_all(model, ignored);
    return done ? 0 : 1;
}
