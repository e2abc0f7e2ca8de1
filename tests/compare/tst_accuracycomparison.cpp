// SPDX-License-Identifier: GPL-3.0-or-later
// Imported runs compared item by item; what must come out was counted by tests/data/generators/make_imports.py.
#include "core/base/file.h"
#include "core/compare/accuracycomparison.h"
#include "core/evaluate/imports/imports.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;

namespace {

const std::filesystem::path kData = ASSAY_TEST_DATA "/imports";

void addRuns(AccuracyGroup::Runs &out, const std::filesystem::path &path)
{
    auto import = importResults(path);
    if (!import)
        qWarning("%s", import.error().sentence().c_str());
    for (size_t i = 0; import && i < import->runs.size(); ++i)
        out.push_back(std::make_shared<const EvaluationRun>(std::move(import->runs[i].run)));
}

const AccuracyGroup *groupOf(const AccuracyComparison &comparison, const std::string &suite)
{
    for (const AccuracyGroup &group : comparison.groups)
        if (group.suite == suite)
            return &group;
    return nullptr;
}

/// The reference data that are not part of the repository.
std::filesystem::path shared()
{
    const QByteArray told = qgetenv("ASSAY_SHARED");
    return told.isEmpty() ? std::filesystem::path(ASSAY_SOURCE_DIR "/../shared") : std::filesystem::path(told.toStdString());
}

} // namespace

class TestAccuracyComparison : public QObject
{
    Q_OBJECT
private slots:
    void twoFoldersOfOneTool();
    void runsOfSeveralTools();
    void aloneIsTold();
    void fourSystems();
};

void TestAccuracyComparison::twoFoldersOfOneTool()
{
    AccuracyGroup::Runs runs;
    addRuns(runs, kData / "lmeval" / "alpha");
    addRuns(runs, kData / "lmeval" / "beta");
    const AccuracyComparison comparison = compareAccuracy(runs, 0.05, false);
    QCOMPARE(comparison.groups.size(), size_t(3));
    QVERIFY(comparison.alone.empty());
    const auto expected = nlohmann::json::parse(readWholeFile(kData / "expected.json", 1 << 20).value());
    for (const auto &[suite, told] : expected.items()) {
        const AccuracyGroup *group = groupOf(comparison, suite);
        QVERIFY2(group, suite.c_str());
        QVERIFY(group->by == JoinBy::ItemId);
        QCOMPARE(group->pairs.size(), size_t(1));
        const AccuracyPair &pair = group->pairs.front(); // beta against alpha
        QCOMPARE(pair.paired.n, told["n"].get<size_t>());
        QCOMPARE(pair.paired.onlyFirst, told["only_second"].get<size_t>());
        QCOMPARE(pair.paired.onlySecond, told["only_first"].get<size_t>());
        QVERIFY(std::abs(pair.paired.p - told["p"].get<double>()) < 1e-12);
        const double gap = (told["beta"].get<double>() - told["alpha"].get<double>()) / told["n"].get<double>();
        QVERIFY(std::abs(pair.paired.difference.value - gap) < 1e-12);
        QVERIFY(std::abs(pair.waterfall.gap + gap) < 1e-12);
        const double steps = pair.waterfall.truncated + pair.waterfall.unparsed + pair.waterfall.refused + pair.waterfall.error + pair.waterfall.wrong;
        QVERIFY(std::abs(steps - pair.waterfall.gap) < 1e-12);
        QCOMPARE(pair.flips.rightToElse, told["only_first"].get<size_t>());
        QCOMPARE(pair.flips.elseToRight, told["only_second"].get<size_t>());
        QVERIFY(pair.standing == Standing::Inferior || pair.standing == Standing::Undecided);
    }
    // Holm (1979) by hand: of three, the smallest p is tripled, the next doubled, and none falls below the one before.
    const double p1 = expected["picks"]["p"], p2 = expected["sums, flexible-extract"]["p"], p3 = expected["sums, strict-match"]["p"];
    QVERIFY(std::abs(groupOf(comparison, "picks")->pairs[0].adjustedP - 3 * p1) < 1e-12);
    QVERIFY(std::abs(groupOf(comparison, "sums, flexible-extract")->pairs[0].adjustedP - 2 * p2) < 1e-12);
    QVERIFY(std::abs(groupOf(comparison, "sums, strict-match")->pairs[0].adjustedP - std::max(p3, 2 * p2)) < 1e-12);
}

void TestAccuracyComparison::runsOfSeveralTools()
{
    AccuracyGroup::Runs runs;
    addRuns(runs, kData / "inspect" / "log.eval");
    addRuns(runs, kData / "evalscope");
    const AccuracyComparison comparison = compareAccuracy(runs, 0.05, true);
    QCOMPARE(comparison.groups.size(), size_t(1)); // "sums" and "sums_main" are the same five questions
    const AccuracyGroup &group = comparison.groups.front();
    QVERIFY(group.by == JoinBy::PairKey);
    QCOMPARE(group.pairs.front().paired.n, size_t(5));
    QCOMPARE(group.pairs.front().paired.bothRight, size_t(1));
    // What one tool calls unparsed the other calls wrong: no flip of right answers, but another cell.
    QCOMPARE(group.pairs.front().flips.of[size_t(Outcome::Unparsed)][size_t(Outcome::Wrong)], size_t(1));
    const auto json = toJson(comparison);
    QVERIFY(json["groups"][0]["paired_by"] == "question");
    QVERIFY(json["groups"][0]["pairs"][0]["flips"]["reference_to_subject"]["unparsed"]["wrong"] == 1);
}

void TestAccuracyComparison::aloneIsTold()
{
    AccuracyGroup::Runs runs;
    addRuns(runs, kData / "inspect" / "log.eval");
    const AccuracyComparison comparison = compareAccuracy(runs, 0.05, true);
    QVERIFY(comparison.groups.empty());
    QCOMPARE(comparison.alone.size(), size_t(1));
}

void TestAccuracyComparison::fourSystems()
{
    const std::filesystem::path file = shared() / "reference-qa" / "gsm8k-example_model_solutions.jsonl.gz";
    if (!std::filesystem::exists(file))
        QSKIP("the graded answers of four systems to GSM8K are not here (ASSAY_SHARED)");
    AccuracyGroup::Runs runs;
    addRuns(runs, file);
    const AccuracyComparison comparison = compareAccuracy(runs, 0.01, true);
    QCOMPARE(comparison.groups.size(), size_t(1));
    const AccuracyGroup &group = comparison.groups.front();
    QCOMPARE(group.pairs.size(), size_t(6));
    // 21.7, 39.0, 34.7 and 56.3 % of 1,319 (openai/grade-school-math).
    const std::map<std::string, double> kRates{{"6b_finetuning", 0.217}, {"6b_verification", 0.390}, {"175b_finetuning", 0.347}, {"175b_verification", 0.563}};
    for (size_t i = 0; i < group.runs.size(); ++i) {
        QVERIFY(std::abs(group.accuracy[i].value - kRates.at(group.runs[i]->header.subject.name)) < 0.0005);
        QCOMPARE(group.outcomes[i].n(), size_t(1319));
    }
    for (const AccuracyPair &pair : group.pairs) {
        QCOMPARE(pair.paired.n, size_t(1319));
        QVERIFY(pair.paired.test == PairedTest::McNemar);
        QCOMPARE(pair.flips.rightToElse, pair.paired.onlySecond);
        // The verifier's gain over a model thirty times as large is small, but it is one.
        const bool close = group.runs[pair.first]->header.subject.name == "6b_verification" && group.runs[pair.second]->header.subject.name == "175b_finetuning";
        QVERIFY(close ? pair.paired.p < 0.05 : pair.paired.p < 1e-3);
    }
}

QTEST_APPLESS_MAIN(TestAccuracyComparison)
#include "tst_accuracycomparison.moc"
