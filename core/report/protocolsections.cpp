// SPDX-License-Identifier: GPL-3.0-or-later
// The sections that say how it was found: protocol, environment, limits, appendix.
#include "core/base/units.h"
#include "core/bench/decodingtext.h"
#include "core/bench/promptstext.h"
#include "core/bench/weightstext.h"
#include "core/compare/joined.h"
#include "core/report/sections.h"

#include <algorithm>
#include <array>
#include <set>

namespace assay {
namespace {

std::string joinedNumbers(const std::vector<int64_t> &values)
{
    std::string out;
    for (int64_t value : values)
        out += (out.empty() ? "" : ", ") + std::to_string(value);
    return out;
}

/// Of a plan for generation, or for passes over tokens.
std::string tokensOf(const BenchRun &run, const std::vector<int64_t> &values)
{
    return run.plan.inputs.empty() ? joinedNumbers(values) : "-";
}

std::string joinedTexts(const std::vector<std::string> &values)
{
    std::string out;
    for (const std::string &value : values)
        out += (out.empty() ? "" : ", ") + value;
    return out.empty() ? "-" : out;
}

/// One line of a table whose columns are subjects: a label and what a run says.
template <class Run>
struct Line
{
    const char *label;
    std::string (*value)(const Run &, const Translate &);
};

std::string orDash(const std::string &text)
{
    return text.empty() ? "-" : text;
}

/// Nobody knows it of an endpoint.
std::string numberOrDash(int value)
{
    return value > 0 ? std::to_string(value) : "-";
}

/// The load models of an endpoint's run, each once: no latency is shown without them.
std::string loadsOf(const BenchRun &run, const Translate &translate)
{
    std::vector<std::string> loads;
    for (const BenchPoint &point : pointsOf(run.plan)) {
        std::string text = loadText(point, translate);
        if (!text.empty() && std::find(loads.begin(), loads.end(), text) == loads.end())
            loads.push_back(std::move(text));
    }
    std::string all; // each has a comma of its own
    for (const std::string &load : loads)
        all += (all.empty() ? "" : "; ") + load;
    return all;
}

std::string cacheOf(const BenchRun &run, const Translate &translate)
{
    if (!run.plan.load)
        return "-";
    return run.plan.load->cache == CachePolicy::Warm ? translate("Report", "warm: repeated")
                                                     : translate("Report", "cold: none begins like another");
}

double mostLoad(const BenchRun &run)
{
    double most = 0;
    for (const MeasureSample &sample : run.samples)
        most = std::max(most, sample.load1);
    return most;
}

double medianLoad(const BenchRun &run)
{
    std::vector<double> loads;
    for (const MeasureSample &sample : run.samples)
        loads.push_back(sample.load1);
    return quantile(loads, 0.5);
}

const std::array kPlanLines{
    Line<BenchRun>{ASSAY_TEXT("Report", "Prompt tokens"), [](const BenchRun &r, const Translate &) { return tokensOf(r, r.plan.promptTokens); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Output tokens"), [](const BenchRun &r, const Translate &) { return r.plan.passes ? std::string("-") : joinedNumbers(r.plan.outputTokens); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Batch sizes"), [](const BenchRun &r, const Translate &) { return r.plan.load ? std::string("-") : tokensOf(r, r.plan.batches); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Declared inputs"), [](const BenchRun &r, const Translate &) { return joinedTexts(r.plan.inputs); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Counted runs of each load"), [](const BenchRun &r, const Translate &) { return std::to_string(r.plan.runs); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Warm-up runs"), [](const BenchRun &r, const Translate &) { return std::to_string(r.plan.warmup); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Loads of the model"), [](const BenchRun &r, const Translate &) { return r.plan.load ? std::string("-") : std::to_string(r.plan.loads); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Dtype asked for"), [](const BenchRun &r, const Translate &) { return r.plan.load ? std::string("-") : r.plan.dtype; }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Decoding asked for"), [](const BenchRun &r, const Translate &t) { return orDash(askedDecodingText(r.plan, t)); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Load"), [](const BenchRun &r, const Translate &t) { return loadsOf(r, t); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Prompts for the server's cache"), [](const BenchRun &r, const Translate &t) { return cacheOf(r, t); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Measured in turn with"), [](const BenchRun &r, const Translate &) { return joinedTexts(r.header.inTurnWith); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Seed"), [](const BenchRun &r, const Translate &) { return std::to_string(r.plan.seed); }},
};

const std::array kEnvironmentLines{
    Line<RunHeader>{ASSAY_TEXT("Report", "Machine"), [](const RunHeader &h, const Translate &) { return h.environment.host; }},
    Line<RunHeader>{ASSAY_TEXT("Report", "System"), [](const RunHeader &h, const Translate &) { return h.environment.system; }},
    Line<RunHeader>{ASSAY_TEXT("Report", "Processor"), [](const RunHeader &h, const Translate &) { return orDash(h.environment.processor); }},
    Line<RunHeader>{ASSAY_TEXT("Report", "Cores"), [](const RunHeader &h, const Translate &) { return numberOrDash(h.environment.cores); }},
    Line<RunHeader>{ASSAY_TEXT("Report", "Threads used"), [](const RunHeader &h, const Translate &) { return numberOrDash(h.environment.threads); }},
    Line<RunHeader>{ASSAY_TEXT("Report", "Device"),
                    [](const RunHeader &h, const Translate &) {
                        const Environment &e = h.environment;
                        return e.deviceName.empty() ? e.device : e.device + " (" + e.deviceName + ")";
                    }},
    Line<RunHeader>{ASSAY_TEXT("Report", "Computed in"), [](const RunHeader &h, const Translate &) { return orDash(h.environment.dtype); }},
    Line<RunHeader>{ASSAY_TEXT("Report", "Weights in memory"), [](const RunHeader &h, const Translate &t) { return orDash(weightsText(h.environment, t)); }},
    Line<RunHeader>{ASSAY_TEXT("Report", "Tensors not used"), [](const RunHeader &h, const Translate &t) { return orDash(unusedText(h.environment, t)); }},
    Line<RunHeader>{ASSAY_TEXT("Report", "libtorch"), [](const RunHeader &h, const Translate &) { return orDash(h.environment.libtorch); }},
    Line<RunHeader>{ASSAY_TEXT("Report", "Worker"), [](const RunHeader &h, const Translate &) { return h.environment.worker; }},
    Line<RunHeader>{ASSAY_TEXT("Report", "State"),
                    [](const RunHeader &h, const Translate &translate) { return stateText(h, translate); }},
    Line<RunHeader>{ASSAY_TEXT("Report", "Started (UTC)"), [](const RunHeader &h, const Translate &) { return orDash(h.startedAt); }},
    Line<RunHeader>{ASSAY_TEXT("Report", "Finished (UTC)"), [](const RunHeader &h, const Translate &) { return orDash(h.finishedAt); }},
};

const std::array kMeasuredLines{
    Line<BenchRun>{ASSAY_TEXT("Report", "Decoding"), [](const BenchRun &r, const Translate &t) { return orDash(decodingText(r, t)); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Prompts"), [](const BenchRun &r, const Translate &t) { return orDash(promptsText(r, t)); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Load average, median"), [](const BenchRun &r, const Translate &) { return threeDigits(medianLoad(r)); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Load average, highest"), [](const BenchRun &r, const Translate &) { return r.samples.empty() ? "-" : threeDigits(mostLoad(r)); }},
};

const std::array kSampleLines{
    Line<BenchRun>{ASSAY_TEXT("Report", "Requests sent"), [](const BenchRun &r, const Translate &) { return r.requests.empty() ? std::string("-") : std::to_string(r.requests.size()); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Loads"), [](const BenchRun &r, const Translate &) { return r.plan.load ? std::string("-") : std::to_string(r.loads.size()); }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Counted runs"),
                   [](const BenchRun &r, const Translate &) {
                       return r.plan.load ? std::string("-") : std::to_string(std::count_if(r.samples.begin(), r.samples.end(), [](const auto &s) { return !s.warmup; }));
                   }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Warm-up runs"),
                   [](const BenchRun &r, const Translate &) {
                       return r.plan.load ? std::string("-") : std::to_string(std::count_if(r.samples.begin(), r.samples.end(), [](const auto &s) { return s.warmup; }));
                   }},
    Line<BenchRun>{ASSAY_TEXT("Report", "Gaps between tokens"),
                   [](const BenchRun &r, const Translate &) {
                       size_t gaps = 0;
                       for (const MeasureSample &sample : r.samples)
                           gaps += sample.warmup ? 0 : sample.gaps.size();
                       return r.plan.passes || r.plan.load ? "-" : std::to_string(gaps);
                   }},
};

/// Adds a row for each line that says something of a subject; a subject without a run has "-".
template <class Run, class Lines, class Find>
void addLines(const ReportSource &source, const Lines &lines, Find find, ReportTable &table)
{
    for (const Line<Run> &line : lines) {
        std::vector<std::string> cells{source.words(line.label)};
        for (const ComparedSubject &subject : source.comparison.subjects) {
            const Run *run = find(subject);
            cells.push_back(run ? line.value(*run, source.words.translate) : "-");
        }
        // A setting that nobody has (declared inputs, output tokens of passes) is no row.
        if (std::any_of(cells.begin() + 1, cells.end(), [](const std::string &cell) { return cell != "-"; }))
            table.rows.push_back(std::move(cells));
    }
}

const BenchRun *benchOf(const ComparedSubject &subject)
{
    return subject.bench.get();
}

bool anyBench(const Comparison &comparison)
{
    return std::any_of(comparison.subjects.begin(), comparison.subjects.end(), [](const auto &s) { return s.bench != nullptr; });
}

ReportTable suitesTable(const ReportSource &source)
{
    const ReportWords &words = source.words;
    ReportTable table;
    table.title = words(ASSAY_TEXT("Report", "Suites"));
    table.header = {words(ASSAY_TEXT("Report", "Subject")), words(ASSAY_TEXT("Report", "Suite")),
                    words(ASSAY_TEXT("Report", "Answered")), words(ASSAY_TEXT("Report", "Items")),
                    words(ASSAY_TEXT("Report", "Temperature")), words(ASSAY_TEXT("Report", "SHA-256 of the suite"))};
    table.numeric = {false, false, true, true, true, false};
    for (size_t i = 0; i < source.comparison.subjects.size(); ++i) {
        for (const auto &run : source.comparison.subjects[i].evaluations) {
            if (run)
                table.rows.push_back({source.name(i), run->protocol.suite, std::to_string(run->items.size()),
                                      std::to_string(run->protocol.suiteItems), threeDigits(run->protocol.temperature),
                                      run->protocol.suiteFingerprint});
        }
    }
    return table;
}

ReportTable definitionsTable(const ReportSource &source)
{
    const ReportWords &words = source.words;
    ReportTable table;
    table.title = words(ASSAY_TEXT("Report", "Definitions"));
    table.header = {words(ASSAY_TEXT("Report", "Metric")), words(ASSAY_TEXT("Report", "Definition"))};
    table.numeric = {false, false};
    for (const ComparisonRow &row : source.rows) {
        if (row.id.starts_with("metric."))
            table.rows.push_back({row.label, row.tooltip});
    }
    return table;
}

} // namespace

ReportSection protocolSection(const ReportSource &source)
{
    const ReportWords &words = source.words;
    ReportSection section{"protocol", words(ASSAY_TEXT("Report", "Protocol")), {}};
    if (anyBench(source.comparison)) {
        ReportTable plan = subjectTable(source, words(ASSAY_TEXT("Report", "Benchmark")), words(ASSAY_TEXT("Report", "Setting")));
        addLines<BenchRun>(source, kPlanLines, benchOf, plan);
        section.blocks.push_back(std::move(plan));
    }
    ReportTable suites = suitesTable(source);
    if (!suites.rows.empty())
        section.blocks.push_back(std::move(suites));
    ReportTable definitions = definitionsTable(source);
    if (!definitions.rows.empty())
        section.blocks.push_back(std::move(definitions));
    return section;
}

ReportSection environmentSection(const ReportSource &source)
{
    const ReportWords &words = source.words;
    ReportSection section{"environment", words(ASSAY_TEXT("Report", "Environment")), {}};
    const auto &subjects = source.comparison.subjects;
    if (std::none_of(subjects.begin(), subjects.end(), headerOf))
        return section;
    ReportTable table = subjectTable(source, {}, words(ASSAY_TEXT("Report", "Measured on")));
    addLines<RunHeader>(source, kEnvironmentLines, headerOf, table);
    if (anyBench(source.comparison))
        addLines<BenchRun>(source, kMeasuredLines, benchOf, table);
    section.blocks.push_back(std::move(table));
    return section;
}

ReportSection appendixSection(const ReportSource &source)
{
    const ReportWords &words = source.words;
    ReportSection section{"appendix", words(ASSAY_TEXT("Report", "Appendix: raw data")), {}};
    if (source.comparison.subjects.empty())
        return section;
    section.blocks.push_back(ReportParagraph{
        words(ASSAY_TEXT("Report", "Every sample and every answer behind this report is in its JSON form, which is attached to the PDF as "
                                   "results.json; each number there has the text that is printed here beside it.")),
        false});
    ReportTable table = subjectTable(source, words(ASSAY_TEXT("Report", "Samples")), words(ASSAY_TEXT("Report", "Kind")));
    if (anyBench(source.comparison))
        addLines<BenchRun>(source, kSampleLines, benchOf, table);
    std::vector<std::string> items{words(ASSAY_TEXT("Report", "Answered items"))};
    for (const ComparedSubject &subject : source.comparison.subjects) {
        size_t count = 0;
        for (const auto &run : subject.evaluations)
            count += run ? run->items.size() : 0;
        items.push_back(std::to_string(count));
    }
    table.rows.push_back(std::move(items));
    section.blocks.push_back(std::move(table));
    return section;
}

} // namespace assay
