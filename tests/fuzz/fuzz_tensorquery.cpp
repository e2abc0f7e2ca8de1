// SPDX-License-Identifier: GPL-3.0-or-later
// A query over a few tensors: whatever it says, it is understood or its problem told, and turned round it finds the
// other tensors.
#include "core/model/tensorquery.h"

#include <cstdlib>

namespace {

assay::Checkpoint someTensors()
{
    assay::Checkpoint checkpoint;
    checkpoint.files.emplace_back().name = "model-00001-of-00002.safetensors";
    const std::vector<std::vector<int64_t>> shapes{{}, {0}, {7168, 4096}, {3, 3, 3}};
    for (const std::vector<int64_t> &shape : shapes) {
        assay::TensorRecord tensor;
        tensor.name = checkpoint.arena->text("model.layers." + std::to_string(shape.size()) + ".q_proj.weight");
        tensor.shape = checkpoint.arena->numbers(shape);
        tensor.dtype = assay::Dtype::BF16;
        tensor.dtypeText = "BF16";
        tensor.elements = tensor.shape.elements().value_or(0);
        tensor.bytes = 2 * tensor.elements;
        checkpoint.tensors.push_back(tensor);
    }
    return checkpoint;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const assay::Checkpoint kCheckpoint = someTensors();
    static const assay::ModelConfig kConfig;
    const std::string text(reinterpret_cast<const char *>(data), size);
    const auto query = assay::parseTensorQuery(text);
    if (!query) {
        const std::string sentence = query.error().sentence();
        return !sentence.empty() && assay::validUtf8(sentence) == sentence ? 0 : (std::abort(), 0);
    }
    const size_t found = query->select(kCheckpoint, kConfig).size();
    const bool oneTerm = !text.empty() && text.find_first_of(" \t\n\r\"[-") == std::string::npos;
    if (const auto other = assay::parseTensorQuery("-" + text);
        oneTerm && (!other || other->select(kCheckpoint, kConfig).size() + found != kCheckpoint.tensors.size()))
        std::abort();
    return 0;
}
