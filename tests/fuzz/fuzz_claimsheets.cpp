// SPDX-License-Identifier: GPL-3.0-or-later
// Claim sheets, and every claim of them held against a model: what is read is written and read as the same.
#include "core/identify/claimsheet.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

namespace {

void demand(bool holds)
{
    if (!holds)
        std::abort();
}

const assay::FoundFacts &model()
{
    static const assay::FoundFacts kModel = [] {
        assay::FoundFacts facts;
        facts.name = "m";
        facts.add("parameters.total", 7615616512, assay::FoundBy::Counted, "tensors");
        facts.add("parameters.active", 7615616512, assay::FoundBy::Counted, "tensors");
        facts.add("weights.bytes", 15231233024, assay::FoundBy::Counted, "tensors");
        facts.add("num_hidden_layers", 28, assay::FoundBy::Counted, "tensors");
        facts.add("max_position_embeddings", 131072, assay::FoundBy::Declared, "config.json");
        facts.add("hidden_act", "silu", assay::FoundBy::Declared, "config.json");
        facts.add("architecture", nlohmann::json::array({"Qwen2ForCausalLM", "dense", "transformer"}), assay::FoundBy::Declared, "config.json");
        facts.add("modality", "text", assay::FoundBy::Derived, "config.json");
        return facts;
    }();
    return kModel;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto sheet = assay::readClaimSheet(std::string_view(reinterpret_cast<const char *>(data), size), "sheet.json");
    if (!sheet) {
        demand(assay::validUtf8(sheet.error().sentence()) == sheet.error().sentence());
        return 0;
    }
    const std::string written = assay::claimSheetToJson(*sheet).dump();
    const auto again = assay::readClaimSheet(written, "sheet.json");
    demand(again && assay::claimSheetToJson(*again).dump() == written);
    const auto rows = assay::checkClaims(*sheet, "full", model(), {model()});
    demand(rows.size() == sheet->claims.size());
    for (const assay::ClaimRow &row : rows)
        demand(!row.reason.sentence().empty() && !row.foundText().empty() && assay::validUtf8(row.claimedText()) == row.claimedText());
    return 0;
}
