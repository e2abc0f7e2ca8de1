// SPDX-License-Identifier: GPL-3.0-or-later
// Sorts evidence into what a verdict asks of it.
#include "core/identify/judgement.h"

#include "core/evaluate/statistics/standing.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace assay {
namespace {

using Kind = Evidence::Kind;

constexpr const char *kTensors = "tensors"; // the channel of what was counted in local files
constexpr const char *kFiles = "files";     // of what local files declare

std::vector<const Evidence *> sorted(std::span<const Evidence> evidence)
{
    std::vector<const Evidence *> out;
    for (const Evidence &one : evidence)
        out.push_back(&one);
    const auto key = [](const Evidence *one) {
        return std::tie(one->tier, one->test, one->channel, one->day, one->alternative, one->what.text, one->what.arguments);
    };
    std::stable_sort(out.begin(), out.end(), [&](const Evidence *a, const Evidence *b) { return key(a) < key(b); });
    return out;
}

void addContradiction(Findings &out, const Evidence &one)
{
    if (!tierDecides(one.tier)) {
        out.weak.push_back(&one);
        return;
    }
    out.contradictions.push_back(&one);
    if (!one.channel.empty()) // without a name nobody knows of what it is independent
        out.channels.insert(one.channel);
    if (!one.day.empty())
        out.days.insert(one.day);
    if (one.tier == Tier::Weights && one.channel == kTensors && !out.counted)
        out.counted = &one;
    // A folder that says of itself that it is another model needs no second witness.
    if (one.tier == Tier::Declared && one.channel == kFiles && !out.declared)
        out.declared = &one;
}

bool isMade(const Evidence &one, const std::string &test)
{
    return one.kind == Kind::Test && one.registered && one.test == test && tierDecides(one.tier) && one.p && *one.p >= 0 && *one.p <= 1;
}

/// What was planned; where nothing says so, what calls itself registered.
std::vector<std::string> plannedTests(std::span<const Evidence> evidence, const VerdictRules &rules)
{
    std::set<std::string> ids(rules.registered.begin(), rules.registered.end());
    if (ids.empty()) {
        for (const Evidence &one : evidence) {
            if (isMade(one, one.test))
                ids.insert(one.test);
        }
    }
    return {ids.begin(), ids.end()};
}

/// Exploratory tests promise nothing: their size was not fixed beforehand.
bool promisesPower(const Evidence &one, const std::vector<HolmRow> &tests)
{
    if (one.kind == Kind::Consistent || one.kind == Kind::Match)
        return true;
    return std::any_of(tests.begin(), tests.end(), [&](const HolmRow &row) { return isMade(one, row.test); });
}

std::vector<AlternativePower> powerOf(const std::vector<const Evidence *> &evidence, const std::vector<std::string> &alternatives, const std::vector<HolmRow> &tests)
{
    std::vector<AlternativePower> out;
    for (const std::string &alternative : alternatives) {
        AlternativePower best{alternative};
        for (const Evidence *one : evidence) {
            if (!promisesPower(*one, tests))
                continue;
            for (const Power &power : one->power) {
                if (power.alternative == alternative && std::isfinite(power.value)) {
                    best.value = std::max(best.value, power.value);
                    best.asked = true;
                }
            }
        }
        out.push_back(std::move(best));
    }
    return out;
}

} // namespace

std::vector<HolmRow> holmFamily(std::span<const Evidence> evidence, const VerdictRules &rules)
{
    std::vector<HolmRow> rows;
    std::vector<double> ps;
    for (const std::string &test : plannedTests(evidence, rules)) {
        double least = 1, runs = 0;
        for (const Evidence &one : evidence) {
            if (isMade(one, test)) {
                least = std::min(least, *one.p);
                ++runs;
            }
        }
        HolmRow row{test};
        row.made = runs > 0;
        row.p = std::min(1.0, least * std::max(runs, 1.0));
        ps.push_back(row.p);
        rows.push_back(std::move(row));
    }
    const std::vector<double> adjusted = holmAdjusted(ps);
    for (size_t i = 0; i < rows.size(); ++i) {
        rows[i].adjusted = adjusted[i];
        rows[i].rejected = rows[i].made && adjusted[i] <= rules.alpha;
    }
    return rows;
}

Findings findingsOf(std::span<const Evidence> evidence, const VerdictRules &rules)
{
    Findings out;
    const std::vector<const Evidence *> all = sorted(evidence);
    for (const Evidence *one : all) {
        if (one->kind != Kind::Note)
            out.looked.insert(one->tier);
        if (one->kind == Kind::Contradiction)
            addContradiction(out, *one);
        if (one->kind == Kind::Match && one->tier == Tier::Weights && rules.weightsHere && !out.match)
            out.match = one;
        if (one->kind == Kind::Consistent && one->tier == Tier::Weights && rules.weightsHere)
            out.weightsAsClaimed = true;
    }
    for (const Evidence *one : all) {
        const auto sameTier = [&](const Evidence *other) { return other->tier == one->tier && other->channel != one->channel; };
        if (one->kind == Kind::Consistent && !one->channel.empty() && std::any_of(out.contradictions.begin(), out.contradictions.end(), sameTier))
            out.agreeing.insert(one->channel);
    }
    out.tests = holmFamily(evidence, rules);
    out.power = powerOf(all, rules.alternatives, out.tests);
    out.mixtures = powerOf(all, rules.mixtures, out.tests);
    return out;
}

bool Findings::rejected() const
{
    return std::any_of(tests.begin(), tests.end(), [](const HolmRow &row) { return row.rejected; });
}

std::vector<AlternativePower> Findings::missedMixtures(double wanted) const
{
    std::vector<AlternativePower> out;
    std::copy_if(mixtures.begin(), mixtures.end(), std::back_inserter(out), [&](const AlternativePower &one) { return one.value < wanted; });
    return out;
}

std::vector<std::string> Findings::missed(double wanted) const
{
    std::vector<std::string> out;
    for (const AlternativePower &one : power) {
        if (one.value < wanted)
            out.push_back(one.alternative);
    }
    return out;
}

} // namespace assay
