// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/rope.h"

#include <optional>
#include <string>
#include <vector>

/// Transformers as data: what is computed, with which numbers. An architecture fills a DecoderSpec from its config
/// (description.h); the engine computes whatever a spec says and knows no architecture.
namespace assay {

enum class NormKind {
    None,
    Rms,        ///< x / rms(x) * weight (arXiv 1910.07467)
    RmsPlusOne, ///< x / rms(x) * (1 + weight): Gemma
    Layer,      ///< (x - mean) / deviation * weight, plus bias where there is one (arXiv 1607.06450)
    Plain,      ///< layer norm without weight: OLMo
};
struct NormSpec
{
    NormKind kind = NormKind::None;
    double epsilon = 1e-5;
    bool bias = false;

    bool present() const { return kind != NormKind::None; }
    bool hasWeight() const { return present() && kind != NormKind::Plain; }
};

enum class Activation {
    Silu,
    Gelu,        ///< with the error function
    GeluTanh,    ///< its approximation by tanh: gelu_new, gelu_pytorch_tanh, gelu_fast
    QuickGelu,   ///< x * sigmoid(1.702 x)
    Relu,
    Relu2,       ///< relu(x)^2
    Tanh,
    ClampedSwish ///< gpt-oss, gated only: (up + 1) * gate * sigmoid(1.702 gate), gate <= limit, |up| <= limit
};

enum class Positions {
    None,
    Rotary,
    Alibi,
    RoundedAlibi, ///< Falcon's: slope times the key's position, both rounded to bfloat16 and so their product, before the scale
};
/// Which two numbers of a head one angle rotates: i and i + half, or 2i and 2i + 1.
enum class RopePairing { Halves, Neighbours };
/// What a norm of queries and keys runs over.
enum class HeadNormWidth {
    Head,    ///< each head by itself, one weight for all heads [headDim]: Qwen3, Gemma 3
    PerHead, ///< each head by itself with its own weights [heads, headDim]: Cohere, StableLM
    All,     ///< all heads together [heads * headDim]: OLMo 2
};

/// Multi-head latent attention (DeepSeek-V2, arXiv 2405.04434, section 2.1). Keys are headDim = nope + rope wide,
/// and their rope part is one for all heads.
struct LatentSpec
{
    int64_t queryRank = 0; ///< 0: queries come from one matrix
    int64_t rank = 0;      ///< of keys and values
    int64_t nopeDim = 0, ropeDim = 0;
    NormSpec norm; ///< of both compressed vectors
};

struct AttentionSpec
{
    int64_t heads = 0, kvHeads = 0;
    int64_t headDim = 0;  ///< of queries and keys
    int64_t valueDim = 0; ///< of values
    double scale = 0;     ///< of the scores; usually 1 / sqrt(headDim)
    bool queryBias = false, keyBias = false, valueBias = false, outputBias = false;
    NormSpec headNorm; ///< of queries and keys, before rotation
    HeadNormWidth headNormWidth = HeadNormWidth::Head;
    double clip = 0;     ///< queries, keys and values are cut to [-clip, clip]; 0: not
    double softCap = 0;  ///< scores become cap * tanh(score / cap); 0: not (Gemma 2)
    int64_t window = 0;  ///< a query sees itself and the window - 1 keys before it; 0: all
    bool sinks = false;  ///< one learned logit a head joins each softmax (gpt-oss)
    Positions positions = Positions::Rotary;
    RopePairing pairing = RopePairing::Halves;
    /// ALiBi (arXiv 2108.12409): scores get slope(head) * position(key). Slopes are 2^(-alibiMax i / n), i = 1 to n, for
    /// the largest power of two n <= heads, then those of 2n with i = 1, 3, 5, ...
    double alibiMax = 8;
    RopeSpec rope;       ///< with Positions::Rotary; rotaryDim leading numbers of a head (of the rope part in MLA)
    std::optional<LatentSpec> latent;

    /// Numbers of a key in the cache: rounded ALiBi is one more, which a 1 of the query meets.
    int64_t keyWidth() const { return headDim + (positions == Positions::RoundedAlibi ? 1 : 0); }
};

enum class ExpertScores {
    Softmax,         ///< over all experts, then the best are chosen: Mixtral, Qwen, DeepSeek-V2
    ChosenSoftmax,   ///< the best are chosen, then softmax over them: gpt-oss
    Sigmoid,         ///< DeepSeek-V3, with a correction that counts for the choice alone
};
/// How a group of experts is judged: by its best one, or by the sum of its best two.
enum class GroupScores { Best, BestTwo };

struct ExpertsSpec
{
    int64_t count = 0, active = 0;
    int64_t intermediate = 0;
    ExpertScores scores = ExpertScores::Softmax;
    bool normalised = false;   ///< the chosen weights are divided by their sum
    double scale = 1;          ///< then multiplied by this (routed_scaling_factor)
    bool correction = false;   ///< e_score_correction_bias [count]
    int64_t groups = 1, activeGroups = 1;
    GroupScores groupScores = GroupScores::Best;
    bool routerBias = false, bias = false;
    int64_t sharedIntermediate = 0; ///< 0: no shared expert; several in one are one matrix
    bool sharedGate = false;        ///< the shared part times sigmoid of a learned product: Qwen2-MoE
};

struct FeedForwardSpec
{
    bool gated = true; ///< down(activation(gate) * up); else down(activation(up))
    Activation activation = Activation::Silu;
    double limit = 0;  ///< of ClampedSwish
    int64_t intermediate = 0;
    bool upBias = false, downBias = false; ///< upBias is the gate's too
    std::optional<ExpertsSpec> experts;    ///< instead of the one network
};

/// A layer: x += outputNorm(attention(inputNorm(x))), then x += mlpOutputNorm(mlp(mlpNorm(x))), each norm where it is
/// present.
struct LayerSpec
{
    NormSpec inputNorm, attentionOutputNorm, mlpNorm, mlpOutputNorm;
    bool parallel = false;          ///< both parts read the layer's input; without mlpNorm they share inputNorm
    bool normAfterResidual = false; ///< the output norms run over the sums instead (BERT, OPT-350m)
    double residualScale = 1;       ///< of what is added (Granite, MiniCPM)
    AttentionSpec attention;
    FeedForwardSpec feedForward;
};

/// The places in a model that hold weights.
enum class Part {
    Embedding, PositionEmbedding, TypeEmbedding, EmbeddingNorm, EmbeddingIn, ///< EmbeddingIn: from a narrower embedding (OPT-350m)
    InputNorm, Query, Key, Value, AttentionOutput, QueryNorm, KeyNorm, Sinks, AttentionOutputNorm,
    QueryDown, QueryDownNorm, QueryUp, LatentDown, LatentDownNorm, LatentUp, ///< MLA; Query where there is no query rank
    MlpNorm, Gate, Up, Down, MlpOutputNorm,
    Router, RouterCorrection, ExpertGate, ExpertUp, ExpertDown, SharedGate, SharedUp, SharedDown, SharedScale,
    FinalNorm, HeadTransform, HeadTransformNorm, EmbeddingOut, Head, Pooler, Classifier,
    RopeDivisors, RopeShortFactors, RopeLongFactors, ///< tables [rotaryDim / 2] of GGUF files, see ropeTables
    Count_
};

enum class Task {
    Generation,     ///< logits of the next token
    Encoding,       ///< hidden states
    Classification, ///< logits of labels, from the first token
    Filling         ///< logits of the token at each position itself: masked language models
};

/// What comes between the last layer and Head or Classifier: norm(activation(dense)), where there is a norm.
struct HeadTransformSpec
{
    Activation activation = Activation::Gelu;
    NormSpec norm;
};

/// A tensor that the model needs.
struct TensorSlot
{
    Part part;
    int64_t layer = -1;  ///< -1 outside the layers
    int64_t expert = -1;
    bool bias = false;
    std::vector<int64_t> shape; ///< [out, in] of a matrix, [size] of a norm or bias
};

/// A model's numbers, checked: whoever holds one may multiply its sizes without fear of overflow.
struct DecoderSpec
{
    std::string architecture; ///< as config.json names it
    Task task = Task::Generation;
    bool causal = true;
    int64_t hidden = 0, vocabulary = 0, context = 0;
    int64_t embeddingSize = 0;  ///< columns of the embedding; hidden except in OPT-350m
    double embeddingScale = 1;  ///< Gemma: sqrt(hidden), rounded to the stored type
    int64_t learnedPositions = 0; ///< rows of the position embedding; 0: none
    int64_t positionOffset = 0;   ///< row of the first position: OPT 2, RoBERTa padding + 1
    std::optional<int64_t> positionPadding; ///< RoBERTa: tokens with this id stand at that row and do not count
    int64_t tokenTypes = 0;
    NormSpec embeddingNorm, finalNorm;
    std::vector<LayerSpec> layers;
    bool tied = false;      ///< the head is the embedding
    bool headBias = false;  ///< with a tied head too
    std::optional<HeadTransformSpec> headTransform;
    double logitScale = 1;  ///< Cohere; Granite divides
    double logitCap = 0;    ///< Gemma 2: final_logit_softcapping; 0: none
    int64_t labels = 0;     ///< of a classifier
    bool pooled = false;    ///< tanh(dense(first token)), BERT

    int64_t layerCount() const { return int64_t(layers.size()); }
    /// Every tensor of the model, in the order of the layers.
    std::vector<TensorSlot> tensors() const;
    uint64_t parameters() const;
    /// Tables of rotary factors that a GGUF file holds as tensors because its metadata do not say them. They are no
    /// parameters: read them, and hand them to setRopeTable before any frequency is computed.
    std::vector<TensorSlot> ropeTables() const;
    void setRopeTable(Part table, const std::vector<double> &values);
    /// Bytes that one token's keys and values take over all layers as the engine's cache keeps them.
    uint64_t kvBytesPerToken(int bytesPerElement) const;
    /// Tokens that the model can hold: context, stretched where the config gives it before its scaling.
    int64_t usableContext() const;
};

} // namespace assay
