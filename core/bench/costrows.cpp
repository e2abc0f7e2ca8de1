// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/budget.h"
#include "core/bench/metricrows.h"

namespace assay {
namespace {

using Level = std::optional<Estimate>;

double costOf(const RequestRow &row, const Prices &prices)
{
    return moneyOf({1, row.usage.prompt.value_or(row.askedPrompt), row.metrics.tokens, row.usage.cached.value_or(0)}, prices);
}

const Prices *pricesOf(const LevelContext &c)
{
    return c.plan.load && c.plan.load->prices ? &*c.plan.load->prices : nullptr;
}

/// Whether it was worked on, and so is paid for.
bool isPaid(const RequestRow &row)
{
    return !row.metrics.failed || row.first != kNever || row.usage.completion;
}

Level costPerRequest(const LevelContext &c)
{
    std::vector<double> costs;
    for (const RequestRow &row : c.level.rows) {
        if (pricesOf(c) && row.good())
            costs.push_back(costOf(row, *pricesOf(c)));
    }
    return costs.empty() ? std::nullopt : Level(RankedSamples(std::move(costs)).median());
}

Level costPerMillion(const LevelContext &c)
{
    double money = 0, tokens = 0;
    size_t n = 0;
    for (const RequestRow &row : c.level.rows) {
        if (!pricesOf(c) || row.warmup || row.unsettled || !isPaid(row))
            continue;
        money += costOf(row, *pricesOf(c));
        tokens += row.metrics.failed ? 0 : double(row.metrics.tokens);
        ++n;
    }
    const double each = money / tokens * 1e6;
    return tokens > 0 ? Level(Estimate{each, each, each, n, false}) : std::nullopt;
}

Level costOfAll(const LevelContext &c)
{
    double money = 0;
    size_t n = 0;
    for (const RequestRow &row : c.level.rows) {
        if (!pricesOf(c) || !isPaid(row))
            continue;
        money += costOf(row, *pricesOf(c));
        ++n;
    }
    return n > 0 ? Level(Estimate{money, money, money, n, false}) : std::nullopt;
}

std::string currency(const LevelContext &c)
{
    return pricesOf(c) ? pricesOf(c)->currency : std::string();
}

constexpr const char *kCost = ASSAY_TEXT("Metric", "Cost");

} // namespace

// clang-format off
std::vector<MetricRow> costRows()
{
    constexpr Better kLower = Better::Lower;
    return {
    {{"cost.request", kCost, ASSAY_TEXT("Metric", "Cost of a request"), Unit::Money, kLower,
      ASSAY_TEXT("Metric", "Endpoints: by the plan's prices and the server's counts, what it had cached at the price for that; median over "
                           "the counted requests."), true, true},
     {nullptr, nullptr, 0, nullptr, costPerRequest, currency}},
    {{"cost.million", kCost, ASSAY_TEXT("Metric", "Cost of a million output tokens"), Unit::Money, kLower,
      ASSAY_TEXT("Metric", "Endpoints: cost of everything that was answered or begun after the warm-up, prompts, failed answers and retries "
                           "included / output tokens of the good answers, times a million."), true, true},
     {nullptr, nullptr, 0, nullptr, costPerMillion, currency}},
    {{"cost.all", kCost, ASSAY_TEXT("Metric", "Cost of the measurement"), Unit::Money, kLower,
      ASSAY_TEXT("Metric", "Endpoints: cost of all requests under this load, warm-up included."), false, true},
     {nullptr, nullptr, 0, nullptr, costOfAll, currency}},
    };
}
// clang-format on

} // namespace assay
