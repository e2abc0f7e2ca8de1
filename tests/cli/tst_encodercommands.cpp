// SPDX-License-Identifier: GPL-3.0-or-later
// `assay classify`, `embed` and `fill` through the real worker, against values computed by the transformers library
// (tests/data/models/*/expected.json), and what other commands say of such models.
#include "tests/cli/runner.h"
#include "tests/worker/maskedmodel.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

namespace {

using List = QStringList;

QJsonObject objectOf(const Ran &ran)
{
    return QJsonDocument::fromJson(ran.out).object();
}

QJsonArray resultsOf(const List &arguments)
{
    return objectOf(runAssay(arguments + List{QStringLiteral("--json")}))[QStringLiteral("results")].toArray();
}

/// --tokens and, where the input has types, --types of one of a model's expected inputs, without its padding.
List tokensOf(const nlohmann::json &input)
{
    List ids, types;
    for (size_t i = 0; i < input["input_ids"].size(); ++i) {
        if (input["attention_mask"][i] != 1)
            continue;
        ids << QString::number(input["input_ids"][i].get<int>());
        types << QString::number(input.contains("token_type_ids") ? input["token_type_ids"][i].get<int>() : 0);
    }
    return {QStringLiteral("--tokens"), ids.join(u','), QStringLiteral("--types"), types.join(u',')};
}

List command(const char *name, const QString &model)
{
    return {QString::fromLatin1(name), model};
}

/// {"error": {"code": ...}} of what must fail.
QString codeOf(const Ran &ran)
{
    return ran.exitCode == 0 ? QString() : objectOf(ran)[QStringLiteral("error")].toObject()[QStringLiteral("code")].toString();
}

} // namespace

class TestEncoderCommands : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_classifier; ///< with a tokenizer
    QString m_masked;     ///< the same

private slots:
    void initTestCase()
    {
        m_classifier = m_folder.filePath(QStringLiteral("classifier"));
        m_masked = m_folder.filePath(QStringLiteral("masked"));
        const auto model = ChangedModel::read(reference::path(QStringLiteral("bert-seqcls")).toStdString());
        QVERIFY(model.write(m_classifier.toStdString()) && masked::writeTokenizer(m_classifier.toStdString()));
        QVERIFY(!masked::writeModel(QStringLiteral("bert-seqcls"), m_masked).weight.empty());
        QVERIFY(masked::writeTokenizer(m_masked.toStdString()));
    }

    void classifyGivesTheLibrarysLogits_data()
    {
        QTest::addColumn<QString>("model");
        for (const char *model : {"bert-seqcls", "roberta-seqcls", "distilbert-seqcls"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }
    void classifyGivesTheLibrarysLogits()
    {
        QFETCH(QString, model);
        List arguments = command("classify", testModel(model));
        const auto inputs = reference::expected(model)["inputs"];
        for (const auto &input : inputs)
            arguments += tokensOf(input);
        const QJsonArray results = resultsOf(arguments);
        QCOMPARE(results.size(), qsizetype(inputs.size()));
        for (size_t i = 0; i < inputs.size(); ++i) {
            const QJsonArray labels = results[qsizetype(i)].toObject()[QStringLiteral("labels")].toArray();
            const auto logits = inputs[i]["logits"].get<std::vector<double>>();
            QCOMPARE(labels.size(), qsizetype(logits.size()));
            // The likeliest comes first.
            QCOMPARE(labels[0].toObject()[QStringLiteral("label")].toString().toStdString(), inputs[i]["predicted_label"].get<std::string>());
            const double largest = *std::max_element(logits.begin(), logits.end());
            QVERIFY(std::abs(labels[0].toObject()[QStringLiteral("logit")].toDouble() - largest) <= 2e-4);
            double sum = 0;
            for (const QJsonValue &label : labels)
                sum += label.toObject()[QStringLiteral("probability")].toDouble();
            QVERIFY(std::abs(sum - 1) < 1e-9);
        }
    }

    void classifyPrintsATable()
    {
        const Ran ran = runAssay(command("classify", m_classifier) + List{QStringLiteral("--text"), QStringLiteral("good film"), QStringLiteral("--text"), QStringLiteral("bad")});
        QCOMPARE(ran.exitCode, 0);
        for (const char *part : {"text 1:", "text 2:", "NEG", "NEU", "POS", "probability", "%"})
            QVERIFY2(ran.out.contains(part), part);
        const Ran one = runAssay(command("classify", m_classifier) + List{QStringLiteral("--text"), QStringLiteral("bad"), QStringLiteral("--top"), QStringLiteral("1")});
        QCOMPARE(one.out.count('\n'), 2);
    }

    void linesOfAFileAreTexts()
    {
        const QString file = m_folder.filePath(QStringLiteral("lines.txt"));
        QFile lines(file);
        QVERIFY(lines.open(QIODevice::WriteOnly));
        // More than go to the worker at once.
        for (int i = 0; i < 70; ++i)
            lines.write(i % 2 == 0 ? "good film\r\n" : "bad\n");
        lines.close();
        const QJsonArray results = resultsOf(command("classify", m_classifier) + List{QStringLiteral("--file"), file});
        QCOMPARE(results.size(), 70);
        for (int i = 0; i < 70; ++i)
            QCOMPARE(results[i].toObject()[QStringLiteral("tokens")].toInt(), i % 2 == 0 ? 4 : 3);
        const Ran piped = runAssay(command("classify", m_classifier) + List{QStringLiteral("--file"), QStringLiteral("-"), QStringLiteral("--json")}, "good\nbad\n");
        QCOMPARE(objectOf(piped)[QStringLiteral("results")].toArray().size(), 2);
    }

    void pairsGoWithTexts()
    {
        const List texts{QStringLiteral("--text"), QStringLiteral("good"), QStringLiteral("--text"), QStringLiteral("bad"), QStringLiteral("--pair"), QStringLiteral("film film")};
        const QJsonArray results = resultsOf(command("classify", m_classifier) + texts);
        QCOMPARE(results.size(), 2);
        QCOMPARE(results[1].toObject()[QStringLiteral("tokens")].toInt(), 6); // [CLS] bad [SEP] film film [SEP]
    }

    void embedGivesTheLibrarysPooledState()
    {
        const QString model = QStringLiteral("bert-base");
        const auto input = reference::expected(model)["inputs"][0];
        const auto wanted = reference::tensor(model, "pooler_output.0");
        const List arguments = command("embed", testModel(model)) + tokensOf(input) + List{QStringLiteral("--pooling"), QStringLiteral("pooler")};
        const QJsonArray vector = resultsOf(arguments)[0].toObject()[QStringLiteral("vector")].toArray();
        QCOMPARE(size_t(vector.size()), wanted.size());
        for (size_t i = 0; i < wanted.size(); ++i)
            QVERIFY(std::abs(vector[qsizetype(i)].toDouble() - double(wanted[i])) <= 2e-4);
        // Without --json it is the array alone.
        QCOMPARE(QJsonDocument::fromJson(runAssay(arguments).out).array(), vector);
    }

    /// From GGUF the same states, and the vector that the file asks for.
    void embedFollowsGguf()
    {
        const QString file = m_folder.filePath(QStringLiteral("bert.gguf"));
        QCOMPARE(runProgram(QStringLiteral(ASSAY_BINARY_DIR "/tests/slowmodel"), {QStringLiteral("gguf"), testModel(QStringLiteral("bert-base")), file}).exitCode, 0);
        const auto input = reference::expected(QStringLiteral("bert-base"))["inputs"][0];
        const auto states = reference::tensor(QStringLiteral("bert-base"), "last_hidden_state.0");
        const QJsonArray vector = resultsOf(command("embed", file) + tokensOf(input))[0].toObject()[QStringLiteral("vector")].toArray();
        QVERIFY(!vector.isEmpty() && size_t(vector.size()) < states.size());
        for (qsizetype i = 0; i < vector.size(); ++i)
            QVERIFY(std::abs(vector[i].toDouble() - double(states[size_t(i)])) <= 2e-4);
        const Ran pooler = runAssay(command("embed", file) + tokensOf(input) + List{QStringLiteral("--pooling"), QStringLiteral("pooler")});
        QVERIFY2(pooler.exitCode == 64 || pooler.exitCode == 65, pooler.err.constData());
        QVERIFY2(pooler.err.contains("the model has no pooler"), pooler.err.constData());
    }

    void fillTellsWhatStandsForAMask()
    {
        const QJsonArray results = resultsOf(command("fill", m_masked) + List{QStringLiteral("--text"), QStringLiteral("good [MASK] bad [MASK]"), QStringLiteral("--top"), QStringLiteral("3")});
        const QJsonArray masks = results[0].toObject()[QStringLiteral("masks")].toArray();
        QCOMPARE(masks.size(), 2);
        QCOMPARE(masks[0].toObject()[QStringLiteral("position")].toInt(), 2);
        QCOMPARE(masks[1].toObject()[QStringLiteral("position")].toInt(), 4);
        double sum = masks[0].toObject()[QStringLiteral("tail")].toDouble();
        const QJsonArray top = masks[0].toObject()[QStringLiteral("top")].toArray();
        QCOMPARE(top.size(), 3);
        for (const QJsonValue &one : top)
            sum += std::exp(one.toObject()[QStringLiteral("logprob")].toDouble());
        QVERIFY(std::abs(sum - 1) < 1e-9);
        const Ran text = runAssay(command("fill", m_masked) + List{QStringLiteral("--text"), QStringLiteral("good [MASK]")});
        QCOMPARE(text.exitCode, 0);
        QCOMPARE(text.out.count('\n'), 6);
    }

    void longTextsNeedTruncate()
    {
        const List arguments = command("classify", m_classifier) + List{QStringLiteral("--text"), QStringLiteral("good ").repeated(100), QStringLiteral("--json")};
        const Ran refused = runAssay(arguments);
        QCOMPARE(refused.exitCode, 65);
        QCOMPARE(codeOf(refused), QStringLiteral("engine.context_too_long"));
        const QJsonObject cut = objectOf(runAssay(arguments + List{QStringLiteral("--truncate")}))[QStringLiteral("results")].toArray()[0].toObject();
        QCOMPARE(cut[QStringLiteral("tokens")].toInt(), 64);
        QCOMPARE(cut[QStringLiteral("truncated")].toBool(), true);
    }

    void benchTimesPasses()
    {
        const Ran ran = runAssay(command("bench", testModel(QStringLiteral("bert-base")))
                                 + List{QStringLiteral("--prompt-tokens"), QStringLiteral("16,64"), QStringLiteral("--batch"), QStringLiteral("2"), QStringLiteral("--runs"),
                                        QStringLiteral("6"), QStringLiteral("--json")});
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
        const QJsonArray points = objectOf(ran)[QStringLiteral("runs")].toArray()[0].toObject()[QStringLiteral("points")].toArray();
        QCOMPARE(points.size(), 2);
        for (const QJsonValue &value : points) {
            const QJsonObject point = value.toObject();
            QVERIFY(point[QStringLiteral("prompt_tokens")].toInt() == 16 || point[QStringLiteral("prompt_tokens")].toInt() == 64);
            QCOMPARE(point[QStringLiteral("batch")].toInt(), 2);
            QVERIFY(!point.contains(QStringLiteral("output_tokens")));
            QVERIFY(QJsonDocument(point).toJson().contains("pass_time"));
        }
    }

    void otherCommandsSayWhatTheModelIs()
    {
        const QString encoder = testModel(QStringLiteral("bert-base"));
        const List tokens{QStringLiteral("--tokens"), QStringLiteral("5,6"), QStringLiteral("--json")};
        for (const List &arguments : {command("generate", encoder), command("classify", encoder), command("fill", encoder),
                                      command("embed", testModel(QStringLiteral("llama-gqa"))),
                                      command("logits", encoder) + List{QStringLiteral("--out"), m_folder.filePath(QStringLiteral("logits.safetensors"))}}) {
            const Ran ran = runAssay(arguments + tokens);
            QCOMPARE(ran.exitCode, 65);
            QCOMPARE(codeOf(ran), QStringLiteral("engine.wrong_task"));
        }
        const Ran ran = runAssay(command("generate", encoder) + List{QStringLiteral("--prompt"), QStringLiteral("a")});
        QVERIFY2(ran.exitCode == 65 && ran.err.contains("BertModel is an encoder"), ran.err.constData());
        for (const auto &[model, what] : {std::pair("bert-base", "BertModel is an encoder"), {"bert-seqcls", "BertForSequenceClassification is a classifier"}}) {
            const Ran suite = runAssay(command("evaluate", testModel(QString::fromLatin1(model))));
            QVERIFY2(suite.exitCode == 65 && suite.err.contains(what) && suite.out.isEmpty(), suite.err.constData());
        }
    }

    void wrongUsageIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << List{};
        QTest::newRow("both") << List{QStringLiteral("--text"), QStringLiteral("a"), QStringLiteral("--tokens"), QStringLiteral("5")};
        QTest::newRow("no ids") << List{QStringLiteral("--tokens"), QString()};
        QTest::newRow("words for ids") << List{QStringLiteral("--tokens"), QStringLiteral("a,b")};
        QTest::newRow("types without tokens") << List{QStringLiteral("--text"), QStringLiteral("a"), QStringLiteral("--types"), QStringLiteral("0")};
        QTest::newRow("two pairs, three texts") << List{QStringLiteral("--text"), QStringLiteral("a"), QStringLiteral("--text"), QStringLiteral("a"), QStringLiteral("--text"), QStringLiteral("a"),
                                                        QStringLiteral("--pair"), QStringLiteral("b"), QStringLiteral("--pair"), QStringLiteral("b")};
    }
    void wrongUsageIsSaid()
    {
        QFETCH(QStringList, arguments);
        const Ran ran = runAssay(command("classify", m_classifier) + arguments + List{QStringLiteral("--json")});
        QCOMPARE(ran.exitCode, 64);
        QCOMPARE(codeOf(ran), QStringLiteral("usage"));
    }

    void aMissingFileIsNamed()
    {
        const Ran ran = runAssay(command("classify", m_classifier) + List{QStringLiteral("--file"), m_folder.filePath(QStringLiteral("none")), QStringLiteral("--json")});
        QCOMPARE(ran.exitCode, 74);
        QCOMPARE(codeOf(ran), QStringLiteral("file.missing"));
    }
};

QTEST_GUILESS_MAIN(TestEncoderCommands)
#include "tst_encodercommands.moc"
