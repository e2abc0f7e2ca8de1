// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/runcomparison.h"

#include "core/base/units.h"
#include "core/compare/runforest.h"
#include "core/compare/unlikesettings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

std::string joinedNames(const std::vector<std::string> &names)
{
    std::string out;
    for (const std::string &name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out;
}

std::string percentText(const Estimate &ratio)
{
    if (ratio.n == 0)
        return "-";
    const auto percent = [](double value) {
        const std::string text = threeDigits((value - 1) * 100);
        return value > 1 ? "+" + text : text;
    };
    return ratio.hasInterval ? percent(ratio.value) + " [" + percent(ratio.low) + ", " + percent(ratio.high) + "] %" : percent(ratio.value) + " %";
}

std::string absoluteText(Unit unit, const Estimate &difference)
{
    const std::string text = formatEstimate(unit, difference);
    return difference.n > 0 && difference.value > 0 ? "+" + text : text;
}

/// The run's points and the reference's that belong together.
struct PointPair
{
    BenchPoint reference, run; ///< as they are compared
    bool same = true;
};

std::vector<BenchPoint> pointsOfRun(const ComparedRun &run)
{
    ComparedSubject subject;
    subject.bench = run.bench;
    return countedPoints(subject);
}

/// Those that both measured; without any, one after the other, so that one sees what was measured instead.
std::vector<PointPair> pairPoints(const ComparedRun &reference, const ComparedRun &run)
{
    const std::vector<BenchPoint> here = pointsOfRun(reference), there = pointsOfRun(run);
    std::vector<PointPair> out;
    for (const BenchPoint &point : here) {
        if (std::find(there.begin(), there.end(), point) != there.end())
            out.push_back({point, point, true});
    }
    for (size_t i = 0; out.size() <= i && i < std::min(here.size(), there.size()); ++i) {
        if (here[i] != there[i])
            out.push_back({here[i], there[i], false});
    }
    return out;
}

BenchPoint ownPointOf(const BenchRun &run, const BenchPoint &compared)
{
    for (const BenchPoint &point : pointsOf(run.plan)) {
        if (comparedPoint(point) == compared)
            return point;
    }
    return compared;
}

class RunComparer
{
public:
    RunComparer(const std::vector<ComparedRun> &runs, const Translate &translate) : m_runs(runs), m_words{translate} {}

    RunComparison build()
    {
        for (const ComparedRun &run : m_runs)
            m_out.names.push_back(run.name);
        for (size_t i = 1; i < m_runs.size(); ++i)
            addRun(i);
        addNotes();
        m_out.charts = forestCharts(m_out.names, m_out.rows, m_words);
        return std::move(m_out);
    }

private:
    void addRun(size_t index)
    {
        const ComparedRun &reference = m_runs.front(), &run = m_runs[index];
        const std::vector<UnlikeSetting> unlike = unlikeSettings(reference, run, m_words.translate);
        const std::vector<std::string> forbids = forbidding(unlike);
        for (UnlikeSetting setting : unlike) {
            setting.run = index;
            m_out.unlike.push_back(std::move(setting));
        }
        if (reference.evaluation && run.evaluation)
            return addAccuracy(index, joinedNames(forbids));
        if (!reference.bench || !run.bench)
            return;
        for (const PointPair &pair : pairPoints(reference, run)) {
            std::vector<std::string> reasons = forbids;
            if (!pair.same) {
                const auto points = unlikePoints(pair.reference, pair.run, m_words.translate);
                reasons.insert(reasons.begin(), points.begin(), points.end());
            }
            addPoint(index, pair, joinedNames(reasons));
        }
    }

    void addPoint(size_t index, const PointPair &pair, const std::string &reasons)
    {
        const BenchRun &reference = *m_runs.front().bench, &run = *m_runs[index].bench;
        const BenchPoint here = ownPointOf(reference, pair.reference), there = ownPointOf(run, pair.run);
        const std::vector<MetricValue> mine = summarize(reference, here), others = summarize(run, there);
        for (const MetricValue &value : mine) {
            const auto other = std::find_if(others.begin(), others.end(), [&](const MetricValue &one) { return one.key() == value.key(); });
            if (other == others.end())
                continue;
            RunDifference row;
            row.run = index;
            row.point = describePoint(here, m_words.translate);
            row.id = value.key();
            row.label = value.label(m_words.translate);
            row.tooltip = m_words.translate("Metric", value.metric->definition);
            row.unit = value.metric->unit;
            row.reference = value.estimate;
            row.value = other->estimate;
            if (reasons.empty())
                row.difference = differenceOf(*other, value, pairsOf(*value.metric, run, there, reference, here));
            row.reason = reasons;
            write(row);
            m_out.rows.push_back(std::move(row));
        }
    }

    void write(RunDifference &row) const
    {
        row.referenceText = formatEstimate(row.unit, row.reference);
        row.valueText = formatEstimate(row.unit, row.value);
        row.absoluteText = row.percentText = row.intervalText = "-";
        if (!row.reason.empty()) {
            row.judgement = m_words(ASSAY_TEXT("Compare", "not comparable: other %1"), {row.reason});
            return;
        }
        const MetricDifference &difference = row.difference;
        row.absoluteText = absoluteText(row.unit, difference.difference);
        row.percentText = percentText(difference.ratio);
        if (difference.difference.hasInterval)
            row.intervalText = m_words(difference.paired ? ASSAY_TEXT("Compare", "paired, n = %1") : ASSAY_TEXT("Compare", "unpaired, n = %1"),
                                       {std::to_string(difference.difference.n)});
        row.judgement = difference.text(m_words.translate);
    }

    /// Of two evaluations on the same suite, item by item.
    void addAccuracy(size_t index, const std::string &reasons)
    {
        const EvaluationRun &reference = *m_runs.front().evaluation, &run = *m_runs[index].evaluation;
        RunDifference row;
        row.run = index;
        row.point = reference.protocol.suite;
        row.id = "accuracy";
        row.label = m_words(ASSAY_TEXT("Compare", "Accuracy"));
        row.unit = Unit::Rate;
        row.reference = accuracyOf(reference.items);
        row.value = accuracyOf(run.items);
        row.reason = reasons;
        const PairedResult paired = comparePaired(run.items, reference.items);
        if (reasons.empty() && paired.n > 0) {
            const bool resolved = paired.p < kSignificance;
            row.difference.difference = paired.difference;
            row.difference.paired = true;
            row.difference.verdict = !resolved ? DifferenceVerdict::WithinNoise : paired.difference.value > 0 ? DifferenceVerdict::Better : DifferenceVerdict::Worse;
        }
        write(row);
        if (row.difference.paired) {
            row.absoluteText = m_words(ASSAY_TEXT("Compare", "%1 points"), {formatPoints(paired.difference)});
            row.judgement = m_words(row.difference.verdict == DifferenceVerdict::WithinNoise
                                        ? ASSAY_TEXT("Compare", "the difference is smaller than noise (%1)")
                                        : row.difference.verdict == DifferenceVerdict::Better ? ASSAY_TEXT("Compare", "better (%1)") : ASSAY_TEXT("Compare", "worse (%1)"),
                                    {formatP(paired.p)});
        }
        m_out.rows.push_back(std::move(row));
    }

    void addNotes()
    {
        if (m_runs.size() > 1 && m_out.rows.empty())
            return note(ASSAY_TEXT("Compare", "These runs have no metric in common."), {});
        bool notInTurn = false, endpoint = false, local = false;
        for (const ComparedRun &run : m_runs) {
            notInTurn = notInTurn || (run.bench && run.header().inTurnWith.empty());
            endpoint = endpoint || (run.bench && run.bench->plan.load);
            local = local || (run.bench && !run.bench->plan.load);
            if (run.header().state != RunState::Finished)
                note(ASSAY_TEXT("Compare", "%1 did not come to its end: what it has is compared."), {run.name});
            else if (run.header().endedEarly)
                note(ASSAY_TEXT("Compare", "%1 %2: what it has is compared."), {run.name, endedEarlyText(*run.header().endedEarly, m_words.translate)});
        }
        addCounts();
        if (notInTurn)
            note(ASSAY_TEXT("Compare", "The runs were not measured in turn: what the machine or the server did otherwise at another time is in the "
                                       "differences, and not in their intervals."), {});
        if (endpoint && local)
            note(ASSAY_TEXT("Compare", "An endpoint's times hold the network and whatever else its machine does; on what it runs is not known."), {});
    }

    void addCounts()
    {
        std::array<size_t, 5> of{};
        size_t judged = 0;
        for (const RunDifference &row : m_out.rows) {
            of[size_t(row.difference.verdict)] += row.reason.empty();
            judged += row.reason.empty();
        }
        const auto count = [&](DifferenceVerdict verdict) { return std::to_string(of[size_t(verdict)]); };
        if (judged == 0)
            return note(ASSAY_TEXT("Compare", "No number can be compared: see in what the runs are not alike."), {});
        note(ASSAY_TEXT("Compare", "Of %1 differences %2 are to the better, %3 to the worse, %4 neither, %5 smaller than noise, and %6 have too few "
                                   "samples. Of twenty that are none, one looks like one at 95 %."),
             {std::to_string(judged), count(DifferenceVerdict::Better), count(DifferenceVerdict::Worse), count(DifferenceVerdict::Differs), count(DifferenceVerdict::WithinNoise),
              count(DifferenceVerdict::Unknown)});
    }

    void note(const char *sentence, const std::vector<std::string> &arguments) { m_out.notes.push_back(m_words(sentence, arguments)); }

    const std::vector<ComparedRun> &m_runs;
    Words m_words;
    RunComparison m_out;
};

nlohmann::json jsonOf(const Estimate &estimate)
{
    if (estimate.n == 0 || !std::isfinite(estimate.value))
        return nullptr;
    nlohmann::json out{{"value", estimate.value}, {"n", estimate.n}};
    out["interval"] = estimate.hasInterval ? nlohmann::json{estimate.low, estimate.high} : nlohmann::json();
    return out;
}

const char *verdictName(const RunDifference &row)
{
    if (!row.reason.empty())
        return "not comparable";
    switch (row.difference.verdict) {
    case DifferenceVerdict::Better: return "better";
    case DifferenceVerdict::Worse: return "worse";
    case DifferenceVerdict::Differs: return "differs";
    case DifferenceVerdict::WithinNoise: return "within noise";
    case DifferenceVerdict::Unknown: break;
    }
    return "unknown";
}

} // namespace

RunComparison compareRuns(const std::vector<ComparedRun> &runs, const Translate &translate)
{
    return runs.size() < 2 ? RunComparison{} : RunComparer(runs, translate).build();
}

nlohmann::json toJson(const RunComparison &comparison)
{
    nlohmann::json unlike = nlohmann::json::array(), rows = nlohmann::json::array();
    for (const UnlikeSetting &setting : comparison.unlike)
        unlike.push_back({{"run", setting.run}, {"setting", setting.id}, {"reference", setting.reference}, {"value", setting.value}, {"forbids", setting.forbids}});
    for (const RunDifference &row : comparison.rows)
        rows.push_back({{"run", row.run},
                        {"point", row.point},
                        {"metric", row.id},
                        {"reference", jsonOf(row.reference)},
                        {"value", jsonOf(row.value)},
                        {"difference", jsonOf(row.difference.difference)},
                        {"ratio", jsonOf(row.difference.ratio)},
                        {"paired", row.difference.paired},
                        {"verdict", verdictName(row)},
                        {"judgement", row.judgement}});
    return {{"runs", comparison.names}, {"unlike", unlike}, {"notes", comparison.notes}, {"differences", rows}};
}

} // namespace assay
