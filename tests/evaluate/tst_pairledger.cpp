// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/ledger.h"
#include "core/evaluate/protocolcard.h"
#include "core/evaluate/rescoring.h"

#include <QFile>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;

namespace {

ItemResult row(const std::string &id, Outcome outcome, int64_t sample = 0)
{
    ItemResult out;
    out.itemId = id;
    out.sample = sample;
    out.pairKey = "key of " + id;
    out.judged.outcome = outcome;
    out.judged.score = outcome == Outcome::Right ? 1 : 0;
    return out;
}

std::shared_ptr<EvaluationRun> runOf(const ItemRows &rows, const std::string &fingerprint = "print")
{
    auto run = std::make_shared<EvaluationRun>();
    run->protocol.suite = "sums";
    run->protocol.suiteFingerprint = fingerprint;
    run->protocol.scorer = "exact_match 1";
    run->items = rows;
    return run;
}

Outcome outcomeCalled(const std::string &name)
{
    return *std::ranges::find_if(kOutcomes, [&](Outcome one) { return name == outcomeName(one); });
}

/// Rows that a disk would hold.
class Shelf : public AnswerSource
{
public:
    explicit Shelf(std::vector<ItemResult> rows) : m_rows(std::move(rows)) {}
    Result<ItemResult> row(uint32_t place) const override
    {
        if (place >= m_rows.size())
            return failure(ErrorCode::StoreDamaged, {"shelf", "empty"});
        return m_rows[place];
    }
    std::vector<ItemResult> m_rows;
};

ItemResult wholeRow(size_t i)
{
    ItemResult out = row("item " + std::to_string(i), i % 3 == 0 ? Outcome::Wrong : Outcome::Right, int64_t(i % 2));
    out.task = i < 700 ? "a" : "b";
    out.cluster = "passage " + std::to_string(i / 5);
    out.expected = std::to_string(i);
    if (i % 4 != 0)
        out.axes["difficulty"] = double(i);
    out.labels = {{"language", i % 2 == 0 ? "en" : "zh"}, {"odd\0key", "\xff"}};
    out.given.output = "The answer is " + std::to_string(i);
    out.given.finish = "stop";
    out.given.choices.resize(i % 3);
    out.given.promptTokens = int64_t(i) * 1000;
    out.given.contextCut = i == 5;
    out.given.failure = i == 6 ? Failure::RateLimited : Failure::None;
    out.judged.extracted = i == 7 ? std::string(10'000, 'x') : std::to_string(i);
    out.judged.rule = "last number";
    out.judged.from = i;
    out.judged.length = 3;
    out.judged.undecided = i == 9;
    if (i == 11)
        out.judged.score = NAN;
    return out;
}

bool same(const ItemResult &a, const ItemResult &b)
{
    const bool scores = a.judged.score == b.judged.score || (std::isnan(a.judged.score) && std::isnan(b.judged.score));
    return scores && toJson(a).dump(-1, ' ', false, json::error_handler_t::replace) == toJson(b).dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace

class TestLedger : public QObject
{
    Q_OBJECT
private slots:
    void rowsComeBack();
    void rowsFromBytes();
    void damagedBytes();
    void answersFromTheShelf();
    void snapshotsDoNotChange();
    void waterfallAndFlipsAsPythonCountsThem();
    void filters();
    void joinsByWhatIsAsked();
    void duplicatesAreTold();
    void cardsThatDiffer();
    void rejudging();
    void nothing();
};

void TestLedger::rowsComeBack()
{
    ItemRows rows;
    for (size_t i = 0; i < 2500; ++i)
        rows.push_back(wholeRow(i));
    QCOMPARE(rows.size(), size_t(2500));
    QCOMPARE(rows.chunks().size(), size_t(3));
    size_t i = 0;
    for (const ItemResult &one : rows) {
        QVERIFY2(same(one, wholeRow(i)), std::to_string(i).c_str());
        ++i;
    }
    rows.set(1030, wholeRow(1));
    QVERIFY(same(rows[1030], wholeRow(1)) && same(rows[1031], wholeRow(1031)));
    rows.resize(1500);
    QCOMPARE(rows.size(), size_t(1500));
    QVERIFY(same(rows.back(), wholeRow(1499)));
    QVERIFY(rows.bytes() < 1500 * 600);
}

void TestLedger::rowsFromBytes()
{
    ItemRows rows;
    for (size_t i = 0; i < 100; ++i)
        rows.push_back(wholeRow(i));
    const auto chunk = decodeRows(encodeRows(*rows.chunks().front()));
    QVERIFY(chunk);
    QCOMPARE((*chunk)->size(), size_t(100));
    for (size_t i = 0; i < 100; ++i) {
        QVERIFY(same((*chunk)->light(i), rows.light(i)));
        QCOMPARE((*chunk)->place[i], uint32_t(i));
        QCOMPARE((*chunk)->flags[i], rows.chunks().front()->flags[i]);
    }
}

void TestLedger::damagedBytes()
{
    ItemRows rows;
    for (size_t i = 0; i < 6; ++i)
        rows.push_back(wholeRow(i));
    const std::string bytes = encodeRows(*rows.chunks().front());
    for (size_t length = 0; length < bytes.size(); ++length)
        QVERIFY(!decodeRows(std::string_view(bytes).substr(0, length)));
    QVERIFY(!decodeRows(bytes + "x"));
    for (size_t at = 0; at < bytes.size(); ++at) {
        for (const char value : {'\0', '\x7f', '\x80', '\xff'}) {
            std::string damaged = bytes;
            damaged[at] = value;
            const auto chunk = decodeRows(damaged); // whatever it gives can be looked at
            for (size_t i = 0; chunk && i < (*chunk)->size(); ++i)
                QVERIFY((*chunk)->light(i).itemId.size() <= damaged.size());
        }
    }
}

void TestLedger::answersFromTheShelf()
{
    std::vector<ItemResult> all;
    for (size_t i = 0; i < 1030; ++i)
        all.push_back(wholeRow(i));
    ItemRows rows(all);
    const auto shelf = std::make_shared<Shelf>(all);
    rows.releaseTexts(0, shelf);
    QVERIFY(!rows.allTextsHere());
    for (size_t i = 0; i < all.size(); ++i)
        QVERIFY(same(rows[i], all[i]));
    QCOMPARE(rows.light(3).given.output, std::string());
    shelf->m_rows.resize(20);
    QVERIFY(!rows.whole(20));
    QVERIFY(rows[20].given.error.find("shelf") != std::string::npos);
    QCOMPARE(rows[20].judged.extracted, std::string("20"));
}

void TestLedger::snapshotsDoNotChange()
{
    ItemRows rows{wholeRow(0)};
    const ItemRows before = rows;
    rows.push_back(wholeRow(1));
    rows.rejudge([](ItemResult &one) { one.judged.outcome = Outcome::Refused; });
    QCOMPARE(before.size(), size_t(1));
    QVERIFY(same(before[0], wholeRow(0)));
    QCOMPARE(rows[1].judged.outcome, Outcome::Refused);
    QCOMPARE(rows[1].given.output, wholeRow(1).given.output);
}

// tests/data/generators/make_ledger.py counts by the definitions, in exact fractions.
void TestLedger::waterfallAndFlipsAsPythonCountsThem()
{
    QFile file(QStringLiteral(ASSAY_TEST_DATA "/evaluate/ledger.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const json data = json::parse(file.readAll().toStdString());
    Ledger::Runs runs;
    for (const json &subject : data["subjects"]) {
        ItemRows rows;
        for (const json &one : subject) {
            ItemResult item = row(one["id"], outcomeCalled(one["outcome"]), one["sample"]);
            item.judged.score = one["quarters"].is_null() ? NAN : one["quarters"].get<double>() / 4;
            rows.push_back(item);
        }
        runs.push_back(runOf(rows));
    }
    const Ledger ledger(runs);
    const json &expected = data["expected"];
    const GapWaterfall gap = ledger.waterfall(0, 1);
    QCOMPARE(gap.n, expected["n"].get<size_t>());
    const auto equals = [](double value, const json &wanted) { return std::abs(value - wanted.get<double>()) < 1e-12; };
    QVERIFY(equals(gap.first, expected["first"]) && equals(gap.second, expected["second"]) && equals(gap.gap, expected["gap"]));
    QVERIFY(equals(gap.truncated, expected["truncated"]) && equals(gap.unparsed, expected["unparsed"]));
    QVERIFY(equals(gap.refused, expected["refused"]) && equals(gap.error, expected["error"]) && equals(gap.wrong, expected["wrong"]));
    QCOMPARE(gap.truncated + gap.unparsed + gap.refused + gap.error + gap.wrong, gap.gap);
    QVERIFY(std::abs(gap.first - gap.second - gap.gap) < 1e-12);
    const FlipMatrix flips = ledger.flips(0, 1);
    QCOMPARE(flips.n, gap.n);
    for (size_t i = 0; i < kOutcomes.size(); ++i) {
        for (size_t j = 0; j < kOutcomes.size(); ++j)
            QCOMPARE(flips.of[i][j], expected["flips"][i][j].get<size_t>());
    }
    QCOMPARE(ledger.notes(0).duplicates, size_t(3));
}

void TestLedger::filters()
{
    ItemRows full, distilled;
    for (size_t i = 0; i < 8; ++i) {
        ItemResult one = row((i % 2 == 0 ? "Even-" : "odd-") + std::to_string(i), i < 6 ? Outcome::Right : Outcome::Wrong);
        one.task = i < 4 ? "low" : "high";
        if (i != 3)
            one.axes["digits"] = double(i);
        one.labels = {{"language", i < 2 ? "en" : "zh"}};
        full.push_back(one);
        one.judged.outcome = i < 3 ? Outcome::Right : i == 4 ? Outcome::Truncated : Outcome::Wrong;
        one.judged.score = one.judged.outcome == Outcome::Right ? 1 : 0;
        if (i != 7)
            distilled.push_back(one);
    }
    const Ledger ledger({runOf(full), runOf(distilled)});
    using Items = std::vector<uint32_t>;
    QCOMPARE(ledger.filter({}).size(), size_t(8));
    LedgerFilter lost;
    lost.subject(0, LedgerFilter::only(Outcome::Right)).subject(1, LedgerFilter::except(Outcome::Right));
    QCOMPARE(ledger.filter(lost), (Items{3, 4, 5}));
    const Items these = ledger.filter(lost);
    QCOMPARE(ledger.flips(0, 1, these).rightToElse, size_t(3));
    QCOMPARE(ledger.waterfall(0, 1, these).truncated, 1.0 / 3);
    LedgerFilter missing;
    missing.subject(1, LedgerFilter::kMissing);
    QCOMPARE(ledger.filter(missing), (Items{7}));
    LedgerFilter task;
    task.task = "high";
    QCOMPARE(ledger.filter(task), (Items{4, 5, 6, 7}));
    task.task = "no such task";
    QVERIFY(ledger.filter(task).empty());
    LedgerFilter id;
    id.idContains = "eVEN";
    QCOMPARE(ledger.filter(id), (Items{0, 2, 4, 6}));
    LedgerFilter range;
    range.ranges = {{"digits", 2, 4}};
    QCOMPARE(ledger.filter(range), (Items{2, 4}));
    range.ranges = {{"no such axis", 0, 9}};
    QVERIFY(ledger.filter(range).empty());
    LedgerFilter label;
    label.labels = {{"language", "en"}};
    QCOMPARE(ledger.filter(label), (Items{0, 1}));
}

void TestLedger::joinsByWhatIsAsked()
{
    ItemResult other = row("17", Outcome::Wrong);
    other.pairKey = "key of b";
    ItemResult none = row("18", Outcome::Wrong);
    none.pairKey.clear();
    const Ledger::Runs runs{runOf({row("a", Outcome::Right), row("b", Outcome::Right)}, "one"), runOf({other, none}, "two")};
    QVERIFY(naturalJoin(runs) == JoinBy::PairKey);
    const Ledger ledger(runs);
    QCOMPARE(ledger.items(), size_t(2));
    QCOMPARE(ledger.flips(0, 1).n, size_t(1));
    QCOMPARE(ledger.notes(1).withoutKey, size_t(1));
    QVERIFY(!ledger.classOf(0, 1));
    QVERIFY(std::isnan(ledger.scores(1)[0]));
    QCOMPARE(ledger.row(1, 1)->itemId, std::string("17"));
    QVERIFY(!ledger.row(0, 1));
    QCOMPARE(Ledger(runs, JoinBy::ItemId).flips(0, 1).n, size_t(0));
}

void TestLedger::duplicatesAreTold()
{
    const Ledger ledger({runOf({row("a", Outcome::Right), row("a", Outcome::Wrong), row("a", Outcome::Wrong, 1), row("a", Outcome::Wrong, 2)})});
    QCOMPARE(ledger.notes(0).duplicates, size_t(1));
    QCOMPARE(ledger.notes(0).duplicateIds, std::vector<std::string>{"a"});
    QCOMPARE(ledger.samples(0, 0), uint32_t(3));
    QVERIFY(ledger.classOf(0, 0) == Outcome::Wrong);
    QCOMPARE(ledger.scores(0)[0], 1.0 / 3);
    // As often right as wrong: what came first.
    QVERIFY(Ledger({runOf({row("a", Outcome::Right), row("a", Outcome::Wrong, 1)})}).classOf(0, 0) == Outcome::Right);
}

void TestLedger::cardsThatDiffer()
{
    const auto one = runOf({}), two = runOf({});
    QVERIFY(cardDifferences(*one, *two, JoinBy::ItemId).empty());
    const auto weightOf = [&](const char *id, JoinBy by = JoinBy::ItemId) {
        const auto all = cardDifferences(*one, *two, by);
        return all.size() == 1 && all[0].id == id ? int(all[0].weight) : -1;
    };
    two->protocol.suiteFingerprint = "other";
    QCOMPARE(weightOf("suite"), int(CardWeight::Forbids));
    QCOMPARE(weightOf("suite", JoinBy::PairKey), int(CardWeight::Warns));
    two->protocol = one->protocol;
    two->protocol.scorer = "squad_f1 1";
    QCOMPARE(weightOf("scorer"), int(CardWeight::Forbids));
    two->protocol.scorer = "exact_match 2";
    QCOMPARE(weightOf("scorer_version"), int(CardWeight::Warns));
    two->protocol.scorer.clear(); // an older run tells none
    const auto untold = cardDifferences(*one, *two, JoinBy::ItemId);
    QVERIFY(!untold.empty() && untold.front().weight == CardWeight::Warns);
    two->protocol = one->protocol;
    two->protocol.prefix = "<s>";
    QCOMPARE(weightOf("prefix"), int(CardWeight::Warns));
    two->protocol.batch = 8;
    const auto both = cardDifferences(*one, *two, JoinBy::ItemId);
    QCOMPARE(both.size(), size_t(2));
    QVERIFY(both[0].id == "prefix" && both[1].id == "batch" && both[1].weight == CardWeight::Notes);
    QCOMPARE(both[1].sentence, std::string("Prompts together: 1 against 8. Other kernels round otherwise, which flips a few answers."));
}

void TestLedger::rejudging()
{
    Suite suite;
    suite.items.resize(1);
    suite.items[0].id = "item 4";
    suite.items[0].answers = {"The answer is 4"};
    EvaluationRun run;
    run.items = {wholeRow(4), wholeRow(5)};
    const auto shelf = std::make_shared<Shelf>(std::vector{wholeRow(4), wholeRow(5)});
    run.items.releaseTexts(0, shelf);
    const Rescoring what = rescore(run, suite);
    QCOMPARE(what.judged, size_t(1));
    QCOMPARE(what.unknown, size_t(1));
    QCOMPARE(run.items[0].expected, std::string("The answer is 4"));
    QCOMPARE(run.items[0].judged.outcome, Outcome::Right);
    QVERIFY(!run.items.allTextsHere()); // judging anew brings no text into memory for good
    shelf->m_rows.clear();
    run.items.set(0, wholeRow(4));
    const Rescoring lost = rescore(run, suite);
    QCOMPARE(lost.unreadable, size_t(1));
    QCOMPARE(run.items.light(1).judged.outcome, wholeRow(5).judged.outcome);
}

void TestLedger::nothing()
{
    const Ledger empty({});
    QCOMPARE(empty.items(), size_t(0));
    QVERIFY(empty.filter({}).empty());
    const Ledger two({runOf({}), runOf({})});
    QCOMPARE(two.waterfall(0, 1).n, size_t(0));
    QCOMPARE(two.flips(0, 1).flipRate(), 0.0);
}

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_pairledger.moc"
