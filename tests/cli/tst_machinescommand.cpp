// SPDX-License-Identifier: GPL-3.0-or-later
// Machines from the command line: kept, measured, and used behind a plain prefix.
#include "tests/cli/runner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QString kWorker = QStringLiteral(ASSAY_BINARY_DIR "/bin/assay-worker");

QJsonObject jsonOf(const Ran &ran)
{
    return QJsonDocument::fromJson(ran.out).object();
}

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(u' ');
}

} // namespace

class TestMachinesCommand : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        qputenv("ASSAY_CONFIG", m_config.path().toUtf8());
        const Ran ran = runAssay({QStringLiteral("machines"), QStringLiteral("add"), QStringLiteral("box"), QStringLiteral("env FOO=1"),
                                  QStringLiteral("--worker-path"), kWorker});
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
        QVERIFY(ran.out.contains("env FOO=1"));
    }

    void listsThem()
    {
        const QJsonArray machines = jsonOf(runAssay(words("machines --json")))[QStringLiteral("machines")].toArray();
        QCOMPARE(machines.size(), 2);
        QCOMPARE(machines[0][QStringLiteral("name")].toString(), QStringLiteral("local"));
        QCOMPARE(machines[1][QStringLiteral("name")].toString(), QStringLiteral("box"));
        QCOMPARE(machines[1][QStringLiteral("command")].toArray(), QJsonArray({QStringLiteral("env"), QStringLiteral("FOO=1")}));
    }

    void addsAndRemoves()
    {
        QCOMPARE(runAssay(words("machines add far ssh me@far")).exitCode, 0);
        const Ran removed = runAssay(words("machines remove far --json"));
        QCOMPARE(removed.exitCode, 0);
        QCOMPARE(jsonOf(removed)[QStringLiteral("machines")].toArray().size(), 2);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("words");
        QTest::newRow("what") << QStringLiteral("machines fly") << 64 << QStringLiteral("list, add, remove and measure");
        QTest::newRow("no command") << QStringLiteral("machines add far") << 64 << QStringLiteral("Usage");
        QTest::newRow("bad name") << QStringLiteral("machines add a/b ssh far") << 64 << QStringLiteral("name");
        QTest::newRow("this one's name") << QStringLiteral("machines add local ssh far") << 64 << QStringLiteral("local");
        QTest::newRow("unknown") << QStringLiteral("machines remove near") << 64 << QStringLiteral("near");
        QTest::newRow("not to be found") << QStringLiteral("machines measure near") << 64 << QStringLiteral("near");
        QTest::newRow("no such device") << QStringLiteral("machines measure box --device cuda:9") << 69 << QStringLiteral("cuda:9");
        QTest::newRow("model that is not there") << QStringLiteral("inspect box:/no/such/model") << 74 << QStringLiteral("/no/such/model");
    }

    void saysWhatIsWrong()
    {
        QFETCH(QString, arguments);
        QFETCH(int, exitCode);
        QFETCH(QString, words);
        const Ran ran = runAssay(arguments.split(u' '));
        QCOMPARE(ran.exitCode, exitCode);
        QVERIFY2(ran.err.contains(words.toUtf8()), ran.err.constData());
        QVERIFY(ran.out.isEmpty());
    }

    void measuresAndKeeps()
    {
        const Ran ran = runAssay(words("machines measure box --json"));
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
        const QJsonObject limits = jsonOf(ran)[QStringLiteral("measured")].toArray()[0].toObject();
        QCOMPARE(limits[QStringLiteral("device")].toString(), QStringLiteral("cpu"));
        QVERIFY(limits[QStringLiteral("read_bandwidth")].toDouble() > 1e8);
        const QJsonArray machines = jsonOf(runAssay(words("machines --json")))[QStringLiteral("machines")].toArray();
        QCOMPARE(machines[1][QStringLiteral("measured")].toArray()[0].toObject(), limits);
        QVERIFY(runAssay(words("machines")).out.contains("GB/s"));
    }

    void inspectsThere()
    {
        const QString model = testModel(QStringLiteral("llama-gqa"));
        const Ran here = runAssay({QStringLiteral("inspect"), model, QStringLiteral("--json")});
        const Ran there = runAssay({QStringLiteral("inspect"), QStringLiteral("box:") + model, QStringLiteral("--json")});
        QVERIFY2(there.exitCode == here.exitCode, there.err.constData());
        QCOMPARE(jsonOf(there)[QStringLiteral("parameters")], jsonOf(here)[QStringLiteral("parameters")]);
        QVERIFY(!jsonOf(here)[QStringLiteral("parameters")].isUndefined());
    }

    void benchmarksThere()
    {
        const Ran ran = runAssay({QStringLiteral("bench"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--machine"),
                                  QStringLiteral("box"), QStringLiteral("--prompt-tokens"), QStringLiteral("4"), QStringLiteral("--output-tokens"),
                                  QStringLiteral("4"), QStringLiteral("--depth"), QStringLiteral("0,6"), QStringLiteral("--runs"), QStringLiteral("2"),
                                  QStringLiteral("--cold-loads"), QStringLiteral("1"), QStringLiteral("--json")});
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
        const QJsonObject run = jsonOf(ran)[QStringLiteral("runs")].toArray()[0].toObject();
        const QJsonArray points = run[QStringLiteral("points")].toArray();
        QCOMPARE(points.size(), 2);
        QCOMPARE(points[1][QStringLiteral("depth")].toInt(), 6);
        const QJsonObject raw = run[QStringLiteral("run")].toObject();
        QCOMPARE(raw[QStringLiteral("header")][QStringLiteral("environment")][QStringLiteral("machine")].toString(), QStringLiteral("box"));
        QVERIFY(raw[QStringLiteral("header")][QStringLiteral("environment")][QStringLiteral("limits")].isObject());
        QCOMPARE(raw[QStringLiteral("loads")].toArray().size(), 4);
        QVERIFY(points[0][QStringLiteral("metrics")][QStringLiteral("mfu")].isObject());
    }

    void printsSharesOfTheMachine()
    {
        const Ran ran = runAssay({QStringLiteral("bench"), QStringLiteral("box:") + testModel(QStringLiteral("llama-gqa")), QStringLiteral("--prompt-tokens"),
                                  QStringLiteral("4"), QStringLiteral("--output-tokens"), QStringLiteral("4"), QStringLiteral("--runs"), QStringLiteral("2")});
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
        for (const char *text : {"Time of a step: ", "products with weights", "Machine, measured before: box: memory read "})
            QVERIFY2(ran.out.contains(text), ran.out.constData());
        const Ran without = runAssay({QStringLiteral("bench"), QStringLiteral("box:") + testModel(QStringLiteral("llama-gqa")), QStringLiteral("--prompt-tokens"),
                                      QStringLiteral("4"), QStringLiteral("--output-tokens"), QStringLiteral("4"), QStringLiteral("--runs"), QStringLiteral("1"),
                                      QStringLiteral("--no-machine-limits")});
        QVERIFY2(without.exitCode == 0, without.err.constData());
        QVERIFY(!without.out.contains("memory read"));
    }

private:
    QTemporaryDir m_config;
};

QTEST_GUILESS_MAIN(TestMachinesCommand)
#include "tst_machinescommand.moc"
