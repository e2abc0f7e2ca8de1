// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report.h"
#include "tests/compare/samplefamily.h"

#include <QRegularExpression>
#include <QtTest>
#include <QXmlStreamReader>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;
using samplefamily::family;

namespace {

const std::string kHostile = "evil<script>alert(1)</script>|\"x\", [a](http://e)\n=1\xFF";

Comparison hostileFamily()
{
    Comparison comparison = family();
    comparison.subjects[1].subject.name = kHostile;
    EvaluationRun &run = samplefamily::evaluationOf(comparison, 1);
    ItemResult hostile = run.items[0];
    hostile.given.output = "\xC3\x28 <img src=x onerror=alert(1)>";
    run.items.set(0, hostile);
    return comparison;
}

/// RFC 4180 by its grammar, independent of the writer.
std::vector<std::vector<std::string>> parseCsv(const std::string &text)
{
    std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
    bool quoted = false;
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
            rows.back().back() += text[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == ',')
            rows.back().emplace_back();
        else if (!quoted && c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
            ++i;
            rows.emplace_back(1);
        } else
            rows.back().back() += c;
    }
    rows.pop_back(); // after the last line end
    return rows;
}

} // namespace

class TestReportFormats : public QObject
{
    Q_OBJECT

private slots:
    void jsonHoldsEveryNumberAndItsText()
    {
        const Report report = buildReport(family(), "en");
        const json document = json::parse(reportJson(report));
        QCOMPARE(document["schema"].get<std::string>(), std::string("assay.report"));
        QCOMPARE(document["schema_version"].get<int>(), 2);
        QCOMPARE(document["verdict"].get<std::string>(), report.verdict);
        QCOMPARE(document["reference"].get<std::string>(), std::string("big"));
        QCOMPARE(document["point"]["prompt_tokens"].get<int>(), 64);
        const std::vector<ComparisonRow> rows = comparisonTable(family());
        QCOMPARE(document["rows"].size(), rows.size());
        for (size_t r = 0; r < rows.size(); ++r) {
            const json &row = document["rows"][r];
            QCOMPARE(row["id"].get<std::string>(), rows[r].id);
            for (size_t i = 0; i < rows[r].cells.size(); ++i) {
                const ComparisonCell &cell = rows[r].cells[i];
                QCOMPARE(row["cells"][i]["text"].get<std::string>(), cell.text);
                if (cell.value)
                    QCOMPARE(row["cells"][i]["value"].get<double>(), *cell.value);
                else
                    QVERIFY(row["cells"][i]["value"].is_null());
                if (cell.estimate && cell.estimate->hasInterval)
                    QCOMPARE(row["cells"][i]["low"].get<double>(), cell.estimate->low);
            }
        }
        QCOMPARE(document["pairs"].size(), size_t(3));
        QCOMPARE(document["pairs"][0]["only_second"].get<int>(), 18);
        QCOMPARE(document["pairs"][0]["judgement"].get<std::string>(), std::string("inferior"));
        QCOMPARE(document["pairs"][0]["margin"].get<double>(), kDefaultMargin);
    }

    void jsonHoldsTheRawRuns()
    {
        const json document = json::parse(reportJson(buildReport(family(), "en")));
        const json &subject = document["subjects"][1];
        QCOMPARE(subject["role"].get<std::string>(), std::string("distilled"));
        const Result<BenchRun> bench = benchRunFromJson(subject["benchmark"]);
        QVERIFY(bench.has_value());
        QCOMPARE(bench->samples.size(), size_t(8));
        const Result<EvaluationRun> run = evaluationRunFromJson(subject["evaluations"][0]);
        QVERIFY(run.has_value());
        QCOMPARE(run->items.size(), size_t(100));
        QVERIFY(subject["facts"].is_null());
    }

    void jsonOfMissingPieces()
    {
        Comparison comparison = family();
        for (ComparedSubject &subject : comparison.subjects) {
            subject.bench = nullptr;
            subject.evaluations = {nullptr};
        }
        const json document = json::parse(reportJson(buildReport(comparison, "en")));
        QVERIFY(document["point"].is_null());
        QVERIFY(document["subjects"][0]["benchmark"].is_null());
        QVERIFY(json::parse(reportJson(buildReport(Comparison{}, "en")))["reference"].is_null());
    }

    /// Notes on endpoints' loads are in every format, once for a subject where they hold for all of its loads.
    void notesAreInEveryFormat()
    {
        Comparison comparison = family();
        auto run = std::make_shared<BenchRun>();
        run->plan.load.emplace().concurrencies = {1, 2};
        run->requests.append(RequestRecord{});
        comparison.subjects[0].bench = run;
        const auto find = [](const BenchRun &, const BenchPoint &point) {
            std::vector<LoadNote> notes{{"spot_check", "Everywhere.", {}}};
            if (point.concurrency == 2)
                notes.push_back({"failed", "%1 of two.", {"half"}});
            return notes;
        };
        const Report report = buildReport(comparison, "en", untranslated, find);
        const std::string markdown = reportMarkdown(report);
        QVERIFY(markdown.find("| big | Everywhere. | every load |") != std::string::npos);
        QVERIFY(markdown.find("| big | half of two. | 64 prompt tokens, 64 output tokens; closed loop, 2 in flight |") != std::string::npos);
        QVERIFY(reportHtml(report).find("half of two.") != std::string::npos);
        QVERIFY(reportCsv(report).find("big,full,Notes,note.failed,,\"64 prompt tokens, 64 output tokens; closed loop, 2 in flight: half of two.\",,,,\r\n") != std::string::npos);
        const json notes = json::parse(reportJson(report))["notes"];
        QCOMPARE(notes.size(), size_t(3)); // by load
        QCOMPARE(notes[2]["id"].get<std::string>(), std::string("failed"));
    }

    /// What a limit cut off is said in every format, in the same words.
    void limitsAreInEveryFormat()
    {
        Comparison comparison = family();
        auto run = std::make_shared<BenchRun>(*comparison.subjects[0].bench);
        run->header.endedEarly = EndedEarly{PlanLimit::Time, 60, {}, EndedEarly::Counted::Requests, 118, 500};
        comparison.subjects[0].bench = run;
        const Report report = buildReport(comparison, "en");
        const std::string words = "ended at its limit of 60 s after 118 of 500 requests";
        QVERIFY(reportMarkdown(report).find("The measurement of big " + words + ".") != std::string::npos);
        QVERIFY(reportMarkdown(report).find("| finished, " + words + " |") != std::string::npos);
        QVERIFY(reportHtml(report).find("The measurement of big " + words + ".") != std::string::npos);
        QVERIFY(reportCsv(report).find("big,full,Notes,note.ended_at_limit,," + words + ",,,,\r\n") != std::string::npos);
        const json subject = json::parse(reportJson(report))["subjects"][0];
        QCOMPARE(subject["ended_early"].get<std::string>(), words);
        QCOMPARE(subject["benchmark"]["header"]["ended_early"]["limit"].get<std::string>(), std::string("time"));
    }

    /// A cloud of dots is drawn, and its twin lists a hundred of them: a document does not grow with a run.
    void manyDotsAreNotListed()
    {
        ChartSpec cloud;
        cloud.kind = ChartKind::Scatter;
        cloud.series.resize(1);
        cloud.series.front().name = "server";
        for (int i = 0; i < 3'000; ++i)
            cloud.series.front().points.push_back({double(i), 1, {}, {}, 1, {}});
        cloud.series.front().points[7].mark = "the odd one";
        const ReportTable twin = tableTwin(cloud);
        QCOMPARE(twin.rows.size(), size_t(100 + 1 + 1));
        QCOMPARE(twin.rows.back().front(), std::string("server: 2,899 more are drawn"));
        QCOMPARE(twin.rows.back().size(), twin.header.size());
        QVERIFY(std::ranges::any_of(twin.rows, [](const auto &row) { return row.back() == "the odd one"; }));
        cloud.series.front().points.resize(100);
        QCOMPARE(tableTwin(cloud).rows.size(), size_t(100));
    }

    /// A report of runs: the words that the window and `assay runs` have for each difference, in every format.
    void runsAreCompared()
    {
        const Comparison two = family();
        const std::vector<ComparedRun> runs{{two.subjects[0].bench, nullptr, "before"}, {two.subjects[2].bench, nullptr, "after"}};
        const RunComparison differences = compareRuns(runs);
        QVERIFY(!differences.rows.empty() && !differences.charts.empty());
        const Report report = buildRunReport(runs, "en");
        QCOMPARE(report.title, std::string("Comparison of runs"));
        const std::string markdown = reportMarkdown(report), html = reportHtml(report);
        const json document = json::parse(reportJson(report));
        QCOMPARE(document["differences"]["differences"].size(), differences.rows.size());
        for (const RunDifference &row : differences.rows) {
            QVERIFY2(markdown.find("| " + row.judgement + " |") != std::string::npos, row.judgement.c_str());
            QVERIFY(html.find(row.percentText) != std::string::npos);
        }
        for (const std::string &note : differences.notes)
            QVERIFY2(markdown.find(note) != std::string::npos, note.c_str());
        size_t lines = 0, dots = 0;
        for (const ReportSection &section : report.sections) {
            for (const ReportBlock &block : section.blocks) {
                const auto *chart = std::get_if<ChartSpec>(&block);
                if (!chart || !chart->id.starts_with("run_differences"))
                    continue;
                QVERIFY(chart->categories.size() <= 12 && report.chartTables.contains(chart->id));
                lines += chart->categories.size();
                for (const ChartSeries &series : chart->series)
                    dots += series.points.size();
            }
        }
        QCOMPARE(lines, differences.charts.front().categories.size());
        QCOMPARE(dots, differences.charts.front().series.front().points.size());
        const auto csv = parseCsv(reportCsv(report));
        const auto ttft = std::ranges::find_if(csv, [](const auto &row) { return row[0] == "after" && row[3] == "difference.ttft"; });
        QVERIFY(ttft != csv.end());
        const auto expected = std::ranges::find(differences.rows, "ttft", &RunDifference::id);
        QVERIFY(std::abs(std::stod((*ttft)[5]) - expected->difference.difference.value) < 1e-12);
        QVERIFY(std::abs(std::stod((*ttft)[9]) - expected->difference.ratio.value) < 1e-12);
        QCOMPARE((*ttft)[4], std::string("s"));
    }

    void jsonSurvivesAnyBytes()
    {
        const json document = json::parse(reportJson(buildReport(hostileFamily(), "en")));
        const std::string name = document["subjects"][1]["name"].get<std::string>();
        QVERIFY(name.starts_with("evil<script>"));
        QVERIFY(name.ends_with("\xEF\xBF\xBD"));
    }

    void csvIsRfc4180()
    {
        const Report report = buildReport(hostileFamily(), "en");
        const auto rows = parseCsv(reportCsv(report));
        QCOMPARE(rows.front(), (std::vector<std::string>{"subject", "role", "group", "metric", "unit", "value", "low", "high", "n", "ratio"}));
        for (const auto &row : rows)
            QCOMPARE(row.size(), size_t(10));
        QCOMPARE(rows.size(), 1 + 3 * comparisonTable(hostileFamily()).size());
        bool found = false;
        for (const auto &row : rows) {
            if (row[0] != "big" || row[3] != "metric.tpot")
                continue;
            found = true;
            QCOMPARE(row[1], std::string("full"));
            QCOMPARE(row[4], std::string("s"));
            QVERIFY(std::abs(std::stod(row[5]) - 0.0101) < 1e-12);
            QVERIFY(std::abs(std::stod(row[6]) - 0.0100) < 1e-12);
            QCOMPARE(row[8], std::string("7"));
            QCOMPARE(row[9], std::string("1"));
        }
        QVERIFY(found);
        QVERIFY(std::any_of(rows.begin(), rows.end(), [](const auto &row) { return row[0] == kHostile; }));
    }

    void csvDisarmsFormulas()
    {
        Comparison comparison = family();
        comparison.subjects[1].subject.name = "=cmd|' /C calc'!A0";
        const auto rows = parseCsv(reportCsv(buildReport(comparison, "en")));
        for (const auto &row : rows)
            QVERIFY(!row[0].starts_with("="));
    }

    void markdownTablesKeepTheirShape()
    {
        const QString text = QString::fromStdString(reportMarkdown(buildReport(hostileFamily(), "en")));
        QVERIFY(!text.contains("<script>"));
        QVERIFY(!text.contains("](http"));
        static const QRegularExpression bar(QStringLiteral("(?<!\\\\)\\|"));
        int columns = 0;
        int tables = 0;
        for (const QString &line : text.split('\n')) {
            const int here = line.startsWith('|') ? int(line.count(bar)) : 0;
            if (here > 0 && columns > 0)
                QCOMPARE(here, columns);
            tables += here > 0 && columns == 0;
            columns = here;
        }
        QVERIFY(tables > 10);
        QVERIFY(text.contains("10.1 [10.0, 10.2] ms"));
    }

    void markdownParagraphsAreNoMarkup()
    {
        Comparison comparison = family();
        comparison.subjects.resize(1);
        comparison.subjects[0].subject.name = "# shout";
        comparison.subjects[0].bench = nullptr;
        QVERIFY(reportMarkdown(buildReport(comparison, "en")).find("> \\# shout is right on") != std::string::npos);
    }

    void htmlEscapesAndLoadsNothing()
    {
        const std::string html = reportHtml(buildReport(hostileFamily(), "zh_CN"));
        const QString text = QString::fromStdString(html);
        QVERIFY(!text.contains("<script", Qt::CaseInsensitive));
        QVERIFY(!text.contains("<img", Qt::CaseInsensitive));
        QVERIFY(text.contains("evil&lt;script&gt;alert(1)&lt;/script&gt;"));
        QVERIFY(text.contains("<html lang=\"zh-CN\">"));
        QVERIFY(text.contains("prefers-color-scheme: dark"));
        QVERIFY(text.contains("default-src 'none'"));
        static const QRegularExpression outside(QStringLiteral("(src|href)=\"(?!#)"));
        QVERIFY(!outside.match(text).hasMatch());
        QVERIFY(!text.contains("@import") && !text.contains("url("));
        QCOMPARE(QString::fromUtf8(text.toUtf8()), text);
        QVERIFY(!text.contains(QChar(0)));
    }

    void htmlIsWellFormed()
    {
        QString text = QString::fromStdString(reportHtml(buildReport(hostileFamily(), "en")));
        text.remove("<!DOCTYPE html>");
        static const QRegularExpression open(QStringLiteral("<meta ([^>]*)>"));
        text.replace(open, QStringLiteral("<meta \\1/>"));
        text.replace("&middot;", "&#183;");
        QXmlStreamReader xml(text);
        while (!xml.atEnd())
            xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    }

    void htmlTakesDrawnCharts()
    {
        const Report report = buildReport(family(), "en");
        const std::string html = reportHtml(report, [](const ChartSpec &chart) { return "<svg id=\"" + chart.id + "\"></svg>"; });
        for (const char *id : {"latency_ttft", "tpot_cdf", "tradeoff"})
            QVERIFY(html.find("<svg id=\"" + std::string(id) + "\"></svg>") != std::string::npos);
        QVERIFY(html.find("<details>") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestReportFormats)
#include "tst_reportformats.moc"
