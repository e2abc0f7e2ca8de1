// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluation.h"

#include <QtTest>
#include <cmath>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;

namespace {

SuiteItem item(const std::string &answer)
{
    SuiteItem out;
    out.id = "q1";
    out.task = "sum";
    out.prompt = "p";
    out.answer = answer;
    out.axes = {{"difficulty", 3}};
    return out;
}

SuiteItem choiceItem()
{
    SuiteItem out = item("b");
    out.choices = {"a", "b", "c"};
    out.answerIndex = 1;
    out.scoring = Scoring::Choice;
    return out;
}

} // namespace

class TestJudge : public QObject
{
    Q_OBJECT

private slots:
    void outcomes_data()
    {
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("until");
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("finish");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<QString>("answer");
        const auto row = [](const char *name, const char *after, const char *until, const char *output, const char *finish,
                            const char *outcome, const char *answer) {
            QTest::newRow(name) << QString(after) << QString(until) << QString(output) << QString(finish)
                                << QString(outcome) << QString(answer);
        };
        // the expected answer is 42
        row("whole output", "", "", " 42 \n", "stop", "right", "42");
        row("wrong", "", "", "41", "stop", "wrong", "41");
        row("marked", "Answer:", "\n", "6*7. Answer: 42\nbye", "stop", "right", "42");
        row("last mark counts", "Answer:", "\n", "Answer: 7\nno, Answer: 42", "stop", "right", "42");
        row("no mark", "Answer:", "\n", "it is 42", "stop", "unparsed", "");
        row("no mark, cut", "Answer:", "\n", "well, let me", "length", "truncated", "");
        row("mark, nothing behind it", "Answer:", "\n", "Answer: ", "stop", "unparsed", "");
        row("mark, cut behind it", "Answer:", "\n", "Answer: ", "length", "truncated", "");
        row("cut within the answer", "Answer:", "\n", "Answer: 4", "length", "truncated", "4");
        row("nothing", "", "", "", "stop", "unparsed", "");
        row("blank", "", "", " \n ", "stop", "unparsed", "");
        row("empty and cut", "", "", "", "length", "truncated", "");
        row("beginning of the answer, cut", "", "", "4", "length", "truncated", "4");
        row("beginning of the answer, stopped", "", "", "4", "stop", "wrong", "4");
        row("cut, but ended", "Answer:", "\n", "Answer: 4\nand", "length", "wrong", "4");
        row("one token asked for", "", "", "7", "length", "wrong", "7");
        row("first line", "", "\n", "\n42\nQ: next", "stop", "right", "42");
        // thinking (evaluation.md 3.4)
        row("thought", "", "", "<think>maybe 41</think>42", "stop", "right", "42");
        row("end without start", "", "", "maybe 41</think>\n\n42", "stop", "right", "42");
        row("last end counts", "", "", "<think>a</think>41</think>42", "stop", "right", "42");
        row("not closed", "", "", "<think>it is 42", "length", "truncated", "");
        row("not closed, stopped", "Answer:", "", "<think>Answer: 42", "stop", "truncated", "");
        row("opened again", "", "", "<think>a</think>b<think>42", "stop", "truncated", "");
        row("mark in the thoughts only", "Answer:", "", "<think>Answer: 42</think>dunno", "stop", "unparsed", "");
        row("nothing after thinking", "", "", "<think>42</think>", "stop", "unparsed", "");
    }
    void outcomes()
    {
        QFETCH(QString, after);
        QFETCH(QString, until);
        QFETCH(QString, output);
        QFETCH(QString, finish);
        QFETCH(QString, outcome);
        QFETCH(QString, answer);
        Suite suite;
        suite.extract = {after.toStdString(), until.toStdString()};
        const ItemResult result = judgeGenerated(suite, item("42"), output.toStdString(), finish.toStdString());
        QCOMPARE(QString(outcomeName(result.outcome)), outcome);
        QCOMPARE(QString::fromStdString(result.answer), answer);
        QCOMPARE(result.output, output.toStdString());
        QCOMPARE(result.itemId, std::string("q1"));
        QCOMPARE(result.task, std::string("sum"));
        QCOMPARE(result.expected, std::string("42"));
        QCOMPARE(result.axes.at("difficulty"), 3.0);
    }

    void itemRuleOverridesTheSuites()
    {
        Suite suite;
        suite.extract = {"Answer:", ""};
        SuiteItem special = item("42");
        special.extract = ExtractRule{"#", ""};
        QVERIFY(judgeGenerated(suite, special, "# 42", "stop").outcome == Outcome::Right);
        QVERIFY(judgeGenerated(suite, special, "Answer: 42", "stop").outcome == Outcome::Unparsed);
    }

    void extraction()
    {
        QCOMPARE(extractAnswer({"=", ";"}, "a = 1; b = 2; c"), std::optional<std::string>("2"));
        QCOMPARE(extractAnswer({"=", ";"}, "none"), std::optional<std::string>());
        QCOMPARE(extractAnswer({"", ""}, "  x y "), std::optional<std::string>("x y"));
    }

    void largestLikelihoodWins()
    {
        QVERIFY(judgeChoice(choiceItem(), {-3, -1, -2}).outcome == Outcome::Right);
        const ItemResult wrong = judgeChoice(choiceItem(), {-3, -4, -2});
        QVERIFY(wrong.outcome == Outcome::Wrong);
        QCOMPARE(wrong.answer, std::string("c"));
        QCOMPARE(wrong.logLikelihoods, (std::vector<double>{-3, -4, -2}));
        // a tie goes to the first: "a" is wrong, "b" right
        QVERIFY(judgeChoice(choiceItem(), {-1, -1, -2}).outcome == Outcome::Wrong);
        QVERIFY(judgeChoice(choiceItem(), {-3, -1, -1}).outcome == Outcome::Right);
        QVERIFY(judgeChoice(choiceItem(), {-INFINITY, -5, -INFINITY}).outcome == Outcome::Right);
    }

    void brokenLikelihoodsAreErrors()
    {
        for (const std::vector<double> &values :
             {std::vector<double>{}, {-1, -2}, {-1, std::nan(""), -2}, {INFINITY, -1, -1}, {-INFINITY, -INFINITY, -INFINITY}}) {
            const ItemResult result = judgeChoice(choiceItem(), values);
            QVERIFY(result.outcome == Outcome::Error);
            QVERIFY(!result.error.empty());
        }
    }

    void jsonComesBack()
    {
        EvaluationRun run;
        run.header.id = "e-1";
        run.protocol = {"sums", "Sums", "abc", 2, {{"difficulty", "digits"}}, "cpu", "float32", 0};
        run.items = {judgeChoice(choiceItem(), {-3, -INFINITY, -2}), judgeGenerated(Suite{}, item("42"), "\xFF 42", "stop")};
        const Result<EvaluationRun> back = evaluationRunFromJson(json::parse(toJson(run).dump()));
        QVERIFY(back.has_value());
        QVERIFY(back->protocol == run.protocol);
        QCOMPARE(back->items.size(), size_t(2));
        QCOMPARE(back->items[0].logLikelihoods, run.items[0].logLikelihoods);
        QVERIFY(back->items[0].outcome == Outcome::Wrong);
        QCOMPARE(back->items[1].output, std::string("\xEF\xBF\xBD 42"));
        QCOMPARE(back->items[1].axes, run.items[1].axes);
    }

    void jsonDamage()
    {
        json stored = toJson(judgeChoice(choiceItem(), {-3, -1, -2}));
        stored["outcome"] = "splendid";
        QCOMPARE(itemResultFromJson(stored).error().arguments.back(), std::string("outcome"));
        EvaluationRun run;
        json damaged = toJson(run);
        damaged["items"] = json::array({json::object()});
        const Result<EvaluationRun> back = evaluationRunFromJson(damaged);
        QVERIFY(!back.has_value());
        QVERIFY(back.error().code == ErrorCode::StoreDamaged);
        QCOMPARE(back.error().arguments.back(), std::string("items[0].id"));
    }
};

QTEST_APPLESS_MAIN(TestJudge)
#include "tst_judge.moc"
