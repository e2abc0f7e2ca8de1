// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/loadnotes.h"
#include "core/bench/metrics.h"
#include "core/bench/requestmetrics.h"
#include "core/bench/translator.h"

#include <cmath>
#include <cstdlib>

namespace {

/// Whatever a stored record holds, what is derived of a run with it is a number.
void deriveAll(assay::RequestRecord record)
{
    assay::BenchRun run;
    run.plan.load.emplace().slos = {{.name = "any", .ttft = 1, .ttfa = {}, .tpot = 1, .e2e = {}, .longestGap = 1, .fromSchedule = true}};
    run.plan.load->prices.emplace().completion = 1;
    record.point = 0;
    run.requests.append(record);
    record.round = 0;
    record.warmup = false;
    record.failure = assay::Failure::None;
    record.attempt = 0;
    run.requests.append(record);
    record.sent = record.scheduled = 0;
    run.requests.append(record);
    const assay::BenchPoint point = assay::pointsOf(run.plan).front();
    for (const assay::MetricValue &value : assay::summarize(run, point)) {
        if (!std::isfinite(value.estimate.value))
            std::abort();
    }
    for (const assay::LoadNote &note : assay::notesOf(run, point))
        (void)note.text();
    for (const char *tool : assay::toolIds())
        (void)assay::toText(assay::translate(run, point, tool));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    const auto record = assay::decodeRecord(bytes);
    if (!record) {
        const std::string sentence = record.error().sentence();
        return assay::validUtf8(sentence) == sentence ? 0 : (std::abort(), 0);
    }
    // What is read is bounded by what was there, and is written as what is read again.
    const std::string again = assay::encodeRecord(*record);
    const auto second = assay::decodeRecord(again);
    if (record->chunks.size() > size || record->text.size() > size || !second || assay::encodeRecord(*second) != again)
        std::abort();
    const assay::RequestMetrics metrics = assay::metricsOf(*record);
    for (const auto &value : {metrics.ttft, metrics.ttfa, metrics.tpot, metrics.e2e, metrics.longestGap, metrics.scheduledE2e}) {
        if (value && (!std::isfinite(*value) || *value < 0 || metrics.failed))
            std::abort();
    }
    if (metrics.firstTokens > metrics.tokens || metrics.tokens < 0 || assay::gapsOf(*record).size() > record->chunks.size())
        std::abort();
    deriveAll(*record);
    return 0;
}
