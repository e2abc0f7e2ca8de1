// SPDX-License-Identifier: GPL-3.0-or-later
// The command line's contract (DESIGN.md, section 6): exit codes, JSON fields, where output goes.
#include "core/base/error.h"
#include "tests/cli/runner.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

namespace {

QJsonObject objectOf(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QString sample(const QString &name)
{
    return QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/") + name;
}

void copyModel(const QString &name, const QString &target)
{
    QDir().mkpath(target);
    const QDir source(testModel(name));
    for (const QString &file : source.entryList(QDir::Files))
        QFile::copy(source.filePath(file), QDir(target).filePath(file));
}

} // namespace

class TestCommands : public QObject
{
    Q_OBJECT
private slots:
    void helpNamesEveryCommand();
    void everyCommandHelps_data();
    void everyCommandHelps();
    void wrongUsage_data();
    void wrongUsage();
    void wrongUsageSaysWhat();
    void lostOutputIsAnError();
    void inspectJsonHasTheContractsFields();
    void inspectListsTensors();
    void inspectBadInput_data();
    void inspectBadInput();
    void truncatedWeightsAreAFinding();
    void missingShardIsAFinding();
    void tokenizeRoundTrip();
    void tokenizeLines();
    void unknownArchitectureIsInspectedButNotRun();
    void missingWorkerIsSaid();
    void missingDisplayIsSaid();
    void unwritableReportIsSaid();
    void hostileNamesStayWhole();
    void unknownSuiteNamesTheOnesThereAre();
    void benchKeepsRawSamples();
    void benchTellsOfDecoding();
    void oneModelInThreeDtypes();
};

void TestCommands::helpNamesEveryCommand()
{
    const Ran ran = runAssay({QStringLiteral("--help")});
    QCOMPARE(ran.exitCode, 0);
    for (const char *name : {"demo", "inspect", "memory", "diff", "tokenize", "logits", "generate", "bench", "evaluate", "compare"})
        QVERIFY2(ran.out.contains(name), name);
    QCOMPARE(runAssay({QStringLiteral("--version")}).out.trimmed(), QByteArray("assay " ASSAY_VERSION));
}

void TestCommands::everyCommandHelps_data()
{
    QTest::addColumn<QString>("command");
    for (const char *name : {"demo", "inspect", "memory", "diff", "tokenize", "logits", "generate", "bench", "evaluate", "compare"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestCommands::everyCommandHelps()
{
    QFETCH(QString, command);
    const Ran ran = runAssay({command, QStringLiteral("--help")});
    QCOMPARE(ran.exitCode, 0);
    QVERIFY(ran.out.startsWith("Usage: assay " + command.toLatin1()));
    QVERIFY(ran.out.contains("--json"));
}

void TestCommands::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *name, const QString &line) { QTest::newRow(name) << line.split(u' '); };
    row("unknown command", QStringLiteral("frobnicate"));
    row("no subject", QStringLiteral("inspect"));
    row("unknown option", QStringLiteral("inspect . --nonsense"));
    row("tokens are no numbers", QStringLiteral("logits . --tokens a,b --out x"));
    row("no output file", QStringLiteral("logits . --tokens 1"));
    row("no prompt", QStringLiteral("generate ."));
    row("top-p 0", QStringLiteral("generate . --prompt a --top-p 0"));
    row("top-k below 0", QStringLiteral("generate . --prompt a --top-k=-1"));
    row("min-p above 1", QStringLiteral("generate . --prompt a --min-p 2"));
    row("temperature below 0", QStringLiteral("generate . --prompt a --temperature=-1"));
    row("temperature no number", QStringLiteral("generate . --prompt a --temperature nan"));
    row("endless penalty", QStringLiteral("generate . --prompt a --repetition-penalty inf"));
    row("no penalty", QStringLiteral("generate . --prompt a --repetition-penalty 0"));
    row("empty stop", QStringLiteral("generate . --prompt a --stop="));
    row("no answers", QStringLiteral("generate . --prompt a --n 0"));
    row("too many answers", QStringLiteral("generate . --prompt a --n 1025"));
    row("logprobs below 0", QStringLiteral("generate . --prompt a --logprobs=-1"));
    row("zero runs", QStringLiteral("bench . --runs 0"));
    row("unknown role", QStringLiteral("compare . --roles king"));
    row("too few roles", QStringLiteral("compare . . --roles base"));
}

void TestCommands::wrongUsage()
{
    QFETCH(QStringList, arguments);
    const Ran ran = runAssay(arguments);
    QCOMPARE(ran.exitCode, 64);
    QVERIFY(ran.err.startsWith("assay: "));
    QVERIFY(ran.out.isEmpty());
}

void TestCommands::wrongUsageSaysWhat()
{
    const Ran unknown = runAssay({QStringLiteral("inspect"), QStringLiteral("."), QStringLiteral("--nonsense"), QStringLiteral("--json")});
    QVERIFY2(unknown.err.contains("nonsense") && !unknown.err.contains(".."), unknown.err.constData());
    QCOMPARE(objectOf(unknown.out)[QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(), QStringLiteral("usage"));
    const Ran command = runAssay({QStringLiteral("frobnicate"), QStringLiteral("--json")});
    QVERIFY2(command.err.contains("frobnicate"), command.err.constData());
    const Ran runs = runAssay({QStringLiteral("bench"), QStringLiteral("."), QStringLiteral("--runs"), QStringLiteral("0")});
    QVERIFY2(runs.err.contains("one whole number"), runs.err.constData());
}

void TestCommands::lostOutputIsAnError()
{
    if (!QFile::exists(QStringLiteral("/dev/full")))
        QSKIP("needs /dev/full");
    const Ran ran = runProgram(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("exec \"$0\" inspect \"$1\" > /dev/full"),
                                                      QStringLiteral(ASSAY_BINARY_DIR "/bin/assay"), sample(QStringLiteral("base"))});
    QCOMPARE(ran.exitCode, 74);
    QVERIFY2(ran.err.contains("stdout"), ran.err.constData());
}

void TestCommands::inspectJsonHasTheContractsFields()
{
    const Ran ran = runAssay({QStringLiteral("inspect"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--json")});
    QCOMPARE(ran.exitCode, 0);
    const QJsonObject facts = objectOf(ran.out);
    for (const char *field :
         {"name", "format", "architecture", "model_type", "layers", "hidden_size", "intermediate_size", "attention",
          "position", "rope", "normalization", "activation", "gated_mlp", "experts", "context_length",
          "vocabulary_size", "tied_embeddings", "tensor_count", "parameters", "bytes", "dtypes", "quantization",
          "kv_bytes_per_token", "flops_per_token", "findings"})
        QVERIFY2(facts.contains(QLatin1String(field)), field);
    QCOMPARE(facts[QStringLiteral("architecture")].toString(), QStringLiteral("LlamaForCausalLM"));
    QCOMPARE(facts[QStringLiteral("attention")].toObject()[QStringLiteral("kind")].toString(), QStringLiteral("GQA"));
    QCOMPARE(facts[QStringLiteral("layers")].toInt(), 3);
    QVERIFY(facts[QStringLiteral("experts")].isNull());
    QVERIFY(!facts.contains(QStringLiteral("tensors")));
}

void TestCommands::inspectListsTensors()
{
    const Ran ran = runAssay({QStringLiteral("inspect"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--json"),
                              QStringLiteral("--tensors")});
    QCOMPARE(ran.exitCode, 0);
    const QJsonObject facts = objectOf(ran.out);
    const QJsonArray tensors = facts[QStringLiteral("tensors")].toArray();
    QCOMPARE(tensors.size(), qsizetype(facts[QStringLiteral("tensor_count")].toInt()));
    for (const char *field : {"name", "dtype", "shape", "parameters", "bytes", "file", "offset"})
        QVERIFY2(tensors.first().toObject().contains(QLatin1String(field)), field);
}

void TestCommands::inspectBadInput_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("code");
    QTest::newRow("missing") << QStringLiteral("missing") << 74 << QStringLiteral("file.missing");
    QTest::newRow("empty") << QStringLiteral("empty") << 65 << QStringLiteral("file.directory_empty");
    QTest::newRow("truncated") << QStringLiteral("truncated") << 65 << QStringLiteral("safetensors.header_beyond_file");
}

void TestCommands::inspectBadInput()
{
    QFETCH(QString, what);
    QFETCH(int, exitCode);
    QFETCH(QString, code);
    const QTemporaryDir folder;
    const QString path = folder.filePath(what);
    if (what == QStringLiteral("empty"))
        QDir().mkpath(path);
    if (what == QStringLiteral("truncated")) {
        copyModel(QStringLiteral("llama-gqa"), path);
        QFile weights(path + QStringLiteral("/model.safetensors"));
        QVERIFY(weights.resize(100)); // within the header
    }
    const Ran ran = runAssay({QStringLiteral("inspect"), path, QStringLiteral("--json")});
    QCOMPARE(ran.exitCode, exitCode);
    QCOMPARE(objectOf(ran.out)[QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(), code);
    QVERIFY(ran.err.startsWith("assay: "));
    QCOMPARE(ran.err.count('\n'), 1);
}

void TestCommands::truncatedWeightsAreAFinding()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("cut"));
    copyModel(QStringLiteral("llama-gqa"), path);
    QFile weights(path + QStringLiteral("/model.safetensors"));
    QVERIFY(weights.resize(weights.size() - 1));
    const Ran ran = runAssay({QStringLiteral("inspect"), path, QStringLiteral("--json")});
    QCOMPARE(ran.exitCode, 0);
    QVERIFY(ran.out.contains("tensor.beyond_file"));
    // Inspecting works; running does not make anything up.
    QVERIFY(runAssay({QStringLiteral("generate"), path, QStringLiteral("--tokens"), QStringLiteral("1")}).exitCode != 0);
}

void TestCommands::missingShardIsAFinding()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("sharded"));
    copyModel(QStringLiteral("llama-sharded-bf16"), path);
    const QStringList shards = QDir(path).entryList({QStringLiteral("model-*.safetensors")});
    QVERIFY(shards.size() > 1);
    QVERIFY(QFile::remove(path + u'/' + shards.last()));
    const Ran ran = runAssay({QStringLiteral("inspect"), path, QStringLiteral("--json")});
    QCOMPARE(ran.exitCode, 0);
    bool found = false;
    for (const QJsonValue &finding : objectOf(ran.out)[QStringLiteral("findings")].toArray())
        found = found || finding.toObject()[QStringLiteral("code")].toString() == QStringLiteral("shard.missing");
    QVERIFY(found);
    QVERIFY(objectOf(ran.out)[QStringLiteral("tensor_count")].toInt() > 0);
    // Inspecting works; running says what is missing.
    QCOMPARE(runAssay({QStringLiteral("generate"), path, QStringLiteral("--tokens"), QStringLiteral("1")}).exitCode, 65);
}

void TestCommands::tokenizeRoundTrip()
{
    const QByteArray text = "add 47 + 85";
    const Ran encoded = runAssay({QStringLiteral("tokenize"), sample(QStringLiteral("full")), QStringLiteral("--no-special")}, text);
    QCOMPARE(encoded.exitCode, 0);
    const QJsonObject result = objectOf(encoded.out);
    QVERIFY(!result[QStringLiteral("ids")].toArray().isEmpty());
    QCOMPARE(result[QStringLiteral("ids")].toArray().size(), result[QStringLiteral("tokens")].toArray().size());
    QVERIFY(!result.contains(QStringLiteral("ignored")));
    const Ran told = runAssay({QStringLiteral("tokenize"), sample(QStringLiteral("full")), QStringLiteral("--json")}, text);
    QVERIFY(objectOf(told.out)[QStringLiteral("ignored")].isArray());
    const Ran decoded = runAssay({QStringLiteral("tokenize"), sample(QStringLiteral("full")), QStringLiteral("--decode")},
                                 QJsonDocument(result[QStringLiteral("ids")].toArray()).toJson());
    QCOMPARE(objectOf(decoded.out)[QStringLiteral("text")].toString().toUtf8(), text);
}

void TestCommands::tokenizeLines()
{
    const Ran ran = runAssay({QStringLiteral("tokenize"), sample(QStringLiteral("full")), QStringLiteral("--lines")}, "\"a b\"\n\"\"\n\"\\u4f60\"\n");
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.out.count('\n'), 3);
    QCOMPARE(runAssay({QStringLiteral("tokenize"), sample(QStringLiteral("full")), QStringLiteral("--lines")}, "no json\n").exitCode, 65);
}

void TestCommands::unknownArchitectureIsInspectedButNotRun()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("unknown"));
    copyModel(QStringLiteral("llama-gqa"), path);
    QFile config(path + QStringLiteral("/config.json"));
    QVERIFY(config.open(QIODevice::ReadWrite));
    QByteArray text = config.readAll();
    text.replace("LlamaForCausalLM", "WombatForCausalLM").replace("\"llama\"", "\"wombat\"");
    config.resize(0);
    config.write(text);
    config.close();
    QCOMPARE(runAssay({QStringLiteral("inspect"), path}).exitCode, 0);
    const Ran ran = runAssay({QStringLiteral("generate"), path, QStringLiteral("--tokens"), QStringLiteral("1")});
    QCOMPARE(ran.exitCode, 65);
    QVERIFY2(ran.err.contains("WombatForCausalLM"), ran.err.constData());
}

void TestCommands::missingWorkerIsSaid()
{
    const Ran ran = runAssay({QStringLiteral("generate"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--tokens"),
                              QStringLiteral("1"), QStringLiteral("--worker"), QStringLiteral("/nonexistent/assay-worker")});
    QCOMPARE(ran.exitCode, 69);
    QVERIFY2(ran.err.contains("/nonexistent/assay-worker"), ran.err.constData());
}

void TestCommands::missingDisplayIsSaid()
{
    const Ran ran = runProgram(QStringLiteral("env"), {QStringLiteral("-u"), QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("-u"),
                                                       QStringLiteral("DISPLAY"), QStringLiteral("-u"), QStringLiteral("WAYLAND_DISPLAY"),
                                                       QStringLiteral(ASSAY_BINARY_DIR "/bin/assay")});
    QCOMPARE(ran.exitCode, 69);
    const std::string sentence = assay::Error{assay::ErrorCode::NoDisplay, {}, {}}.sentence();
    QVERIFY2(ran.err.contains(sentence.c_str()), ran.err.constData());
    QCOMPARE(ran.err.count('\n'), 1);
}

void TestCommands::unwritableReportIsSaid()
{
    // Before anything is measured: with this worker measuring would end with 69.
    const auto compare = [](const QString &report) {
        return runAssay({QStringLiteral("compare"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--worker"),
                         QStringLiteral("/nonexistent/assay-worker"), QStringLiteral("--report"), report});
    };
    const QTemporaryDir folder;
    QCOMPARE(compare(folder.filePath(QStringLiteral("report.pdf"))).exitCode, 69);
    QCOMPARE(compare(folder.filePath(QStringLiteral("no/such/folder/report.pdf"))).exitCode, 74);
    QCOMPARE(compare(folder.filePath(QStringLiteral("report.docx"))).exitCode, 64);
    QCOMPARE(compare(folder.filePath(QStringLiteral("report"))).exitCode, 64);
}

void TestCommands::hostileNamesStayWhole()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a %1 %2 \033[31mb"));
    copyModel(QStringLiteral("llama-gqa"), path);
    const Ran ran = runAssay({QStringLiteral("bench"), path, QStringLiteral("--runs"), QStringLiteral("1"),
                              QStringLiteral("--prompt-tokens"), QStringLiteral("8"), QStringLiteral("--output-tokens"),
                              QStringLiteral("4")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    // The control character is shown as one that is none.
    const QByteArray name = "a %1 %2 \xEF\xBF\xBD[31mb";
    QVERIFY2(ran.out.startsWith(name + ": prompt 8, output 4, batch 1, "), ran.out.constData());
    QVERIFY2(ran.err.startsWith(name + " \xC2\xB7 Benchmark \xC2\xB7 0 %"), ran.err.constData());
    QVERIFY(!ran.out.contains('\033') && !ran.err.contains('\033'));
}

void TestCommands::unknownSuiteNamesTheOnesThereAre()
{
    const Ran ran = runAssay({QStringLiteral("evaluate"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--suite"), QStringLiteral("nosuch")});
    QCOMPARE(ran.exitCode, 74);
    QVERIFY2(ran.err.contains("reasoning"), ran.err.constData());
    const Ran json = runAssay({QStringLiteral("evaluate"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--suite"),
                               QStringLiteral("nosuch"), QStringLiteral("--json")});
    QCOMPARE(objectOf(json.out)[QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(), QStringLiteral("suite.missing"));
}

void TestCommands::benchKeepsRawSamples()
{
    const Ran ran = runAssay({QStringLiteral("bench"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--json"),
                              QStringLiteral("--prompt-tokens"), QStringLiteral("8,16"), QStringLiteral("--output-tokens"),
                              QStringLiteral("5"), QStringLiteral("--runs"), QStringLiteral("6")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    const QJsonObject run = objectOf(ran.out)[QStringLiteral("runs")].toArray().first().toObject();
    const QJsonArray points = run[QStringLiteral("points")].toArray();
    QCOMPARE(points.size(), qsizetype(2));
    const QJsonObject tpot = points.first().toObject()[QStringLiteral("metrics")].toObject()[QStringLiteral("tpot")].toObject();
    QCOMPARE(tpot[QStringLiteral("n")].toInt(), 6);
    QVERIFY(tpot[QStringLiteral("interval")].toArray().size() == 2);
    const QJsonArray samples = run[QStringLiteral("run")].toObject()[QStringLiteral("samples")].toArray();
    QCOMPARE(samples.size(), qsizetype(2 * (6 + 1))); // warm-ups are kept
}

/// The processor has one way; what was asked for is kept with the run all the same.
void TestCommands::benchTellsOfDecoding()
{
    const QStringList model{QStringLiteral("bench"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--prompt-tokens"), QStringLiteral("8"),
                            QStringLiteral("--output-tokens"), QStringLiteral("4"), QStringLiteral("--runs"), QStringLiteral("1")};
    const Ran shown = runAssay(model);
    QVERIFY2(shown.exitCode == 0, shown.err.constData());
    QVERIFY2(shown.out.contains("Decoding: step by step\n"), shown.out.constData());
    const Ran kept = runAssay(model + QStringList{QStringLiteral("--decoding"), QStringLiteral("eager"), QStringLiteral("--streamed"), QStringLiteral("--json")});
    QVERIFY2(kept.exitCode == 0, kept.err.constData());
    const QJsonValue run = objectOf(kept.out)[QStringLiteral("runs")].toArray().first()[QStringLiteral("run")];
    QCOMPARE(run[QStringLiteral("plan")][QStringLiteral("decoding")].toString(), QStringLiteral("eager"));
    QVERIFY(run[QStringLiteral("plan")][QStringLiteral("streamed")].toBool());
    QCOMPARE(run[QStringLiteral("samples")][0][QStringLiteral("decoding")].toString(), QStringLiteral("eager"));
    const Ran wrong = runAssay(model + QStringList{QStringLiteral("--decoding"), QStringLiteral("fast")});
    QCOMPARE(wrong.exitCode, 64);
    QVERIFY2(wrong.err.contains("--decoding") && wrong.out.isEmpty(), wrong.err.constData());
}

/// "What would INT8 of the full model do?"
void TestCommands::oneModelInThreeDtypes()
{
    const QStringList plan{QStringLiteral("--dtype"), QStringLiteral("f32,bf16"), QStringLiteral("--what-if"), QStringLiteral("int8,prune50"), QStringLiteral("--prompt-tokens"),
                           QStringLiteral("8"), QStringLiteral("--output-tokens"), QStringLiteral("4"), QStringLiteral("--runs"),
                           QStringLiteral("2"), QStringLiteral("--json")};
    const Ran bench = runAssay(QStringList{QStringLiteral("bench"), testModel(QStringLiteral("llama-gqa"))} + plan);
    QVERIFY2(bench.exitCode == 0, bench.err.constData());
    QStringList dtypes;
    for (const QJsonValue &value : objectOf(bench.out)[QStringLiteral("runs")].toArray()) {
        const QJsonObject run = value.toObject();
        dtypes << run[QStringLiteral("dtype")].toString();
        const QJsonObject environment = run[QStringLiteral("run")][QStringLiteral("header")][QStringLiteral("environment")].toObject();
        qint64 bytes = 0;
        for (const QJsonValue &share : environment[QStringLiteral("weights")].toArray()) {
            QVERIFY(share[QStringLiteral("parameters")].toInteger() > 0);
            bytes += share[QStringLiteral("bytes")].toInteger();
        }
        const QJsonObject load = run[QStringLiteral("run")][QStringLiteral("loads")].toArray().first().toObject();
        QCOMPARE(bytes, load[QStringLiteral("weight_bytes")].toInteger());
        const QJsonObject metrics = run[QStringLiteral("points")].toArray().first()[QStringLiteral("metrics")].toObject();
        QVERIFY(metrics[QStringLiteral("memory.predicted")][QStringLiteral("value")].toDouble() > double(bytes));
        QVERIFY(metrics.contains(QStringLiteral("memory.prediction_error")));
    }
    QCOMPARE(dtypes, (QStringList{QStringLiteral("f32"), QStringLiteral("bf16"), QStringLiteral("int8"), QStringLiteral("f32+prune50")}));

    const Ran compared = runAssay(QStringList{QStringLiteral("compare"), sample(QStringLiteral("base")), QStringLiteral("--suite"),
                                              QStringLiteral("brackets")} + plan);
    QVERIFY2(compared.exitCode == 0, compared.err.constData());
    QStringList names;
    for (const QJsonValue &subject : objectOf(compared.out)[QStringLiteral("subjects")].toArray())
        names << subject[QStringLiteral("name")].toString() + u'|' + subject[QStringLiteral("dtype")].toString();
    QCOMPARE(names, (QStringList{QStringLiteral("base (f32)|f32"), QStringLiteral("base (bf16)|bf16"), QStringLiteral("base (int8)|int8"),
                                 QStringLiteral("base (bf16, 50 % pruned)|bf16+prune50")}));
    // What the library holds of other dtypes is not dragged in when one is asked for.
    const Ran one = runAssay({QStringLiteral("compare"), sample(QStringLiteral("base")), QStringLiteral("--suite"),
                              QStringLiteral("brackets"), QStringLiteral("--dtype"), QStringLiteral("bf16"),
                              QStringLiteral("--prompt-tokens"), QStringLiteral("8"), QStringLiteral("--output-tokens"), QStringLiteral("4"),
                              QStringLiteral("--runs"), QStringLiteral("2"), QStringLiteral("--json")});
    const QJsonArray subjects = objectOf(one.out)[QStringLiteral("subjects")].toArray();
    QCOMPARE(subjects.size(), qsizetype(1));
    QCOMPARE(subjects.first()[QStringLiteral("name")].toString(), QStringLiteral("base"));
    QCOMPARE(subjects.first()[QStringLiteral("dtype")].toString(), QStringLiteral("bf16"));

    const Ran generated = runAssay({QStringLiteral("generate"), sample(QStringLiteral("base")), QStringLiteral("--dtype"), QStringLiteral("int8"),
                                    QStringLiteral("--tokens"), QStringLiteral("1,2"), QStringLiteral("--max-tokens"), QStringLiteral("2"),
                                    QStringLiteral("--json")});
    const QJsonObject environment = objectOf(generated.out)[QStringLiteral("environment")].toObject();
    QCOMPARE(environment[QStringLiteral("dtype")].toString(), QStringLiteral("int8"));
    QVERIFY(environment[QStringLiteral("weights")].toArray().size() > 1);

    const Ran noWhatIf = runAssay({QStringLiteral("bench"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--what-if"), QStringLiteral("int8,bf16")});
    QCOMPARE(noWhatIf.exitCode, 64);
    QVERIFY2(noWhatIf.err.contains("bf16"), noWhatIf.err.constData());
    const Ran unknown = runAssay({QStringLiteral("bench"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--dtype"),
                                  QStringLiteral("int3"), QStringLiteral("--json")});
    QCOMPARE(unknown.exitCode, 65);
    QVERIFY(objectOf(unknown.out)[QStringLiteral("error")].toObject()[QStringLiteral("message")].toString().contains(QStringLiteral("int3")));
}

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commandline.moc"
