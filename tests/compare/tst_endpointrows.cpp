// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the comparison that only endpoints have.
#include "core/compare/comparison.h"
#include "tests/bench/requestmaker.h"

#include <QTest>

using namespace assay;
using namespace assay::made;

namespace {

ComparedSubject endpoint(const std::string &name, const std::vector<Slo> &slos, const std::string &currency)
{
    auto run = std::make_shared<BenchRun>();
    run->plan.promptTokens = {100};
    run->plan.outputTokens = {4};
    run->plan.load.emplace().concurrencies = {1};
    run->plan.load->slos = slos;
    run->plan.load->prices = Prices{1, 1, 1, currency};
    run->header.state = RunState::Finished;
    for (int i = 0; i < 8; ++i)
        run->requests.append(steady(200.0 * i, 40, 20, 4, i));
    ComparedSubject subject;
    subject.subject.name = name;
    subject.bench = run;
    return subject;
}

Slo ttftWithin(const char *name, double seconds)
{
    Slo slo;
    slo.name = name;
    slo.ttft = seconds;
    return slo;
}

const ComparisonRow *rowOf(const std::vector<ComparisonRow> &rows, std::string_view id)
{
    for (const ComparisonRow &row : rows) {
        if (row.id == id)
            return &row;
    }
    return nullptr;
}

} // namespace

class TestEndpointRows : public QObject
{
    Q_OBJECT

private slots:
    /// Servers of two kinds tell other things: each group comes once, with what only one of them tells among its rows.
    void groupsComeOnce()
    {
        const auto told = [](const char *id, const char *group) { return FactRow{id, group, id, "1", "1", Provenance::Declared, "/props"}; };
        Comparison comparison;
        comparison.subjects = {endpoint("a", {}, "USD"), endpoint("b", {}, "USD")};
        auto first = std::make_shared<ModelFacts>(), second = std::make_shared<ModelFacts>();
        first->format = second->format = "endpoint";
        first->told = {told("name", "Model"), told("context", "Limits"), told("build", "Server")};
        second->told = {told("name", "Model"), told("template", "Model"), told("slots", "Limits"), told("load", "Load now"), told("license", "Model")};
        comparison.subjects[0].facts = first;
        comparison.subjects[1].facts = second;
        std::vector<std::string> groups, ids;
        for (const ComparisonRow &row : comparisonTable(comparison)) {
            if (!row.id.starts_with("facts."))
                continue;
            ids.push_back(row.id.substr(6));
            if (groups.empty() || groups.back() != row.group)
                groups.push_back(row.group);
        }
        QCOMPARE(groups, (std::vector<std::string>{"Model", "Limits", "Server", "Load now"}));
        QCOMPARE(ids, (std::vector<std::string>{"name", "template", "license", "context", "slots", "build", "load"}));
    }

    void onlyTheSameGoalsShareARow()
    {
        Comparison comparison;
        comparison.subjects = {endpoint("a", {ttftWithin("chat", 1), ttftWithin("code", 0.01)}, "USD"), endpoint("b", {ttftWithin("chat", 1)}, "EUR")};
        const auto rows = comparisonTable(comparison);
        const ComparisonRow *chat = rowOf(rows, "metric.goodput.share[chat]"), *code = rowOf(rows, "metric.goodput.share[code]");
        QVERIFY(chat && code);
        QCOMPARE(chat->label, std::string("Share of good answers (chat)"));
        QCOMPARE(*chat->cells[0].value, 1.0);
        QCOMPARE(*chat->cells[1].value, 1.0);
        QCOMPARE(*code->cells[0].value, 0.0);
        QVERIFY(!code->cells[1].value); // b was not judged by it
        QVERIFY(!rowOf(rows, "metric.goodput.share"));
        // Dollars and euros are no row together.
        QVERIFY(!rowOf(rows, "metric.cost.request[USD]")->cells[1].value);
        QVERIFY(!rowOf(rows, "metric.cost.request[EUR]")->cells[0].value);
        QVERIFY(rowOf(rows, "metric.ttft"));
    }

    void whatOnlyEndpointsHaveIsNotWaitedFor()
    {
        Comparison comparison;
        comparison.subjects = {{}, {}};
        const auto rows = comparisonTable(comparison);
        QVERIFY(rowOf(rows, "metric.ttft")); // everybody waits for it
        for (const char *id : {"metric.scheduled_ttft", "metric.error_rate", "metric.goodput", "metric.cost.request"})
            QVERIFY2(!rowOf(rows, id), id);
    }
};

QTEST_APPLESS_MAIN(TestEndpointRows)
#include "tst_endpointrows.moc"
