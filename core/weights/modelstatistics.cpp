// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/modelstatistics.h"

#include "core/base/units.h"
#include "core/model/tensorroles.h"
#include "core/weights/workers.h"

#include <algorithm>
#include <mutex>
#include <numeric>

namespace assay {
namespace {

/// Collects what the threads find; one at a time.
class Collector
{
public:
    Collector(const WeightCatalog &catalog, const ModelStatisticsRequest &request) : m_catalog(catalog), m_request(request)
    {
        for (const uint32_t tensor : request.tensors)
            m_total += bytesOf(tensor);
    }

    uint64_t bytesOf(uint32_t tensor) const { return m_catalog.checkpoint().tensors[tensor].bytes; }

    void add(const TensorOutcome &outcome)
    {
        const std::lock_guard lock(m_mutex);
        if (outcome.statistics) {
            auto found = findingsOf(m_catalog, outcome.tensor, *outcome.statistics);
            std::move(found.begin(), found.end(), std::back_inserter(m_findings));
            m_statistics.emplace(outcome.tensor, withoutCurves(*outcome.statistics));
        } else if (m_unreadable++ == 0) {
            m_firstUnreadable = outcome.tensor;
            const auto &arguments = outcome.statistics.error().arguments;
            m_reason = outcome.statistics.error().code == ErrorCode::WeightsUnreadable && arguments.size() > 1
                           ? arguments[1]
                           : outcome.statistics.error().sentence();
        }
        if (outcome.precision)
            m_precisions.emplace(outcome.tensor, *outcome.precision);
        if (m_request.done)
            m_request.done(outcome);
    }

    /// More bytes of some tensor are done.
    void advance(uint64_t bytes)
    {
        const std::lock_guard lock(m_mutex);
        m_done += bytes;
        if (m_request.control.progress)
            m_request.control.progress(std::min(m_done, m_total), m_total);
    }

    Result<std::vector<Finding>> finish(const FileSet &files)
    {
        auto equal = equalWeights(m_catalog, files, m_statistics, {m_request.control.stop, {}});
        if (!equal)
            return equal;
        std::move(equal->begin(), equal->end(), std::back_inserter(m_findings));
        auto findings = joinedFindings(std::move(m_findings));
        if (const auto hidden = hiddenQuantization(m_precisions, m_catalog))
            findings.push_back(*hidden);
        if (m_unreadable > 0) {
            Finding finding;
            finding.code = FindingCode::TensorUnreadable;
            finding.where = std::string(m_catalog.checkpoint().tensors[m_firstUnreadable].name);
            finding.arguments = {groupedDigits(int64_t(m_unreadable)), finding.where, m_reason};
            findings.push_back(std::move(finding));
        }
        return findings;
    }

private:
    const WeightCatalog &m_catalog;
    const ModelStatisticsRequest &m_request;
    std::mutex m_mutex;
    uint64_t m_total = 0, m_done = 0;
    StatisticsByTensor m_statistics;
    std::map<uint32_t, StoredPrecision> m_precisions;
    std::vector<Finding> m_findings;
    uint64_t m_unreadable = 0;
    uint32_t m_firstUnreadable = 0;
    std::string m_reason;
};

TensorOutcome outcomeOf(const WeightCatalog &catalog, const FileSet &files, uint32_t tensor, const StreamControl &control,
                        CountingDetail detail)
{
    TensorOutcome outcome;
    outcome.tensor = tensor;
    outcome.scheme = catalog.parts(tensor).scheme;
    auto weight = openWeight(catalog, tensor, files);
    if (!weight) {
        outcome.statistics = tl::unexpected(weight.error());
        return outcome;
    }
    outcome.shape = weight->shape();
    outcome.statistics = computeStatistics(*weight, control, catalog.owner(tensor) ? CountingDetail::Exact : detail);
    const bool constant = outcome.statistics && outcome.statistics->min == outcome.statistics->max;
    const TensorRecord &record = catalog.checkpoint().tensors[tensor];
    const bool mask = isStoredMask(record.name, record.shape); // of zeros and ones by its nature
    if (outcome.statistics && !constant && !mask && !catalog.owner(tensor)) {
        // The pages that were just read are still in memory.
        if (const auto precision = storedPrecision(*weight, {control.stop, {}}))
            outcome.precision = *precision;
    }
    return outcome;
}

} // namespace

TensorStatistics withoutCurves(TensorStatistics statistics)
{
    statistics.histogram = {};
    for (NormProfile *profile : {&statistics.rows, &statistics.columns})
        *profile = {profile->count, profile->perEntry, {}, {}, {}};
    return statistics;
}

Result<std::vector<Finding>> computeModelStatistics(const WeightCatalog &catalog, const FileSet &files,
                                                    const ModelStatisticsRequest &request)
{
    Collector collector(catalog, request);
    forEachOnThreads(request.tensors.size(), request.threads, request.control.stop, [&](size_t index) {
        const uint32_t tensor = request.tensors[index];
        uint64_t told = 0;
        StreamControl control{request.control.stop, [&](uint64_t done, uint64_t total) {
            const uint64_t bytes = uint64_t(double(collector.bytesOf(tensor)) * double(done) / double(std::max<uint64_t>(total, 1)));
            collector.advance(bytes - std::min(told, bytes));
            told = std::max(told, bytes);
        }};
        const TensorOutcome outcome = outcomeOf(catalog, files, tensor, control, request.detail);
        if (request.control.stop.stop_requested())
            return;
        collector.advance(collector.bytesOf(tensor) - std::min(told, collector.bytesOf(tensor)));
        collector.add(outcome);
    });
    if (request.control.stop.stop_requested())
        return failure(ErrorCode::Cancelled);
    return collector.finish(files);
}

std::vector<uint32_t> tensorsBySize(const WeightCatalog &catalog)
{
    std::vector<uint32_t> tensors(catalog.count());
    std::iota(tensors.begin(), tensors.end(), 0u);
    std::stable_sort(tensors.begin(), tensors.end(), [&](uint32_t a, uint32_t b) {
        return catalog.checkpoint().tensors[a].bytes < catalog.checkpoint().tensors[b].bytes;
    });
    return tensors;
}

} // namespace assay
