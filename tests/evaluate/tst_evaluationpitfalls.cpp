// SPDX-License-Identifier: GPL-3.0-or-later
// The pitfalls of evaluation.md 10, by their numbers; the list of all is docs/EVALUATIONPITFALLS.md. Each test is made so that a tool
// without the guard prints the wrong figure that the comment tells of. Those that need another room's code stand with its tests.
#include "core/evaluate/fidelity/fidelity.h"
#include "core/evaluate/protocolcard.h"
#include "core/evaluate/scorer.h"
#include "core/evaluate/scorers/figure.h"
#include "core/evaluate/statistics/agreement.h"
#include "core/evaluate/statistics/classification.h"
#include "core/evaluate/statistics/repeatedsampling.h"
#include "core/evaluate/statistics/routing.h"
#include "core/evaluate/statistics/significance.h"
#include "tests/evaluate/judging.h"
#include "tests/pitfalllist.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

using namespace assay;
using namespace assay::judging;

namespace {

ItemResult row(const std::string &id, bool right, int64_t sample = 0)
{
    ItemResult out;
    out.itemId = id;
    out.sample = sample;
    out.judged.outcome = right ? Outcome::Right : Outcome::Wrong;
    out.judged.score = right ? 1 : 0;
    return out;
}

} // namespace

class TestEvaluationPitfalls : public QObject
{
    Q_OBJECT

private slots:
    /// docs/EVALUATIONPITFALLS.md names tests for each of the eighteen, and the tests are there.
    void listIsComplete() { checkPitfallList("EVALUATIONPITFALLS.md", 18); }

    /// 1. The right answer stands in a trace that never ended: no scorer may find it there, as lm-evaluation-harness does.
    void p01_thinkingThatWasNotClosed()
    {
        const std::string trace = "<think>so \\boxed{7}, the answer is B, #### 7 positive 7";
        const SuiteItem item = textItem({"7", "B", "positive"});
        for (const Scorer &scorer : scorers()) {
            if (scorer.asking == Asking::Generate)
                QVERIFY2(std::string(shortName(judged(scorer.name, item, said(trace)))) == "truncated", scorer.name);
        }
    }

    /// 2. DeepSeek-R1's template opens the trace itself; lighteval then cuts nothing.
    void p02_onlyTheEndOfThinking()
    {
        const Judgement judgement = judged("number", {"7"}, "it may be 8</think>It is 7.");
        QCOMPARE(shortName(judgement), "right");
        QCOMPARE(judgement.from, uint64_t(25));
        QCOMPARE(shortName(judged("number", {"8"}, "it may be 8</think>No idea.")), "unparsed");
        QCOMPARE(shortName(judged("exact_match", {"7"}, "8?[/THINK]7")), "right");
        QCOMPARE(shortName(judged("exact_match", {"7"}, "\u25c1think\u25b78?\u25c1/think\u25b7 7")), "right");
    }

    /// 1, 2. Where the endpoint tells the reasoning apart, the whole output is the answer.
    void p02_reasoningThatTheEndpointTellsApart()
    {
        Answer answer = said("the tag <think> opens a trace");
        const SuiteItem item = textItem({answer.output});
        QCOMPARE(shortName(judged("exact_match", item, answer)), "truncated");
        answer.reasoning = "hm";
        QCOMPARE(shortName(judged("exact_match", item, answer)), "right");
        answer.output.clear();
        answer.finish = "length";
        QCOMPARE(shortName(judged("exact_match", item, answer)), "truncated");
    }

    /// 3. Prose that mentions the command hides the box in lm-evaluation-harness (3477).
    void p03_spaceAfterBoxed()
    {
        for (const char *output : {"I put it into \\boxed as asked: $\\boxed{7}$", "$\\boxed{7}$, in a \\boxed as asked", "$\\boxed {7}$"}) {
            QCOMPARE(shortName(judged("math", {"7"}, output)), "right");
            QCOMPARE(shortName(judged("math_hendrycks", {"7"}, output)), "right");
        }
    }

    /// 4. lm-evaluation-harness' GPQA drops the last character: "(B" of an answer without a full stop.
    void p04_lastLetterIsKept()
    {
        for (const char *output : {"The answer is (B)", "The answer is (B).", "The answer is B", "The answer is (B"})
            QCOMPARE(judged("letter", {"B"}, output).extracted, std::string("B"));
    }

    /// 5. evaluation.md 3.1: three characters are nine bytes.
    void p05_charactersAndBytes()
    {
        SuiteItem item = textItem({});
        item.asking = Asking::Choice;
        item.choices = {"\u65e5\u672c\u8a9e", "apple"};
        item.answerIndex = 1;
        Answer answer;
        answer.choices = {{-6.0}, {-7.5}};
        QCOMPARE(shortName(judged("acc_norm", item, answer)), "right");
        QCOMPARE(shortName(judged("acc_bytes", item, answer)), "wrong");
        // What was not asked is an error that says so, not a guess.
        QCOMPARE(shortName(judged("acc_tokens", item, answer)), "error");
        QCOMPARE(shortName(judged("acc_pmi", item, answer)), "error");
        QVERIFY(!judged("acc_pmi", item, answer).rule.empty());
    }

    /// 5. Whether the space before a choice is one of its characters differs between tools: each way has its name.
    void p05_spaceBeforeTheChoice()
    {
        SuiteItem item = textItem({});
        item.asking = Asking::Choice;
        item.choices = {" a", " bcdef"};
        item.answerIndex = 0;
        Answer answer;
        answer.choices = {{-2.0, NAN, 1}, {-8.0, NAN, 4}};
        QCOMPARE(shortName(judged("acc_norm", item, answer)), "wrong");   // -2/1 and -8/5
        QCOMPARE(shortName(judged("acc_chars", item, answer)), "right");  // -2/2 and -8/6
        QCOMPARE(shortName(judged("acc_tokens", item, answer)), "right"); // a tie: the first
    }

    /// 7. lm-evaluation-harness' squadv2 compares the word with "" and prints nearly 0 for the items without an answer.
    void p07_unanswerableIsEmpty()
    {
        for (const char *output : {"", "unanswerable", "Unanswerable.", "The question cannot be answered.", "No answer", "I don't know."}) {
            QVERIFY2(judged("squad_f1", {}, output).score == 1, output);
            QVERIFY2(judged("squad_em", {""}, output).score == 1, output);
            QVERIFY2(judged("squad_f1", {"Paris"}, output).score == 0, output);
        }
        QVERIFY(judged("squad_em", {"I don't know"}, "I don't know").score == 1); // the title of a song
        QVERIFY(judged("squad_f1", {""}, "unanswerable, but Paris").score == 0);
        QVERIFY(judged("squad_cjk_em", {}, "\u65e0\u6cd5\u56de\u7b54\u3002").score == 1);
        QCOMPARE(shortName(judged("squad_em", textItem({""}), said("", "length"))), "truncated");
    }

    /// 8. The official script sees one word in a Chinese sentence.
    void p08_f1OfChinese()
    {
        const std::string gold = "\u5317\u4eac\u5927\u5b66", given = "\u5728\u5317\u4eac\u5927\u5b66\u3002"; // four characters of five
        QVERIFY(judged("squad_f1", {gold}, given).score == 0);
        QVERIFY(std::abs(judged("squad_cjk_f1", {gold}, given).score - 2 * 0.8 / 1.8) < 1e-15);
        QVERIFY(judged("squad_cjk_em", {gold}, "\u300c\u5317\u4eac \u5927\u5b66\u300d\uff01").score == 1);
        QVERIFY(judged("squad_cjk_em", {"GPT4 2024"}, "\uff27\uff30\uff34\uff14\u30002024").score == 1);
    }

    /// 9. HELM counts a word once, SQuAD as often as it is there.
    void p09_setsAndMultisets()
    {
        QVERIFY(std::abs(judged("squad_f1", {"b c"}, "b b b").score - 0.4) < 1e-15);   // one of three, one of two
        QVERIFY(std::abs(judged("f1_set", {"b c"}, "b b b").score - 2.0 / 3) < 1e-15); // one of one, one of two
        QVERIFY(judged("squad_f1", {""}, "the").score == 1 && judged("f1_set", {""}, "the").score == 0);
    }

    /// 10, 13. Neither a prompt that was cut nor a failed request is a wrong answer to any scorer; the figure leaves them out and counts them.
    void p13_failuresAreNotWrong()
    {
        Answer cut = said("7"), failed;
        cut.contextCut = true;
        failed.error = "the endpoint answered 429";
        Suite suite;
        suite.items = {textItem({"7"})};
        ItemRows rows;
        for (const Answer &answer : {cut, failed, said("7")})
            rows.push_back(judgedRow(suite, suite.items[0], answer));
        for (const Scorer &scorer : scorers()) {
            if (scorer.asking == Asking::Generate) {
                QCOMPARE(shortName(judge(suite, suite.items[0], cut, scorer)), "error");
                QCOMPARE(shortName(judge(suite, suite.items[0], failed, scorer)), "error");
            }
        }
        const RunFigure figure = figureOf(*findScorer("exact_match"), suite, rows);
        QCOMPARE(figure.value, 1.0);
        QCOMPARE(figure.leftOut, size_t(2));
    }

    /// 17. Every scorer is a rule, and its name with its version is what a card says; a judging model's name finds none.
    void p17_judgesAreNoRules()
    {
        for (const char *name : {"model_graded_qa", "llm_judge", "gpt4_judge", "prometheus"})
            QVERIFY(!findScorer(name));
        Suite suite;
        suite.scorer.name = "model_graded_qa";
        QCOMPARE(scorerId(scorerFor(suite, textItem({"x"}))), std::string("exact_match 2"));
    }

    /// 6. lighteval#771: 14 of 32 samples right and 64 configured printed 21.9 instead of 43.75. Guard: overSamples divides by what
    /// is there, passAtK is undefined below k, and a run's rate averages the rows that each item has.
    void p06_realNumberOfSamples()
    {
        const std::vector<SampleCounts> items{{32, 14}, {8, 4}};
        QCOMPARE(overSamples(items, OfSamples::Average, 64).value, (14.0 / 32 + 0.5) / 2);
        QCOMPARE(overSamples(items, OfSamples::AtLeastOne, 16).n, size_t(1)); // the second has no 16
        QCOMPARE(tooFewSamples(items, 16), size_t(1));
        QVERIFY(!overSamples(items, OfSamples::AtLeastOne, 64).hasInterval);
        QVERIFY(!passAtK(32, 14, 64));
        ItemRows rows;
        for (int64_t sample = 0; sample < 4; ++sample)
            rows.push_back(row("broken off", sample < 2, sample)); // of 64 that were asked for
        for (int64_t sample = 0; sample < 64; ++sample)
            rows.push_back(row("whole", true, sample));
        const Estimate rate = accuracyOf(rows);
        QCOMPARE(rate.value, 0.75); // by rows it would be 66 / 68, by configured samples 66 / 128
        QCOMPARE(rate.n, size_t(2)); // never 68
    }

    /// 11. lm-eval#2676: ARC-e 0.264 without the BOS token and 0.852 with it, and nothing in the results says which. Guard: the card's
    /// prefix, which cardDifferences compares.
    void p11_beginTokensOnTheCard()
    {
        EvaluationRun once, never;
        once.protocol.prefix = "<s>";
        never.protocol.prefix = "none";
        QVERIFY(cardDifferences(once, once, JoinBy::ItemId).empty());
        const std::vector<CardDifference> differences = cardDifferences(once, never, JoinBy::ItemId);
        QCOMPARE(differences.size(), size_t(1));
        QCOMPARE(differences[0].id, std::string("prefix"));
        QVERIFY(differences[0].weight == CardWeight::Warns);
        QVERIFY(differences[0].sentence.find("<s>") != std::string::npos);
    }

    /// 14. An item that is there twice counts twice, and its double is paired with another's. Guard: scoredItems takes the first
    /// row of each item and sample number.
    void p14_duplicateItems()
    {
        const ItemRows first{row("a", true), row("b", false), row("c", true), row("a", false), row("a", false)};
        const ItemRows second{row("c", false), row("a", true), row("c", true), row("b", false)};
        QCOMPARE(accuracyOf(first).value, 2.0 / 3);
        const PairedResult pair = comparePaired(first, second);
        QCOMPARE(pair.n, size_t(3));
        QCOMPARE(pair.bothRight, size_t(1));
        QCOMPARE(pair.onlyFirst, size_t(1));
        QCOMPARE(pair.bothWrong, size_t(1));
        QCOMPARE(pair.means.first, 2.0 / 3);
    }

    /// 15. llama.cpp compares logits of different vocabularies and only logs an error; ids of tokens then mean nothing. Guard: sizes and
    /// spellings are compared before any logits are, and there is an error and no figure; what two subjects of any vocabularies share are
    /// answers, and fidelity is told of those. (With real models: tests/cli/tst_fidelitycommand.cpp.)
    void p15_fidelityWithoutVocabularies()
    {
        // Two tokens have changed places: equal sizes, which is all that a tool sees that compares counts.
        const VocabularyIdentity reference{425, 425, "a", "a"}, swapped{425, 425, "b", "b"};
        const auto match = matchVocabularies(reference, swapped, "full", "distilled");
        QVERIFY(!match && match.error().code == ErrorCode::VocabulariesDiffer);
        QVERIFY(matchVocabularies(reference, reference, "full", "distilled"));
        // Nor is anything derived from a run that has no positions.
        QVERIFY(fidelityText({}).empty());

        // equal answers have equal numbers, whatever tokens they were made of; the last found none
        const std::vector<int64_t> full{1, 2, 3, 4, 5, -1}, distilled{1, 2, 3, 9, 5, -1};
        const std::vector<uint8_t> fullRight{1, 1, 0, 0, 0, 0}, distilledRight{1, 1, 0, 0, 0, 0};
        QCOMPARE(answerAgreement(full, distilled).value, 4.0 / 6);
        QVERIFY(std::fabs(*cohenKappa(full, distilled) - (5.0 / 6 - 5.0 / 36) / (31.0 / 36)) < 1e-12);
        const Estimate wrong = sameWrong(full, distilled, fullRight, distilledRight);
        QCOMPARE(wrong.n, size_t(4));
        QCOMPARE(wrong.value, 0.5);
    }

    /// 16. MMLU's subjects differ in size: a mean over items and one over subjects are two figures. Guard: groupedMeans gives both.
    void p16_microIsNotMacro()
    {
        std::vector<double> scores(100, 1);
        std::vector<uint32_t> subjects(100, 0);
        scores.insert(scores.end(), 10, 0);
        subjects.insert(subjects.end(), 10, 1);
        const GroupedMeans means = groupedMeans(scores, subjects);
        QCOMPARE(means.micro, 100.0 / 110);
        QCOMPARE(means.macro, 0.5);
        QCOMPARE(means.items, size_t(110));
        QCOMPARE(means.groups, size_t(2));
    }

    /// 18. A router that knows nothing looks good at the threshold that suits the items at hand. Guard: chooseThreshold reports the
    /// half that it did not choose on, where a router without knowledge is no better than chance.
    void p18_heldOutThreshold()
    {
        double chosen = 0, heldOut = 0, byChance = 0;
        constexpr int kRounds = 200;
        for (uint64_t round = 0; round < kRounds; ++round) {
            RandomBits random(77, round);
            std::vector<RoutingItem> items(60);
            for (RoutingItem &item : items)
                item = {double(random.below(10) < 4), double(random.below(10) < 6), 1, 10, double(random.below(1'000'000))};
            const auto threshold = chooseThreshold(items, 0.9);
            if (!threshold)
                continue;
            QCOMPARE(threshold->chosenOn + threshold->triedOn, items.size());
            QCOMPARE(threshold->quality.n, threshold->triedOn);
            QCOMPARE(threshold->quality.value, threshold->heldOut.quality);
            chosen += threshold->chosen.quality / kRounds;
            heldOut += threshold->heldOut.quality / kRounds;
            byChance += (0.4 + 0.2 * threshold->heldOut.strongShare) / kRounds;
        }
        QVERIFY2(chosen > heldOut + 0.03, "tuning on the items flatters");
        QVERIFY2(std::fabs(heldOut - byChance) < 0.025, "what is reported does not");
    }

    void expressionsThatCannotBeApplied()
    {
        ScorerChoice choice;
        for (const char *expression : {"(", "(a+)+$", "(a|aa)+$", "\\C"}) {
            choice.ignore = {expression};
            QCOMPARE(shortName(judged("exact_match", textItem({"x"}), said(std::string(5000, 'a') + "b"), choice)), "undecided");
        }
        choice.ignore = {"a"};
        QCOMPARE(shortName(judged("exact_match", textItem({"b"}), said(std::string(100000, 'a') + "b"), choice)), "undecided");
        QCOMPARE(shortName(judged("exact_match", textItem({"b"}), said(std::string(5000, 'a') + "b"), choice)), "right");
        choice.ignore = {"x*"}; // matches nothing, too
        QCOMPARE(shortName(judged("exact_match", textItem({"日本"}), said("x日x本"), choice)), "right");
    }

    /// Each takes a moment at most; what is not linear in the length would run into the test's time limit.
    void hostileAnswers()
    {
        const auto repeated = [](std::string_view what, size_t bytes) {
            std::string out;
            while (out.size() < bytes)
                out += what;
            return out;
        };
        constexpr size_t kBytes = 1 << 18;
        std::vector<std::string> outputs;
        for (const char *what : {"{", "}", "\\boxed", "\\boxed ", "\\boxed{", "\\frac", "\\sqrt{", "1,", "1/", "-", "answer is ", "(", "#### ",
                                 "\\text{ ", "a ", "9", ".", "\xFF", "the ", "\xE4\xBA\xAC", "[THINK][/THINK]", "，", "A is correct "})
            outputs.push_back(repeated(what, kBytes));
        outputs.push_back("\\boxed{" + repeated("{", kBytes) + repeated("}", kBytes) + "}");
        outputs.push_back("\\boxed{" + repeated("\\frac{", 4000) + "}");
        outputs.push_back("\\boxed{" + repeated("(", 4000) + repeated("1,2)", 4000) + "}");
        outputs.push_back(std::string("\\boxed{\0\x01\x1b[2J}", 14)); // with its zero byte, without the literal's own
        SuiteItem item = textItem({"\\frac{1}{2}", "", "(1,2)"});
        item.choices = {"a", "b"};
        item.answerIndex = 0;
        std::vector<decltype(Scorer::judge)> tried; // some scorers differ only in how their figure is taken
        for (const Scorer &scorer : scorers()) {
            if (scorer.asking != Asking::Generate || std::ranges::find(tried, scorer.judge) != tried.end())
                continue;
            tried.push_back(scorer.judge);
            for (const std::string &output : outputs) {
                const Judgement judgement = judged(scorer.name, item, said(output));
                QVERIFY(judgement.from + judgement.length <= output.size());
                QVERIFY(std::isnan(judgement.score) || (judgement.score >= 0 && judgement.score <= 1));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestEvaluationPitfalls)
#include "tst_evaluationpitfalls.moc"
