// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/bench/decodingtext.h"
#include "core/compare/joined.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

/// What must agree for two measurements to be comparable, and the sentence that says that it does not.
struct EnvironmentRule
{
    std::string (*value)(const Environment &);
    const char *sentence; ///< %1 subject, %2 its value, %3 reference, %4 its value
    bool isDtype = false;
};

constexpr std::array<EnvironmentRule, 5> kRules{{
    {[](const Environment &e) { return e.host; },
     ASSAY_TEXT("Compare", "%1 was measured on the machine %2, %3 on %4: their times cannot be compared.")},
    {[](const Environment &e) { return e.deviceName.empty() ? e.device : e.device + " (" + e.deviceName + ")"; },
     ASSAY_TEXT("Compare", "%1 was measured on the device %2, %3 on %4: their times and memory cannot be compared.")},
    {[](const Environment &e) { return e.dtype; },
     ASSAY_TEXT("Compare", "%1 was computed in %2, %3 in %4: the dtype changes speed and memory."), true},
    {[](const Environment &e) { return std::to_string(e.threads); },
     ASSAY_TEXT("Compare", "%1 was measured with %2 {2:thread|threads}, %3 with %4.")},
    {[](const Environment &e) { return e.worker + " / libtorch " + e.libtorch; },
     ASSAY_TEXT("Compare", "%1 was measured by worker %2, %3 by worker %4.")},
}};

class WarningWriter
{
public:
    WarningWriter(const Comparison &comparison, const Translate &translate)
        : m_comparison(comparison), m_joined(comparison), m_words{translate}
    {
    }

    std::vector<std::string> write()
    {
        for (size_t i = 0; i < m_joined.size(); ++i) {
            checkEnvironment(i);
            checkBench(i);
            checkEvaluations(i);
        }
        return std::move(m_warnings);
    }

private:
    std::string name(size_t i) const { return subjectTitle(m_comparison.subjects[i], m_words.translate); }
    void warn(const char *sentence, const std::vector<std::string> &arguments) { m_warnings.push_back(m_words(sentence, arguments)); }

    /// Whether that is the question: one model beside itself in another dtype, each called after its own.
    bool sameInOtherDtype(size_t i) const
    {
        const ComparedSubject &mine = m_comparison.subjects[i], &reference = m_comparison.subjects[m_joined.reference];
        return !mine.dtype.empty() && !reference.dtype.empty() && mine.subject == reference.subject;
    }

    void checkEnvironment(size_t i)
    {
        const auto &mine = m_comparison.subjects[i].bench;
        const auto &reference = m_comparison.subjects[m_joined.reference].bench;
        if (i == m_joined.reference || !mine || !reference || mine->plan.load || reference->plan.load)
            return;
        for (const EnvironmentRule &rule : kRules) {
            if (rule.isDtype && sameInOtherDtype(i))
                continue;
            const std::string here = rule.value(mine->header.environment);
            const std::string there = rule.value(reference->header.environment);
            if (here != there)
                warn(rule.sentence, {name(i), here, name(m_joined.reference), there});
        }
        const std::string here = decodingText(*mine, m_words.translate), there = decodingText(*reference, m_words.translate);
        if (!here.empty() && !there.empty() && here != there)
            warn(ASSAY_TEXT("Compare", "The tokens of %1 were decoded %2, those of %3 %4: this changes the time per token."),
                 {name(i), here, name(m_joined.reference), there});
    }

    void checkBench(size_t i)
    {
        const auto &bench = m_comparison.subjects[i].bench;
        if (!bench)
            return;
        if (bench->header.state == RunState::Failed)
            warn(ASSAY_TEXT("Compare", "The measurement of %1 failed: %2"), {name(i), bench->header.error});
        if (bench->header.state == RunState::Cancelled)
            warn(ASSAY_TEXT("Compare", "The measurement of %1 was cancelled; what was measured before is shown."), {name(i)});
        if (bench->header.endedEarly)
            warn(ASSAY_TEXT("Compare", "The measurement of %1 %2."), {name(i), endedEarlyText(*bench->header.endedEarly, m_words.translate)});
        if (m_joined.point && !hasSamples(*bench, *m_joined.point) && bench->header.state == RunState::Finished)
            warn(ASSAY_TEXT("Compare", "%1 was not measured under the shown load (%2)."),
                 {name(i), comparedText(m_joined.comparison, *m_joined.point, m_words.translate)});
        if (bench->plan.load && anyLocal())
            warn(ASSAY_TEXT("Compare", "%1 is an endpoint: on what it runs and what else it does is not known, and the network is in its "
                                       "times."),
                 {name(i)});
        checkLoad(i, *bench);
        checkOutput(i, *bench);
    }

    bool anyLocal() const
    {
        return std::any_of(m_comparison.subjects.begin(), m_comparison.subjects.end(),
                           [](const ComparedSubject &subject) { return subject.bench && !subject.bench->plan.load; });
    }

    /// A run keeps at most its own threads busy; a load average beyond the cores was somebody else's.
    void checkLoad(size_t i, const BenchRun &bench)
    {
        const int cores = bench.header.environment.cores;
        double most = 0;
        for (const MeasureSample &sample : bench.samples)
            most = std::max(most, sample.load1);
        if (cores > 0 && most > double(cores) + 0.5)
            warn(ASSAY_TEXT("Compare", "The machine was busy with other work while %1 was measured (load average up to %2 on %3 "
                                       "cores): its times may be too long."),
                 {name(i), threeDigits(most), std::to_string(cores)});
    }

    void checkOutput(size_t i, const BenchRun &bench)
    {
        uint64_t most = 0;
        for (const MeasureSample &sample : bench.samples)
            most = std::max(most, sample.notFinite);
        if (most > 0)
            warn(ASSAY_TEXT("Compare", "The output of %1 holds %2 {2:number that is|numbers that are} NaN or infinite: random inputs may be "
                                       "none that it was made for."),
                 {name(i), std::to_string(most)});
    }

    void checkEvaluations(size_t i)
    {
        for (const auto &run : m_comparison.subjects[i].evaluations) {
            if (!run)
                continue;
            const EvaluationProtocol &protocol = run->protocol;
            if (run->header.state == RunState::Failed)
                warn(ASSAY_TEXT("Compare", "The evaluation of %1 on %2 failed: %3"), {name(i), protocol.suite, run->header.error});
            const std::vector<std::string> answered{name(i), std::to_string(run->items.size()),
                                                    std::to_string(protocol.suiteItems), protocol.suite};
            if (run->header.state == RunState::Running)
                warn(ASSAY_TEXT("Compare", "%1 is still being asked: %2 of the %3 {3:item|items} of %4 {2:is|are} answered, the others may be "
                                           "easier or harder."),
                     answered);
            else if (run->header.endedEarly)
                warn(ASSAY_TEXT("Compare", "The evaluation of %1 on %2 %3."),
                     {name(i), protocol.suite, endedEarlyText(*run->header.endedEarly, m_words.translate)});
            else if (run->items.size() < protocol.suiteItems)
                warn(ASSAY_TEXT("Compare", "%1 answered only %2 of the %3 {3:item|items} of %4."), answered);
            checkAgainstReference(i, *run);
        }
    }

    void checkAgainstReference(size_t i, const EvaluationRun &run)
    {
        const EvaluationRun *other = evaluationOf(m_comparison.subjects[m_joined.reference], run.protocol.suite);
        if (i == m_joined.reference || !other)
            return;
        const std::string &suite = run.protocol.suite;
        if (!sameSuite(run, *other)) {
            warn(ASSAY_TEXT("Compare", "%1 and %2 were evaluated on different versions of the suite %3: they are not paired."),
                 {name(i), name(m_joined.reference), suite});
            return;
        }
        if (run.header.environment.dtype != other->header.environment.dtype && !sameInOtherDtype(i))
            warn(ASSAY_TEXT("Compare", "On %3 %1 was computed in %4, %2 in %5."),
                 {name(i), name(m_joined.reference), suite, run.header.environment.dtype, other->header.environment.dtype});
        if (run.protocol.temperature != other->protocol.temperature)
            warn(ASSAY_TEXT("Compare", "On %3 %1 was sampled at temperature %4, %2 at %5."),
                 {name(i), name(m_joined.reference), suite, threeDigits(run.protocol.temperature),
                  threeDigits(other->protocol.temperature)});
    }

    const Comparison &m_comparison;
    Joined m_joined;
    Words m_words;
    std::vector<std::string> m_warnings;
};

} // namespace

std::vector<std::string> comparisonWarnings(const Comparison &comparison, const Translate &translate)
{
    return WarningWriter(comparison, translate).write();
}

} // namespace assay
