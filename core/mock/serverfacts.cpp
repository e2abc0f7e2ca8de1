// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mock/serverfacts.h"

#include "core/mock/query.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay {

namespace {

using Json = nlohmann::json;

struct Fact
{
    MockServer server;
    const char *method, *path;
    const char *body; ///< @MODEL@ and @ROOT@ are the script's in quotation marks
};
// Field names as the servers document them (and llama.cpp's as recorded); the values are made up and fit each other.
const Fact kFacts[] = {
    {MockServer::Any, "GET", "/v1/models", R"({"object":"list","data":[{"id":@MODEL@,"object":"model","created":1750000000,"owned_by":"mock"}]})"},
    {MockServer::OpenAi, "GET", "/v1/models", R"({"object":"list","data":[{"id":@MODEL@,"object":"model","created":1721172741,"owned_by":"system"}]})"},
    {MockServer::Azure, "GET", "/openai/models", R"({"object":"list","data":[{"id":@MODEL@,"object":"model","status":"succeeded","created_at":1721172741}]})"},
    {MockServer::DeepSeek, "GET", "/models", R"({"object":"list","data":[{"id":@MODEL@,"object":"model","owned_by":"deepseek"}]})"},
    {MockServer::DeepSeek, "GET", "/v1/models", R"({"object":"list","data":[{"id":@MODEL@,"object":"model","owned_by":"deepseek"}]})"},
    {MockServer::Anthropic, "GET", "/v1/models",
     R"({"data":[{"type":"model","id":@MODEL@,"display_name":@MODEL@,"created_at":"2025-02-19T00:00:00Z"}],"has_more":false,"first_id":@MODEL@,"last_id":@MODEL@})"},
    {MockServer::Vllm, "GET", "/v1/models",
     R"({"object":"list","data":[{"id":@MODEL@,"object":"model","created":1750000000,"owned_by":"vllm","root":@ROOT@,"parent":null,"max_model_len":131072,"permission":[{"id":"modelperm-0123456789abcdef","object":"model_permission","created":1750000000,"allow_sampling":true,"organization":"*","is_blocking":false}]}]})"},
    {MockServer::Vllm, "GET", "/version", R"({"version":"0.8.5"})"},
    {MockServer::Vllm, "GET", "/health", ""},
    {MockServer::Vllm, "GET", "/metrics", "# TYPE vllm:num_requests_running gauge\nvllm:num_requests_running 0\n# TYPE vllm:num_requests_waiting gauge\nvllm:num_requests_waiting 0\n# HELP vllm:cache_config_info Information of the LLMEngine CacheConfig\n# TYPE vllm:cache_config_info gauge\n"
     "vllm:cache_config_info{block_size=\"16\",cache_dtype=\"auto\",gpu_memory_utilization=\"0.9\",num_cpu_blocks=\"7281\",num_gpu_blocks=\"24188\",sliding_window=\"None\",swap_space_bytes=\"4294967296\"} 1.0\n"
     "# TYPE vllm:kv_cache_usage_perc gauge\nvllm:kv_cache_usage_perc{engine=\"0\",model_name=\"mock-model\"} 0.0\n"},
    {MockServer::SgLang, "GET", "/v1/models",
     R"({"object":"list","data":[{"id":@MODEL@,"object":"model","created":1750000000,"owned_by":"sglang","root":@MODEL@,"parent":null,"max_model_len":163840}]})"},
    {MockServer::SgLang, "GET", "/model_info",
     R"({"model_path":@MODEL@,"tokenizer_path":@MODEL@,"is_generation":true,"preferred_sampling_params":null,"weight_version":"default","has_image_understanding":false,"has_audio_understanding":false,"model_type":"deepseek_v3","architectures":["DeepseekV3ForCausalLM"]})"},
    {MockServer::SgLang, "GET", "/get_model_info", R"({"model_path":@MODEL@,"tokenizer_path":@MODEL@,"is_generation":true,"preferred_sampling_params":null})"},
    {MockServer::SgLang, "GET", "/server_info",
     R"({"model_path":@MODEL@,"served_model_name":@MODEL@,"tp_size":8,"quantization":null,"context_length":null,"mem_fraction_static":0.88,"kv_cache_dtype":"auto","max_total_num_tokens":480000,"version":"0.5.0"})"},
    {MockServer::SgLang, "GET", "/get_server_info",
     R"({"model_path":@MODEL@,"served_model_name":@MODEL@,"tp_size":8,"quantization":null,"context_length":null,"max_total_num_tokens":480000,"version":"0.5.0"})"},
    {MockServer::SgLang, "GET", "/health", ""},
    {MockServer::LlamaCpp, "GET", "/health", R"({"status":"ok"})"},
    {MockServer::LlamaCpp, "GET", "/v1/models",
     R"({"models":[{"name":@MODEL@,"model":@MODEL@,"type":"model","capabilities":["completion"],"details":{"format":"gguf","family":"","quantization_level":""}}],"object":"list","data":[{"id":@MODEL@,"aliases":[@MODEL@],"object":"model","created":1750000000,"owned_by":"llamacpp","meta":{"vocab_type":1,"n_vocab":32000,"n_ctx":512,"n_ctx_train":4096,"n_embd":1024,"n_params":254313472,"size":270307328,"ftype":"Q8_0"}}]})"},
    {MockServer::LlamaCpp, "GET", "/props",
     R"({"default_generation_settings":{"params":{"temperature":0.8,"top_k":40,"top_p":0.95,"n_predict":-1},"n_ctx":512},"total_slots":2,"model_alias":@MODEL@,"model_ftype":"Q8_0","model_path":"mock-q8_0.gguf","modalities":{"vision":false,"audio":false},"endpoint_slots":true,"endpoint_props":false,"endpoint_metrics":true,"chat_template":"{% for m in messages %}[{{ m['role'] }}] {{ m['content'] }} {% endfor %}","bos_token":"<s>","eos_token":"</s>","build_info":"b0-mock","is_sleeping":false})"},
    {MockServer::LlamaCpp, "GET", "/slots", R"([{"id":0,"n_ctx":512,"speculative":false,"is_processing":false},{"id":1,"n_ctx":512,"speculative":false,"is_processing":false}])"},
    {MockServer::LlamaCpp, "GET", "/metrics", "# TYPE llamacpp:requests_processing gauge\nllamacpp:requests_processing 0\n"},
    {MockServer::Tgi, "GET", "/info",
     R"({"model_id":@MODEL@,"model_sha":"711ad2ea6a0000000000000000000000000000aa","model_pipeline_tag":"text-generation","max_concurrent_requests":128,"max_best_of":2,"max_stop_sequences":4,"max_input_tokens":8191,"max_total_tokens":8192,"validation_workers":2,"max_client_batch_size":4,"router":"text-generation-router","version":"3.3.6","sha":null,"docker_label":null})"},
    {MockServer::Tgi, "GET", "/v1/models", R"({"object":"list","data":[{"id":@MODEL@,"object":"model","created":0,"owned_by":@MODEL@}]})"},
    {MockServer::Tgi, "GET", "/health", ""},
    {MockServer::Ollama, "GET", "/", "Ollama is running"},
    {MockServer::Ollama, "GET", "/api/version", R"({"version":"0.6.5"})"},
    {MockServer::Ollama, "GET", "/api/tags",
     R"({"models":[{"name":@MODEL@,"model":@MODEL@,"modified_at":"2025-05-10T08:06:48.639712648-07:00","size":4683075271,"digest":"0a8c266910232fd3291e71e5ba1e058cc5af9d411192cf88b6d30e92b6e73163","details":{"parent_model":"","format":"gguf","family":"qwen2","families":["qwen2"],"parameter_size":"7.6B","quantization_level":"Q4_K_M"}}]})"},
    {MockServer::Ollama, "GET", "/api/ps",
     R"({"models":[{"name":@MODEL@,"model":@MODEL@,"size":6017884160,"digest":"0a8c266910232fd3291e71e5ba1e058cc5af9d411192cf88b6d30e92b6e73163","details":{"format":"gguf","family":"qwen2","parameter_size":"7.6B","quantization_level":"Q4_K_M"},"expires_at":"2025-06-15T12:05:00Z","size_vram":6017884160,"context_length":4096}]})"},
    {MockServer::Ollama, "POST", "/api/show",
     R"({"license":"MIT","modelfile":"FROM /blobs/sha256-96c415656d377afbff962f6cdb2394ab092ccbcbaab4b82525bc4ca800fe8a49\n","parameters":"temperature 0.6","template":"{{ .System }}{{ .Prompt }}","details":{"parent_model":"","format":"gguf","family":"qwen2","families":["qwen2"],"parameter_size":"7.6B","quantization_level":"Q4_K_M"},"model_info":{"general.architecture":"qwen2","general.basename":"DeepSeek-R1-Distill-Qwen","general.file_type":15,"general.parameter_count":7615616512,"general.size_label":"7B","qwen2.attention.head_count":28,"qwen2.attention.head_count_kv":4,"qwen2.block_count":28,"qwen2.context_length":131072,"qwen2.embedding_length":3584,"qwen2.feed_forward_length":18944,"qwen2.rope.freq_base":10000,"tokenizer.ggml.bos_token_id":151646,"tokenizer.ggml.eos_token_id":151643,"tokenizer.ggml.model":"gpt2","tokenizer.ggml.pre":"qwen2","tokenizer.ggml.tokens":null},"capabilities":["completion","thinking"],"modified_at":"2025-05-10T08:06:48.639712648-07:00"})"},
    {MockServer::Ollama, "GET", "/v1/models", R"({"object":"list","data":[{"id":@MODEL@,"object":"model","created":1746889608,"owned_by":"library"}]})"},
    {MockServer::LmStudio, "GET", "/v1/models", R"({"object":"list","data":[{"id":@MODEL@,"object":"model","owned_by":"organization_owner"}]})"},
    {MockServer::LmStudio, "GET", "/api/v0/models",
     R"({"object":"list","data":[{"id":@MODEL@,"object":"model","type":"llm","publisher":"lmstudio-community","arch":"qwen2","compatibility_type":"gguf","quantization":"Q4_K_M","state":"loaded","max_context_length":131072}]})"},
    {MockServer::LmStudio, "GET", "/api/v1/models",
     R"({"models":[{"type":"llm","publisher":"lmstudio-community","key":@MODEL@,"display_name":@MODEL@,"architecture":"qwen2","quantization":{"name":"Q4_K_M","bits_per_weight":4},"size_bytes":4683073536,"params_string":"7B","loaded_instances":[{"id":@MODEL@,"config":{"context_length":4096}}],"max_context_length":131072,"format":"gguf"}]})"},
};

/// The pattern with a text in quotation marks in the place of each mark.
std::string filled(std::string_view pattern, std::string_view mark, const std::string &text)
{
    std::string quoted, out;
    appendQuoted(quoted, text);
    for (size_t at = 0; at < pattern.size();) {
        const size_t found = std::min(pattern.find(mark, at), pattern.size());
        out += pattern.substr(at, found - at);
        if (found < pattern.size())
            out += quoted;
        at = found + mark.size();
    }
    return out;
}

std::string_view typeOf(std::string_view body)
{
    return body.empty() || body.front() == '{' || body.front() == '[' ? "application/json" : "text/plain";
}

/// Tokens as words: "Hello world" is two; ids as in the answers.
std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> out;
    std::string word;
    for (const char c : text) {
        if (c == ' ' && !word.empty()) {
            out.push_back(std::move(word));
            word.clear();
        }
        word += c;
    }
    if (!word.empty())
        out.push_back(std::move(word));
    return out;
}

std::string textField(const Json &json, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        if (const auto found = json.find(name); found != json.end() && found->is_string())
            return found->get<std::string>();
    }
    return {};
}

/// The tokenizing and counting routes; absent: none of them.
std::optional<std::string> tokenFact(MockServer server, const MockHttpRequest &request)
{
    const bool llama = server == MockServer::LlamaCpp, vllm = server == MockServer::Vllm;
    const Json json = Json::parse(request.body, nullptr, false);
    if (!json.is_object() || request.method != "POST")
        return std::nullopt;
    if ((llama || vllm) && request.path == "/tokenize") {
        Json ids = Json::array();
        for (const std::string &word : wordsOf(textField(json, {"content", "prompt"})))
            ids.push_back(tokenIdOf(word));
        return vllm ? Json{{"count", ids.size()}, {"max_model_len", 131072}, {"tokens", ids}}.dump() : Json{{"tokens", ids}}.dump();
    }
    if (server == MockServer::Tgi && request.path == "/tokenize") {
        Json tokens = Json::array();
        int64_t at = 0;
        for (const std::string &word : wordsOf(textField(json, {"inputs"}))) {
            tokens.push_back({{"id", tokenIdOf(word)}, {"text", word}, {"start", at}, {"stop", at + int64_t(word.size())}});
            at += int64_t(word.size());
        }
        return tokens.dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    if (request.path == "/v1/messages/count_tokens" && (llama || server == MockServer::Anthropic || server == MockServer::Any))
        return Json{{"input_tokens", countWords(json)}}.dump();
    return std::nullopt;
}

} // namespace

MockFact factOf(const MockScript &script, const MockHttpRequest &request)
{
    const bool reads = request.method == "GET" || request.method == "HEAD";
    for (const Fact &fact : kFacts) {
        if (fact.server == script.server && request.path == fact.path && (reads ? std::string_view(fact.method) == "GET" : request.method == fact.method)) {
            std::string body = filled(filled(fact.body, "@MODEL@", script.model), "@ROOT@", script.root);
            const std::string_view type = typeOf(body);
            return {200, std::string(type), std::move(body)};
        }
    }
    if (std::optional<std::string> tokens = tokenFact(script.server, request))
        return {200, "application/json", std::move(*tokens)};
    switch (script.server) {
    case MockServer::LlamaCpp: return {404, "application/json", R"({"error":{"message":"File Not Found","type":"not_found_error","code":404}})"};
    case MockServer::Ollama:
    case MockServer::DeepSeek: return {404, "text/plain", "404 page not found"};
    case MockServer::Tgi: return {404, "text/plain", ""};
    case MockServer::LmStudio: return {200, "application/json", R"({"error":"Unexpected endpoint or method."})"};
    default: return {404, "application/json", R"({"detail":"Not Found"})"};
    }
}

bool asksForKey(MockServer server, const MockHttpRequest &request)
{
    if (server == MockServer::Vllm) // its key guards these only
        return request.path.rfind("/v1/", 0) == 0;
    return request.path != "/health" && request.path != "/api/version";
}

bool bringsKey(const MockScript &script, const MockHttpRequest &request)
{
    return script.key.empty() || request.header("authorization") == "Bearer " + script.key || request.header("api-key") == script.key
           || request.header("x-api-key") == script.key;
}

std::string keyError(const MockScript &script)
{
    switch (script.server) {
    case MockServer::Vllm: return R"({"error":"Unauthorized"})";
    case MockServer::DeepSeek:
        return R"({"error":{"message":"Authentication Fails","type":"authentication_error","param":null,"code":"invalid_request_error"}})";
    case MockServer::Anthropic: return R"({"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}})";
    default: return R"({"error":{"message":"Invalid API Key","type":"authentication_error","code":401}})";
    }
}

} // namespace assay
