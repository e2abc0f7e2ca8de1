// SPDX-License-Identifier: GPL-3.0-or-later
// Claim sheets: both forms, what is told of entries that are no claims, hostile input; and the table of fields.
#include "core/identify/claimsheet.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <set>

using namespace assay;
using nlohmann::json;

class TestClaimSheets : public QObject
{
    Q_OBJECT
private slots:
    void everyFieldIsFoundByItsNames()
    {
        std::set<std::string> names;
        for (const ClaimField &field : claimFields()) {
            QCOMPARE(findClaimField(field.id), &field);
            QVERIFY2(names.insert(field.id).second, field.id);
            for (const QString &alias : QString::fromLatin1(field.aliases).split(u' ', Qt::SkipEmptyParts)) {
                QVERIFY2(names.insert(alias.toStdString()).second, qPrintable(alias));
                QCOMPARE(findClaimField(alias.toStdString()), &field);
            }
        }
        QCOMPARE(findClaimField("Context-Length"), findClaimField("max_position_embeddings"));
        QCOMPARE(findClaimField("response_header.anything")->group, "API");
        QVERIFY(!findClaimField("latency_of_love"));
        QVERIFY(!findClaimField(std::string(1000000, 'x')));
    }

    void ownForm()
    {
        const json written{{"schema", "assay-claims/1"}, {"id", "a"}, {"title", "T"}, {"author", "x"}, {"profile", "deepseek-r1"},
                           {"versions", {{"full", "deepseek-r1"}, {"distilled", "b|c"}}},
                           {"claims", {{{"id", "1"}, {"field", "layers"}, {"claimed", 61}, {"version", "full"}},
                                       {{"field", "vram"}, {"claimed", 22}, {"unit", "GB"}, {"hardware", "A100"}, {"note", "n"}}}}};
        const auto sheet = readClaimSheet(written.dump(), "file.json");
        QVERIFY(sheet);
        QCOMPARE(sheet->claims.size(), size_t(2));
        QCOMPARE(sheet->claims[1].id, std::string("2")); // by its place
        QCOMPARE(sheet->claims[1].hardware, std::string("A100"));
        QCOMPARE(sheet->problems.size(), size_t(0));
        QCOMPARE(profilesOf(*sheet, "distilled"), (std::vector<std::string>{"b", "c"}));
        QCOMPARE(profilesOf(*sheet, "base"), std::vector<std::string>());
        QCOMPARE(profilesOf(*sheet, {}), std::vector<std::string>{"deepseek-r1"});
        const auto again = readClaimSheet(claimSheetToJson(*sheet).dump(), "file.json");
        QVERIFY(again);
        QCOMPARE(claimSheetToJson(*again).dump(), claimSheetToJson(*sheet).dump());
    }

    void articleForm()
    {
        const auto sheet = readClaimSheet(std::filesystem::path(ASSAY_SOURCE_DIR "/resources/claims/article-full-vs-distilled.json"));
        QVERIFY(sheet);
        QCOMPARE(sheet->claims.size(), size_t(34));
        QCOMPARE(sheet->problems.size(), size_t(0));
        QCOMPARE(sheet->author, std::string("沙与沫"));
        QCOMPARE(profilesOf(*sheet, "distilled").size(), size_t(6));
        // What others made of the claims is not read: it may not sway what is found here.
        QVERIFY(claimSheetToJson(*sheet).dump().find("verdict") == std::string::npos);
    }

    void damaged_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("no schema") << QByteArray("{\"claims\": [{\"field\": \"layers\", \"claimed\": 1}]}");
        QTest::newRow("other schema") << QByteArray("{\"schema\": \"assay-claims/2\", \"claims\": [{\"field\": \"layers\", \"claimed\": 1}]}");
        QTest::newRow("no claims") << QByteArray("{\"schema\": \"assay-claims/1\"}");
        QTest::newRow("nothing usable") << QByteArray("{\"schema\": \"assay-claims/1\", \"claims\": [1, {}, {\"field\": 3}]}");
        QTest::newRow("cut") << QByteArray("{\"schema\": \"assay-claims/1\", \"claims\": [{\"fie");
        QTest::newRow("deep") << QByteArray("{\"schema\": \"assay-claims/1\", \"claims\": ") + QByteArray(100000, '[');
        QTest::newRow("large") << QByteArray(5 << 20, ' ');
    }
    void damaged()
    {
        QFETCH(QByteArray, content);
        const auto sheet = readClaimSheet(std::string_view(content.constData(), size_t(content.size())), "s.json");
        QVERIFY(!sheet);
        QCOMPARE(sheet.error().code, ErrorCode::ClaimSheetDamaged);
        QVERIFY(!sheet.error().sentence().empty());
    }

    void oneBadEntryLeavesTheRest()
    {
        json claims = json::array({{{"field", "layers"}, {"claimed", 61}}});
        claims.push_back({{"field", "heads"}});                                     // nothing claimed
        claims.push_back({{"claimed", 3}});                                         // no field
        claims.push_back({{"field", "heads"}, {"claimed", json::array({json::array({1})})}}); // lists in lists
        claims.push_back({{"field", "heads"}, {"claimed", std::string(100000, 'x')}});
        claims.push_back("text");
        claims.push_back({{"id", "1"}, {"field", "heads"}, {"claimed", 128}});      // the first one's id
        const auto sheet = readClaimSheet(json{{"schema", "assay-claims/1"}, {"claims", claims}}.dump(), "s.json");
        QVERIFY(sheet);
        QCOMPARE(sheet->claims.size(), size_t(1));
        QCOMPARE(sheet->problems.size(), size_t(6));
        for (const Told &problem : sheet->problems)
            QVERIFY(!problem.sentence().empty());
        QCOMPARE(sheet->id, std::string("s"));
    }

    void manyClaimsAreCut()
    {
        json claims = json::array();
        for (int i = 0; i < 3000; ++i)
            claims.push_back({{"field", "layers"}, {"claimed", i}});
        const auto sheet = readClaimSheet(json{{"schema", "assay-claims/1"}, {"claims", claims}}.dump(), "s.json");
        QVERIFY(sheet);
        QCOMPARE(sheet->claims.size(), size_t(2000));
        QCOMPARE(sheet->problems.size(), size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestClaimSheets)
#include "tst_claimsheets.moc"
