// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/charts.h"
#include "core/evaluate/fidelity/fidelity.h"

namespace assay {

/// A subject of a comparison held against a reference, with the figures of it.
struct FidelityColumn
{
    size_t subject = 0;
    std::shared_ptr<const FidelityRun> run;
    DivergenceFigures figures; ///< all NaN where the run compared no distributions
    std::optional<DistillationObjective> objective;
    WrittenFigures written;
    bool lowerBound() const { return run->protocol.source == FidelitySource::TopTokens; }
};

/// Subjects that were held against one reference, over one text, in one way: what may stand side by side.
struct FidelityGroup
{
    std::string reference; ///< what it is called
    std::string text;      ///< "text.txt, 512/256"
    std::string source;    ///< what divergences are worth, in a few words
    std::vector<FidelityColumn> columns;
};
/// Of the newest runs; those with most subjects first.
std::vector<FidelityGroup> fidelityGroups(const Comparison &comparison, const Translate &translate);

/// How alike a subject and the comparison's reference answer a suite.
struct AnswerColumn
{
    size_t subject = 0;
    AnswerFidelity answers;
};
/// Runs with thousands of long answers are left out: each of these has to be read from the store.
std::vector<AnswerColumn> answerColumns(const Joined &joined, const SuiteView &suite);

/// Mean divergences that were published of quantised models beside their own 16 bits (evaluation.md 3.3): llama.cpp's pull request
/// 6936, Llama-3-8B, and the logs of eaddario/Watt-Tool-8B-GGUF.
struct PublishedDivergence
{
    const char *name;
    double nats;
};
std::span<const PublishedDivergence> publishedDivergences();
/// Between which of them a mean is: "below q8_0", "q6_K to q5_K_M", "above Q3_K_S".
std::string bandOf(double nats, const Translate &translate);

/// What stands before a figure that is a lower bound: a sign, or nothing.
std::string boundSign(const FidelityColumn &column);
/// "0.0123 [0.0110, 0.0140]"; without an interval by parts "0.0123 ± 0.0004".
std::string figureText(const Estimate &estimate, const MeanError &error, double scale);

std::vector<ChartSpec> fidelityCharts(const ChartMaker &maker);
/// Rows for the table of everything; none where nothing was held against a reference.
std::vector<ComparisonRow> fidelityRows(const Joined &joined, const Words &words);

} // namespace assay
