// SPDX-License-Identifier: GPL-3.0-or-later
// Claim sheets as they are written: values as typed, what is said of them, and the JSON schema that sheets obey.
#include "core/identify/claimediting.h"
#include "tests/identify/jsonschema.h"
#include "tests/identify/profiles.h"

#include <QDir>
#include <QTest>
#include <fstream>

using namespace assay;
using namespace assay::test;
using nlohmann::json;

namespace {

Claim claim(std::string field, json claimed, std::string unit = {})
{
    return {"1", {}, std::move(field), std::move(claimed), std::move(unit), {}, {}};
}

ClaimReading read(const Claim &one)
{
    ClaimSheet sheet;
    sheet.claims = {one};
    return readingOf(one, sheet, 0);
}

json jsonFile(const QString &path)
{
    std::ifstream in(path.toStdString());
    return json::parse(in, nullptr, false);
}

JsonSchema schema()
{
    return JsonSchema(jsonFile(QStringLiteral(ASSAY_SOURCE_DIR "/resources/schemas/claims.schema.json")));
}

} // namespace

class TestClaimEditing : public QObject
{
    Q_OBJECT
private slots:
    void valuesAsTyped_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("value"); // JSON
        QTest::newRow("whole") << " 61 " << "61";
        QTest::newRow("fraction") << "0.85" << "0.85";
        QTest::newRow("digits are meant") << "79.80" << "\"79.80\"";
        QTest::newRow("unit") << "671B" << "\"671B\"";
        QTest::newRow("range") << "5 to 10" << "[5,10]";
        QTest::newRow("yes") << "yes" << "true";
        QTest::newRow("no") << "no" << "false";
        QTest::newRow("words") << "[\"text\", \"image\"]" << "[\"text\",\"image\"]";
        QTest::newRow("versions") << "{\"full\": 61, \"distilled\": 28}" << "{\"full\":61,\"distilled\":28}";
        QTest::newRow("text like a number") << "\"61\"" << "\"61\"";
        QTest::newRow("cut JSON is text") << "[1, 2" << "\"[1, 2\"";
        QTest::newRow("from one to another") << "here to there" << "\"here to there\"";
        QTest::newRow("no number") << "nan" << "\"nan\"";
        QTest::newRow("nothing") << "  " << "null";
    }
    void valuesAsTyped()
    {
        QFETCH(QString, typed);
        QFETCH(QString, value);
        const json made = claimedFromText(typed.toStdString());
        QCOMPARE(made.dump(), json::parse(value.toStdString()).dump());
        QCOMPARE(claimedFromText(claimedToText(made)).dump(), made.dump()); // what was read is what would be typed
    }

    /// Whatever a shipped sheet claims can be shown, typed again and is the same.
    void everyShippedValueSurvivesEditing()
    {
        int seen = 0;
        for (const QString &name : QDir(QStringLiteral(ASSAY_SOURCE_DIR "/resources/claims")).entryList({QStringLiteral("*.json")})) {
            const auto sheet = readClaimSheet(std::filesystem::path((QStringLiteral(ASSAY_SOURCE_DIR "/resources/claims/") + name).toStdString()));
            QVERIFY(sheet);
            for (const Claim &one : sheet->claims) {
                QCOMPARE(claimedFromText(claimedToText(one.claimed)).dump(), one.claimed.dump());
                ++seen;
            }
        }
        QVERIFY(seen > 34);
    }

    void hostileValuesAreText()
    {
        const std::string deep(200000, '[');
        QVERIFY(claimedFromText(deep).is_string());
        QVERIFY(claimedFromText(std::string(200000, '9')).is_string());
        QVERIFY(claimedFromText("1e999").is_string());
        QCOMPARE(claimedFromText("\xFF\xFE").get<std::string>(), std::string("\xEF\xBF\xBD\xEF\xBF\xBD"));
    }

    void readings_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<QString>("problem");
        QTest::addColumn<QString>("reading");
        const auto row = [](const char *name, const char *field, const char *typed, const char *unit, const char *problem, const char *reading) {
            QTest::newRow(name) << field << typed << unit << problem << reading;
        };
        row("exact", "layers", "61", "", "", "Exactly 61.");
        row("context in K", "context", "128K", "", "", "Exactly 131,072 tokens.");
        row("at most", "vram", "22", "GB", "", "At most 20.5 GiB.");
        row("rounded", "accuracy.mmlu", "79.8", "", "", "What rounds to it: 79.75 % to 79.85 %.");
        row("range", "parameter_ratio", "5 to 10", "", "", "From 5 to 10.");
        row("word", "activation", "SwiGLU", "", "", "The same words, or others of the same meaning.");
        row("yes", "tied_embeddings", "no", "", "", "The same, yes or no.");
        row("other field", "test.code", "good", "", "", "This is no field that anything here decides.");
        row("two versions", "layers", "{\"full\": 61, \"distilled\": 28}", "", "", "A value for each of 2 versions.");
        row("nothing", "layers", "", "", "Entry 1 (layers) has no value that can be held against anything.", "");
        row("no field", "", "3", "", "Entry 1 names no field.", "");
        row("no number", "layers", "many", "", "No number can be read from what is claimed.", "");
        row("bad unit", "latency", "3", "GB", "\"GB\" is no unit of this field; these are: s, ms, us, ms/token, s/token.", "");
        row("no word", "activation", "7", "", "Nothing that is claimed is a word.", "");
        row("backwards", "parameter_ratio", "10 to 5", "", "No number can be read from what is claimed.", "");
        row("one of two is bad", "layers", "{\"full\": 61, \"distilled\": \"few\"}", "", "No number can be read from what is claimed.", "");
    }
    void readings()
    {
        QFETCH(QString, field);
        QFETCH(QString, typed);
        QFETCH(QString, unit);
        QFETCH(QString, problem);
        QFETCH(QString, reading);
        const ClaimReading said = read(claim(field.toStdString(), claimedFromText(typed.toStdString()), unit.toStdString()));
        QCOMPARE(QString::fromStdString(said.problem.sentence()), problem);
        QCOMPARE(QString::fromStdString(said.reading.sentence()), reading);
    }

    void textsThatWouldBeLostAreTold()
    {
        Claim one = claim("layers", 61);
        one.note = std::string(4000, 'n');
        QVERIFY(read(one).problem.empty());
        one.note += 'n';
        QCOMPARE(read(one).problem.sentence(), std::string("Entry 1 has a text that is too long to be read again."));
    }

    void idsAreTakenOnce()
    {
        ClaimSheet sheet;
        sheet.claims = {claim("layers", 61), claim("heads", 128)};
        QVERIFY(!readingOf(sheet.claims[1], sheet, 1).problem.empty());
        QCOMPARE(freeClaimId(sheet), std::string("2"));
        sheet.claims[1].id = "2";
        QVERIFY(readingOf(sheet.claims[1], sheet, 1).problem.empty());
        QCOMPARE(freeClaimId(sheet), std::string("3"));
    }

    /// Each unit that is offered is one that a value may have.
    void offeredUnitsAreRead()
    {
        size_t offered = 0;
        for (const ClaimField &field : claimFields()) {
            for (const std::string &unit : unitsOf(field)) {
                QVERIFY2(read(claim(field.id, 5, unit)).problem.empty(), (std::string(field.id) + " " + unit).c_str());
                ++offered;
            }
        }
        QVERIFY(offered > 50);
        QVERIFY(unitsOf(*findClaimField("activation")).empty());
        QCOMPARE(unitsOf(*findClaimField("context")).front(), std::string("tokens"));
    }

    void versionsAsTyped()
    {
        const std::map<std::string, std::string> two{{"distilled", "a|b"}, {"full", "deepseek-r1"}};
        QCOMPARE(versionsToText(two), std::string("distilled = a|b; full = deepseek-r1"));
        QVERIFY(versionsFromText(" full=deepseek-r1 ;distilled = a|b;") == std::optional(two));
        QVERIFY(versionsFromText("")->empty());
        for (const char *wrong : {"full", "= a", "full =", "full = a; full = b"})
            QVERIFY2(!versionsFromText(wrong), wrong);
    }

    void sentences()
    {
        ClaimSheet sheet;
        QCOMPARE(sheetSentence(sheet, {}), std::string("The sheet claims nothing yet."));
        sheet.profile = "deepseek-r1";
        QCOMPARE(sheetSentence(sheet, "DeepSeek-R1"), std::string("The subject is said to be DeepSeek-R1; nothing else is claimed."));
        sheet.claims = {claim("parameters", "671B"), claim("layers", 61), claim("context", 163840, "tokens"), claim("heads", 128)};
        QCOMPARE(sheetSentence(sheet, {}), std::string("The subject is said to be deepseek-r1, with Parameters 671B, Layers 61, Context 163,840 tokens and 1 more claim."));
        sheet.claims[0].version = "full";
        sheet.claims.resize(1);
        QCOMPARE(sheetSentence(sheet, {}), std::string("The subject is said to be deepseek-r1, with Parameters 671B (full)."));
        sheet.claims[0].version.clear();
        sheet.claims[0].claimed = std::string(40, 'x') + "\xE6\xBB\xA1\xE8\xA1\x80" + std::string(900, 'y'); // cut between letters
        QCOMPARE(sheetSentence(sheet, {}), "The subject is said to be deepseek-r1, with Parameters " + std::string(40, 'x') + "\xE6\xBB\xA1\xE8\xA1\x80" + std::string(18, 'y') + "....");
        sheet.claims[0].claimed = "671B";
        sheet.profile.clear();
        sheet.claims.push_back(claim("response.model_version", "v1"));
        QCOMPARE(sheetSentence(sheet, {}), std::string("The sheet names no known model; it claims: Parameters 671B, response.model_version v1."));
    }

    void shippedSheetsObeyTheSchema()
    {
        const JsonSchema asked = schema();
        const QDir folder(QStringLiteral(ASSAY_SOURCE_DIR "/resources/claims"));
        const QStringList names = folder.entryList({QStringLiteral("*.json")});
        QVERIFY(names.size() >= 2);
        for (const QString &name : names)
            QCOMPARE(asked.breach(jsonFile(folder.filePath(name))), std::string());
        for (const Profile &profile : shippedProfiles())
            QCOMPARE(asked.breach(claimSheetToJson(claimSheetOf(profile))), std::string());
    }

    /// The schema says no where the reader does, and yes where it reads everything.
    void theSchemaIsTheReaders_data()
    {
        QTest::addColumn<QString>("sheet");
        QTest::addColumn<bool>("obeys");
        const auto row = [](const char *name, const std::string &sheet, bool obeys) { QTest::newRow(name) << QString::fromStdString(sheet) << obeys; };
        const auto with = [](const std::string &claimed) { return R"({"schema": "assay-claims/1", "claims": [{"field": "layers", "claimed": )" + claimed + "}]}"; };
        row("own", with("61"), true);
        row("article", R"({"kind": "article claim sheet", "claims": [{"field": "layers", "claimed": 8, "verdict": "x"}]})", true);
        row("list", with("[1, 2]"), true);
        row("versions", with(R"({"full": 61, "distilled": [28, 48]})"), true);
        row("no schema", R"({"claims": [{"field": "layers", "claimed": 61}]})", false);
        row("other schema", R"({"schema": "assay-claims/2", "claims": [{"field": "layers", "claimed": 61}]})", false);
        row("no list", R"({"schema": "assay-claims/1"})", false);
        row("no field", R"({"schema": "assay-claims/1", "claims": [{"claimed": 61}]})", false);
        row("null", with("null"), false);
        row("empty list", with("[]"), false);
        row("lists in lists", with("[[1]]"), false);
        row("too long", with('"' + std::string(5000, 'x') + '"'), false);
    }
    void theSchemaIsTheReaders()
    {
        QFETCH(QString, sheet);
        QFETCH(bool, obeys);
        const std::string breach = schema().breach(json::parse(sheet.toStdString()));
        QVERIFY2(breach.empty() == obeys, breach.c_str());
        const auto read = readClaimSheet(sheet.toStdString(), "s.json");
        QCOMPARE(read && read->problems.empty(), obeys);
    }
};

QTEST_APPLESS_MAIN(TestClaimEditing)
#include "tst_claimediting.moc"
