// SPDX-License-Identifier: GPL-3.0-or-later
// How near the engine's kernels come to what the machine can do: products with one vector beside a plain loop
// that reads as much memory with the same threads, products with many beside OpenBLAS's sgemm of the same
// shape. The best of many short runs counts, taken in turn, so that other work on the machine hits all alike.
//   kernel_speed [threads [all]]
#include "benchmarks/bandwidth.h"
#include "core/engine/kernels/attention.h"
#include "core/engine/kernels/product.h"
#include "core/engine/kernels/width.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

using namespace assay::kernels;
using assay::benchmark::seconds;

namespace {

struct Candidate
{
    std::string name;
    double amount; ///< of one run: bytes or operations
    std::function<void()> run;
    double best = 1e9;
};

/// All in turn, many times.
void measure(std::vector<Candidate> &all, int rounds)
{
    for (int round = 0; round < rounds; ++round) {
        for (Candidate &each : all) {
            const auto begin = std::chrono::steady_clock::now();
            each.run();
            each.best = std::min(each.best, seconds(begin));
        }
    }
}

void print(const std::vector<Candidate> &all, const char *unit)
{
    const double first = all.front().amount / all.front().best;
    for (const Candidate &each : all) {
        const double rate = each.amount / each.best;
        std::printf("  %-28s %8.1f %s  %5.2f\n", each.name.c_str(), rate / 1e9, unit, rate / first);
    }
    std::fflush(stdout);
}

const std::pair<StoredAs, const char *> kTypes[] = {
    {StoredAs::F32, "f32"},          {StoredAs::BF16, "bf16"},     {StoredAs::F16, "f16"},
    {StoredAs::I8Rows, "int8 rows"}, {StoredAs::Q8_0, "Q8_0"},     {StoredAs::Q4_0, "Q4_0"},
    {StoredAs::Q4_1, "Q4_1"},        {StoredAs::Q5_0, "Q5_0"},     {StoredAs::Q5_1, "Q5_1"},
    {StoredAs::Q4_K, "Q4_K"},        {StoredAs::Q5_K, "Q5_K"},     {StoredAs::Q6_K, "Q6_K"},
    {StoredAs::Q2_K, "Q2_K"},        {StoredAs::Q3_K, "Q3_K"},     {StoredAs::MXFP4, "MXFP4"},
    {StoredAs::IQ4_NL, "IQ4_NL"},    {StoredAs::IQ4_XS, "IQ4_XS"},
};

/// Bytes that are small numbers in every type.
std::vector<std::byte> plainBytes(size_t count)
{
    return std::vector<std::byte>(count, std::byte(0x22));
}

void decode(ThreadPool &pool, int64_t vectors)
{
    constexpr int64_t kColumns = 2048, kPart = 64 * 1024;
    constexpr int64_t kBytes = int64_t(128) << 20; // larger than any last cache here
    const std::vector<std::byte> memory = plainBytes(size_t(kBytes));
    std::vector<float> x(size_t(vectors * kColumns), 0.5f),
        result(size_t(vectors * kBytes / bytesOfRow(StoredAs::Q2_K, kColumns))),
        scales(size_t(kBytes / kColumns), 0.1f);
    std::vector<Candidate> all{{"plain read loop", double(kBytes), [&] {
                                    pool.parallelFor(kBytes, kPart, [&](int64_t begin, int64_t end) {
                                        readAll(std::span(memory).subspan(size_t(begin), size_t(end - begin)));
                                    });
                                }}};
    for (const auto &[type, name] : kTypes) {
        const MatrixView view = matrixOf(type, memory.data(), kBytes / bytesOfRow(type, kColumns), kColumns,
                                         type == StoredAs::I8Rows ? scales.data() : nullptr);
        all.push_back({name, double(view.rows * view.rowBytes),
                       [&, view] { product(view, x.data(), vectors, result.data(), nullptr, pool); }});
    }
    measure(all, 40);
    std::printf("%lld vector(s), %d threads, 128 MiB of weights, rows of %lld\n",
                static_cast<long long>(vectors), pool.threads(), static_cast<long long>(kColumns));
    print(all, "GB/s");
}

using Sgemm = void (*)(int order, int transA, int transB, int m, int n, int k, float alpha, const float *a,
                       int lda, const float *b, int ldb, float beta, float *c, int ldc);

void prefill(ThreadPool &pool, Sgemm sgemm, int64_t rows, int64_t columns, int64_t count)
{
    const std::vector<std::byte> memory = plainBytes(size_t(rows * columns * 4));
    std::vector<float> x(size_t(count * columns), 0.5f), result(size_t(count * rows)),
        scales(size_t(rows), 0.1f), weights(size_t(rows * columns), 0.5f);
    const double operations = 2.0 * double(rows) * double(columns) * double(count);
    std::vector<Candidate> all;
    if (sgemm) {
        all.push_back({"OpenBLAS sgemm", operations, [&] {
                           constexpr int kRowMajor = 101, kNo = 111, kTransposed = 112;
                           sgemm(kRowMajor, kNo, kTransposed, int(count), int(rows), int(columns), 1,
                                 x.data(), int(columns), weights.data(), int(columns), 0, result.data(),
                                 int(rows));
                       }});
    }
    for (const auto &[type, name] : kTypes) {
        if (bytesOfRow(type, columns) == 0)
            continue;
        const MatrixView view =
            matrixOf(type, memory.data(), rows, columns, type == StoredAs::I8Rows ? scales.data() : nullptr);
        all.push_back(
            {name, operations, [&, view] { product(view, x.data(), count, result.data(), nullptr, pool); }});
    }
    measure(all, 15);
    std::printf("%lld vectors, weights %lld x %lld, %d threads\n", static_cast<long long>(count),
                static_cast<long long>(rows), static_cast<long long>(columns), pool.threads());
    print(all, "GFLOP/s");
}

/// Attention of 16 heads of 128 over 4 heads of keys, whose cache is larger than any last cache here; then a
/// prompt.
void attend(ThreadPool &pool)
{
    constexpr int64_t kWidth = 128, kHeads = 16, kKvHeads = 4, kTokens = 65536, kPrompt = 1024;
    const std::vector<std::byte> keys = plainBytes(size_t(kKvHeads * kTokens * kWidth * 4)), values = keys;
    const std::vector<float> queries(size_t(kPrompt * kHeads * kWidth), 0.01f);
    std::vector<float> result(queries.size());
    const AttentionRule rule{kHeads, kKvHeads, kWidth, kWidth, 0.1f};
    std::vector<Candidate> steps, prompts;
    for (const auto &[type, name] : std::initializer_list<std::pair<StoredAs, const char *>>{
             {StoredAs::F32, "f32"}, {StoredAs::BF16, "bf16"}, {StoredAs::F16, "f16"}}) {
        const int64_t row = kWidth * storedBlock(type).bytes;
        const KeyValues cache{type, keys.data(), values.data(), kTokens,
                              row,  row,         kTokens * row, kTokens * row};
        KeyValues prompt = cache;
        prompt.tokens = kPrompt;
        steps.push_back({name, double(2 * kKvHeads * kTokens * row), [&, cache] {
                             attention(rule, cache, {queries.data(), 1, kHeads * kWidth, kTokens - 1},
                                       result.data(), pool);
                         }});
        prompts.push_back(
            {name, 2.0 * kHeads * kWidth * kPrompt * kPrompt, [&, prompt] {
                 attention(rule, prompt, {queries.data(), kPrompt, kHeads * kWidth, 0}, result.data(), pool);
             }});
    }
    measure(steps, 15);
    measure(prompts, 15);
    std::printf("attention of one token over 65,536, 16 heads of 128 over 4\n");
    print(steps, "GB/s");
    std::printf("attention of a prompt of 1,024 (of the half that is seen)\n");
    print(prompts, "GFLOP/s");
}

} // namespace

int main(int count, char **arguments)
{
    const int threads =
        count > 1 ? std::max(1, std::atoi(arguments[1])) : int(std::thread::hardware_concurrency());
    ThreadPool pool(threads);
    void *const library = ::dlopen("libopenblas.so.0", RTLD_NOW);
    const auto sgemm = library ? reinterpret_cast<Sgemm>(::dlsym(library, "cblas_sgemm")) : nullptr;
    if (const auto setThreads =
            library ? reinterpret_cast<void (*)(int)>(::dlsym(library, "openblas_set_num_threads")) : nullptr)
        setThreads(threads);
    // The widest vectors, or all of them.
    const std::vector<Width> all = usableWidths();
    for (const Width each : count > 2 ? all : std::vector<Width>{all.back()}) {
        useWidth(each);
        std::printf("== %s\n", nameOf(each));
        std::fflush(stdout);
        for (const int64_t vectors : {1, 4})
            decode(pool, vectors);
        for (const int64_t vectors : {8, 32, 512})
            prefill(pool, sgemm, 2816, 1024, vectors);
        attend(pool);
    }
    return 0;
}
