// SPDX-License-Identifier: GPL-3.0-or-later
// A list of tensors, one a line: name, dtype and sizes, with blanks between them. Whatever they are called and however
// large they claim to be: parts, packing, counts and checks must come out.
#include "core/model/facts.h"

#include <charconv>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

namespace {

constexpr size_t kMostTensors = 200;

void addTensor(assay::Checkpoint &checkpoint, const std::string &line)
{
    std::istringstream stream(line);
    std::string name, dtype, size;
    stream >> name >> dtype;
    std::vector<int64_t> sizes;
    while (stream >> size && sizes.size() < 8) {
        int64_t value = 0;
        std::from_chars(size.data(), size.data() + size.size(), value);
        sizes.push_back(std::max<int64_t>(value, 0)); // readers refuse negative ones
    }
    assay::TensorRecord tensor;
    tensor.name = checkpoint.arena->text(name);
    tensor.dtypeText = checkpoint.arena->text(dtype);
    tensor.dtype = assay::dtypeFromName(dtype);
    tensor.shape = checkpoint.arena->numbers(sizes);
    const auto elements = tensor.shape.elements();
    if (name.empty() || !elements) // and those that do not fit
        return;
    tensor.elements = *elements;
    tensor.bytes = assay::dtypeBytes(tensor.dtype, *elements).value_or(0);
    checkpoint.tensors.push_back(tensor);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    std::istringstream lines(std::string(reinterpret_cast<const char *>(data), size));
    assay::ModelDirectory directory;
    directory.name = "mixtral-7B";
    std::string config;
    std::getline(lines, config); // the first line is config.json
    directory.configText = config;
    directory.checkpoint.format = "safetensors";
    directory.checkpoint.files.push_back({"model.safetensors", "model.safetensors", 100, 8, true, false});
    for (std::string line; directory.checkpoint.tensors.size() < kMostTensors && std::getline(lines, line);)
        addTensor(directory.checkpoint, line);
    assay::sortNaturally(directory.checkpoint.tensors);
    const assay::LayerNode tree = assay::buildLayerTree(directory.checkpoint);
    const assay::ModelFacts facts = assay::collectFacts(directory, tree);
    if (assay::factsToJson(facts, &directory.checkpoint).dump().empty())
        std::abort();
    for (const assay::FactRow &row : assay::factRows(facts)) {
        if (row.shownEvidence().empty() && row.value.empty())
            std::abort();
    }
    return 0;
}
