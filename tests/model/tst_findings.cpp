// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/memoryplan.h"
#include "tests/model/modelfiles.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

/// A sound model has no findings; each change to it has exactly its own.
class TestFindings : public QObject
{
    Q_OBJECT

private slots:
    void dangerComesFirst()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("pytorch_model.bin"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        // A pickle of protocol 0: os.system("true"), with a list around it.
        file.write("(lcos\nsystem\n(S'true'\ntRa.");
        file.close();
        const auto inspection = inspectModel(folder.path().toStdString());
        QVERIFY2(inspection.has_value(), inspection ? "" : inspection.error().sentence().c_str());
        const auto &findings = inspection->facts.findings;
        QVERIFY(findings.size() > 1 && definitionOf(findings[1].code).severity == Severity::Problem);
        QCOMPARE(int(findings.front().code), int(FindingCode::PickleRunsCode));
    }

    void aSoundModelHasNone() { QCOMPARE(findingIds(SmallLlama().facts()), QStringList()); }

    void configAndTensorsDisagree_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const char *field, const QJsonValue &value, const QStringList &found) {
            QTest::newRow(field) << QString::fromLatin1(field) << value << found;
        };
        row("num_hidden_layers", 3, {"config.layers"});
        row("hidden_size", 16, {"config.heads", "config.heads", "config.hidden_size"});
        row("intermediate_size", 13, {"config.intermediate_size"});
        row("num_attention_heads", 2, {"config.heads"});
        row("num_key_value_heads", 4, {"config.heads"});
        row("vocab_size", 21, {"config.vocabulary"});
        row("torch_dtype", "float32", {"config.dtype"});
        row("tie_word_embeddings", true, {"config.tied_head"});
    }
    void configAndTensorsDisagree()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QFETCH(QStringList, found);
        SmallLlama model;
        model.config[field] = value;
        if (field == "num_attention_heads")
            model.config["head_dim"] = 2; // or its width would follow the number
        if (field == "hidden_size") {
            model.config["head_dim"] = 3;
        }
        QCOMPARE(findingIds(model.facts()), found);
    }

    void missingTensors()
    {
        SmallLlama model;
        model.tensors.erase("model.layers.1.mlp.up_proj.weight");
        model.tensors.erase("model.norm.weight");
        const ModelFacts facts = model.facts();
        QCOMPARE(findingIds(facts), QStringList{"tensors.missing"});
        QCOMPARE(facts.findings[0].arguments[0], std::string("2"));
        QCOMPARE(facts.findings[0].arguments[1], std::string("LlamaForCausalLM"));
        QCOMPARE(facts.findings[0].arguments[2], std::string("model.norm.weight")); // as the file would have it
        model.config.remove("architectures"); // then the model's type says what it needs
        const ModelFacts untold = model.facts();
        const auto missing = std::find_if(untold.findings.begin(), untold.findings.end(),
                                          [](const Finding &finding) { return finding.code == FindingCode::TensorsMissing; });
        QVERIFY(missing != untold.findings.end());
        QCOMPARE(missing->arguments[1], std::string("llama"));
    }

    /// An embedding and a head alone are no model of two layers.
    void allLayersMissing()
    {
        SmallLlama model;
        std::erase_if(model.tensors, [](const auto &tensor) { return tensor.first.starts_with("model.layers."); });
        const ModelFacts facts = model.facts();
        QVERIFY(findingIds(facts).contains("config.layers"));
        const auto layers = std::find_if(facts.findings.begin(), facts.findings.end(),
                                         [](const Finding &finding) { return finding.code == FindingCode::LayersDisagree; });
        QCOMPARE(layers->sentence(), std::string("The config declares 2 layers, the tensors have 0"));
    }

    void unexpectedTensors()
    {
        SmallLlama model;
        model.tensors["model.layers.0.adapter.weight"] = {8, 8};
        model.tensors["extra"] = {3};
        const ModelFacts facts = model.facts();
        QCOMPARE(findingIds(facts), QStringList{"tensors.unexpected"});
        QCOMPARE(facts.findings[0].arguments[0], std::string("2"));
    }

    void aHeadThatIsNotStored()
    {
        SmallLlama model;
        model.tensors.erase("lm_head.weight");
        QCOMPARE(findingIds(model.facts()), QStringList{"config.head_missing"});
        model.config["tie_word_embeddings"] = true;
        const ModelFacts tied = model.facts();
        QCOMPARE(findingIds(tied), QStringList());
        QVERIFY(tied.tiedEmbeddings.value());
    }

    void aTiedHeadStoredTwiceIsCountedOnce()
    {
        SmallLlama model;
        const uint64_t own = model.facts().parameters.main;
        model.config["tie_word_embeddings"] = true;
        const ModelFacts tied = model.facts();
        QCOMPARE(tied.parameters.main, own - 20 * 8);
        QCOMPARE(tied.parameters.storedElements, own);
    }

    void unknownArchitecturesAreReadAllTheSame()
    {
        SmallLlama model;
        model.config["architectures"] = QJsonArray{"NovelForCausalLM"};
        model.config["model_type"] = "novel";
        const ModelFacts facts = model.facts();
        QCOMPARE(findingIds(facts), QStringList{"architecture.unknown"});
        QCOMPARE(facts.layers, int64_t(2));
        QCOMPARE(facts.position, std::string("rope"));
        QCOMPARE(attentionKindName(facts.attention), "GQA");
        QCOMPARE(facts.kvBytesPerToken.value(), uint64_t(2 * 8 * 2));
        QCOMPARE(facts.gatedMlp.value(), true);
    }

    void namesThatSayASize_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("wrong");
        const double parameters = 1320; // of the small model
        QCOMPARE(double(SmallLlama().facts().parameters.main), parameters);
        QTest::newRow("no size") << "small" << false;
        QTest::newRow("right") << "small-0.0013M" << false;
        QTest::newRow("rounded") << "small-0.001m-chat" << false;
        QTest::newRow("much more") << "small-7B" << true;
        QTest::newRow("in the middle") << "org_1.5b_instruct" << true;
        QTest::newRow("bits") << "small-4bit" << false;
        QTest::newRow("a mixture") << "small-8x7B" << false;
        QTest::newRow("an active size") << "small-A3B" << false;
        QTest::newRow("a context") << "small-128k" << false;
    }
    void namesThatSayASize()
    {
        QFETCH(QString, name);
        QFETCH(bool, wrong);
        QCOMPARE(findingIds(SmallLlama().facts(name)), wrong ? QStringList{"name.size"} : QStringList());
    }

    void tokenizersWithMoreIdsThanRows_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("larger");
        const auto row = [](const char *name, const char *file, const char *text, bool larger) {
            QTest::newRow(name) << QString::fromLatin1(file) << QByteArray(text).replace('\'', '"') << larger;
        };
        row("fits", "tokenizer.json", "{'model':{'vocab':{'a':19}}}", false);
        row("vocabulary", "tokenizer.json", "{'model':{'vocab':{'a':20}}}", true);
        row("added", "tokenizer.json", "{'added_tokens':[{'id':25}]}", true);
        row("added apart", "added_tokens.json", "{'<x>':20}", true);
        row("decoder", "tokenizer_config.json", "{'added_tokens_decoder':{'20':{}}}", true);
        row("damaged", "tokenizer.json", "{'model':", false);
        row("odd", "tokenizer.json", "{'model':[],'added_tokens':[3,{'id':'x'}]}", false);
    }
    void tokenizersWithMoreIdsThanRows()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, text);
        QFETCH(bool, larger);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("small"));
        SmallLlama().write(path);
        QFile out(path + "/" + file);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(text) == text.size());
        out.close();
        QCOMPARE(findingIds(inspected(path).facts),
                 larger ? QStringList{"tokenizer.vocabulary"} : QStringList());
    }

    void configsThatCannotBeUsed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("deep") << "{\"a\":" + QByteArray(1'000'000, '[') + QByteArray(1'000'000, ']') + "}";
        QTest::newRow("zero byte") << QByteArray("{}\0", 3);
        QTest::newRow("bad UTF-8") << QByteArray("{\"a\":\"\xFF\"}");
    }
    void configsThatCannotBeUsed()
    {
        QFETCH(QByteArray, text);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("small"));
        SmallLlama().write(path);
        QFile out(path + "/config.json");
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(text) == text.size());
        out.close();
        const ModelFacts facts = inspected(path).facts;
        QCOMPARE(findingIds(facts), QStringList{"config.unreadable"});
        QVERIFY(!facts.hasConfig);
        QCOMPARE(facts.layers, int64_t(2)); // counted
        QCOMPARE(facts.hiddenSize.value.value(), int64_t(8));
    }

    void forgedNumbersEndWell()
    {
        for (const char *field : {"num_hidden_layers", "hidden_size", "num_attention_heads", "num_key_value_heads",
                                  "head_dim", "vocab_size", "intermediate_size", "num_local_experts",
                                  "num_nextn_predict_layers", "kv_lora_rank", "qk_rope_head_dim", "sliding_window"}) {
            for (const QJsonValue &value : {QJsonValue(9007199254740992.0), QJsonValue(-9007199254740992.0),
                                           QJsonValue(0), QJsonValue("x"), QJsonValue(QJsonArray())}) {
                SmallLlama model;
                model.config[QLatin1String(field)] = value;
                const ModelFacts facts = model.facts();
                QCOMPARE(facts.parameters.total, uint64_t(1320));
                MemoryRequest request = usualRequest(facts);
                request.context = 1 << 30;
                request.batch = 1 << 20;
                const MemoryRange need = planMemory(memoryModel(facts), request).total();
                QVERIFY(need.low <= need.high && need.high > facts.weightBytes);
                QVERIFY(!factRows(facts).empty());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestFindings)
#include "tst_findings.moc"
