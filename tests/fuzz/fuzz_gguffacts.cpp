// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a GGUF file, of which everything is told that the page of a model shows.
#include "core/format/gguf.h"
#include "core/model/facts.h"
#include "tests/format/ggufwriter.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const assay::test::MemorySource file(std::string(reinterpret_cast<const char *>(data), size));
    auto header = assay::readGgufHeader(file);
    if (!header)
        return 0;
    assay::ModelDirectory model;
    model.name = "fuzzed-7b";
    model.checkpoint.format = "gguf";
    model.checkpoint.arena = header->arena;
    model.checkpoint.files.push_back({"fuzzed.gguf", {}, size, header->dataOffset, true, header->bigEndian});
    model.checkpoint.metadata = std::move(header->metadata);
    model.checkpoint.tensors = std::move(header->tensors);
    assay::sortNaturally(model.checkpoint.tensors);
    const assay::LayerNode tree = assay::buildLayerTree(model.checkpoint);
    const assay::ModelFacts facts = assay::collectFacts(model, tree);
    // Whatever the input was, all of it can be written as JSON and shown.
    if (assay::factsToJson(facts, &model.checkpoint).dump().empty() || assay::factRows(facts).empty())
        std::abort();
    return nlohmann::json::accept(facts.config.text) ? 0 : (std::abort(), 0);
}
