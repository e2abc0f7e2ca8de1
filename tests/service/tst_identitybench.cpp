// SPDX-License-Identifier: GPL-3.0-or-later
// The small, seeded version of benchmarks/identity_bench.cpp: the same subjects, drawn from the same pool.
#include "benchmarks/identitypool.h"

#include <QTest>
#include <algorithm>

using namespace assay;

namespace {

constexpr size_t kRuns = 12, kDraws = 999;

size_t contradicted(const PoolSet &set, const BenchSubject &subject, BenchPlanKind kind)
{
    size_t count = 0;
    for (size_t run = 0; run < kRuns; ++run)
        count += benchRun(set, subject, kind, 5000 + run, kDraws).verdict.kind == VerdictKind::Contradicted;
    return count;
}

} // namespace

class TestIdentityBench : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { m_set = readPools(ASSAY_TEST_DATA "/identity/pool"); }
    void honestOnesStand_data();
    void honestOnesStand();
    void othersAreFound_data();
    void othersAreFound();
    void aRunIsItsSeeds();
    void weakTestsSaySo();

private:
    const BenchSubject &named(const QString &name) const
    {
        return *std::ranges::find(benchSubjects(), name.toStdString(), &BenchSubject::name);
    }
    PoolSet m_set;
};

void TestIdentityBench::honestOnesStand_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<bool>("forced");
    for (const BenchSubject &subject : benchSubjects()) {
        if (subject.honest)
            QTest::addRow("%s", subject.name.c_str()) << QString::fromStdString(subject.name) << false;
    }
    QTest::newRow("full, its weights here") << "full" << true;
}

void TestIdentityBench::honestOnesStand()
{
    QFETCH(QString, subject);
    QFETCH(bool, forced);
    // Seeded: at 1 % a run, one of twelve may still be; what is measured stands in docs/identity/bench.md.
    QVERIFY(contradicted(m_set, named(subject), forced ? BenchPlanKind::Forced : BenchPlanKind::Texts) <= 1);
}

void TestIdentityBench::othersAreFound_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<bool>("forced");
    for (const char *subject : {"distilled", "50 % distilled", "base", "hidden prompt"})
        QTest::newRow(subject) << QString::fromLatin1(subject) << false;
    QTest::newRow("int4, weights here") << "int4" << true;
}

void TestIdentityBench::othersAreFound()
{
    QFETCH(QString, subject);
    QFETCH(bool, forced);
    QCOMPARE(contradicted(m_set, named(subject), forced ? BenchPlanKind::Forced : BenchPlanKind::Texts), kRuns);
}

void TestIdentityBench::aRunIsItsSeeds()
{
    const BenchSubject &subject = named(QStringLiteral("int4"));
    const auto first = benchRun(m_set, subject, BenchPlanKind::Texts, 7, kDraws), again = benchRun(m_set, subject, BenchPlanKind::Texts, 7, kDraws),
               other = benchRun(m_set, subject, BenchPlanKind::Texts, 8, kDraws);
    for (size_t i = 0; i < first.evidence.size(); ++i)
        QCOMPARE(evidenceToJson(first.evidence[i]).dump(), evidenceToJson(again.evidence[i]).dump());
    QVERIFY(evidenceToJson(first.evidence[0]).dump() != evidenceToJson(other.evidence[0]).dump());
}

/// Whoever asks too little to see an alternative gets no CONSISTENT.
void TestIdentityBench::weakTestsSaySo()
{
    const auto outcome = benchRun(m_set, named(QStringLiteral("full")), BenchPlanKind::Texts, 3, kDraws);
    for (const Evidence &evidence : outcome.evidence) {
        QVERIFY(evidence.detectable && *evidence.detectable > 0);
        QCOMPARE(evidence.power.size(), size_t(evidence.tier == Tier::Distribution ? 4 : 2)); // of tokens and texts one request in ten, too
    }
    const auto powerOf = [&](const std::string &alternative) {
        double most = 0;
        for (const Evidence &evidence : outcome.evidence)
            for (const Power &power : evidence.power)
                most = std::max(most, power.alternative == alternative ? power.value : 0);
        return most;
    };
    QVERIFY(powerOf("distilled") > 0.9);
    QVERIFY(powerOf("int4") < 0.8);
    QCOMPARE(outcome.verdict.kind, VerdictKind::Inconclusive);
}

QTEST_APPLESS_MAIN(TestIdentityBench)
#include "tst_identitybench.moc"
