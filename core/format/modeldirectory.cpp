// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/modeldirectory.h"

#include "core/base/file.h"
#include "core/format/shardreader.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kConfigLimit = 10'000'000; // as hub readers have it (inspectors.md 4a)

constexpr std::array<const char *, 15> kTokenizerFiles{
    "tokenizer.json",   "tokenizer_config.json", "tokenizer.model",         "vocab.json",
    "merges.txt",       "vocab.txt",             "special_tokens_map.json", "added_tokens.json",
    "chat_template.jinja", "chat_template.json", "spiece.model",            "sentencepiece.bpe.model",
    "tiktoken.model",   "tekken.json",           "tokenizer.tiktoken"};

/// The names of the files in a directory, symlinks followed; a dangling link is a name as well.
Result<std::vector<std::string>> fileNames(const fs::path &directory)
{
    std::error_code problem;
    std::vector<std::string> names;
    bool any = false;
    for (fs::directory_iterator it(directory, problem), end; !problem && it != end; it.increment(problem)) {
        any = true;
        std::error_code ignored;
        if (!it->is_directory(ignored))
            names.push_back(it->path().filename().string());
    }
    if (problem)
        return failure(ErrorCode::FileUnreadable, {directory.string(), problem.message()});
    if (!any)
        return failure(ErrorCode::DirectoryEmpty, {directory.string()});
    std::sort(names.begin(), names.end());
    return names;
}

/// The last part of the path; for a snapshot in a hub cache the model it belongs to ("org/name").
std::string subjectName(const fs::path &path)
{
    std::error_code ignored;
    fs::path whole = fs::absolute(path, ignored).lexically_normal();
    if (!whole.has_filename())
        whole = whole.parent_path();
    constexpr std::string_view kPrefix = "models--";
    const std::string repository = whole.parent_path().parent_path().filename().string();
    if (whole.parent_path().filename() == "snapshots" && repository.starts_with(kPrefix)) {
        std::string name = repository.substr(kPrefix.size());
        if (const size_t dashes = name.find("--"); dashes != std::string::npos)
            name.replace(dashes, 2, "/");
        return name;
    }
    return whole.filename().string();
}

/// Reads a configuration that may be absent; what keeps it from being read is a finding.
std::optional<std::string> readConfig(ModelDirectory &model, const fs::path &path, FindingCode code)
{
    auto text = readWholeFile(path, kConfigLimit);
    if (text)
        return std::move(*text);
    if (text.error().code != ErrorCode::FileMissing)
        model.findings.push_back({code, {text.error().sentence()}, path.filename().string()});
    return std::nullopt;
}

void readConfigs(ModelDirectory &model, const fs::path &directory)
{
    model.configText = readConfig(model, directory / "config.json", FindingCode::ConfigUnreadable);
    if (!model.configText && model.findings.empty())
        model.findings.push_back({FindingCode::ConfigMissing, {}, "config.json"});
    model.generationConfigText =
        readConfig(model, directory / "generation_config.json", FindingCode::GenerationConfigUnreadable);
    std::error_code ignored;
    for (const char *name : kTokenizerFiles) {
        if (fs::exists(directory / name, ignored))
            model.tokenizerFiles.emplace_back(name);
    }
}

Result<ModelDirectory> openSingleFile(const fs::path &path, std::stop_token stop)
{
    ModelDirectory model;
    model.path = path;
    model.name = path.stem().string();
    WeightFiles weights;
    weights.files = {path.filename().string()};
    const fs::path directory = path.has_parent_path() ? path.parent_path() : fs::path(".");
    auto checkpoint = readCheckpoint(directory, std::move(weights), std::move(stop));
    if (!checkpoint)
        return tl::unexpected(checkpoint.error());
    model.checkpoint = std::move(*checkpoint);
    readConfigs(model, directory);
    return model;
}

} // namespace

Result<ModelDirectory> openModelDirectory(const fs::path &path, std::stop_token stop)
{
    std::error_code problem;
    const fs::file_status status = fs::status(path, problem);
    if (status.type() == fs::file_type::not_found)
        return failure(ErrorCode::FileMissing, {path.string()});
    if (problem)
        return failure(ErrorCode::FileUnreadable, {path.string(), problem.message()});
    if (status.type() == fs::file_type::regular && path.extension() == ".safetensors")
        return openSingleFile(path, std::move(stop));
    if (status.type() != fs::file_type::directory)
        return failure(ErrorCode::NotADirectory, {path.string()});
    const auto names = fileNames(path);
    if (!names)
        return tl::unexpected(names.error());
    ModelDirectory model;
    model.path = path;
    model.name = subjectName(path);
    readConfigs(model, path);
    auto weights = chooseWeightFiles(path, *names);
    if (!weights)
        return tl::unexpected(weights.error());
    if (weights->files.empty()) {
        if (!model.configText)
            return failure(ErrorCode::NoWeights, {path.string()});
        model.findings.push_back({FindingCode::WeightsMissing, {}, model.name});
        model.checkpoint.findings = std::move(weights->findings);
        return model;
    }
    auto checkpoint = readCheckpoint(path, std::move(*weights), std::move(stop));
    if (!checkpoint)
        return tl::unexpected(checkpoint.error());
    model.checkpoint = std::move(*checkpoint);
    return model;
}

} // namespace assay
