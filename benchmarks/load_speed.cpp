// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a warm bfloat16 model is loaded, as a part of the rate at which cat reads the same file. The model is written
// into the folder for temporary files, or into the one that is given.
#include "core/engine/engine.h"
#include "tests/worker/syntheticmodel.h"

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

/// Real bytes, no holes: those a system reads without memory.
bool writeModel(const std::filesystem::path &directory)
{
    const nlohmann::json config = synthetic::llama(16, 1024, 32000);
    const auto spec = synthetic::specOf(config);
    if (!spec || !synthetic::writeConfig(directory, config))
        return false;
    nlohmann::json header = nlohmann::json::object();
    uint64_t at = 0;
    for (const TensorSlot &slot : spec->tensors()) {
        uint64_t bytes = 2;
        for (const int64_t size : slot.shape)
            bytes *= uint64_t(size);
        header[tensorName(*spec, slot)] = {{"dtype", "BF16"}, {"shape", slot.shape}, {"data_offsets", {at, at + bytes}}};
        at += bytes;
    }
    const std::string text = header.dump();
    const uint64_t length = text.size();
    std::ofstream file(directory / "model.safetensors", std::ios::binary);
    file.write(reinterpret_cast<const char *>(&length), sizeof length);
    file << text;
    const std::vector<uint16_t> values(1 << 20, 0x3c23);
    for (uint64_t written = 0; written < at && file; written += values.size() * 2)
        file.write(reinterpret_cast<const char *>(values.data()), std::streamsize(std::min<uint64_t>(values.size() * 2, at - written)));
    return file.good();
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
    if (writeModel(model)) {
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
