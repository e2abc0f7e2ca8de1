// SPDX-License-Identifier: GPL-3.0-or-later
// Encoders: BERT (arXiv 1810.04805), RoBERTa (1907.11692) with the models named after it, and DistilBERT (1910.01108).
#include "core/architecture/architectures.h"

namespace assay {
namespace {

bool endsWith(const DecoderSpec &spec, std::string_view ending)
{
    return spec.architecture.ends_with(ending);
}

/// num_labels is written as id2label; without either there are two.
int64_t labelsOf(ConfigReader &config)
{
    const nlohmann::json *names = config.raw("id2label");
    const int64_t named = names && names->is_object() ? int64_t(names->size()) : 2;
    return config.checked("num_labels", config.integer("num_labels", named), ConfigReader::kWidth);
}

/// Attention to both sides, a plain network, and norms of the sums.
LayerSpec encoderLayer(ConfigReader &config)
{
    LayerSpec layer;
    layer.attentionOutputNorm = layer.mlpOutputNorm = config.norm(NormKind::Layer, 1e-12, true);
    layer.normAfterResidual = true;
    AttentionSpec &a = layer.attention;
    a = config.heads();
    a.queryBias = a.keyBias = a.valueBias = a.outputBias = true;
    layer.feedForward = config.feedForward("gelu", false);
    layer.feedForward.upBias = layer.feedForward.downBias = true;
    return layer;
}

/// Everything but the task and its head.
void resolveEncoder(ConfigReader &config, DecoderSpec &spec)
{
    config.sizes(spec, 512, true);
    spec.task = Task::Encoding;
    spec.causal = false;
    spec.learnedPositions = spec.context;
    spec.embeddingNorm = config.norm(NormKind::Layer, 1e-12, true);
    config.layers(spec, encoderLayer(config));
    config.refuse("is_decoder");
    config.refuse("add_cross_attention");
    if (const std::string kind = config.text("position_embedding_type", "absolute"); kind != "absolute")
        config.unsupported("position_embedding_type " + kind);
}

/// The head of masked language models: dense, activation, norm, then the embedding with a bias of its own.
void addFilling(DecoderSpec &spec, Activation activation)
{
    spec.task = Task::Filling;
    spec.headTransform = HeadTransformSpec{activation, spec.embeddingNorm};
    spec.headBias = true;
}

void resolveBert(ConfigReader &config, DecoderSpec &spec)
{
    resolveEncoder(config, spec);
    spec.tokenTypes = config.checked("type_vocab_size", config.integer("type_vocab_size", 2));
    // The converter to GGUF leaves the pooler out.
    spec.pooled = !config.gguf();
    if (endsWith(spec, "ForMaskedLM") || endsWith(spec, "ForPreTraining")) {
        spec.pooled = false;
        addFilling(spec, spec.layers.front().feedForward.activation);
    } else if (endsWith(spec, "ForSequenceClassification")) {
        spec.task = Task::Classification;
        spec.labels = labelsOf(config);
    }
}

void resolveRoberta(ConfigReader &config, DecoderSpec &spec)
{
    resolveEncoder(config, spec);
    spec.tokenTypes = config.checked("type_vocab_size", config.integer("type_vocab_size", 2));
    const int64_t padding = config.config().padToken.value_or(1);
    if (padding < 0 || padding >= spec.learnedPositions - 1)
        return config.outOfRange("pad_token_id", std::to_string(padding));
    spec.positionPadding = padding;
    spec.positionOffset = padding + 1;
    spec.context = spec.learnedPositions - spec.positionOffset;
    if (endsWith(spec, "ForMaskedLM")) {
        addFilling(spec, Activation::Gelu);
    } else if (endsWith(spec, "ForSequenceClassification")) {
        spec.task = Task::Classification;
        spec.headTransform = HeadTransformSpec{Activation::Tanh, {}};
        spec.labels = labelsOf(config);
    } else {
        spec.pooled = true;
    }
}

void resolveDistilBert(ConfigReader &config, DecoderSpec &spec)
{
    resolveEncoder(config, spec);
    // The epsilon of all norms is fixed.
    spec.embeddingNorm.epsilon = 1e-12;
    for (LayerSpec &layer : spec.layers)
        layer.attentionOutputNorm.epsilon = layer.mlpOutputNorm.epsilon = 1e-12;
    if (endsWith(spec, "ForMaskedLM")) {
        addFilling(spec, spec.layers.front().feedForward.activation);
    } else if (endsWith(spec, "ForSequenceClassification")) {
        spec.task = Task::Classification;
        spec.headTransform = HeadTransformSpec{Activation::Relu, {}};
        spec.labels = labelsOf(config);
    }
}

/// A norm, whose weight and bias checkpoints made from TensorFlow's call gamma and beta.
#define BERT_NORM(part, name) {part, name}, {part, name ".gamma!", Layout::Own, name ".beta"}

#define BERT_NAMES                                                                                                     \
    {Part::Embedding, "bert.embeddings.word_embeddings"},                                                              \
    {Part::PositionEmbedding, "bert.embeddings.position_embeddings"},                                                  \
    {Part::TypeEmbedding, "bert.embeddings.token_type_embeddings"},                                                    \
    BERT_NORM(Part::EmbeddingNorm, "bert.embeddings.LayerNorm"),                                                       \
    {Part::Query, "bert.encoder.layer.{layer}.attention.self.query"},                                                  \
    {Part::Key, "bert.encoder.layer.{layer}.attention.self.key"},                                                      \
    {Part::Value, "bert.encoder.layer.{layer}.attention.self.value"},                                                  \
    {Part::AttentionOutput, "bert.encoder.layer.{layer}.attention.output.dense"},                                      \
    BERT_NORM(Part::AttentionOutputNorm, "bert.encoder.layer.{layer}.attention.output.LayerNorm"),                     \
    {Part::Up, "bert.encoder.layer.{layer}.intermediate.dense"},                                                       \
    {Part::Down, "bert.encoder.layer.{layer}.output.dense"},                                                           \
    BERT_NORM(Part::MlpOutputNorm, "bert.encoder.layer.{layer}.output.LayerNorm"),                                     \
    {Part::Pooler, "bert.pooler.dense"}

constexpr PartName kBertNames[] = {
    BERT_NAMES,
    {Part::HeadTransform, "cls.predictions.transform.dense"},
    BERT_NORM(Part::HeadTransformNorm, "cls.predictions.transform.LayerNorm"),
    {Part::Head, "cls.predictions.decoder", Layout::Own, "cls.predictions.bias"},
    {Part::Classifier, "classifier"},
};

// Its base model is found under "roberta." and without a first word.
constexpr PartName kRobertaNames[] = {
    BERT_NAMES,
    {Part::HeadTransform, "classifier.dense"},
    {Part::HeadTransform, "lm_head.dense"},
    {Part::HeadTransformNorm, "lm_head.layer_norm"},
    {Part::Head, "lm_head.decoder", Layout::Own, "lm_head.bias"},
    {Part::Classifier, "classifier.out_proj"},
};

constexpr PartName kDistilBertNames[] = {
    {Part::Embedding, "distilbert.embeddings.word_embeddings"},
    {Part::PositionEmbedding, "distilbert.embeddings.position_embeddings"},
    {Part::EmbeddingNorm, "distilbert.embeddings.LayerNorm"},
    {Part::Query, "distilbert.transformer.layer.{layer}.attention.q_lin"},
    {Part::Key, "distilbert.transformer.layer.{layer}.attention.k_lin"},
    {Part::Value, "distilbert.transformer.layer.{layer}.attention.v_lin"},
    {Part::AttentionOutput, "distilbert.transformer.layer.{layer}.attention.out_lin"},
    {Part::AttentionOutputNorm, "distilbert.transformer.layer.{layer}.sa_layer_norm"},
    {Part::Up, "distilbert.transformer.layer.{layer}.ffn.lin1"},
    {Part::Down, "distilbert.transformer.layer.{layer}.ffn.lin2"},
    {Part::MlpOutputNorm, "distilbert.transformer.layer.{layer}.output_layer_norm"},
    {Part::HeadTransform, "pre_classifier"},
    {Part::HeadTransform, "vocab_transform"},
    {Part::HeadTransformNorm, "vocab_layer_norm"},
    {Part::Head, "vocab_projector"},
    {Part::Classifier, "classifier"},
};

constexpr const char *kBertClasses[] = {"BertModel", "BertForMaskedLM", "BertForPreTraining", "BertForSequenceClassification"};
constexpr const char *kRobertaClasses[] = {
    "RobertaModel",   "RobertaForMaskedLM",   "RobertaForSequenceClassification",   "XLMRobertaModel", "XLMRobertaForMaskedLM",
    "CamembertModel", "CamembertForMaskedLM", "CamembertForSequenceClassification", "XLMRobertaForSequenceClassification"};
constexpr const char *kDistilBertClasses[] = {"DistilBertModel", "DistilBertForMaskedLM", "DistilBertForSequenceClassification"};

} // namespace

constexpr ArchitectureDescription kBertArchitecture{kBertClasses, kBertNames, resolveBert};
constexpr ArchitectureDescription kRobertaArchitecture{kRobertaClasses, kRobertaNames, resolveRoberta};
constexpr ArchitectureDescription kDistilBertArchitecture{kDistilBertClasses, kDistilBertNames, resolveDistilBert};

} // namespace assay
