// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a warm bfloat16 model is loaded, as a part of the rate at which cat reads the same file. The model is written
// into the folder for temporary files, or into the one that is given.
#include "benchmarks/halfmodel.h"
#include "core/engine/engine.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

using namespace assay;

namespace {

constexpr int kRuns = 5;

double seconds(std::chrono::steady_clock::time_point since)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

/// Seconds, the best of several; negative when it fails.
double cat(const std::filesystem::path &file)
{
    const std::string command = "cat '" + file.string() + "' > /dev/null";
    double best = 1e9;
    for (int run = 0; run < kRuns; ++run) {
        const auto begin = std::chrono::steady_clock::now();
        if (std::system(command.c_str()) != 0)
            return -1;
        best = std::min(best, seconds(begin));
    }
    return best;
}

double load(const std::filesystem::path &model)
{
    double best = 1e9;
    for (int run = 0; run < kRuns; ++run) {
        const auto begin = std::chrono::steady_clock::now();
        const auto engine = engine::Engine::load({.path = model});
        if (!engine) {
            std::fprintf(stderr, "%s\n", engine.error().sentence().c_str());
            return -1;
        }
        best = std::min(best, seconds(begin));
    }
    return best;
}

} // namespace

int main(int count, char **arguments)
{
    const std::filesystem::path place = count > 1 ? arguments[1] : std::filesystem::temp_directory_path();
    const std::filesystem::path model = place / ("assay-load-speed-" + std::to_string(::getpid()));
    engine::setThreads(0);
    const std::filesystem::path file = model / "model.safetensors";
    double reading = -1, loading = -1, bytes = 0;
    if (benchmark::writeHalf(model, synthetic::llama(16, 1024, 32000))) {
        bytes = double(std::filesystem::file_size(file));
        reading = cat(file);
        loading = load(model);
    }
    std::error_code ignored;
    std::filesystem::remove_all(model, ignored);
    if (reading <= 0 || loading <= 0)
        return 1;
    std::printf("%.2f GB, %d threads: cat %.2f GB/s, load %.2f GB/s, ratio %.2f\n", bytes / 1e9, engine::threads(), bytes / 1e9 / reading,
                bytes / 1e9 / loading, reading / loading);
    return 0;
}
