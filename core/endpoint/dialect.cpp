// SPDX-License-Identifier: GPL-3.0-or-later
// Sources: the servers' documentation and protocol definitions (OpenAI and Azure API reference, DeepSeek API docs,
// Anthropic Messages streaming, vLLM and SGLang protocol.py, llama.cpp tools/server README, TGI openapi.json,
// Ollama docs/api.md, LM Studio REST pages) and recorded answers of llama.cpp's server.
#include "core/endpoint/dialect.h"

#include <algorithm>

namespace assay {
namespace {

using F = EventField;
using P = BodyRule::Prompt;

// clang-format off
constexpr FieldRule kErrors[] = {
    {"error", F::Error},
    {"object", F::Error, 1, "error"}, // vLLM and SGLang, flat
    {"message", F::ErrorWords},
};
constexpr FieldRule kUsage[] = {
    {"model", F::Model},
    {"usage.prompt_tokens", F::PromptTokens},
    {"usage.completion_tokens", F::CompletionTokens},
    {"usage.prompt_tokens_details.cached_tokens", F::CachedTokens},
    {"usage.prompt_cache_hit_tokens", F::CachedTokens},  // DeepSeek
    {"usage.completion_tokens_details.reasoning_tokens", F::ReasoningTokens},
    {"usage.reasoning_tokens", F::ReasoningTokens},      // SGLang
};
constexpr FieldRule kChat[] = {
    {"choices[].delta.content", F::Answer},
    {"choices[].delta.refusal", F::Refusal},
    {"choices[].delta.reasoning_content", F::Reasoning},
    {"choices[].delta.reasoning", F::Reasoning},
    {"choices[].delta.tool_calls[].function.name", F::Tool},
    {"choices[].delta.tool_calls[].function.arguments", F::Tool},
    {"choices[].delta.function_call.name", F::Tool},
    {"choices[].delta.function_call.arguments", F::Tool},
    {"choices[].message.content", F::Answer},            // a server that does not stream
    {"choices[].message.refusal", F::Refusal},
    {"choices[].message.reasoning_content", F::Reasoning},
    {"choices[].message.reasoning", F::Reasoning},
    {"choices[].message.tool_calls[].function.name", F::Tool},
    {"choices[].message.tool_calls[].function.arguments", F::Tool},
    {"choices[].logprobs.content", F::TokenIds},
    {"choices[].token_ids", F::TokenIds},
    {"choices[].finish_reason", F::Finish},
};
constexpr FieldRule kText[] = {
    {"choices[].text", F::Answer},
    {"choices[].logprobs.tokens", F::TokenIds},
    {"choices[].logprobs.content", F::TokenIds},
    {"choices[].token_ids", F::TokenIds},
    {"choices[].finish_reason", F::Finish},
};
constexpr FieldRule kLlamaTimings[] = {
    {"timings.prompt_ms", F::PromptTime, 1e-3},
    {"timings.predicted_ms", F::DecodeTime, 1e-3},
    {"timings.predicted_n", F::EngineCompletion},
    {"timings.prompt_n", F::UncachedTokens},
    {"timings.cache_n", F::CachedTokens},
};
constexpr FieldRule kLlamaNative[] = {
    {"content", F::Answer},
    {"tokens", F::TokenIds},
    {"model", F::Model},
    {"tokens_evaluated", F::PromptTokens},
    {"tokens_predicted", F::CompletionTokens},
    {"stop_type", F::Finish},
    {"stop", F::End, 1, "true"},
};
constexpr FieldRule kTgi[] = {
    {"token.text", F::Answer},
    {"token.id", F::OneToken},
    {"token.special", F::Hidden},
    {"details.finish_reason", F::Finish},
    {"details.generated_tokens", F::CompletionTokens},
    {"details.input_length", F::PromptTokens},
    {"generated_text", F::End},
};
constexpr FieldRule kOllama[] = {
    {"message.content", F::Answer},
    {"message.thinking", F::Reasoning},
    {"message.tool_calls[].function.name", F::Tool},
    {"response", F::Answer},
    {"thinking", F::Reasoning},
    {"model", F::Model},
    {"prompt_eval_count", F::PromptTokens},
    {"eval_count", F::CompletionTokens},
    {"prompt_eval_duration", F::PromptTime, 1e-9},
    {"eval_duration", F::DecodeTime, 1e-9},
    {"total_duration", F::TotalTime, 1e-9},
    {"done_reason", F::Finish},
    {"done", F::End, 1, "true"},
    {"error", F::Error},
};
constexpr FieldRule kLmStudioStats[] = {
    {"stats.time_to_first_token", F::PromptTime},
    {"stats.generation_time", F::DecodeTime},
};
constexpr FieldRule kAnthropic[] = {
    {"message.model", F::Model},
    {"content_block.text", F::Answer},
    {"content_block.thinking", F::Reasoning},
    {"content_block.name", F::Tool},
    {"delta.text", F::Answer},
    {"delta.thinking", F::Reasoning},
    {"delta.partial_json", F::Tool},
    {"delta.stop_reason", F::Finish},
    {"message.usage.input_tokens", F::UncachedTokens},
    {"message.usage.cache_read_input_tokens", F::CachedTokens},
    {"message.usage.cache_creation_input_tokens", F::CacheWrittenTokens},
    {"message.usage.output_tokens", F::CompletionTokens},
    {"usage.input_tokens", F::UncachedTokens},
    {"usage.cache_read_input_tokens", F::CachedTokens},
    {"usage.cache_creation_input_tokens", F::CacheWrittenTokens},
    {"usage.output_tokens", F::CompletionTokens},
    {"content[].text", F::Answer},                        // not streamed
    {"content[].thinking", F::Reasoning},
    {"model", F::Model},
    {"stop_reason", F::Finish},
    {"error", F::Error},
    {"type", F::End, 1, "message_stop"},
};

constexpr char kBearer[] = "Bearer ", kChatPath[] = "/v1/chat/completions";
constexpr char kStreamUsage[] = R"({"stream":true,"stream_options":{"include_usage":true}})";
constexpr char kIgnoreEos[] = R"({"ignore_eos":true})";
constexpr char kLow[] = R"({"reasoning_effort":"low"})", kMedium[] = R"({"reasoning_effort":"medium"})",
               kHigh[] = R"({"reasoning_effort":"high"})";
// Qwen's templates read enable_thinking, DeepSeek's thinking; each ignores the other's.
constexpr char kThink[] = R"({"chat_template_kwargs":{"enable_thinking":true,"thinking":true}})";
constexpr char kNoThink[] = R"({"chat_template_kwargs":{"enable_thinking":false,"thinking":false}})";

std::vector<std::pair<const char *, const char *>> efforts() { return {{"low", kLow}, {"medium", kMedium}, {"high", kHigh}}; }
std::vector<std::pair<const char *, const char *>> templates()
{
    return {{"on", kThink}, {"off", kNoThink}, {"low", kLow}, {"medium", kMedium}, {"high", kHigh}};
}
BodyRule chatBody(const char *limit = "max_tokens")
{
    return {P::Messages, "messages", "model", limit, "temperature", kStreamUsage, "", "", efforts()};
}
BodyRule servedChatBody()
{
    return {P::Messages, "messages", "model", "max_tokens", "temperature", kStreamUsage, kIgnoreEos, "min_tokens", templates()};
}

std::vector<Dialect> makeDialects()
{
    const BodyRule completions{P::Text, "prompt", "model", "max_tokens", "temperature", kStreamUsage, kIgnoreEos, "min_tokens", {}};
    const BodyRule llamaChat{P::Messages, "messages", "model", "max_tokens", "temperature", kStreamUsage, kIgnoreEos, "", templates()};
    const BodyRule llamaNative{P::Text, "prompt", "", "n_predict", "temperature",
                               R"({"stream":true,"return_tokens":true})", kIgnoreEos, "", {}};
    const BodyRule tgi{P::Text, "inputs", "", "parameters.max_new_tokens", "parameters.temperature",
                       R"({"parameters":{"details":true}})", "", "", {}, "parameters.top_p", "parameters.seed"};
    const BodyRule ollama{P::Messages, "messages", "model", "options.num_predict", "options.temperature", R"({"stream":true})", "", "",
                          {{"on", R"({"think":true})"}, {"off", R"({"think":false})"}, {"low", R"({"think":"low"})"},
                           {"medium", R"({"think":"medium"})"}, {"high", R"({"think":"high"})"}},
                          "options.top_p", "options.seed"};
    const BodyRule deepseek{P::Messages, "messages", "model", "max_tokens", "temperature", kStreamUsage, "", "",
                            {{"on", R"({"thinking":{"type":"enabled"}})"}, {"off", R"({"thinking":{"type":"disabled"}})"}}, "top_p", ""};
    // 1,024 is the least budget that the API takes.
    const BodyRule anthropic{P::MessagesSystemApart, "messages", "model", "max_tokens", "temperature", R"({"stream":true})", "", "",
                             {{"on", R"({"thinking":{"type":"enabled","budget_tokens":1024}})"},
                              {"off", R"({"thinking":{"type":"disabled"}})"}}, "top_p", ""};
    const std::vector<FieldRule> openAiHeaders{{"openai-processing-ms", F::TotalTime, 1e-3}};
    return {
        {"openai-chat", "OpenAI chat", kChatPath, Framing::Sse, "Authorization", kBearer, {}, chatBody(), "[DONE]",
         {kChat, kUsage, kLlamaTimings, kErrors}, openAiHeaders},
        {"openai-completions", "OpenAI completions", "/v1/completions", Framing::Sse, "Authorization", kBearer, {}, completions,
         "[DONE]", {kText, kUsage, kLlamaTimings, kErrors}, openAiHeaders},
        {"openai", "OpenAI", kChatPath, Framing::Sse, "Authorization", kBearer, {}, chatBody("max_completion_tokens"), "[DONE]",
         {kChat, kUsage, kErrors}, openAiHeaders},
        {"vllm", "vLLM", kChatPath, Framing::Sse, "Authorization", kBearer, {}, servedChatBody(), "[DONE]",
         {kChat, kUsage, kErrors}, {}},
        {"sglang", "SGLang", kChatPath, Framing::Sse, "Authorization", kBearer, {}, servedChatBody(), "[DONE]",
         {kChat, kUsage, kErrors}, {}},
        {"llamacpp", "llama.cpp", kChatPath, Framing::Sse, "Authorization", kBearer, {}, llamaChat, "[DONE]",
         {kChat, kUsage, kLlamaTimings, kErrors}, {}},
        {"llamacpp-completion", "llama.cpp /completion", "/completion", Framing::Sse, "Authorization", kBearer, {}, llamaNative,
         "[DONE]", {kLlamaNative, kLlamaTimings, kErrors}, {}},
        {"tgi", "Text Generation Inference", "/generate_stream", Framing::Sse, "Authorization", kBearer, {}, tgi, nullptr,
         {kTgi, kErrors}, {}},
        {"ollama", "Ollama", "/api/chat", Framing::JsonLines, "Authorization", kBearer, {}, ollama, nullptr, {kOllama}, {}},
        {"lmstudio", "LM Studio", kChatPath, Framing::Sse, "Authorization", kBearer, {}, chatBody(), "[DONE]",
         {kChat, kUsage, kLmStudioStats, kErrors}, {}},
        {"deepseek", "DeepSeek", "/chat/completions", Framing::Sse, "Authorization", kBearer, {}, deepseek, "[DONE]",
         {kChat, kUsage, kErrors}, {}},
        // The stable version of the time when max_completion_tokens and usage in streams had both come.
        {"azure", "Azure OpenAI", "/openai/deployments/{model}/chat/completions?api-version=2024-10-21", Framing::Sse, "api-key",
         "", {}, chatBody("max_completion_tokens"), "[DONE]", {kChat, kUsage, kErrors}, {}},
        {"anthropic", "Anthropic", "/v1/messages", Framing::Sse, "x-api-key", "", {{"anthropic-version", "2023-06-01"}}, anthropic,
         nullptr, {kAnthropic}, {}},
    };
}
// clang-format on

} // namespace

const std::vector<Dialect> &dialects()
{
    static const std::vector<Dialect> kDialects = makeDialects();
    return kDialects;
}

const Dialect *findDialect(std::string_view id)
{
    const auto found = std::find_if(dialects().begin(), dialects().end(), [&](const Dialect &one) { return id == one.id; });
    return found == dialects().end() ? nullptr : &*found;
}

} // namespace assay
