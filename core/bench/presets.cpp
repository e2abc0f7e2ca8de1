// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/presets.h"

#include "core/base/text.h"

#include <algorithm>

namespace assay {
namespace {

using Numbers = std::vector<int64_t>;

/// What a preset is made of.
struct Row
{
    const char *id;
    const char *label;
    const char *meaning;
    Numbers prompts, outputs, depths, batches, concurrencies;
    int64_t runs;
    const char *slo; ///< of sloPresets(); empty: none
};

// clang-format off
const std::vector<Row> &rows()
{
    static const std::vector<Row> kRows{
        {"quick", ASSAY_TEXT("Preset", "Quick"), ASSAY_TEXT("Preset", "One length, one user: a first look within a minute or so."),
         {64}, {64}, {0}, {1}, {1}, 7, ""},
        {"standard", ASSAY_TEXT("Preset", "Standard"), ASSAY_TEXT("Preset", "A short and a longer prompt, one user and several."),
         {128, 1024}, {128}, {0}, {1, 4}, {1, 4, 16}, 10, ""},
        {"thorough", ASSAY_TEXT("Preset", "Thorough"), ASSAY_TEXT("Preset", "Many lengths and levels, enough runs for the tail; takes long and costs most."),
         {128, 1024, 4096}, {256}, {0}, {1, 4, 16}, {1, 2, 4, 8, 16, 32, 64}, 30, ""},
        {"chat", ASSAY_TEXT("Preset", "Chat"), ASSAY_TEXT("Preset", "Short questions within a conversation, answers that people read along."),
         {128}, {256}, {0, 2048}, {1}, {1, 4, 16}, 10, "chat"},
        {"rag", ASSAY_TEXT("Preset", "RAG"), ASSAY_TEXT("Preset", "Long prompts of found passages, short answers."),
         {4096}, {256}, {0}, {1}, {1, 4, 16}, 10, "RAG"},
        {"code", ASSAY_TEXT("Preset", "Code"), ASSAY_TEXT("Preset", "A file's worth of context, completions of some lines while one types on."),
         {2048}, {64}, {0}, {1}, {1, 4, 16}, 15, "code"},
        {"reasoning", ASSAY_TEXT("Preset", "Reasoning"), ASSAY_TEXT("Preset", "Thousands of tokens before the answer."),
         {256}, {4096}, {0}, {1}, {1, 4, 16}, 7, "reasoning"},
    };
    return kRows;
}
// clang-format on

PlanPreset presetOf(const Row &row)
{
    PlanPreset preset{row.id, row.label, row.meaning, {}, {}};
    preset.local.promptTokens = row.prompts;
    preset.local.outputTokens = row.outputs;
    preset.local.depths = row.depths;
    preset.local.batches = row.batches;
    preset.local.runs = row.runs;
    preset.endpoint = preset.local;
    preset.endpoint.batches = BenchPlan().batches;
    EndpointLoad &load = preset.endpoint.load.emplace();
    load.concurrencies = row.concurrencies;
    for (const SloPreset &slo : sloPresets()) {
        if (slo.slo.name == row.slo)
            load.slos.push_back(slo.slo);
    }
    return preset;
}

} // namespace

const std::vector<PlanPreset> &planPresets()
{
    static const std::vector<PlanPreset> presets = [] {
        std::vector<PlanPreset> out;
        for (const Row &row : rows())
            out.push_back(presetOf(row));
        return out;
    }();
    return presets;
}

const PlanPreset *findPreset(std::string_view id)
{
    const auto found = std::ranges::find_if(planPresets(), [&](const PlanPreset &preset) { return id == preset.id; });
    return found == planPresets().end() ? nullptr : &*found;
}

} // namespace assay
