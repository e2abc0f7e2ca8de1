// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/joined.h"

#include "core/base/units.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace assay {
namespace {

// Of generation, and of passes.
constexpr std::array kSpeedMetrics{"decode_speed", "input_speed"};
constexpr std::array kPeakMetrics{"memory.tensor_peak", "memory.process_device", "memory.process_peak"};

/// Only what a paired comparison needs: outputs are long.
ItemRows pairable(const EvaluationRun &run, const ItemFilter &filter)
{
    ItemRows out;
    for (const ItemResult &item : run.items.lightRows()) {
        if (!filter(item))
            continue;
        ItemResult light;
        light.itemId = item.itemId;
        light.judged.outcome = item.judged.outcome;
        out.push_back(light);
    }
    return out;
}

} // namespace

std::string Words::operator()(const char *source, const std::vector<std::string> &arguments) const
{
    return fillIn(translate("Compare", source), arguments);
}

std::optional<BenchPoint> sharedPoint(const Comparison &comparison)
{
    std::vector<std::vector<BenchPoint>> measured;
    for (const ComparedSubject &subject : comparison.subjects) {
        std::vector<BenchPoint> points = countedPoints(subject);
        if (!points.empty())
            measured.push_back(std::move(points));
    }
    if (measured.empty())
        return std::nullopt;
    const auto has = [](const BenchPoint &point) {
        return [point](const auto &points) { return std::find(points.begin(), points.end(), point) != points.end(); };
    };
    if (comparison.point && std::any_of(measured.begin(), measured.end(), has(*comparison.point)))
        return comparison.point;
    for (const BenchPoint &point : measured.front()) {
        if (std::all_of(measured.begin(), measured.end(), has(point)))
            return point;
    }
    return measured.front().front();
}

Joined::Joined(const Comparison &source)
    : comparison(source), point(sharedPoint(source)),
      reference(source.reference < source.subjects.size() ? source.reference : 0)
{
    for (const ComparedSubject &subject : source.subjects)
        metrics.push_back(point && subject.bench ? metricsAt(*subject.bench, *point) : std::vector<MetricValue>{});
}

BenchPoint comparedPoint(BenchPoint point)
{
    if (point.concurrency == 1)
        point.concurrency = 0;
    return point;
}

namespace {

/// Whether anything that is compared is an endpoint, or a model by itself.
struct Kinds
{
    bool endpoints = false, models = false;
};

Kinds kindsOf(const Comparison &comparison)
{
    Kinds kinds;
    for (const ComparedSubject &subject : comparison.subjects)
        (subject.bench && !subject.bench->requests.empty() ? kinds.endpoints : kinds.models) |= subject.bench != nullptr;
    return kinds;
}

/// The point with its text, and what is told of endpoints in it when one request at a time stands for batch 1.
std::string withLoad(const Comparison &comparison, const BenchPoint &point, const Words &words,
                     std::string (*text)(const BenchPoint &, const Translate &))
{
    const Kinds kinds = kindsOf(comparison);
    if (point.isLoad() || point.isPass() || point.batch > 1 || !kinds.endpoints)
        return text(point, words.translate);
    BenchPoint alone = point;
    alone.concurrency = 1;
    return kinds.models ? words(ASSAY_TEXT("Compare", "%1; endpoints: %2"), {text(point, words.translate), loadText(alone, words.translate)})
                        : text(alone, words.translate);
}

} // namespace

std::string comparedLoad(const Comparison &comparison, const BenchPoint &point, const Translate &translate)
{
    return withLoad(comparison, point, Words{translate}, [](const BenchPoint &shown, const Translate &t) {
        return shown.isLoad() ? loadText(shown, t) : Words{t}(ASSAY_TEXT("Compare", "batch %1"), {std::to_string(shown.batch)});
    });
}

std::string comparedText(const Comparison &comparison, const BenchPoint &point, const Translate &translate)
{
    return withLoad(comparison, point, Words{translate}, describePoint);
}

std::vector<BenchPoint> countedPoints(const ComparedSubject &subject)
{
    std::vector<BenchPoint> points;
    const auto add = [&](const BenchPoint &point) {
        if (std::find(points.begin(), points.end(), comparedPoint(point)) == points.end())
            points.push_back(comparedPoint(point));
    };
    if (!subject.bench)
        return points;
    for (const MeasureSample &sample : subject.bench->samples) {
        if (!sample.warmup)
            add(pointOf(sample));
    }
    if (subject.bench->requests.empty())
        return points;
    const auto analysis = analyse(subject.bench->requests);
    const std::vector<BenchPoint> planned = pointsOf(subject.bench->plan);
    for (size_t i = 0; i < planned.size(); ++i) {
        if (levelOf(*analysis, i).counted > 0)
            add(planned[i]);
    }
    return points;
}

namespace {

/// Which of the run's own points this is; of a local run the point itself.
BenchPoint ownPoint(const BenchRun &run, const BenchPoint &compared)
{
    if (run.requests.empty())
        return compared;
    for (const BenchPoint &point : pointsOf(run.plan)) {
        if (comparedPoint(point) == compared)
            return point;
    }
    return compared;
}

} // namespace

std::vector<MetricValue> metricsAt(const BenchRun &run, const BenchPoint &compared)
{
    return summarize(run, ownPoint(run, compared));
}

std::vector<double> gapsAt(const BenchRun &run, const BenchPoint &compared)
{
    return pooledGaps(run, ownPoint(run, compared));
}

std::shared_ptr<const LevelAnalysis> levelAt(const BenchRun &run, const BenchPoint &compared)
{
    if (run.requests.empty())
        return nullptr;
    const std::vector<BenchPoint> planned = pointsOf(run.plan);
    for (size_t i = 0; i < planned.size(); ++i) {
        if (comparedPoint(planned[i]) == compared) {
            const auto analysis = analyse(run.requests);
            return {analysis, &levelOf(*analysis, i)};
        }
    }
    return nullptr;
}

const RunHeader *headerOf(const ComparedSubject &subject)
{
    if (subject.bench)
        return &subject.bench->header;
    for (const auto &run : subject.evaluations) {
        if (run)
            return &run->header;
    }
    return nullptr;
}

bool hasSamples(const BenchRun &run, const BenchPoint &point)
{
    if (const auto level = levelAt(run, point))
        return level->counted > 0;
    return std::any_of(run.samples.begin(), run.samples.end(), [&](const MeasureSample &sample) {
        return !sample.warmup && pointOf(sample) == point;
    });
}

std::vector<SuiteView> suitesOf(const Comparison &comparison)
{
    std::vector<SuiteView> suites;
    for (const ComparedSubject &subject : comparison.subjects) {
        for (const auto &run : subject.evaluations) {
            if (!run || run->items.empty())
                continue;
            auto view = std::find_if(suites.begin(), suites.end(), [&](const SuiteView &s) { return s.name == run->protocol.suite; });
            if (view == suites.end()) {
                const EvaluationProtocol &protocol = run->protocol;
                suites.push_back({protocol.suite, protocol.suiteTitle.empty() ? protocol.suite : protocol.suiteTitle,
                                  protocol.suiteFingerprint, {}, protocol.axes});
                view = suites.end() - 1;
            }
            std::set<std::string> known(view->tasks.begin(), view->tasks.end());
            for (const auto &chunk : run->items.chunks()) {
                for (size_t word = 0; word < chunk->task.words(); ++word) {
                    const std::string task(chunk->task.word(word));
                    if (!task.empty() && known.insert(task).second)
                        view->tasks.push_back(task);
                }
            }
        }
    }
    for (SuiteView &suite : suites) {
        if (suite.tasks.size() == 1)
            suite.tasks.clear();
    }
    return suites;
}

const EvaluationRun *evaluationOf(const ComparedSubject &subject, const std::string &suite)
{
    for (const auto &run : subject.evaluations) {
        if (run && run->protocol.suite == suite && !run->items.empty())
            return run.get();
    }
    return nullptr;
}

bool sameSuite(const EvaluationRun &first, const EvaluationRun &second)
{
    return first.protocol.suite == second.protocol.suite
           && first.protocol.suiteFingerprint == second.protocol.suiteFingerprint;
}

std::string headlineSuite(const Joined &joined)
{
    std::string best;
    std::pair<size_t, size_t> most; // subjects, items
    for (const SuiteView &suite : suitesOf(joined.comparison)) {
        const auto &subjects = joined.comparison.subjects;
        const EvaluationRun *reference = evaluationOf(subjects[joined.reference], suite.name);
        std::pair<size_t, size_t> here;
        for (const ComparedSubject &subject : subjects) {
            const EvaluationRun *run = evaluationOf(subject, suite.name);
            if (!run || (reference && !sameSuite(*run, *reference)))
                continue;
            ++here.first;
            here.second = std::max(here.second, run->items.size());
        }
        if (here > most) {
            most = here;
            best = suite.name;
        }
    }
    return best;
}

PairedResult pairedOn(const std::string &suite, const ComparedSubject &first, const ComparedSubject &second, const ItemFilter &filter)
{
    const EvaluationRun *one = evaluationOf(first, suite);
    const EvaluationRun *two = evaluationOf(second, suite);
    if (!one || !two || !sameSuite(*one, *two))
        return {};
    return filter ? comparePaired(pairable(*one, filter), pairable(*two, filter)) : comparePaired(one->items, two->items);
}

std::optional<Estimate> speedRatio(const Joined &joined, size_t first, size_t second)
{
    for (const char *id : kSpeedMetrics) {
        const MetricValue *fast = joined.metric(first, id);
        const MetricValue *slow = joined.metric(second, id);
        if (!fast || !slow)
            continue;
        const Estimate ratio = ratioOfMedians(fast->samples, slow->samples);
        return std::isfinite(ratio.value) ? std::optional(ratio) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<Estimate> memoryRatio(const Joined &joined, size_t first, size_t second)
{
    for (const char *id : kPeakMetrics) {
        const MetricValue *above = joined.metric(first, id);
        const MetricValue *below = joined.metric(second, id);
        if (above && below && below->estimate.value > 0) {
            // Peaks hardly vary between runs: an interval would only repeat the value.
            const double ratio = above->estimate.value / below->estimate.value;
            return Estimate{ratio, ratio, ratio, std::min(above->estimate.n, below->estimate.n), false};
        }
    }
    return std::nullopt;
}

std::string formatRatio(const Estimate &ratio)
{
    const std::string value = threeDigits(ratio.value);
    return ratio.hasInterval ? value + " [" + threeDigits(ratio.low) + ", " + threeDigits(ratio.high) + "]" : value;
}

std::string formatPoints(const Estimate &difference)
{
    return threeDigits(difference.value * 100) + " [" + threeDigits(difference.low * 100) + ", "
           + threeDigits(difference.high * 100) + "]";
}

std::string formatP(double p)
{
    return p < 0.001 ? "p < 0.001" : "p = " + threeDigits(p);
}

const MetricValue *peakMemory(const Joined &joined, size_t subject)
{
    for (const char *id : kPeakMetrics) {
        if (const MetricValue *value = joined.metric(subject, id))
            return value;
    }
    return nullptr;
}

} // namespace assay
