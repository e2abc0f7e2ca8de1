// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence of T4, T5 and T6 from answers that are known.
#include "core/identify/distribution/capability.h"
#include "core/identify/distribution/distribution.h"
#include "core/identify/distribution/timing.h"
#include "core/identify/tokenfloor.h"
#include "core/model/devices.h"

#include <QTest>
#include <cmath>

using namespace assay;

namespace {

constexpr double kClose = 1e-12;

/// Ten texts a side; of the subject's, `others` begin otherwise.
std::vector<SampledPrompt> prompts(size_t count, size_t others)
{
    std::vector<SampledPrompt> out;
    for (size_t prompt = 0; prompt < count; ++prompt) {
        SampledPrompt one;
        for (size_t i = 0; i < 10; ++i) {
            one.reference.push_back(std::string(1, char('a' + (i + prompt) % 3)) + "bc");
            one.subject.push_back(i < others ? "xyz" : std::string(1, char('a' + (i + prompt) % 3)) + "bc");
        }
        out.push_back(one);
    }
    return out;
}

std::vector<PairedItem> items(size_t both, size_t referenceOnly, size_t subjectOnly, size_t none)
{
    std::vector<PairedItem> out;
    const auto add = [&](size_t count, bool reference, bool subject) {
        for (size_t i = 0; i < count; ++i)
            out.push_back({std::to_string(out.size()), "knowledge", reference, subject, reference ? 0.9 : 0.1, {{"distilled", reference ? 0.4 : 0.1}}});
    };
    add(both, true, true);
    add(referenceOnly, true, false);
    add(subjectOnly, false, true);
    add(none, false, false);
    return out;
}

} // namespace

class TestDistribution : public QObject
{
    Q_OBJECT
private slots:
    void charactersOfTexts();
    void sameTexts();
    void otherTexts();
    void tooFewTexts();
    void greedyOfTheSameStack();
    void greedyOfAnUnknownStack();
    void pairedItems();
    void ratios();
    void timesCountAgainstOnly();
    void floorOfHardware();
    void statedHardwareOfSheets();
    void itemsByTheirAxes();
};

void TestDistribution::charactersOfTexts()
{
    QCOMPARE(symbolsOf("aé满😀"), (Symbols{0x61, 0xE9, 0x6EE1, 0x1F600}));
    QVERIFY(symbolsOf("").empty());
    QCOMPARE(symbolsOf("\x80").size(), size_t(1)); // whatever a server sends
}

void TestDistribution::sameTexts()
{
    const Evidence found = textEvidence(prompts(10, 0), 50, std::vector<KnownEffect>{{"distilled", 1.0, 0}, {"int8", 0.0, 0}}, {.draws = 999});
    QCOMPARE(found.kind, Evidence::Kind::Test);
    QVERIFY(found.registered);
    QVERIFY(*found.p > 0.5);
    QVERIFY(*found.detectable > 0);
    QCOMPARE(found.n, int64_t(10));
    QCOMPARE(found.numbers["null"].get<std::string>(), std::string("N1"));
    QVERIFY(found.power[0].value > 0.999);
    QCOMPARE(found.power.size(), size_t(4)); // each alternative, and where it answers one request in ten
    QVERIFY(found.power[2].value < 0.05); // an alternative that is no different is not found
}

void TestDistribution::otherTexts()
{
    const auto all = prompts(10, 5);
    const Evidence found = textEvidence(all, 50, {}, {.draws = 999});
    QCOMPARE(*found.p, 1.0 / 1000);
    QVERIFY(*found.effect > *found.detectable);
    QVERIFY(!found.benign.empty());
    QVERIFY(std::abs(textEffect(all, 50, "other").effect - *found.effect) < kClose);
}

void TestDistribution::tooFewTexts()
{
    const std::vector<SampledPrompt> all{{{"a"}, {"b", "c"}}, {{}, {}}};
    const Evidence found = textEvidence(all, 50, {}, {});
    QCOMPARE(found.kind, Evidence::Kind::Note);
    QVERIFY(!found.registered && !found.p && !found.what.empty());
    QCOMPARE(greedyEvidence({}, StackKnown::Same, {}, {}, {}).kind, Evidence::Kind::Note);
    QCOMPARE(rankEvidence({}, {}).kind, Evidence::Kind::Note);
    QCOMPARE(logprobEvidence({}, {}).kind, Evidence::Kind::Note);
    QCOMPARE(pairedItemsEvidence({}, "knowledge", {}).kind, Evidence::Kind::Note);
}

void TestDistribution::greedyOfTheSameStack()
{
    std::vector<GreedyPrompt> same, other;
    for (int i = 0; i < 12; ++i) {
        same.push_back({{0, 0, 0.01, 0}, {0, 0, 0.01, 0}});
        other.push_back({{0, 0, 0.01, 0}, {0, 0.5 + i * 0.01, 0.01, 0.2}});
    }
    QCOMPARE(*greedyEvidence(same, StackKnown::Same, {}, {}, {}).p, 1.0);
    const Evidence found = greedyEvidence(other, StackKnown::Same, {}, std::vector{greedyEffect(other, "int4")}, {});
    QVERIFY(*found.p <= 2.0 / 4096 + kClose); // exact: all 2^12 changes of signs
    QCOMPARE(found.power.size(), size_t(2));
    QVERIFY(found.power[0].value > 0.99);
    QCOMPARE(found.power[1].alternative, mixtureName("int4"));
    QCOMPARE(found.numbers["null"].get<std::string>(), std::string("N1"));
}

void TestDistribution::greedyOfAnUnknownStack()
{
    std::vector<GreedyPrompt> all(12, {{0, 0.01}, {0, 0.5}});
    all[0].reference = {0, 0.6}; // margins are cut off at what the reference itself reaches
    const std::vector<double> three{0.001, 0.002, 0.003}, many(19, 0.001);
    const Evidence few = greedyEvidence(all, StackKnown::Unknown, three, {}, {});
    QVERIFY(!few.p && !few.registered);
    QCOMPARE(few.kind, Evidence::Kind::Note);
    QVERIFY(std::abs(few.numbers["conformal"].get<double>() - 0.25) < kClose);
    const Evidence enough = greedyEvidence(all, StackKnown::Unknown, many, {}, {});
    QVERIFY(!enough.registered); // the plan's null is another
    QVERIFY(std::abs(*enough.p - 0.05) < kClose);
}

void TestDistribution::pairedItems()
{
    // P(Bin(12, 1/2) >= 11) = 13 / 4096.
    const Evidence found = pairedItemsEvidence(items(20, 11, 1, 8), "knowledge", {});
    QVERIFY(std::abs(*found.p - 13.0 / 4096) < kClose);
    QVERIFY(std::abs(*found.effect - 0.25) < kClose);
    QCOMPARE(found.n, int64_t(40));
    QCOMPARE(found.power.size(), size_t(1));
    QVERIFY(found.power[0].value > 0.5 && found.power[0].value < 1);
    QCOMPARE(*pairedItemsEvidence(items(20, 0, 5, 3), "knowledge", {}).p, 1.0); // better is no evidence against it
    QCOMPARE(pairedItemsEvidence(items(20, 1, 1, 3), "reasoning", {}).n, int64_t(0));
}

void TestDistribution::ratios()
{
    const std::vector<PairedItem> two{{"1", "knowledge", true, true, 0.9, {{"distilled", 0.4}}}, {"2", "knowledge", true, false, 1.0, {{"distilled", 0.5}}}};
    const auto found = itemRatioEvidence(two);
    QCOMPARE(found.size(), size_t(1));
    QVERIFY(std::abs(*found[0].logRatio - (std::log(0.9 / 0.4) + std::log(0.02 / 0.5))) < kClose); // a rate of 1 counts as 0.98
    QCOMPARE(found[0].alternative, std::string("distilled"));
}

void TestDistribution::timesCountAgainstOnly()
{
    std::vector<FirstToken> points;
    for (int64_t i = 1; i <= 8; ++i)
        points.push_back({i * 1000, 0.1 + double(i) * 0.01 + (i % 2 ? 1e-5 : -1e-5)}); // 10 us a token
    QCOMPARE(firstTokenEvidence(points, 12e-6).kind, Evidence::Kind::Consistent);
    QCOMPARE(firstTokenEvidence(points, 2e-6).kind, Evidence::Kind::Consistent); // slower proves nothing
    const Evidence quick = firstTokenEvidence(points, 50e-6);
    QVERIFY(std::abs(*quick.logRatio + std::log(3.0)) < kClose);
    QVERIFY(std::abs(*quick.effect - 10e-6) < 1e-7);
    QCOMPARE(firstTokenEvidence(points, {}).kind, Evidence::Kind::Note);
    QCOMPARE(firstTokenEvidence(std::span(points).first(2), 50e-6).kind, Evidence::Kind::Note);
    const std::vector<double> gaps(60, 0.01);
    QVERIFY(*tokenFloorEvidence(gaps, 0.02).logRatio < 0);
    QCOMPARE(tokenFloorEvidence(gaps, 0.005).kind, Evidence::Kind::Consistent);
    QCOMPARE(tokenFloorEvidence(gaps, {}).kind, Evidence::Kind::Note);
}

void TestDistribution::floorOfHardware()
{
    FoundFacts facts;
    facts.add("parameters.total", 671e9, FoundBy::Published, "p");
    facts.add("parameters.active", 37e9, FoundBy::Published, "p");
    DeviceTable devices;
    Device h800;
    h800.name = "NVIDIA H800 80GB";
    h800.bandwidth = 3.35e12;
    devices.devices = {h800};
    // Nothing published of the file: 1.5 bits each, fewer than anything in use.
    QVERIFY(std::abs(tokenFloor(facts, "1000 GB/s", nullptr)->seconds - 37e9 * 1.5 / 8 / 1e12) < kClose);
    facts.add("weights.bytes", 671e9, FoundBy::Published, "p");
    QVERIFY(std::abs(tokenFloor(facts, "2 TB/s", nullptr)->seconds - 37e9 / 2e12) < kClose);
    const auto eight = tokenFloor(facts, "8x H800", &devices);
    QVERIFY(eight && std::abs(eight->seconds - 37e9 / (8 * 3.35e12)) < kClose);
    QCOMPARE(eight->hardware, std::string("8 x NVIDIA H800 80GB"));
    for (const char *unknown : {"", "fast", "-3 GB/s", "3 GB", "1e400 GB/s", "nan GB/s"})
        QVERIFY(!tokenFloor(facts, unknown, &devices));
    QVERIFY(!tokenFloor({}, "2 TB/s", &devices)); // of no known size
}

void TestDistribution::statedHardwareOfSheets()
{
    ClaimSheet sheet;
    sheet.claims.push_back({"1", "full", "latency_1024_tokens_a100", 1.0, "s", {}, {}});
    QCOMPARE(statedHardware(sheet, "full"), std::string("a100"));
    QVERIFY(statedHardware(sheet, "distilled").empty());
    sheet.claims.push_back({"2", "full", "hardware", "8x H800", {}, {}, {}});
    QCOMPARE(statedHardware(sheet, "full"), std::string("8x H800"));
}

void TestDistribution::itemsByTheirAxes()
{
    auto all = items(6, 2, 0, 0);
    for (size_t i = 0; i < all.size(); ++i)
        all[i].axes = {{"difficulty", i < 4 ? 1.0 : 2.0}, {"context", 20}};
    const auto found = itemsByAxis(all, "knowledge", "difficulty");
    QVERIFY(found && found->kind == Evidence::Kind::Note && !found->registered);
    QCOMPARE(found->test, std::string("capability.knowledge.by_difficulty"));
    QCOMPARE(found->n, int64_t(8));
    QCOMPARE(found->numbers[0]["subject_right"].get<int>(), 4);
    QCOMPARE(found->numbers[1]["reference_right"].get<int>(), 4);
    QCOMPARE(found->numbers[1]["subject_right"].get<int>(), 2);
    QVERIFY(!itemsByAxis(all, "knowledge", "context") && !itemsByAxis(all, "knowledge", "depth") && !itemsByAxis(all, "reasoning", "difficulty"));
}

QTEST_APPLESS_MAIN(TestDistribution)
#include "tst_distribution.moc"
