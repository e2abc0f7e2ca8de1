// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "tests/compare/samplefamily.h"

#include <QtTest>
#include <cmath>
#include <set>

using namespace assay;
using samplefamily::family;

namespace {

const ComparisonRow *rowOf(const std::vector<ComparisonRow> &rows, const std::string &id)
{
    for (const ComparisonRow &row : rows) {
        if (row.id == id)
            return &row;
    }
    return nullptr;
}

bool says(const std::string &text, const char *part)
{
    if (text.find(part) != std::string::npos)
        return true;
    qWarning("'%s' lacks '%s'", text.c_str(), part);
    return false;
}

bool anySays(const std::vector<std::string> &texts, const char *part)
{
    return std::any_of(texts.begin(), texts.end(), [&](const std::string &text) { return text.find(part) != std::string::npos; });
}

} // namespace

class TestComparison : public QObject
{
    Q_OBJECT

private slots:
    void headlineOfTheFamily()
    {
        const std::string text = headline(family());
        // 72 of 100 against 90 of 100, nested: 80 %; 2.5 ms against 10 ms; 25 MiB against 100 MiB.
        QVERIFY(says(text, "distilled keeps 80.0 ["));
        QVERIFY(says(text, "] % of full's accuracy on sums (n = 100) at 4.00 ["));
        QVERIFY(says(text, "] times its speed and 0.250 times its memory."));
        // items 80 to 99 are of difficulty 5: full has 80 to 89 right, distilled none; exact p of 10 : 0 is 2/1024
        QVERIFY(says(text, "On the hardest tier (difficulty) distilled is right on 0 % of the items and full on 50.0 % (p = 0.00195, n = 20)."));
        QVERIFY(says(text, "Distilling gained 32.0 ["));
        QVERIFY(says(text, "percentage points of accuracy over base on sums (p < 0.001, n = 100)."));
    }

    void unresolvedGapsAreCalledSo()
    {
        Comparison comparison = family();
        comparison.subjects[1].evaluations = {std::make_shared<EvaluationRun>(samplefamily::evaluation("d", 88))};
        comparison.subjects[2].evaluations = {std::make_shared<EvaluationRun>(samplefamily::evaluation("b", 87))};
        const std::string text = headline(comparison);
        QVERIFY(says(text, "The accuracy gap between distilled and full on sums is not resolved (share 97.8 ["));
        QVERIFY(says(text, "On the hardest tier (difficulty) the gap between distilled and full is not resolved: 40.0 % against 50.0 %"));
        QVERIFY(says(text, "What distilling gained over base is not resolved: 1.00 ["));
    }

    void equalSpeedsAreCalledSo()
    {
        Comparison comparison = family();
        comparison.subjects[1].bench = std::make_shared<BenchRun>(samplefamily::bench("d", {0.1, 0.01, 100u << 20}));
        QVERIFY(says(headline(comparison), "The speeds of distilled and full do not differ beyond their noise."));
    }

    void suitesAreNotPooled()
    {
        Comparison comparison = family();
        for (size_t i = 0; i < 2; ++i)
            comparison.subjects[i].evaluations.push_back(
                std::make_shared<EvaluationRun>(samplefamily::evaluation("x", 400, 400, "products")));
        // three subjects answered sums, only two products
        QVERIFY(says(headline(comparison), "of full's accuracy on sums (n = 100)"));
        comparison.subjects[2].evaluations.push_back(
            std::make_shared<EvaluationRun>(samplefamily::evaluation("x", 400, 400, "products")));
        QVERIFY(says(headline(comparison), "between distilled and full on products is not resolved (share 100 ["));
    }

    void headlineSaysWhatIsMissing()
    {
        QVERIFY(says(headline(Comparison{}), "No subjects are open"));
        Comparison comparison = family();
        for (ComparedSubject &subject : comparison.subjects)
            subject.bench = nullptr;
        QVERIFY(says(headline(comparison), "speed and memory are not compared yet"));
        for (ComparedSubject &subject : comparison.subjects)
            subject.evaluations.clear();
        QVERIFY(says(headline(comparison), "Nothing is compared yet"));
        comparison = family();
        comparison.subjects[2].bench = nullptr;
        for (ComparedSubject &subject : comparison.subjects)
            subject.evaluations.clear();
        const std::string speedOnly = headline(comparison);
        QVERIFY(says(speedOnly, "distilled runs at 4.00 ["));
        QVERIFY(says(speedOnly, "accuracy is not compared yet"));
        QVERIFY(says(speedOnly, "Not measured yet: base."));
    }

    void referenceWithoutARightAnswer()
    {
        Comparison comparison = family();
        comparison.subjects[0].evaluations = {std::make_shared<EvaluationRun>(samplefamily::evaluation("f", 0))};
        QVERIFY(says(headline(comparison), "full is right on none of the 100 shared items of sums"));
    }

    void aloneAndOutOfRange()
    {
        Comparison comparison = family();
        comparison.subjects.resize(1);
        comparison.reference = 7; // closed meanwhile
        QVERIFY(says(headline(comparison), "big is right on 90.0 [82.6, 94.5] % of 100 items of sums"));
        QCOMPARE(comparisonTable(comparison).front().cells.size(), size_t(1));
        QVERIFY(pairedComparisons(comparison).empty());
    }

    void sameRoleTwiceIsCalledByName()
    {
        Comparison comparison = family();
        comparison.subjects[2].role = Role::Distilled;
        const std::string text = headline(comparison);
        QVERIFY(says(text, "small-distilled keeps"));
        QVERIFY(says(text, "small-base keeps"));
    }

    void tableHoldsMetricsAccuracyAndOutcomes()
    {
        Comparison comparison = family();
        EvaluationRun &run = samplefamily::evaluationOf(comparison, 1);
        samplefamily::judge(run, 99, Outcome::Truncated);
        samplefamily::judge(run, 98, Outcome::Unparsed);
        samplefamily::judge(run, 97, Outcome::Error);
        const std::vector<ComparisonRow> rows = comparisonTable(comparison);
        const ComparisonRow *tpot = rowOf(rows, "metric.tpot");
        QVERIFY(tpot);
        QCOMPARE(tpot->group, std::string("Latency"));
        QCOMPARE(tpot->unit, std::string("s"));
        // wobble: 0.99 (warm-up, left out), then 1.00 1.01 1.02 1.00 1.01 1.02 1.00
        QCOMPARE(tpot->cells[0].text, std::string("10.1 [10.0, 10.2] ms"));
        QVERIFY(std::abs(*tpot->cells[0].value - 0.0101) < 1e-12);
        QVERIFY(std::abs(*tpot->cells[1].ratio - 0.25) < 1e-12);
        QCOMPARE(*tpot->cells[0].ratio, 1.0);
        QCOMPARE(tpot->cells[0].estimate->n, size_t(7));
        QVERIFY(tpot->different());
        const ComparisonRow *accuracy = rowOf(rows, "accuracy.sums");
        QVERIFY(accuracy);
        QCOMPARE(accuracy->label, std::string("Sums of numbers"));
        QCOMPARE(accuracy->cells[0].text, std::string("90.0 [82.6, 94.5] %"));
        QCOMPARE(accuracy->cells[1].detail, std::string("72 of 100 right, 25 wrong, 1 unparsed, 1 truncated, 1 error"));
        QCOMPARE(rowOf(rows, "accuracy.sums.addition")->cells[0].estimate->n, size_t(50));
        QCOMPARE(rowOf(rows, "outcomes.sums.truncated")->cells[1].text, std::string("1"));
        QCOMPARE(rowOf(rows, "outcomes.sums.wrong")->cells[1].value, std::optional<double>(25));
        QVERIFY(!rowOf(rows, "outcomes.sums.error")->cells[0].ratio);
        // what a CPU cannot tell is no row
        QVERIFY(!rowOf(rows, "metric.memory.reserved_peak"));
        std::set<std::string> ids;
        for (const ComparisonRow &row : rows)
            QVERIFY2(ids.insert(row.id).second, row.id.c_str());
    }

    void tableHoldsFacts()
    {
        Comparison comparison = family();
        auto facts = std::make_shared<ModelFacts>();
        facts->name = "big";
        facts->parameters.total = facts->parameters.main = 1234567;
        facts->tensorCount = 9; // counted, so that sizes are known
        comparison.subjects[0].facts = facts;
        const std::vector<ComparisonRow> rows = comparisonTable(comparison);
        const auto expected = factRows(*facts);
        QVERIFY(!expected.empty());
        for (const FactRow &fact : expected) {
            const ComparisonRow *row = rowOf(rows, std::string("facts.") + fact.id);
            QVERIFY2(row, fact.id);
            QCOMPARE(row->cells[0].text, fact.value.empty() ? std::string("-") : fact.value);
            QCOMPARE(row->cells[1].text, std::string("-"));
            QVERIFY(!row->cells[1].detail.empty());
        }
    }

    void missingCellsSayWhy()
    {
        Comparison comparison = family();
        comparison.subjects[1].bench = nullptr;
        BenchRun &failed = samplefamily::benchOf(comparison, 2);
        failed.header.state = RunState::Failed;
        failed.header.error = "The worker ended.";
        failed.samples.clear();
        comparison.subjects[2].evaluations.clear();
        const std::vector<ComparisonRow> rows = comparisonTable(comparison);
        const ComparisonRow *ttft = rowOf(rows, "metric.ttft");
        QCOMPARE(ttft->cells[1].text, std::string("-"));
        QVERIFY(says(ttft->cells[1].detail, "Not measured yet"));
        QVERIFY(says(ttft->cells[2].detail, "The worker ended."));
        QVERIFY(!ttft->cells[1].ratio);
        QVERIFY(says(rowOf(rows, "accuracy.sums")->cells[2].detail, "Not evaluated"));
    }

    void nothingMeasuredStillHasItsRows()
    {
        Comparison comparison = family();
        for (ComparedSubject &subject : comparison.subjects) {
            subject.bench = nullptr;
            subject.evaluations.clear();
        }
        const std::vector<ComparisonRow> rows = comparisonTable(comparison);
        QVERIFY(rowOf(rows, "metric.tpot"));
        QVERIFY(!rowOf(rows, "metric.tpot")->different());
        QVERIFY(comparisonTable(Comparison{}).empty());
        QVERIFY(!sharedPoint(comparison));
    }

    void pointIsTheFirstThatAllShare()
    {
        Comparison comparison = family();
        const BenchPoint other{16, 8, 1};
        BenchRun &first = samplefamily::benchOf(comparison, 0);
        const std::vector<MeasureSample> more = samplefamily::bench("x", {}, 7, other).samples;
        first.samples.insert(first.samples.begin(), more.begin(), more.end());
        QVERIFY(sharedPoint(comparison) == (BenchPoint{64, 11, 1}));
        comparison.point = other; // the user's choice, though only one subject has it
        QVERIFY(sharedPoint(comparison) == other);
        comparison.point = BenchPoint{1, 1, 1}; // nobody has it
        QVERIFY(sharedPoint(comparison) == (BenchPoint{64, 11, 1}));
    }

    void warmUpAloneIsNoPoint()
    {
        Comparison comparison = family();
        for (size_t i = 0; i < 3; ++i)
            samplefamily::benchOf(comparison, i).samples.resize(1);
        QVERIFY(!sharedPoint(comparison));
    }

    void pairsOfTheFamily()
    {
        const std::vector<PairRow> pairs = pairedComparisons(family());
        QCOMPARE(pairs.size(), size_t(3));
        QCOMPARE(pairs[0].first, size_t(1)); // distilled - full
        QCOMPARE(pairs[0].second, size_t(0));
        QCOMPARE(pairs[0].result.onlySecond, size_t(18));
        QCOMPARE(pairs[0].verdict, std::string("inferior"));
        QCOMPARE(pairs[2].first, size_t(1)); // distilled - base
        QCOMPARE(pairs[2].second, size_t(2));
        QCOMPARE(pairs[2].verdict, std::string("better"));
        QVERIFY(says(pairs[2].difference, "32.0 ["));
        QCOMPARE(pairs[2].p, std::string("p < 0.001"));
    }

    void unresolvedPairs()
    {
        Comparison comparison = family();
        comparison.subjects[1].evaluations = {std::make_shared<EvaluationRun>(samplefamily::evaluation("d", 88))};
        PairRow pair = pairedComparisons(comparison)[0];
        QCOMPARE(pair.standing, Standing::Undecided);
        QVERIFY2(pair.verdict == "undecided; about " + groupedDigits(int64_t(pair.moreItems.value())) + " more items would decide", pair.verdict.c_str());
        // (1.96 + 0.84)^2 times the variance of the items' differences over the square of the difference
        const double error = pair.result.means.error, difference = pair.result.difference.value;
        QVERIFY(std::abs(double(pair.itemsToTell.value()) - 7.84888 * error * error * 100 / (difference * difference)) < 2);
        comparison.margin = 0.3;
        pair = pairedComparisons(comparison)[0];
        QVERIFY2(pair.verdict == "not inferior" && !pair.moreItems, pair.verdict.c_str());
    }

    /// Three items asked four times by one subject and twice by the other: k is what both have.
    void samplesAreToldTogether()
    {
        Comparison comparison = family();
        comparison.subjects.resize(2);
        const auto asked = [](const std::vector<std::string> &answers) { // a letter a sample: what it says; "r" is right
            std::vector<ItemResult> rows;
            for (size_t item = 0; item < answers.size(); ++item) {
                for (size_t sample = 0; sample < answers[item].size(); ++sample) {
                    ItemResult row;
                    row.itemId = "item-" + std::to_string(item);
                    row.sample = int64_t(sample);
                    row.judged.extracted = answers[item][sample] == '-' ? "" : std::string(1, answers[item][sample]);
                    row.judged.outcome = answers[item][sample] == 'r' ? Outcome::Right : Outcome::Wrong;
                    rows.push_back(row);
                }
            }
            return ItemRows(rows);
        };
        samplefamily::evaluationOf(comparison, 0).items = asked({"rrab", "abbr", "----"});
        samplefamily::evaluationOf(comparison, 1).items = asked({"rr", "ar", "r"});
        const auto cell = [&](const std::string &id, size_t subject) {
            for (const ComparisonRow &row : comparisonTable(comparison)) {
                if (row.id == "samples.sums." + id)
                    return row.cells[subject].value.value_or(-1);
            }
            return -2.0;
        };
        const auto near = [](double a, double b) { return std::abs(a - b) < 1e-12; };
        QVERIFY(near(cell("avg", 0), (2.0 / 4 + 1.0 / 4 + 0) / 3) && near(cell("avg", 1), (1 + 0.5 + 1) / 3));
        QVERIFY(near(cell("pass", 0), ((1 - 1.0 / 6) + (1 - 3.0 / 6) + 0) / 3)); // pass@2 of 4
        QVERIFY(near(cell("pass", 1), 1)); // of the two items that have two samples
        QVERIFY(near(cell("all", 0), (1.0 / 6 + 0 + 0) / 3));
        QVERIFY(near(cell("cons", 0), 1.0 / 3) && near(cell("cons", 1), 2.0 / 3)); // "a" came first in "ar"
    }

    void otherVersionsOfASuiteAreNotPaired()
    {
        Comparison comparison = family();
        samplefamily::evaluationOf(comparison, 1).protocol.suiteFingerprint = "fingerprint-2";
        const std::vector<PairRow> pairs = pairedComparisons(comparison);
        QCOMPARE(pairs.size(), size_t(1));
        QCOMPARE(pairs[0].first, size_t(2));
        QVERIFY(anySays(comparisonWarnings(comparison), "different versions of the suite sums"));
        QVERIFY(headline(comparison).find("keeps") == std::string::npos);
    }

    /// One model beside itself: the columns are called after their dtypes, and that they differ is no warning.
    void oneModelInSeveralDtypes()
    {
        Comparison comparison;
        for (const char *dtype : {"f32", "int8"}) {
            const bool rounded = dtype == std::string("int8");
            comparison.subjects.push_back(samplefamily::subject(Role::Full, "big", {0.1, rounded ? 0.005 : 0.01, rounded ? 25u << 20 : 100u << 20},
                                                                rounded ? 72 : 90));
            comparison.subjects.back().dtype = dtype;
            BenchRun &bench = samplefamily::benchOf(comparison, comparison.subjects.size() - 1);
            bench.header.environment.dtype = dtype;
            bench.header.environment.weights = {{"F32", dtype, 1000, rounded ? 1000u << 10 : 4000u << 10}};
            samplefamily::evaluationOf(comparison, comparison.subjects.size() - 1).header.environment.dtype = dtype;
        }
        QVERIFY(says(headline(comparison), "big (int8) keeps 80.0 ["));
        QVERIFY(says(headline(comparison), "of big (f32)'s accuracy on sums"));
        QVERIFY(comparisonWarnings(comparison).empty());
        const std::vector<ComparisonRow> rows = comparisonTable(comparison);
        const ComparisonRow *dtypes = rowOf(rows, "run.dtype"), *weights = rowOf(rows, "run.weights");
        QVERIFY(dtypes && weights && !rowOf(rows, "run.unused"));
        QCOMPARE(dtypes->cells[1].text, std::string("int8"));
        QCOMPARE(weights->cells[0].text, std::string("3.91 MiB as stored in F32"));
        QCOMPARE(weights->cells[1].text, std::string("1000 KiB in int8 from F32"));
        QVERIFY(weights->different());
        for (const ChartSpec &chart : comparisonCharts(comparison)) {
            if (chart.id.starts_with("gap_") || chart.id.starts_with("routing_"))
                continue; // what they draw are classes of outcomes and ways to route
            for (const ChartSeries &series : chart.series)
                QVERIFY2(series.name == "big (f32)" || series.name == "big (int8)", series.name.c_str());
        }
        // Two models are another matter.
        comparison.subjects[1].subject.fingerprint = "f-other";
        QVERIFY(anySays(comparisonWarnings(comparison), "was computed in int8"));
    }

    void howTokensWereDecoded()
    {
        Comparison comparison = family();
        QVERIFY(!rowOf(comparisonTable(comparison), "run.decoding")); // an older worker's runs
        for (size_t i = 0; i < 2; ++i) {
            for (MeasureSample &sample : samplefamily::benchOf(comparison, i).samples)
                sample.decoding = "graph";
        }
        QVERIFY(comparisonWarnings(comparison).empty());
        for (MeasureSample &sample : samplefamily::benchOf(comparison, 1).samples) {
            sample.decoding = "eager";
            sample.eagerReason = "the layers are spread over several devices";
        }
        const std::vector<ComparisonRow> rows = comparisonTable(comparison);
        const ComparisonRow *decoding = rowOf(rows, "run.decoding");
        QVERIFY(decoding);
        QCOMPARE(decoding->cells[0].text, std::string("by recorded graphs"));
        QCOMPARE(decoding->cells[1].text, std::string("step by step: the layers are spread over several devices"));
        QCOMPARE(decoding->cells[2].text, std::string("-"));
        QVERIFY(anySays(comparisonWarnings(comparison), "The tokens of small-distilled were decoded step by step: the layers"));
        QVERIFY(anySays(comparisonWarnings(comparison), "those of big by recorded graphs"));
        // The reason is translated, too.
        QCOMPARE(rowOf(comparisonTable(comparison, samplefamily::marked), "run.decoding")->cells[1].text,
                 std::string("<step by step: <the layers are spread over several devices>>"));
    }

    void predictedMemoryStandsBesideTheMeasured()
    {
        Comparison comparison = family();
        for (MeasureSample &sample : samplefamily::benchOf(comparison, 0).samples)
            sample.predictedBytes = 102u << 20;
        const std::vector<ComparisonRow> rows = comparisonTable(comparison);
        const ComparisonRow *predicted = rowOf(rows, "metric.memory.predicted"), *error = rowOf(rows, "metric.memory.prediction_error");
        QVERIFY(predicted && error);
        QVERIFY(says(predicted->cells[0].text, "102 "));
        QVERIFY(says(error->cells[0].text, "2.00 "));
        QVERIFY(!error->cells[0].ratio); // of an error nothing is a multiple
        QCOMPARE(error->cells[1].text, std::string("-"));
    }

    void noWarningsForAFairComparison() { QVERIFY(comparisonWarnings(family()).empty()); }

    void warnings()
    {
        Comparison comparison = family();
        BenchRun &bench = samplefamily::benchOf(comparison, 1);
        bench.header.environment.device = "cuda";
        bench.header.environment.dtype = "bfloat16";
        bench.header.environment.threads = 16;
        bench.header.environment.host = "elsewhere";
        bench.header.state = RunState::Cancelled;
        bench.samples.back().load1 = 12.5;
        EvaluationRun &run = samplefamily::evaluationOf(comparison, 2);
        run.header.state = RunState::Failed;
        run.header.error = "Out of luck.";
        run.items.resize(10);
        const std::vector<std::string> texts = comparisonWarnings(comparison);
        for (const char *part : {"device cuda, big on cpu", "computed in bfloat16, big in float32", "16 threads, big with 2",
                                 "machine elsewhere, big on host", "was cancelled", "load average up to 12.5 on 8 cores",
                                 "failed: Out of luck.", "only 10 of the 100 items of sums"})
            QVERIFY2(anySays(texts, part), part);
    }

    void halfAnsweredSuiteIsSaidToBe()
    {
        Comparison comparison = family();
        EvaluationRun &run = samplefamily::evaluationOf(comparison, 2);
        run.header.state = RunState::Running;
        run.items.resize(10);
        const std::vector<std::string> texts = comparisonWarnings(comparison);
        QVERIFY(anySays(texts, "still being asked: 10 of the 100 items of sums"));
        QVERIFY(!anySays(texts, "answered only"));
    }

    void otherLoadIsWarnedOf()
    {
        Comparison comparison = family();
        comparison.subjects[1].bench = std::make_shared<BenchRun>(samplefamily::bench("d", {}, 7, {16, 8, 1}));
        QVERIFY(anySays(comparisonWarnings(comparison), "small-distilled was not measured under the shown load"));
        const std::vector<ComparisonRow> rows = comparisonTable(comparison);
        QVERIFY(says(rowOf(rows, "metric.ttft")->cells[1].detail, "Not measured under this load."));
    }

    void textsAreTranslatedWhole()
    {
        const std::string text = headline(family(), samplefamily::marked);
        // each sentence is one source text; names of roles are texts too
        QVERIFY(says(text, "<<distilled> keeps"));
        const std::vector<ComparisonRow> rows = comparisonTable(family(), samplefamily::marked);
        QCOMPARE(rowOf(rows, "metric.tpot")->group, std::string("<Latency>"));
        for (const ComparisonRow &row : rows)
            QVERIFY2(row.group.front() == '<', row.id.c_str());
    }
};

QTEST_APPLESS_MAIN(TestComparison)
#include "tst_comparison.moc"
