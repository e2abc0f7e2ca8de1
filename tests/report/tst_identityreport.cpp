// SPDX-License-Identifier: GPL-3.0-or-later
// What a report says of verifications, in every form of text; hostile strings in them stay text.
#include "core/report/report.h"
#include "tests/compare/samplefamily.h"
#include "tests/widgets/verificationsamples.h"

#include <QtTest>
#include <nlohmann/json.hpp>
#include <set>

using namespace assay;
using nlohmann::json;

namespace {

Comparison withVerifications()
{
    Comparison comparison = samplefamily::family();
    Verification first = samples::contradicted(), second = samples::inconclusive();
    first.path = comparison.subjects[1].subject.path;
    second.probes = first.probes;
    comparison.verifications = {std::make_shared<Verification>(first), std::make_shared<Verification>(second)};
    return comparison;
}

const ReportSection *identityOf(const Report &report)
{
    const auto found = std::ranges::find(report.sections, std::string("identity"), &ReportSection::id);
    return found == report.sections.end() ? nullptr : &*found;
}

const ReportTable *tableNamed(const ReportSection &section, const std::string &title)
{
    for (const ReportBlock &block : section.blocks) {
        if (const auto *table = std::get_if<ReportTable>(&block); table && table->title == title)
            return table;
    }
    return nullptr;
}

bool has(const std::string &text, const char *what)
{
    return text.find(what) != std::string::npos;
}

} // namespace

class TestIdentityReport : public QObject
{
    Q_OBJECT
private slots:
    void noVerificationNoSection()
    {
        QVERIFY(!identityOf(buildReport(samplefamily::family(), "en")));
        QVERIFY(!json::parse(reportJson(buildReport(samplefamily::family(), "en"))).contains("verifications"));
    }

    void verdictClaimsEvidenceChartsProtocol()
    {
        const Report report = buildReport(withVerifications(), "en");
        const ReportSection *section = identityOf(report);
        QVERIFY(section);
        const auto *verdict = std::get_if<ReportParagraph>(&section->blocks.front());
        QVERIFY(verdict && verdict->emphasis && has(verdict->text, "vendor-full, claimed as DeepSeek-R1: CONTRADICTED"));
        const ReportTable *claims = tableNamed(*section, "Claims");
        QVERIFY(claims && claims->rows.size() == 3 && claims->rows[1].size() == 5);
        QVERIFY(has(claims->rows[1][3], "contradicted"));
        QVERIFY2(claims->rows[1][4].starts_with("28 were found, 61 are claimed. ["), claims->rows[1][4].c_str());
        QCOMPARE(claims->rows[1][1], std::string("61"));
        QCOMPARE(claims->rows[1][2], std::string("28"));
        const ReportTable *protocol = tableNamed(*section, "How it was checked");
        QVERIFY(protocol);
        QVERIFY(std::ranges::any_of(protocol->rows, [](const auto &row) { return row[0] == "Seed" && row[1] == "20261122"; }));
        QVERIFY(std::ranges::any_of(protocol->rows, [](const auto &row) { return row[0] == "Error rate of the report" && has(row[1], "1"); }));
        const ReportTable *nearest = tableNamed(*section, "Nearest known models");
        QVERIFY(nearest && nearest->rows[0][1] == "94.0");
        std::set<std::string> charts; // each once in a document, each with its table
        for (const ReportSection &each : report.sections) {
            if (!each.id.starts_with("identity"))
                continue;
            for (const ReportBlock &block : each.blocks) {
                if (const auto *chart = std::get_if<ChartSpec>(&block)) {
                    QVERIFY2(charts.insert(chart->id).second, chart->id.c_str());
                    QVERIFY2(!report.chartTables.at(chart->id).rows.empty(), chart->id.c_str());
                }
            }
        }
        QVERIFY(charts.contains("identity_probes") && charts.contains("identity_probes_2") && charts.contains("identity_power"));
        const ReportTable &probes = report.chartTables.at("identity_probes");
        std::string first;
        for (const std::string &cell : probes.rows[0])
            first += cell + "|";
        QCOMPARE(QString::fromStdString(first), QStringLiteral("A|255|255|87 (-168)|87 (-168)|87 (-168)|"));
    }

    /// A reader who goes no further than the summary has the verdicts; each verification has a section of its own behind them.
    void verdictsStandFirst()
    {
        const Report report = buildReport(withVerifications(), "en");
        QCOMPARE(report.sections.front().id, std::string("summary"));
        std::vector<std::string> verdicts, sections;
        for (const ReportBlock &block : report.sections.front().blocks) {
            const auto *paragraph = std::get_if<ReportParagraph>(&block);
            if (paragraph && paragraph->emphasis && has(paragraph->text, "claimed as"))
                verdicts.push_back(paragraph->text);
        }
        for (const ReportSection &section : report.sections) {
            if (section.id.starts_with("identity"))
                sections.push_back(section.id + "|" + section.title + "|" + std::get<ReportParagraph>(section.blocks.front()).text);
        }
        QCOMPARE(verdicts.size(), size_t(2));
        QCOMPARE(sections.size(), size_t(2));
        QVERIFY2(sections[0].starts_with("identity|Identity of vendor-full|") && sections[0].ends_with(verdicts[0]), sections[0].c_str());
        QVERIFY2(sections[1].starts_with("identity_2|Identity of ") && sections[1].ends_with(verdicts[1]), sections[1].c_str());
    }

    void everyFormOfText()
    {
        const Report report = buildReport(withVerifications(), "en");
        const std::string markdown = reportMarkdown(report), html = reportHtml(report), csv = reportCsv(report);
        for (const char *what : {"CONTRADICTED", "INCONCLUSIVE", "28 were found, 61 are claimed.", "p = 0.0004", "A gateway may count with a tokenizer of its own."}) {
            QVERIFY2(has(markdown, what), what);
            QVERIFY2(has(html, what), what);
        }
        QVERIFY(has(csv, ",Identity,identity.verdict,,CONTRADICTED,,,,\r\n"));
        QVERIFY(has(csv, ",Identity,claim.num_hidden_layers,,contradicted,,,,\r\n"));
        QVERIFY2(has(csv, ",Identity,evidence.distribution.text,p,4e-04,,,25,\r\n"), csv.substr(csv.find("evidence.distribution.text"), 80).c_str());
        const json document = json::parse(reportJson(report));
        QCOMPARE(document["verifications"].size(), size_t(2));
        const auto again = verificationFromJson(document["verifications"][0].dump(), "report");
        QVERIFY(again);
        QCOMPARE(again->seed, uint64_t(20261122));
        QCOMPARE(again->verdict.kind, VerdictKind::Contradicted);
    }

    void hostileStringsStayText()
    {
        Comparison comparison = samplefamily::family();
        Verification one = samples::contradicted();
        const std::string hostile = "=cmd|<script>alert(1)</script> [a](http://e) \"q\",\n# x \xFF";
        one.subject = one.claimTitle = hostile;
        one.claims[0].claim.field = hostile;
        one.claims[0].field = nullptr;
        one.evidence[0].what = {"%1", {hostile}};
        one.nearest[0].title = hostile;
        comparison.verifications = {std::make_shared<Verification>(one)};
        const Report report = buildReport(comparison, "en");
        QVERIFY(!has(reportHtml(report), "<script>"));
        QVERIFY(!has(reportMarkdown(report), "<script>"));
        QVERIFY(!has(reportCsv(report), "\n=cmd"));
        QVERIFY(json::accept(reportJson(report)));
    }
};

QTEST_APPLESS_MAIN(TestIdentityReport)
#include "tst_identityreport.moc"
