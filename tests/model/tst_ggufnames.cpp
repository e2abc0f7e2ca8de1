// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/partroles.h"
#include "tests/format/ggufwriter.h"
#include "tests/model/modelfiles.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

namespace {

// What llama.cpp's loaders (src/models/*.cpp) ask for, by architecture: part, suffixes, role. The suffixes w and b are
// weight and bias; large ones are not required. Parts behind the bar are those of each layer.
#define LAYER "attn_norm/w:attention_norm ffn_norm/w:mlp_norm "
#define LAYER_LN "attn_norm/wb:attention_norm ffn_norm/wb:mlp_norm "
#define QKV "attn_q/wB:query attn_k/wB:key attn_v/wB:value "
#define QKV_BIAS "attn_q/wb:query attn_k/wb:key attn_v/wb:value "
#define OUT "attn_output/w:attention_output "
#define QK_NORM "attn_q_norm/w:query_norm attn_k_norm/w:key_norm "
#define MLP "ffn_gate/w:gate ffn_up/w:up ffn_down/w:down "
#define EXPERTS "ffn_gate_inp/w:router ffn_gate_exps/w:expert_gate ffn_up_exps/w:expert_up ffn_down_exps/w:expert_down "
// Of architectures whose first layers may be dense.
#define LATER_EXPERTS                                                                                           \
    "ffn_gate_inp/W:router exp_probs_b/B:router_bias ffn_gate_exps/w:expert_gate ffn_up_exps/w:expert_up "      \
    "ffn_down_exps/w:expert_down ffn_gate_shexp/W:shared_gate ffn_up_shexp/W:shared_up ffn_down_shexp/W:shared_down "
#define SHARED "ffn_gate_shexp/w:shared_gate ffn_up_shexp/w:shared_up ffn_down_shexp/w:shared_down "
#define POST_NORMS "post_attention_norm/w:attention_output_norm post_ffw_norm/w:mlp_output_norm "
#define FUSED_BIASED                                                                                            \
    "attn_qkv/wb:query_key_value attn_output/wb:attention_output ffn_up/wb:up ffn_down/wb:down "
#define ENDS "token_embd/w:token_embedding output_norm/w:final_norm output/W:head "
#define ENDS_LN "token_embd/w:token_embedding output_norm/wb:final_norm output/W:head "

struct Expected
{
    const char *architecture, *className, *parts;
};
constexpr Expected kExpected[] = {
    {"llama", "LlamaForCausalLM", ENDS "| " LAYER QKV "attn_output/wB:attention_output "
                                  "ffn_gate/wB:gate ffn_up/wB:up ffn_down/wB:down "},
    {"qwen2", "Qwen2ForCausalLM", ENDS "output/B:head | " LAYER QKV_BIAS OUT MLP},
    {"qwen2moe", "Qwen2MoeForCausalLM",
     ENDS "| " LAYER QKV_BIAS OUT EXPERTS SHARED "ffn_gate_inp_shexp/w:shared_router "},
    {"qwen3", "Qwen3ForCausalLM", ENDS "cls.output/W:classifier | " LAYER QKV OUT QK_NORM MLP},
    {"qwen3moe", "Qwen3MoeForCausalLM", ENDS "| " LAYER QKV OUT QK_NORM EXPERTS},
    {"deepseek2", "DeepseekV2ForCausalLM",
     ENDS "| " LAYER "attn_q_a/W:latent_query_down attn_q_a_norm/W:latent_query_norm attn_q_b/w:latent_query_up "
          "attn_kv_a_mqa/w:latent_kv_down attn_kv_a_norm/w:latent_kv_norm attn_k_b/w:latent_kv_up "
          "attn_v_b/w:latent_kv_up "
          OUT LATER_EXPERTS},
    {"gemma", "GemmaForCausalLM", ENDS "| " LAYER QKV OUT MLP},
    {"gemma2", "Gemma2ForCausalLM", ENDS "| " LAYER POST_NORMS QKV OUT MLP},
    {"gemma3", "Gemma3ForCausalLM", ENDS "| " LAYER POST_NORMS QKV OUT QK_NORM MLP},
    {"phi2", "PhiForCausalLM", ENDS_LN "output/b:head | attn_norm/wb:attention_norm " QKV_BIAS
                               "attn_output/wb:attention_output ffn_up/wb:up ffn_down/wb:down "},
    {"phi3", "Phi3ForCausalLM", ENDS "| " LAYER "attn_qkv/w:query_key_value " OUT "ffn_up/w:gate_up ffn_down/w:down "},
    {"gpt2", "GPT2LMHeadModel", ENDS_LN "position_embd/w:position_embedding | " LAYER_LN FUSED_BIASED},
    {"gptneox", "GPTNeoXForCausalLM", ENDS_LN "| " LAYER_LN FUSED_BIASED},
    {"bloom", "BloomForCausalLM", ENDS_LN "token_embd_norm/wb:embedding_norm | " LAYER_LN FUSED_BIASED},
    {"falcon", "FalconForCausalLM", ENDS_LN "| attn_norm/wb:attention_norm attn_qkv/w:query_key_value " OUT
                                    "ffn_up/w:up ffn_down/w:down "},
    {"stablelm", "StableLmForCausalLM", ENDS_LN "| attn_norm/wb:attention_norm ffn_norm/WB:mlp_norm "
                                        "attn_q_norm/W:query_norm attn_k_norm/W:key_norm " QKV OUT MLP},
    {"starcoder2", "Starcoder2ForCausalLM", ENDS_LN "| " LAYER_LN QKV "attn_output/wb:attention_output "
                                            "ffn_up/wb:up ffn_down/wb:down "},
    {"olmo", "OlmoForCausalLM", "token_embd/w:token_embedding output/W:head | " QKV OUT MLP},
    {"olmo2", "Olmo2ForCausalLM", ENDS "| " POST_NORMS QKV OUT QK_NORM MLP},
    {"command-r", "CohereForCausalLM", ENDS "| attn_norm/w:attention_norm attn_q_norm/W:query_norm "
                                       "attn_k_norm/W:key_norm " QKV OUT MLP},
    {"minicpm", "MiniCPMForCausalLM", ENDS "| " LAYER QKV OUT MLP},
    {"exaone", "ExaoneForCausalLM", ENDS "| " LAYER QKV OUT MLP},
    {"exaone4", "Exaone4ForCausalLM", ENDS "| " POST_NORMS QKV OUT QK_NORM MLP},
    {"olmoe", "OlmoeForCausalLM", ENDS "| " LAYER QKV OUT QK_NORM EXPERTS},
    {"dots1", "Dots1ForCausalLM", ENDS "| " LAYER QKV OUT QK_NORM LATER_EXPERTS},
    {"deepseek", "DeepseekForCausalLM", ENDS "| " LAYER QKV OUT LATER_EXPERTS},
    {"cohere2", "Cohere2ForCausalLM", ENDS "| attn_norm/w:attention_norm " QKV OUT MLP},
    {"glm4", "Glm4ForCausalLM", ENDS "| " LAYER POST_NORMS QKV OUT "ffn_up/w:gate_up ffn_down/w:down "},
    {"glm4moe", "Glm4MoeForCausalLM",
     ENDS "| attn_norm/w:attention_norm post_attention_norm/w:mlp_norm attn_q_norm/W:query_norm attn_k_norm/W:key_norm "
          QKV OUT LATER_EXPERTS},
    {"gpt-oss", "GptOssForCausalLM",
     ENDS "| attn_norm/w:attention_norm post_attention_norm/w:mlp_norm " QKV "attn_output/wB:attention_output "
          "attn_sinks/w:attention_sinks ffn_gate_inp/wb:router ffn_gate_exps/wb:expert_gate ffn_up_exps/wb:expert_up "
          "ffn_down_exps/wb:expert_down "},
    {"bert", "BertModel",
     "token_embd/w:token_embedding token_types/W:type_embedding position_embd/w:position_embedding "
     "token_embd_norm/wb:embedding_norm cls/WB:classifier cls.output/WB:classifier | " QKV
     "attn_output/wB:attention_output attn_output_norm/wb:attention_output_norm ffn_up/wB:up ffn_down/wB:down "
     "layer_output_norm/wb:mlp_output_norm "},
};

struct Tensor
{
    std::string name;
    QString role;
    bool required;
};

/// The tensors of one layer and of what is outside.
std::vector<Tensor> tensorsOf(const QString &parts)
{
    std::vector<Tensor> out;
    QString prefix;
    for (const QString &word : parts.split(' ', Qt::SkipEmptyParts)) {
        if (word == "|") {
            prefix = "blk.0.";
            continue;
        }
        const QString part = prefix + word.section('/', 0, 0), role = word.section(':', 1);
        for (const QChar suffix : word.section('/', 1).section(':', 0, 0)) {
            const QString name = part + (suffix.toLower() == 'w' ? ".weight" : ".bias");
            out.push_back({name.toStdString(), role, suffix.isLower()});
        }
    }
    return out;
}

std::string fileOf(const std::string &architecture, const std::vector<Tensor> &tensors)
{
    GgufWriter writer;
    writer.begin(tensors.size(), 2).key("general.architecture", architecture).keyU32(architecture + ".block_count", 1);
    for (size_t i = 0; i < tensors.size(); ++i)
        writer.tensor(tensors[i].name, {8}, 0, 32 * i);
    return writer.data(32 * tensors.size()).bytes();
}

} // namespace

/// Which tensors each architecture of GGUF has and what they are, against the lists of its loaders.
class TestGgufNames : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    Inspection inspectionOf(const std::string &bytes)
    {
        QFile file(m_folder.filePath(QStringLiteral("model.gguf")));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("the file cannot be written");
        file.write(QByteArray::fromStdString(bytes));
        file.close();
        return inspected(file.fileName());
    }

    ModelFacts factsOf(const std::string &architecture, const std::vector<Tensor> &tensors)
    {
        return inspectionOf(fileOf(architecture, tensors)).facts;
    }

    std::map<std::string, QString> rolesOf(const std::string &architecture, const std::vector<Tensor> &tensors)
    {
        const Inspection inspection = inspectionOf(fileOf(architecture, tensors));
        const std::vector<LeafGroup> groups = leafGroups(inspection.tree, inspection.directory.checkpoint);
        std::map<std::string, QString> out;
        for (const LeafGroup &group : groups) {
            const PartRole role = partRoleOf(group, hasOwnMlpNorm(groups));
            out[std::string(group.tensor->name)] = QString::fromLatin1(definitionOf(role).id);
        }
        return out;
    }

private slots:
    void architectures_data()
    {
        QTest::addColumn<QString>("className");
        QTest::addColumn<QString>("parts");
        for (const Expected &row : kExpected)
            QTest::newRow(row.architecture) << row.className << row.parts;
    }
    void architectures()
    {
        QFETCH(QString, className);
        QFETCH(QString, parts);
        const std::string architecture = QTest::currentDataTag();
        const std::vector<Tensor> tensors = tensorsOf(parts);
        const ModelFacts facts = factsOf(architecture, tensors);
        QCOMPARE(QString::fromStdString(facts.config.architecture()), className);
        QCOMPARE(findingIds(facts).filter("tensors."), QStringList());
        QCOMPARE(findingIds(facts).filter("architecture."), QStringList());
        const auto roles = rolesOf(architecture, tensors);
        QCOMPARE(roles.size(), tensors.size());
        for (const Tensor &tensor : tensors)
            QCOMPARE(QString::fromStdString(tensor.name) + ": " + roles.at(tensor.name),
                     QString::fromStdString(tensor.name) + ": " + tensor.role);
    }

    void everyTensorCounts_data() { architectures_data(); }
    /// What a loader requires is missed, what it leaves open is not, and what it does not know is told.
    void everyTensorCounts()
    {
        QFETCH(QString, parts);
        const std::string architecture = QTest::currentDataTag();
        const std::vector<Tensor> tensors = tensorsOf(parts);
        for (size_t i = 0; i < tensors.size(); ++i) {
            std::vector<Tensor> fewer = tensors;
            fewer.erase(fewer.begin() + std::ptrdiff_t(i));
            const bool missed = findingIds(factsOf(architecture, fewer)).contains("tensors.missing");
            QVERIFY2(missed == tensors[i].required, tensors[i].name.c_str());
        }
        std::vector<Tensor> more = tensors;
        more.push_back({"blk.0.attn_strange.weight", {}, true});
        QVERIFY(findingIds(factsOf(architecture, more)).contains("tensors.unexpected"));
    }

    void fused_data()
    {
        QTest::addColumn<QString>("parts");
        for (const Expected &row : kExpected) {
            if (QString(row.parts).contains("attn_q/"))
                QTest::newRow(row.architecture) << row.parts;
        }
    }
    /// Queries, keys and values in one matrix, as llama.cpp takes them from any of these.
    void fused()
    {
        QFETCH(QString, parts);
        const std::string architecture = QTest::currentDataTag();
        const QString suffixes = parts.section("attn_q/", 1).section(':', 0, 0);
        QStringList words = parts.split(' ');
        words.removeIf([](const QString &word) {
            return word.startsWith("attn_q/") || word.startsWith("attn_k/") || word.startsWith("attn_v/");
        });
        words << "attn_qkv/" + suffixes + ":query_key_value";
        const std::vector<Tensor> tensors = tensorsOf(words.join(' '));
        QCOMPARE(findingIds(factsOf(architecture, tensors)).filter("tensors."), QStringList());
        QCOMPARE(rolesOf(architecture, tensors).at("blk.0.attn_qkv.weight"), QStringLiteral("query_key_value"));
    }

    /// Falcon 40B: attn_norm_2 is before attention, attn_norm before the feed-forward part.
    void falconWithTwoNorms()
    {
        const auto tensors = tensorsOf(ENDS_LN "| attn_norm/wb:mlp_norm attn_norm_2/wb:attention_norm "
                                       "attn_qkv/w:query_key_value " OUT "ffn_up/w:up ffn_down/w:down ");
        QCOMPARE(findingIds(factsOf("falcon", tensors)).filter("tensors."), QStringList());
        const auto roles = rolesOf("falcon", tensors);
        for (const Tensor &tensor : tensors)
            QCOMPARE(roles.at(tensor.name), tensor.role);
    }

    /// Old files have the factor alone, under a name of its own.
    void oldLinearScaling()
    {
        GgufWriter writer;
        writer.begin(1, 3).key("general.architecture", "llama").keyU32("llama.block_count", 1);
        writer.key("llama.rope.scale_linear", 6).number(4.0f).tensor("token_embd.weight", {8}, 0, 0).data(32);
        const ModelFacts facts = inspectionOf(writer.bytes()).facts;
        QCOMPARE(facts.config.ropeScaling->type, std::string("linear"));
        QCOMPARE(facts.config.ropeScaling->factor, 4.0);
    }

    /// An encoder without a head is not one that shares it with its embedding.
    void encoderHasNoHead()
    {
        const ModelFacts facts = factsOf("bert", tensorsOf(kExpected[std::size(kExpected) - 1].parts));
        QVERIFY(!facts.config.tiedEmbeddings.has_value());
        QVERIFY(!facts.kvBytesPerToken);
    }

    /// One architecture in GGUF, two families: Olmo 3 is Olmo 2 with windows, in three layers of four.
    void olmo3()
    {
        GgufWriter writer;
        writer.begin(1, 3).key("general.architecture", "olmo2").keyU32("olmo2.block_count", 4);
        writer.keyU32("olmo2.attention.sliding_window", 4096).tensor("token_embd.weight", {8}, 0, 0).data(32);
        const ModelFacts facts = inspectionOf(writer.bytes()).facts;
        QCOMPARE(facts.config.architecture(), std::string("Olmo3ForCausalLM"));
    }
};

QTEST_GUILESS_MAIN(TestGgufNames)
#include "tst_ggufnames.moc"
