// SPDX-License-Identifier: GPL-3.0-or-later
// Claims against facts. The sheets of two articles carry verdicts that were worked out apart from this code; here they are the reference.
#include "core/base/file.h"
#include "core/identify/claimsheet.h"
#include "core/model/devices.h"
#include "tests/identify/profiles.h"

#include <QMap>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;

namespace {

/// Where we differ from the reference on purpose.
const QMap<QString, QPair<QString, QString>> kOtherwise{
    {"A16", {"contradicted", "A 1.5B model in 4 bits could be read that fast, so arithmetic does not rule it out; in BF16, as it is published, it cannot"}},
    {"A30", {"not tested", "that n*n+n+41 fails at 40 is true of numbers and no claim on a model"}},
    {"B24", {"not tested", "weights stored in 4 bits take four times as much when they are unpacked to 16"}},
    {"B28", {"not tested", "a statement on an algorithm's cost, not on a model"}},
    {"B29", {"not tested", "a code sample; nothing here runs it"}},
    {"B30", {"not tested", "a code sample; nothing here runs it"}},
};

/// The reference's word as ours.
QString ours(const QString &verdict)
{
    if (verdict == QStringLiteral("self-contradictory"))
        return QStringLiteral("contradicts itself");
    return verdict == QStringLiteral("unverifiable") || verdict == QStringLiteral("method") ? QStringLiteral("not tested") : verdict;
}

DeviceTable devices()
{
    const auto text = readWholeFile(ASSAY_SOURCE_DIR "/resources/devices.json", 1 << 20);
    auto table = parseDevices(text.value());
    if (!table)
        qFatal("devices.json");
    return *table;
}

ClaimVerdict check(const char *field, json claimed, const FoundFacts &facts, const char *unit = "", const char *hardware = "")
{
    ClaimSheet sheet;
    sheet.claims.push_back({"1", {}, field, std::move(claimed), unit, hardware, {}});
    const DeviceTable table = devices();
    return checkClaims(sheet, {}, facts, {}, &table).front().verdict;
}

FoundFacts model()
{
    FoundFacts facts;
    facts.add("parameters.total", 671026419200, FoundBy::Counted, "tensors");
    facts.add("parameters.active", 37552297472, FoundBy::Counted, "tensors");
    facts.add("weights.bytes", 688586727753, FoundBy::Counted, "tensors");
    facts.add("num_hidden_layers", 61, FoundBy::Counted, "tensors");
    facts.add("num_hidden_layers", 32, FoundBy::Declared, "config.json");
    facts.add("max_position_embeddings", 163840, FoundBy::Declared, "config.json");
    facts.add("hidden_act", json::array({"silu"}), FoundBy::Declared, "config.json");
    facts.add("norm", "RMSNorm", FoundBy::Counted, "tensors");
    facts.add("architecture", json::array({"DeepseekV3ForCausalLM", "mixture of experts", "transformer"}), FoundBy::Declared, "config.json");
    return facts;
}

} // namespace

class TestClaimCheck : public QObject
{
    Q_OBJECT
private slots:
    void articles_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("full and distilled") << QStringLiteral("article-full-vs-distilled");
        QTest::newRow("three versions") << QStringLiteral("article-three-versions");
    }
    void articles()
    {
        QFETCH(QString, name);
        const QString path = QStringLiteral(ASSAY_SOURCE_DIR "/resources/claims/%1.json").arg(name);
        const auto sheet = readClaimSheet(std::filesystem::path(path.toStdString()));
        QVERIFY(sheet);
        const json reference = json::parse(readWholeFile(path.toStdString(), 1 << 20).value());
        const auto profiles = test::shippedProfiles();
        const DeviceTable table = devices();
        const auto rows = checkClaims(*sheet, "full", test::profileNamed(profiles, "deepseek-r1").facts, test::factsOf(profiles), &table);
        QCOMPARE(rows.size(), sheet->claims.size());
        QStringList wrong;
        for (size_t i = 0; i < rows.size(); ++i) {
            const QString id = QString::fromStdString(rows[i].claim.id), mine = QString::fromLatin1(claimVerdictName(rows[i].verdict));
            const QString theirs = ours(QString::fromStdString(reference["claims"][i]["verdict"]));
            const QString expected = kOtherwise.contains(id) ? kOtherwise[id].first : theirs;
            QVERIFY2(!kOtherwise.contains(id) || expected != theirs, qPrintable(id)); // the list holds no row in vain
            if (mine != expected)
                wrong << QStringLiteral("%1 (%2): %3 instead of %4: %5").arg(id, QString::fromStdString(rows[i].claim.field), mine, expected,
                                                                            QString::fromStdString(rows[i].reason.sentence()));
            QVERIFY(!rows[i].reason.sentence().empty());
            QVERIFY(!rows[i].claimedText().empty() && !rows[i].foundText().empty());
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void everyPublishedModelSupportsItsOwnSheet()
    {
        const auto profiles = test::shippedProfiles();
        for (const Profile &profile : profiles) {
            for (const ClaimRow &row : checkClaims(claimSheetOf(profile), {}, profile.facts, test::factsOf(profiles)))
                QVERIFY2(row.verdict == ClaimVerdict::Supported || row.verdict == ClaimVerdict::NotTested,
                         qPrintable(QString::fromStdString(profile.id + " " + row.claim.field + ": " + row.reason.sentence())));
        }
    }

    void rules_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("claimed");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<QString>("hardware");
        QTest::addColumn<QString>("verdict");
        const auto row = [](const char *name, const char *field, const char *claimed, const char *unit, const char *hardware, const char *verdict) {
            QTest::newRow(name) << QString::fromLatin1(field) << QString::fromUtf8(claimed) << QString::fromLatin1(unit) << QString::fromLatin1(hardware)
                                << QString::fromLatin1(verdict);
        };
        row("digits", "parameters", "671000000000", "", "", "supported");
        row("text", "parameters", "\"671B\"", "", "", "supported");
        row("yi", "parameters", "\"6710亿\"", "", "", "supported");
        row("a tenth", "parameters", "67100000000", "", "", "contradicted");
        row("exact", "parameters", "671026419200", "", "", "supported");
        row("nearly exact", "parameters", "671026419201", "", "", "contradicted");
        row("range", "parameters", "[600000000000, 700000000000]", "", "", "supported");
        row("the tensors win", "layers", "32", "", "", "contradicted");
        row("counted", "layers", "61", "", "", "supported");
        row("thousands", "context_length", "\"160K\"", "", "", "supported");
        row("thousands as a number", "context_length", "160000", "", "", "supported");
        row("less context", "context_length", "131072", "", "", "contradicted");
        row("alias", "activation", "\"SwiGLU\"", "", "", "supported");
        row("one of two", "activation", "\"GeLU + Swish\"", "", "", "contradicted");
        row("unknown word", "activation", "\"secret sauce\"", "", "", "not tested");
        row("the longer name", "architecture", "\"Transformer-XL\"", "", "", "contradicted");
        row("the shorter name", "architecture", "\"decoder-only Transformer\"", "", "", "supported");
        row("memory at any precision", "vram", "22", "GB", "", "impossible");
        row("memory as stored", "vram", "400", "GB", "", "contradicted");
        row("memory that is enough", "vram", "1500", "GB", "", "not tested");
        row("hardware", "hardware", "\"8 x H200\"", "", "", "not tested");
        row("too little of it", "hardware", "\"one H100\"", "", "", "impossible");
        row("slow enough", "latency", "2", "ms", "8x H100", "not tested");
        row("faster than reading what is stored", "latency", "1.2", "ms", "8x H100", "contradicted");
        row("faster than reading at any precision", "latency", "0.1", "ms", "8x H100", "impossible");
        row("unknown hardware", "latency", "0.001", "ms", "abacus", "not tested");
        row("unknown field", "colour", "\"red\"", "", "", "not tested");
        row("a unit that is none", "vram", "22", "parsec", "", "not tested");
    }
    void rules()
    {
        QFETCH(QString, field);
        QFETCH(QString, claimed);
        QFETCH(QString, unit);
        QFETCH(QString, hardware);
        QFETCH(QString, verdict);
        const ClaimVerdict found = check(qPrintable(field), json::parse(claimed.toStdString()), model(), qPrintable(unit), qPrintable(hardware));
        QCOMPARE(QString::fromLatin1(claimVerdictName(found)), verdict);
    }

    void aHostMayServeLess()
    {
        FoundFacts facts;
        facts.add("max_position_embeddings", 32768, FoundBy::Told, "/v1/models");
        QCOMPARE(check("context_length", 163840, facts), ClaimVerdict::NotTested);
        QCOMPARE(check("context_length", 32768, facts), ClaimVerdict::Supported);
    }

    void oneOfSeveralModels()
    {
        // "32 heads" is true of Llama 8B alone; with 8 layers claimed beside it no distilled model is left.
        const auto profiles = test::shippedProfiles();
        ClaimSheet sheet;
        sheet.versions = {{"full", "deepseek-r1"}, {"distilled", "deepseek-r1-distill-qwen-7b|deepseek-r1-distill-llama-8b"}};
        sheet.claims.push_back({"1", "distilled", "heads", 32, {}, {}, {}});
        const FoundFacts &full = test::profileNamed(profiles, "deepseek-r1").facts;
        QCOMPARE(checkClaims(sheet, "full", full, test::factsOf(profiles)).front().verdict, ClaimVerdict::Supported);
        sheet.claims.push_back({"2", "distilled", "layers", 8, {}, {}, {}});
        QCOMPARE(checkClaims(sheet, "full", full, test::factsOf(profiles)).front().verdict, ClaimVerdict::Contradicted);
        sheet.claims.push_back({"3", "other", "layers", 8, {}, {}, {}});
        QCOMPARE(checkClaims(sheet, "full", full, test::factsOf(profiles)).back().verdict, ClaimVerdict::NotTested);
    }
};

QTEST_APPLESS_MAIN(TestClaimCheck)
#include "tst_claimcheck.moc"
