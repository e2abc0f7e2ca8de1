// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/distribution/capability.h"

#include "core/base/units.h"
#include "core/identify/statistics/capability.h"
#include "core/identify/statistics/power.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace assay {
namespace {

constexpr size_t kMostPlaces = 40; ///< of an axis; beyond them a list tells nothing

struct Table
{
    size_t n = 0, referenceOnly = 0, subjectOnly = 0, reference = 0, subject = 0;
};

Table tableOf(std::span<const PairedItem> items, const std::string &group)
{
    Table table;
    for (const PairedItem &item : items) {
        if (item.group != group)
            continue;
        ++table.n;
        table.reference += item.reference;
        table.subject += item.subject;
        table.referenceOnly += item.reference && !item.subject;
        table.subjectOnly += item.subject && !item.reference;
    }
    return table;
}

/// Of the exact test beside what the reference answered, the alternative right as often as it was. Nothing is averaged over items before: that would
/// count how much they differ as chance, and promise power that is not there.
double powerAgainst(std::span<const PairedItem> items, const std::string &group, const std::string &alternative, double alpha)
{
    std::vector<double> missed, gained;
    for (const PairedItem &item : items) {
        if (item.group != group)
            continue;
        const double other = item.alternatives.at(alternative);
        if (item.reference)
            missed.push_back(1 - other);
        else
            gained.push_back(other);
    }
    return pairedPower(missed, gained, alpha);
}

/// Alternatives whose rates are known of every item that counts.
std::set<std::string> alternativesOf(std::span<const PairedItem> items, const std::string &group)
{
    std::set<std::string> out;
    bool first = true;
    for (const PairedItem &item : items) {
        if (!group.empty() && item.group != group)
            continue;
        std::set<std::string> here;
        for (const auto &[name, rate] : item.alternatives) {
            if (first || out.contains(name))
                here.insert(name);
        }
        out = std::move(here);
        first = false;
    }
    return out;
}

} // namespace

Evidence pairedItemsEvidence(std::span<const PairedItem> items, const std::string &group, const TestPlan &plan)
{
    const Table table = tableOf(items, group);
    Evidence out{.tier = Tier::Capability, .kind = Evidence::Kind::Test, .test = "capability." + group, .registered = plan.registered, .what = {}};
    out.n = int64_t(table.n);
    if (table.n == 0) {
        out.kind = Evidence::Kind::Note;
        out.registered = false;
        out.what = {ASSAY_TEXT("Identity", "No question was answered by both sides"), {}};
        return out;
    }
    const double n = double(table.n);
    out.p = mcnemarOneSided(table.referenceOnly, table.subjectOnly);
    out.effect = (double(table.reference) - double(table.subject)) / n;
    // Of no difference at all it is not known how many there would be: one is the least that n items support.
    out.detectable = detectableGap(std::max(1.0, double(table.referenceOnly + table.subjectOnly)) / n, table.n, plan.alpha);
    out.effectUnit = "accuracy";
    for (const std::string &name : alternativesOf(items, group))
        out.power.push_back({name, powerAgainst(items, group, name, plan.alpha)});
    out.what = {ASSAY_TEXT("Identity", "Of %1 questions the reference has %2 right and the subject %3; %4 only the reference, %5 only the subject"),
                {std::to_string(table.n), std::to_string(table.reference), std::to_string(table.subject), std::to_string(table.referenceOnly), std::to_string(table.subjectOnly)}};
    if (*out.p <= plan.alpha)
        out.benign = {{ASSAY_TEXT("Identity", "a chat template or a system prompt that the reference did not have"), {}},
                      {ASSAY_TEXT("Identity", "answers that were cut off by a limit of tokens"), {}}};
    out.numbers = {{"group", group}, {"reference_right", table.reference}, {"subject_right", table.subject},
                   {"only_reference", table.referenceOnly}, {"only_subject", table.subjectOnly}, {"null", "N1"}};
    return out;
}

std::optional<Evidence> itemsByAxis(std::span<const PairedItem> items, const std::string &group, const std::string &axis)
{
    std::map<double, std::vector<PairedItem>> places;
    for (const PairedItem &item : items) {
        if (const auto place = item.axes.find(axis); item.group == group && place != item.axes.end())
            places[place->second].push_back(item);
    }
    if (places.size() < 2 || places.size() > kMostPlaces)
        return std::nullopt;
    Evidence out{.tier = Tier::Capability, .kind = Evidence::Kind::Note, .test = "capability." + group + ".by_" + axis, .what = {}};
    std::string words;
    for (const auto &[place, there] : places) {
        const Table table = tableOf(there, group);
        out.n += int64_t(table.n);
        out.numbers.push_back({{axis, place}, {"n", table.n}, {"reference_right", table.reference}, {"subject_right", table.subject}});
        words += (words.empty() ? "" : "; ") + threeDigits(place) + ": " + std::to_string(table.reference) + ", " + std::to_string(table.subject) + " / " + std::to_string(table.n);
    }
    out.what = {ASSAY_TEXT("Identity", "Questions of %1 by %2, right by the reference and by the subject of those asked: %3"), {group, axis, words}};
    return out;
}

std::vector<Evidence> itemRatioEvidence(std::span<const PairedItem> items)
{
    std::vector<Evidence> out;
    for (const std::string &name : alternativesOf(items, {})) {
        std::vector<RatedItem> rated;
        for (const PairedItem &item : items)
            rated.push_back({item.subject, item.rate, item.alternatives.at(name)});
        const double ratio = capabilityLogRatio(rated);
        Evidence evidence{.tier = Tier::Capability, .kind = Evidence::Kind::Ratio, .test = "capability.ratio", .what = {}};
        evidence.logRatio = ratio;
        evidence.alternative = name;
        evidence.n = int64_t(items.size());
        evidence.what = {ASSAY_TEXT("Identity", "The answers to %1 questions are %2 times as likely from the reference as from %3"),
                         {std::to_string(items.size()), threeDigits(std::exp(std::clamp(ratio, -50.0, 50.0))), name}};
        out.push_back(std::move(evidence));
    }
    return out;
}

} // namespace assay
