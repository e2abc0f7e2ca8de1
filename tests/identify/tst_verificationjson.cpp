// SPDX-License-Identifier: GPL-3.0-or-later
// A verification as JSON, both ways, whole and damaged.
#include "core/identify/verification.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;

namespace {

Verification full()
{
    Verification one;
    one.id = "v";
    one.startedAt = "2026-11-22T21:38:50Z";
    one.subject = "R1";
    one.path = "/models/r1";
    one.claim = "deepseek-r1";
    one.size = VerificationSize::Deep;
    one.seed = 9007199254740993;
    one.rules.priorOdds = 4.0;
    one.rules.alternatives = {"distilled"};
    one.rules.mixtures = {"10 % distilled"};
    one.rules.leftOpen = {"deepseek-v3"};
    one.rules.weightsHere = true;
    one.verdict.kind = VerdictKind::Contradicted;
    one.verdict.sentence = {"%1 of %2", {"a", "b"}};
    one.verdict.reasons = {{"why", {}}};
    one.verdict.tests = {{"t", 0.001, 0.003, true, true}};
    one.verdict.odds = {{"distilled", -4.5, 0.04}};
    ClaimRow row;
    row.claim = {"A01", "full", "layers", 61, "", "8 x H200", "n"};
    row.field = findClaimField("layers");
    row.verdict = ClaimVerdict::Impossible;
    row.found = {{json::array({1, 2}), FoundBy::Counted, "tensors"}};
    row.reason = {"because", {}};
    one.claims = {row};
    Evidence evidence;
    evidence.tier = Tier::Weights;
    evidence.kind = Evidence::Kind::Contradiction;
    evidence.test = "weights.structure";
    evidence.channel = "tensors";
    evidence.what = {"differs", {}};
    one.evidence = {evidence};
    one.nearest = {{"p", "P", 0.75, true, {{"a", {}}}, {{"d", {}}}}};
    one.probes = {{"A", "3.14", 21, {{"deepseek_v3", 21}, {"qwen", 63}}}};
    one.spent = {12, 340, 56, 0.25};
    one.interrupted = true;
    one.notes = {{"note", {}}};
    return one;
}

} // namespace

class TestVerificationJson : public QObject
{
    Q_OBJECT
private slots:
    void thereAndBack()
    {
        const std::string written = verificationToJson(full()).dump();
        const auto read = verificationFromJson(written, "v.json");
        QVERIFY(read);
        QCOMPARE(verificationToJson(*read).dump(), written);
        QCOMPARE(read->seed, uint64_t(9007199254740993));
        QCOMPARE(read->claims.front().field, findClaimField("num_hidden_layers"));
        QCOMPARE(read->verdict.sentence.sentence(), std::string("a of b"));
        QCOMPARE(*read->spent.money, 0.25);
        QCOMPARE(read->probes.front().expected.at("qwen"), int64_t(63));
    }

    void damaged_data()
    {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("schema") << QByteArray("schema") << QByteArray("\"assay-verification/9\"");
        QTest::newRow("size") << QByteArray("size") << QByteArray("\"huge\"");
        QTest::newRow("seed") << QByteArray("seed") << QByteArray("-1");
        QTest::newRow("claims") << QByteArray("claims") << QByteArray("[{\"verdict\": 3}]");
        QTest::newRow("evidence") << QByteArray("evidence") << QByteArray("[{\"tier\": \"T99\"}]");
        QTest::newRow("verdict") << QByteArray("verdict") << QByteArray("[]");
        QTest::newRow("probes") << QByteArray("probes") << QByteArray("[{\"expected\": {\"q\": 1.5}}]");
        QTest::newRow("subject") << QByteArray("subject") << QByteArray("7");
    }
    void damaged()
    {
        QFETCH(QByteArray, member);
        QFETCH(QByteArray, value);
        json object = verificationToJson(full());
        object[member.toStdString()] = json::parse(value.toStdString());
        const auto read = verificationFromJson(object.dump(), "v.json");
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::JsonWrongType);
    }
};

QTEST_APPLESS_MAIN(TestVerificationJson)
#include "tst_verificationjson.moc"
