// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/compare/joined.h"
#include "core/evaluate/suite.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr size_t kMostSentences = 3; // subjects that the headline speaks about; the table has all
constexpr const char *kDifficulty = "difficulty";

enum Known { Nothing, Speed, SpeedAndMemory, KnownCount };
enum Kept { Unmeasured, NoneRight, Unresolved, Less, More, KeptCount };

// %1 subject, %2 reference, %3 share of accuracy, %4 speed ratio, %5 memory ratio, %6 n, %7 suite. A sentence is translated whole.
constexpr std::array<std::array<const char *, KnownCount>, KeptCount> kSentences{{
    {{"",
      ASSAY_TEXT("Compare", "%1 runs at %4 times the speed of %2; accuracy is not compared yet."),
      ASSAY_TEXT("Compare", "%1 runs at %4 times the speed of %2 in %5 times its memory; accuracy is not compared yet.")}},
    {{ASSAY_TEXT("Compare", "%2 is right on none of the %6 shared {6:item|items} of %7, so no share of its accuracy can be given for %1."),
      ASSAY_TEXT("Compare", "%1 runs at %4 times the speed of %2; %2 is right on none of the %6 shared {6:item|items} of %7, so no share "
                            "of its accuracy can be given."),
      ASSAY_TEXT("Compare", "%1 runs at %4 times the speed of %2 in %5 times its memory; %2 is right on none of the %6 shared "
                            "{6:item|items} of %7, so no share of its accuracy can be given.")}},
    {{ASSAY_TEXT("Compare", "The accuracy gap between %1 and %2 on %7 is not resolved (share %3, n = %6); speed and memory are not "
                            "compared yet."),
      ASSAY_TEXT("Compare", "The accuracy gap between %1 and %2 on %7 is not resolved (share %3, n = %6), at %4 times the speed."),
      ASSAY_TEXT("Compare", "The accuracy gap between %1 and %2 on %7 is not resolved (share %3, n = %6), at %4 times the speed and "
                            "%5 times the memory.")}},
    {{ASSAY_TEXT("Compare", "%1 keeps %3 of %2's accuracy on %7 (n = %6); speed and memory are not compared yet."),
      ASSAY_TEXT("Compare", "%1 keeps %3 of %2's accuracy on %7 (n = %6) at %4 times its speed."),
      ASSAY_TEXT("Compare", "%1 keeps %3 of %2's accuracy on %7 (n = %6) at %4 times its speed and %5 times its memory.")}},
    {{ASSAY_TEXT("Compare", "%1 reaches %3 of %2's accuracy on %7 (n = %6); speed and memory are not compared yet."),
      ASSAY_TEXT("Compare", "%1 reaches %3 of %2's accuracy on %7 (n = %6) at %4 times its speed."),
      ASSAY_TEXT("Compare", "%1 reaches %3 of %2's accuracy on %7 (n = %6) at %4 times its speed and %5 times its memory.")}},
}};

/// The hardest items of a suite: for each task the last point of its curve over the axis.
class HardestTier
{
public:
    explicit HardestTier(const EvaluationRun &run)
    {
        std::map<std::string, ItemRows> tasks;
        for (const ItemResult &item : run.items.lightRows()) {
            ItemResult light; // the outputs are long and not asked for
            light.axes = item.axes;
            tasks[item.task].push_back(light);
        }
        std::vector<std::string> axes = axesOf(run.items);
        std::erase(axes, kQuestionLength); // long is not hard
        if (axes.empty())
            return;
        m_axis = std::find(axes.begin(), axes.end(), kDifficulty) != axes.end() ? kDifficulty : axes.front();
        for (const auto &[task, items] : tasks) {
            const std::vector<CurvePoint> curve = accuracyCurve(items, m_axis);
            if (curve.size() > 1)
                m_from[task] = curve.back().from;
        }
    }

    const std::string &axis() const { return m_axis; }
    bool holds(const ItemResult &item) const
    {
        const auto from = m_from.find(item.task);
        const auto value = item.axes.find(m_axis);
        return from != m_from.end() && value != item.axes.end() && value->second >= from->second;
    }

private:
    std::string m_axis;
    std::map<std::string, double> m_from; ///< by task
};

class Writer
{
public:
    Writer(const Comparison &comparison, const Translate &translate)
        : m_comparison(comparison), m_joined(comparison), m_words{translate},
          m_suite(m_joined.size() > 0 ? headlineSuite(m_joined) : std::string())
    {
    }

    std::string write()
    {
        if (m_joined.size() == 0)
            return m_words(ASSAY_TEXT("Compare", "No subjects are open."));
        if (m_joined.size() == 1)
            return alone();
        for (size_t subject : spokenOf())
            addAgainstReference(subject);
        addGain();
        if (m_text.empty())
            return m_words(ASSAY_TEXT("Compare", "Nothing is compared yet: measure at least two subjects under the same load or "
                                                 "on the same suite."));
        addUnmeasured();
        return m_text;
    }

private:
    const ComparedSubject &subject(size_t i) const { return m_comparison.subjects[i]; }
    std::string name(size_t i) const { return spokenName(m_comparison, i, m_words.translate); }

    std::optional<size_t> firstOf(Role role) const
    {
        for (size_t i = 0; i < m_joined.size(); ++i) {
            if (subject(i).role == role)
                return i;
        }
        return std::nullopt;
    }

    /// Whom the headline speaks about: the base only where there is no distilled one to speak about.
    std::vector<size_t> spokenOf() const
    {
        const bool distilled = firstOf(Role::Distilled).has_value();
        std::vector<size_t> out;
        for (size_t i = 0; i < m_joined.size() && out.size() < kMostSentences; ++i) {
            if (i != m_joined.reference && !(distilled && subject(i).role == Role::Base))
                out.push_back(i);
        }
        return out;
    }

    void add(const std::string &sentence)
    {
        // Chinese puts no space between sentences.
        m_text = m_text.empty() ? sentence : m_words(ASSAY_TEXT("Compare", "%1 %2"), {m_text, sentence});
    }

    static Kept keptOf(const PairedResult &pair, const Estimate &ratio)
    {
        if (pair.n == 0)
            return Unmeasured;
        if (ratio.n == 0)
            return NoneRight;
        if (pair.p >= kSignificance)
            return Unresolved;
        return ratio.value < 1 ? Less : More;
    }

    void addAgainstReference(size_t i)
    {
        const size_t reference = m_joined.reference;
        const PairedResult pair = pairedOn(m_suite, subject(i), subject(reference));
        const Estimate share = accuracyRatio(pair);
        const std::optional<Estimate> speed = speedRatio(m_joined, i, reference);
        const std::optional<Estimate> memory = memoryRatio(m_joined, i, reference);
        const Known known = !speed ? Nothing : memory ? SpeedAndMemory : Speed;
        const char *sentence = kSentences[keptOf(pair, share)][known];
        if (*sentence == '\0')
            return;
        add(m_words(sentence, {name(i), name(reference), formatEstimate(Unit::Rate, share), speed ? formatRatio(*speed) : "-",
                               memory ? formatRatio(*memory) : "-", std::to_string(pair.n), m_suite}));
        if (speed && speed->hasInterval && speed->low <= 1 && speed->high >= 1)
            add(m_words(ASSAY_TEXT("Compare", "The speeds of %1 and %2 do not differ beyond their noise."), {name(i), name(reference)}));
        addHardestTier(i);
    }

    void addHardestTier(size_t i)
    {
        const size_t reference = m_joined.reference;
        const EvaluationRun *run = evaluationOf(subject(reference), m_suite);
        if (!run)
            return;
        const HardestTier tier(*run);
        const auto inTier = [&](const ItemResult &item) { return tier.holds(item); };
        const PairedResult pair = pairedOn(m_suite, subject(i), subject(reference), inTier);
        if (pair.n == 0)
            return;
        const std::vector<std::string> arguments{name(i),
                                                 name(reference),
                                                 tier.axis(),
                                                 formatPercent(pair.means.first),
                                                 formatPercent(pair.means.second),
                                                 formatP(pair.p),
                                                 std::to_string(pair.n)};
        add(pair.p < kSignificance
                ? m_words(ASSAY_TEXT("Compare", "On the hardest tier (%3) %1 is right on %4 of the items and %2 on %5 (%6, n = %7)."),
                          arguments)
                : m_words(ASSAY_TEXT("Compare", "On the hardest tier (%3) the gap between %1 and %2 is not resolved: %4 against %5 "
                                                "(%6, n = %7)."),
                          arguments));
    }

    /// What distilling gained: the distilled one against the base one, item by item.
    void addGain()
    {
        const std::optional<size_t> distilled = firstOf(Role::Distilled);
        const std::optional<size_t> base = firstOf(Role::Base);
        if (!distilled || !base)
            return;
        const PairedResult pair = pairedOn(m_suite, subject(*distilled), subject(*base));
        if (pair.n == 0)
            return;
        const std::vector<std::string> arguments{formatPoints(pair.difference), name(*base), formatP(pair.p),
                                                 std::to_string(pair.n), m_suite};
        if (pair.p >= kSignificance)
            add(m_words(ASSAY_TEXT("Compare", "What distilling gained over %2 is not resolved: %1 percentage points of accuracy "
                                              "on %5 (%3, n = %4)."),
                        arguments));
        else if (pair.difference.value > 0)
            add(m_words(ASSAY_TEXT("Compare", "Distilling gained %1 percentage points of accuracy over %2 on %5 (%3, n = %4)."), arguments));
        else
            add(m_words(ASSAY_TEXT("Compare", "Distilling cost accuracy: it differs from that of %2 by %1 percentage "
                                              "points on %5 (%3, n = %4)."),
                        arguments));
    }

    bool measured(size_t i) const
    {
        const auto &runs = subject(i).evaluations;
        return !m_joined.metrics[i].empty()
               || std::any_of(runs.begin(), runs.end(), [](const auto &run) { return run && !run->items.empty(); });
    }

    void addUnmeasured()
    {
        std::string names;
        for (size_t i = 0; i < m_joined.size(); ++i) {
            if (!measured(i))
                names += (names.empty() ? "" : ", ") + name(i);
        }
        if (!names.empty())
            add(m_words(ASSAY_TEXT("Compare", "Not measured yet: %1."), {names}));
    }

    std::string alone()
    {
        const EvaluationRun *run = evaluationOf(subject(0), m_suite);
        const Estimate rate = run ? accuracyOf(run->items) : Estimate{};
        const MetricValue *tpot = m_joined.metric(0, "tpot"), *pass = m_joined.metric(0, "pass_time");
        const MetricValue *peak = peakMemory(m_joined, 0);
        if (pass && peak)
            return m_words(ASSAY_TEXT("Compare", "%1 takes %2 a pass and %3 of memory. Add a second subject to compare."),
                           {subjectTitle(subject(0)), formatEstimate(Unit::Seconds, pass->estimate),
                            formatValue(Unit::Bytes, peak->estimate.value)});
        const std::string accuracy = formatEstimate(Unit::Rate, rate);
        const std::vector<std::string> arguments{subjectTitle(subject(0)), accuracy, std::to_string(rate.n),
                                                 tpot ? formatEstimate(Unit::Seconds, tpot->estimate) : "-",
                                                 peak ? formatValue(Unit::Bytes, peak->estimate.value) : "-", m_suite};
        if (rate.n > 0 && tpot && peak)
            return m_words(ASSAY_TEXT("Compare", "%1 is right on %2 of %3 {3:item|items} of %6, takes %4 a token and %5 of memory. Add a second "
                                                 "subject to compare."),
                           arguments);
        if (rate.n > 0)
            return m_words(ASSAY_TEXT("Compare", "%1 is right on %2 of %3 {3:item|items} of %6. Add a second subject to compare."), arguments);
        if (tpot && peak)
            return m_words(ASSAY_TEXT("Compare", "%1 takes %4 a token and %5 of memory. Add a second subject to compare."), arguments);
        return m_words(ASSAY_TEXT("Compare", "%1 is not measured yet. Measure it, and add a second subject to compare."), arguments);
    }

    const Comparison &m_comparison;
    Joined m_joined;
    Words m_words;
    std::string m_suite; ///< that the sentences speak about
    std::string m_text;
};

} // namespace

std::string headline(const Comparison &comparison, const Translate &translate)
{
    return Writer(comparison, translate).write();
}

} // namespace assay
