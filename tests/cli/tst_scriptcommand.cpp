// SPDX-License-Identifier: GPL-3.0-or-later
// `assay bench` and the other commands on TorchScript modules.
#include "tests/cli/runner.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

class TestScriptCommand : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString module(const char *name) const { return m_folder.filePath(QString::fromLatin1(name) + QStringLiteral(".pt")); }

    Ran bench(const QStringList &arguments) const
    {
        return runAssay(QStringList{QStringLiteral("bench"), QStringLiteral("--runs"), QStringLiteral("6"), QStringLiteral("--warmup"),
                                    QStringLiteral("2")}
                        + arguments);
    }

private slots:
    void initTestCase()
    {
        QCOMPARE(runProgram(QStringLiteral(ASSAY_BINARY_DIR "/tests/makescripts"), {m_folder.path()}).exitCode, 0);
    }

    void measuresPasses()
    {
        const QStringList input{module("network"), QStringLiteral("--input"), QStringLiteral("f32[4,3,16,16]")};
        const Ran json = bench(input + QStringList{QStringLiteral("--json")});
        QVERIFY2(json.exitCode == 0, json.err.constData());
        const QJsonObject run = QJsonDocument::fromJson(json.out).object()[QStringLiteral("runs")].toArray()[0].toObject();
        const QJsonObject point = run[QStringLiteral("points")].toArray()[0].toObject();
        QCOMPARE(point[QStringLiteral("inputs")].toString(), QStringLiteral("f32[4,3,16,16]"));
        QCOMPARE(point[QStringLiteral("output")].toString(), QStringLiteral("f32[4,5]"));
        QCOMPARE(point[QStringLiteral("batch")].toInt(), 4);
        QVERIFY(!point.contains(QStringLiteral("output_tokens")) && !point.contains(QStringLiteral("prompt_tokens")));
        const QJsonObject metrics = point[QStringLiteral("metrics")].toObject();
        for (const char *id : {"pass_time", "input_speed", "load_time", "memory.weights", "memory.tensor_peak"})
            QVERIFY2(metrics.contains(QLatin1String(id)), id);
        for (const char *id : {"ttft", "tpot", "e2e", "throughput", "prefill_speed"})
            QVERIFY2(!metrics.contains(QLatin1String(id)), id);
        QCOMPARE(metrics[QStringLiteral("pass_time")].toObject()[QStringLiteral("n")].toInt(), 6);
        const QJsonArray samples = run[QStringLiteral("run")].toObject()[QStringLiteral("samples")].toArray();
        QCOMPARE(samples.size(), 8);
        const Ran text = bench(input);
        QCOMPARE(text.exitCode, 0);
        for (const char *part : {"network", "passes over f32[4,3,16,16]", "Time per pass", "inputs/s", "f32[4,5]"})
            QVERIFY2(text.out.contains(part), text.out.constData());
        QVERIFY(!text.out.contains("TTFT") && !text.out.contains("TPOT"));
    }

    void saysWhatComesOut()
    {
        const Ran ran = bench({module("nested"), QStringLiteral("--input"), QStringLiteral("f32[2,3]")});
        QCOMPARE(ran.exitCode, 0);
        QVERIFY2(ran.out.contains("(f32[2,3], {roots: f32[2,3], count: i64[]}, [int, int], none)"), ran.out.constData());
        QVERIFY2(ran.out.contains("NaN or infinite"), ran.out.constData());
    }

    void takesSeveralInputs()
    {
        const Ran each = bench({module("table"), QStringLiteral("--input"), QStringLiteral("i64[2,3]<10"), QStringLiteral("--input"),
                                QStringLiteral("f32[2,3]"), QStringLiteral("--input"), QStringLiteral("int=4")});
        QVERIFY2(each.exitCode == 0 && each.out.contains("i64[2,3]<10, f32[2,3], int=4"), each.err.constData());
        const Ran together = bench({module("table"), QStringLiteral("--input"), QStringLiteral("i64[2,3]<10,f32[2,3],int=4")});
        QVERIFY2(together.exitCode == 0 && together.out.contains("i64[2,3]<10, f32[2,3], int=4"), together.err.constData());
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("input");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const char *tag, const char *name, const char *input, int exitCode, const char *said) {
            QTest::newRow(tag) << QString::fromLatin1(name) << QString::fromLatin1(input) << exitCode << QByteArray(said);
        };
        row("nothing declared", "table", "", 64, "(ids: Tensor, scale: Tensor, add: int");
        row("not a declaration", "network", "f32[0]", 64, "1 or more");
        row("too many", "network", "f32[1,3,4,4],int=3", 64, "too many");
        row("another shape", "network", "f32[1,4,4,4]", 65, "channels");
        row("its own exception", "raising", "f32[1]", 65, "this module never works");
        row("an unknown operator", "strange", "f32[1]", 65, "strange::twice");
    }
    void refuses()
    {
        QFETCH(QString, name);
        QFETCH(QString, input);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, said);
        QStringList arguments{module(qPrintable(name))};
        if (!input.isEmpty())
            arguments << QStringLiteral("--input") << input;
        const Ran ran = bench(arguments);
        QVERIFY2(ran.exitCode == exitCode && ran.err.contains(said), ran.err.constData());
        QVERIFY2(ran.out.isEmpty(), ran.out.constData());
    }

    void onlyModulesTakeInputs()
    {
        const Ran decoder = bench({testModel(QStringLiteral("llama-gqa")), QStringLiteral("--input"), QStringLiteral("f32[1]")});
        QCOMPARE(decoder.exitCode, 64);
        QVERIFY2(decoder.err.contains("TorchScript"), decoder.err.constData());
    }

    void nothingElseIsAskedOfThem()
    {
        const Ran ran = runAssay({QStringLiteral("generate"), module("network"), QStringLiteral("--prompt"), QStringLiteral("a")});
        QVERIFY(ran.exitCode != 0);
        QVERIFY2(ran.err.contains("assay bench --input"), ran.err.constData());
    }

    void nothingIsToldOfTokens()
    {
        const Ran shown = runAssay({QStringLiteral("inspect"), module("network")});
        QVERIFY2(shown.exitCode == 0 && shown.out.contains("Parameters"), shown.err.constData());
        QVERIFY2(!shown.out.contains("per token"), shown.out.constData());
        const Ran frozen = runAssay({QStringLiteral("inspect"), module("frozen")});
        QVERIFY2(frozen.exitCode == 0 && !frozen.out.contains("Layers"), frozen.out.constData()); // its constants are numbered
        const Ran json = runAssay({QStringLiteral("inspect"), module("network"), QStringLiteral("--json")});
        const QJsonObject facts = QJsonDocument::fromJson(json.out).object();
        QVERIFY(facts.contains(QStringLiteral("flops_per_token")) && facts[QStringLiteral("flops_per_token")].isNull());
    }

    void answersNoSuite()
    {
        const Ran ran = runAssay({QStringLiteral("evaluate"), module("network")});
        QCOMPARE(ran.exitCode, 65);
        QVERIFY2(ran.err.startsWith("assay: TorchScript is a program of its own, which cannot answer the items of a suite."), ran.err.constData());
        QVERIFY2(ran.err.contains("assay bench --input") && !ran.err.contains("okenizer"), ran.err.constData());
        QVERIFY2(ran.out.isEmpty(), ran.out.constData());
    }

    void comparesThem()
    {
        const Ran ran = runAssay({QStringLiteral("compare"), module("network"), module("frozen"), QStringLiteral("--input"),
                                  QStringLiteral("f32[2,3,8,8]"), QStringLiteral("--runs"), QStringLiteral("6")});
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
        QVERIFY2(ran.out.contains("Time per pass") && ran.out.contains("times the speed"), ran.out.constData());
        for (const char *part : {"TTFT", "Accuracy", "per token", "Decoding"})
            QVERIFY2(!ran.out.contains(part), part);
    }

    /// Top-1 with its interval beside time and memory in one report; what they cannot be asked is told.
    void comparesOnImages()
    {
        const QString images = m_folder.filePath(QStringLiteral("shapes"));
        for (int label = 0; label < 10; ++label) {
            QVERIFY(QDir().mkpath(QStringLiteral("%1/%2").arg(images).arg(label)));
            for (int copy = 0; copy < 3; ++copy) {
                QByteArray bytes(28 * 28, '\0');
                for (int y = 4; y < 24; ++y)
                    bytes[y * 28 + 13 + copy + (label > 1 ? y % label : 0)] = '\xff';
                QFile file(QStringLiteral("%1/%2/%3.pgm").arg(images).arg(label).arg(copy));
                QVERIFY(file.open(QIODevice::WriteOnly) && file.write("P5\n28 28\n255\n" + bytes) > 784);
            }
        }
        QStringList arguments{QStringLiteral("compare"), QStringLiteral("--suite"), images, QStringLiteral("--suite"), QStringLiteral("reasoning"),
                              QStringLiteral("--input"), QStringLiteral("f32[16,1,28,28]"), QStringLiteral("--runs"), QStringLiteral("6"), QStringLiteral("--json")};
        for (const char *name : {"full", "distilled", "base"})
            arguments << QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/digits/") + QLatin1String(name);
        const Ran ran = runAssay(arguments);
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
        QCOMPARE(ran.err.count("reasoning is not asked"), qsizetype(3));
        const QJsonObject report = QJsonDocument::fromJson(ran.out).object();
        QStringList seen;
        for (const QJsonValue &row : report[QStringLiteral("rows")].toArray()) {
            const QString id = row[QStringLiteral("id")].toString();
            QVERIFY2(!id.contains(QStringLiteral("tpot")) && !id.contains(QStringLiteral("ttft")), qPrintable(id));
            if (id != QStringLiteral("metric.input_speed") && id != QStringLiteral("metric.memory.tensor_peak") && id != QStringLiteral("accuracy.shapes"))
                continue;
            seen << id;
            for (const QJsonValue &cell : row[QStringLiteral("cells")].toArray())
                QVERIFY2(cell[QStringLiteral("text")].toString().contains(u'['), qPrintable(id)); // an interval
            if (id.startsWith(QStringLiteral("accuracy")))
                QCOMPARE(row[QStringLiteral("label")].toString(), QStringLiteral("shapes (top-1)"));
        }
        QCOMPARE(seen.size(), qsizetype(3));
        const QJsonArray pairs = report[QStringLiteral("pairs")].toArray();
        QCOMPARE(pairs.size(), qsizetype(3));
        QCOMPARE(pairs[0][QStringLiteral("n")].toInt(), 30);
    }
};

QTEST_APPLESS_MAIN(TestScriptCommand)
#include "tst_scriptcommand.moc"
