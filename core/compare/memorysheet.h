// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"
#include "core/compare/chartspec.h"
#include "core/model/memoryplan.h"

#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace assay {

/// What a benchmark measured at one length and batch, beside what the estimate says of it.
struct MeasuredMemory
{
    int64_t context = 0; ///< prompt and output
    int64_t batch = 1;
    uint64_t bytes = 0;  ///< peak of tensors: weights, cache and workspace
    MemoryRange estimate;  ///< of the same three for Assay's own engine
    size_t n = 0;        ///< runs behind it
    /// How far the estimate's nearer end is from what was measured; 0 inside the range.
    double error() const;
};

/// Everything that the planner says of one request: window, command line and JSON read this.
struct MemorySheet
{
    MemoryRequest request;
    MemoryPlan plan;
    std::optional<uint64_t> usable; ///< of one device
    std::optional<ContextFit> fit;
    std::optional<DecodeFloor> floor;
    std::optional<int64_t> contextLength; ///< what the model was made for
    std::vector<MeasuredMemory> measured;

    bool fits() const { return usable && plan.perDevice().high <= *usable; }
};

MemorySheet memorySheet(const MemoryModel &model, const MemoryRequest &request, const Translate &translate = untranslated);

/// The points of a benchmark with their estimates, largest peak of each; empty when no sample has tensor memory.
std::vector<MeasuredMemory> measuredMemory(const MemoryModel &model, const BenchRun &run);

/// "Fits 8 x NVIDIA H200 up to 163,840 tokens" or what is missing.
std::string memoryVerdict(const MemorySheet &sheet, const Translate &translate = untranslated);
/// The terms on each other, lower and upper ends, against the device's line.
ChartSpec memoryBars(const MemorySheet &sheet, const Translate &translate = untranslated);
/// The sum over the context, with the device's line, how far it reaches, and measured points.
ChartSpec memoryCurve(const MemoryModel &model, const MemorySheet &sheet, const Translate &translate = untranslated);

nlohmann::json memorySheetJson(const MemorySheet &sheet);

} // namespace assay
