// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 4180: CRLF, fields with commas, quotes or line ends in quotes.
#include "core/bench/pointtext.h"
#include "core/identify/verification.h"
#include "core/identify/watch/utctime.h"
#include "core/report/report.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

namespace assay {
namespace {

std::string quoted(const std::string &field)
{
    if (field.find_first_of(",\"\r\n") == std::string::npos)
        return field;
    std::string out = "\"";
    for (char c : field) {
        if (c == '"')
            out += '"';
        out += c;
    }
    return out + '"';
}

/// A name that begins like a formula gets an apostrophe: spreadsheets would run it.
std::string text(const std::string &field)
{
    const bool formula = !field.empty() && std::string_view("=+-@\t\r").find(field.front()) != std::string_view::npos;
    return quoted(formula ? "'" + field : field);
}

std::string number(const std::optional<double> &value)
{
    if (!value || !std::isfinite(*value))
        return {};
    std::array<char, 40> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), *value);
    return std::string(buffer.data(), result.ptr);
}

std::string line(const ComparedSubject &subject, const ComparisonRow &row, const ComparisonCell &cell)
{
    const Estimate *estimate = cell.estimate ? &*cell.estimate : nullptr;
    const bool interval = estimate && estimate->hasInterval;
    std::string out = text(subjectTitle(subject));
    out += std::string(",") + roleName(subject.role);
    out += "," + text(row.group);
    out += "," + text(row.id);
    out += "," + row.unit;
    out += "," + (cell.value ? number(cell.value) : cell.text == "-" ? std::string() : text(cell.text));
    out += "," + (interval ? number(estimate->low) : std::string());
    out += "," + (interval ? number(estimate->high) : std::string());
    out += "," + (estimate ? std::to_string(estimate->n) : std::string());
    out += "," + number(cell.ratio);
    return out + "\r\n";
}

std::string noteLine(const ComparedSubject &subject, const ReportNote &note)
{
    return text(subjectTitle(subject)) + "," + roleName(subject.role) + ",Notes,note." + note.note.id + ",,"
           + text(describePoint(note.point) + ": " + note.note.text()) + ",,,,\r\n";
}

std::string endedLine(const ComparedSubject &subject, const RunHeader &run)
{
    return text(subjectTitle(subject)) + "," + roleName(subject.role) + ",Notes,note.ended_at_limit,," + text(endedEarlyText(*run.endedEarly)) + ",,,,\r\n";
}

std::string endedLines(const ComparedSubject &subject)
{
    std::string out;
    if (subject.bench && subject.bench->header.endedEarly)
        out += endedLine(subject, subject.bench->header);
    for (const auto &run : subject.evaluations)
        out += run && run->header.endedEarly ? endedLine(subject, run->header) : std::string();
    return out;
}

/// The value is the difference, the ratio the run's value over the reference's.
std::string differenceLine(const RunComparison &runs, const RunDifference &row, const std::string &unit)
{
    const Estimate &difference = row.difference.difference;
    const bool known = row.reason.empty() && difference.n > 0, interval = known && difference.hasInterval;
    std::string out = text(runs.names[row.run]) + "," + roleName(Role::Other) + "," + text(row.point) + "," + text("difference." + row.id) + "," + unit;
    out += "," + (known ? number(difference.value) : std::string());
    out += "," + (interval ? number(difference.low) : std::string()) + "," + (interval ? number(difference.high) : std::string());
    out += "," + (known ? std::to_string(difference.n) : std::string());
    return out + "," + (known && row.difference.ratio.n > 0 ? number(row.difference.ratio.value) : std::string()) + "\r\n";
}

/// The verdict, and what became of each claim; the values are words.
std::string verificationLines(const Comparison &comparison, const Verification &verification)
{
    const auto named = [&](const ComparedSubject &subject) { return subject.subject.path == verification.path; };
    const auto compared = std::find_if(comparison.subjects.begin(), comparison.subjects.end(), named);
    const Role role = compared == comparison.subjects.end() ? Role::Other : compared->role;
    const auto identityLine = [&](const std::string &id, const std::string &unit, const std::string &value, const std::string &n) {
        return text(verification.subject) + "," + roleName(role) + ",Identity," + text(id) + "," + text(unit) + "," + text(value) + ",,," + n + ",\r\n";
    };
    std::string out = identityLine("identity.verdict", {}, verdictName(verification.verdict.kind), {});
    for (const ClaimRow &row : verification.claims)
        out += identityLine("claim." + row.claim.field, row.claim.unit, claimVerdictName(row.verdict), {});
    for (const Evidence &one : verification.evidence) {
        if (one.p)
            out += identityLine("evidence." + one.test, "p", number(one.p), one.n > 0 ? std::to_string(one.n) : std::string());
    }
    return out;
}

std::string limitId(SlaRow::Limit limit)
{
    constexpr std::array kIds{"ttft", "tpot", "errors", "availability"};
    return kIds[size_t(limit)];
}

/// Agreed limits with what was measured, and each alarm with its time and sentence.
std::string watchLines(const WatchReading &watch)
{
    const auto begun = [](const std::string &endpoint, const std::string &id, const char *unit) {
        return text(endpoint) + "," + roleName(Role::Other) + ",Watch," + text(id) + "," + unit + ",";
    };
    std::string out;
    for (const SlaRow &row : watch.compliance) {
        const Estimate &share = row.compliance;
        out += begun(row.endpoint, "limit." + row.version + "." + limitId(row.limit), "rate") + (share.n > 0 ? number(share.value) : std::string());
        out += "," + (share.hasInterval ? number(share.low) : std::string()) + "," + (share.hasInterval ? number(share.high) : std::string());
        out += "," + std::to_string(share.n) + "," + number(share.n > 0 && row.demanded > 0 ? std::optional(share.value / row.demanded) : std::nullopt) + "\r\n";
    }
    for (const WatchRecord &record : watch.history.records) {
        if (record.change)
            out += begun(record.endpoint, std::string("change.") + (record.outcome == WatchRecord::Outcome::Limits ? "limits" : watchCheckId(record.check)), "")
                   + text(utcText(record.at) + ": " + record.what.sentence()) + ",,,,\r\n";
    }
    return out;
}

} // namespace

std::string reportCsv(const Report &report)
{
    const Comparison &comparison = report.comparison;
    std::string out = "subject,role,group,metric,unit,value,low,high,n,ratio\r\n";
    std::map<std::string, std::string> units;
    for (const ComparisonRow &row : comparisonTable(comparison)) {
        units[row.id] = row.unit;
        for (size_t i = 0; i < row.cells.size(); ++i)
            out += line(comparison.subjects[i], row, row.cells[i]);
    }
    for (const ReportNote &note : report.notes)
        out += noteLine(comparison.subjects[note.subject], note);
    for (const ComparedSubject &subject : comparison.subjects)
        out += endedLines(subject);
    for (const auto &verification : comparison.verifications)
        out += verificationLines(comparison, *verification);
    if (report.watch)
        out += watchLines(*report.watch);
    for (const RunDifference &row : report.runs ? report.runs->rows : std::vector<RunDifference>())
        out += differenceLine(*report.runs, row, row.id == "accuracy" ? "rate" : units["metric." + row.id]);
    return out;
}

} // namespace assay
