// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/inspectstatistics.h"

#include "app/assay/console.h"
#include "app/assay/interruptible.h"
#include "core/base/units.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <nlohmann/json.hpp>
#include <unordered_map>

namespace assay {
namespace {

constexpr size_t kCountedExactly = 16; // tensors: a few are worth the time
constexpr size_t kHistograms = 4096; // with more tensors the JSON holds none: they would take hundreds of MB

QString number(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', 4) : QStringLiteral("-");
}

} // namespace

Result<InspectedStatistics> inspectStatistics(const Inspection &inspection, const std::vector<uint32_t> &tensors)
{
    const ModelDirectory &directory = inspection.directory;
    const WeightCatalog catalog = catalogOf(directory.checkpoint, inspection.facts.config, directory.files.get());
    InspectedStatistics inspected;
    const bool withHistograms = tensors.size() <= kHistograms;
    std::atomic<uint64_t> done = 0, total = 0;
    std::stop_source stop;
    ModelStatisticsRequest request;
    request.tensors = tensors;
    request.detail = tensors.size() <= kCountedExactly ? CountingDetail::Exact : CountingDetail::Sampled;
    request.control.stop = stop.get_token();
    request.control.progress = [&](uint64_t bytes, uint64_t all) {
        done = bytes;
        total = all;
    };
    request.done = [&](const TensorOutcome &outcome) {
        inspected.outcomes.push_back(outcome);
        if (!withHistograms && outcome.statistics)
            *inspected.outcomes.back().statistics = withoutCurves(*outcome.statistics);
    };
    Result<std::vector<Finding>> findings;
    runInterruptible(stop, [&] { findings = computeModelStatistics(catalog, *directory.files, request); }, [&] {
        progress(QCoreApplication::translate("Command", "%1 of %2 read")
                     .arg(toQString(formatBytes(double(done))), toQString(formatBytes(double(total)))));
    });
    if (!findings)
        return tl::unexpected(findings.error());
    inspected.findings = std::move(*findings);
    std::sort(inspected.outcomes.begin(), inspected.outcomes.end(),
              [](const TensorOutcome &a, const TensorOutcome &b) { return a.tensor < b.tensor; });
    return inspected;
}

void addStatistics(const InspectedStatistics &statistics, const std::vector<uint32_t> &tensors, nlohmann::json &json)
{
    std::unordered_map<uint32_t, size_t> places;
    for (size_t i = 0; i < tensors.size(); ++i)
        places.emplace(tensors[i], i);
    for (const TensorOutcome &outcome : statistics.outcomes) {
        nlohmann::json &tensor = json["tensors"][places.at(outcome.tensor)];
        tensor["stats"] = statisticsToJson(outcome);
        if (!outcome.statistics)
            tensor["stats_error"] = errorJson(outcome.statistics.error());
    }
}

void printStatistics(const InspectedStatistics &statistics, const Checkpoint &checkpoint)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Command", text); };
    QList<QStringList> rows{{tr(QT_TRANSLATE_NOOP("Command", "tensor")), tr(QT_TRANSLATE_NOOP("Command", "type")),
                             tr(QT_TRANSLATE_NOOP("Command", "values")), tr(QT_TRANSLATE_NOOP("Command", "smallest")),
                             tr(QT_TRANSLATE_NOOP("Command", "largest")), tr(QT_TRANSLATE_NOOP("Command", "mean")),
                             tr(QT_TRANSLATE_NOOP("Command", "deviation")), QStringLiteral("|99 %|"),
                             tr(QT_TRANSLATE_NOOP("Command", "zeros")), QStringLiteral("NaN"), QStringLiteral("Inf")}};
    for (const TensorOutcome &outcome : statistics.outcomes) {
        const TensorRecord &tensor = checkpoint.tensors[outcome.tensor];
        QStringList row{toQString(std::string(tensor.name)), toQString(std::string(tensor.dtypeText))};
        if (!outcome.statistics) {
            rows.append(row << errorText(outcome.statistics.error()));
            continue;
        }
        const TensorStatistics &values = *outcome.statistics;
        const auto of = [&](double value) { return values.finite > 0 ? number(value) : number(std::nan("")); };
        row << toQString(groupedDigits(int64_t(values.count))) << of(values.min) << of(values.max) << of(values.mean) << of(values.std)
            << of(values.absoluteQuantiles[2]) << toQString(groupedDigits(int64_t(values.zeros)))
            << toQString(groupedDigits(int64_t(values.nans))) << toQString(groupedDigits(int64_t(values.infinities)));
        rows.append(row);
    }
    for (const QString &line : alignedTable(rows, {false, false, true, true, true, true, true, true, true, true, true}))
        print(line);
}

} // namespace assay
