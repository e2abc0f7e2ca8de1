// SPDX-License-Identifier: GPL-3.0-or-later
// Charts over the answers of two subjects, and the table of all answers, against figures that were worked out by hand.
#include "core/compare/accuracy/answertable.h"
#include "core/compare/accuracy/pairedcharts.h"
#include "core/evaluate/fidelity/fidelity.h"
#include "core/compare/accuracy/storedsubjects.h"
#include "core/report/report.h"
#include "tests/compare/samplefamily.h"

#include <QtTest>
#include <cmath>
#include <set>

using namespace assay;
using samplefamily::family;

namespace {

ChartSpec chartOf(const Comparison &comparison, const std::string &id)
{
    for (const ChartSpec &chart : accuracyCharts(comparison)) {
        if (chart.id == id)
            return chart;
    }
    return {};
}

bool near(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

ComparedSubject answering(Role role, const std::string &name, const std::vector<ItemResult> &items)
{
    EvaluationRun run = samplefamily::evaluation(name, 0, 0);
    run.items = items;
    ComparedSubject subject;
    subject.role = role;
    subject.subject = {"/models/" + name, name, "f-" + name};
    subject.evaluations = {std::make_shared<EvaluationRun>(run)};
    return subject;
}

ItemResult item(const std::string &id, Outcome outcome, int64_t sample = 0)
{
    ItemResult out;
    out.itemId = id;
    out.sample = sample;
    out.judged.outcome = outcome;
    return out;
}

std::shared_ptr<const EvaluationRun> runOf(const std::vector<ItemResult> &items)
{
    return answering(Role::Other, "any", items).evaluations.front();
}

/// Four positions in two parts.
FidelityRun heldAgainst(const std::string &name, const std::string &dtype, FidelitySource source)
{
    FidelityRun run;
    run.header.subject = {"/models/" + name, name, "f-" + name};
    run.protocol.reference = {"/models/big", "big", "f-big"};
    run.protocol.dtype = dtype;
    run.protocol.source = source;
    run.protocol.text = "text.txt";
    run.protocol.cut = "512/256";
    run.columns.divergence = {1, 0.001f, 0.1f, 0.01f};
    run.columns.nllReference = {1, 1, 1, 1};
    run.columns.nllOther = {1.5f, 1, 1, 1.5f};
    run.columns.sameTop = {0, 1, 1, 1};
    run.columns.chunkEnds = {2, 4};
    return run;
}

Comparison fidelityOf(const std::vector<FidelityRun> &runs)
{
    Comparison comparison;
    for (const char *name : {"big", "small"}) {
        ComparedSubject subject;
        subject.role = name == std::string("big") ? Role::Full : Role::Distilled;
        subject.subject = {std::string("/models/") + name, name, std::string("f-") + name};
        comparison.subjects.push_back(subject);
    }
    comparison.subjects.push_back(comparison.subjects.front());
    comparison.subjects.back().dtype = "f32+prune50";
    for (const FidelityRun &run : runs)
        comparison.fidelity.push_back(std::make_shared<FidelityRun>(run));
    return comparison;
}

const ComparisonRow *rowOf(const std::vector<ComparisonRow> &rows, const std::string &id)
{
    const auto found = std::ranges::find(rows, id, &ComparisonRow::id);
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

class TestAccuracyCharts : public QObject
{
    Q_OBJECT

private slots:
    void fidelityToAReference()
    {
        const Comparison comparison =
            fidelityOf({heldAgainst("small", "f32", FidelitySource::Models), heldAgainst("big", "f32+prune50", FidelitySource::Models)});
        const ChartSpec percentiles = chartOf(comparison, "fidelity_percentiles");
        QCOMPARE(percentiles.series.size(), size_t(2));
        QCOMPARE(percentiles.series[0].name, std::string("small"));
        QCOMPARE(percentiles.series[1].name, std::string("big (f32, 50 % pruned)")); // never the plain one
        QVERIFY(percentiles.subtitle.find("big on text.txt, 512/256") != std::string::npos);
        const auto &points = percentiles.series[0].points;
        const auto median = std::ranges::find(points, 0.5, &ChartPoint::y);
        QVERIFY(median != points.end() && std::abs(median->x - 0.055) < 1e-6); // between 0.01 and 0.1
        QVERIFY(std::abs(points.back().x - 1) < 1e-6 && points.back().y == 1);
        const ChartPoint mean = chartOf(comparison, "fidelity_mean").series[0].points.at(0);
        QVERIFY(std::abs(mean.x - 1.111 / 4) < 1e-6);
        QCOMPARE(mean.mark, std::string("above Q3_K_S"));
        QVERIFY(near(chartOf(comparison, "fidelity_top").series[0].points.at(0).x, 75));
        // A line each, and one row each in the table.
        const ChartSpec top = chartOf(comparison, "fidelity_top");
        QCOMPARE(top.categories, (std::vector<std::string>{"small", "big (f32, 50 % pruned)"}));
        QCOMPARE(top.series[1].points.at(0).y, 1.0);
        const ReportTable twin = tableTwin(top, untranslated);
        QCOMPARE(twin.header, (std::vector<std::string>{"subject", "positions (%)"}));
        QVERIFY(twin.rows.size() == 2 && twin.rows[1][0] == top.categories[1] && twin.rows[1][1] == top.series[1].points[0].label);
        // exp of the mean difference of -ln p, which is 1/4.
        QVERIFY(std::abs(chartOf(comparison, "fidelity_perplexity").series[0].points.at(0).x - 28.40254166877414) < 1e-4);
        const auto rows = comparisonTable(comparison);
        const ComparisonRow *row = rowOf(rows, "fidelity.same_top");
        QVERIFY(row && row->cells[0].text == "-" && near(*row->cells[1].value, 75) && near(*row->cells[2].value, 75));
        QVERIFY(!rowOf(rows, "fidelity.bits") && !rowOf(rows, "fidelity.not_compared"));
    }

    void lowerBoundsAndOtherVocabulariesAreSaid()
    {
        FidelityRun other = heldAgainst("small", "f32", FidelitySource::TopTokens);
        Comparison comparison = fidelityOf({other});
        QVERIFY(chartOf(comparison, "fidelity_mean").series[0].points[0].label.starts_with("\u2265 "));
        QVERIFY(chartOf(comparison, "fidelity_mean").series[0].points[0].mark.starts_with("at least"));
        QVERIFY(chartOf(comparison, "fidelity_percentiles").xLabel.find("lower bound") != std::string::npos);
        QVERIFY(rowOf(comparisonTable(comparison), "fidelity.kld_99")->cells[1].text.starts_with("\u2265 "));
        QVERIFY(!rowOf(comparisonTable(comparison), "fidelity.same_top")->cells[1].text.starts_with("\u2265")); // exact all the same
        other.columns = {};
        other.notCompared = Error{ErrorCode::Cancelled, {}, {}};
        other.written = {{"p", "one", 3, 6 * std::log(2), 9 * std::log(2)}, {"q", "four", 4, 8 * std::log(2), 12 * std::log(2)}};
        comparison = fidelityOf({other});
        const ChartSpec none = chartOf(comparison, "fidelity_percentiles");
        QVERIFY(chartOf(comparison, "fidelity_mean").id.empty()); // no marker at 0 for what was not compared
        QVERIFY(none.series.empty() && none.missing.find(other.notCompared->sentence()) != std::string::npos);
        // 21 bits over 7 bytes beside 14.
        QVERIFY(near(chartOf(comparison, "fidelity_written").series[0].points.at(0).x, 1));
        QVERIFY(near(*rowOf(comparisonTable(comparison), "fidelity.bits")->cells[1].value, 3));
        QCOMPARE(rowOf(comparisonTable(comparison), "fidelity.not_compared")->cells[1].text, other.notCompared->sentence());
        QVERIFY(!rowOf(comparisonTable(comparison), "fidelity.kld_mean"));
    }

    void answersThatAreAlike()
    {
        // right/right, right/wrong, the same wrong, another wrong.
        const auto answered = [](const std::string &id, Outcome outcome, const std::string &extracted) {
            ItemResult out = item(id, outcome);
            out.judged.extracted = extracted;
            return out;
        };
        Comparison comparison;
        comparison.subjects = {answering(Role::Full, "big", {answered("1", Outcome::Right, "a"), answered("2", Outcome::Right, "b"),
                                                             answered("3", Outcome::Wrong, "c"), answered("4", Outcome::Wrong, "d")}),
                               answering(Role::Distilled, "small", {answered("1", Outcome::Right, "a"), answered("2", Outcome::Wrong, "x"),
                                                                    answered("3", Outcome::Wrong, "c"), answered("4", Outcome::Wrong, "y")})};
        const ChartSpec chart = chartOf(comparison, "fidelity_answers");
        QCOMPARE(chart.categories.size(), size_t(3));
        QCOMPARE(chart.series.size(), size_t(1));
        const auto &points = chart.series[0].points;
        QVERIFY(near(points.at(0).x, 50) && near(points.at(1).x, 50) && points.at(1).n == 2 && near(points.at(2).x, 25));
        const auto rows = comparisonTable(comparison);
        const std::string start = "fidelity.answers." + comparison.subjects[0].evaluations[0]->protocol.suite + ".";
        QVERIFY(near(*rowOf(rows, start + "flips")->cells[1].value, 25));
        QVERIFY(near(*rowOf(rows, start + "same_wrong")->cells[1].value, 50));
        // Each answer once but "a" and "c": expected agreement 2/16, so kappa is (1/2 - 1/8) / (1 - 1/8).
        QVERIFY(near(*rowOf(rows, start + "kappa")->cells[1].value, 3.0 / 7));
    }

    void forestTellsTheVerdict()
    {
        Comparison comparison = family(); // full 90, distilled 72 of the same 100, all of these among the 90
        const ChartSpec chart = chartOf(comparison, kAccuracyForest);
        QCOMPARE(chart.kind, ChartKind::Forest);
        QCOMPARE(chart.categories.front(), std::string("Sums of numbers"));
        QCOMPARE(chart.series.size(), size_t(2)); // the reference stands against nobody
        const ChartPoint &point = chart.series[0].points.at(0);
        QVERIFY(near(point.x, -18));
        // Newcombe 1998, method 10, from its formula.
        QVERIFY(near(*point.low, -26.23461674804815) && near(*point.high, -10.322960326886219));
        QCOMPARE(point.mark, std::string("inferior"));
        QCOMPARE(point.n, size_t(100));
        QVERIFY(point.label.find("p < 0.001") != std::string::npos);
        comparison.margin = 0.3;
        QCOMPARE(chartOf(comparison, kAccuracyForest).series[0].points[0].mark, std::string("not inferior"));
        comparison.margin = 0.2;
        const ChartPoint undecided = chartOf(comparison, kAccuracyForest).series[0].points[0];
        QCOMPARE(undecided.mark, std::string("undecided"));
        QVERIFY2(undecided.label.find("more items would decide") != std::string::npos, undecided.label.c_str());
        std::swap(comparison.subjects[0], comparison.subjects[1]);
        QCOMPARE(chartOf(comparison, kAccuracyForest).series[0].points[0].mark, std::string("better"));
        QVERIFY(accuracySentence(comparison).find("better") != std::string::npos);
    }

    void marginIsALineThatCanBeDragged()
    {
        const ChartSpec chart = chartOf(family(), kAccuracyForest);
        const auto margin = std::find_if(chart.lines.begin(), chart.lines.end(), [](const ChartLine &line) { return !line.handle.empty(); });
        QVERIFY(margin != chart.lines.end());
        QVERIFY(near(margin->at, -1) && margin->vertical && margin->handle == kMarginHandle);
    }

    void samplesOfAnItemAreOneObservation()
    {
        std::vector<ItemResult> one, two;
        for (int i = 0; i < 20; ++i) {
            for (int sample = 0; sample < 8; ++sample) {
                one.push_back(item("q" + std::to_string(i), i % 2 ? Outcome::Right : Outcome::Wrong, sample));
                two.push_back(item("q" + std::to_string(i), sample < 4 ? Outcome::Right : Outcome::Truncated, sample));
            }
        }
        Comparison comparison;
        comparison.subjects = {answering(Role::Full, "big", one), answering(Role::Distilled, "small", two)};
        const ChartPoint difference = chartOf(comparison, kAccuracyForest).series.at(0).points.at(0);
        QCOMPARE(difference.n, size_t(20)); // not 160
        QVERIFY(near(difference.x, 0));
        QVERIFY(difference.label.find("p ") == std::string::npos); // McNemar's test is not for shares
        const ChartPoint bar = chartOf(comparison, "accuracy").series.at(1).points.at(0);
        QVERIFY(near(bar.y, 0.5));
        QVERIFY2(bar.label.find("n = 20, k = 8, 50.0 % answered, 50.0 % truncated") != std::string::npos, bar.label.c_str());
    }

    void flipsAreCounted()
    {
        const ChartSpec chart = chartOf(family(), "flips_1");
        QCOMPARE(chart.kind, ChartKind::Matrix);
        QCOMPARE(chart.rows, (std::vector<std::string>{"right", "wrong"})); // classes that nobody has are left out
        const auto &cells = chart.series.at(0).points;
        QCOMPARE(cells.size(), size_t(4));
        QCOMPARE(cells[0].value, 72.0);
        QCOMPARE(cells[1].value, 18.0); // right once, wrong now
        QCOMPARE(cells[2].value, 0.0);
        QCOMPARE(cells[3].value, 10.0);
        QCOMPARE(flipSubject(chart.id), std::optional<size_t>(1));
        QVERIFY(!flipSubject("flips_x") && !flipSubject("gap_1"));
        const ReportTable twin = tableTwin(chart);
        QCOMPARE(twin.rows, (std::vector<std::vector<std::string>>{{"right", "72", "18"}, {"wrong", "0", "10"}}));
    }

    void theWaterfallEndsAtTheOther()
    {
        Comparison comparison = family();
        EvaluationRun &run = samplefamily::evaluationOf(comparison, 1);
        std::vector<ItemResult> items(run.items.begin(), run.items.end());
        for (size_t i = 72; i < 82; ++i)
            items[i].judged.outcome = i < 79 ? Outcome::Truncated : Outcome::Error;
        run.items = items;
        const ChartSpec chart = chartOf(comparison, "gap_1");
        QCOMPARE(chart.categories, (std::vector<std::string>{"big", "truncated", "error", "wrong", "small-distilled"}));
        const auto &steps = chart.series.at(1).points;
        QVERIFY(near(steps[0].value, -0.07) && near(steps[0].base, 0.9) && near(steps[0].y, 0.83));
        QVERIFY(near(steps[1].value, -0.03) && near(steps[2].value, -0.08));
        QVERIFY(near(chart.series.at(2).points.at(0).y, 0.72));
        QVERIFY(near(steps.back().y, 0.72));
    }

    void surfacesAreDrawnOnGridsOnly()
    {
        QVERIFY(chartOf(family(), "surface_sums_0").id.empty()); // one axis
        std::vector<ItemResult> one, two;
        for (int i = 0; i < 240; ++i) {
            ItemResult row = item("q" + std::to_string(i), Outcome::Right);
            row.axes = {{"context", double(1000 * (1 + i % 3))}, {"depth", double(i / 3 % 2)}};
            one.push_back(row);
            if (i % 3 == 2 && i / 3 % 2 == 1)
                row.judged.outcome = Outcome::Wrong; // far and deep
            two.push_back(row);
        }
        Comparison comparison;
        comparison.subjects = {answering(Role::Full, "big", one), answering(Role::Distilled, "small", two)};
        const ChartSpec whole = chartOf(comparison, "surface_sums_1");
        QCOMPARE(whole.categories, (std::vector<std::string>{"1000", "2000", "3000"}));
        QCOMPARE(whole.rows, (std::vector<std::string>{"0", "1"}));
        const ChartSpec chart = chartOf(comparison, "surface_difference_sums_1");
        QVERIFY(chart.diverging);
        const auto &cells = chart.series.at(0).points;
        QCOMPARE(cells.size(), size_t(6));
        QVERIFY(near(cells[5].value, -1) && cells[5].mark.empty() && cells[5].n == 40);
        QVERIFY(near(cells[0].value, 0));
        QCOMPARE(cells[0].mark, std::string("not resolved"));
        QVERIFY(tableTwin(chart).rows.at(0).at(1).find("not resolved") != std::string::npos);
        QVERIFY(chart.note.find("tasks") == std::string::npos);
        // Where tasks have corners of their own, the chart says that cells tell them apart.
        for (int i = 0; i < 240; ++i)
            two[size_t(i)].task = one[size_t(i)].task = i % 3 == 0 ? "near" : "far";
        comparison.subjects = {answering(Role::Full, "big", one), answering(Role::Distilled, "small", two)};
        QVERIFY(chartOf(comparison, "surface_difference_sums_1").note.find("2 tasks") != std::string::npos);
        // Axes that rise together are no grid.
        for (ItemResult &row : one)
            row.axes["depth"] = row.axes["context"];
        comparison.subjects = {answering(Role::Full, "big", one)};
        QVERIFY(chartOf(comparison, "surface_sums_0").id.empty());
    }

    void routingIsRouteLlms()
    {
        // Four items: weak 1 0 0 1, strong 1 1 1 0, router .1 .9 .8 .2 (evaluation.md 5); here the prompt's length routes.
        const Outcome weak[] = {Outcome::Right, Outcome::Wrong, Outcome::Wrong, Outcome::Right};
        const Outcome strong[] = {Outcome::Right, Outcome::Right, Outcome::Right, Outcome::Wrong};
        const int64_t lengths[] = {1, 9, 8, 2};
        std::vector<ItemResult> one, two;
        for (size_t i = 0; i < 4; ++i) {
            one.push_back(item("q" + std::to_string(i), strong[i]));
            two.push_back(item("q" + std::to_string(i), weak[i]));
            one.back().given.seconds = 4;
            two.back().given.seconds = 1;
            two.back().given.promptTokens = lengths[i];
        }
        Comparison comparison;
        comparison.subjects = {answering(Role::Full, "big", one), answering(Role::Distilled, "small", two)};
        const ChartSpec chart = chartOf(comparison, "routing_1");
        const auto &points = chart.series.at(0).points;
        QCOMPARE(points.size(), size_t(5));
        const double quality[] = {0.5, 0.75, 1, 0.75, 0.75};
        for (size_t i = 0; i < 5; ++i)
            QVERIFY(near(points[i].y, quality[i]) && near(points[i].x, 1 + 0.75 * double(i)));
        QVERIFY2(chart.note.find("APGR 1.13") != std::string::npos || chart.note.find("APGR 1.12") != std::string::npos, chart.note.c_str());
        QVERIFY2(chart.note.find("0.125") != std::string::npos, chart.note.c_str());
        QVERIFY2(chart.note.find("cannot be told from chance") != std::string::npos, chart.note.c_str()); // by four items
        comparison.routingCost = 2.6;
        QCOMPARE(chartOf(comparison, "routing_1").lines.at(0).at, 2.6);
        // Other tools' results tell neither time nor tokens: calls are counted, and the question's length routes.
        for (size_t i = 0; i < 4; ++i) {
            one[i].given.seconds = two[i].given.seconds = 0;
            two[i].given.promptTokens = 0;
            two[i].axes = one[i].axes = {{kQuestionLength, double(lengths[i])}};
        }
        Comparison imported;
        imported.subjects = {answering(Role::Full, "big", one), answering(Role::Distilled, "small", two)};
        const ChartSpec calls = chartOf(imported, "routing_1");
        QCOMPARE(calls.series.size(), size_t(5)); // no cascade: lengths of answers are not told
        for (size_t i = 0; i < 5; ++i)
            QVERIFY(near(calls.series[0].points.at(i).y, quality[i]) && near(calls.series[0].points[i].x, 0.25 * double(i)));
        QVERIFY2(calls.lines.at(0).label.find("characters") != std::string::npos, calls.lines[0].label.c_str());
        for (size_t i = 0; i < 4; ++i)
            two[i].axes = one[i].axes = {};
        // What is the same of all items tells none that is hard: images have no length.
        for (ItemResult &row : two)
            row.given.promptTokens = 0;
        Comparison images;
        images.subjects = {answering(Role::Full, "big", one), answering(Role::Distilled, "small", two)};
        QVERIFY(chartOf(images, "routing_1").id.empty());
        // A reference that costs nothing more has nothing to be spared.
        std::swap(comparison.subjects[0].role, comparison.subjects[1].role);
        comparison.reference = 1;
        QVERIFY(chartOf(comparison, "routing_0").id.empty());
    }

    void otherVersionsAreNotPaired()
    {
        Comparison comparison = family();
        samplefamily::evaluationOf(comparison, 1).protocol.suiteFingerprint = "another";
        QVERIFY(chartOf(comparison, "flips_1").id.empty() && chartOf(comparison, "gap_1").id.empty());
        QCOMPARE(chartOf(comparison, kAccuracyForest).series.size(), size_t(1));
        comparison.subjects.resize(1);
        QVERIFY(chartOf(comparison, kAccuracyForest).id.empty());
        QVERIFY(accuracySentence(comparison).empty());
    }

    /// The window shows pairs on one suite at a time; a document has every suite's, up to a dozen pairs, and says how many it leaves out.
    void everySuiteIsDrawnWhereItIsAsked()
    {
        Comparison comparison = family();
        for (ComparedSubject &subject : comparison.subjects) {
            for (int i = 0; i < 7; ++i) {
                EvaluationRun more = samplefamily::evaluation("more", 20, 40);
                more.protocol.suite = more.protocol.suiteTitle = "suite" + std::to_string(i);
                subject.evaluations.push_back(std::make_shared<EvaluationRun>(more));
            }
        }
        QVERIFY(!chartOf(comparison, "flips_1").id.empty() && chartOf(comparison, "flips_1_suite0").id.empty());
        comparison.everySuite = true;
        QVERIFY(!chartOf(comparison, "flips_1").id.empty() && !chartOf(comparison, "gap_2_suite0").id.empty());
        QVERIFY(!chartOf(comparison, "difference_difficulty_suite0").id.empty());
        QVERIFY(chartOf(comparison, "flips_1_suite6").id.empty()); // eight suites by two pairs are sixteen
        const std::string note = chartOf(comparison, kAccuracyForest).note;
        QVERIFY2(note.find("first 12 pairs") != std::string::npos && note.find("4 more") != std::string::npos, note.c_str());
        QCOMPARE(flipSubject("flips_2_suite0"), std::optional<size_t>(2));
        std::set<std::string> ids;
        for (const ChartSpec &chart : accuracyCharts(comparison))
            QVERIFY2(ids.insert(chart.id).second, chart.id.c_str());
    }

    /// Runs that have no model here: a subject each, told apart by what they differ in.
    void storedRunsBecomeSubjects()
    {
        const auto stored = [](const std::string &name, const std::string &scorer, const std::string &suite, size_t right) {
            auto run = std::make_shared<EvaluationRun>(samplefamily::evaluation(name, right));
            run->header.subject = {"tool:" + name, name, {}};
            run->protocol.tool = "tool 1";
            run->protocol.scorer = scorer;
            run->protocol.suite = suite;
            return run;
        };
        const EvaluationList runs{stored("a", "strict", "one", 50), stored("a", "flexible", "one", 70), stored("b", "strict", "one", 60),
                                  stored("b", "strict", "two", 10), stored("b", "strict", "one", 90)};
        QCOMPARE(newestOfEach(runs).size(), size_t(4)); // the last is an older one of the third
        const auto suites = storedSuites(runs);
        QCOMPARE(suites.size(), size_t(2));
        QVERIFY(suites[0].name == "one" && suites[0].subjects == 3 && suites[1].subjects == 1);
        const Comparison comparison = comparisonOf(newestOfEach(runs));
        QCOMPARE(comparison.subjects.size(), size_t(3));
        QCOMPARE(subjectTitle(comparison.subjects[0]), std::string("a (strict)"));
        QCOMPARE(subjectTitle(comparison.subjects[1]), std::string("a (flexible)"));
        QCOMPARE(subjectTitle(comparison.subjects[2]), std::string("b"));
        QCOMPARE(comparison.subjects[2].evaluations.size(), size_t(2));
        QCOMPARE(likelyReference(comparison), size_t(1)); // nobody is called full: the most accurate
        QCOMPARE(comparisonOf(runs).subjects.size(), size_t(4)); // named twice, shown twice
        QCOMPARE(comparisonOf({}).subjects.size(), size_t(0));
    }

    void tableJoinsByItemAndSample()
    {
        const AnswerTable table({runOf({item("a", Outcome::Right), item("b", Outcome::Wrong), item("b", Outcome::Right, 1)}), nullptr,
                                 runOf({item("b", Outcome::Truncated, 1), item("c", Outcome::Refused), item("c", Outcome::Right)})});
        QCOMPARE(table.size(), size_t(4)); // a, b, b once more, c
        QCOMPARE(table.id(3), std::string_view("c"));
        QVERIFY(!table.has(1, 0) && !table.outcome(2, 0));
        QCOMPARE(table.outcome(0, 2), std::optional(Outcome::Right));
        QCOMPARE(table.outcome(2, 2), std::optional(Outcome::Truncated));
        QCOMPARE(table.outcome(2, 3), std::optional(Outcome::Refused)); // the first of the two counts
        QVERIFY(!table.answer(0, 3) && table.answer(2, 3)->itemId == "c");
    }

    void filtersTakeWhatTheySay()
    {
        std::vector<ItemResult> one, two;
        for (int i = 0; i < 3000; ++i) { // more than a chunk
            one.push_back(item("item-" + std::to_string(i), i % 3 ? Outcome::Right : Outcome::Wrong));
            two.push_back(item("item-" + std::to_string(i), i % 2 ? Outcome::Right : Outcome::Unparsed));
            two.back().judged.extracted = i == 1200 ? "Forty-Two" : "";
            one.back().task = i < 1500 ? "first" : "second";
        }
        const AnswerTable table({runOf(one), runOf(two)});
        QCOMPARE(table.tasks(), (std::vector<std::string>{"first", "second"}));
        QCOMPARE(table.filtered({}).size(), size_t(3000));
        AnswerFilter lost{{AnswerFilter::kRight, AnswerFilter::kNotRight}};
        QCOMPARE(table.filtered(lost).size(), size_t(1000)); // i % 3 != 0 and i % 2 == 0
        lost.task = "second";
        QCOMPARE(table.filtered(lost).size(), size_t(500));
        QCOMPARE(table.filtered({{}, {}, "forty-two"}), (std::vector<uint32_t>{1200}));
        QCOMPARE(table.answer(1, 1200)->judged.extracted, std::string("Forty-Two"));
        QCOMPARE(table.filtered({{}, {}, "ITEM-2999"}).size(), size_t(1));
        QVERIFY(table.filtered({{AnswerFilter::kAny, AnswerFilter::kNoAnswer}, "second", "nowhere"}).empty());
    }
};

QTEST_APPLESS_MAIN(TestAccuracyCharts)
#include "tst_accuracycharts.moc"
