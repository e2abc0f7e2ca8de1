// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/bench/pointtext.h"
#include "core/compare/joined.h"
#include "core/identify/verification.h"
#include "core/identify/watch/utctime.h"
#include "core/report/report.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr const char *kSchema = "assay.report";
constexpr int kSchemaVersion = 2; ///< told in docs/REPORT.md

json number(double value)
{
    return std::isfinite(value) ? json(value) : json();
}

json number(const std::optional<double> &value)
{
    return value ? number(*value) : json();
}

json cellJson(const ComparisonCell &cell, const std::string &subject)
{
    json out{{"subject", subject}, {"text", cell.text}, {"value", number(cell.value)}, {"detail", cell.detail}};
    if (cell.estimate) {
        out["n"] = cell.estimate->n;
        out["low"] = cell.estimate->hasInterval ? number(cell.estimate->low) : json();
        out["high"] = cell.estimate->hasInterval ? number(cell.estimate->high) : json();
    }
    if (cell.ratio)
        out["ratio"] = {{"value", number(*cell.ratio)}, {"text", threeDigits(*cell.ratio)}};
    return out;
}

json rowsJson(const Comparison &comparison, const std::vector<ComparisonRow> &rows)
{
    json out = json::array();
    for (const ComparisonRow &row : rows) {
        json cells = json::array();
        for (size_t i = 0; i < row.cells.size(); ++i)
            cells.push_back(cellJson(row.cells[i], subjectTitle(comparison.subjects[i])));
        out.push_back({{"id", row.id}, {"group", row.group}, {"label", row.label}, {"unit", row.unit}, {"cells", cells}});
    }
    return out;
}

json pairsJson(const Comparison &comparison, const std::vector<PairRow> &pairs)
{
    json out = json::array();
    for (const PairRow &pair : pairs) {
        const PairedResult &result = pair.result;
        out.push_back({{"suite", pair.suite},
                       {"first", subjectTitle(comparison.subjects[pair.first])},
                       {"second", subjectTitle(comparison.subjects[pair.second])},
                       {"n", result.n},
                       {"both_right", result.bothRight},
                       {"only_first", result.onlyFirst},
                       {"only_second", result.onlySecond},
                       {"neither", result.bothWrong},
                       {"difference",
                        {{"value", number(result.difference.value)},
                         {"low", number(result.difference.low)},
                         {"high", number(result.difference.high)},
                         {"text", pair.difference}}},
                       {"p", {{"value", number(result.p)}, {"text", pair.p}}},
                       {"margin", comparison.margin},
                       {"standing", standingName(pair.standing)},
                       {"more_items", pair.moreItems ? json(*pair.moreItems) : json(nullptr)},
                       {"items_to_tell", pair.itemsToTell ? json(*pair.itemsToTell) : json(nullptr)},
                       {"judgement", pair.verdict}});
    }
    return out;
}

json subjectJson(const ComparedSubject &subject)
{
    json evaluations = json::array();
    for (const auto &run : subject.evaluations) {
        if (run)
            evaluations.push_back(toJson(*run));
    }
    return {{"name", subjectTitle(subject)},
            {"role", roleName(subject.role)},
            {"dtype", headerOf(subject) ? json(headerOf(subject)->environment.dtype) : json()},
            {"path", subject.subject.path},
            {"fingerprint", subject.subject.fingerprint},
            {"ended_early", subject.bench && subject.bench->header.endedEarly ? json(endedEarlyText(*subject.bench->header.endedEarly)) : json()},
            {"facts", subject.facts ? factsToJson(*subject.facts) : json()},
            {"benchmark", subject.bench ? toJson(*subject.bench) : json()},
            {"evaluations", evaluations}};
}

json notesJson(const Report &report)
{
    json out = json::array();
    for (const ReportNote &note : report.notes)
        out.push_back({{"subject", subjectTitle(report.comparison.subjects[note.subject])},
                       {"load", describePoint(note.point)},
                       {"id", note.note.id},
                       {"text", note.note.text()}});
    return out;
}

/// What each drawn chart says in words, and the points that stand out; its other points follow from rows and runs.
json chartsJson(const Report &report)
{
    json out = json::array();
    for (const ReportSection &section : report.sections) {
        for (const ReportBlock &block : section.blocks) {
            const auto *chart = std::get_if<ChartSpec>(&block);
            if (!chart)
                continue;
            json marks = json::array();
            for (const ChartSeries &series : chart->series) {
                for (const ChartPoint &point : series.points) {
                    if (!point.mark.empty())
                        marks.push_back({{"subject", series.name}, {"x", number(point.x)}, {"y", number(point.y)}, {"text", point.mark}});
                }
            }
            out.push_back({{"id", chart->id}, {"title", chart->title}, {"load", chart->subtitle}, {"note", chart->note}, {"marks", marks}});
        }
    }
    return out;
}

json pointJson(const Comparison &comparison)
{
    const std::optional<BenchPoint> point = sharedPoint(comparison);
    if (!point)
        return {};
    json out{{"prompt_tokens", point->promptTokens}, {"output_tokens", point->outputTokens}, {"batch", point->batch}};
    if (!point->inputs.empty())
        out["inputs"] = point->inputs;
    return out;
}

json limitJson(const SlaRow &row)
{
    const Estimate &share = row.compliance;
    return {{"endpoint", row.endpoint},
            {"version", row.version},
            {"limit", slaLimitName(row.limit)},
            {"seconds", number(row.seconds)},
            {"demanded", number(row.demanded)},
            {"compliance", share.n > 0 ? number(share.value) : json()},
            {"interval", share.hasInterval ? json{number(share.low), number(share.high)} : json()},
            {"n", share.n},
            {"breached", row.breached()}};
}

json watchJson(const WatchReading &watch)
{
    json checks = json::array(), limits = json::array(), switches = json::array();
    for (const WatchRecord &record : watch.history.records) {
        json one = recordToJson(record);
        one.erase("window"); // the history holds what came
        one["at"] = utcText(record.at);
        one["due"] = utcText(record.due);
        if (record.change)
            one["since"] = utcText(record.since);
        one["what"] = record.what.sentence();
        checks.push_back(std::move(one));
    }
    for (const SlaRow &row : watch.compliance)
        limits.push_back(limitJson(row));
    for (const VersionSwitch &one : watch.switches)
        switches.push_back({{"entry", one.entry}, {"at", one.at}, {"who", one.who}, {"endpoint", one.endpoint}, {"from", one.from}, {"to", one.to}, {"why", one.why}, {"way_back", one.wayBack}});
    json audit{{"entries", watch.audit ? json(watch.audit->entries.size()) : json()}, {"broken", watch.auditError ? json(watch.auditError->sentence()) : json()}};
    if (watch.audit && !watch.audit->entries.empty())
        audit["last"] = {{"entry", watch.audit->entries.back().number}, {"hash", watch.audit->entries.back().hash}};
    return {{"name", watch.file.name}, {"checks", checks}, {"limits", limits}, {"switches", switches}, {"audit", audit}};
}

/// Texts of the report in its own language, so that they equal what is printed.
json sectionsJson(const Report &report)
{
    json out = json::array();
    for (const ReportSection &section : report.sections) {
        json tables = json::array();
        json paragraphs = json::array();
        for (const ReportBlock &block : section.blocks) {
            if (const auto *table = std::get_if<ReportTable>(&block))
                tables.push_back({{"title", table->title}, {"header", table->header}, {"rows", table->rows}});
            else if (const auto *paragraph = std::get_if<ReportParagraph>(&block))
                paragraphs.push_back(paragraph->text);
        }
        out.push_back({{"id", section.id}, {"title", section.title}, {"paragraphs", paragraphs}, {"tables", tables}});
    }
    return out;
}

} // namespace

std::string reportJson(const Report &report)
{
    const Comparison &comparison = report.comparison;
    json subjects = json::array();
    for (const ComparedSubject &subject : comparison.subjects)
        subjects.push_back(subjectJson(subject));
    const bool known = comparison.reference < comparison.subjects.size();
    json document{{"schema", kSchema},
                  {"schema_version", kSchemaVersion},
                  {"title", report.title},
                  {"language", report.language},
                  {"created_at", report.createdAt},
                  {"assay_version", report.assayVersion},
                  {"verdict", report.verdict},
                  {"reference", known ? json(subjectTitle(comparison.subjects[comparison.reference])) : json()},
                  {"point", pointJson(comparison)},
                  {"rows", rowsJson(comparison, comparisonTable(comparison))},
                  {"pairs", pairsJson(comparison, pairedComparisons(comparison))},
                  {"notes", notesJson(report)},
                  {"charts", chartsJson(report)},
                  {"sections", sectionsJson(report)},
                  {"subjects", subjects}};
    for (const auto &verification : comparison.verifications)
        document["verifications"].push_back(verificationToJson(*verification));
    if (report.watch)
        document["watch"] = watchJson(*report.watch);
    if (report.runs)
        document["differences"] = toJson(*report.runs);
    // Names and outputs may hold any bytes: what is not UTF-8 is replaced, never thrown on.
    return document.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace assay
