// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report.h"
#include "tests/compare/samplefamily.h"

#include <QtTest>
#include <set>

using namespace assay;
using samplefamily::family;

namespace {

const ReportSection *sectionOf(const Report &report, const std::string &id)
{
    for (const ReportSection &section : report.sections) {
        if (section.id == id)
            return &section;
    }
    return nullptr;
}

/// Everything that the section prints, one piece a line.
std::string printed(const ReportSection *section)
{
    std::string out;
    for (const ReportBlock &block : section ? section->blocks : std::vector<ReportBlock>{}) {
        if (const auto *paragraph = std::get_if<ReportParagraph>(&block))
            out += paragraph->text + "\n";
        if (const auto *table = std::get_if<ReportTable>(&block)) {
            out += table->title + "\n";
            for (const std::string &cell : table->header)
                out += cell + "\n";
            for (const auto &row : table->rows) {
                for (const std::string &cell : row)
                    out += cell + "\n";
            }
        }
    }
    return out;
}

bool has(const std::string &text, const char *part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestReport : public QObject
{
    Q_OBJECT

private slots:
    void sectionsInOrder()
    {
        const Report report = buildReport(family(), "en");
        std::vector<std::string> ids;
        for (const ReportSection &section : report.sections)
            ids.push_back(section.id);
        QCOMPARE(ids, (std::vector<std::string>{"summary", "subjects", "results", "charts", "pairs", "outcomes", "fidelity", "protocol",
                                                "environment", "limits", "appendix"}));
        QCOMPARE(report.verdict, headline(family()));
        QCOMPARE(report.subjectNames, (std::vector<std::string>{"big (full)", "small-distilled (distilled)", "small-base (base)"}));
        QVERIFY(!report.createdAt.empty() && !report.assayVersion.empty());
    }

    void tablesAreRectangular()
    {
        for (const ReportSection &section : buildReport(family(), "en").sections) {
            for (const ReportBlock &block : section.blocks) {
                const auto *table = std::get_if<ReportTable>(&block);
                if (!table)
                    continue;
                QCOMPARE(table->numeric.size(), table->header.size());
                QVERIFY(!table->rows.empty());
                for (const auto &row : table->rows)
                    QCOMPARE(row.size(), table->header.size());
            }
        }
    }

    void everyTextOfTheTableIsPrinted()
    {
        std::string all;
        const Report report = buildReport(family(), "en");
        for (const ReportSection &section : report.sections)
            all += printed(&section);
        for (const ComparisonRow &row : comparisonTable(family())) {
            for (const ComparisonCell &cell : row.cells)
                QVERIFY2(has(all, (cell.text + "\n").c_str()), row.id.c_str());
        }
        for (const PairRow &pair : pairedComparisons(family()))
            QVERIFY(has(all, pair.difference.c_str()) && has(all, pair.p.c_str()) && has(all, pair.verdict.c_str()));
    }

    void everyLoadIsListed()
    {
        QVERIFY(!has(printed(sectionOf(buildReport(family(), "en"), "results")), "Every load"));
        QVERIFY(has(printed(sectionOf(buildReport(family(), "en"), "results")), "under this load: 64 prompt tokens, 11 output tokens, batch 1."));
        Comparison comparison = family();
        BenchRun &bench = samplefamily::benchOf(comparison, 0);
        const auto more = samplefamily::bench("big", {0.5, 0.02, 1u << 20}, 7, {128, 11, 1}).samples;
        bench.samples.insert(bench.samples.end(), more.begin(), more.end());
        const std::string results = printed(sectionOf(buildReport(comparison, "en"), "results"));
        QVERIFY(has(results, "Every load\nLoad\nMetric\nbig\n"));
        QVERIFY(has(results, "128 prompt tokens, 11 output tokens, batch 1\nTime per output token (TPOT)\n20.2 [20.0, 20.4] ms\n-\n-\n"));
    }

    void protocolAndEnvironment()
    {
        const Report report = buildReport(family(), "en");
        const std::string protocol = printed(sectionOf(report, "protocol"));
        for (const char *part : {"fingerprint-1", "Prompt tokens\n64", "Definitions", "Time per output token (TPOT)"})
            QVERIFY2(has(protocol, part), part);
        const std::string environment = printed(sectionOf(report, "environment"));
        for (const char *part : {"host", "CPU", "float32", "1.13.1", "finished", "Load average, highest\n1"})
            QVERIFY2(has(environment, part), part);
        QVERIFY(has(printed(sectionOf(report, "appendix")), "Counted runs\n7\n7\n7\nWarm-up runs\n1\n1\n1\nGaps between tokens\n70\n"));
    }

    void howTokensWereDecoded()
    {
        Comparison comparison = family();
        const auto of = [&](const char *section) { return printed(sectionOf(buildReport(comparison, "en"), section)); };
        QVERIFY(!has(of("protocol"), "Decoding") && !has(of("environment"), "Decoding"));
        BenchRun &bench = samplefamily::benchOf(comparison, 0);
        bench.plan.decoding = "eager";
        for (MeasureSample &sample : bench.samples) {
            sample.decoding = "eager";
            sample.eagerReason = "it was asked for";
        }
        QVERIFY(has(of("protocol"), "Decoding asked for\neager\n-\n-\n"));
        QVERIFY(has(of("environment"), "Decoding\nstep by step: it was asked for\n-\n-\n"));
    }

    void limitsFitTheComparison()
    {
        const std::string limits = printed(sectionOf(buildReport(family(), "en"), "limits"));
        // half of Wilson's interval for 50 of 100: 9.62 points
        for (const char *part : {"one session", "CPU do not carry over", "greedily", "What distilling gained", "With the 100 items of sums",
                                 "9.62 percentage points", "3 p values are not corrected"})
            QVERIFY2(has(limits, part), part);
        Comparison bare = family();
        for (ComparedSubject &subject : bare.subjects) {
            subject.bench = nullptr;
            subject.evaluations.clear();
            subject.role = Role::Other;
        }
        const std::string few = printed(sectionOf(buildReport(bare, "en"), "limits"));
        QVERIFY(!has(few, "one session") && !has(few, "greedily") && !has(few, "distilling") && !has(few, "p values"));
        QVERIFY(has(few, "fingerprint of a subject"));
    }

    void heldDownClocksAreALimit()
    {
        Comparison comparison = family();
        const auto limits = [&] { return printed(sectionOf(buildReport(comparison, "en"), "limits")); };
        QVERIFY(!has(limits(), "clock was held down"));
        MeasureSample &sample = samplefamily::benchOf(comparison, 0).samples.back();
        sample.warmup = false;
        sample.state.throttled = {"power cap"};
        QVERIFY(has(limits(), "clock was held down"));
    }

    void randomTokensToExpertsAreALimit()
    {
        Comparison comparison = family();
        const auto limits = [&] { return printed(sectionOf(buildReport(comparison, "en"), "limits")); };
        QVERIFY(!has(limits(), "random tokens"));
        samplefamily::benchOf(comparison, 0).header.environment.work.emplace().experts = 8;
        QVERIFY(has(limits(), "random tokens")); // of an older worker, which does not tell
        for (MeasureSample &sample : samplefamily::benchOf(comparison, 0).samples)
            sample.prompts = "text";
        QVERIFY(!has(limits(), "random tokens"));
    }

    void choicesAreNotCalledGreedy()
    {
        Comparison comparison = family();
        for (size_t i = 0; i < 3; ++i) {
            ItemRows chosen;
            EvaluationRun &run = samplefamily::evaluationOf(comparison, i);
            for (ItemResult item : run.items) {
                item.given.choices = {{-1}, {-2}};
                chosen.push_back(item);
            }
            run.items = chosen;
        }
        QVERIFY(!has(printed(sectionOf(buildReport(comparison, "en"), "limits")), "greedily"));
    }

    void missingPiecesAreSaid()
    {
        Comparison comparison = family();
        BenchRun &failed = samplefamily::benchOf(comparison, 0);
        failed.samples.clear();
        failed.header.state = RunState::Failed;
        failed.header.error = "The worker ended.";
        comparison.subjects[1].bench = nullptr;
        comparison.subjects[2].bench = nullptr;
        comparison.subjects[2].evaluations.clear();
        const Report report = buildReport(comparison, "en");
        QVERIFY(has(printed(sectionOf(report, "summary")), "Note: The measurement of big failed: The worker ended."));
        QVERIFY(has(printed(sectionOf(report, "charts")), "not drawn"));
        QVERIFY(has(printed(sectionOf(report, "environment")), "failed"));
        for (const ReportSection &section : report.sections)
            QVERIFY(!section.blocks.empty());
    }

    void emptyComparison()
    {
        const Report report = buildReport(Comparison{}, "en");
        QCOMPARE(report.sections.size(), size_t(1));
        QVERIFY(has(report.verdict, "No subjects"));
    }

    void headersAndTextsAreTranslated()
    {
        const Report report = buildReport(family(), "zh_CN", samplefamily::marked);
        QCOMPARE(report.title.front(), '<');
        for (const ReportSection &section : report.sections) {
            QCOMPARE(section.title.front(), '<');
            for (const ReportBlock &block : section.blocks) {
                if (const auto *paragraph = std::get_if<ReportParagraph>(&block))
                    QVERIFY2(paragraph->text.front() == '<', paragraph->text.c_str());
                if (const auto *table = std::get_if<ReportTable>(&block))
                    QVERIFY2(table->header.front().front() == '<', table->header.front().c_str());
                if (const auto *chart = std::get_if<ChartSpec>(&block)) {
                    const bool named = chart->kind == ChartKind::Matrix; // its axes are the subjects
                    QVERIFY2(chart->title.front() == '<' && (named || chart->yLabel.front() == '<'), chart->id.c_str());
                }
            }
        }
        QCOMPARE(report.chartTables.at("tradeoff").header.front(), std::string("<Subject>"));
    }

    void twinsHoldThePoints()
    {
        const Report report = buildReport(family(), "en");
        const ReportTable &bars = report.chartTables.at("latency_tpot");
        QCOMPARE(bars.header, (std::vector<std::string>{"", "big", "small-distilled", "small-base"}));
        QCOMPARE(bars.rows.at(0).at(1), std::string("10.1 [10.0, 10.2] ms"));
        const ReportTable &curve = report.chartTables.at("accuracy_difficulty");
        QCOMPARE(curve.rows.size(), size_t(15));
        QCOMPARE(curve.rows.at(4).at(0), std::string("big"));
        QCOMPARE(curve.rows.at(4).at(1), std::string("5.00"));
        QVERIFY(curve.rows.at(4).at(2).starts_with("50.0 ["));
        const ReportTable &shares = report.chartTables.at("tpot_cdf");
        QCOMPARE(shares.rows.size(), size_t(10));
        // 70 gaps of 10.0, 10.1 and 10.2 ms: 30, 20 and 20 of them
        QCOMPARE(shares.rows.at(4).at(0), std::string("50.0 %"));
        QCOMPARE(shares.rows.at(4).at(1), std::string("10.1"));
        QCOMPARE(shares.rows.at(9).at(1), std::string("10.2"));
        const ReportTable &scatter = report.chartTables.at("tradeoff");
        QCOMPARE(scatter.rows.at(0).back(), std::string("100 MiB"));
    }
};

QTEST_APPLESS_MAIN(TestReport)
#include "tst_report.moc"
