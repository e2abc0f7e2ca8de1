// SPDX-License-Identifier: GPL-3.0-or-later
// How evidence becomes a verdict: the rules of identity.md, section 8, one by one.
#include "core/identify/verdict.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

using namespace assay;
using Kind = Evidence::Kind;

namespace {

constexpr const char *kToday = "2026-11-22";

Evidence made(Tier tier, Kind kind, std::string test, std::string channel = {})
{
    Evidence out;
    out.tier = tier;
    out.kind = kind;
    out.test = std::move(test);
    out.channel = std::move(channel);
    return out;
}

Evidence contradiction(Tier tier, std::string test, std::string channel, std::string day = kToday)
{
    Evidence out = made(tier, Kind::Contradiction, std::move(test), std::move(channel));
    out.day = std::move(day);
    out.what = {"contradicted by %1", {out.test}};
    out.benign = {{"a harmless reason of %1", {out.channel}}};
    return out;
}

Evidence tested(std::string test, double p, std::vector<Power> power = {}, Tier tier = Tier::Distribution)
{
    Evidence out = made(tier, Kind::Test, std::move(test));
    out.registered = true;
    out.p = p;
    out.power = std::move(power);
    return out;
}

Evidence consistent(Tier tier, std::string test, std::vector<Power> power = {}, std::string channel = {})
{
    Evidence out = made(tier, Kind::Consistent, std::move(test), std::move(channel));
    out.power = std::move(power);
    return out;
}

Evidence ratio(Tier tier, double logRatio, std::string alternative, int stacks = -1)
{
    Evidence out = made(tier, Kind::Ratio, "ratio");
    out.logRatio = logRatio;
    out.alternative = std::move(alternative);
    if (stacks >= 0)
        out.numbers = {{kHonestStacks, stacks}};
    return out;
}

Evidence match()
{
    return made(Tier::Weights, Kind::Match, "weights.manifest");
}

Evidence note()
{
    return made(Tier::Declared, Kind::Note, "declared.models");
}

VerdictRules remote(std::vector<std::string> alternatives = {"distilled"}, std::vector<std::string> registered = {})
{
    VerdictRules out;
    out.alternatives = std::move(alternatives);
    out.registered = std::move(registered);
    return out;
}

VerdictRules local()
{
    VerdictRules out;
    out.weightsHere = true;
    return out;
}

VerdictRules withPrior(double odds)
{
    VerdictRules out = remote();
    out.priorOdds = odds;
    return out;
}

struct Case
{
    const char *name;
    std::vector<Evidence> evidence;
    VerdictRules rules;
    VerdictKind kind;
};

const std::vector<Power> kSeesDistilled{{"distilled", 0.95}};

std::vector<Case> contradictionCases()
{
    const auto usage = contradiction(Tier::Tokenizer, "tokenizer.usage", "usage");
    const auto ids = contradiction(Tier::Tokenizer, "tokenizer.ids", "token ids");
    return {
        {"one channel on one day", {usage}, remote(), VerdictKind::Inconclusive},
        {"one channel, though nothing else was missed", {usage, consistent(Tier::Tokenizer, "t", kSeesDistilled)}, remote(), VerdictKind::Inconclusive},
        {"two channels", {usage, ids}, remote(), VerdictKind::Contradicted},
        {"two channels of two tiers", {usage, contradiction(Tier::Capability, "capability.context", "needle")}, remote(), VerdictKind::Contradicted},
        {"the same channel again, the same day", {usage, usage, usage}, remote(), VerdictKind::Inconclusive},
        {"another test over the same channel", {usage, contradiction(Tier::Tokenizer, "tokenizer.outputs", "usage")}, remote(), VerdictKind::Inconclusive},
        {"the same channel another day", {usage, contradiction(Tier::Tokenizer, "tokenizer.usage", "usage", "2026-11-23")}, remote(), VerdictKind::Contradicted},
        {"channels without a name are of nothing independent", {contradiction(Tier::Tokenizer, "a", ""), contradiction(Tier::Tokenizer, "b", "")}, remote(),
         VerdictKind::Inconclusive},
        {"a named and an unnamed one", {usage, contradiction(Tier::Tokenizer, "b", "", "")}, remote(), VerdictKind::Inconclusive},
        {"no days told", {contradiction(Tier::Tokenizer, "a", "usage", ""), contradiction(Tier::Tokenizer, "a", "usage", kToday)}, remote(), VerdictKind::Inconclusive},
        {"fields and timing never decide", {contradiction(Tier::Fields, "f", "header"), contradiction(Tier::Fields, "g", "body"), contradiction(Tier::Timing, "t", "slope")},
         remote(), VerdictKind::Inconclusive},
        {"nor do they make one channel two", {usage, contradiction(Tier::Fields, "f", "header")}, remote(), VerdictKind::Inconclusive},
        {"physics and declared", {contradiction(Tier::Physics, "p", "memory"), contradiction(Tier::Declared, "d", "config")}, remote(), VerdictKind::Contradicted},
        {"tensors of local files decide alone", {contradiction(Tier::Weights, "weights.shapes", "tensors")}, local(), VerdictKind::Contradicted},
        {"what local files declare decides alone, too", {contradiction(Tier::Declared, "claims.declared", "files")}, local(), VerdictKind::Contradicted},
        {"another channel of weights does not", {contradiction(Tier::Weights, "weights.lineage", "lineage")}, local(), VerdictKind::Inconclusive},
        {"a declared channel called tensors does not", {contradiction(Tier::Declared, "d", "tensors")}, local(), VerdictKind::Inconclusive},
    };
}

std::vector<Case> testCases()
{
    const std::vector<std::string> three{"a", "b", "c"};
    Evidence exploratory = tested("a", 1e-6), timing = tested("a", 1e-6, {}, Tier::Timing);
    exploratory.registered = false;
    return {
        {"a test below alpha", {tested("a", 0.009)}, remote({}, {"a"}), VerdictKind::Contradicted},
        {"a test above alpha", {tested("a", 0.011)}, remote({"distilled"}, {"a"}), VerdictKind::Inconclusive},
        {"of three, one must be below a third", {tested("a", 0.004), tested("b", 0.5), tested("c", 0.9)}, remote({"distilled"}, three), VerdictKind::Inconclusive},
        {"and is", {tested("a", 0.003), tested("b", 0.5), tested("c", 0.9)}, remote({"distilled"}, three), VerdictKind::Contradicted},
        {"tests that were not made count, too", {tested("a", 0.004)}, remote({"distilled"}, three), VerdictKind::Inconclusive},
        {"not registered", {exploratory}, remote({"distilled"}, {"a"}), VerdictKind::Inconclusive},
        {"registered by itself only", {tested("z", 1e-6)}, remote({"distilled"}, {"a"}), VerdictKind::Inconclusive},
        {"no plan: what says that it is registered", {tested("z", 1e-6)}, remote({"distilled"}), VerdictKind::Contradicted},
        {"timing is no confirmatory test", {timing}, remote({"distilled"}, {"a"}), VerdictKind::Inconclusive},
        {"tried until significant", {tested("a", 0.5), tested("a", 0.7), tested("a", 0.009)}, remote({"distilled"}, {"a"}), VerdictKind::Inconclusive},
        {"a p-value that is none", {tested("a", std::nan(""))}, remote({"distilled"}, {"a"}), VerdictKind::Inconclusive},
        {"a p-value below nothing", {tested("a", -1)}, remote({"distilled"}, {"a"}), VerdictKind::Inconclusive},
    };
}

std::vector<Case> otherCases()
{
    Evidence exploratory = tested("e", 0.5, kSeesDistilled);
    exploratory.registered = false;
    VerdictRules open = remote();
    open.leftOpen = {"deepseek-v3", "int4"};
    const auto tensors = contradiction(Tier::Weights, "weights.shapes", "tensors");
    return {
        {"nothing", {}, remote(), VerdictKind::NotTested},
        {"notes alone", {note(), note()}, remote(), VerdictKind::NotTested},
        {"weights match", {match()}, local(), VerdictKind::Verified},
        {"weights match, one other channel does not", {match(), contradiction(Tier::Declared, "d", "config")}, local(), VerdictKind::Verified},
        {"weights match and tensors contradict", {match(), tensors}, local(), VerdictKind::Inconclusive},
        {"a match from afar verifies nothing", {match()}, remote(), VerdictKind::Inconclusive},
        {"all alternatives would have been seen", {consistent(Tier::Tokenizer, "t", kSeesDistilled)}, remote(), VerdictKind::Consistent},
        {"by a registered test", {tested("a", 0.5, kSeesDistilled)}, remote({"distilled"}, {"a"}), VerdictKind::Consistent},
        {"an exploratory test promises nothing", {exploratory}, remote(), VerdictKind::Inconclusive},
        {"nor does one that the plan does not know", {tested("z", 0.5, kSeesDistilled)}, remote({"distilled"}, {"a"}), VerdictKind::Inconclusive},
        {"a planned test that was not made", {consistent(Tier::Tokenizer, "t", kSeesDistilled)}, remote({"distilled"}, {"a"}), VerdictKind::Inconclusive},
        {"too little power", {consistent(Tier::Tokenizer, "t", {{"distilled", 0.79}})}, remote(), VerdictKind::Inconclusive},
        {"no power told", {consistent(Tier::Tokenizer, "t")}, remote(), VerdictKind::Inconclusive},
        {"power against one of two", {consistent(Tier::Tokenizer, "t", kSeesDistilled)}, remote({"distilled", "int4"}), VerdictKind::Inconclusive},
        {"power over two tests", {consistent(Tier::Tokenizer, "t", kSeesDistilled), tested("a", 0.3, {{"int4", 0.8}})}, remote({"distilled", "int4"}, {"a"}),
         VerdictKind::Consistent},
        {"what the plan leaves open needs no power", {consistent(Tier::Tokenizer, "t", kSeesDistilled)}, open, VerdictKind::Consistent},
        {"no alternative named", {consistent(Tier::Tokenizer, "t", kSeesDistilled)}, remote({}), VerdictKind::Inconclusive},
        {"tensors counted as claimed", {consistent(Tier::Weights, "weights.shapes", {}, "tensors")}, local(), VerdictKind::Consistent},
        {"declared as claimed says nothing", {consistent(Tier::Declared, "d", {}, "config")}, local(), VerdictKind::Inconclusive},
    };
}

bool mentions(const std::vector<Told> &list, const QString &words)
{
    return std::any_of(list.begin(), list.end(), [&](const Told &told) { return QString::fromStdString(told.sentence()).contains(words); });
}

QString allText(const Verdict &verdict)
{
    QString out = QString::fromStdString(verdict.sentence.sentence());
    for (const auto *list : {&verdict.reasons, &verdict.open, &verdict.next}) {
        for (const Told &told : *list)
            out += QLatin1Char('\n') + QString::fromStdString(told.sentence());
    }
    return out;
}

} // namespace

class TestVerdict : public QObject
{
    Q_OBJECT
private slots:
    void rules_data();
    void rules();
    void orderSaysNothing();
    void everySentenceAnswersFirst();
    void holmRows();
    void ratiosAreCapped_data();
    void ratiosAreCapped();
    void strongestOfAGroupOnce();
    void priorAndPosteriorApart();
    void reasonsAndWhatIsOpen();
    void nextTestsTellTheirCost();
    void evidenceComesBack();
    void damagedEvidence();

private:
    std::vector<Case> m_cases;
};

void TestVerdict::rules_data()
{
    m_cases = contradictionCases();
    for (auto more : {testCases(), otherCases()})
        m_cases.insert(m_cases.end(), more.begin(), more.end());
    QTest::addColumn<int>("at");
    for (size_t i = 0; i < m_cases.size(); ++i)
        QTest::newRow(m_cases[i].name) << int(i);
}

void TestVerdict::rules()
{
    QFETCH(int, at);
    const Case &one = m_cases[size_t(at)];
    const Verdict verdict = judge(one.evidence, one.rules);
    QCOMPARE(QString::fromLatin1(verdictName(verdict.kind)), QString::fromLatin1(verdictName(one.kind)));
    QCOMPARE(verdict.alpha, 0.01);
    if (one.kind == VerdictKind::Inconclusive) { // why, and which test would decide
        QVERIFY(!verdict.reasons.empty());
        QVERIFY(!verdict.next.empty() || one.rules.weightsHere);
    }
}

void TestVerdict::orderSaysNothing()
{
    std::vector<Evidence> all;
    for (const Case &one : contradictionCases())
        all.insert(all.end(), one.evidence.begin(), one.evidence.end());
    for (const Case &one : testCases())
        all.insert(all.end(), one.evidence.begin(), one.evidence.end());
    for (const double value : {1.0, -2.0, 2.0, 0.25})
        all.push_back(ratio(Tier::Capability, value, value > 0.5 ? "distilled" : "int4"));
    const Verdict first = judge(all, withPrior(2));
    for (const size_t step : {1, 5, 11, 17}) {
        std::rotate(all.begin(), all.begin() + std::ptrdiff_t(step), all.end());
        std::swap(all[0], all[step]);
        const Verdict again = judge(all, withPrior(2));
        QCOMPARE(again.kind, first.kind);
        QVERIFY(again.sentence == first.sentence);
        QVERIFY(again.reasons == first.reasons && again.open == first.open && again.next == first.next);
        QCOMPARE(again.odds.size(), first.odds.size());
        for (size_t i = 0; i < first.odds.size(); ++i)
            QVERIFY(again.odds[i].alternative == first.odds[i].alternative && again.odds[i].logRatio == first.odds[i].logRatio);
        QCOMPARE(again.tests.size(), first.tests.size());
        for (size_t i = 0; i < first.tests.size(); ++i)
            QVERIFY(again.tests[i].test == first.tests[i].test && again.tests[i].adjusted == first.tests[i].adjusted);
    }
}

void TestVerdict::everySentenceAnswersFirst()
{
    for (const auto &cases : {contradictionCases(), testCases(), otherCases()}) {
        for (const Case &one : cases) {
            const Verdict verdict = judge(one.evidence, one.rules);
            const QString text = allText(verdict), sentence = QString::fromStdString(verdict.sentence.sentence());
            QVERIFY2(sentence.startsWith(QStringLiteral("Full or distilled? ")), qPrintable(sentence));
            QVERIFY2(!sentence.contains(QStringLiteral("()")), qPrintable(sentence)); // no list of nothing
            QVERIFY2(!sentence.contains(QLatin1Char('{')) && !text.contains(QStringLiteral("%1")), qPrintable(text));
            for (const char *word : {"cheat", "fraud", "lie", "fake", "vendor", "guilty"})
                QVERIFY2(!QRegularExpression(QStringLiteral("\\b%1").arg(QLatin1String(word))).match(text.toLower()).hasMatch(), qPrintable(text));
        }
    }
}

void TestVerdict::holmRows()
{
    const std::vector<Evidence> evidence{tested("a", 0.02), tested("b", 0.001), tested("b", 0.9), tested("c", 0.03)};
    const Verdict verdict = judge(evidence, remote({}, {"a", "b", "c", "d"}));
    QCOMPARE(verdict.tests.size(), size_t(4));
    // b twice: 2 x 0.001; four planned: 4 x 0.002, 3 x 0.02, then no smaller than what went before; d counts as 1.
    const std::array<double, 4> adjusted{0.06, 0.008, 0.06, 1};
    for (size_t i = 0; i < 4; ++i) {
        QVERIFY(std::fabs(verdict.tests[i].adjusted - adjusted[i]) < 1e-12);
        QCOMPARE(verdict.tests[i].rejected, i == 1);
        QCOMPARE(verdict.tests[i].made, i != 3);
    }
    QVERIFY(mentions(verdict.reasons, QStringLiteral("d was planned and not made")));
    QVERIFY(mentions(verdict.reasons, QStringLiteral("b rejects the claim")));
}

void TestVerdict::ratiosAreCapped_data()
{
    QTest::addColumn<int>("tier");
    QTest::addColumn<double>("logRatio");
    QTest::addColumn<double>("odds"); // counted, as a ratio
    QTest::addColumn<int>("stacks");
    QTest::newRow("physics counts otherwise") << int(Tier::Physics) << -50.0 << 1.0 << -1;
    QTest::newRow("declared weighs nothing") << int(Tier::Declared) << 50.0 << 1.0 << -1;
    QTest::newRow("fields for") << int(Tier::Fields) << 50.0 << 3.0 << -1;
    QTest::newRow("fields against") << int(Tier::Fields) << -50.0 << 1 / 3.0 << -1;
    QTest::newRow("tokenizer") << int(Tier::Tokenizer) << -50.0 << 1 / 20.0 << -1;
    QTest::newRow("below the cap") << int(Tier::Tokenizer) << std::log(7.0) << 7.0 << -1;
    QTest::newRow("distribution, not calibrated") << int(Tier::Distribution) << -50.0 << 1.0 << -1;
    QTest::newRow("distribution, three stacks") << int(Tier::Distribution) << -50.0 << 0.25 << 3;
    QTest::newRow("timing for the claim") << int(Tier::Timing) << 50.0 << 1.0 << -1;
    QTest::newRow("timing against it") << int(Tier::Timing) << -50.0 << 1 / 3.0 << -1;
    QTest::newRow("capability") << int(Tier::Capability) << 50.0 << 1000.0 << -1;
    QTest::newRow("without end") << int(Tier::Capability) << -HUGE_VAL << 0.001 << -1;
    QTest::newRow("no number") << int(Tier::Capability) << std::nan("") << 1.0 << -1;
    QTest::newRow("weights count otherwise") << int(Tier::Weights) << 50.0 << 1.0 << -1;
}

void TestVerdict::ratiosAreCapped()
{
    QFETCH(int, tier);
    QFETCH(double, logRatio);
    QFETCH(double, odds);
    QFETCH(int, stacks);
    const Verdict verdict = judge(std::vector{ratio(Tier(tier), logRatio, "distilled", stacks)}, remote());
    QCOMPARE(verdict.odds.size(), size_t(1));
    QVERIFY(std::fabs(verdict.odds[0].logRatio - std::log(odds)) < 1e-12);
    QVERIFY(!verdict.odds[0].posterior);
}

void TestVerdict::strongestOfAGroupOnce()
{
    const auto counted = [](const std::vector<Evidence> &evidence) { return judge(evidence, remote()).odds.at(0).logRatio; };
    const double two = std::log(2), eight = std::log(8);
    QCOMPARE(counted({ratio(Tier::Tokenizer, two, "d"), ratio(Tier::Tokenizer, eight, "d"), ratio(Tier::Tokenizer, two, "d")}), eight);
    QCOMPARE(counted({ratio(Tier::Tokenizer, two, "d"), ratio(Tier::Tokenizer, -eight, "d")}), -eight);
    QCOMPARE(counted({ratio(Tier::Tokenizer, two, "d"), ratio(Tier::Tokenizer, -two, "d")}), 0.0);
    QVERIFY(std::fabs(counted({ratio(Tier::Tokenizer, two, "d"), ratio(Tier::Capability, eight, "d")}) - std::log(16)) < 1e-12);
    QVERIFY(std::fabs(counted({ratio(Tier::Declared, eight, "d"), ratio(Tier::Fields, two, "d")}) - two) < 1e-12); // one group
    // By alternative, and what the data speak for most first.
    const Verdict verdict = judge(std::vector{ratio(Tier::Tokenizer, two, "a"), ratio(Tier::Tokenizer, -two, "b")}, remote());
    QCOMPARE(verdict.odds.size(), size_t(2));
    QCOMPARE(verdict.odds[0].alternative, std::string("b"));
    Evidence said = ratio(Tier::Tokenizer, two, "a");
    said.kind = Kind::Note;
    QVERIFY(judge(std::vector{said}, remote()).odds.empty());
}

void TestVerdict::priorAndPosteriorApart()
{
    const std::vector<Evidence> evidence{ratio(Tier::Tokenizer, std::log(5), "d")};
    const AlternativeOdds odds = judge(evidence, withPrior(0.4)).odds.at(0);
    QVERIFY(odds.posterior && std::fabs(*odds.posterior - 2) < 1e-12);
    QVERIFY(std::fabs(odds.logRatio - std::log(5)) < 1e-12);
    QVERIFY(!judge(evidence, withPrior(-1)).odds.at(0).posterior);
    // Odds never decide: whatever the prior, the kind stays.
    QCOMPARE(judge(evidence, withPrior(1e-9)).kind, judge(evidence, withPrior(1e9)).kind);
}

void TestVerdict::reasonsAndWhatIsOpen()
{
    const auto usage = contradiction(Tier::Tokenizer, "tokenizer.usage", "usage");
    const Verdict one = judge(std::vector{usage, consistent(Tier::Tokenizer, "tokenizer.ids", {}, "token ids")}, remote());
    QVERIFY(mentions(one.reasons, QStringLiteral("contradicted by tokenizer.usage")));
    QVERIFY(mentions(one.reasons, QStringLiteral("Channels disagree: token ids found what is claimed, usage did not")));
    QVERIFY(mentions(one.reasons, QStringLiteral("two of either are needed")));
    QVERIFY(mentions(one.open, QStringLiteral("a harmless reason of usage")));
    QVERIFY(mentions(one.next, QStringLiteral("second channel")) && mentions(one.next, QStringLiteral("another day")));
    const Verdict both = judge(std::vector{usage, contradiction(Tier::Tokenizer, "tokenizer.ids", "token ids")}, remote());
    QCOMPARE(QString::fromStdString(both.sentence.sentence()),
             QStringLiteral("Full or distilled? Not as claimed: the data are incompatible with the claim on 2 independent channels (token ids, usage)."));
    QVERIFY(mentions(both.open, QStringLiteral("a mistake from an intention")));
    VerdictRules open = remote();
    open.leftOpen = {"deepseek-v3"};
    const Verdict fits = judge(std::vector{consistent(Tier::Tokenizer, "t", kSeesDistilled)}, open);
    QVERIFY(mentions(fits.open, QStringLiteral("Nothing here tells it from deepseek-v3")));
    QVERIFY(mentions(fits.open, QStringLiteral("no distribution was compared")));
    QVERIFY(mentions(fits.reasons, QStringLiteral("distilled would have been found with a probability of 95.0 %; 80.0 % is asked")));
    QVERIFY(QString::fromStdString(fits.sentence.sentence()).contains(QStringLiteral("Version or precision is not determined")));
    const Verdict missed = judge(std::vector{consistent(Tier::Tokenizer, "t")}, remote({"distilled", "int4"}));
    QVERIFY(mentions({missed.sentence}, QStringLiteral("could have missed distilled, int4")));
    QVERIFY(mentions(missed.reasons, QStringLiteral("Nothing here could have told the claim from int4")));
}

void TestVerdict::nextTestsTellTheirCost()
{
    const Verdict nothing = judge({}, remote());
    QVERIFY(mentions(nothing.next, QStringLiteral("About 30 requests")));
    QVERIFY(mentions(nothing.next, QStringLiteral("5,000 output tokens")));
    QVERIFY(mentions(judge({}, local()).next, QStringLiteral("manifest of SHA-256")));
    const std::vector<Evidence> all{consistent(Tier::Tokenizer, "t"), consistent(Tier::Distribution, "d"), consistent(Tier::Capability, "c")};
    QVERIFY(mentions(judge(all, remote()).next, QStringLiteral("The deep size")));
    QVERIFY(judge(std::vector{match()}, local()).next.empty());
    const Verdict fits = judge(std::vector{consistent(Tier::Tokenizer, "t", kSeesDistilled)}, remote());
    QVERIFY(mentions(fits.next, QStringLiteral("59 without a finding exclude, at 95 %, that a share of 5.00 %")));
}

void TestVerdict::evidenceComesBack()
{
    Evidence full = contradiction(Tier::Distribution, "distribution.greedy", "text");
    full.registered = true;
    full.p = 0.25;
    full.logRatio = -1.5;
    full.alternative = "int4";
    full.effect = 0.125;
    full.detectable = 0.5;
    full.effectUnit = "nats";
    full.power = {{"int4", 0.75}, {"distilled", 1}};
    full.n = 50;
    full.raw = {"r1", "r2"};
    full.numbers = {{"curve", {1, 2.5, nullptr}}, {kHonestStacks, 3}};
    for (const Evidence &one : {full, note(), match()}) {
        const auto json = evidenceToJson(one);
        const auto back = evidenceFromJson(nlohmann::json::parse(json.dump()));
        QVERIFY(back);
        QCOMPARE(evidenceToJson(*back), json);
    }
    const auto back = evidenceFromJson(evidenceToJson(full));
    QVERIFY(back && back->tier == full.tier && back->kind == full.kind && back->what == full.what && back->benign == full.benign);
    QVERIFY(back->p == full.p && back->logRatio == full.logRatio && back->n == 50 && back->power.size() == 2 && back->registered);
    Evidence broken = note();
    broken.test = "\xff";
    broken.p = std::nan("");
    QVERIFY(evidenceFromJson(nlohmann::json::parse(evidenceToJson(broken).dump())));
}

void TestVerdict::damagedEvidence()
{
    const nlohmann::json good = evidenceToJson(contradiction(Tier::Tokenizer, "t", "usage"));
    QVERIFY(evidenceFromJson(good));
    const std::string tooLong(20001, 'x');
    nlohmann::json deep = 1;
    for (int i = 0; i < 20; ++i)
        deep = nlohmann::json::array({deep});
    const std::vector<std::pair<const char *, nlohmann::json>> wrong{
        {"tier", "T9"}, {"tier", 3}, {"kind", "proof"}, {"kind", nullptr}, {"test", tooLong}, {"p", 1.5}, {"p", -0.1}, {"p", "0.5"},
        {"log_ratio", "big"}, {"registered", 1}, {"n", -1}, {"n", 1e30}, {"power", 3}, {"power", {{{"alternative", "a"}}}}, {"power", {{{"alternative", "a"}, {"value", 2}}}},
        {"power", {1}}, {"raw", {1}}, {"raw", {tooLong}}, {"what", 1}, {"what", {{"text", 1}}}, {"what", {{"text", "a"}, {"arguments", {1}}}},
        {"what", {{"text", "a"}, {"arguments", std::vector<std::string>(10, "b")}}}, {"benign", {1}}, {"benign", 1}, {"numbers", deep},
        {"numbers", {tooLong}}, {"numbers", std::vector<int>(100001, 1)}, {"raw", std::vector<std::string>(1001, "a")}};
    for (const auto &[name, value] : wrong) {
        nlohmann::json json = good;
        json[name] = value;
        QVERIFY2(!evidenceFromJson(json), name);
    }
    for (const char *name : {"tier", "kind"}) {
        nlohmann::json json = good;
        json.erase(name);
        QVERIFY2(!evidenceFromJson(json), name);
    }
    QVERIFY(!evidenceFromJson(nlohmann::json::array()));
    QVERIFY(!evidenceFromJson(nullptr));
}

QTEST_APPLESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
