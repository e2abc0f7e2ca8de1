// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/exportrun.h"

#include "core/bench/planjson.h"
#include "widgets/common/tablecopy.h"

#include <QSaveFile>
#include <nlohmann/json.hpp>

#include <cmath>

namespace assay {
namespace {

using json = nlohmann::json;

std::string dump(const json &value)
{
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// Bit by bit: as one object a hundred thousand requests would take gigabytes.
void writeJson(const RunLine &line, QSaveFile &file)
{
    if (line.evaluation) {
        file.write(QByteArray::fromStdString(dump(toJson(*line.evaluation))));
        return;
    }
    BenchRun head = *line.bench;
    head.requests = {};
    std::string text = dump(toJson(head));
    const RequestLog &requests = line.bench->requests;
    if (!requests.empty()) {
        text.pop_back(); // the closing brace
        text += ",\"requests\":[";
    }
    file.write(QByteArray::fromStdString(text));
    for (size_t i = 0; i < requests.size(); ++i)
        file.write(QByteArray::fromStdString((i > 0 ? ",\n" : "\n") + dump(toJson(requests.at(i)))));
    if (!requests.empty())
        file.write("]}");
}

QString cell(const std::optional<double> &value)
{
    return value && std::isfinite(*value) ? QString::number(*value, 'g', 12) : QString();
}

void writeLine(QSaveFile &file, const QStringList &cells)
{
    file.write(tableLine(cells, CopyFormat::Csv).toUtf8());
}

void writeNumbers(const RunDetails &details, QSaveFile &file)
{
    writeLine(file, {QStringLiteral("point"), QStringLiteral("metric"), QStringLiteral("value"), QStringLiteral("n"), QStringLiteral("definition")});
    for (const RowGroup &group : details.numbers) {
        for (const GroupedRow &row : group.rows)
            writeLine(file, QStringList{group.title} + row.cells);
    }
}

void writeRequests(const RunDetails &details, QSaveFile &file)
{
    writeLine(file, QStringLiteral("request attempt point warmup scheduled_s sent_s schedule_delay_s ttft_s ttfa_s tpot_s e2e_s longest_gap_s "
                                   "prompt_tokens output_tokens failure")
                        .split(u' '));
    if (!details.analysis)
        return;
    const auto seconds = [](int64_t moment) { return moment == kNever ? std::nullopt : std::optional(double(moment) * 1e-9); };
    for (size_t level = 0; level < details.analysis->levels.size(); ++level) {
        for (const RequestRow &row : details.analysis->levels[level].rows) {
            const RequestMetrics &m = row.metrics;
            writeLine(file, {QString::number(row.index), QString::number(row.attempt), details.points[level], QString::number(row.warmup),
                             cell(seconds(row.scheduled)), cell(seconds(row.sent)), cell(m.scheduleDelay), cell(m.ttft), cell(m.ttfa), cell(m.tpot),
                             cell(m.e2e), cell(m.longestGap), QString::number(row.usage.prompt.value_or(row.askedPrompt)),
                             QString::number(m.tokens), QLatin1String(definitionOf(row.failure).id)});
        }
    }
}

} // namespace

Result<void> exportRun(const RunDetails &details, RunExport format, const QString &file)
{
    QSaveFile out(file);
    const auto unwritable = [&] { return failure(ErrorCode::FileUnwritable, {file.toStdString(), out.errorString().toStdString()}); };
    if (!out.open(QIODevice::WriteOnly))
        return unwritable();
    if (format == RunExport::Json)
        writeJson(details.line, out);
    else if (format == RunExport::NumbersCsv)
        writeNumbers(details, out);
    else
        writeRequests(details, out);
    if (!out.commit())
        return unwritable();
    return {};
}

} // namespace assay
