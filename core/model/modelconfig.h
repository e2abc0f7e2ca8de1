// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// rope_scaling (transformers 4) or rope_parameters (transformers 5) as declared.
struct RopeScaling
{
    std::string type; ///< "linear", "dynamic", "llama3", "yarn", "longrope", ...; "default" is no scaling
    double factor = 1.0;
    std::optional<double> lowFrequencyFactor;  ///< low_freq_factor
    std::optional<double> highFrequencyFactor; ///< high_freq_factor
    std::optional<int64_t> originalContext;    ///< original_max_position_embeddings
    std::optional<double> betaFast;
    std::optional<double> betaSlow;
    std::optional<double> attentionFactor;
    std::optional<double> mscale;
    std::optional<double> mscaleAllDim;
    bool truncate = true; ///< yarn: bounds of the ramp are rounded to whole dimensions; gpt-oss does not
    std::vector<double> longFactor;
    std::vector<double> shortFactor;
};

/// Mixture-of-experts fields under their many names (inspectors.md 4j).
struct ExpertsConfig
{
    int64_t routed = 0;
    int64_t active = 0; ///< experts per token
    int64_t shared = 0;
    int64_t firstDenseLayers = 0; ///< first_k_dense_replace
    int64_t layerFrequency = 1;   ///< moe_layer_freq or decoder_sparse_step
    int64_t intermediateSize = 0; ///< moe_intermediate_size; 0: as the dense one
    int64_t sharedIntermediateSize = 0;
};

/// Multi-head latent attention (DeepSeek).
struct LatentAttentionConfig
{
    int64_t qRank = 0; ///< q_lora_rank; 0 when absent
    int64_t kvRank = 0;
    int64_t qkNopeHeadDim = 0;
    int64_t qkRopeHeadDim = 0;
    int64_t vHeadDim = 0;
};

/// Which layers attend to everything, to a window or not at all, where layer_types does not list them. Fields of
/// several families; see layerkinds.h.
struct LayerPattern
{
    std::vector<std::string> blocks; ///< layers_block_type, block_types: repeated until all layers have one
    std::string letters;             ///< hybrid_override_pattern: M state, * attention, - MLP
    std::optional<int64_t> maxWindowLayers; ///< Qwen2: layers from this one on have the window
    std::optional<int64_t> chunk;           ///< attention_chunk_size (Llama 4)
    std::vector<int64_t> chunkedLayers;     ///< no_rope_layers: 1 for layers that attend within chunks
    std::optional<int64_t> fullInterval;    ///< every so many-th layer attends to everything, others keep a state
    std::optional<int64_t> attentionPeriod, attentionOffset; ///< Jamba
    std::optional<uint64_t> stateElements;  ///< numbers that a layer without attention keeps of a sequence
};

/// config.json with the many spellings of each field brought to one. Everything may be absent.
struct ModelConfig
{
    std::vector<std::string> architectures;
    std::string modelType;
    std::optional<int64_t> layers;
    std::optional<int64_t> hiddenSize;
    std::optional<int64_t> intermediateSize;
    std::optional<int64_t> heads;
    std::optional<int64_t> kvHeads; ///< as declared; absent means = heads
    std::vector<int64_t> kvHeadsPerLayer; ///< where the layers differ
    std::optional<int64_t> headDim; ///< as declared; absent means hidden / heads
    std::optional<int64_t> vocabularySize;
    std::optional<int64_t> contextLength;
    std::optional<int64_t> slidingWindow; ///< only when it is in use (use_sliding_window)
    std::vector<std::string> layerTypes;
    std::optional<int64_t> slidingWindowPattern; ///< every so many-th layer attends to everything
    LayerPattern layerPattern;
    std::optional<double> normEpsilon; ///< rms_norm_eps, layer_norm_eps, ...
    std::optional<double> ropeTheta;
    std::optional<double> ropeLocalTheta; ///< rope_local_base_freq (Gemma 3)
    std::optional<double> partialRotary;
    std::optional<RopeScaling> ropeScaling;
    std::string activation; ///< hidden_act as declared
    std::optional<bool> tiedEmbeddings;
    std::optional<bool> attentionBias;
    std::optional<bool> mlpBias;
    std::optional<bool> headNorms; ///< of queries and keys, as GGUF's tensors tell
    std::string dtype; ///< torch_dtype or dtype
    std::optional<ExpertsConfig> experts;
    std::optional<LatentAttentionConfig> latentAttention;
    std::optional<int64_t> mtpLayers; ///< num_nextn_predict_layers
    std::string quantizationMethod;   ///< quantization_config.quant_method, in small letters
    std::string quantizationFormat;   ///< compressed-tensors' format; "nf4" or "fp4" of bitsandbytes
    std::optional<int64_t> quantizationBits;
    std::optional<int64_t> quantizationGroup; ///< weights that share a scale
    std::vector<std::string> unquantized;     ///< modules_to_not_convert, ignore
    std::vector<int64_t> quantizationBlock; ///< weight_block_size
    std::string expertDtype;                ///< expert_dtype: "fp4" where experts alone are packed
    std::optional<int64_t> embeddingSize;   ///< word_embed_proj_dim (OPT): columns of the embedding; else hidden
    std::optional<bool> alibi;              ///< Falcon: ALiBi in place of rotary positions
    std::optional<int64_t> bosToken;
    std::optional<int64_t> padToken;
    std::vector<int64_t> eosTokens;
    std::string nameOrPath; ///< _name_or_path: whatever the maker called it
    std::vector<std::string> remoteModules; ///< auto_map: Python modules of the folder that programs are to run
    std::string metadataName; ///< general.architecture where GGUF's metadata stand for config.json, else empty
    std::string text; ///< the raw JSON, for the fields of single architectures and for the config view

    std::string architecture() const { return architectures.empty() ? std::string() : architectures.front(); }
    int64_t kvHeadsOrDefault() const { return kvHeads.value_or(heads.value_or(0)); }
    int64_t headDimOrDefault() const;
};

/// Reads config.json; a text_config (multimodal models) supplies what the top level lacks.
Result<ModelConfig> parseModelConfig(const std::string &text, const std::string &where = "config.json");

/// generation_config.json: the fields that generation uses.
struct GenerationConfig
{
    std::vector<int64_t> eosTokens;
    std::optional<int64_t> bosToken;
    std::optional<int64_t> padToken;
    std::optional<double> temperature;
    std::optional<double> topP;
    std::optional<int64_t> topK;
    std::optional<bool> sample; ///< do_sample
};
Result<GenerationConfig> parseGenerationConfig(const std::string &text);

} // namespace assay
