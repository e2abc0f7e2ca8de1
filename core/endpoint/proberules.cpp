// SPDX-License-Identifier: GPL-3.0-or-later
// Which routes servers have and what stands where: their documentation and recorded answers (llama.cpp tools/server, vLLM
// protocol.py, SGLang http_server.py, Ollama docs/api.md, TGI openapi.json, LM Studio's REST pages, OpenAI's and Anthropic's
// headers).
#include "core/endpoint/proberules.h"

namespace assay {

// clang-format off
const std::vector<ProbeQuestion> &probeQuestions()
{
    static const std::vector<ProbeQuestion> kQuestions{
        {"",         "GET",  kModelList,          "", true},
        {"llamacpp", "GET",  "/props",            "", true},
        {"vllm",     "GET",  "/version",          "", true},
        {"vllm",     "GET",  "/metrics",          "", false}, // counters of its own, as text
        {"ollama",   "GET",  "/api/version",      "", true},
        {"ollama",   "GET",  "/api/tags",         "", false},
        {"ollama",   "GET",  "/api/ps",           "", false},
        {"ollama",   "POST", "/api/show",         R"({"model":"$model"})", false}, // a question in spite of its method
        {"tgi",      "GET",  "/info",             "", true},
        {"sglang",   "GET",  "/model_info",       "", true},
        {"sglang",   "GET",  "/get_model_info",   "", true},
        {"sglang",   "GET",  "/server_info",      "", false},
        {"sglang",   "GET",  "/get_server_info",  "", false},
        {"lmstudio", "GET",  "/api/v0/models",    "", true},
        {"azure",    "GET",  kAzureModels,        "", true},
    };
    return kQuestions;
}

const std::vector<ServerMark> &serverMarks()
{
    static const std::vector<ServerMark> kMarks{
        {kModelList,        "data/*/owned_by", "vllm",     "vllm"},
        {kModelList,        "data/*/owned_by", "sglang",   "sglang"},
        {kModelList,        "data/*/owned_by", "llamacpp", "llamacpp"},
        {kModelList,        "data/*/owned_by", "library",  "ollama"},
        {kModelList,        "data/*/owned_by", "deepseek", "deepseek"},
        {kModelList,        "data/*/owned_by", "openai",   "openai"},
        {kModelList,        "header:openai-version", "",   "openai"},
        {kModelList,        "header:anthropic-organization-id", "", "anthropic"},
        {kModelList,        "data/*/display_name", "",     "anthropic"},
        {"",                "header:server", "llama.cpp",  "llamacpp"},
        {"/props",          "default_generation_settings", "", "llamacpp"},
        {"/api/version",    "version", "",                 "ollama"},
        {"/info",           "router", "",                  "tgi"},
        {"/info",           "max_total_tokens", "",        "tgi"},
        {"/model_info",     "tokenizer_path", "",          "sglang"},
        {"/get_model_info", "tokenizer_path", "",          "sglang"},
        {"/api/v0/models",  "data/*/compatibility_type", "", "lmstudio"},
        {"/version",        "version", "",                 "vllm"},
        {kAzureModels,      "data/*/status", "",           "azure"},
    };
    return kMarks;
}

const std::vector<AnswerField> &answerFields()
{
    static const std::vector<AnswerField> kFields{
        // OpenAI's list of models, with what each server adds
        {kModelList, "data/@/root", "model.path"},
        {kModelList, "data/@/owned_by", "server.owner"},
        {kModelList, "data/@/max_model_len", "context.served"},
        {kModelList, "data/@/meta/n_params", "model.parameters"},
        {kModelList, "data/@/meta/size", "model.bytes"},
        {kModelList, "data/@/meta/n_vocab", "model.vocabulary"},
        {kModelList, "data/@/meta/n_embd", "model.hidden_size"},
        {kModelList, "data/@/meta/n_ctx_train", "context.trained"},
        {kModelList, "data/@/meta/n_ctx", "context.served"},
        // llama.cpp
        {"/props", "model_path", "model.path"},
        {"/props", "model_ftype", "model.quantization"},
        {"/props", "default_generation_settings/n_ctx", "context.served"},
        {"/props", "total_slots", "limit.parallel"},
        {"/props", "chat_template", "model.template"},
        {"/props", "build_info", "server.version"},
        // vLLM
        {"/version", "version", "server.version"},
        {"/metrics", "metric:vllm:cache_config_info/gpu_memory_utilization", "memory.share"},
        {"/metrics", "metric:vllm:cache_config_info/num_gpu_blocks", "memory.cache_blocks"},
        {"/metrics", "metric:vllm:cache_config_info/block_size", "memory.block_tokens"},
        {"/metrics", "metric:vllm:cache_config_info/cache_dtype", "memory.cache_dtype"},
        {"/metrics", "metric:vllm:kv_cache_usage_perc", "memory.cache_used"},
        {"/metrics", "metric:vllm:gpu_cache_usage_perc", "memory.cache_used"}, // its name before version 1
        // SGLang, by the new and the old paths
        {"/model_info", "model_path", "model.path"},
        {"/model_info", "tokenizer_path", "model.tokenizer"},
        {"/model_info", "architectures/*", "model.architecture"},
        {"/model_info", "model_type", "model.family"},
        {"/model_info", "weight_version", "model.revision"},
        {"/get_model_info", "model_path", "model.path"},
        {"/get_model_info", "tokenizer_path", "model.tokenizer"},
        {"/get_model_info", "weight_version", "model.revision"},
        {"/server_info", "version", "server.version"},
        {"/server_info", "quantization", "model.quantization"},
        {"/server_info", "context_length", "context.served"},
        {"/server_info", "tp_size", "server.parallelism"},
        {"/server_info", "mem_fraction_static", "memory.share"},
        {"/server_info", "max_total_num_tokens", "memory.cache_tokens"},
        {"/server_info", "kv_cache_dtype", "memory.cache_dtype"},
        {"/get_server_info", "version", "server.version"},
        {"/get_server_info", "quantization", "model.quantization"},
        {"/get_server_info", "context_length", "context.served"},
        {"/get_server_info", "tp_size", "server.parallelism"},
        {"/get_server_info", "mem_fraction_static", "memory.share"},
        {"/get_server_info", "max_total_num_tokens", "memory.cache_tokens"},
        {"/get_server_info", "kv_cache_dtype", "memory.cache_dtype"},
        // TGI
        {"/info", "model_id", "model.path"},
        {"/info", "model_sha", "model.revision"},
        {"/info", "max_total_tokens", "context.served"},
        {"/info", "max_concurrent_requests", "limit.parallel"},
        {"/info", "max_batch_total_tokens", "memory.cache_tokens"},
        {"/info", "version", "server.version"},
        {"/info", "docker_label", "server.image"},
        // Ollama
        {"/api/version", "version", "server.version"},
        {"/api/tags", "models/@/digest", "model.digest"},
        {"/api/tags", "models/@/size", "model.bytes"},
        {"/api/tags", "models/@/details/family", "model.family"},
        {"/api/tags", "models/@/details/parameter_size", "model.size_label"},
        {"/api/tags", "models/@/details/quantization_level", "model.quantization"},
        {"/api/ps", "models/@/context_length", "context.served"},
        {"/api/ps", "models/@/size_vram", "memory.device"},
        {"/api/ps", "models/@/size", "memory.loaded"},
        {"/api/show", "details/family", "model.family"},
        {"/api/show", "details/quantization_level", "model.quantization"},
        {"/api/show", "model_info/general.architecture", "model.architecture"},
        {"/api/show", "model_info/general.parameter_count", "model.parameters"},
        {"/api/show", "model_info/*.block_count", "model.layers"},
        {"/api/show", "model_info/*.embedding_length", "model.hidden_size"},
        {"/api/show", "model_info/*.attention.head_count", "model.heads"},
        {"/api/show", "model_info/*.attention.head_count_kv", "model.kv_heads"},
        {"/api/show", "model_info/*.vocab_size", "model.vocabulary"},
        {"/api/show", "model_info/*.context_length", "context.trained"},
        {"/api/show", "model_info/tokenizer.ggml.pre", "model.tokenizer"},
        {"/api/show", "template", "model.template"},
        {"/api/show", "capabilities/*", "model.capabilities"},
        // LM Studio
        {"/api/v0/models", "data/@/arch", "model.architecture"},
        {"/api/v0/models", "data/@/quantization", "model.quantization"},
        {"/api/v0/models", "data/@/max_context_length", "context.trained"},
        {"/api/v0/models", "data/@/loaded_context_length", "context.served"},
        // headers of hosted services and of servers
        {kModelList, "header:server", "server.header"},
        {kModelList, "header:openai-version", "server.version"},
        {kModelList, "header:openai-organization", "server.organization"},
        {kModelList, "header:anthropic-organization-id", "server.organization"},
        {kModelList, "header:x-ratelimit-limit-requests", "limit.requests"},
        {kModelList, "header:x-ratelimit-remaining-requests", "limit.requests_left"},
        {kModelList, "header:x-ratelimit-limit-tokens", "limit.tokens"},
        {kModelList, "header:x-ratelimit-remaining-tokens", "limit.tokens_left"},
        {kModelList, "header:anthropic-ratelimit-requests-limit", "limit.requests"},
        {kModelList, "header:anthropic-ratelimit-requests-remaining", "limit.requests_left"},
        {kModelList, "header:anthropic-ratelimit-tokens-limit", "limit.tokens"},
        {kModelList, "header:anthropic-ratelimit-tokens-remaining", "limit.tokens_left"},
    };
    return kFields;
}
// clang-format on

} // namespace assay
