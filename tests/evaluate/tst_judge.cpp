// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluation.h"
#include "core/evaluate/scorer.h"

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
    out.answers = {answer};
    out.axes = {{"difficulty", 3}};
    return out;
}

SuiteItem choiceItem()
{
    SuiteItem out = item("b");
    out.choices = {"a", "b", "c"};
    out.answerIndex = 1;
    out.asking = Asking::Choice;
    return out;
}

ItemResult judgeGenerated(const Suite &suite, const SuiteItem &item, const std::string &output, const std::string &finish)
{
    Answer answer;
    answer.output = output;
    answer.finish = finish;
    return judgedRow(suite, item, answer);
}

ItemResult judgeChoice(const SuiteItem &item, const std::vector<double> &logLikelihoods)
{
    Answer answer;
    for (double value : logLikelihoods)
        answer.choices.push_back({value});
    return judgedRow({}, item, answer);
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
        suite.scorer.extract = {after.toStdString(), until.toStdString()};
        const ItemResult result = judgeGenerated(suite, item("42"), output.toStdString(), finish.toStdString());
        QCOMPARE(QString(outcomeName(result.judged.outcome)), outcome);
        QCOMPARE(QString::fromStdString(result.judged.extracted), answer);
        QCOMPARE(result.given.output, output.toStdString());
        QCOMPARE(result.itemId, std::string("q1"));
        QCOMPARE(result.task, std::string("sum"));
        QCOMPARE(result.expected, std::string("42"));
        QCOMPARE(result.axes.at("difficulty"), 3.0);
    }

    void itemRuleOverridesTheSuites()
    {
        Suite suite;
        suite.scorer.extract = {"Answer:", ""};
        SuiteItem special = item("42");
        special.extract = ExtractRule{"#", ""};
        QVERIFY(judgeGenerated(suite, special, "# 42", "stop").judged.outcome == Outcome::Right);
        QVERIFY(judgeGenerated(suite, special, "Answer: 42", "stop").judged.outcome == Outcome::Unparsed);
    }

    void placeOfTheAnswer()
    {
        Suite suite;
        suite.scorer.extract = {"=", ";"};
        const ItemResult found = judgeGenerated(suite, item("2"), "a = 1; b = 2; c", "stop");
        QVERIFY(found.judged.outcome == Outcome::Right);
        QCOMPARE(found.judged.from, uint64_t(11));
        QCOMPARE(found.judged.length, uint64_t(1));
    }

    void anyOfTheAnswersIsRight()
    {
        SuiteItem several = item("42");
        several.answers = {"42", "forty-two"};
        QVERIFY(judgeGenerated({}, several, "forty-two", "stop").judged.outcome == Outcome::Right);
    }

    void notJudged()
    {
        Answer refused;
        refused.finish = "refused";
        QVERIFY(judge({}, item("42"), refused).outcome == Outcome::Refused);
        Answer cut;
        cut.output = "42";
        cut.contextCut = true;
        const ItemResult row = judgedRow({}, item("42"), cut);
        QVERIFY(row.judged.outcome == Outcome::Error);
        QVERIFY(row.given.error.find("context") != std::string::npos);
    }

    /// As programs before the pair ledger wrote them.
    void rowsOfTheFirstVersion()
    {
        const json stored = json::parse(R"({"id":"q1","task":"sum","outcome":"right","expected":"42","answer":"42","output":"it is 42",
            "log_likelihoods":[-1.5,null],"axes":{"difficulty":3},"seconds":0.5,"output_tokens":3,"error":""})");
        const Result<ItemResult> row = itemResultFromJson(stored);
        QVERIFY(row.has_value());
        QVERIFY(row->judged.outcome == Outcome::Right);
        QCOMPARE(row->judged.extracted, std::string("42"));
        QCOMPARE(row->given.output, std::string("it is 42"));
        QCOMPARE(row->given.outputTokens, int64_t(3));
        QCOMPARE(row->given.choices.at(1).logLikelihood, -INFINITY);
    }

    void largestLikelihoodWins()
    {
        QVERIFY(judgeChoice(choiceItem(), {-3, -1, -2}).judged.outcome == Outcome::Right);
        const ItemResult wrong = judgeChoice(choiceItem(), {-3, -4, -2});
        QVERIFY(wrong.judged.outcome == Outcome::Wrong);
        QCOMPARE(wrong.judged.extracted, std::string("c"));
        QCOMPARE(wrong.given.choices.at(1).logLikelihood, -4.0);
        // a tie goes to the first: "a" is wrong, "b" right
        QVERIFY(judgeChoice(choiceItem(), {-1, -1, -2}).judged.outcome == Outcome::Wrong);
        QVERIFY(judgeChoice(choiceItem(), {-3, -1, -1}).judged.outcome == Outcome::Right);
        QVERIFY(judgeChoice(choiceItem(), {-INFINITY, -5, -INFINITY}).judged.outcome == Outcome::Right);
    }

    void brokenLikelihoodsAreErrors()
    {
        for (const std::vector<double> &values :
             {std::vector<double>{}, {-1, -2}, {-1, std::nan(""), -2}, {INFINITY, -1, -1}, {-INFINITY, -INFINITY, -INFINITY}}) {
            const ItemResult result = judgeChoice(choiceItem(), values);
            QVERIFY(result.judged.outcome == Outcome::Error);
            QVERIFY(!result.given.error.empty());
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
        QCOMPARE(back->items[0].given.choices.at(1).logLikelihood, -INFINITY);
        QVERIFY(back->items[0].judged.outcome == Outcome::Wrong);
        QCOMPARE(back->items[1].given.output, std::string("\xEF\xBF\xBD 42"));
        QCOMPARE(back->items[1].axes, run.items[1].axes);
    }

    void jsonDamage()
    {
        json stored = toJson(judgeChoice(choiceItem(), {-3, -1, -2}));
        stored["judged"]["outcome"] = "splendid";
        QCOMPARE(itemResultFromJson(stored).error().arguments.back(), std::string("judged.outcome"));
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
