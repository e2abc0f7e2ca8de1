// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "changedmodel.h"
#include "referencemodels.h"

#include <cmath>
#include <cstring>

/// Masked language models, of which there is no reference: the layers are those of a reference classifier, whose last
/// hidden states of one input are known, and what comes behind them is computed here in double and plain loops:
/// logits = norm(gelu(dense(state))) * embedding + bias (arXiv 1810.04805, appendix A.2; the published programs).
namespace masked {

inline std::vector<double> doubles(const ChangedModel::Tensor &tensor)
{
    std::vector<float> values(tensor.bytes.size() / sizeof(float));
    std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
    return {values.begin(), values.end()};
}

/// Numbers that look random and are the same everywhere.
inline ChangedModel::Tensor made(const std::string &name, std::vector<int64_t> shape, double middle, double spread)
{
    size_t count = 1;
    for (const int64_t size : shape)
        count *= size_t(size);
    std::vector<float> values(count);
    uint32_t state = uint32_t(count) * 2654435761u + 12345;
    for (float &value : values) {
        state = state * 1664525u + 1013904223u;
        value = float(middle + spread * (double(state >> 8) / double(1 << 23) - 1));
    }
    const auto bytes = std::as_bytes(std::span(values));
    return {name, assay::Dtype::F32, std::move(shape), {bytes.begin(), bytes.end()}};
}

struct Head
{
    std::vector<double> states;                                  ///< [tokens, hidden] behind the last layer
    std::vector<double> weight, bias, normWeight, normBias;      ///< dense and norm
    std::vector<double> embedding, headBias;                     ///< [vocabulary, hidden] and [vocabulary]
    double epsilon = 0;

    std::vector<double> logProbabilities(size_t position) const
    {
        const size_t hidden = bias.size(), vocabulary = headBias.size();
        const double *state = states.data() + position * hidden;
        std::vector<double> x(hidden);
        double mean = 0, variance = 0;
        for (size_t i = 0; i < hidden; ++i) {
            double sum = bias[i];
            for (size_t k = 0; k < hidden; ++k)
                sum += weight[i * hidden + k] * state[k];
            x[i] = sum * 0.5 * (1 + std::erf(sum / std::sqrt(2.0)));
            mean += x[i] / double(hidden);
        }
        for (const double value : x)
            variance += (value - mean) * (value - mean) / double(hidden);
        std::vector<double> logits = headBias;
        double total = 0;
        for (size_t v = 0; v < vocabulary; ++v) {
            for (size_t i = 0; i < hidden; ++i)
                logits[v] += embedding[v * hidden + i] * ((x[i] - mean) / std::sqrt(variance + epsilon) * normWeight[i] + normBias[i]);
            total += std::exp(logits[v]);
        }
        for (double &logit : logits)
            logit -= std::log(total);
        return logits;
    }
};

/// What the three families call the parts of the head.
struct Names
{
    const char *architecture, *classifier, *dense, *norm, *bias;
};

/// Writes a masked model with the layers of a reference classifier; gives what its head should compute for input 0.
inline Head writeModel(const QString &model, const QString &path)
{
    const Names names = model.startsWith(QStringLiteral("roberta"))
                            ? Names{"RobertaForMaskedLM", "classifier", "lm_head.dense", "lm_head.layer_norm", "lm_head.bias"}
                        : model.startsWith(QStringLiteral("distilbert"))
                            ? Names{"DistilBertForMaskedLM", "classifier", "vocab_transform", "vocab_layer_norm", "vocab_projector.bias"}
                            : Names{"BertForMaskedLM", "classifier", "cls.predictions.transform.dense",
                                    "cls.predictions.transform.LayerNorm", "cls.predictions.bias"};
    ChangedModel out = ChangedModel::read(reference::path(model).toStdString());
    std::erase_if(out.tensors, [&](const auto &tensor) { return tensor.name.find(names.classifier) != std::string::npos; });
    out.config["architectures"] = {names.architecture};
    const ChangedModel::Tensor &words = out.tensor("word_embeddings.weight");
    const int64_t vocabulary = words.shape.at(0), hidden = words.shape.at(1);
    Head head;
    head.embedding = doubles(words);
    const auto add = [&](const std::string &name, std::vector<int64_t> shape, double middle, double spread) {
        out.tensors.push_back(made(name, std::move(shape), middle, spread));
        return doubles(out.tensors.back());
    };
    head.weight = add(names.dense + std::string(".weight"), {hidden, hidden}, 0, 0.3);
    head.bias = add(names.dense + std::string(".bias"), {hidden}, 0, 0.1);
    head.normWeight = add(names.norm + std::string(".weight"), {hidden}, 1, 0.2);
    head.normBias = add(names.norm + std::string(".bias"), {hidden}, 0.01, 0.2);
    head.headBias = add(names.bias, {vocabulary}, 0, 1);
    // The published program fixes DistilBERT's.
    head.epsilon = out.config.value("layer_norm_eps", 1e-12);
    const int64_t layers = out.config.contains("n_layers") ? out.config["n_layers"].get<int64_t>() : out.config["num_hidden_layers"].get<int64_t>();
    const auto states = reference::tensor(model, "hidden.0." + std::to_string(layers));
    head.states = {states.begin(), states.end()};
    if (states.empty() || !out.write(path.toStdString()))
        return {};
    return head;
}

/// A WordPiece tokenizer with [PAD] 0, [UNK] 1, [CLS] 2, [SEP] 3, [MASK] 4, "good" 5, "film" 6, "bad" 7.
inline bool writeTokenizer(const std::filesystem::path &folder)
{
    using Json = nlohmann::json;
    const std::vector<std::string> pieces{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "film", "bad"};
    Json vocabulary = Json::object(), added = Json::array();
    for (size_t id = 0; id < pieces.size(); ++id) {
        vocabulary[pieces[id]] = id;
        if (id < 5)
            added.push_back({{"id", id}, {"content", pieces[id]}, {"single_word", false}, {"lstrip", false}, {"rstrip", false}, {"normalized", false}, {"special", true}});
    }
    const auto special = [](const char *id, int type) { return Json{{"SpecialToken", {{"id", id}, {"type_id", type}}}}; };
    const auto text = [](const char *id, int type) { return Json{{"Sequence", {{"id", id}, {"type_id", type}}}}; };
    const Json tokenizer{
        {"version", "1.0"},
        {"added_tokens", added},
        {"normalizer", {{"type", "BertNormalizer"}, {"clean_text", true}, {"handle_chinese_chars", true}, {"strip_accents", nullptr}, {"lowercase", true}}},
        {"pre_tokenizer", {{"type", "BertPreTokenizer"}}},
        {"post_processor",
         {{"type", "TemplateProcessing"},
          {"single", {special("[CLS]", 0), text("A", 0), special("[SEP]", 0)}},
          {"pair", {special("[CLS]", 0), text("A", 0), special("[SEP]", 0), text("B", 1), special("[SEP]", 1)}},
          {"special_tokens",
           {{"[CLS]", {{"id", "[CLS]"}, {"ids", {2}}, {"tokens", {"[CLS]"}}}}, {"[SEP]", {{"id", "[SEP]"}, {"ids", {3}}, {"tokens", {"[SEP]"}}}}}}}},
        {"decoder", {{"type", "WordPiece"}, {"prefix", "##"}, {"cleanup", true}}},
        {"model", {{"type", "WordPiece"}, {"unk_token", "[UNK]"}, {"continuing_subword_prefix", "##"}, {"max_input_chars_per_word", 100}, {"vocab", vocabulary}}}};
    return assay::writeFileAtomically(folder / "tokenizer.json", tokenizer.dump()).has_value();
}

} // namespace masked
