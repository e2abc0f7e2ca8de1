// SPDX-License-Identifier: GPL-3.0-or-later
// A config over the tensors of a small model: facts, rows and estimates must come out of whatever it says.
#include "core/model/memoryplan.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

namespace {

assay::Checkpoint smallCheckpoint()
{
    assay::Checkpoint checkpoint;
    checkpoint.format = "safetensors";
    checkpoint.files.push_back({"model.safetensors", "model.safetensors", 100, 8, true, false});
    const auto add = [&checkpoint](const std::string &name, const std::vector<int64_t> &shape) {
        assay::TensorRecord tensor;
        tensor.name = checkpoint.arena->text(name);
        tensor.dtype = assay::Dtype::BF16;
        tensor.dtypeText = "BF16";
        tensor.elements = 1;
        for (const int64_t dimension : shape)
            tensor.elements *= uint64_t(dimension);
        tensor.bytes = 2 * tensor.elements;
        tensor.shape = checkpoint.arena->numbers(shape);
        checkpoint.tensors.push_back(std::move(tensor));
    };
    add("model.embed_tokens.weight", {20, 8});
    add("lm_head.weight", {20, 8});
    for (const char *layer : {"0", "1", "2"}) {
        const std::string prefix = std::string("model.layers.") + layer + ".";
        add(prefix + "self_attn.q_proj.weight", {8, 8});
        add(prefix + "self_attn.k_proj.weight", {4, 8});
        add(prefix + "self_attn.v_proj.weight", {4, 8});
        add(prefix + "mlp.experts.0.gate_proj.weight", {6, 8});
        add(prefix + "mlp.experts.1.gate_proj.weight", {6, 8});
    }
    assay::sortNaturally(checkpoint.tensors);
    return checkpoint;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const assay::ModelDirectory kDirectory = [] {
        assay::ModelDirectory directory;
        directory.name = "small-7B";
        directory.checkpoint = smallCheckpoint();
        return directory;
    }();
    static const assay::LayerNode kTree = assay::buildLayerTree(kDirectory.checkpoint);
    assay::ModelDirectory directory = kDirectory;
    directory.configText = std::string(reinterpret_cast<const char *>(data), size);
    directory.generationConfigText = directory.configText;
    const assay::ModelFacts facts = assay::collectFacts(directory, kTree);
    assay::MemoryRequest request = assay::usualRequest(facts);
    request.batch = 8;
    const assay::MemoryRange need = assay::planMemory(assay::memoryModel(facts), request).total();
    if (need.low > need.high || need.high < request.runtime->overhead.high)
        std::abort();
    if (assay::factRows(facts).empty() || assay::factsToJson(facts, &directory.checkpoint).dump().empty())
        std::abort();
    // Counting does not depend on what a config claims, apart from packing and ties.
    if (facts.parameters.storedElements != 3 * (64 + 32 + 32 + 96) + 320)
        std::abort();
    return 0;
}
