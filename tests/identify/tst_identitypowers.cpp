// SPDX-License-Identifier: GPL-3.0-or-later
// Powers that a verification tells beforehand: of paired questions and of services that send some requests elsewhere. Against
// tests/data/identity/powers.json (make_identity_powers.py: everything enumerated).
#include "core/identify/distribution/distribution.h"
#include "core/identify/statistics/capability.h"
#include "core/identify/statistics/mixturepower.h"
#include "core/identify/verdict.h"

#include <QFile>
#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;

namespace {

constexpr double kClose = 1e-12;

/// So many differences of 1 of a hundred.
std::vector<double> differing(double share)
{
    std::vector<double> out(100, 0.0);
    std::fill_n(out.begin(), size_t(std::lround(100 * share)), 1.0);
    return out;
}

MixtureOfPrompts mixtureOf(const json &wanted)
{
    return {{}, differing(wanted.at("differing")), wanted.at("prompts"), wanted.at("share")};
}

std::vector<GreedyPrompt> prompts(size_t count)
{
    return std::vector<GreedyPrompt>(count, GreedyPrompt{{0, 0, 0, 0}, {0, 0, 0, 0}});
}

double powerOf(const Evidence &evidence, const std::string &alternative)
{
    const auto found = std::ranges::find(evidence.power, alternative, &Power::alternative);
    return found == evidence.power.end() ? -1 : found->value;
}

} // namespace

class TestIdentityPowers : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void pairedQuestions();
    void pairedQuestionsWithoutAny();
    void itemsThatDifferSpreadLess();
    void mixtures();
    void mixturesWithNoise();
    void sharesAndPromptsThatAreFound();
    void greedyEvidenceTellsMixtures();
    void textEvidenceTellsMixtures();
    void notesOfMixtures();

private:
    json m_golden;
};

void TestIdentityPowers::initTestCase()
{
    QFile file(QStringLiteral(ASSAY_TEST_DATA "/identity/powers.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_golden = json::parse(file.readAll().toStdString());
}

void TestIdentityPowers::pairedQuestions()
{
    QVERIFY(m_golden["paired"].size() >= 9);
    for (const json &one : m_golden["paired"]) {
        const std::vector<double> missed = one["missed"], gained = one["gained"];
        QVERIFY(std::abs(pairedPower(missed, gained, one["alpha"]) - one["power"].get<double>()) < kClose);
    }
}

void TestIdentityPowers::pairedQuestionsWithoutAny()
{
    QCOMPARE(pairedPower({}, {}, 0.01), 0.0);
    QCOMPARE(pairedPower(std::vector<double>(20, 1.0), {}, 0.01), 1.0);
    QCOMPARE(pairedPower(std::vector<double>(6, 1.0), {}, 0.01), 0.0); // 2^-6 is more
    QCOMPARE(pairedPower({}, std::vector<double>(20, 1.0), 0.01), 0.0); // better is nothing to find
    QVERIFY(pairedPower(std::vector<double>(5000, 0.5), std::vector<double>(5000, 0.5), 0.01) < 0.02);
}

/// The same mean, and yet a smaller power: what questions differ by is no chance.
void TestIdentityPowers::itemsThatDifferSpreadLess()
{
    std::vector<double> apart(40, 0.0);
    std::fill_n(apart.begin(), 6, 1.0);
    QCOMPARE(pairedPower(apart, {}, 0.005), 0.0);
    QVERIFY(mcnemarPower(40, 0.15, 0, 0.005) > 0.1);
    const std::vector<double> alike(40, 0.15);
    QVERIFY(std::abs(pairedPower(alike, {}, 0.005) - mcnemarPower(40, 0.15, 0, 0.005)) < 1e-9);
}

void TestIdentityPowers::mixtures()
{
    const PowerSimulation how{.alpha = 0, .runs = 4000, .draws = 999};
    for (const json &one : m_golden["mixtures"]) {
        PowerSimulation here = how;
        here.alpha = one["alpha"];
        const auto found = mixturePower(mixtureOf(one), here);
        const double wanted = one["power"];
        QVERIFY(found && std::abs(found->value - wanted) < 4 * std::sqrt(wanted * (1 - wanted) / 4000) + 1e-3);
    }
    QVERIFY(!mixturePower({{}, {}, 50, 1}, how) && !mixturePower({{}, {1.0}, 0, 1}, how) && !mixturePower({{}, {1.0}, 50, 1.5}, how));
}

/// Differences of either sign: the same as signFlipPower() finds, which draws otherwise.
void TestIdentityPowers::mixturesWithNoise()
{
    std::vector<double> around, moved;
    for (int i = 0; i < 40; ++i)
        around.push_back((i % 2 ? 1.0 : -1.0) * (0.1 + 0.05 * (i / 2)));
    for (const double value : around)
        moved.push_back(value + 0.3);
    const PowerSimulation how{.alpha = 0.05, .runs = 600, .draws = 499};
    const auto one = mixturePower({around, moved, 30, 1}, how), other = signFlipPower(around, 0.3, 30, how), none = mixturePower({around, moved, 30, 0}, how);
    QVERIFY(one && other && none);
    QVERIFY(std::abs(one->value - other->value) < 0.1);
    QVERIFY(none->value < 0.09); // nothing but honest noise: the level
}

void TestIdentityPowers::sharesAndPromptsThatAreFound()
{
    const PowerSimulation how{.alpha = 0.01 / 3, .runs = 1000, .draws = 999};
    const MixtureOfPrompts mixture{{}, {1.0}, 50, 0.1};
    const auto share = mixtureShareFound(mixture, 0.8, how);
    QVERIFY(share && std::abs(*share - 0.25) < 0.06); // nine of fifty
    const auto needed = mixturePromptsNeeded(mixture, 0.8, how);
    QVERIFY(needed && *needed > 95 && *needed < 130); // 113 by the binomial tail
    QVERIFY(!mixtureShareFound({{}, {1.0}, 8, 1}, 0.8, how)); // 2^-8 is no rejection
    QVERIFY(!mixturePromptsNeeded({{}, {0.0}, 50, 0.1}, 0.8, how));
}

void TestIdentityPowers::greedyEvidenceTellsMixtures()
{
    KnownEffect other{"distilled", 1, 0.5, {}};
    other.byPrompt = differing(0.75);
    const TestPlan plan{.draws = 999};
    const Evidence few = greedyEvidence(prompts(50), StackKnown::Same, {}, std::vector{other}, plan), many = greedyEvidence(prompts(200), StackKnown::Same, {}, std::vector{other}, plan);
    QVERIFY(powerOf(few, "distilled") > 0.99);
    QVERIFY(powerOf(few, mixtureName("distilled")) < 0.2);
    QVERIFY(powerOf(many, mixtureName("distilled")) > 0.9);
    QVERIFY(few.numbers["share_found"]["distilled"].get<double>() > 0.2);
    // Of bundles that kept no differences by prompt mean and spread must do.
    QVERIFY(powerOf(greedyEvidence(prompts(50), StackKnown::Same, {}, std::vector{KnownEffect{"distilled", 1, 0.5, {}}}, plan), "distilled") > 0.99);
    // A verdict that cannot see one request in ten says so: in its sentence and among what it leaves open.
    const VerdictRules rules{.registered = {"distribution.greedy"}, .alternatives = {"distilled"}, .mixtures = {mixtureName("distilled")}};
    const Verdict blind = judge(std::vector{few}, rules), seeing = judge(std::vector{many}, rules);
    QCOMPARE(blind.kind, VerdictKind::Consistent);
    QCOMPARE(seeing.kind, VerdictKind::Consistent);
    const auto names = [](const Verdict &verdict) {
        return std::any_of(verdict.open.begin(), verdict.open.end(), [](const Told &told) { return !told.arguments.empty() && told.arguments.front() == mixtureName("distilled"); });
    };
    QVERIFY(names(blind) && !names(seeing));
    QVERIFY(blind.sentence.text.ends_with("That some requests go elsewhere is not excluded."));
    QVERIFY(!seeing.sentence.text.ends_with("That some requests go elsewhere is not excluded."));
}

void TestIdentityPowers::textEvidenceTellsMixtures()
{
    std::vector<SampledPrompt> texts;
    for (int prompt = 0; prompt < 20; ++prompt) {
        SampledPrompt one;
        for (int i = 0; i < 10; ++i)
            one.reference.push_back(std::string(1, char('a' + (i + prompt) % 3)) + "bc");
        one.subject = one.reference;
        texts.push_back(one);
    }
    const Evidence found = textEvidence(texts, 50, std::vector<KnownEffect>{{"distilled", 0.05, 0, {}}}, {.draws = 999});
    QVERIFY(powerOf(found, "distilled") > 0.99);
    QVERIFY(powerOf(found, mixtureName("distilled")) < 0.1); // a hundredth of the distance
}

void TestIdentityPowers::notesOfMixtures()
{
    KnownEffect other{"distilled", 1, 0.5, {}};
    other.byPrompt = differing(0.75);
    const auto notes = mixtureNotes(prompts(50), std::vector{other}, {});
    QCOMPARE(notes.size(), size_t(2));
    QCOMPARE(notes[0].arguments[0], std::string("distilled"));
    QVERIFY(std::abs(std::stod(notes[1].arguments[1]) - 150) < 20);
    QCOMPARE(mixtureNotes(prompts(300), std::vector{other}, {}).size(), size_t(1)); // one in ten is found already
    QVERIFY(mixtureNotes({}, std::vector{other}, {}).empty());
}

QTEST_APPLESS_MAIN(TestIdentityPowers)
#include "tst_identitypowers.moc"
