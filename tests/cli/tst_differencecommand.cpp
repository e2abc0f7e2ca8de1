// SPDX-License-Identifier: GPL-3.0-or-later
// assay memory and assay diff: exit codes, JSON, what wrong choices say. Neither needs the worker.
#include "tests/cli/runner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace {

QString sample(const QString &name)
{
    return QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/") + name;
}

QJsonObject objectOf(const Ran &ran)
{
    return QJsonDocument::fromJson(ran.out).object();
}

} // namespace

class TestDifferenceCommand : public QObject
{
    Q_OBJECT
private slots:
    void memoryAsJson();
    void memoryKnowsItsChoices_data();
    void memoryKnowsItsChoices();
    void diffAsJson();
    void diffReadsWeights();
    void diffNeedsTwo();
};

void TestDifferenceCommand::memoryAsJson()
{
    const Ran ran = runAssay({QStringLiteral("memory"), sample(QStringLiteral("full")), QStringLiteral("--device"), QStringLiteral("h200"),
                              QStringLiteral("--devices"), QStringLiteral("2"), QStringLiteral("--runtime"), QStringLiteral("vllm"),
                              QStringLiteral("--context"), QStringLiteral("512"), QStringLiteral("--json")});
    QCOMPARE(ran.exitCode, 0);
    const QJsonObject json = objectOf(ran);
    QCOMPARE(json[QStringLiteral("device")].toObject()[QStringLiteral("name")].toString(), QStringLiteral("NVIDIA H200"));
    QCOMPARE(json[QStringLiteral("context")].toInt(), 512);
    QVERIFY(json[QStringLiteral("fits")].toBool());
    QVERIFY(json[QStringLiteral("largest_context")].toObject()[QStringLiteral("low")].toDouble() > 512);
    QCOMPARE(json[QStringLiteral("terms")].toArray().size(), 4);
}

void TestDifferenceCommand::memoryKnowsItsChoices_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("runtime") << QStringList{QStringLiteral("--runtime"), QStringLiteral("none")} << QByteArray("llama.cpp");
    QTest::newRow("dtype") << QStringList{QStringLiteral("--dtype"), QStringLiteral("f12")} << QByteArray("q4_k");
    QTest::newRow("cache") << QStringList{QStringLiteral("--kv-dtype"), QStringLiteral("x")} << QByteArray("q8_0");
    QTest::newRow("device") << QStringList{QStringLiteral("--device"), QStringLiteral("a100")} << QByteArray("NVIDIA A100 40GB SXM");
    QTest::newRow("context") << QStringList{QStringLiteral("--context"), QStringLiteral("0")} << QByteArray("--context");
    QTest::newRow("devices") << QStringList{QStringLiteral("--devices"), QStringLiteral("-1")} << QByteArray("--devices");
}

void TestDifferenceCommand::memoryKnowsItsChoices()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, says);
    const Ran ran = runAssay(QStringList{QStringLiteral("memory"), sample(QStringLiteral("full"))} + options);
    QCOMPARE(ran.exitCode, 64);
    QVERIFY2(ran.err.contains(says), ran.err.constData());
}

void TestDifferenceCommand::diffAsJson()
{
    const Ran ran = runAssay({QStringLiteral("diff"), sample(QStringLiteral("full")), sample(QStringLiteral("distilled")), QStringLiteral("--json")});
    QCOMPARE(ran.exitCode, 0);
    const QJsonObject json = objectOf(ran);
    QVERIFY(json[QStringLiteral("headline")].toString().startsWith(QStringLiteral("Same family, other sizes")));
    QCOMPARE(json[QStringLiteral("subjects")].toArray().size(), 2);
    QVERIFY(json[QStringLiteral("tokenizer")].toArray().isEmpty()); // they share it, and what is the same is left out
    QVERIFY(!json[QStringLiteral("parts")].toArray().isEmpty());
    const Ran all = runAssay({QStringLiteral("diff"), sample(QStringLiteral("full")), sample(QStringLiteral("distilled")), QStringLiteral("--json"),
                              QStringLiteral("--all")});
    QVERIFY(!objectOf(all)[QStringLiteral("tokenizer")].toArray().isEmpty());
}

void TestDifferenceCommand::diffReadsWeights()
{
    const Ran ran = runAssay({QStringLiteral("diff"), sample(QStringLiteral("full")), sample(QStringLiteral("full")), QStringLiteral("--weights"),
                              QStringLiteral("--json")});
    QCOMPARE(ran.exitCode, 0);
    const QJsonObject weights = objectOf(ran)[QStringLiteral("weights")].toArray().at(0).toObject();
    QVERIFY(weights[QStringLiteral("pairs")].toInt() > 10);
    QCOMPARE(weights[QStringLiteral("unpaired")].toInt(), 0);
    for (const auto row : weights[QStringLiteral("weights")].toArray()) {
        QCOMPARE(row.toObject()[QStringLiteral("relative")].toDouble(), 0.0);
        QCOMPARE(row.toObject()[QStringLiteral("equal")].toDouble(), 1.0);
    }
}

void TestDifferenceCommand::diffNeedsTwo()
{
    QCOMPARE(runAssay({QStringLiteral("diff"), sample(QStringLiteral("full"))}).exitCode, 64);
    QCOMPARE(runAssay({QStringLiteral("diff"), sample(QStringLiteral("full")), QStringLiteral("/not/there")}).exitCode, 74);
}

QTEST_GUILESS_MAIN(TestDifferenceCommand)
#include "tst_differencecommand.moc"
