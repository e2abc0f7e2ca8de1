// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/runtimes.h"

#include "core/base/text.h"
#include "core/format/dtype.h"

#include <algorithm>

namespace assay {
namespace {

constexpr uint64_t kMega = 1000000;
constexpr double kGibi = 1073741824.0;

constexpr const char *kVllmProfile = "vllm-project/vllm pull request 10511 (log: weights 14.96 GiB, other 1.79 GiB, "
                                     "activations 1.26 GiB for Llama 3 8B)";

/// How kvcache.cpp knows it.
CacheRuntime cacheOf(std::string_view name)
{
    const CacheRuntime *known = findCacheRuntime(name);
    return known ? *known : CacheRuntime{"", true, false, 1, 0};
}

Runtime llamaCpp()
{
    Runtime r;
    r.id = r.name = "llama.cpp";
    r.cache = cacheOf("llama.cpp");
    r.contextStep = 256;
    r.tokensAtOnce = {512, 512};
    r.activationHidden = {2, 2}; // 32 bits a number: two widths of 16
    r.logitTokens = -1;
    r.scoreCopies = {0, 2};
    r.scoreQueries = 512;
    r.overhead = {300 * kMega, 400 * kMega};
    r.assumptions = {
        {ASSAY_TEXT("Runtime", "the cache is rounded up to 256 tokens"), "ggml-org/llama.cpp pull request 17046"},
        {ASSAY_TEXT("Runtime", "latent attention keeps the compressed cache; files converted before April 2025 keep that "
                               "of every head"),
         "ggml-org/llama.cpp pull requests 12801, 19067"},
        {ASSAY_TEXT("Runtime", "a layer with a window keeps the window and the batch, rounded up"),
         "ggml-org/llama.cpp pull request 13194"},
        {ASSAY_TEXT("Runtime", "512 tokens at once; the compute buffer holds their logits and states as 32-bit numbers: "
                               "304.00 MiB for Qwen2.5 7B, 105.00 MiB for TriLM 3.9B, as logged"),
         "JamePeng/llama-cpp-python pull request 1; mozilla-ai/llamafile pull request 552"},
        {ASSAY_TEXT("Runtime", "without flash attention two copies of all heads' scores come on top: 2.4 GB for "
                               "DeepSeek-V2-Lite at 32k, as reported"),
         "ollama/ollama pull request 17201"},
        {ASSAY_TEXT("Runtime", "300 to 400 MB for the CUDA context"), "pytorch/pytorch issues 20532, 28394"}};
    return r;
}

Runtime vllm()
{
    Runtime r;
    r.id = "vllm";
    r.name = "vLLM";
    r.cache = cacheOf("vLLM");
    r.contextStep = 16;
    r.tokensAtOnce = {2048, 8192};
    r.activationHidden = {2, 6};
    r.activationInner = {2, 3};
    r.logitTokens = 256;
    r.logitCopies = {1, 2};
    r.overhead = {uint64_t(0.20 * kGibi), uint64_t(1.79 * kGibi)};
    r.deviceShare = 0.9;
    r.nextToken = true;
    r.assumptions = {
        {ASSAY_TEXT("Runtime", "allows itself 90 % of the device (gpu_memory_utilization) and fills it with cache"),
         "docs.vllm.ai, engine arguments"},
        {ASSAY_TEXT("Runtime", "the cache is kept in blocks of 16 tokens; latent attention keeps the compressed cache"),
         "docs.vllm.ai, engine arguments; vllm-project/vllm pull request 14824"},
        {ASSAY_TEXT("Runtime", "layers with a window keep the window alone where the hybrid cache manager is on; else all "
                               "layers keep everything"),
         "docs.vllm.ai, hybrid KV cache manager"},
        {ASSAY_TEXT("Runtime", "2048 to 8192 tokens at once, logits of 256 sequences; attention is fused"),
         "docs.vllm.ai, engine arguments"},
        {ASSAY_TEXT("Runtime", "0.20 to 1.79 GiB outside of PyTorch on one device"),
         "vllm-project/vllm pull requests 10511, 14447"},
        {ASSAY_TEXT("Runtime", "activations checked against a log"), kVllmProfile}};
    return r;
}

Runtime sglang()
{
    Runtime r = vllm();
    r.id = "sglang";
    r.name = "SGLang";
    r.cache = {"SGLang", false, true, 1, 0};
    r.contextStep = 1;
    r.logitTokens = 0;
    r.deviceShare = 1;
    r.assumptions = {
        {ASSAY_TEXT("Runtime", "the cache is kept token by token; latent attention keeps the compressed cache"),
         "docs.sglang.io, server arguments (page size 1)"},
        {ASSAY_TEXT("Runtime", "2048 to 8192 tokens at once (chunked prefill); attention is fused"),
         "docs.sglang.io, server arguments"},
        {ASSAY_TEXT("Runtime", "outside of PyTorch as much as vLLM: the same libraries"),
         "vllm-project/vllm pull requests 10511, 14447"}};
    return r;
}

Runtime transformers()
{
    Runtime r;
    r.id = r.name = "transformers";
    r.cache = cacheOf("transformers");
    r.newerKeepsLatent = true;
    r.tokensPerSequence = true;
    r.activationHidden = {2, 6};
    r.activationInner = {2, 3};
    r.overhead = {300 * kMega, 1000 * kMega};
    r.assumptions = {
        {ASSAY_TEXT("Runtime", "latent attention keeps keys and values of every head; compressed since August 2026"),
         "huggingface/transformers pull request 47761"},
        {ASSAY_TEXT("Runtime", "layers with a window keep the window alone"),
         "huggingface/transformers, documentation of cache strategies"},
        {ASSAY_TEXT("Runtime", "the whole prompt at once, logits of its last token; attention is fused (SDPA)"),
         "general knowledge: generate() without prefill_chunk_size"},
        {ASSAY_TEXT("Runtime", "300 MB to 1 GB for the CUDA context with PyTorch's kernels"),
         "pytorch/pytorch issue 107667"}};
    return r;
}

Runtime ownEngine()
{
    Runtime r;
    r.id = "assay";
    r.name = "Assay";
    r.cache = cacheOf("uniform");
    r.tokensAtOnce = {32, 2048};
    r.tokensPerSequence = true;
    r.activationHidden = {4, 6};
    r.activationInner = {2, 3};
    r.scoreCopies = {2, 3};
    r.scoreQueries = 256;
    r.overhead = {300 * kMega, 1000 * kMega};
    r.assumptions = {
        {ASSAY_TEXT("Runtime", "one cache of fixed size for every layer, windows included"), "core/engine/kvcache.cpp"},
        {ASSAY_TEXT("Runtime", "a prompt is read in pieces of 32 to 512 tokens on a CPU, 2048 on a GPU"),
         "core/engine/implementation.cpp"},
        {ASSAY_TEXT("Runtime", "scores of 256 tokens at a time, as 32-bit numbers, two to three copies"),
         "core/engine/attention.cpp"},
        {ASSAY_TEXT("Runtime", "300 MB to 1 GB for the CUDA context with PyTorch's kernels"),
         "pytorch/pytorch issue 107667"}};
    return r;
}

WeightFormatChoice blockFormat(const char *id, Dtype dtype)
{
    const DtypeBlock block = dtypeBlock(dtype);
    return {id, dtypeName(dtype), block.elements, block.bytes, false, 4, "ggml block sizes; every matrix in this type"};
}

std::vector<WeightFormatChoice> makeWeightFormats()
{
    return {{"stored", ASSAY_TEXT("Runtime", "as stored"), 0, 0, false, 0, ""},
            {"f32", "F32", 1, 4, false, 4, ""},
            {"bf16", "BF16", 1, 2, false, 2, ""},
            {"f16", "F16", 1, 2, false, 2, ""},
            {"fp8", "FP8", 16384, 16388, true, 2, "blocks of 128 x 128 with a 32-bit scale (DeepSeek)"},
            {"int8", "INT8", 128, 130, true, 2, "groups of 128 with a 16-bit scale"},
            {"gptq-4bit", "GPTQ 4-bit", 256, 133, true, 2, "groups of 128: 4-bit weights, 16-bit scale, 4-bit zero point"},
            {"awq-4bit", "AWQ 4-bit", 256, 133, true, 2, "groups of 128: 4-bit weights, 16-bit scale, 4-bit zero point"},
            {"nf4", "NF4", 64, 36, true, 2, "bitsandbytes: blocks of 64 with a 32-bit maximum"},
            blockFormat("q8_0", Dtype::Q8_0),
            blockFormat("q6_k", Dtype::Q6_K),
            blockFormat("q5_k", Dtype::Q5_K),
            blockFormat("q4_k", Dtype::Q4_K),
            blockFormat("q4_0", Dtype::Q4_0),
            blockFormat("iq4_xs", Dtype::IQ4_XS),
            blockFormat("q3_k", Dtype::Q3_K),
            blockFormat("q2_k", Dtype::Q2_K),
            blockFormat("mxfp4", Dtype::MXFP4)};
}

template <class Rows>
auto findRow(const Rows &rows, std::string_view id) -> decltype(&rows.front())
{
    const auto it = std::find_if(rows.begin(), rows.end(), [&](const auto &row) { return id == row.id; });
    return it == rows.end() ? nullptr : &*it;
}

} // namespace

const std::vector<Runtime> &runtimes()
{
    static const std::vector<Runtime> kRuntimes{llamaCpp(), vllm(), transformers(), sglang(), ownEngine()};
    return kRuntimes;
}

const Runtime *findRuntime(std::string_view id)
{
    return findRow(runtimes(), id);
}

const Runtime &usualRuntime(std::string_view format)
{
    return *findRuntime(format == "gguf" ? "llama.cpp" : "vllm");
}

const std::vector<WeightFormatChoice> &weightFormatChoices()
{
    static const std::vector<WeightFormatChoice> kFormats = makeWeightFormats();
    return kFormats;
}

const WeightFormatChoice *findWeightFormat(std::string_view id)
{
    return findRow(weightFormatChoices(), id);
}

const std::vector<CacheFormat> &cacheFormats()
{
    static const std::vector<CacheFormat> kFormats{
        {"f16", 1, 2}, {"f32", 1, 4}, {"fp8", 1, 1}, {"q8_0", 32, 34}, {"q4_0", 32, 18}};
    return kFormats;
}

const CacheFormat *findCacheFormat(std::string_view id)
{
    return findRow(cacheFormats(), id);
}

} // namespace assay
