// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/fidelity/fidelitycomparison.h"

#include "core/base/units.h"
#include "core/evaluate/evaluation.h"
#include "core/model/weightvariant.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace assay {
namespace {

constexpr std::array<PublishedDivergence, 5> kPublished{
    {{"q8_0", 0.00136}, {"q6_K", 0.0055}, {"q5_K_M", 0.0108}, {"Q3_K_M", 0.051}, {"Q3_K_S", 0.164}}};

bool sameWeights(const SubjectRef &run, const SubjectRef &subject)
{
    if (!run.fingerprint.empty() && !subject.fingerprint.empty())
        return run.fingerprint == subject.fingerprint;
    return run.path == subject.path;
}

/// A what-if is a subject of its own, called after its dtype.
bool isOf(const FidelityRun &run, const ComparedSubject &subject)
{
    if (!sameWeights(run.header.subject, subject.subject))
        return false;
    return subject.dtype.empty() ? !isWhatIf(run.protocol.dtype) : run.protocol.dtype == subject.dtype;
}

/// What must be the same of runs that stand side by side.
auto wayOf(const FidelityRun &run)
{
    const FidelityProtocol &p = run.protocol;
    const std::string &reference = p.reference.fingerprint.empty() ? p.reference.path : p.reference.fingerprint;
    return std::tuple(reference, p.referenceDtype, p.source, p.text, p.textFingerprint, p.cut);
}

FidelityGroup groupOf(const FidelityRun &run, const Translate &translate)
{
    const FidelityProtocol &p = run.protocol;
    FidelityGroup group;
    group.reference = p.reference.name.empty() ? p.reference.path : p.reference.name;
    if (isWhatIf(p.referenceDtype))
        group.reference += " (" + dtypeText(p.referenceDtype, translate) + ")";
    group.source = translate("Fidelity", fidelitySourceName(p.source));
    group.text = p.cut.empty() ? p.text : p.text + ", " + p.cut;
    return group;
}

FidelityColumn columnOf(size_t subject, const std::shared_ptr<const FidelityRun> &run)
{
    FidelityColumn column;
    column.subject = subject;
    column.run = run;
    column.figures = figuresOf(run->columns);
    column.objective = objectiveOf(run->columns, run->protocol.temperature, run->protocol.alpha);
    column.written = figuresOf(run->written);
    return column;
}

/// Long answers are read from the store one by one: so many keep nobody waiting.
constexpr size_t kMostRead = 2000;

bool isQuick(const ItemRows &rows)
{
    size_t read = 0;
    for (const auto &chunk : rows.chunks()) {
        for (size_t row = 0; row < chunk->size(); ++row) {
            const auto outcome = Outcome(chunk->outcome[row]);
            const bool judged = outcome == Outcome::Right || outcome == Outcome::Wrong;
            read += judged && chunk->extracted[row].empty() && !chunk->texts[row] ? 1 : 0;
        }
    }
    return read <= kMostRead;
}

} // namespace

std::vector<FidelityGroup> fidelityGroups(const Comparison &comparison, const Translate &translate)
{
    std::vector<FidelityGroup> groups;
    for (const auto &run : comparison.fidelity) {
        for (size_t subject = 0; run && subject < comparison.subjects.size(); ++subject) {
            if (!isOf(*run, comparison.subjects[subject]))
                continue;
            auto group = std::ranges::find_if(groups, [&](const FidelityGroup &one) { return wayOf(*one.columns.front().run) == wayOf(*run); });
            if (group == groups.end())
                group = groups.insert(groups.end(), groupOf(*run, translate));
            // The newest come first.
            if (std::ranges::none_of(group->columns, [&](const FidelityColumn &one) { return one.subject == subject; }))
                group->columns.push_back(columnOf(subject, run));
        }
    }
    for (FidelityGroup &group : groups)
        std::ranges::sort(group.columns, {}, &FidelityColumn::subject);
    std::ranges::stable_sort(groups, std::ranges::greater(), [](const FidelityGroup &group) { return group.columns.size(); });
    return groups;
}

std::vector<AnswerColumn> answerColumns(const Joined &joined, const SuiteView &suite)
{
    std::vector<AnswerColumn> columns;
    const auto &subjects = joined.comparison.subjects;
    const EvaluationRun *reference = evaluationOf(subjects[joined.reference], suite.name);
    for (size_t subject = 0; reference && subject < subjects.size(); ++subject) {
        const EvaluationRun *other = evaluationOf(subjects[subject], suite.name);
        if (subject == joined.reference || !other || !sameSuite(*reference, *other) || !isQuick(reference->items) || !isQuick(other->items))
            continue;
        AnswerFidelity answers = answerFidelity(reference->items, other->items);
        if (answers.items > 0)
            columns.push_back({subject, std::move(answers)});
    }
    return columns;
}

std::span<const PublishedDivergence> publishedDivergences()
{
    return kPublished;
}

std::string bandOf(double nats, const Translate &translate)
{
    const Words words{translate};
    const auto above = std::ranges::find_if(kPublished, [&](const PublishedDivergence &one) { return nats < one.nats; });
    if (above == kPublished.begin())
        return words(ASSAY_TEXT("Compare", "below %1"), {above->name});
    if (above == kPublished.end())
        return words(ASSAY_TEXT("Compare", "above %1"), {kPublished.back().name});
    return words(ASSAY_TEXT("Compare", "%1 to %2"), {std::prev(above)->name, above->name});
}

std::string boundSign(const FidelityColumn &column)
{
    return column.lowerBound() ? "\u2265 " : "";
}

std::string figureText(const Estimate &estimate, const MeanError &error, double scale)
{
    if (estimate.hasInterval && std::isfinite(estimate.low) && std::isfinite(estimate.high))
        return threeDigits(estimate.value * scale) + " [" + threeDigits(estimate.low * scale) + ", " + threeDigits(estimate.high * scale) + "]";
    if (std::isfinite(error.error))
        return threeDigits(error.mean * scale) + " \u00b1 " + threeDigits(error.error * scale);
    return threeDigits(error.mean * scale);
}

} // namespace assay
