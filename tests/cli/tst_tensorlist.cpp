// SPDX-License-Identifier: GPL-3.0-or-later
// inspect --filter: lists the tensors that a query leaves, and says what is wrong with a query.
#include "tests/cli/runner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

class TestTensorList : public QObject
{
    Q_OBJECT

    /// The listed tensors of the sample with Llama's names.
    static QJsonArray listed(const QString &query)
    {
        const Ran ran = runAssay({QStringLiteral("inspect"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--json"),
                                  QStringLiteral("--filter"), query});
        return ran.exitCode == 0 ? QJsonDocument::fromJson(ran.out).object()[QStringLiteral("tensors")].toArray()
                                 : QJsonArray{ran.exitCode};
    }

private slots:
    void listsWhatMatches()
    {
        const QJsonArray all = listed(QStringLiteral("*"));
        QVERIFY(all.size() > 10);
        const QJsonArray norms = listed(QStringLiteral("shape:[*] NORM -layers"));
        QCOMPARE(norms.size(), 1);
        QCOMPARE(norms[0][QStringLiteral("name")].toString(), QStringLiteral("model.norm.weight"));
        // Every tensor is on one side of a size, and the JSON tells which.
        const QJsonArray large = listed(QStringLiteral(">=10KB")), small = listed(QStringLiteral("<10KB"));
        QVERIFY(!large.isEmpty() && !small.isEmpty());
        QCOMPARE(large.size() + small.size(), all.size());
        for (const QJsonValue &tensor : large)
            QVERIFY(tensor[QStringLiteral("bytes")].toInteger() >= 10'000);
    }

    void nothingIsAnAnswer() { QVERIFY(listed(QStringLiteral("no.such.tensor")).isEmpty()); }

    void tableOfText()
    {
        const Ran ran = runAssay({QStringLiteral("inspect"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--filter"),
                                  QStringLiteral("name:embed_tokens")});
        QCOMPARE(ran.exitCode, 0);
        QVERIFY2(ran.out.trimmed().split('\n').last().startsWith("model.embed_tokens.weight"), ran.out.constData());
    }

    void aWrongQueryIsWrongUsage()
    {
        const Ran ran = runAssay({QStringLiteral("inspect"), testModel(QStringLiteral("llama-gqa")), QStringLiteral("--filter"),
                                  QStringLiteral("colour:red")});
        QCOMPARE(ran.exitCode, 64);
        QVERIFY2(ran.err.contains("colour:red: known are name, file, dtype"), ran.err.constData());
        QVERIFY(ran.out.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestTensorList)
#include "tst_tensorlist.moc"
