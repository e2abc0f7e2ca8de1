// SPDX-License-Identifier: GPL-3.0-or-later
// BERT, RoBERTa and DistilBERT: tensors and parameter counts of published checkpoints, and what the spec says of heads,
// positions and labels.
#include "tests/architecture/coverage.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

namespace {

// config.json of bert-base-uncased, roberta-base and distilbert-base-uncased as published.
constexpr const char *kBert = R"({"architectures": ["BertForMaskedLM"], "hidden_act": "gelu", "hidden_size": 768,
    "intermediate_size": 3072, "layer_norm_eps": 1e-12, "max_position_embeddings": 512, "model_type": "bert",
    "num_attention_heads": 12, "num_hidden_layers": 12, "pad_token_id": 0, "position_embedding_type": "absolute",
    "type_vocab_size": 2, "vocab_size": 30522})";
constexpr const char *kRoberta = R"({"architectures": ["RobertaForMaskedLM"], "bos_token_id": 0, "eos_token_id": 2,
    "hidden_act": "gelu", "hidden_size": 768, "intermediate_size": 3072, "layer_norm_eps": 1e-05,
    "max_position_embeddings": 514, "model_type": "roberta", "num_attention_heads": 12, "num_hidden_layers": 12,
    "pad_token_id": 1, "type_vocab_size": 1, "vocab_size": 50265})";
constexpr const char *kDistilBert = R"({"activation": "gelu", "architectures": ["DistilBertForMaskedLM"], "dim": 768,
    "hidden_dim": 3072, "max_position_embeddings": 512, "model_type": "distilbert", "n_heads": 12, "n_layers": 6,
    "pad_token_id": 0, "sinusoidal_pos_embds": false, "tie_weights_": true, "vocab_size": 30522})";

std::string as(const char *config, const char *className)
{
    return withField(config, "architectures", nlohmann::json::array({className}));
}

/// The tensors of bert-base-uncased, as published: norms have gamma and beta.
Shapes publishedBert()
{
    const std::string layer = "bert.encoder.layer.{layer}.";
    Shapes out{{"bert.embeddings.word_embeddings.weight", {30522, 768}},
               {"bert.embeddings.position_embeddings.weight", {512, 768}},
               {"bert.embeddings.token_type_embeddings.weight", {2, 768}},
               {"cls.predictions.transform.dense.weight", {768, 768}},
               {"cls.predictions.transform.dense.bias", {768}},
               {"cls.predictions.bias", {30522}},
               {layer + "intermediate.dense.weight", {3072, 768}},
               {layer + "intermediate.dense.bias", {3072}},
               {layer + "output.dense.weight", {768, 3072}},
               {layer + "output.dense.bias", {768}}};
    for (const std::string part : {"attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"}) {
        out[layer + part + ".weight"] = {768, 768};
        out[layer + part + ".bias"] = {768};
    }
    for (const std::string &norm : {std::string("bert.embeddings"), layer + "attention.output", layer + "output", std::string("cls.predictions.transform")})
        out[norm + ".LayerNorm.gamma"] = out[norm + ".LayerNorm.beta"] = {768};
    return eachLayer(12, out);
}

/// A GGUF file of BERT as metadata and tensors.
constexpr const char *kGgufKeys = R"({"general.architecture": "bert", "bert.block_count": 2, "bert.embedding_length": 8,
    "tokenizer.ggml.token_type_count": 2})";

ModelConfig ggufConfig()
{
    ModelConfig config;
    config.architectures = {"BertModel"};
    config.metadataName = "bert";
    config.layers = 2;
    config.hiddenSize = 8;
    config.intermediateSize = 12;
    config.heads = 2;
    config.vocabularySize = 30;
    config.contextLength = 16;
    config.normEpsilon = 1e-12;
    config.text = kGgufKeys;
    return config;
}

Shapes ggufBert()
{
    const std::string layer = "blk.{layer}.";
    Shapes out{{"token_embd.weight", {30, 8}},          {"position_embd.weight", {16, 8}},  {"token_types.weight", {2, 8}},
               {"token_embd_norm.weight", {8}},         {"token_embd_norm.bias", {8}},      {layer + "ffn_up.weight", {12, 8}},
               {layer + "ffn_up.bias", {12}},           {layer + "ffn_down.weight", {8, 12}}, {layer + "ffn_down.bias", {8}},
               {layer + "attn_output_norm.weight", {8}}, {layer + "attn_output_norm.bias", {8}},
               {layer + "layer_output_norm.weight", {8}}, {layer + "layer_output_norm.bias", {8}}};
    for (const std::string part : {"attn_q", "attn_k", "attn_v", "attn_output"}) {
        out[layer + part + ".weight"] = {8, 8};
        out[layer + part + ".bias"] = {8};
    }
    return eachLayer(2, out);
}

} // namespace

class TestEncoders : public QObject
{
    Q_OBJECT

private slots:
    void referenceModelsAreCovered_data()
    {
        QTest::addColumn<QString>("model");
        for (const char *model : {"bert-base", "bert-seqcls", "roberta-seqcls", "distilbert-seqcls"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }

    void referenceModelsAreCovered()
    {
        QFETCH(QString, model);
        const DecoderSpec spec = resolved(referenceConfig(model.toStdString()));
        QCOMPARE(disagreements(spec, referenceShapes(model.toStdString())), QStringList());
        QCOMPARE(spec.parameters(), referenceParameters(model.toStdString()));
        QVERIFY(!spec.causal);
        for (const LayerSpec &layer : spec.layers) {
            QVERIFY(layer.normAfterResidual && !layer.inputNorm.present() && !layer.mlpNorm.present());
            QVERIFY(layer.attention.positions == Positions::None);
        }
        QVERIFY(!spec.finalNorm.present());
    }

    // Counted by transformers' num_parameters() of the published models.
    void parametersAreThePublishedOnes()
    {
        QCOMPARE(resolved(kBert).parameters(), uint64_t(109'514'298));
        QCOMPARE(resolved(as(kBert, "BertModel")).parameters(), uint64_t(109'482'240));
        QCOMPARE(resolved(as(kBert, "BertForSequenceClassification")).parameters(), uint64_t(109'483'778));
        QCOMPARE(resolved(kRoberta).parameters(), uint64_t(124'697'433));
        QCOMPARE(resolved(as(kRoberta, "RobertaModel")).parameters(), uint64_t(124'645'632));
        QCOMPARE(resolved(as(kRoberta, "RobertaForSequenceClassification")).parameters(), uint64_t(124'647'170));
        QCOMPARE(resolved(kDistilBert).parameters(), uint64_t(66'985'530));
        QCOMPARE(resolved(as(kDistilBert, "DistilBertModel")).parameters(), uint64_t(66'362'880));
        QCOMPARE(resolved(as(kDistilBert, "DistilBertForSequenceClassification")).parameters(), uint64_t(66'955'010));
    }

    void oldNamesOfNormsAreFound()
    {
        QCOMPARE(disagreements(resolved(kBert), publishedBert()), QStringList());
        // What the published file has besides belongs to its pooler and the other head.
        Shapes more = publishedBert();
        more["cls.seq_relationship.weight"] = {2, 768};
        QCOMPARE(disagreements(resolved(kBert), more).size(), 1);
        more = publishedBert();
        more.erase("bert.embeddings.LayerNorm.beta");
        QCOMPARE(disagreements(resolved(kBert), more).size(), 1);
    }

    void baseModelsAreFoundWithoutTheirFirstWord()
    {
        const DecoderSpec spec = resolved(as(kBert, "BertModel"));
        Shapes bare;
        for (const auto &[name, shape] : publishedBert()) {
            if (name.starts_with("bert."))
                bare[name.substr(5)] = shape;
        }
        bare["pooler.dense.weight"] = {768, 768};
        bare["pooler.dense.bias"] = {768};
        QCOMPARE(disagreements(spec, bare), QStringList());
    }

    void headOfMaskedModels()
    {
        const DecoderSpec bert = resolved(kBert);
        QVERIFY(bert.task == Task::Filling && bert.tied && bert.headBias && !bert.pooled);
        QVERIFY(bert.headTransform->activation == Activation::Gelu);
        QVERIFY(bert.headTransform->norm.kind == NormKind::Layer && bert.headTransform->norm.bias);
        // BERT's head has the activation of its layers, RoBERTa's is always GELU.
        QVERIFY(resolved(withField(kBert, "hidden_act", "relu")).headTransform->activation == Activation::Relu);
        QVERIFY(resolved(withField(kRoberta, "hidden_act", "relu")).headTransform->activation == Activation::Gelu);
        QVERIFY(resolved(withField(kDistilBert, "activation", "relu")).headTransform->activation == Activation::Relu);
    }

    void classifiers()
    {
        const DecoderSpec bert = resolved(referenceConfig("bert-seqcls"));
        QVERIFY(bert.task == Task::Classification && bert.pooled && !bert.headTransform);
        QCOMPARE(bert.labels, int64_t(3));
        const DecoderSpec roberta = resolved(referenceConfig("roberta-seqcls"));
        QVERIFY(!roberta.pooled && roberta.headTransform->activation == Activation::Tanh && !roberta.headTransform->norm.present());
        QCOMPARE(roberta.labels, int64_t(4));
        const DecoderSpec distil = resolved(referenceConfig("distilbert-seqcls"));
        QVERIFY(!distil.pooled && distil.headTransform->activation == Activation::Relu);
        QCOMPARE(distil.labels, int64_t(3));
        // transformers' default, and the field that says it alone.
        const std::string plain = as(kBert, "BertForSequenceClassification");
        QCOMPARE(resolved(plain).labels, int64_t(2));
        QCOMPARE(resolved(withField(plain, "num_labels", 5)).labels, int64_t(5));
        QCOMPARE(refusal(withField(plain, "num_labels", 0)), QStringLiteral("engine.config_out_of_range"));
    }

    void positionsOfRobertaStartAfterPadding()
    {
        const DecoderSpec spec = resolved(kRoberta);
        QCOMPARE(spec.positionOffset, int64_t(2));
        QCOMPARE(spec.positionPadding.value(), int64_t(1));
        QCOMPARE(spec.learnedPositions, int64_t(514));
        QCOMPARE(spec.usableContext(), int64_t(512));
        QCOMPARE(spec.tokenTypes, int64_t(1));
        QCOMPARE(refusal(withField(kRoberta, "pad_token_id", 513)), QStringLiteral("engine.config_out_of_range"));
        QCOMPARE(refusal(withField(kRoberta, "pad_token_id", std::numeric_limits<int64_t>::max())), QStringLiteral("engine.config_out_of_range"));
        QCOMPARE(refusal(withField(kRoberta, "pad_token_id", -1)), QStringLiteral("engine.config_out_of_range"));
        QCOMPARE(resolved(kBert).positionOffset, int64_t(0));
        QVERIFY(!resolved(kBert).positionPadding);
        QCOMPARE(resolved(kDistilBert).tokenTypes, int64_t(0));
    }

    void epsilonOfDistilBertIsFixed()
    {
        const DecoderSpec spec = resolved(withField(kDistilBert, "layer_norm_eps", 1e-3));
        QCOMPARE(spec.embeddingNorm.epsilon, 1e-12);
        QCOMPARE(spec.layers.back().mlpOutputNorm.epsilon, 1e-12);
        QCOMPARE(resolved(withField(kBert, "layer_norm_eps", 1e-3)).layers[3].attentionOutputNorm.epsilon, 1e-3);
    }

    void whatIsNotComputedIsRefused()
    {
        const QString unsupported = QStringLiteral("engine.architecture_unsupported");
        QCOMPARE(refusal(withField(kBert, "position_embedding_type", "relative_key")), unsupported);
        QCOMPARE(refusal(withField(kBert, "is_decoder", true)), unsupported);
        QCOMPARE(refusal(withField(kRoberta, "add_cross_attention", true)), unsupported);
        QCOMPARE(refusal(withField(kBert, "hidden_act", "mish")), unsupported);
        QCOMPARE(refusal(withField(kBert, "hidden_size", nullptr)), QStringLiteral("engine.config_incomplete"));
    }

    void ggufFilesOfBert()
    {
        const ModelConfig config = ggufConfig();
        const auto spec = resolveDecoder(config);
        QVERIFY2(spec, spec ? "" : spec.error().sentence().c_str());
        QVERIFY(spec->task == Task::Encoding && !spec->pooled && !spec->causal);
        QCOMPARE(disagreements(*spec, ggufBert(), true), QStringList());
    }

    /// The sentence names what the file calls itself: there is no config.json to blame.
    void otherEncodersOfGgufAreNamed()
    {
        ModelConfig config = ggufConfig();
        config.architectures.clear();
        config.metadataName = "nomic-bert";
        const auto spec = resolveDecoder(config);
        QVERIFY(!spec && spec.error().code == ErrorCode::ArchitectureUnsupported);
        QVERIFY2(spec.error().sentence().find("nomic-bert") != std::string::npos, spec.error().sentence().c_str());
    }
};

QTEST_APPLESS_MAIN(TestEncoders)
#include "tst_encoders.moc"
