// SPDX-License-Identifier: GPL-3.0-or-later
// `assay bench --self-test`: the real client against the program's own server, whole.
#include "tests/cli/runner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

class TestSelfTestCommand : public QObject
{
    Q_OBJECT
private slots:
    void saysWhatIsLostByLoad();
    void takesNoSubject();
};

/// How late a busy machine is decides which loads are proven; that nothing is lost does not depend on it.
void TestSelfTestCommand::saysWhatIsLostByLoad()
{
    const Ran ran = runAssay({QStringLiteral("bench"), QStringLiteral("--self-test"), QStringLiteral("--json")}, {}, 240);
    QVERIFY2(ran.exitCode == 0, ran.err);
    const QJsonObject report = QJsonDocument::fromJson(ran.out).object();
    const QJsonArray levels = report[QStringLiteral("levels")].toArray();
    QVERIFY(levels.size() >= 2);
    QVERIFY(report[QStringLiteral("proven_rate")].isDouble());
    double before = 0, firstUnproven = -1;
    for (const QJsonValue &level : levels) {
        for (const char *count : {"lost", "invented", "altered"})
            QCOMPARE(level[QLatin1String(count)].toInt(-1), 0);
        const double rate = level[QStringLiteral("streams")].toDouble() * level[QStringLiteral("rate")].toDouble();
        QVERIFY(rate >= before); // the loads rise
        before = rate;
        QCOMPARE(level[QStringLiteral("written")].toDouble(), rate * level[QStringLiteral("seconds")].toDouble());
        if (firstUnproven < 0 && !level[QStringLiteral("in_step")].toBool() && !level[QStringLiteral("proven")].toBool())
            firstUnproven = rate;
    }
    QVERIFY(firstUnproven < 0 || report[QStringLiteral("proven_rate")].toDouble() < firstUnproven);
}

void TestSelfTestCommand::takesNoSubject()
{
    const Ran ran = runAssay({QStringLiteral("bench"), QStringLiteral("--self-test"), QStringLiteral("something")});
    QCOMPARE(ran.exitCode, 64);
    QVERIFY(ran.out.isEmpty() && ran.err.contains("--self-test"));
}

QTEST_GUILESS_MAIN(TestSelfTestCommand)
#include "tst_selftestcommand.moc"
