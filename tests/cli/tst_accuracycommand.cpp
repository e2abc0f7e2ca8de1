// SPDX-License-Identifier: GPL-3.0-or-later
// Other tools' results imported and compared on the command line; nothing is asked of any model.
#include "tests/cli/runner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QString kData = QStringLiteral(ASSAY_TEST_DATA "/imports/");

QJsonObject jsonOf(const Ran &ran)
{
    return QJsonDocument::fromJson(ran.out).object();
}

} // namespace

class TestAccuracyCommand : public QObject
{
    Q_OBJECT
private slots:
    void importsOnce()
    {
        const QStringList call{QStringLiteral("import"), kData + QStringLiteral("lmeval/alpha"), kData + QStringLiteral("lmeval/beta"), QStringLiteral("--json")};
        const Ran ran = runAssay(call);
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
        const QJsonArray runs = jsonOf(ran)[QStringLiteral("runs")].toArray();
        QCOMPARE(runs.size(), 6);
        const QJsonObject picks = runs[0].toObject();
        QCOMPARE(picks[QStringLiteral("subject")].toString(), QStringLiteral("org/alpha"));
        QCOMPARE(picks[QStringLiteral("outcomes")][QStringLiteral("right")].toInt(), 35); // expected.json
        // The same content is the same run.
        const QJsonArray again = jsonOf(runAssay(call))[QStringLiteral("runs")].toArray();
        QCOMPARE(again.size(), 6);
        for (const QJsonValue run : again)
            QVERIFY(run[QStringLiteral("known")].toBool());
        // What was stored is compared by its id, with every answer.
        const Ran compared = runAssay({QStringLiteral("accuracy"), picks[QStringLiteral("id")].toString(), runs[3][QStringLiteral("id")].toString(), QStringLiteral("--json")});
        QVERIFY2(compared.exitCode == 0, compared.err.constData());
        const QJsonValue pair = jsonOf(compared)[QStringLiteral("groups")][0][QStringLiteral("pairs")][0];
        QCOMPARE(pair[QStringLiteral("only_reference")].toInt(), 17);
        QCOMPARE(pair[QStringLiteral("only_subject")].toInt(), 3);
        QVERIFY(std::abs(pair[QStringLiteral("p")].toDouble() - 0.0025768280029296875) < 1e-12);
    }

    void resultsAreComparedWithoutImporting()
    {
        const QStringList call{QStringLiteral("accuracy"), kData + QStringLiteral("lmeval/alpha"), kData + QStringLiteral("lmeval/beta"), QStringLiteral("--margin"), QStringLiteral("5")};
        const Ran told = runAssay(call);
        QVERIFY2(told.exitCode == 0, told.err.constData());
        QVERIFY2(told.out.contains("org/beta against org/alpha") && told.out.contains("inferior"), told.out.constData());
        const Ran alone = runAssay({QStringLiteral("accuracy"), kData + QStringLiteral("inspect/log.eval")});
        QVERIFY2(alone.exitCode == 0 && alone.out.contains("no other run"), alone.out.constData());
    }

    void errorsSayWhatIsWrong()
    {
        QTemporaryDir folder;
        QFile parquet(folder.filePath(QStringLiteral("details.parquet")));
        QVERIFY(parquet.open(QIODevice::WriteOnly) && parquet.write("PAR1....PAR1") > 0);
        parquet.close();
        const Ran refused = runAssay({QStringLiteral("import"), folder.path()});
        QVERIFY2(refused.exitCode == 65 && refused.err.contains("read_parquet"), refused.err.constData());
        QCOMPARE(runAssay({QStringLiteral("import"), folder.filePath(QStringLiteral("missing"))}).exitCode, 74);
        QCOMPARE(runAssay({QStringLiteral("accuracy"), QStringLiteral("no-such-run")}).exitCode, 64);
        QCOMPARE(runAssay({QStringLiteral("accuracy"), kData + QStringLiteral("graded"), QStringLiteral("--margin"), QStringLiteral("-1")}).exitCode, 64);
    }
};

QTEST_GUILESS_MAIN(TestAccuracyCommand)
#include "tst_accuracycommand.moc"
