// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/modeldirectory.h"

#include "core/format/weightformat.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr uint64_t kConfigLimit = 10'000'000; // as hub readers have it (inspectors.md 4a)

constexpr std::array<const char *, 15> kTokenizerFiles{
    "tokenizer.json",   "tokenizer_config.json", "tokenizer.model",         "vocab.json",
    "merges.txt",       "vocab.txt",             "special_tokens_map.json", "added_tokens.json",
    "chat_template.jinja", "chat_template.json", "spiece.model",            "sentencepiece.bpe.model",
    "tiktoken.model",   "tekken.json",           "tokenizer.tiktoken"};

/// Reads a configuration that may be absent; what keeps it from being read is a finding.
std::optional<std::string> readConfig(ModelDirectory &model, const std::string &name, FindingCode code)
{
    auto text = model.files->readText(name, kConfigLimit);
    if (text)
        return std::move(*text);
    if (text.error().code != ErrorCode::FileMissing)
        model.findings.push_back(findingOf(code, {}, text.error(), name));
    return std::nullopt;
}

void readConfigs(ModelDirectory &model)
{
    model.configText = readConfig(model, "config.json", FindingCode::ConfigUnreadable);
    model.generationConfigText =
        readConfig(model, "generation_config.json", FindingCode::GenerationConfigUnreadable);
    for (const char *name : kTokenizerFiles) {
        if (model.files->find(name))
            model.tokenizerFiles.emplace_back(name);
    }
}

/// Formats that describe the model in the weight file itself need no config.json.
bool needsConfig(const Checkpoint &checkpoint)
{
    return checkpoint.format == "safetensors" || checkpoint.format == "torch";
}

void tellMissingConfig(ModelDirectory &model)
{
    const bool unread = std::any_of(model.findings.begin(), model.findings.end(), [](const Finding &finding) {
        return finding.code == FindingCode::ConfigUnreadable;
    });
    if (!model.configText && !unread && needsConfig(model.checkpoint))
        model.findings.push_back({FindingCode::ConfigMissing, {}, "config.json"});
}

/// One file of weights, listed but not there: a cache's link that leads nowhere.
bool areAbsent(const WeightFiles &weights, const FileSet &files)
{
    const FileEntry *only = weights.single() ? files.find(weights.files.front()) : nullptr;
    return only && !only->present;
}

} // namespace

Result<ModelDirectory> openModel(std::shared_ptr<const FileSet> files, std::stop_token stop)
{
    ModelDirectory model;
    model.path = files->location();
    model.name = files->name();
    model.files = std::move(files);
    model.findings = model.files->findings();
    auto weights = chooseWeightFiles(*model.files);
    if (!weights)
        return tl::unexpected(weights.error());
    readConfigs(model);
    if (!weights->format || (model.configText && areAbsent(*weights, *model.files))) {
        if (!model.configText)
            return failure(ErrorCode::NoWeights, {model.files->location(), weightFormatNames()});
        model.findings.push_back({FindingCode::WeightsMissing, {weightFormatNames()}, model.name});
        model.checkpoint.findings = std::move(weights->findings);
        return model;
    }
    if (auto fetched = model.files->prefetch(weights->files); !fetched)
        return tl::unexpected(fetched.error());
    auto checkpoint = weights->format->read(*model.files, *weights, stop);
    if (!checkpoint)
        return tl::unexpected(checkpoint.error());
    model.checkpoint = std::move(*checkpoint);
    // A reader of several formats says itself which one it met.
    if (model.checkpoint.format.empty())
        model.checkpoint.format = weights->format->name;
    tellMissingConfig(model);
    model.checkpoint.findings.insert(model.checkpoint.findings.begin(), weights->findings.begin(),
                                     weights->findings.end());
    return model;
}

Result<ModelDirectory> openModelDirectory(const std::filesystem::path &path, std::stop_token stop)
{
    auto files = openLocalFiles(path);
    if (!files)
        return tl::unexpected(files.error());
    return openModel(std::move(*files), std::move(stop));
}

} // namespace assay
