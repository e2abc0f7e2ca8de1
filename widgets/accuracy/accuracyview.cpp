// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/accuracyview.h"

#include "core/compare/joined.h"
#include "core/service/translation.h"

#include <algorithm>
#include <set>

namespace assay {
namespace {

/// Only the runs on this suite.
void keepSuite(Comparison &comparison, const std::string &suite)
{
    for (ComparedSubject &subject : comparison.subjects)
        std::erase_if(subject.evaluations, [&](const auto &run) { return !run || run->protocol.suite != suite; });
}

EvaluationList runsOf(const Comparison &comparison)
{
    EvaluationList runs;
    for (const ComparedSubject &subject : comparison.subjects)
        runs.push_back(subject.evaluations.empty() ? nullptr : subject.evaluations.front());
    return runs;
}

/// Runs that were asked something else cannot stand beside the reference's: their items only look alike.
void dropOtherVersions(EvaluationList &runs, size_t reference)
{
    const auto first = std::find_if(runs.begin(), runs.end(), [](const auto &run) { return run != nullptr; });
    const auto kept = reference < runs.size() && runs[reference] ? runs[reference] : first == runs.end() ? nullptr : *first;
    for (auto &run : runs) {
        if (run && kept && !sameSuite(*run, *kept))
            run = nullptr;
    }
}

std::vector<StoredSuite> openSuitesOf(const Comparison &comparison)
{
    EvaluationList runs;
    for (const ComparedSubject &subject : comparison.subjects)
        runs.insert(runs.end(), subject.evaluations.begin(), subject.evaluations.end());
    return storedSuites(runs);
}

bool has(const std::vector<StoredSuite> &suites, const std::string &name)
{
    return std::ranges::find(suites, name, &StoredSuite::name) != suites.end();
}

/// The stored suites of which somebody answered who is not open.
std::vector<StoredSuite> othersSuites(const EvaluationList &stored, const Comparison &open)
{
    std::set<std::string> shown;
    for (const ComparedSubject &subject : open.subjects) {
        for (const auto &run : subject.evaluations)
            shown.insert(run->header.id);
    }
    std::vector<StoredSuite> suites = storedSuites(stored);
    const EvaluationList newest = newestOfEach(stored);
    std::erase_if(suites, [&](const StoredSuite &suite) {
        return std::ranges::all_of(newest, [&](const auto &run) { return run->protocol.suite != suite.name || shown.contains(run->header.id); });
    });
    return suites;
}

/// What is shown when nobody chose, or what was chosen is gone.
AccuracyChoice settled(AccuracyChoice choice, const AccuracyView &view, const Comparison &open)
{
    if (!choice.suite.empty() && has(choice.stored ? view.storedSuites : view.openSuites, choice.suite))
        return choice;
    choice.stored = view.openSuites.empty();
    choice.suite.clear();
    if (!choice.stored)
        choice.suite = headlineSuite(Joined(open));
    else if (!view.storedSuites.empty())
        choice.suite = std::ranges::max_element(view.storedSuites, {}, &StoredSuite::subjects)->name;
    return choice;
}

Comparison chosenComparison(const AccuracySource &source, const AccuracyView &view)
{
    if (!view.choice.stored) {
        Comparison comparison = source.open;
        keepSuite(comparison, view.choice.suite);
        return comparison;
    }
    EvaluationList runs = newestOfEach(source.stored);
    std::erase_if(runs, [&](const auto &run) { return run->protocol.suite != view.choice.suite; });
    std::ranges::stable_sort(runs, {}, [](const auto &run) { return run->header.subject.name; });
    Comparison comparison = comparisonOf(runs);
    comparison.reference = likelyReference(comparison);
    comparison.margin = source.open.margin;
    comparison.fidelity = source.open.fidelity;
    comparison.routingCost = source.open.routingCost;
    return comparison;
}

std::optional<Asking> askingOf(const EvaluationList &runs)
{
    const auto run = std::ranges::find_if(runs, [](const auto &one) { return one && !one->items.empty(); });
    if (run == runs.end())
        return std::nullopt;
    const uint8_t flags = (*run)->items.chunks().front()->flags.front();
    return (flags & RowChunk::HasChoices) ? Asking::Choice : (flags & RowChunk::HasText) ? Asking::Text
         : (flags & RowChunk::HasClasses) ? Asking::Image : Asking::Generate;
}

/// Apart from the charts of answers: they are of texts, whatever suite is looked at.
void showFidelity(AccuracyView &view, const Comparison &comparison, std::vector<ChartSpec> charts, const Translate &translate)
{
    const auto first = std::ranges::stable_partition(charts, [](const ChartSpec &chart) { return !chart.id.starts_with("fidelity_"); }).begin();
    view.fidelityCharts.assign(std::make_move_iterator(first), std::make_move_iterator(charts.end()));
    charts.erase(first, charts.end());
    view.charts = std::move(charts);
    view.fidelityFigures.subjects = columnsOf(comparison);
    view.fidelityFigures.reference = comparison.reference;
    view.fidelityFigures.rows = fidelityTable(comparison, translate);
}

} // namespace

AccuracyView accuracyViewOf(AccuracySource source)
{
    const Translate translate = qtTranslate();
    AccuracyView view;
    view.openSuites = openSuitesOf(source.open);
    view.storedSuites = othersSuites(source.stored, source.open);
    view.choice = settled(source.choice, view, source.open);
    if (view.choice.suite.empty()) {
        if (!source.open.fidelity.empty())
            showFidelity(view, source.open, fidelityCharts(source.open, translate), translate);
        return view;
    }
    Comparison comparison = chosenComparison(source, view);
    view.subjects = columnsOf(comparison);
    const auto chosen = std::ranges::find(view.subjects, view.choice.reference, &ComparedColumn::name);
    if (!view.choice.reference.empty() && chosen != view.subjects.end())
        comparison.reference = size_t(chosen - view.subjects.begin());
    view.reference = std::min(comparison.reference, comparison.subjects.size() - 1);
    view.headline = accuracySentence(comparison, translate);
    showFidelity(view, comparison, accuracyCharts(comparison, translate), translate);
    EvaluationList runs = runsOf(comparison);
    dropOtherVersions(runs, view.reference);
    for (const auto &run : runs) {
        if (run && std::ranges::find(view.judges, run->protocol.scorer) == view.judges.end())
            view.judges.push_back(run->protocol.scorer);
    }
    view.asking = askingOf(runs);
    view.table = source.shown && source.shown->allRuns() == runs ? std::move(source.shown) : std::make_shared<const AnswerTable>(std::move(runs));
    return view;
}

} // namespace assay
