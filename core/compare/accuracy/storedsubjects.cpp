// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/accuracy/storedsubjects.h"

#include "core/compare/joined.h"

#include <algorithm>
#include <array>
#include <set>

namespace assay {
namespace {

/// What tells one subject's runs from another's.
std::array<std::string, 5> keyOf(const EvaluationRun &run)
{
    const std::string scorer = run.protocol.tool.empty() ? std::string() : run.protocol.scorer; // Assay's own are judged anew at any time
    return {run.header.subject.path, run.header.subject.fingerprint, run.header.environment.dtype, run.protocol.tool, scorer};
}

const EvaluationRun &firstRun(const ComparedSubject &subject)
{
    return *subject.evaluations.front();
}

using Trait = std::string (*)(const EvaluationRun &run);
constexpr std::array<Trait, 4> kTraits{[](const EvaluationRun &run) { return run.header.environment.dtype; },
                                       [](const EvaluationRun &run) { return run.protocol.scorer; },
                                       [](const EvaluationRun &run) { return run.protocol.tool; },
                                       [](const EvaluationRun &run) { return run.header.startedAt; }};

/// Subjects of one name get what first tells them apart, else a number.
void tellApart(std::vector<ComparedSubject *> &alike)
{
    for (const Trait trait : kTraits) {
        std::set<std::string> values;
        for (const ComparedSubject *subject : alike)
            values.insert(trait(firstRun(*subject)));
        if (values.size() < alike.size() || values.contains({}))
            continue;
        for (ComparedSubject *subject : alike)
            subject->dtype = trait(firstRun(*subject));
        return;
    }
    for (size_t i = 0; i < alike.size(); ++i)
        alike[i]->dtype = std::to_string(i + 1);
}

bool has(const ComparedSubject &subject, const std::string &suite)
{
    return std::ranges::any_of(subject.evaluations, [&](const auto &run) { return run->protocol.suite == suite; });
}

} // namespace

std::vector<StoredSuite> storedSuites(const EvaluationList &runs)
{
    std::vector<StoredSuite> suites;
    for (const auto &run : newestOfEach(runs)) {
        auto suite = std::ranges::find(suites, run->protocol.suite, &StoredSuite::name);
        if (suite == suites.end()) {
            const EvaluationProtocol &protocol = run->protocol;
            suites.push_back({protocol.suite, protocol.suiteTitle.empty() ? protocol.suite : protocol.suiteTitle, 0});
            suite = suites.end() - 1;
        }
        ++suite->subjects;
    }
    return suites;
}

EvaluationList newestOfEach(const EvaluationList &runs)
{
    std::set<std::pair<std::string, std::array<std::string, 5>>> known;
    EvaluationList out;
    for (const auto &run : runs) {
        if (run && !run->items.empty() && known.emplace(run->protocol.suite, keyOf(*run)).second)
            out.push_back(run);
    }
    return out;
}

Comparison comparisonOf(const EvaluationList &runs)
{
    Comparison comparison;
    for (const auto &run : runs) {
        const auto same = std::ranges::find_if(comparison.subjects, [&](const ComparedSubject &subject) {
            return keyOf(firstRun(subject)) == keyOf(*run) && !has(subject, run->protocol.suite);
        });
        if (same == comparison.subjects.end())
            comparison.subjects.push_back({Role::Other, run->header.subject, nullptr, nullptr, {run}});
        else
            same->evaluations.push_back(run);
    }
    std::vector<std::string> names;
    std::map<std::string, std::vector<ComparedSubject *>> byName;
    for (ComparedSubject &subject : comparison.subjects) {
        names.push_back(subjectTitle(subject));
        byName[names.back()].push_back(&subject);
    }
    for (auto &[name, alike] : byName) {
        if (alike.size() > 1)
            tellApart(alike);
    }
    const std::vector<Role> roles = guessRoles(names, {});
    for (size_t i = 0; i < roles.size(); ++i)
        comparison.subjects[i].role = roles[i];
    return comparison;
}

size_t likelyReference(const Comparison &comparison)
{
    const auto full = std::ranges::find(comparison.subjects, Role::Full, &ComparedSubject::role);
    if (full != comparison.subjects.end())
        return size_t(full - comparison.subjects.begin());
    const std::string suite = headlineSuite(Joined(comparison));
    size_t best = 0;
    double most = -1;
    for (size_t i = 0; i < comparison.subjects.size(); ++i) {
        const EvaluationRun *run = evaluationOf(comparison.subjects[i], suite);
        const double rate = run ? accuracyOf(run->items).value : -1;
        if (rate > most) {
            most = rate;
            best = i;
        }
    }
    return best;
}

} // namespace assay
