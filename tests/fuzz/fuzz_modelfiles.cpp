// SPDX-License-Identifier: GPL-3.0-or-later
// What lies beside a model's weights: the first byte chooses the file, the rest is its content. Facts and findings
// must come out of whatever it says.
#include "core/format/partsource.h"
#include "core/model/facts.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

namespace {

constexpr const char *kNames[] = {"tokenizer.json",      "tokenizer_config.json", "added_tokens.json",
                                  "vocab.json",          "README.md",             "adapter_config.json",
                                  "quantize_config.json", "chat_template.json"};

/// A folder with that one file in memory.
class Folder final : public assay::FileSet
{
public:
    Folder(const char *file, std::string text)
        : m_source(std::make_shared<const assay::MemorySource>(std::move(text), file)),
          m_files{{file, m_source->size(), std::nullopt, true}}
    {
    }
    std::string location() const override { return "folder"; }
    std::string name() const override { return "small-chat"; }
    const std::vector<assay::FileEntry> &files() const override { return m_files; }
    std::filesystem::path localPath(const std::string &) const override { return "folder"; }
    assay::Result<std::shared_ptr<const assay::ByteSource>> open(const std::string &name) const override
    {
        if (name != m_files.front().name)
            return assay::failure(assay::ErrorCode::FileMissing, {name});
        return m_source;
    }

private:
    std::shared_ptr<const assay::ByteSource> m_source;
    std::vector<assay::FileEntry> m_files;
};

assay::ModelDirectory smallDirectory()
{
    assay::ModelDirectory directory;
    directory.name = "small-chat";
    directory.configText = R"({"architectures": ["LlamaForCausalLM"], "model_type": "llama", "eos_token_id": 2,
                               "bos_token_id": 1, "max_position_embeddings": 64})";
    assay::Checkpoint &checkpoint = directory.checkpoint;
    checkpoint.format = "safetensors";
    checkpoint.files.push_back({"model.safetensors", "model.safetensors", 100, 8, true, false});
    assay::TensorRecord tensor;
    tensor.name = checkpoint.arena->text("model.embed_tokens.weight");
    tensor.dtype = assay::Dtype::BF16;
    tensor.dtypeText = "BF16";
    tensor.shape = checkpoint.arena->numbers(std::vector<int64_t>{20, 8});
    tensor.elements = 160;
    tensor.bytes = 320;
    checkpoint.tensors.push_back(tensor);
    return directory;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const assay::ModelDirectory kDirectory = smallDirectory();
    static const assay::LayerNode kTree = assay::buildLayerTree(kDirectory.checkpoint);
    if (size == 0)
        return 0;
    const char *file = kNames[size_t(data[0]) % std::size(kNames)];
    assay::ModelDirectory directory = kDirectory;
    directory.files = std::make_shared<Folder>(file, std::string(reinterpret_cast<const char *>(data + 1), size - 1));
    directory.tokenizerFiles = {file};
    const assay::ModelFacts facts = assay::collectFacts(directory, kTree);
    if (facts.parameters.storedElements != 160 || assay::factsToJson(facts).dump().empty())
        std::abort();
    return 0;
}
