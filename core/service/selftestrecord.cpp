// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/jsonfields.h"
#include "core/service/resources.h"
#include "core/service/selftest.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSysInfo>
#include <nlohmann/json.hpp>

namespace assay {

namespace {

using nlohmann::json;

constexpr qint64 kMostBytes = 1 << 20;

json toJson(const ErrorSpread &spread)
{
    return {{"median", spread.median}, {"p99", spread.p99}, {"max", spread.most}, {"n", spread.n}};
}

Result<ErrorSpread> spreadFromJson(const json &value)
{
    ErrorSpread spread;
    JsonFields fields(value);
    fields.read("median", spread.median);
    fields.read("p99", spread.p99);
    fields.read("max", spread.most);
    fields.read("n", spread.n);
    return fields.finish(std::move(spread));
}

json toJson(const SelfTestResult &result)
{
    return {{"streams", result.level.streams},
            {"rate", result.level.rate},
            {"seconds", result.level.seconds},
            {"in_step", result.level.inStep},
            {"written", result.written},
            {"lost", result.lost},
            {"invented", result.invented},
            {"failed", result.failed},
            {"altered", result.altered},
            {"ttft_error", toJson(result.ttft)},
            {"tpot_error", toJson(result.tpot)},
            {"chunk_error", toJson(result.chunk)},
            {"client_seconds", result.clientSeconds},
            {"mock_seconds", result.mockSeconds},
            {"took", result.seconds},
            {"proven", result.proven()}};
}

Result<SelfTestResult> resultFromJson(const json &value)
{
    SelfTestResult result;
    JsonFields fields(value);
    fields.read("streams", result.level.streams);
    fields.read("rate", result.level.rate);
    fields.read("seconds", result.level.seconds);
    fields.read("in_step", result.level.inStep);
    fields.read("written", result.written);
    fields.read("lost", result.lost);
    fields.read("invented", result.invented);
    fields.read("failed", result.failed);
    fields.read("altered", result.altered);
    fields.readWith("ttft_error", result.ttft, spreadFromJson);
    fields.readWith("tpot_error", result.tpot, spreadFromJson);
    fields.readWith("chunk_error", result.chunk, spreadFromJson);
    fields.read("client_seconds", result.clientSeconds);
    fields.read("mock_seconds", result.mockSeconds);
    fields.read("took", result.seconds);
    return fields.finish(std::move(result));
}

} // namespace

json toJson(const SelfTestReport &report)
{
    json results = json::array();
    for (const SelfTestResult &result : report.results)
        results.push_back(toJson(result));
    return {{"made", report.made}, {"host", report.host}, {"assay", report.assay},
            {"proven_rate", report.provenRate()}, {"most_error", kProvenError}, {"levels", results}};
}

Result<SelfTestReport> selfTestReportFromJson(const json &value)
{
    SelfTestReport report;
    JsonFields fields(value);
    fields.read("made", report.made);
    fields.read("host", report.host);
    fields.read("assay", report.assay);
    fields.readList("levels", report.results, resultFromJson);
    return fields.finish(std::move(report));
}

QString selfTestFile()
{
    return QFileInfo(storeFile()).absolutePath() + QStringLiteral("/selftest.json");
}

Result<void> keepSelfTest(const SelfTestReport &report, const QString &file)
{
    QDir().mkpath(QFileInfo(file).absolutePath());
    const std::string text = toJson(report).dump(2, ' ', false, json::error_handler_t::replace) + "\n";
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(text.data(), qint64(text.size())) < 0 || !out.commit())
        return failure(ErrorCode::FileUnwritable, {file.toStdString(), out.errorString().toStdString()});
    return {};
}

std::optional<SelfTestReport> lastSelfTest(const QString &file)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray text = in.read(kMostBytes);
    const json value = json::parse(text.begin(), text.end(), nullptr, false);
    const auto report = selfTestReportFromJson(value);
    const bool ofHere = report && report->assay == ASSAY_VERSION && report->host == QSysInfo::machineHostName().toStdString();
    return ofHere ? std::optional(*report) : std::nullopt;
}

std::optional<double> provenRate()
{
    const auto report = lastSelfTest();
    return report ? std::optional(report->provenRate()) : std::nullopt;
}

} // namespace assay
