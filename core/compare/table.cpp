// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/bench/decodingtext.h"
#include "core/bench/promptstext.h"
#include "core/bench/weightstext.h"
#include "core/compare/fidelity/fidelitycomparison.h"
#include "core/compare/joined.h"
#include "core/model/weightvariant.h"
#include "core/evaluate/statistics/sampledrun.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

namespace assay {
namespace {

const char *unitName(Unit unit)
{
    switch (unit) {
    case Unit::Seconds: return "s";
    case Unit::TokensPerSecond: return "tokens/s";
    case Unit::InputsPerSecond: return "inputs/s";
    case Unit::RequestsPerSecond: return "requests/s";
    case Unit::Bytes: return "bytes";
    case Unit::Rate: return "rate";
    case Unit::Count: return "count";
    case Unit::Money: return "money";
    case Unit::Joules: return "J";
    case Unit::Watts: return "W";
    }
    return "";
}

/// The exact value of a measurement, for tooltips and scripts.
std::string exactText(Unit unit, double value)
{
    if (unit == Unit::Bytes || unit == Unit::Count)
        return groupedDigits(std::llround(value));
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, 6).ptr;
    return std::string(buffer.data(), end);
}

/// The number in a fact's exact text ("1,234,567"); nothing when the text is more than a number.
std::optional<double> numberIn(std::string text)
{
    std::erase(text, ',');
    double value = 0;
    const char *end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (text.empty() || result.ec != std::errc() || result.ptr != end || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// What a subject was computed with: of its benchmark, else of its first evaluation.
struct RunView
{
    const Environment &environment;
    const BenchRun *bench; ///< may be null
};

std::string namesOf(const RunView &run, const Translate &)
{
    std::string out;
    for (const std::string &name : run.environment.unused)
        out += (out.empty() ? "" : "\n") + name;
    return out;
}

/// What a run says of how the model was computed.
struct RunFact
{
    const char *id;
    const char *label, *tooltip; ///< translation context "Compare"
    std::string (*text)(const RunView &, const Translate &);
    std::string (*detail)(const RunView &, const Translate &);
};
constexpr std::array<RunFact, 5> kRunFacts{
    {{"dtype", ASSAY_TEXT("Compare", "Computed in"),
      ASSAY_TEXT("Compare", "What most weights were multiplied as; int8 is the model with each row of its matrices rounded while it "
                            "was loaded, pruned one whose smallest weights were set to zero then."),
      [](const RunView &run, const Translate &translate) { return dtypeText(run.environment.dtype, translate); },
      [](const RunView &run, const Translate &) {
          const Environment &e = run.environment;
          return e.deviceName.empty() ? e.device : e.device + " (" + e.deviceName + ")";
      }},
     {"weights", ASSAY_TEXT("Compare", "Weights in memory"),
      ASSAY_TEXT("Compare", "How the weights are stored in the files, and how they were kept and computed with."),
      [](const RunView &run, const Translate &translate) { return weightsText(run.environment, translate); },
      [](const RunView &run, const Translate &translate) { return weightsDetail(run.environment, translate); }},
     {"decoding", ASSAY_TEXT("Compare", "Decoding"),
      ASSAY_TEXT("Compare", "How one token was made after the other: by steps that the device recorded once, or step by step, and why so "
                            "where the device could record them."),
      [](const RunView &run, const Translate &translate) { return run.bench ? decodingText(*run.bench, translate) : std::string(); },
      [](const RunView &run, const Translate &translate) { return run.bench ? askedDecodingText(run.bench->plan, translate) : std::string(); }},
     {"prompts", ASSAY_TEXT("Compare", "Prompts"),
      ASSAY_TEXT("Compare", "What the prompts of the benchmark were made of. Random tokens go to more experts of a mixture than text does."),
      [](const RunView &run, const Translate &translate) { return run.bench ? promptsText(*run.bench, translate) : std::string(); },
      [](const RunView &, const Translate &) { return std::string(); }},
     {"unused", ASSAY_TEXT("Compare", "Tensors not used"),
      ASSAY_TEXT("Compare", "Tensors of the files that the model as it was computed has no place for."),
      [](const RunView &run, const Translate &translate) { return unusedText(run.environment, translate); }, namesOf}}};

/// A figure over the samples of each item.
struct SampleFigure
{
    const char *id;
    std::string (*name)(size_t k);
    const char *tooltip; ///< translation context "Compare"
    Estimate (*of)(const SampledRun &run, size_t k);
};
constexpr std::array<SampleFigure, 4> kSampleFigures{
    {{"avg", [](size_t) { return std::string("avg@k"); },
      ASSAY_TEXT("Compare", "The share of an item's samples that are right, averaged over the items; of the samples that are really there."),
      [](const SampledRun &run, size_t) { return run.average(); }},
     {"pass", [](size_t k) { return "pass@" + std::to_string(k); },
      ASSAY_TEXT("Compare", "The chance that at least one of k samples is right: 1 - C(n-c, k) / C(n, k) with the n samples of an item that are "
                            "really there. Items with fewer than k are left out."),
      [](const SampledRun &run, size_t k) { return run.passAt(k); }},
     {"all", [](size_t k) { return "pass^" + std::to_string(k); },
      ASSAY_TEXT("Compare", "The chance that all of k samples are right: C(c, k) / C(n, k). Items with fewer than k are left out."),
      [](const SampledRun &run, size_t k) { return run.allOf(k); }},
     {"cons", [](size_t) { return std::string("cons@k"); },
      ASSAY_TEXT("Compare", "How often the answer that most of an item's samples give is right; not known where answers are long."),
      [](const SampledRun &run, size_t) { return run.agreed(); }}}};

class TableBuilder
{
public:
    TableBuilder(const Comparison &comparison, const Translate &translate) : m_joined(comparison), m_words{translate} {}

    std::vector<ComparisonRow> build()
    {
        addFacts(false);
        for (const RunFact &fact : kRunFacts)
            addRunFact(fact);
        bool memory = false;
        for (const MetricDefinition &metric : metricDefinitions()) {
            // What servers have reserved stands beside what was measured, and is none of it (benchmarking.md 4, pitfall 17).
            if (std::exchange(memory, isMemory(metric.id)) && !memory)
                addFacts(true);
            addMetric(metric);
        }
        if (memory)
            addFacts(true);
        const std::vector<SuiteView> suites = suitesOf(m_joined.comparison);
        for (const SuiteView &suite : suites) {
            addAccuracy(suite, {});
            for (const std::string &task : suite.tasks)
                addAccuracy(suite, task);
        }
        for (const SuiteView &suite : suites)
            addSamples(suite);
        for (const SuiteView &suite : suites) {
            for (Outcome outcome : kOutcomes)
                addOutcome(suite, outcome);
        }
        for (ComparisonRow &row : fidelityRows(m_joined, m_words))
            m_rows.push_back(std::move(row));
        return std::move(m_rows);
    }

private:
    std::string say(const char *context, const char *source) const { return m_words.translate(context, source); }

    /// A row whose cells all say that they are missing.
    ComparisonRow emptyRow(const std::string &id, const std::string &group, const std::string &label, const std::string &why) const
    {
        ComparisonRow row;
        row.id = id;
        row.group = group;
        row.label = label;
        row.cells.assign(m_joined.size(), {"-", why, {}, {}, {}});
        return row;
    }

    void addRatios(ComparisonRow &row) const
    {
        const std::optional<double> base = row.cells[m_joined.reference].value;
        if (!base || *base == 0)
            return;
        for (ComparisonCell &cell : row.cells) {
            if (cell.value)
                cell.ratio = *cell.value / *base;
        }
    }

    static bool isMemory(std::string_view id) { return id.starts_with("memory."); }

    /// ofMemory: what endpoints tell of their memory, else all other facts.
    void addFacts(bool ofMemory)
    {
        const size_t firstRow = m_rows.size();
        for (size_t i = 0; i < m_joined.size(); ++i) {
            const auto &facts = m_joined.comparison.subjects[i].facts;
            if (!facts)
                continue;
            for (const FactRow &fact : factRows(*facts)) {
                if (isMemory(fact.id) == ofMemory)
                    factRow(fact, firstRow).cells[i] = factCell(fact);
            }
        }
        for (size_t row = firstRow; row < m_rows.size() && !ofMemory; ++row) // a setting is no result that is better or worse
            addRatios(m_rows[row]);
    }

    ComparisonRow &factRow(const FactRow &fact, size_t firstRow)
    {
        const std::string id = std::string("facts.") + fact.id;
        for (size_t row = firstRow; row < m_rows.size(); ++row) {
            if (m_rows[row].id == id)
                return m_rows[row];
        }
        ComparisonRow row = emptyRow(id, isMemory(fact.id) ? say("Metric", "Memory") : say("Fact", fact.group), say("Fact", fact.label),
                                     m_words(ASSAY_TEXT("Compare", "This fact is not known of the subject.")));
        // Behind those of its group: what only the second endpoint tells must not begin the group anew.
        auto behind = m_rows.end();
        while (behind != m_rows.begin() + ptrdiff_t(firstRow) && std::prev(behind)->group != row.group)
            --behind;
        const bool first = behind == m_rows.begin() + ptrdiff_t(firstRow);
        return *m_rows.insert(first ? m_rows.end() : behind, std::move(row));
    }

    ComparisonCell factCell(const FactRow &fact) const
    {
        ComparisonCell cell;
        cell.text = fact.value.empty() ? "-" : fact.shownValue(m_words.translate);
        cell.detail = m_words(ASSAY_TEXT("Compare", "%1 (%2: %3)"),
                              {fact.exact, say("Provenance", provenanceName(fact.provenance)),
                               fact.shownEvidence(m_words.translate)});
        cell.value = numberIn(fact.exact);
        return cell;
    }

    void addRunFact(const RunFact &fact)
    {
        ComparisonRow row = emptyRow(std::string("run.") + fact.id, m_words(ASSAY_TEXT("Compare", "As computed")), m_words(fact.label),
                                     m_words(ASSAY_TEXT("Compare", "Not measured yet.")));
        row.tooltip = m_words(fact.tooltip);
        bool any = false;
        for (size_t i = 0; i < m_joined.size(); ++i) {
            const ComparedSubject &subject = m_joined.comparison.subjects[i];
            const RunHeader *header = headerOf(subject);
            if (!header)
                continue;
            const RunView run{header->environment, subject.bench.get()};
            ComparisonCell &cell = row.cells[i];
            const std::string text = fact.text(run, m_words.translate);
            cell.text = text.empty() ? "-" : text;
            cell.detail = fact.detail(run, m_words.translate);
            any = any || !text.empty();
        }
        if (any)
            m_rows.push_back(std::move(row));
    }

    void addMetric(const MetricDefinition &metric)
    {
        if (!metric.qualified) {
            addMetric(metric, {}, std::string("metric.") + metric.id, say("Metric", metric.label));
            return;
        }
        // Goodputs by different goals, costs in different currencies, gaps of tokens and of reads are no row together.
        std::map<std::string, std::string> labels;
        for (const std::vector<MetricValue> &values : m_joined.metrics) {
            for (const MetricValue &value : values) {
                if (std::string_view(value.metric->id) == metric.id)
                    labels.try_emplace(value.key(), value.label(m_words.translate));
            }
        }
        for (const auto &[key, label] : labels)
            addMetric(metric, key, "metric." + key, label);
        if (labels.empty() && !metric.endpointsOnly)
            addMetric(metric, {}, std::string("metric.") + metric.id, say("Metric", metric.label));
    }

    /// key: of the values that are meant; empty: those of the metric.
    void addMetric(const MetricDefinition &metric, const std::string &key, const std::string &id, const std::string &label)
    {
        ComparisonRow row = emptyRow(id, say("Metric", metric.group), label, {});
        row.tooltip = say("Metric", metric.definition);
        row.unit = unitName(metric.unit);
        bool any = false;
        for (size_t i = 0; i < m_joined.size(); ++i) {
            const MetricValue *value = valueOf(i, metric, key);
            if (value) {
                row.cells[i] = measuredCell(metric.unit, value->estimate);
            } else {
                row.cells[i].detail = whyMissing(i);
            }
            any = any || value;
        }
        // What no subject has (CUDA's numbers on a CPU) is no row; what everybody waits for is one.
        if (!any && (m_joined.point || metric.endpointsOnly))
            return;
        if (metric.ratios)
            addRatios(row);
        m_rows.push_back(std::move(row));
    }

    const MetricValue *valueOf(size_t subject, const MetricDefinition &metric, const std::string &key) const
    {
        for (const MetricValue &value : m_joined.metrics[subject]) {
            if (key.empty() ? std::string_view(value.metric->id) == metric.id : value.key() == key)
                return &value;
        }
        return nullptr;
    }

    std::string whyMissing(size_t subject) const
    {
        const auto &bench = m_joined.comparison.subjects[subject].bench;
        if (!bench)
            return m_words(ASSAY_TEXT("Compare", "Not measured yet."));
        if (bench->header.state == RunState::Failed)
            return m_words(ASSAY_TEXT("Compare", "The measurement failed: %1"), {bench->header.error});
        if (m_joined.point && !hasSamples(*bench, *m_joined.point))
            return m_words(ASSAY_TEXT("Compare", "Not measured under this load."));
        return m_words(ASSAY_TEXT("Compare", "The device does not tell this, or there are too few samples for it."));
    }

    ComparisonCell measuredCell(Unit unit, const Estimate &estimate) const
    {
        ComparisonCell cell;
        cell.text = formatEstimate(unit, estimate);
        cell.value = estimate.value;
        cell.estimate = estimate;
        const std::vector<std::string> arguments{exactText(unit, estimate.value), unitName(unit), std::to_string(estimate.n),
                                                 exactText(unit, estimate.low), exactText(unit, estimate.high)};
        cell.detail = estimate.hasInterval
                          ? m_words(ASSAY_TEXT("Compare", "%1 %2, 95 % interval [%4, %5], n = %3, measured"), arguments)
                          : m_words(ASSAY_TEXT("Compare", "%1 %2, n = %3, measured; too few samples for an interval"), arguments);
        return cell;
    }

    void addAccuracy(const SuiteView &suite, const std::string &task)
    {
        const std::string id = "accuracy." + suite.name + (task.empty() ? std::string() : "." + task);
        const std::string label = task.empty() ? suite.title : m_words(ASSAY_TEXT("Compare", "%1: %2"), {suite.title, task});
        ComparisonRow row = emptyRow(id, m_words(ASSAY_TEXT("Compare", "Accuracy")), label,
                                     m_words(ASSAY_TEXT("Compare", "Not evaluated on this suite yet.")));
        row.tooltip = m_words(ASSAY_TEXT("Compare", "Right answers over all items; wrong, unparsed, truncated and failed items "
                                                    "count as not right. Wilson interval at 95 %."));
        row.unit = unitName(Unit::Rate);
        for (size_t i = 0; i < m_joined.size(); ++i) {
            const EvaluationRun *run = evaluationOf(m_joined.comparison.subjects[i], suite.name);
            const OutcomeCounts counts = run ? countOutcomes(run->items, task) : OutcomeCounts{};
            if (counts.n() == 0)
                continue;
            row.cells[i] = measuredCell(Unit::Rate, accuracyOf(run->items, task));
            row.cells[i].detail = outcomesInWords(counts);
        }
        addRatios(row);
        m_rows.push_back(std::move(row));
    }

    /// Where items were asked several times: what the samples say together. k is the same of all subjects, or their figures would not
    /// be comparable: the most samples that each of them really has.
    void addSamples(const SuiteView &suite)
    {
        std::vector<std::optional<SampledRun>> runs(m_joined.size());
        size_t k = 0;
        for (size_t i = 0; i < m_joined.size(); ++i) {
            const EvaluationRun *run = evaluationOf(m_joined.comparison.subjects[i], suite.name);
            if (!run || !askedAgain(run->items))
                continue;
            runs[i] = sampledRun(run->items);
            k = k == 0 ? runs[i]->most() : std::min(k, runs[i]->most());
        }
        for (const SampleFigure &figure : kSampleFigures) {
            const std::string label = m_words(ASSAY_TEXT("Compare", "%1: %2"), {suite.title, figure.name(k)});
            ComparisonRow row = emptyRow("samples." + suite.name + "." + figure.id, m_words(ASSAY_TEXT("Compare", "Repeated samples")), label,
                                         m_words(ASSAY_TEXT("Compare", "Its items were asked once.")));
            row.tooltip = m_words(figure.tooltip);
            row.unit = unitName(Unit::Rate);
            bool any = false;
            for (size_t i = 0; i < m_joined.size(); ++i) {
                const Estimate estimate = runs[i] ? figure.of(*runs[i], k) : Estimate{};
                if (estimate.n == 0)
                    continue;
                any = true;
                row.cells[i] = measuredCell(Unit::Rate, estimate);
                row.cells[i].detail += "\n" + samplesText(*runs[i], k);
            }
            if (any)
                m_rows.push_back(std::move(row));
        }
    }

    std::string samplesText(const SampledRun &run, size_t k) const
    {
        const size_t few = tooFewSamples(run.counts, k);
        const std::string text = m_words(ASSAY_TEXT("Compare", "up to %1 samples of an item"), {std::to_string(run.most())});
        return few == 0 ? text : m_words(ASSAY_TEXT("Compare", "%1; %2 items have fewer than %3"), {text, std::to_string(few), std::to_string(k)});
    }

    /// "12 of 20 right, 5 wrong, 3 truncated": what did not occur is not named.
    std::string outcomesInWords(const OutcomeCounts &counts) const
    {
        std::string out = m_words(ASSAY_TEXT("Compare", "%1 of %2 right"), {std::to_string(counts.right()), std::to_string(counts.n())});
        for (const Outcome outcome : kOutcomes) {
            if (outcome != Outcome::Right && counts[outcome] > 0)
                out = m_words(ASSAY_TEXT("Compare", "%1, %2 %3"), {out, std::to_string(counts[outcome]), say("Outcome", outcomeName(outcome))});
        }
        return out;
    }

    void addOutcome(const SuiteView &suite, Outcome outcome)
    {
        const char *name = outcomeName(outcome);
        ComparisonRow row = emptyRow("outcomes." + suite.name + "." + name, m_words(ASSAY_TEXT("Compare", "Outcomes")),
                                     m_words(ASSAY_TEXT("Compare", "%1: %2"), {suite.title, say("Outcome", name)}),
                                     m_words(ASSAY_TEXT("Compare", "Not evaluated on this suite yet.")));
        row.unit = unitName(Unit::Count);
        for (size_t i = 0; i < m_joined.size(); ++i) {
            const EvaluationRun *run = evaluationOf(m_joined.comparison.subjects[i], suite.name);
            if (!run)
                continue;
            const OutcomeCounts counts = countOutcomes(run->items);
            ComparisonCell &cell = row.cells[i];
            cell.value = double(counts[outcome]);
            cell.text = groupedDigits(int64_t(counts[outcome]));
            cell.detail = m_words(ASSAY_TEXT("Compare", "%1 of %2 {2:item|items}"), {cell.text, groupedDigits(int64_t(counts.n()))});
        }
        m_rows.push_back(std::move(row));
    }

    Joined m_joined;
    Words m_words;
    std::vector<ComparisonRow> m_rows;
};

} // namespace

bool ComparisonRow::different() const
{
    for (const ComparisonCell &cell : cells) {
        if (cell.text != cells.front().text)
            return true;
    }
    return false;
}

std::vector<ComparisonRow> comparisonTable(const Comparison &comparison, const Translate &translate)
{
    if (comparison.subjects.empty())
        return {};
    return TableBuilder(comparison, translate).build();
}

} // namespace assay
