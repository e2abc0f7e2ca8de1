// SPDX-License-Identifier: GPL-3.0-or-later
// How much of the memory's read bandwidth decoding reaches on this CPU (MBU, benchmarking.md 1): the bytes
// that one token has to read, over the time of a token, over the bandwidth that a plain loop measures just
// before.
#include "core/engine/engine.h"
#include "tests/worker/syntheticmodel.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

using namespace assay;

namespace {

constexpr int64_t kPromptTokens = 16, kOutputTokens = 48;

double seconds(std::chrono::steady_clock::time_point since)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

uint64_t sumOf(const uint64_t *begin, const uint64_t *end)
{
    uint64_t sums[8] = {};
    for (; begin != end; begin += 8) {
        for (int lane = 0; lane < 8; ++lane)
            sums[lane] += begin[lane];
    }
    uint64_t total = 0;
    for (const uint64_t sum : sums)
        total += sum;
    return total;
}

/// Bytes a second that this many threads read together: the best of ten passes over 1 GiB.
double readBandwidth(int threads)
{
    const std::vector<uint64_t> memory(size_t(1) << 27, 1);
    const size_t part = memory.size() / size_t(threads) / 8 * 8;
    std::vector<uint64_t> sums(size_t(threads), 0);
    double best = 0;
    for (int pass = 0; pass < 10; ++pass) {
        const auto begin = std::chrono::steady_clock::now();
        {
            std::vector<std::jthread> readers;
            for (size_t i = 0; i < size_t(threads); ++i) {
                readers.emplace_back(
                    [&, i] { sums[i] += sumOf(memory.data() + i * part, memory.data() + (i + 1) * part); });
            }
        }
        best = std::max(best, double(part * size_t(threads) * 8) / seconds(begin));
    }
    // The sums are looked at, so that no compiler leaves the loop out.
    return sums.front() == 0 ? 0 : best;
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

/// Bytes of weights and of keys and values that a token reads, in the middle of the output.
double bytesPerToken(const DecoderSpec &spec, int element)
{
    const uint64_t embedding = uint64_t(spec.vocabulary) * uint64_t(spec.hidden);
    const int64_t depth = kPromptTokens + kOutputTokens / 2;
    return double((spec.parameters() - embedding) * uint64_t(element)) +
           double(spec.kvBytesPerToken(element)) * double(depth);
}

bool run(const std::string &path, const DecoderSpec &spec, const char *dtype, int element)
{
    auto model = engine::Engine::load({path, dtype, "cpu"});
    if (!model) {
        std::fprintf(stderr, "%s\n", model.error().sentence().c_str());
        return false;
    }
    const double bandwidth = readBandwidth(engine::threads());
    std::vector<double> gaps, prefills;
    const auto onSample = [&](const engine::Sample &sample) {
        if (!sample.warmup) {
            gaps.insert(gaps.end(), sample.gaps.begin(), sample.gaps.end());
            prefills.push_back(sample.firstToken);
        }
    };
    auto measured = (*model)->measure({kPromptTokens, kOutputTokens, 1, 3, 1, 1}, onSample);
    if (!measured) {
        std::fprintf(stderr, "%s\n", measured.error().sentence().c_str());
        return false;
    }
    const double gap = median(gaps), bytes = bytesPerToken(spec, element);
    std::printf("%-5s load %.2f s, TPOT %.2f ms (median of %zu), %.1f GB/s of %.1f GB/s: MBU %.2f\n", dtype,
                (*model)->description().seconds, gap * 1e3, gaps.size(), bytes / gap / 1e9, bandwidth / 1e9,
                bytes / gap / bandwidth);
    return true;
}

} // namespace

int main()
{
    // 253 million parameters; a token's time does not depend on their values.
    const nlohmann::json config = synthetic::llama(14, 1024, 8000);
    std::string path = (std::filesystem::temp_directory_path() / "engine_decode-XXXXXX").string();
    const auto spec = synthetic::specOf(config);
    if (!spec || !::mkdtemp(path.data()) || !synthetic::writeZeros(path, config)) {
        std::fprintf(stderr, "the model could not be written\n");
        return 1;
    }
    engine::setThreads(0);
    std::printf("%lld parameters, %d threads\n", static_cast<long long>(spec->parameters()),
                engine::threads());
    const bool done = run(path, *spec, "f32", 4) && run(path, *spec, "bf16", 2);
    std::filesystem::remove_all(path);
    return done ? 0 : 1;
}
