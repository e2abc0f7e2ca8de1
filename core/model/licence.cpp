// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/licence.h"

#include "core/format/jsontext.h"
#include "core/model/configfields.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace assay {
namespace {

constexpr uint64_t kLargestReadme = 2'000'000, kLargestAdapterConfig = 1'000'000;

std::string upper(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return char(std::toupper(c)); });
    return out;
}

std::string trimmed(std::string_view text)
{
    const auto odd = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '"' || c == '\''; };
    while (!text.empty() && odd(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && odd(text.back()))
        text.remove_suffix(1);
    return std::string(text);
}

/// The value of `license:` between the two lines of dashes that begin a model card; of a licence of its own its name.
std::string inFrontMatter(std::string_view text)
{
    if (!text.starts_with("---"))
        return {};
    std::string licence;
    size_t begin = text.find('\n');
    while (begin != std::string_view::npos && ++begin < text.size()) {
        const size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        if (line.starts_with("---"))
            break;
        if (line.starts_with("license_name:"))
            return trimmed(line.substr(13));
        if (line.starts_with("license:"))
            licence = trimmed(line.substr(8));
        begin = text.find('\n', begin);
    }
    return licence;
}

bool isLicenceFile(std::string_view name)
{
    const std::string text = upper(name);
    return text.find('/') == std::string::npos
           && (text.starts_with("LICENSE") || text.starts_with("LICENCE") || text.starts_with("COPYING")
               || text.starts_with("UNLICENSE") || text.ends_with("_LICENSE") || text.ends_with("-LICENSE"));
}

std::optional<Licence> inMetadata(const Checkpoint &checkpoint)
{
    for (const char *key : {"general.license", "general.license.name", "license", "modelspec.license"}) {
        const MetadataEntry *entry = checkpoint.findMetadata(key);
        if (entry && entry->text() && !entry->text()->empty())
            return Licence{entry->text()->substr(0, 200), key};
    }
    return std::nullopt;
}

std::optional<nlohmann::json> adapterConfig(const ModelDirectory &directory)
{
    const char *name = "adapter_config.json";
    if (!directory.files || !directory.files->find(name))
        return std::nullopt;
    const auto text = directory.files->readText(name, kLargestAdapterConfig);
    auto root = text ? parseJsonObject(*text, name) : Result<nlohmann::json>(tl::unexpected(text.error()));
    return root ? std::optional(std::move(*root)) : std::nullopt;
}

/// Rank: the short axis of the first narrow matrix; targets: the modules beside which they lie.
void readFromTensors(AdapterFacts &adapter, const Checkpoint &checkpoint)
{
    constexpr size_t kMostTargets = 64;
    std::set<std::string> targets;
    for (const TensorRecord &tensor : checkpoint.tensors) {
        const size_t at = std::min(tensor.name.find(".lora_A"), tensor.name.find(".lora_down"));
        if (at == std::string_view::npos || targets.size() >= kMostTargets)
            continue;
        if (!adapter.rank && tensor.shape.size() >= 2)
            adapter.rank = tensor.shape[0];
        const std::string_view module = tensor.name.substr(0, at);
        const size_t dot = module.rfind('.');
        targets.emplace(module.substr(dot == std::string_view::npos ? 0 : dot + 1));
    }
    if (adapter.targets.empty())
        adapter.targets.assign(targets.begin(), targets.end());
}

} // namespace

std::optional<Licence> readLicence(const ModelDirectory &directory)
{
    if (auto licence = inMetadata(directory.checkpoint))
        return licence;
    if (!directory.files)
        return std::nullopt;
    std::string file;
    for (const FileEntry &entry : directory.files->files()) {
        if (file.empty() && entry.present && isLicenceFile(entry.name))
            file = entry.name;
    }
    // A model card on a server is fetched only when nothing else tells.
    for (const char *name : {"README.md", "readme.md"}) {
        const bool remote = directory.files->localPath(name).empty();
        if (!directory.files->find(name) || (remote && !file.empty()))
            continue;
        const auto text = directory.files->readText(name, kLargestReadme);
        if (const std::string licence = text ? inFrontMatter(*text) : std::string(); !licence.empty())
            return Licence{licence.substr(0, 200), name};
    }
    if (!file.empty())
        return Licence{file, file};
    return std::nullopt;
}

std::optional<AdapterFacts> readAdapter(const ModelDirectory &directory, const std::vector<ModuleFact> &modules)
{
    const auto root = adapterConfig(directory);
    if (!root && !findModule(modules, ModuleKind::Adapter))
        return std::nullopt;
    AdapterFacts adapter;
    if (root) {
        const ConfigFields fields(*root);
        adapter.declared = true;
        adapter.kind = fields.text({"peft_type"});
        adapter.baseModel = fields.text({"base_model_name_or_path"});
        adapter.rank = fields.integer({"r", "rank"});
        adapter.alpha = fields.number({"lora_alpha", "alpha"});
        adapter.targets = fields.texts({"target_modules"});
        if (const std::string pattern = fields.text({"target_modules"}); !pattern.empty())
            adapter.targets = {pattern};
    }
    readFromTensors(adapter, directory.checkpoint);
    return adapter;
}

} // namespace assay
