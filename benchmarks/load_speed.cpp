// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a warm bfloat16 model is loaded, as a part of the rate at which cat reads the same file just before, and beside what
// a program reaches that does nothing but read the file into new memory. The model is written into the folder for temporary
// files, or into the one that is given.
#include "benchmarks/bandwidth.h"
#include "benchmarks/halfmodel.h"
#include "core/base/file.h"
#include "core/engine/engine.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace assay;
using benchmark::median;
using benchmark::seconds;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kRuns = 9;

/// All of these are in seconds; negative when it fails.
double cat(const std::filesystem::path &file)
{
    const std::string command = "cat '" + file.string() + "' > /dev/null";
    const auto begin = Clock::now();
    return std::system(command.c_str()) == 0 ? seconds(begin) : -1;
}

/// Reads the file into memory in large pages that was never used, on so many threads: whoever keeps the weights in memory of
/// his own has to do that.
double readIntoNewMemory(const std::filesystem::path &path, int threads)
{
    constexpr size_t kPage = size_t(2) << 20, kPiece = 2 * kPage;
    const auto file = File::open(path);
    if (!file)
        return -1;
    const size_t size = size_t(file->size()), mapped = size + kPage;
    void *memory = ::mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return -1;
    auto *const data = reinterpret_cast<std::byte *>((reinterpret_cast<uintptr_t>(memory) + kPage - 1) / kPage * kPage);
    ::madvise(data, size, MADV_HUGEPAGE);
    std::atomic<size_t> next = 0;
    std::atomic<bool> failed = false;
    const auto begin = Clock::now();
    {
        const auto read = [&] {
            for (size_t at = next.fetch_add(kPiece); at < size; at = next.fetch_add(kPiece)) {
                if (!file->readAt(at, {data + at, std::min(kPiece, size - at)}))
                    failed = true;
            }
        };
        std::vector<std::jthread> others;
        for (int i = 1; i < threads; ++i)
            others.emplace_back(read);
        read();
    }
    const double out = failed ? -1 : seconds(begin);
    ::munmap(memory, mapped);
    return out;
}

double load(const std::filesystem::path &model)
{
    const auto begin = Clock::now();
    const auto engine = engine::Engine::load({.path = model});
    if (!engine)
        std::fprintf(stderr, "%s\n", engine.error().sentence().c_str());
    return engine ? seconds(begin) : -1;
}

/// What waits to be written would go to the disk while we measure.
bool reachesDisk(const std::filesystem::path &path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool out = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    return out;
}

struct Times
{
    std::vector<double> cat, reading, loading, ratio, readingRatio;
};

bool measure(const std::filesystem::path &model, Times &out)
{
    const std::filesystem::path file = model / "model.safetensors";
    for (int run = 0; run < kRuns; ++run) {
        const double cats = cat(file), loads = load(model), catsAgain = cat(file), reads = readIntoNewMemory(file, engine::threads());
        if (cats <= 0 || loads <= 0 || catsAgain <= 0 || reads <= 0)
            return false;
        out.cat.push_back(cats);
        out.loading.push_back(loads);
        out.reading.push_back(reads);
        out.ratio.push_back(cats / loads);
        out.readingRatio.push_back(catsAgain / reads);
    }
    return true;
}

} // namespace

int main(int count, char **arguments)
{
    const std::filesystem::path place = count > 1 ? arguments[1] : std::filesystem::temp_directory_path();
    const std::filesystem::path model = place / ("assay-load-speed-" + std::to_string(::getpid()));
    engine::setThreads(0);
    Times times;
    double gigabytes = 0;
    bool measured = benchmark::writeHalf(model, synthetic::llama(16, 1024, 32000)) && reachesDisk(model / "model.safetensors");
    if (measured) {
        gigabytes = double(std::filesystem::file_size(model / "model.safetensors")) / 1e9;
        measured = measure(model, times);
    }
    std::error_code ignored;
    std::filesystem::remove_all(model, ignored);
    if (!measured)
        return 1;
    const auto [least, most] = std::ranges::minmax(times.ratio);
    std::printf("%.2f GB, %d threads: cat %.1f GB/s, load %.1f GB/s, ratio %.2f (%.2f to %.2f); reading into new memory %.1f GB/s, ratio %.2f\n",
                gigabytes, engine::threads(), gigabytes / median(times.cat), gigabytes / median(times.loading), median(times.ratio), least, most,
                gigabytes / median(times.reading), median(times.readingRatio));
    return 0;
}
