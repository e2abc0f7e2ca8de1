// SPDX-License-Identifier: GPL-3.0-or-later
// Bad models and requests through the command line and the real worker: each ends with its exit code and one sentence that
// names what is wrong, and nothing on stdout.
#include "tests/cli/runner.h"
#include "tests/worker/changedmodel.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace {

using List = QStringList;

struct BadModel
{
    const char *name, *model;
    void (*change)(ChangedModel &);
    const char *said; ///< what the sentence names
};

const BadModel kBadModels[] = {
    {"missing tensor", "llama-gqa", [](ChangedModel &m) { m.drop("1.mlp.down_proj.weight"); }, "model.layers.1.mlp.down_proj.weight"},
    {"misshapen tensor", "llama-gqa", [](ChangedModel &m) { m.reshape("0.mlp.up_proj.weight", {48, 80}); }, "model.layers.0.mlp.up_proj.weight"},
    {"missing expert", "mixtral-top2", [](ChangedModel &m) { m.drop("experts.5.w2.weight"); }, "experts.5.w2.weight"},
    {"missing classifier", "bert-seqcls", [](ChangedModel &m) { m.drop("classifier.weight"); }, "classifier.weight"},
    {"unknown class", "llama-gqa", [](ChangedModel &m) { m.config["architectures"] = {"CubistForCausalLM"}; }, "CubistForCausalLM"},
    {"unknown activation", "llama-gqa", [](ChangedModel &m) { m.config["hidden_act"] = "xgelu"; }, "xgelu"},
    {"unknown RoPE", "llama-gqa", [](ChangedModel &m) { m.config["rope_scaling"] = {{"rope_type", "spiral"}, {"factor", 2}}; }, "spiral"},
    {"uneven heads", "llama-gqa", [](ChangedModel &m) { m.config["num_key_value_heads"] = 3; }, "num_key_value_heads is 3"},
    {"experts that do not divide", "deepseek-v3-noq", [](ChangedModel &m) { m.config["n_group"] = 3; }, "n_group is 3"},
    {"too many layers", "llama-gqa", [](ChangedModel &m) { m.config["num_hidden_layers"] = 10'000; }, "model.layers.3."},
    {"a number that is none", "llama-gqa", [](ChangedModel &m) { m.written["rope_theta"] = "NaN"; }, "config.json"},
};

List words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

/// "1,1,...".
QString ones(int count)
{
    return QStringLiteral("1,").repeated(count).chopped(1);
}

} // namespace

class TestBadModelCommands : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    /// The model of the test data, changed; where it lies.
    QString made(const char *model, void (*change)(ChangedModel &)) const
    {
        const QString path = m_folder.filePath(QString::fromLatin1(QTest::currentDataTag() ? QTest::currentDataTag() : QTest::currentTestFunction()));
        ChangedModel copy = ChangedModel::read(testModel(QString::fromLatin1(model)).toStdString());
        change(copy);
        return copy.write(path.toStdString()) ? path : QString();
    }

    static void check(const List &arguments, int exitCode, const QByteArray &said)
    {
        const Ran ran = runAssay(arguments);
        const QByteArray told = arguments.join(u' ').toUtf8() + "\n" + ran.err;
        QVERIFY2(ran.exitCode == exitCode, told.constData());
        QVERIFY2(ran.out.isEmpty(), ran.out.constData());
        // Before the sentence stands at most how far a benchmark came.
        QByteArrayList lines = ran.err.trimmed().split('\n');
        const QByteArray sentence = lines.takeLast();
        QVERIFY2(sentence.startsWith("assay: ") && sentence.contains(said), told.constData());
        for (const QByteArray &line : lines)
            QVERIFY2(arguments.front() == QStringLiteral("bench") && line.contains(" \xC2\xB7 Benchmark \xC2\xB7 "), told.constData());
        static const QRegularExpression kInternals(QStringLiteral("std::|c10|at::|torch|0x|\\.cpp|\\bnull\\b|%[0-9]"));
        QVERIFY2(!QString::fromUtf8(sentence).contains(kInternals), told.constData());
    }

private slots:
    void badModels_data()
    {
        QTest::addColumn<int>("row");
        for (int i = 0; i < int(std::size(kBadModels)); ++i)
            QTest::newRow(kBadModels[i].name) << i;
    }
    void badModels()
    {
        QFETCH(int, row);
        const BadModel &bad = kBadModels[row];
        const QString model = made(bad.model, bad.change);
        QVERIFY(!model.isEmpty());
        const QString out = m_folder.filePath(QStringLiteral("logits.safetensors"));
        check(List{QStringLiteral("generate"), model} + words("--tokens 1,2 --max-tokens 2"), 65, bad.said);
        check(List{QStringLiteral("logits"), model, QStringLiteral("--out"), out} + words("--tokens 1,2"), 65, bad.said);
        check(List{QStringLiteral("classify"), model} + words("--tokens 1,2"), 65, bad.said);
        check(List{QStringLiteral("bench"), model} + words("--prompt-tokens 4 --output-tokens 2 --runs 1"), 65, bad.said);
        QVERIFY(!QFileInfo::exists(out));
    }

    void badRequests_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const char *name, const char *model, const List &arguments, const char *said) {
            QTest::newRow(name) << QString::fromLatin1(model) << arguments << QByteArray(said);
        };
        const List tooMany{QStringLiteral("--tokens"), ones(200)}, out{QStringLiteral("--out"), m_folder.filePath(QStringLiteral("none.safetensors"))};
        row("generate a token outside", "llama-gqa", words("generate --tokens 1,259"), "259");
        row("generate beyond the context", "llama-gqa", words("generate") + tooMany, "holds 128");
        row("generate text without a tokenizer", "llama-gqa", words("generate --prompt a"), "okenizer");
        row("logits of a token outside", "llama-gqa", words("logits --tokens 4000000000") + out, "4,000,000,000");
        row("logits beyond the context", "llama-gqa", words("logits") + tooMany + out, "holds 128");
        row("bench beyond the context", "llama-gqa", words("bench --prompt-tokens 120 --output-tokens 20 --runs 1"), "holds 128");
        row("classify a token outside", "bert-seqcls", words("classify --tokens 1,99999"), "99,999");
        row("classify beyond the context", "bert-seqcls", words("classify") + tooMany, "holds 64");
        row("classify by a decoder", "llama-gqa", words("classify --tokens 1,2"), "a model that continues texts");
        row("generate by a classifier", "bert-seqcls", words("generate --tokens 1,2"), "a classifier");
    }
    void badRequests()
    {
        QFETCH(QString, model);
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, said);
        arguments.insert(1, testModel(model));
        check(arguments, 65, said);
    }

    void unreadableTokenizer()
    {
        const QString model = made("llama-gqa", [](ChangedModel &) {});
        QFile file(model + QStringLiteral("/tokenizer.json"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(R"({"model": {"type": "BPE", "vocab": [], "merges": []}})") > 0);
        file.close();
        check(List{QStringLiteral("generate"), model} + words("--prompt a"), 65, "tokenizer.json");
        // Ids need none.
        QCOMPARE(runAssay(List{QStringLiteral("generate"), model} + words("--tokens 1,2 --max-tokens 2")).exitCode, 0);
    }

    void weightsThatWereCut()
    {
        const QString model = made("llama-gqa", [](ChangedModel &) {});
        QFile file(model + QStringLiteral("/model.safetensors"));
        QVERIFY(file.resize(file.size() / 2));
        for (const char *command : {"generate", "classify"})
            check(List{QString::fromLatin1(command), model} + words("--tokens 1,2"), 65, "cannot be read: the file ends too early");
        check(List{QStringLiteral("bench"), model} + words("--runs 1"), 65, "cannot be read: the file ends too early");
    }

    void nothingThere()
    {
        const QString model = m_folder.filePath(QStringLiteral("nothing"));
        check(List{QStringLiteral("generate"), model} + words("--tokens 1,2"), 74, "nothing");
        check(List{QStringLiteral("bench"), model} + words("--runs 1"), 74, "nothing");
    }
};

QTEST_GUILESS_MAIN(TestBadModelCommands)
#include "tst_badmodelcommands.moc"
