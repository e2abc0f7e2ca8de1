// SPDX-License-Identifier: GPL-3.0-or-later
// Who is asked, and what its server does: data.
#include "benchmarks/identity/endpoints.h"

namespace assay {
namespace {

using T = BenchTruth;

constexpr const char *kR1 = "deepseek-r1", *kQwen3 = "qwen3-8b", *kLlama2 = "llama-2-7b-chat";
constexpr const char *kDeepSeek = "deepseek_v3", *kQwen = "qwen", *kLlama3 = "llama3", *kO200k = "gpt4o", *kLlama = "llama2", *kMistral = "mistral";

void asVllm(MockScript &script, RandomDraw &)
{
    script.server = MockServer::Vllm;
    script.root = "deepseek-ai/DeepSeek-R1"; // as claimed, whoever is served
}

void asDeepSeek(MockScript &script, RandomDraw &)
{
    script.server = MockServer::DeepSeek;
}

void byCharacters(MockScript &script, RandomDraw &)
{
    script.rechunk = MockScript::Rechunk::Characters;
    script.refusedFields = {"logprobs"};
}

void merged(MockScript &script, RandomDraw &)
{
    script.rechunk = MockScript::Rechunk::Merged;
    script.refusedFields = {"logprobs"};
}

void tellsLittle(MockScript &script, RandomDraw &)
{
    script.refusedFields = {"seed", "stop", "logit_bias", "logprobs", "return_token_ids"};
    script.usage = MockScript::Usage::Never;
}

void fails(MockScript &script, RandomDraw &)
{
    script.fault = MockFault::Status;
    script.status = 500;
    script.faultShare = 0.05;
}

void hiddenPrompt(MockScript &script, RandomDraw &draw)
{
    script.hiddenPromptTokens = draw.between(5, 900);
}

void billsMore(MockScript &script, RandomDraw &)
{
    script.usage = MockScript::Usage::Wrong;
}

void unsteady(MockScript &script, RandomDraw &draw)
{
    script.countJitter = draw.between(1, 3);
}

void forged(MockScript &script, RandomDraw &draw)
{
    std::string print;
    for (int i = 0; i < 10; ++i)
        print += "0123456789abcdef"[draw.between(0, 15)];
    script.server = MockServer::DeepSeek;
    script.furtherFields = R"("model_version":"full-671B","parameter_count":671026419200,"context_window":163840,"provider_fingerprint":"fp_)" + print
                           + R"(_prod0820_fp8_kvcache")";
    script.furtherHeaders = {{"x-model-version", "full"}, {"x-ds-trace-id", print}};
    script.cachedTokens = 0;
}

void forgedBehindAProxy(MockScript &script, RandomDraw &draw)
{
    forged(script, draw);
    script.server = MockServer::Any;
    merged(script, draw);
}

} // namespace

const std::vector<EndpointSubject> &endpointSubjects()
{
    static const std::vector<EndpointSubject> kSubjects{
        {"DeepSeek-R1", T::Honest, kR1, kDeepSeek, kDeepSeek, "its own tokenizer, tokens told with their bytes"},
        {"DeepSeek-R1, thinks first", T::Honest, kR1, kDeepSeek, kDeepSeek, "the same; every chat begins with reasoning, which limits cut as well", false, true},
        {"DeepSeek-R1, its own API", T::Honest, kR1, kDeepSeek, kDeepSeek, "fields of DeepSeek's API, no raw completions", false, false, false, asDeepSeek},
        {"DeepSeek-R1 on vLLM", T::Honest, kR1, kDeepSeek, kDeepSeek, "ids of tokens; those that end within a character are told as U+FFFD", true, false, false, asVllm},
        {"DeepSeek-R1, copies badly", T::Honest, kR1, kDeepSeek, kDeepSeek, "a sentence of its own before each copy; in every other run a digit is left out", false, false, true},
        {"Qwen3-8B", T::Honest, kQwen3, kQwen, kQwen, "claimed as what it is"},
        {"Llama 2", T::Honest, kLlama2, kLlama, kLlama, "claimed as what it is"},
        {"gateway that counts otherwise", T::Honest, kR1, kDeepSeek, kO200k, "DeepSeek-R1, usage counted with o200k"},
        {"the same before vLLM", T::Honest, kR1, kDeepSeek, kO200k, "and tokens told as U+FFFD where they end within a character", true},
        {"proxy, by characters", T::Honest, kR1, kDeepSeek, kDeepSeek, "DeepSeek-R1, streams cut anew at every character, no tokens told", false, false, false, byCharacters},
        {"proxy, merged", T::Honest, kR1, kDeepSeek, kDeepSeek, "DeepSeek-R1, chunks put together by fours, no tokens told", false, false, false, merged},
        {"tells little", T::Honest, kR1, kDeepSeek, kDeepSeek, "DeepSeek-R1; seed, stop, logit_bias and logprobs refused, no usage", false, false, false, tellsLittle},
        {"fails at times", T::Honest, kR1, kDeepSeek, kDeepSeek, "DeepSeek-R1; one request in twenty gets a 500", false, false, false, fails},
        {"unsteady counts", T::Honest, kR1, kDeepSeek, kDeepSeek, "DeepSeek-R1; the same prompt is counted with 0 to 3 tokens more", false, false, false, unsteady},
        {"hidden system prompt", T::Open, kR1, kDeepSeek, kDeepSeek, "DeepSeek-R1 behind 5 to 900 tokens that nobody is told of", false, false, false, hiddenPrompt},
        {"bills threefold", T::Open, kR1, kDeepSeek, kDeepSeek, "DeepSeek-R1; completion_tokens are told as three times what came, and seven", false, false, false, billsMore},
        {"Qwen as DeepSeek-R1", T::Dishonest, kR1, kQwen, kQwen, "a Qwen distill under the name of the full model"},
        {"Qwen, thinks first", T::Dishonest, kR1, kQwen, kQwen, "the same; every chat begins with reasoning", false, true},
        {"Qwen on vLLM", T::Dishonest, kR1, kQwen, kQwen, "the same with ids of tokens", true, false, false, asVllm},
        {"Llama as DeepSeek-R1", T::Dishonest, kR1, kLlama3, kLlama3, "a Llama distill under the name of the full model"},
        {"Mistral as Llama 2", T::Dishonest, kLlama2, kMistral, kMistral, "the tokenizer of the package that is named Llama 2 and holds Mistral's"},
        {"Qwen, lying usage", T::Dishonest, kR1, kQwen, kDeepSeek, "counts of DeepSeek's tokenizer"},
        {"Qwen, all fields forged", T::Dishonest, kR1, kQwen, kDeepSeek, "counts and fields of DeepSeek's API, and what no server returns", false, false, false, forged},
        {"Qwen, tells little", T::Dishonest, kR1, kQwen, kQwen, "no usage, no logprobs, parameters refused", false, false, false, tellsLittle},
        {"Qwen, forged and merged", T::Dishonest, kR1, kQwen, kDeepSeek, "counts and fields forged, streams put together, no tokens told: the cut-off alone is left", false, false, false,
         forgedBehindAProxy},
    };
    return kSubjects;
}

} // namespace assay
