// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/rope.h"
#include "tests/model/modelfiles.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace assay;
using namespace assay::test;

/// What leaves the room: JSON as DESIGN.md fixes it, rows for people, the fingerprint.
class TestOutput : public QObject
{
    Q_OBJECT

    static QJsonObject json(const ModelFacts &facts, const Checkpoint *tensors = nullptr)
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(factsToJson(facts, tensors).dump())).object();
    }

private slots:
    void jsonHasTheFieldsOfTheContract()
    {
        const QJsonObject out = json(SmallLlama().facts());
        const QStringList wanted{"name", "format", "architecture", "model_type", "layers", "hidden_size",
                                 "intermediate_size", "attention", "position", "rope", "normalization", "activation",
                                 "gated_mlp", "experts", "context_length", "vocabulary_size", "tied_embeddings",
                                 "tensor_count", "parameters", "bytes", "dtypes", "quantization",
                                 "kv_bytes_per_token", "flops_per_token", "findings", "kv_cache", "work", "modules",
                                 "adapter", "licence", "bits_per_weight", "quantization_schemes", "next_token_layers"};
        for (const QString &field : wanted)
            QVERIFY2(out.contains(field), qPrintable(field));
        for (const char *field : {"kind", "heads", "kv_heads", "head_dim", "window"})
            QVERIFY(out["attention"].toObject().contains(QLatin1String(field)));
        for (const char *field : {"total", "main", "mtp", "embedding", "active", "stored_elements"})
            QVERIFY(out["parameters"].toObject().contains(QLatin1String(field)));
        QVERIFY(out["experts"].isNull() && out["quantization"].isNull() && out["context_length"].isNull());
        QVERIFY(!out.contains("tensors"));
        // 2 layers x (8 + 4 + 4 + 8 rows of 8, 3 x 12 x 8, 2 x 8) + 2 x 20 x 8 + 8.
        QCOMPARE(out["parameters"].toObject()["total"].toInteger(), 2 * (24 * 8 + 3 * 96 + 16) + 2 * 160 + 8);
        QCOMPARE(out["dtypes"].toObject()["BF16"].toObject()["tensors"].toInteger(), 21);
        QCOMPARE(out["bytes"].toObject()["weights"].toInteger(), 2 * out["parameters"].toObject()["total"].toInteger());
        // 2 x matrices without the embedding: no norms.
        QCOMPARE(out["flops_per_token"].toDouble(), 2.0 * (2 * (24 * 8 + 3 * 96) + 160));
    }

    void jsonListsTensors()
    {
        const QTemporaryDir folder;
        SmallLlama().write(folder.filePath("small"));
        const Inspection inspection = inspected(folder.filePath("small"));
        const QJsonArray tensors = json(inspection.facts, &inspection.directory.checkpoint)["tensors"].toArray();
        QCOMPARE(tensors.size(), 21);
        const QJsonObject first = tensors[0].toObject();
        QCOMPARE(first["name"].toString(), QStringLiteral("lm_head.weight"));
        QCOMPARE(first["shape"].toArray(), (QJsonArray{20, 8}));
        QCOMPARE(first["parameters"].toInteger(), 160);
        QCOMPARE(first["bytes"].toInteger(), 320);
        QCOMPARE(first["file"].toString(), QStringLiteral("model.safetensors"));
        QVERIFY(first["offset"].toInteger() >= 8);
    }

    void aFolderWithAnyNameGivesJson()
    {
        const QTemporaryDir folder;
        const std::string odd = folder.path().toStdString() + "/odd\xFFname";
        std::filesystem::create_directory(odd);
        SmallLlama().write(folder.filePath("small"));
        for (const char *file : {"config.json", "model.safetensors"})
            std::filesystem::copy_file(folder.filePath("small").toStdString() + "/" + file, odd + "/" + file);
        auto inspection = inspectModel(odd);
        QVERIFY(inspection.has_value());
        QVERIFY(!factsToJson(inspection->facts, &inspection->directory.checkpoint).dump().empty());
    }

    void configAloneCountsNothing()
    {
        const QTemporaryDir folder;
        SmallLlama().write(folder.filePath("small"));
        QVERIFY(QFile::remove(folder.filePath("small/model.safetensors")));
        const QJsonObject out = json(inspected(folder.filePath("small")).facts);
        QVERIFY(out["parameters"].isNull() && out["bytes"].isNull() && out["flops_per_token"].isNull());
        QCOMPARE(out["layers"].toInteger(), 2);
        QCOMPARE(out["kv_bytes_per_token"].toInteger(), 2 * 2 * 2 * 2 * 2);
        QCOMPARE(out["attention"].toObject()["kind"].toString(), QStringLiteral("GQA"));
    }

    void rowsHaveUniqueIdsAndEvidence()
    {
        QSet<QString> ids;
        for (const FactRow &row : factRows(SmallLlama().facts())) {
            QVERIFY2(!ids.contains(row.id), row.id);
            ids.insert(row.id);
            QVERIFY2(!row.value.empty() && !row.exact.empty() && !row.evidence.empty(), row.id);
            QVERIFY2(row.shownEvidence().find('%') == std::string::npos, row.id);
        }
        for (const char *id : {"architecture", "layers", "parameters.total", "bytes.weights", "kv_bytes_per_token"})
            QVERIFY2(ids.contains(id), id);
    }

    void wordsOfRowsAreTranslated()
    {
        const Translate shout = [](const char *context, const char *source) {
            return std::string(context) == "Evidence" || std::string_view(source) == "no" ? std::string("<") + source + ">"
                                                                                        : std::string(source);
        };
        for (const FactRow &row : factRows(SmallLlama().facts())) {
            const std::string_view id = row.id;
            if (id == "parameters.total") // the numbers are put into the translated pattern
                QCOMPARE(row.shownEvidence(shout), std::string("<1,320 elements, 0 of scales, 0 of buffers>"));
            if (id == "tied_embeddings")
                QCOMPARE(row.shownValue(shout), std::string("<no>"));
            if (id == "bits_per_weight")
                QCOMPARE(row.value, std::string("16.0"));
        }
    }

    void rowsSayWhereANumberComesFrom()
    {
        for (const FactRow &row : factRows(SmallLlama().facts())) {
            const QString id = row.id;
            if (id == "hidden_size" || id == "layers" || id == "parameters.total")
                QCOMPARE(provenanceName(row.provenance), "counted");
            if (id == "architecture")
                QCOMPARE(provenanceName(row.provenance), "declared");
            if (id == "kv_bytes_per_token")
                QCOMPARE(provenanceName(row.provenance), "derived");
        }
    }

    /// PyTorch keeps a tied head as a second name of the embedding's bytes.
    void sharedBytesAreCountedOnce()
    {
        const QTemporaryDir folder;
        SmallLlama small;
        small.config.remove("tie_word_embeddings");
        small.write(folder.filePath("small"));
        ModelDirectory directory = inspected(folder.filePath("small")).directory;
        const ModelFacts apart = collectFacts(directory, buildLayerTree(directory.checkpoint));
        QCOMPARE(apart.parameters.total, uint64_t(1320));
        directory.checkpoint.format = "torch";
        const auto offsetOf = [&](std::string_view name) { return directory.checkpoint.find(name)->offset; };
        // The embedding's other name, and one layer's gate that is the other's.
        for (TensorRecord &tensor : directory.checkpoint.tensors) {
            if (tensor.name == "lm_head.weight")
                tensor.offset = offsetOf("model.embed_tokens.weight");
            if (tensor.name == "model.layers.1.mlp.gate_proj.weight")
                tensor.offset = offsetOf("model.layers.0.mlp.gate_proj.weight");
        }
        const LayerNode tree = buildLayerTree(directory.checkpoint);
        const ModelFacts facts = collectFacts(directory, tree);
        const uint64_t own = 1320 - 20 * 8 - 12 * 8;
        QCOMPARE(facts.tensorCount, uint64_t(21));
        QCOMPARE(facts.parameters.total, own);
        QCOMPARE(facts.parameters.storedElements, own);
        QCOMPARE(facts.parameters.embedding, uint64_t(160));
        QCOMPARE(facts.parameters.activeWithHead, own); // the embedding is the head as well
        QCOMPARE(facts.parameters.activeCore, own - 160);
        QCOMPARE(facts.weightBytes, 2 * own);
        QCOMPARE(facts.dtypes.at("BF16").tensors, uint64_t(19));
        QCOMPARE(facts.dtypes.at("BF16").elements, own);
        QCOMPARE(facts.tiedEmbeddings, std::optional(true));
        QCOMPARE(*facts.flopsPerToken, *apart.flopsPerToken); // shared weights are multiplied with all the same
        bool told = false;
        for (const FactRow &row : factRows(facts)) {
            if (std::string_view(row.id) == "tensors.shared") {
                told = true;
                QCOMPARE(row.value, std::string("2"));
            }
        }
        QVERIFY(told);
        for (const FactRow &row : factRows(apart))
            QVERIFY(std::string_view(row.id) != "tensors.shared");
    }

    void figuresOfAContextNameIt()
    {
        const auto rows = factRows(SmallLlama().facts());
        for (const char *id : {"flops_at_context", "flops_prefill"}) {
            const auto row = std::find_if(rows.begin(), rows.end(), [&](const FactRow &each) { return std::string_view(each.id) == id; });
            QVERIFY2(row != rows.end(), id);
            QVERIFY2(std::string_view(row->label).find("4,096") != std::string_view::npos, row->label);
            QVERIFY2(row->shownEvidence().find("4,096") != std::string::npos, id); // what was computed
        }
    }

    void aPackingIsToldOnce()
    {
        SmallLlama small;
        ModelFacts facts = small.facts();
        const auto tells = [&] {
            const auto rows = factRows(facts);
            return std::any_of(rows.begin(), rows.end(), [](const FactRow &row) { return std::string_view(row.id) == "quantization.stored"; });
        };
        QVERIFY(!tells());
        facts.schemes.emplace_back();
        facts.schemes.back().method = "gptq";
        facts.schemes.back().bits = 4;
        facts.schemes.back().example = "x.qweight";
        facts.quantization = facts.schemes.back().text();
        QVERIFY(!tells());
        facts.quantization = "awq 4-bit";
        QVERIFY(tells());
    }

    void theFingerprintTellsStructuresApart()
    {
        const auto print = [](const SmallLlama &model) {
            const QTemporaryDir folder;
            model.write(folder.filePath("small"));
            return structureFingerprint(inspected(folder.filePath("small")).directory.checkpoint);
        };
        SmallLlama same, renamed, reshaped, retyped;
        renamed.tensors["model.norm.weighT"] = {8};
        renamed.tensors.erase("model.norm.weight");
        reshaped.tensors["lm_head.weight"] = {8, 20};
        retyped.dtypes["lm_head.weight"] = Dtype::F16;
        const std::string first = print(same);
        QCOMPARE(first.size(), size_t(32));
        QCOMPARE(print(same), first);
        QSet<QString> all{QString::fromStdString(first)};
        for (const SmallLlama *model : {&renamed, &reshaped, &retyped})
            all.insert(QString::fromStdString(print(*model)));
        QCOMPARE(all.size(), 4);
    }

    /// How far positions are stretched: by a factor, or by a table in the file, which has none.
    void scalingsOfPositions()
    {
        ModelFacts facts = SmallLlama().facts();
        const auto shown = [&](const char *type, double factor) {
            facts.config.ropeScaling = RopeScaling();
            facts.config.ropeScaling->type = type;
            facts.config.ropeScaling->factor = factor;
            for (const FactRow &row : factRows(facts)) {
                if (row.value.starts_with("rope"))
                    return row.value.substr(row.value.rfind(", ") + 2);
            }
            return std::string();
        };
        QCOMPARE(shown("yarn", 4), std::string("yarn x 4"));
        QCOMPARE(shown("longrope", 1), std::string("longrope"));
        QCOMPARE(shown(kRopeDivisors, 1), std::string("scaled by rope_freqs.weight"));
    }
};

QTEST_APPLESS_MAIN(TestOutput)
#include "tst_output.moc"
