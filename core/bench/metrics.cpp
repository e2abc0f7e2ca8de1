// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/metrics.h"

#include "core/bench/metricrows.h"
#include "core/bench/series.h"
#include "core/bench/summarycache.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace assay {
namespace {

/// The qualifier of gaps that are no token's time: they are another metric than gaps that are.
constexpr const char *kOfReads = "reads";

std::vector<double> samplesOfRuns(const BenchRun &run, const BenchPoint &point, Sampled (*extract)(const MeasureSample &))
{
    std::vector<double> out;
    for (const MeasureSample &sample : run.samples) {
        if (sample.warmup || pointOf(sample) != point)
            continue;
        if (const Sampled value = extract(sample))
            out.push_back(*value);
    }
    return out;
}

std::vector<double> samplesOfLoads(const BenchRun &run, Sampled (*extract)(const LoadSample &))
{
    const bool anyCached = std::any_of(run.loads.begin(), run.loads.end(), [](const auto &l) { return l.pagesCached; });
    std::vector<double> out;
    for (const LoadSample &load : run.loads) {
        const Sampled value = extract(load);
        if (value && load.pagesCached == anyCached)
            out.push_back(*value);
    }
    return out;
}

std::optional<Estimate> estimateOf(RankedSamples &samples, double quantile)
{
    if (samples.size() == 0)
        return std::nullopt;
    return quantile > 0 ? samples.quantile(quantile) : std::optional(samples.median());
}

/// Values of what a worker measured.
std::vector<MetricValue> workerValues(const BenchRun &run, const BenchPoint &point)
{
    const std::vector<double> gaps = pooledGaps(run, point);
    std::vector<MetricValue> out;
    for (const MetricRow &row : metricRows()) {
        const MetricSource &source = row.source;
        MetricValue value;
        value.metric = findMetric(row.definition.id);
        if (source.perRun)
            value.samples = samplesOfRuns(run, point, source.perRun);
        else if (source.perLoad)
            value.samples = samplesOfLoads(run, source.perLoad);
        else if (source.perPoint)
            value.samples = source.perPoint(run, point);
        else if (source.isGaps())
            value.samples = gaps;
        RankedSamples ranked(value.samples);
        if (const std::optional<Estimate> estimate = estimateOf(ranked, source.quantile)) {
            value.estimate = *estimate;
            out.push_back(std::move(value));
        }
    }
    return out;
}

/// Values of a level of requests. Rows of one column follow one another, so that it is gathered and ranked once.
class EndpointValues
{
public:
    explicit EndpointValues(LevelContext context) : m_context(context) {}

    std::vector<MetricValue> build()
    {
        for (const MetricRow &row : metricRows()) {
            if (row.source.perLevel && row.source.eachSlo)
                addEachSlo(row);
            else if (row.source.perLevel)
                add(row, row.source.perLevel(m_context), {});
            else if (row.source.perRequest)
                addRequests(row);
            else if (row.source.isGaps())
                addGaps(row);
        }
        return std::move(m_values);
    }

private:
    void add(const MetricRow &row, const std::optional<Estimate> &estimate, std::vector<double> samples)
    {
        if (!estimate)
            return;
        MetricValue value{findMetric(row.definition.id), *estimate, std::move(samples), {}};
        if (row.source.qualifier)
            value.qualifier = row.source.qualifier(m_context);
        m_values.push_back(std::move(value));
    }

    void addEachSlo(const MetricRow &row)
    {
        for (const Slo &slo : m_context.plan.load ? m_context.plan.load->slos : std::vector<Slo>{}) {
            m_context.slo = &slo;
            add(row, row.source.perLevel(m_context), {});
        }
        m_context.slo = nullptr;
    }

    void addRequests(const MetricRow &row)
    {
        if (row.source.perRequest != m_column) {
            m_column = row.source.perRequest;
            m_samples.clear();
            for (const RequestRow &request : m_context.level.rows) {
                if (!request.good())
                    continue;
                if (const Sampled value = m_column(request))
                    m_samples.push_back(*value);
            }
            m_ranked = RankedSamples(m_samples);
        }
        add(row, estimateOf(m_ranked, row.source.quantile), m_samples);
    }

    void addGaps(const MetricRow &row)
    {
        const size_t which = row.source.quantile < 0.9 ? 0 : row.source.quantile < 0.97 ? 1 : 2;
        const std::vector<float> &some = m_context.level.someGaps;
        add(row, m_context.level.gaps[which], std::vector<double>(some.begin(), some.end()));
        // A gap is a token's time only where a read brings one (benchmarking.md 4, pitfall 4).
        const auto [tokens, reads] = m_context.level.tokensPerRead;
        if (m_context.level.gaps[which] && tokens > kTokensOfOne * reads)
            m_values.back().qualifier = kOfReads;
    }

    LevelContext m_context;
    std::vector<MetricValue> m_values;
    Sampled (*m_column)(const RequestRow &) = nullptr;
    std::vector<double> m_samples;
    RankedSamples m_ranked{{}};
};

/// Which level of the run's log is meant; nothing when it has no such.
std::optional<size_t> levelIndex(const BenchRun &run, const BenchPoint &point)
{
    const std::vector<BenchPoint> points = pointsOf(run.plan);
    const auto found = std::find(points.begin(), points.end(), point);
    return run.requests.empty() || found == points.end() ? std::nullopt : std::optional(size_t(found - points.begin()));
}

std::vector<MetricValue> endpointValues(const BenchRun &run, const BenchPoint &point, size_t index)
{
    const std::shared_ptr<const LoadAnalysis> analysis = analyse(run.requests);
    const LevelAnalysis &level = levelOf(*analysis, index);
    if (level.rows.empty())
        return {};
    return analysis->summaries->get(index, run.plan, [&] { return EndpointValues({run.plan, point, level}).build(); });
}

} // namespace

const std::vector<MetricRow> &metricRows()
{
    static const std::vector<MetricRow> rows = [] {
        std::vector<MetricRow> out;
        for (const auto topic : {latencyRows, throughputRows, loadRows, costRows, memoryRows, rooflineRows}) {
            const std::vector<MetricRow> some = topic();
            out.insert(out.end(), some.begin(), some.end());
        }
        return out;
    }();
    return rows;
}

const std::vector<MetricDefinition> &metricDefinitions()
{
    static const std::vector<MetricDefinition> definitions = [] {
        std::vector<MetricDefinition> out;
        for (const MetricRow &row : metricRows()) {
            out.push_back(row.definition);
            out.back().endpointsOnly = row.source.perRequest || row.source.perLevel;
            if (row.source.perRun || row.source.perLoad || row.source.perPoint)
                out.back().endpointsOnly = false;
        }
        return out;
    }();
    return definitions;
}

const MetricDefinition *findMetric(std::string_view id)
{
    static const std::map<std::string_view, const MetricDefinition *> byId = [] {
        std::map<std::string_view, const MetricDefinition *> out;
        for (const MetricDefinition &definition : metricDefinitions())
            out[definition.id] = &definition;
        return out;
    }();
    const auto found = byId.find(id);
    return found == byId.end() ? nullptr : found->second;
}

std::vector<MetricValue> summarize(const BenchRun &run, const BenchPoint &point)
{
    if (!run.sessions.empty())
        return seriesValues(run, point);
    if (const std::optional<size_t> index = levelIndex(run, point))
        return endpointValues(run, point, *index);
    return workerValues(run, point);
}

const MetricValue *findValue(const std::vector<MetricValue> &values, std::string_view id)
{
    for (const MetricValue &value : values) {
        if (id == value.metric->id)
            return &value;
    }
    return nullptr;
}

std::string MetricValue::key() const
{
    return qualifier.empty() ? metric->id : std::string(metric->id) + "[" + qualifier + "]";
}

std::string MetricValue::label(const Translate &translate) const
{
    if (qualifier == kOfReads) {
        const auto row = std::ranges::find_if(metricRows(), [this](const MetricRow &one) { return std::string_view(one.definition.id) == metric->id; });
        return translate("Metric", row->source.readsLabel);
    }
    const std::string plain = translate("Metric", metric->label);
    return qualifier.empty() ? plain : plain + " (" + translate("Metric", qualifier.c_str()) + ")";
}

std::vector<double> pooledGaps(const BenchRun &run, const BenchPoint &point)
{
    std::vector<double> out;
    if (const std::optional<size_t> index = levelIndex(run, point)) {
        const auto analysis = analyse(run.requests);
        const std::vector<float> &some = levelOf(*analysis, *index).someGaps;
        return {some.begin(), some.end()};
    }
    for (const MeasureSample &sample : run.samples) {
        if (sample.warmup || pointOf(sample) != point)
            continue;
        std::copy_if(sample.gaps.begin(), sample.gaps.end(), std::back_inserter(out),
                     [](double gap) { return std::isfinite(gap) && gap >= 0; });
    }
    return out;
}

} // namespace assay
