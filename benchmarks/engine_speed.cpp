// SPDX-License-Identifier: GPL-3.0-or-later
// Decoding and prefill on this CPU. Decode: how much of the memory's read bandwidth it reaches (MBU, benchmarking.md 1):
// the bytes that one token has to read, over the time of a token, over the bandwidth that a plain loop measures before
// each run. Prefill: the time that libtorch needs for the model's matrix products alone, in the type that the row names,
// over the time of the whole prefill. Every figure is the median of pairs taken one after the other.
#include "benchmarks/bandwidth.h"
#include "benchmarks/decodermodels.h"
#include "core/engine/engine.h"
#include "core/engine/openmp.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <cstdio>
#include <string_view>

using namespace assay;
using namespace assay::benchmark;

namespace {

constexpr int kPairs = 7;
constexpr int64_t kPromptTokens = 16, kOutputTokens = 32;

struct Row
{
    const char *name;
    const char *dtype;        ///< of the engine's LoadOptions
    double bytes;             ///< of a weight, as it is read
    at::ScalarType peer;      ///< what libtorch multiplies in
    std::optional<GgufType> gguf = {}, head = {};
};

double bytesOf(const GgufType &type)
{
    return double(type.bytes) / double(type.elements);
}

const Row kRows[] = {
    {"f32", "f32", 4, at::kFloat},
    {"bf16", "bf16", 2, at::kBFloat16},
    {"int8", "int8", 1, at::kBFloat16},
    {"Q8_0", "auto", bytesOf(kGgufQ8_0), at::kBFloat16, kGgufQ8_0, kGgufQ8_0},
    {"Q4_K", "auto", bytesOf(kGgufQ4_K), at::kBFloat16, kGgufQ4_K, kGgufQ6_K},
};

/// Elements of the matrices of one layer.
double layerElements(const DecoderShape &shape)
{
    const int64_t narrow = shape.hidden / shape.heads * shape.kvHeads;
    return double(shape.hidden) * double(2 * shape.hidden + 2 * narrow + 3 * shape.inner);
}

/// Bytes of weights and of keys and values that a token reads, in the middle of the output.
double bytesPerToken(const DecoderShape &shape, const Row &row)
{
    const double depth = double(kPromptTokens) + double(kOutputTokens) / 2;
    const double narrow = double(shape.hidden / shape.heads * shape.kvHeads), cached = row.peer == at::kFloat ? 4 : 2;
    const double head = double(shape.hidden) * double(shape.vocabulary) * (row.head ? bytesOf(*row.head) : row.bytes);
    return double(shape.layers) * (layerElements(shape) * row.bytes + 2 * narrow * cached * depth) + head;
}

bool writeModel(const DecoderShape &shape, const Row &row, const std::filesystem::path &path)
{
    std::filesystem::create_directories(path.parent_path());
    return row.gguf ? GgufModel(shape, *row.gguf, *row.head).write(path) : synthetic::writeZeros(path, configOf(shape));
}

std::optional<engine::Sample> sampleOf(engine::Engine &model, int64_t prompt, int64_t output)
{
    std::optional<engine::Sample> out;
    const auto measured = model.measure({prompt, output, 1, 1, 0, 1}, [&](const engine::Sample &sample) { out = sample; });
    if (!measured)
        std::fprintf(stderr, "%s\n", measured.error().sentence().c_str());
    return out;
}

/// Seconds of the matrix products of a prompt, by libtorch.
class Products
{
public:
    Products(const DecoderShape &shape, int64_t tokens, at::ScalarType type) : m_layers(shape.layers)
    {
        const int64_t narrow = shape.hidden / shape.heads * shape.kvHeads;
        const std::pair<int64_t, int64_t> shapes[] = {{shape.hidden, shape.hidden + 2 * narrow},
                                                      {shape.hidden, shape.hidden},
                                                      {shape.hidden, 2 * shape.inner},
                                                      {shape.inner, shape.hidden}};
        for (const auto &[in, out] : shapes)
            m_pairs.emplace_back(at::rand({tokens, in}).to(type), at::rand({out, in}).to(type));
    }

    double measure() const
    {
        const auto begin = std::chrono::steady_clock::now();
        for (int64_t layer = 0; layer < m_layers; ++layer) {
            for (const auto &[x, weight] : m_pairs)
                at::linear(x, weight);
        }
        return seconds(begin);
    }

private:
    int64_t m_layers;
    std::vector<std::pair<at::Tensor, at::Tensor>> m_pairs;
};

void decode(engine::Engine &model, const DecoderShape &shape, const Row &row, const Bandwidth &memory)
{
    std::vector<double> times, shares, rates;
    for (int pair = 0; pair < kPairs; ++pair) {
        const double bandwidth = memory.measure();
        const auto sample = sampleOf(model, kPromptTokens, kOutputTokens);
        if (!sample)
            return;
        const double gap = median(sample->gaps);
        times.push_back(gap);
        rates.push_back(bandwidth);
        shares.push_back(bytesPerToken(shape, row) / gap / bandwidth);
    }
    std::printf("%-7s %-5s decode  %7.2f ms  %6.1f tok/s  %5.1f of %5.1f GB/s  MBU %.2f\n", shape.name, row.name, median(times) * 1e3,
                1 / median(times), bytesPerToken(shape, row) / median(times) / 1e9, median(rates) / 1e9, median(shares));
}

void prefill(engine::Engine &model, const DecoderShape &shape, const Row &row, int64_t tokens)
{
    const c10::InferenceMode guard;
    const Products products(shape, tokens, row.peer);
    std::vector<double> times, shares;
    const double operations = 2 * double(shape.layers) * layerElements(shape) * double(tokens);
    for (int pair = 0; pair < kPairs; ++pair) {
        const double plain = products.measure();
        const auto sample = sampleOf(model, tokens, 1);
        if (!sample)
            return;
        times.push_back(sample->firstToken);
        shares.push_back(plain / sample->firstToken);
    }
    std::printf("%-7s %-5s prefill %4lld tokens %6.0f tok/s  %5.0f GFLOP/s  %.2f of libtorch's products (%s)\n", shape.name, row.name,
                static_cast<long long>(tokens), double(tokens) / median(times), operations / median(times) / 1e9, median(shares),
                at::toString(row.peer));
}

bool run(const DecoderShape &shape, const Row &row, const std::filesystem::path &folder, const Bandwidth &memory)
{
    const std::filesystem::path path = folder / (std::string(shape.name) + row.name + (row.gguf ? ".gguf" : ""));
    if (!writeModel(shape, row, path)) {
        std::fprintf(stderr, "the model could not be written\n");
        return false;
    }
    auto model = engine::Engine::load({path, row.dtype, "cpu"});
    if (!model) {
        std::fprintf(stderr, "%s\n", model.error().sentence().c_str());
        return false;
    }
    sampleOf(**model, kPromptTokens, kOutputTokens); // warm
    decode(**model, shape, row, memory);
    if (std::string_view(shape.name) != kHollow.name) {
        for (const int64_t tokens : {128, 512})
            prefill(**model, shape, row, tokens);
    }
    std::fflush(stdout);
    std::filesystem::remove_all(path);
    return true;
}

} // namespace

/// Arguments: the rows to measure ("bf16"), all when there is none.
int main(int count, char **arguments)
{
    engine::waitPassively(arguments);
    std::string folder = (std::filesystem::temp_directory_path() / "engine_speed-XXXXXX").string();
    if (!::mkdtemp(folder.data()))
        return 1;
    engine::setThreads(0);
    const Bandwidth memory(engine::threads());
    std::printf("%d threads, medians of %d pairs\n", engine::threads(), kPairs);
    bool done = true;
    for (const DecoderShape &shape : {kHollow, kQuarterBillion, kOneBillion}) {
        for (const Row &row : kRows) {
            const auto wanted = [&row](std::string_view name) { return name == row.name; };
            if (count == 1 || std::any_of(arguments + 1, arguments + count, wanted))
                done = done && (row.gguf && shape.hidden < 256 ? true : run(shape, row, folder, memory));
        }
    }
    std::filesystem::remove_all(folder);
    return done ? 0 : 1;
}
