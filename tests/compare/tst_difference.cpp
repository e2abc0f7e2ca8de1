// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/difference.h"
#include "core/compare/partsummary.h"
#include "core/compare/weightpairs.h"
#include "tests/model/modelfiles.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace assay;
using namespace assay::test;

namespace {

DifferenceSubject subjectAt(const QString &path, const std::string &name)
{
    return {name, std::make_shared<const Inspection>(inspected(path))};
}

/// A folder generated from one of the shared configs, which must outlive what is read lazily.
QString generatedFrom(const QTemporaryDir &folder, const QString &script, const QString &config)
{
    const QString file = sharedFolder() + "/reference/configs/" + config + "/config.json";
    const QString out = folder.filePath(config);
    if (!QFile::exists(file))
        return {};
    if (!generate(script, {"--config", file, "--out", out}))
        qFatal("the generator failed");
    return out;
}

const DifferenceRow &rowOf(const Difference &so, const char *id)
{
    const DifferenceRow *row = so.find(id);
    if (!row)
        qFatal("there is no row %s", id);
    return *row;
}

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QStringList words(const std::vector<DiffLine> &lines)
{
    QStringList out;
    for (const DiffLine &line : lines)
        out << QLatin1Char(line.change == LineChange::Same ? ' ' : line.change == LineChange::Removed ? '-' : '+') + text(line.text);
    return out;
}

PartRole roleOf(const char *pattern, bool inLayers = true)
{
    LeafGroup group;
    group.pattern = pattern;
    group.firstLayer = inLayers ? 0 : -1;
    return partRoleOf(group);
}

} // namespace

class TestDifference : public QObject
{
    Q_OBJECT
private slots:
    void rolesOfManyNamings_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<bool>("inLayers");
        QTest::addColumn<int>("role");
        const auto row = [](const char *pattern, PartRole role, bool inLayers = true) {
            QTest::newRow(pattern) << QByteArray(pattern) << inLayers << int(role);
        };
        using R = PartRole;
        row("model.embed_tokens.weight", R::TokenEmbedding, false);
        row("token_embd.weight", R::TokenEmbedding, false);
        row("transformer.wte.weight", R::TokenEmbedding, false);
        row("model.norm.weight", R::FinalNorm, false);
        row("output_norm.weight", R::FinalNorm, false);
        row("output.weight", R::Head, false);
        row("lm_head.weight", R::Head, false);
        row("model.layers.#.self_attn.q_proj.weight", R::Query);
        row("model.layers.#.self_attn.q_proj.bias", R::Query);
        row("blk.#.attn_q.weight", R::Query);
        row("bert.encoder.layer.#.attention.self.query.weight", R::Query);
        row("blk.#.attn_q_norm.weight", R::QueryNorm);
        row("blk.#.attn_output.weight", R::AttentionOutput);
        row("bert.encoder.layer.#.attention.output.dense.weight", R::AttentionOutput);
        row("bert.encoder.layer.#.output.dense.weight", R::Down);
        row("bert.encoder.layer.#.attention.output.LayerNorm.weight", R::AttentionOutputNorm);
        row("bert.encoder.layer.#.output.LayerNorm.weight", R::MlpOutputNorm);
        row("transformer.h.#.attn.c_attn.weight", R::QueryKeyValue);
        row("transformer.h.#.attn.c_proj.weight", R::AttentionOutput);
        row("transformer.h.#.mlp.c_proj.weight", R::Down);
        row("model.layers.#.mlp.gate_proj.weight", R::Gate);
        row("blk.#.ffn_gate.weight", R::Gate);
        row("model.layers.#.mlp.gate.weight", R::Router);
        row("model.layers.#.mlp.gate.e_score_correction_bias", R::RouterBias);
        row("blk.#.exp_probs_b.bias", R::RouterBias);
        row("blk.#.ffn_gate_inp.weight", R::Router);
        row("model.layers.#.block_sparse_moe.gate.weight", R::Router);
        row("model.layers.#.mlp.experts.*.gate_proj.weight", R::ExpertGate);
        row("model.layers.#.mlp.experts.*.gate_proj.weight_scale_inv", R::ExpertGate);
        row("model.layers.#.block_sparse_moe.experts.*.w1.weight", R::ExpertGate);
        row("blk.#.ffn_gate_exps.weight", R::ExpertGate);
        row("model.layers.#.mlp.experts.down_proj_blocks", R::ExpertDown);
        row("model.layers.#.mlp.experts.gate_up_proj_bias", R::ExpertGateUp);
        row("model.layers.#.mlp.shared_experts.up_proj.weight", R::SharedUp);
        row("model.layers.#.mlp.shared_expert_gate.weight", R::SharedRouter);
        row("blk.#.ffn_up_shexp.weight", R::SharedUp);
        row("model.layers.#.self_attn.kv_a_proj_with_mqa.weight", R::LatentKvDown);
        row("blk.#.attn_kv_a_mqa.weight", R::LatentKvDown);
        row("blk.#.attn_k_b.weight", R::LatentKvUp);
        row("model.layers.#.self_attn.q_a_layernorm.weight", R::LatentQueryNorm);
        row("model.vision_tower.encoder.layers.#.self_attn.q_proj.weight", R::Vision);
        row("v.blk.#.attn_q.weight", R::Vision);
        row("base_model.model.model.layers.#.self_attn.q_proj.lora_A.weight", R::Adapter);
        row("model.layers.#.self_attn.rotary.unheard_of", R::Other);
    }
    void rolesOfManyNamings()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(bool, inLayers);
        QFETCH(int, role);
        QCOMPARE(int(roleOf(pattern.constData(), inLayers)), role);
    }

    void fullModelAgainstItsDistill()
    {
        const QTemporaryDir folder;
        const QString r1 = generatedFrom(folder, "make_r1_index.py", "deepseek-r1");
        const QString qwen = generatedFrom(folder, "make_dense_index.py", "deepseek-r1-distill-qwen-7b");
        if (r1.isEmpty() || qwen.isEmpty())
            QSKIP("the shared configurations are not there");
        const Difference so = difference({subjectAt(r1, "R1"), subjectAt(qwen, "Qwen")});
        // What model_facts.json and inspectors.md 4g tell of the two.
        const QString headline = text(so.headline);
        for (const char *part : {"Not the same model", "DeepseekV3 mixture of experts with MLA, 61 layers, 671 B (37.6 B active)",
                                 "Qwen2 dense with GQA 28/4, 28 layers, 7.62 B", "vocabularies 129,280 and 152,064"})
            QVERIFY2(headline.contains(QLatin1String(part)), qPrintable(headline));

        const DifferenceRow &experts = rowOf(so, "part.expert_gate");
        QCOMPARE(experts.state, RowState::OnlyIn);
        QVERIFY2(text(experts.cells[0].text).contains("2048 x 7168") && text(experts.cells[0].text).contains("256 experts")
                     && text(experts.cells[0].text).contains("layers 3-60 of 61"),
                 experts.cells[0].text.c_str());
        QVERIFY(!experts.cells[1].present);
        const DifferenceRow &gate = rowOf(so, "part.gate");
        QCOMPARE(gate.state, RowState::Differs);
        QVERIFY2(text(gate.cells[0].text).contains("18432 x 7168") && text(gate.cells[0].text).contains("layers 0-2 of 61"),
                 gate.cells[0].text.c_str());
        QVERIFY2(text(gate.cells[1].text).contains("18944 x 3584") && text(gate.cells[1].text).contains("layers 0-27 of 28"),
                 gate.cells[1].text.c_str());
        QVERIFY(text(rowOf(so, "part.query").cells[1].text).contains("with bias"));
        QVERIFY(rowOf(so, "part.next_token").cells[0].present);
        QVERIFY(!rowOf(so, "part.next_token").cells[1].present);
        QVERIFY(text(rowOf(so, "part.next_token").cells[0].text).contains("layers 61, behind the main ones"));
        QCOMPARE(text(rowOf(so, "config.model_type").cells[1].text), QStringLiteral("qwen2"));
        QVERIFY(rowOf(so, "part.latent_kv_down").cells[0].present);
        // 58 x 256 x 2048 x 7168
        QVERIFY2(text(experts.cells[0].detail).contains("217,969,590,272"), experts.cells[0].detail.c_str());

        const DifferenceRow &layers = rowOf(so, "layers.attention + feed-forward");
        QCOMPARE(text(layers.cells[1].text), QStringLiteral("layers 0-27 of 28"));
        QCOMPARE(text(rowOf(so, "layers.latent attention + experts + shared expert").cells[0].text), QStringLiteral("layers 3-60 of 61"));
        QCOMPARE(text(rowOf(so, "layers.latent attention + feed-forward").cells[0].text), QStringLiteral("layers 0-2 of 61"));

        QCOMPARE(rowOf(so, "config.hidden_size").state, RowState::Differs);
        QCOMPARE(text(rowOf(so, "config.hidden_size").cells[1].text), QStringLiteral("3584"));
        QCOMPARE(rowOf(so, "config.hidden_act").state, RowState::Same);
        QCOMPARE(rowOf(so, "config.kv_lora_rank").state, RowState::OnlyIn);
        QCOMPARE(text(rowOf(so, "config.kv_lora_rank").stateText(so.names, untranslated)), QStringLiteral("only in R1"));
        QVERIFY(!rowOf(so, "config.rope_theta").tooltip.empty());
        QCOMPARE(rowOf(so, "config.quantization_config.fmt").state, RowState::OnlyIn);
    }

    void nothingDiffersFromItself()
    {
        const QTemporaryDir folder;
        SmallLlama().write(folder.filePath("small"));
        const Difference so = difference({subjectAt(folder.filePath("small"), "A"), subjectAt(folder.filePath("small"), "B")});
        QCOMPARE(so.differing(), size_t(0));
        QVERIFY2(text(so.headline).startsWith("Same structure: Llama dense with GQA 4/2, 2 layers"), so.headline.c_str());
        QVERIFY(text(so.headline).contains("nothing differs beside the weights' values"));
    }

    void aVariantsChangesAreNamed()
    {
        const QTemporaryDir folder;
        SmallLlama base, tuned;
        tuned.config["rope_theta"] = 500000.0;
        tuned.dtypes["model.layers.1.mlp.up_proj.weight"] = Dtype::F32;
        base.write(folder.filePath("base"));
        tuned.write(folder.filePath("tuned"));
        const Difference so = difference({subjectAt(folder.filePath("base"), "base"), subjectAt(folder.filePath("tuned"), "tuned")});
        QVERIFY2(text(so.headline).contains("one config field differs: rope_theta"), so.headline.c_str());
        const DifferenceRow &up = rowOf(so, "part.up");
        QCOMPARE(up.state, RowState::Differs);
        QVERIFY2(text(up.cells[1].text).contains("BF16 (1), F32 (1)"), up.cells[1].text.c_str());
        QCOMPARE(rowOf(so, "part.down").state, RowState::Same);
        QCOMPARE(rowOf(so, "dtypes.F32").state, RowState::OnlyIn);
    }

    void separateExpertsAgainstFused()
    {
        const QTemporaryDir folder;
        SmallLlama separate, fused;
        for (SmallLlama *model : {&separate, &fused}) {
            model->config["num_experts"] = 4;
            model->config["num_experts_per_tok"] = 2;
            model->config["model_type"] = "qwen3_moe";
            model->config["architectures"] = QJsonArray{"Qwen3MoeForCausalLM"};
            model->config["moe_intermediate_size"] = 12;
        }
        for (const std::string layer : {"model.layers.0.mlp.", "model.layers.1.mlp."}) {
            for (SmallLlama *model : {&separate, &fused}) {
                for (const char *name : {"gate_proj.weight", "up_proj.weight", "down_proj.weight"})
                    model->tensors.erase(layer + name);
                model->tensors[layer + "gate.weight"] = {4, 8};
            }
            for (const std::string expert : {"0", "1", "2", "3"})
                separate.tensors[layer + "experts." + expert + ".gate_proj.weight"] = {12, 8};
            fused.tensors[layer + "experts.gate_proj"] = {4, 12, 8};
        }
        separate.write(folder.filePath("separate"));
        fused.write(folder.filePath("fused"));
        const Difference so = difference({subjectAt(folder.filePath("separate"), "A"), subjectAt(folder.filePath("fused"), "B")});
        const DifferenceRow &row = rowOf(so, "part.expert_gate");
        QVERIFY2(text(row.cells[0].text).contains("12 x 8") && text(row.cells[0].text).contains("4 experts, a tensor each"),
                 row.cells[0].text.c_str());
        QVERIFY2(text(row.cells[1].text).contains("12 x 8") && text(row.cells[1].text).contains("4 experts in one tensor"),
                 row.cells[1].text.c_str());
        QCOMPARE(row.state, RowState::Same);
    }

    void safetensorsAgainstGguf()
    {
        const QString gguf = sharedFolder() + "/reference-gguf/llama-tiny-f32.gguf";
        if (sharedFolder().isEmpty() || !QFile::exists(gguf))
            QSKIP("the shared GGUF files are not there");
        const Difference so = difference({subjectAt(dataFolder() + "/models/llama-gqa", "HF"), subjectAt(gguf, "GGUF")});
        // The same things under other names stand in one row, for all the parts that a Llama has.
        for (const char *id : {"part.token_embedding", "part.attention_norm", "part.query", "part.key", "part.value", "part.attention_output",
                               "part.mlp_norm", "part.gate", "part.up", "part.down", "part.final_norm"}) {
            const DifferenceRow &row = rowOf(so, id);
            QVERIFY2(row.cells[0].present && row.cells[1].present, id);
        }
        QVERIFY(so.find("part.other") == nullptr);
        // Fields of the config under their common names, whatever numbers they are written in.
        for (const char *id : {"config.num_hidden_layers", "config.hidden_size", "config.rms_norm_eps", "config.rope_theta", "config.model_type"}) {
            const DifferenceRow &row = rowOf(so, id);
            QVERIFY2(row.cells[0].present && row.cells[1].present, id);
        }
        QCOMPARE(rowOf(so, "config.model_type").state, RowState::Same);
        QCOMPARE(rowOf(so, "config.rms_norm_eps").state, RowState::Same);
        QVERIFY2(!text(so.headline).contains("Not the same model"), so.headline.c_str());
    }

    void samplesShareTheirTokenizer()
    {
        const QString samples = QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/");
        const Difference so = difference({subjectAt(samples + "full", "full"), subjectAt(samples + "distilled", "distilled")});
        QCOMPARE(rowOf(so, "tokenizer.shared").state, RowState::Same);
        QCOMPARE(rowOf(so, "tokenizer.size").state, RowState::Same);
        QVERIFY2(text(so.headline).startsWith("Same family, other sizes"), so.headline.c_str());
        const auto json = differenceJson(so, false);
        QCOMPARE(json["subjects"].size(), size_t(2));
        QVERIFY(json["tokenizer"].empty() && !json["config"].empty());
        QVERIFY(!differenceJson(so, true)["tokenizer"].empty());
    }

    void threeAreHeldAgainstTheFirst()
    {
        const QString samples = QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/");
        const Difference so = difference({subjectAt(samples + "base", "base"), subjectAt(samples + "full", "full"),
                                          subjectAt(samples + "distilled", "distilled")});
        QCOMPARE(so.names.size(), size_t(3));
        for (const auto &rows : so.sections) {
            for (const DifferenceRow &row : rows)
                QCOMPARE(row.cells.size(), size_t(3));
        }
        QVERIFY2(text(so.headline).contains("of 3 have the structure of the first"), so.headline.c_str());
    }

    void weightsOfTheSamePlace()
    {
        const QTemporaryDir folder;
        SmallLlama base, tuned;
        tuned.tensors["model.norm.weight"] = {9};
        base.write(folder.filePath("base"));
        tuned.write(folder.filePath("tuned"));
        // One element of the tuned model's embedding becomes 1: all others are 0 in both.
        const DifferenceSubject a = subjectAt(folder.filePath("base"), "base"), b = subjectAt(folder.filePath("tuned"), "tuned");
        const TensorRecord *embedding = b.inspection->directory.checkpoint.find("model.embed_tokens.weight");
        QFile file(folder.filePath("tuned/model.safetensors"));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(qint64(embedding->offset)));
        QCOMPARE(file.write("\x80\x3f", 2), qint64(2)); // 1.0 as bfloat16, smallest byte first
        file.close();
        const auto compared = compareSubjects(a, b, {});
        QVERIFY2(compared.has_value(), compared ? "" : compared.error().sentence().c_str());
        QCOMPARE(compared->pairs, uint64_t(21));
        QCOMPARE(compared->unpaired, uint64_t(0));
        const WeightRow &first = compared->rows.front();
        QCOMPARE(text(first.name), QStringLiteral("model.embed_tokens.weight"));
        QCOMPARE(first.relative, 1.0); // ||0 - 1|| / ||1||
        QCOMPARE(first.maximum, 1.0);
        QCOMPARE(first.equal, 159.0 / 160.0);
        QVERIFY2(!compared->rows.back().error.empty(), "the norms have other shapes");
        QVERIFY(text(weightHeadline(*compared)).startsWith("19 of 20 weights are equal in every element."));
        QVERIFY(weightComparisonJson(*compared)["weights"].size() == 21);
        std::stop_source stop;
        stop.request_stop();
        const auto cancelled = compareSubjects(a, b, {stop.get_token(), {}});
        QVERIFY(!cancelled && cancelled.error().code == ErrorCode::Cancelled);
    }

    void weightsUnderOtherNames()
    {
        const QString gguf = sharedFolder() + "/reference-gguf/llama-tiny-f32.gguf";
        if (sharedFolder().isEmpty() || !QFile::exists(gguf))
            QSKIP("the shared GGUF files are not there");
        const DifferenceSubject a = subjectAt(dataFolder() + "/models/llama-gqa", "HF"), b = subjectAt(gguf, "GGUF");
        const auto catalog = [](const DifferenceSubject &subject) {
            return catalogOf(subject.inspection->directory.checkpoint, subject.inspection->facts.config, subject.inspection->directory.files.get());
        };
        const WeightCatalog first = catalog(a), second = catalog(b);
        QVERIFY(pairsByName(first, second).empty());
        QStringList names;
        for (const WeightPair &pair : weightPairs(first, second))
            names << text(std::string(first.checkpoint().tensors[pair.a].name)) + " = "
                         + text(std::string(second.checkpoint().tensors[pair.b].name));
        QVERIFY2(names.contains("model.layers.1.mlp.down_proj.weight = blk.1.ffn_down.weight"), qPrintable(names.join('\n')));
        QVERIFY(names.contains("model.layers.0.input_layernorm.weight = blk.0.attn_norm.weight"));
        QVERIFY(names.filter("q_proj").isEmpty()); // its rows stand in another order there
    }

    void chatTemplatesLineByLine()
    {
        const QTemporaryDir folder;
        const auto write = [&](const QString &name, const QByteArray &chat) {
            SmallLlama().write(folder.filePath(name));
            QFile file(folder.filePath(name) + "/tokenizer_config.json");
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QJsonDocument(QJsonObject{{"chat_template", QString::fromUtf8(chat)}, {"eos_token", "<end>"}}).toJson());
        };
        write("a", "one\ntwo\nthree");
        write("b", "one\n2\nthree\nfour");
        const Difference so = difference({subjectAt(folder.filePath("a"), "a"), subjectAt(folder.filePath("b"), "b")});
        QCOMPARE(so.templates.size(), size_t(1));
        QCOMPARE(words(so.templates.front().lines), (QStringList{" one", "-two", "+2", " three", "+four"}));
        QVERIFY(text(so.headline).contains("another chat template"));
        QCOMPARE(rowOf(so, "tokenizer.eos_token").state, RowState::Same);
    }

    void lineDifferences_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QStringList>("lines");
        QTest::newRow("both empty") << "" << "" << QStringList{};
        QTest::newRow("from nothing") << "" << "a\nb" << QStringList{"+a", "+b"};
        QTest::newRow("to nothing") << "a\nb" << "" << QStringList{"-a", "-b"};
        QTest::newRow("same") << "a\nb\n" << "a\nb\n" << QStringList{" a", " b"};
        // The example of Myers' paper, ABCABBA to CBABAC: five edits.
        QTest::newRow("paper") << "A\nB\nC\nA\nB\nB\nA" << "C\nB\nA\nB\nA\nC" << QStringList{"-A", "-B", " C", "+B", " A", " B", "-B", " A", "+C"};
    }
    void lineDifferences()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QStringList, lines);
        const QStringList found = words(diffLines(before.toStdString(), after.toStdString()));
        QCOMPARE(found.filter(QRegularExpression("^[-+]")).size(), lines.filter(QRegularExpression("^[-+]")).size());
        // Whatever way was chosen, it leads from the one to the other.
        const auto side = [&](QChar without) {
            QStringList out;
            for (const QString &line : found) {
                if (line[0] != without)
                    out << line.mid(1);
            }
            return out.join('\n');
        };
        QCOMPARE(side('+'), before.trimmed());
        QCOMPARE(side('-'), after.trimmed());
    }

    void veryDifferentTextsAreReplaced()
    {
        std::string before = "head\n", after = "head\n";
        for (int i = 0; i < 5000; ++i) {
            before += "a" + std::to_string(i) + "\n";
            after += "b" + std::to_string(i) + "\n";
        }
        const auto lines = diffLines(before + "tail", after + "tail");
        QCOMPARE(lines.size(), size_t(10002));
        QVERIFY(lines.front().change == LineChange::Same && lines.back().change == LineChange::Same);
    }
};

QTEST_APPLESS_MAIN(TestDifference)
#include "tst_difference.moc"
