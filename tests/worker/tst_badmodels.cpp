// SPDX-License-Identifier: GPL-3.0-or-later
// Models whose config or tensors are wrong, made of those of the test data: each is refused by name, and the worker goes on.
#include "changedmodel.h"
#include "lastingworker.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace assay;
using Json = nlohmann::json;

namespace {

using Change = void (*)(ChangedModel &);

struct Case
{
    const char *name, *model;
    Change change;
    ErrorCode code;
    const char *said; ///< what the sentence names
};

constexpr auto kRange = ErrorCode::ConfigOutOfRange, kUnsupported = ErrorCode::ArchitectureUnsupported, kLacks = ErrorCode::ConfigIncomplete,
               kShape = ErrorCode::TensorShapeWrong,
               kMissing = ErrorCode::TensorMissing, kJson = ErrorCode::JsonDamaged;

const Case kTensors[] = {
    {"a missing tensor", "llama-gqa", [](ChangedModel &m) { m.drop("1.mlp.down_proj.weight"); }, kMissing, "model.layers.1.mlp.down_proj.weight"},
    {"a missing head", "llama-gqa", [](ChangedModel &m) { m.drop("lm_head.weight"); }, kMissing, "lm_head.weight"},
    {"a missing expert", "mixtral-top2", [](ChangedModel &m) { m.drop("experts.5.w2.weight"); }, kMissing, "experts.5.w2.weight"},
    {"a missing router correction", "deepseek-v3-noq", [](ChangedModel &m) { m.drop("2.mlp.gate.e_score_correction_bias"); }, kMissing, "e_score_correction_bias"},
    {"a missing bias", "gpt2", [](ChangedModel &m) { m.drop("1.mlp.c_fc.bias"); }, kMissing, "mlp.c_fc.bias"},
    {"a transposed tensor", "llama-gqa", [](ChangedModel &m) { m.reshape("0.mlp.up_proj.weight", {48, 80}); }, kShape, "0.mlp.up_proj.weight"},
    {"a flat tensor", "llama-gqa", [](ChangedModel &m) { m.reshape("0.mlp.up_proj.weight", {3840}); }, kShape, "3,840"},
    {"one row too many", "llama-gqa", [](ChangedModel &m) { m.reshape("lm_head.weight", {260, 48}); }, kShape, "260"},
    {"no elements", "llama-gqa", [](ChangedModel &m) { m.reshape("2.input_layernorm.weight", {0}); }, kShape, "2.input_layernorm"},
    {"a scalar", "llama-gqa", [](ChangedModel &m) { m.reshape("model.norm.weight", {}); }, kShape, "model.norm.weight"},
    {"one fused row missing", "phi3-swa", [](ChangedModel &m) { m.reshape("0.mlp.gate_up_proj.weight", {143, 48}); }, kShape, "gate_up_proj"},
    {"another width of keys", "deepseek-v3-noq", [](ChangedModel &m) { m.reshape("0.self_attn.kv_b_proj.weight", {103, 20}); }, kShape, "kv_b_proj"},
};

template <int64_t Value> void setHeads(ChangedModel &m)
{
    m.config["num_attention_heads"] = Value;
}

const Case kConfigs[] = {
    {"an unknown class", "llama-gqa", [](ChangedModel &m) { m.config["architectures"] = {"CubistForCausalLM"}; }, kUnsupported, "CubistForCausalLM"},
    {"an unknown rope", "llama-gqa", [](ChangedModel &m) { m.config["rope_scaling"] = {{"rope_type", "spiral"}, {"factor", 2}}; }, kUnsupported, "spiral"},
    {"a rope without a type", "llama-gqa", [](ChangedModel &m) { m.config["rope_scaling"] = {{"factor", 2}}; }, kUnsupported, "rope_scaling"},
    {"a rope that is a number", "llama-gqa", [](ChangedModel &m) { m.config["rope_scaling"] = 4; }, kRange, "rope_scaling"},
    {"a rope that shrinks", "llama-gqa", [](ChangedModel &m) { m.config["rope_scaling"] = {{"rope_type", "linear"}, {"factor", -3}}; }, kRange, "factor"},
    {"an unknown activation", "llama-gqa", [](ChangedModel &m) { m.config["hidden_act"] = "xgelu"; }, kUnsupported, "xgelu"},
    {"an activation that is none", "llama-gqa", [](ChangedModel &m) { m.config["hidden_act"] = 3; }, kRange, "hidden_act"},
    {"heads that share unevenly", "llama-gqa", [](ChangedModel &m) { m.config["num_key_value_heads"] = 3; }, kRange, "num_key_value_heads is 3"},
    {"more key heads than heads", "llama-gqa", [](ChangedModel &m) { m.config["num_key_value_heads"] = 8; }, kRange, "num_key_value_heads is 8"},
    {"heads that do not divide", "llama-gqa",
     [](ChangedModel &m) {
         m.config["num_attention_heads"] = m.config["num_key_value_heads"] = 5;
     },
     kRange, "num_attention_heads is 5"},
    {"no heads", "llama-gqa", setHeads<0>, kRange, "num_attention_heads"},
    {"fewer than no heads", "llama-gqa", setHeads<-4>, kRange, "num_attention_heads is -4"},
    {"as many heads as can be", "llama-gqa", setHeads<INT64_MAX>, kRange, "num_attention_heads"},
    {"half a head", "llama-gqa", [](ChangedModel &m) { m.config["num_attention_heads"] = 4.5; }, kRange, "num_attention_heads is 4.5"},
    {"an odd head", "llama-gqa", [](ChangedModel &m) { m.config["head_dim"] = 11; }, kRange, "head_dim is 11"},
    {"no hidden size", "llama-gqa", [](ChangedModel &m) { m.config.erase("hidden_size"); }, kLacks, "hidden_size"},
    {"a hidden size of text", "llama-gqa", [](ChangedModel &m) { m.config["hidden_size"] = "many"; }, kRange, "hidden_size"},
    {"a huge hidden size", "llama-gqa", [](ChangedModel &m) { m.config["hidden_size"] = int64_t(1) << 40; }, kRange, "hidden_size"},
    {"a hidden size beyond 64 bits", "llama-gqa", [](ChangedModel &m) { m.config["hidden_size"] = 1e30; }, kRange, "hidden_size"},
    {"another hidden size", "llama-gqa", [](ChangedModel &m) { m.config["hidden_size"] = 96; }, kShape, "96"},
    {"a huge vocabulary", "llama-gqa", [](ChangedModel &m) { m.config["vocab_size"] = int64_t(1) << 33; }, kRange, "vocab_size"},
    {"a negative vocabulary", "llama-gqa", [](ChangedModel &m) { m.config["vocab_size"] = -1; }, kRange, "vocab_size is -1"},
    {"a million million layers", "llama-gqa", [](ChangedModel &m) { m.config["num_hidden_layers"] = int64_t(1e12); }, kRange, "num_hidden_layers"},
    {"too many layers", "llama-gqa", [](ChangedModel &m) { m.config["num_hidden_layers"] = 10'000; }, kMissing, "model.layers.3."},
    {"a negative context", "llama-gqa", [](ChangedModel &m) { m.config["max_position_embeddings"] = -5; }, kRange, "max_position_embeddings"},
    {"a context beyond reason", "llama-gqa", [](ChangedModel &m) { m.config["max_position_embeddings"] = INT64_MAX; }, kRange, "max_position_embeddings"},
    {"theta that is no number", "llama-gqa", [](ChangedModel &m) { m.written["rope_theta"] = "NaN"; }, kJson, "config.json"},
    {"theta without end", "llama-gqa", [](ChangedModel &m) { m.written["rope_theta"] = "Infinity"; }, kJson, "config.json"},
    {"a negative theta", "llama-gqa", [](ChangedModel &m) { m.config["rope_theta"] = -1e4; }, kRange, "rope_theta"},
    {"theta of 1e400", "llama-gqa", [](ChangedModel &m) { m.written["rope_theta"] = "1e400"; }, kJson, "config.json"},
    {"epsilon that is no number", "llama-gqa", [](ChangedModel &m) { m.written["rms_norm_eps"] = "NaN"; }, kJson, "config.json"},
    {"a negative epsilon", "llama-gqa", [](ChangedModel &m) { m.config["rms_norm_eps"] = -1e-5; }, kRange, "eps"},
    {"a huge epsilon", "llama-gqa", [](ChangedModel &m) { m.config["rms_norm_eps"] = 1e9; }, kRange, "eps"},
    {"a window that is negative", "mistral-swa", [](ChangedModel &m) { m.config["sliding_window"] = -7; }, kRange, "sliding_window"},
    {"a flag that is text", "llama-gqa", [](ChangedModel &m) { m.config["tie_word_embeddings"] = "no"; }, kRange, "tie_word_embeddings"},
    {"a list", "llama-gqa", [](ChangedModel &m) { m.config = Json::array({1}); }, ErrorCode::JsonWrongType, "config.json"},
    {"more experts chosen than there are", "mixtral-top2", [](ChangedModel &m) { m.config["num_experts_per_tok"] = 7; }, kRange, "num_experts_per_tok is 7"},
    {"no expert chosen", "mixtral-top2", [](ChangedModel &m) { m.config["num_experts_per_tok"] = -1; }, kRange, "num_experts_per_tok"},
    {"more experts than tensors", "mixtral-top2", [](ChangedModel &m) { m.config["num_local_experts"] = 7; }, kShape, "gate.weight"},
    {"groups that do not divide", "deepseek-v3-noq", [](ChangedModel &m) { m.config["n_group"] = 3; }, kRange, "n_group is 3"},
    {"no group", "deepseek-v3-noq", [](ChangedModel &m) { m.config["n_group"] = 0; }, kRange, "n_group is 0"},
    {"more groups chosen than there are", "deepseek-v3-noq", [](ChangedModel &m) { m.config["topk_group"] = 5; }, kRange, "topk_group is 5"},
    {"groups too small for the choice", "deepseek-v3-noq",
     [](ChangedModel &m) {
         m.config["topk_group"] = 1;
         m.config["num_experts_per_tok"] = 5;
     },
     kRange, "topk_group"},
    {"groups of one expert", "deepseek-v3-noq", [](ChangedModel &m) { m.config["n_group"] = 16; }, kRange, "n_group is 16"},
    {"an unknown way to choose", "deepseek-v3-noq", [](ChangedModel &m) { m.config["scoring_func"] = "dice"; }, kUnsupported, "dice"},
    {"an unknown choice of experts", "deepseek-v3-noq", [](ChangedModel &m) { m.config["topk_method"] = "random"; }, kUnsupported, "random"},
    {"a latent rank of none", "deepseek-v3-noq", [](ChangedModel &m) { m.config["kv_lora_rank"] = 0; }, kRange, "kv_lora_rank"},
};

const Case *const kTables[] = {kTensors, kConfigs};
constexpr size_t kSizes[] = {std::size(kTensors), std::size(kConfigs)};

void addRows(int table)
{
    QTest::addColumn<int>("table");
    QTest::addColumn<int>("row");
    for (size_t i = 0; i < kSizes[table]; ++i)
        QTest::newRow(kTables[table][i].name) << table << int(i);
}

} // namespace

class TestBadModels : public QObject
{
    Q_OBJECT

    LastingWorker m_worker;

    void check()
    {
        QFETCH(int, table);
        QFETCH(int, row);
        const Case &each = kTables[table][row];
        const QTemporaryDir folder;
        ChangedModel model = ChangedModel::read(reference::path(QString::fromLatin1(each.model)).toStdString());
        QVERIFY(!model.tensors.empty());
        each.change(model);
        QVERIFY(model.write(folder.path().toStdString()));
        const auto error = m_worker.failingToLoad(folder.path());
        QVERIFY(error.has_value());
        const std::string sentence = error->sentence();
        QCOMPARE(definitionOf(error->code).id, definitionOf(each.code).id);
        QVERIFY2(sentence.find(each.said) != std::string::npos, sentence.c_str());
        QVERIFY2(isPlain(sentence), sentence.c_str());
        QVERIFY(m_worker.stillWorks());
    }

private slots:
    void initTestCase() { QVERIFY(m_worker.stillWorks()); }

    void tensors_data() { addRows(0); }
    void tensors() { check(); }
    void configs_data() { addRows(1); }
    void configs() { check(); }

    /// What the model has no place for is left alone and named.
    void surplusTensors()
    {
        const QTemporaryDir folder;
        ChangedModel model = ChangedModel::read(reference::path(QStringLiteral("llama-gqa")).toStdString());
        ChangedModel::Tensor more = model.tensor("model.norm.weight");
        more.name = "model.layers.7.left_over";
        model.tensors.push_back(more);
        QVERIFY(model.write(folder.path().toStdString()));
        const auto answer = m_worker.process().ask(protocol::method::kLoad, {{"path", folder.path().toStdString()}});
        QVERIFY(answer && !answer->error);
        QCOMPARE(answer->result["unused"].dump(), std::string(R"(["model.layers.7.left_over"])"));
        QCOMPARE(answer->result["unusedCount"].get<int>(), 1);
        QVERIFY(m_worker.stillWorks());
    }
};

QTEST_GUILESS_MAIN(TestBadModels)
#include "tst_badmodels.moc"
