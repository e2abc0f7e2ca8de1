// SPDX-License-Identifier: GPL-3.0-or-later
// Scorers against a fixture that tests/data/generators/make_scorer_fixture.py computes from the reference tools' definitions, and rule by rule.
#include "core/base/file.h"
#include "core/evaluate/evaluation.h"
#include "core/evaluate/rescoring.h"
#include "core/evaluate/scorer.h"
#include "core/evaluate/scorers/figure.h"
#include "core/evaluate/scorers/mathanswer.h"
#include "core/evaluate/scorers/mathtext.h"
#include "tests/evaluate/judging.h"

#include <QtTest>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

using namespace assay;
using namespace assay::judging;
using nlohmann::json;

namespace {

std::vector<json> fixture()
{
    std::vector<json> rows;
    const auto text = readWholeFile(ASSAY_TEST_DATA "/scorers/fixture.jsonl", 4 << 20);
    std::istringstream lines(text.value_or(""));
    for (std::string line; std::getline(lines, line);)
        rows.push_back(json::parse(line));
    return rows;
}

ScorerChoice choiceOf(const json &row)
{
    ScorerChoice choice;
    const json flags = row.value("flags", json::object());
    choice.ignoreCase = flags.value("ignore_case", false);
    choice.ignorePunctuation = flags.value("ignore_punctuation", false);
    choice.ignoreNumbers = flags.value("ignore_numbers", false);
    choice.ignore = flags.value("ignore", std::vector<std::string>());
    return choice;
}

double scoreOf(const Judgement &judgement)
{
    return std::isnan(judgement.score) ? 0 : judgement.score;
}

/// To the last digit that the tools print.
bool same(double a, double b)
{
    return std::abs(a - b) <= 1e-14 * std::max(1.0, std::abs(b));
}

std::string why(const json &row, const std::string &name, double ours)
{
    return name + " gives " + std::to_string(ours) + " for " + row.dump();
}

} // namespace

class TestScorers : public QObject
{
    Q_OBJECT

private slots:
    void textsOfTheFixture()
    {
        std::map<std::string, std::vector<double>> sums;
        int rows = 0;
        for (const json &row : fixture()) {
            if (row["kind"] == "figures" && row["of"] == "text") {
                for (const auto &[name, figure] : row["figures"].items()) {
                    const std::vector<double> &all = sums[name];
                    double sum = 0;
                    for (const double one : all)
                        sum += one;
                    QVERIFY2(same(sum / double(all.size()), figure.get<double>()), name.c_str());
                }
                sums.clear();
            }
            if (row["kind"] != "text")
                continue;
            ++rows;
            for (const auto &[name, score] : row["scores"].items()) {
                const SuiteItem item = textItem(row["answers"].get<std::vector<std::string>>());
                const double ours = scoreOf(judged(name.c_str(), item, said(row["output"]), choiceOf(row)));
                QVERIFY2(same(ours, score.get<double>()), why(row, name, ours).c_str());
                sums[name].push_back(ours);
            }
        }
        QVERIFY(rows > 500);
    }

    void formsOfTheFixture()
    {
        int rows = 0;
        for (const json &row : fixture()) {
            if (row["kind"] != "math")
                continue;
            ++rows;
            const std::optional<std::string> form = hendrycksForm(row["a"].get<std::string>());
            QVERIFY2(form.has_value() != row["form"].is_null(), row.dump().c_str());
            QVERIFY2(!form || *form == row["form"], (row.dump() + " " + form.value_or("")).c_str());
            QVERIFY2(hendrycksEqual(row["a"].get<std::string>(), row["b"].get<std::string>()) == row["equal"], row.dump().c_str());
        }
        QVERIFY(rows == 400);
    }

    void choicesOfTheFixture()
    {
        Suite suite;
        EvaluationRun run;
        const std::vector<json> rows = fixture();
        for (const json &row : rows) {
            if (row["kind"] != "choice")
                continue;
            SuiteItem item = textItem({"x"});
            item.id = std::to_string(suite.items.size());
            item.asking = Asking::Choice;
            item.answerIndex = row["right"];
            Answer answer;
            for (size_t i = 0; i < row["choices"].size(); ++i) {
                item.choices.push_back(" " + row["choices"][i].get<std::string>());
                answer.choices.push_back({row["lls"][i], row["unconditional"][i], row["tokens"][i]});
            }
            for (const auto &[name, score] : row["scores"].items()) {
                const double ours = judged(name.c_str(), item, answer).score;
                QVERIFY2(same(ours, score.get<double>()), why(row, name, ours).c_str());
            }
            suite.items.push_back(item);
            run.items.push_back(judgedRow(suite, item, answer));
        }
        QCOMPARE(suite.items.size(), size_t(120));
        const json &figures = rows.back()["figures"];
        suite.scorer.name = "acc";
        for (const auto &[name, figure] : figures.items())
            suite.alsoScored.push_back(name);
        const std::vector<RunFigure> ours = figuresOf(suite, run.items);
        QCOMPARE(ours.size(), figures.size()); // acc stands in both
        for (const RunFigure &one : ours)
            QVERIFY2(same(one.value, figures[one.scorer->name].get<double>()), one.scorer->name);
    }

    void numbers_data()
    {
        QTest::addColumn<QString>("gold");
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<QString>("found");
        const auto row = [](const char *name, const char *gold, const char *output, const char *outcome, const char *found) {
            QTest::newRow(name) << QString::fromUtf8(gold) << QString::fromUtf8(output) << QString(outcome) << QString::fromUtf8(found);
        };
        row("last number", "18", "3 of 16 eggs, so 18 dollars.", "right", "18");
        row("by value", "1,234", "It is 1234.00", "right", "1234.00");
        row("money", "5", "costs $5.", "right", "$5");
        row("negative", "-7", "so x = -7", "right", "-7");
        row("minus sign", "-7", "so x = \u22127", "right", "\u22127");
        row("range", "5", "between 3-5", "right", "5");
        row("fraction", "0.75", "the share is 3/4", "right", "3/4");
        row("percent", "0.5", "the share is 50%", "right", "50");
        row("percent as written", "50", "the share is 50%", "right", "50");
        row("leading point", "0.5", "it is .5", "right", ".5");
        row("box first", "12", "\\boxed{12}. I used 3 steps", "right", "12");
        row("mark", "12", "#### 12\nand 5 more", "right", "12");
        row("gold with solution", "so 3 * 4 = 12\n#### 12", "12", "right", "12");
        row("wrong", "12", "it is 13", "wrong", "13");
        row("rounded", "1/3", "it is 0.33", "undecided", "0.33");
        row("badly rounded", "1/3", "it is 0.35", "wrong", "0.35");
        row("no number", "12", "twelve", "unparsed", "");
        row("part of a name", "12", "GPT4", "unparsed", "");
        row("list", "2", "they are 1,2,3", "unparsed", "");
        row("version", "2", "it is 1.2.3", "unparsed", "");
        row("division by zero", "2", "it is 1/0", "unparsed", "");
        row("ellipsis", "42", "it is 42...", "right", "42");
        row("no gold", "none", "it is 42", "undecided", "42");
    }
    void numbers()
    {
        QFETCH(QString, gold);
        QFETCH(QString, output);
        QFETCH(QString, outcome);
        QFETCH(QString, found);
        const Judgement judgement = judged("number", {gold.toStdString()}, output.toStdString());
        QCOMPARE(QString(shortName(judgement)), outcome);
        QCOMPARE(QString::fromStdString(judgement.extracted), found);
        const std::string text = output.toStdString();
        QCOMPARE(text.substr(judgement.from, judgement.length), judgement.extracted);
    }

    void numbersThatWereCutOff()
    {
        QCOMPARE(shortName(judged("number", {"120"}, "it is 12", "length")), "truncated");
        QCOMPARE(shortName(judged("number", {"12"}, "\\boxed{12} and", "length")), "right");
        QCOMPARE(shortName(judged("gsm8k_flexible", {"120"}, "it is 12", "length")), "truncated");
        QCOMPARE(shortName(judged("gsm8k_strict", {"12"}, "#### 12\nQuest", "length")), "right");
        QCOMPARE(shortName(judged("gsm8k_strict", {"12"}, "it is 12")), "unparsed");
    }

    void mathematics_data()
    {
        QTest::addColumn<QString>("gold");
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("outcome");
        const auto row = [](const char *gold, const char *given, const char *outcome) {
            QTest::addRow("%s ? %s", gold, given) << QString::fromUtf8(gold) << QString::fromUtf8(given) << QString(outcome);
        };
        row("\\frac{1}{2}", "\\dfrac12", "right");
        row("\\frac{1}{2}", "0.5", "right");
        row("\\frac{3}{4}", "0.75", "right");
        row("\\frac{6}{8}", "\\frac{3}{4}", "right");
        row("-\\frac{3}{4}", "\\frac{-3}{4}", "right");
        row("\\frac{3}{4}", "\\frac{4}{3}", "wrong");
        row("2\\frac{1}{2}", "2.5", "right");
        row("1,000,000", "10^6", "right");
        row("1000000", "10^{6}", "right");
        row("0.00003", "3\\times10^{-5}", "right");
        row("1024", "2^{10}", "right");
        row("1024", "2^10", "undecided"); // 2^1 and a 0: which is meant is not told
        row("50\\%", "0.5", "right");
        row("50\\%", "50", "right");
        row("0.5", "50\\%", "right");
        row("\\frac{1}{3}", "0.333", "undecided");
        row("\\frac{1}{3}", "0.34", "wrong");
        row("(1,2)", "(1, 2)", "right");
        row("(\\frac12,3)", "(0.5,3)", "right");
        row("(1,2)", "(2,1)", "wrong");
        row("(1,2)", "(1,2,3)", "wrong");
        row("(1,2]", "[1,2]", "wrong");
        row("(1,2)", "[1,2]", "undecided");
        row("[0,\\infty)", "[0, \\infty)", "right");
        row("\\{1,2,3\\}", "\\{3,2,1\\}", "right");
        row("\\{1,2,3\\}", "\\{3,2,4\\}", "wrong");
        row("1,-2", "-2,1", "undecided");
        row("x=5", "5", "right");
        row("5", "5.", "right");
        row("5", "$5$", "right");
        row("\\text{even}", "even", "right");
        row("\\text{even}", "Even", "right");
        row("\\text{even}", "odd", "wrong");
        row("xy", "yx", "undecided");
        row("x+1", "1+x", "undecided");
        row("\\sqrt{2}", "\\frac{2}{\\sqrt2}", "undecided");
        row("\\sqrt{2}", "\\sqrt2", "right");
        row("2\\pi", "6.28", "undecided");
        row("5", "five", "undecided");
        row("90^\\circ", "90", "right");
        row("5\\text{ cm}", "5", "right");
        row("12", "13", "wrong");
        row("1234567890123456789012345678901234567890", "1234567890123456789012345678901234567891", "wrong");
    }
    void mathematics()
    {
        QFETCH(QString, gold);
        QFETCH(QString, given);
        QFETCH(QString, outcome);
        const Judgement judgement = judged("math", {gold.toStdString()}, "So it is $\\boxed{" + given.toStdString() + "}$.");
        QVERIFY2(QString(shortName(judgement)) == outcome, (judgement.rule + " " + shortName(judgement)).c_str());
        QCOMPARE(judgement.extracted, given.toStdString());
        QVERIFY(!judgement.rule.empty());
    }

    void boxes()
    {
        const auto content = [](const char *text) {
            const std::optional<Box> box = lastBox(text);
            return box ? std::string(box->content) : std::string("none");
        };
        QCOMPARE(content("\\boxed{1} then \\boxed{\\frac{1}{2}}"), std::string("\\frac{1}{2}"));
        QCOMPARE(content("\\fbox{3}"), std::string("3"));
        QCOMPARE(content("\\boxed{1}\\fbox{3}"), std::string("1"));
        QCOMPARE(content("\\boxed{1} and \\boxed{2"), std::string("none"));
        QCOMPARE(content("\\boxed 5$"), std::string("5"));
        QCOMPARE(content("\\boxed{\\{1,2\\}}"), std::string("\\{1,2\\}"));
        QCOMPARE(content("\\boxed"), std::string("none"));
        QCOMPARE(content("nothing"), std::string("none"));
        QCOMPARE(shortName(judged("math", {"1"}, "no box: 1")), "unparsed");
        QCOMPARE(shortName(judged("math", {"1"}, "\\boxed{1", "length")), "truncated");
        QCOMPARE(shortName(judged("math", {"1"}, "\\boxed{}")), "unparsed");
        QCOMPARE(shortName(judged("math_hendrycks", {"solution \\boxed{\\frac12}"}, "\\boxed{0.5}")), "right");
        QCOMPARE(shortName(judged("math_hendrycks", {"\\frac{3}{4}"}, "\\boxed{0.75}")), "wrong");
        ScorerChoice after;
        after.extract = {"Answer:", "\n"};
        QCOMPARE(shortName(judged("math", textItem({"1/2"}), said("Answer: $0.5$\n"), after)), "right");
    }

    void letters_data()
    {
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("outcome");
        const auto row = [](const char *output, const char *outcome) {
            QTest::addRow("%s", output) << QString::fromUtf8(output) << QString(outcome);
        };
        // B is right, of four
        row("The answer is B.", "right");
        row("The answer is (B)", "right");
        row("the correct answer is **B**", "right");
        row("Answer: $B$", "right");
        row("Final answer: \\boxed{B}", "right");
        row("\\boxed{\\text{B}}", "right");
        row("The answer is A. No, wait: the answer is B.", "right");
        row("The answer is B. Option A is wrong.", "right");
        row("I choose B) is correct", "right");
        row("So (B) is the correct option.", "right");
        row("答案是B", "right");
        row("所以答案为（B）。", "right");
        row("故选：B", "right");
        row("故选Ｂ", "right");
        row("答案：Ｂ。", "right");
        row("选项B是正确的", "right");
        row("B", "right");
        row("(B)", "right");
        row("B.", "right");
        row("b", "right");
        row("B) bananas", "right");
        row("B because I like it", "unparsed"); // a bare letter
        row("A man ate B", "unparsed");
        row("The answer is a banana", "unparsed");
        row("The answer is Apples", "unparsed");
        row("The answer is I think unclear", "unparsed");
        row("The answer is E.", "unparsed"); // there are four
        row("The answer is A", "wrong");
        row("答案是C", "wrong");
        row("The answer is A and B", "undecided");
        row("答案是A、B", "undecided");
        row("The answer is B, A is wrong", "right");
        row("", "unparsed");
    }
    void letters()
    {
        QFETCH(QString, output);
        QFETCH(QString, outcome);
        SuiteItem item = textItem({"B"});
        item.choices = {"apples", "bananas", "cherries", "dates"};
        item.answerIndex = 1;
        const Judgement judgement = judged("letter", item, said(output.toStdString()));
        QVERIFY2(QString(shortName(judgement)) == outcome, (std::string(shortName(judgement)) + " " + judgement.extracted).c_str());
        item.choices.clear(); // the letter alone is known
        item.answerIndex = -1;
        if (outcome == QStringLiteral("right") && !output.contains(QStringLiteral("bananas")))
            QCOMPARE(QString(shortName(judged("letter", item, said(output.toStdString())))), outcome);
    }

    void lettersThatWereCutOff()
    {
        QCOMPARE(shortName(judged("letter", {"B"}, "The answer is B", "length")), "truncated");
        QCOMPARE(shortName(judged("letter", {"B"}, "The answer is B, since", "length")), "right");
        SuiteItem oneToken = textItem({"B"});
        oneToken.maxTokens = 1;
        QCOMPARE(shortName(judged("letter", oneToken, said(" B", "length"))), "right");
    }

    void labels()
    {
        SuiteItem item = textItem({"not_entailment"});
        item.choices = {"entailment", "not_entailment"};
        item.answerIndex = 1;
        QCOMPARE(shortName(judged("label", item, said("Not entailment."))), "right");
        QCOMPARE(shortName(judged("label", item, said("This is entailment"))), "wrong");
        QCOMPARE(shortName(judged("label", item, said("entailment or not entailment"))), "undecided");
        QCOMPARE(shortName(judged("label", item, said("maybe"))), "unparsed");
        QCOMPARE(judged("label", item, said("NOT-ENTAILMENT")).extracted, std::string("not_entailment"));
        QCOMPARE(shortName(judged("label", {"positive"}, "Positive!")), "right");
        QCOMPARE(shortName(judged("label", {"positive"}, "negative")), "wrong");
    }

    /// GLUE's figures against values by hand: tp 1, fn 1, tn 2, no class found once where 0 was right.
    void figuresOfClasses()
    {
        Suite suite;
        suite.scorer.name = "label_mcc";
        suite.alsoScored = {"label", "label_f1"};
        EvaluationRun run;
        const std::vector<std::pair<int, const char *>> given{{1, "yes"}, {1, "no"}, {0, "no"}, {0, "no"}, {0, "perhaps"}};
        for (const auto &[right, output] : given) {
            SuiteItem item = textItem({right ? "yes" : "no"});
            item.id = std::to_string(suite.items.size());
            item.choices = {"no", "yes"};
            item.answerIndex = right;
            suite.items.push_back(item);
            run.items.push_back(judgedRow(suite, item, said(output)));
        }
        const std::vector<RunFigure> figures = figuresOf(suite, run.items);
        QCOMPARE(figures.size(), size_t(3));
        // Gorodkin: (3*5 - (3*3 + 2*1)) / sqrt((25 - (9+1+1)) (25 - (9+4)))
        QVERIFY(same(figures[0].value, 4 / std::sqrt(14.0 * 12)));
        QVERIFY(same(figures[1].value, 3.0 / 5));
        QVERIFY(same(figures[2].value, 2.0 / 3));
        QVERIFY(same(figureOf(*findScorer("label_mcc"), suite, run.items).value, figures[0].value));
    }

    void correlations()
    {
        Suite suite;
        suite.scorer.name = "pearson";
        suite.alsoScored = {"spearman"};
        EvaluationRun run;
        const std::vector<std::pair<const char *, const char *>> given{{"1", "1.0"}, {"2", "score: 3"}, {"4", "2"}, {"5", "5"}, {"3", "none"}};
        for (const auto &[right, output] : given) {
            SuiteItem item = textItem({right});
            item.id = right;
            suite.items.push_back(item);
            run.items.push_back(judgedRow(suite, item, said(output)));
        }
        const std::vector<RunFigure> figures = figuresOf(suite, run.items);
        // x = 1 2 4 5, y = 1 3 2 5: Sxy = 7, Sxx = 10, Syy = 8.75; the ranks differ by 0, 1, 1, 0
        QVERIFY(std::abs(figures[0].value - 7 / std::sqrt(10 * 8.75)) < 1e-12);
        QVERIFY(std::abs(figures[1].value - (1 - 6.0 * 2 / (4 * 15))) < 1e-12);
        QCOMPARE(figures[0].items, size_t(4));
        QCOMPARE(figures[0].leftOut, size_t(1));
        QVERIFY(measures(findScorer("pearson")->aggregate));
    }

    void textsMeasured()
    {
        Suite suite;
        suite.scorer.name = "perplexity";
        suite.alsoScored = {"bits_per_byte", "word_perplexity"};
        EvaluationRun run;
        for (const auto &[ll, tokens, bytes, words] : {std::tuple(-10.0, 4, 16, 2), std::tuple(-2.0, 2, 8, 1)}) {
            SuiteItem item = textItem({});
            item.asking = Asking::Text;
            item.id = std::to_string(tokens);
            Answer answer;
            answer.text = {ll, NAN, tokens, bytes, words};
            suite.items.push_back(item);
            run.items.push_back(judgedRow(suite, item, answer));
        }
        const std::vector<RunFigure> figures = figuresOf(suite, run.items);
        QVERIFY(same(figures[0].value, std::exp(12.0 / 6)));
        QVERIFY(same(figures[1].value, 12 / (24 * std::log(2.0))));
        QVERIFY(same(figures[2].value, std::exp(12.0 / 3)));
        QVERIFY(same(run.items[0].judged.score, std::exp(10.0 / 4)));
        Answer empty;
        QVERIFY(judgedRow(suite, suite.items[0], empty).judged.outcome == Outcome::Error);
    }

    void images()
    {
        Suite suite;
        suite.classes = {"zero", "one", "two", "three", "four", "five", "six"};
        SuiteItem item = textItem({});
        item.asking = Asking::Image;
        item.answerIndex = 4;
        Answer answer;
        answer.classes = {6, 0, 1, 2, 4, 3};
        const Judgement top1 = judge(suite, item, answer, *findScorer("top1"));
        QCOMPARE(shortName(top1), "wrong");
        QCOMPARE(top1.extracted, std::string("six"));
        QCOMPARE(shortName(judge(suite, item, answer, *findScorer("top5"))), "right");
        answer.classes = {6, 0, 1, 2, 3, 4};
        QCOMPARE(shortName(judge(suite, item, answer, *findScorer("top5"))), "wrong");
        answer.classes = {4};
        QCOMPARE(shortName(judge(suite, item, answer, *findScorer("top5"))), "right");
        answer.classes.clear();
        QCOMPARE(shortName(judge(suite, item, answer)), "error");
    }

    void code()
    {
        SuiteItem item = textItem({});
        item.code = CodeTest{};
        Answer answer = said("def f(): pass");
        QCOMPARE(std::string(scorerFor({}, item).name), std::string("code"));
        answer.execution.told = "bubblewrap is missing";
        const Judgement kept = judge({}, item, answer);
        QCOMPARE(shortName(kept), "unparsed");
        QCOMPARE(kept.rule, std::string("not executed: bubblewrap is missing"));
        using End = Execution::End;
        for (const auto &[end, outcome] : {std::pair(End::Passed, "right"), std::pair(End::Failed, "wrong"), std::pair(End::TimedOut, "wrong"),
                                           std::pair(End::OutOfMemory, "wrong"), std::pair(End::Killed, "wrong")}) {
            answer.execution.end = end;
            QCOMPARE(shortName(judge({}, item, answer)), outcome);
        }
        answer.finish = "length";
        QCOMPARE(shortName(judge({}, item, answer)), "truncated");
    }

    void factsOfASummary()
    {
        const std::vector<std::string> facts{"1,234.50 tonnes", "12 March|March 12", "José Núñez", "three ships", "京都"};
        const Judgement all = judged("facts", facts, "On March 12 Jose Nunez's 3 ships brought 1234.5 tonnes to 京都市.");
        QVERIFY2(all.score == 1, all.rule.c_str());
        QCOMPARE(shortName(all), "right");
        const Judgement some = judged("facts", facts, "On March 123 José Núñez left with thirteen ships and 11,234.5 tonnes.");
        QVERIFY(same(some.score, 1.0 / 5));
        QCOMPARE(shortName(some), "wrong");
        QVERIFY(some.rule.find("京都") != std::string::npos);
        QVERIFY(same(judged("ruler_all", {"123", "456", "789"}, "it is 123 and 456").score, 2.0 / 3));
        QCOMPARE(judged("ruler_part", {"123", "456", "789"}, "it is 123").score, 1.0); // lm-evaluation-harness gives 0.33
    }

    void judgedAnewWithoutAsking()
    {
        Suite suite;
        suite.items = {textItem({"1/2"}), textItem({"7"})};
        suite.items[1].id = "j";
        EvaluationRun run;
        run.items.push_back(judgedRow(suite, suite.items[0], said("So \\boxed{0.5}.")));
        run.items.push_back(judgedRow(suite, suite.items[1], said("7")));
        run.items.push_back(judgedRow(suite, textItem({"gone"}), said("8")));
        ItemResult gone = run.items[2];
        gone.itemId = "k";
        run.items.set(2, gone);
        QCOMPARE(shortName(run.items[0].judged), "wrong");
        suite.scorer.name = "math";
        const Rescoring done = rescore(run, suite);
        QCOMPARE(done.judged, size_t(2));
        QCOMPARE(done.changed, size_t(2));
        QCOMPARE(done.unknown, size_t(1));
        QCOMPARE(shortName(run.items[0].judged), "right");
        QCOMPARE(shortName(run.items[1].judged), "unparsed");
        QCOMPARE(run.items[0].given.output, std::string("So \\boxed{0.5}."));
        QCOMPARE(run.protocol.scorer, scorerId(*findScorer("math")));
    }

    void namesAreUnique()
    {
        std::set<std::string> names;
        for (const Scorer &scorer : scorers()) {
            QVERIFY2(names.insert(scorer.name).second, scorer.name);
            QVERIFY(*scorer.title && *scorer.definition && scorer.version > 0 && scorer.judge);
            QCOMPARE(findScorer(scorer.name), &scorer);
        }
        QVERIFY(!findScorer("judge"));
    }

    void documentIsCurrent()
    {
        const std::string path = ASSAY_SOURCE_DIR "/docs/SCORERS.md";
        if (qEnvironmentVariableIsSet("ASSAY_WRITE_DOCS"))
            QVERIFY(writeFileAtomically(path, scorersMarkdown()));
        const Result<std::string> committed = readWholeFile(path, 1 << 20);
        QVERIFY2(committed.has_value() && *committed == scorersMarkdown(), "run tst_scorers with ASSAY_WRITE_DOCS=1 to write docs/SCORERS.md");
    }
};

QTEST_APPLESS_MAIN(TestScorers)
#include "tst_scorers.moc"
