// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/tokenizer.h"

#include "core/format/fileset.h"
#include "core/tokenizer/gguftokenizer.h"
#include "core/tokenizer/problems.h"
#include "core/tokenizer/sentencepiece.h"

#include <nlohmann/json.hpp>

#include <new>
#include <optional>

namespace assay {
namespace {

using Opened = Result<std::shared_ptr<const Tokenizer>>;

constexpr uint64_t kLargestFile = 256u * 1024 * 1024, kLargestConfig = 16u << 20;

Opened openJson(const FileSet &files, const std::string &name)
{
    return files.readText(name, kLargestFile).and_then([&](const std::string &text) { return Tokenizer::parse(text, name); });
}

/// What tokenizer_config.json says of a token that is to be added.
std::optional<bool> configured(const FileSet &files, const char *field)
{
    const auto text = files.find("tokenizer_config.json") ? files.readText("tokenizer_config.json", kLargestConfig)
                                                          : Result<std::string>(std::string());
    const nlohmann::json config = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
    const auto value = config.is_object() ? config.find(field) : config.end();
    return value != config.end() && value->is_boolean() ? std::optional(value->get<bool>()) : std::nullopt;
}

Opened openSentencePiece(const FileSet &files, const std::string &name)
{
    const auto file = files.open(name);
    if (!file)
        return tl::unexpected(file.error());
    auto model = readSentencePieceModel(**file, name);
    if (!model)
        return tl::unexpected(model.error());
    // The file itself does not tell: models of Llama's kind begin texts, those of T5's kind end them.
    model->addBos = configured(files, "add_bos_token").value_or(model->bpe);
    model->addEos = configured(files, "add_eos_token").value_or(!model->bpe && model->bos < 0);
    auto parts = tokenizerParts(std::move(*model), name);
    if (!parts)
        return tl::unexpected(parts.error());
    parts->summary.source = name;
    return makeTokenizer(std::move(*parts), name);
}

Opened openGguf(const FileSet &files, const std::string &name)
{
    const auto file = files.open(name);
    if (!file)
        return tl::unexpected(file.error());
    return readGgufTokenizer(**file, name);
}

struct Kind
{
    std::string_view ending;
    Opened (*open)(const FileSet &files, const std::string &name);
};
constexpr Kind kKinds[] = {{".json", openJson}, {".model", openSentencePiece}, {".gguf", openGguf}};
constexpr const char *kNames[] = {"tokenizer.json", "tokenizer.model", "spiece.model", "sentencepiece.bpe.model"};

/// Of a model's other JSON files none is a tokenizer.
bool describesModel(const std::string &name)
{
    return name.ends_with("config.json") || name.ends_with(".index.json");
}

/// Nothing when the file's name is none of a tokenizer's.
std::optional<Opened> openNamed(const FileSet &files, const std::string &name)
{
    for (const Kind &kind : kKinds) {
        if (name.ends_with(kind.ending) && !describesModel(name))
            return kind.open(files, name);
    }
    return std::nullopt;
}

/// Of a split set only one file has the keys.
Opened openAnyGguf(const FileSet &files)
{
    for (const FileEntry &entry : files.files()) {
        if (!entry.name.ends_with(".gguf") || entry.name.starts_with("mmproj"))
            continue;
        auto opened = openGguf(files, entry.name);
        if (opened || opened.error().code != ErrorCode::TokenizerMissing)
            return opened;
    }
    return failure(ErrorCode::TokenizerMissing, {files.location()});
}

Opened openBest(const FileSet &files)
{
    if (auto chosen = openNamed(files, files.chosenFile())) {
        if (*chosen || chosen->error().code != ErrorCode::TokenizerMissing)
            return *chosen;
    }
    for (const char *name : kNames) {
        if (files.find(name))
            return *openNamed(files, name);
    }
    return openAnyGguf(files);
}

} // namespace

Opened Tokenizer::open(const FileSet &files)
{
    try {
        return openBest(files);
    } catch (const std::bad_alloc &) {
        return tokenizerTooLarge(files.location());
    } catch (const std::exception &error) {
        return failure(ErrorCode::TokenizerDamaged, {files.location(), error.what()});
    }
}

Opened Tokenizer::open(const std::filesystem::path &path)
{
    const auto files = openLocalFiles(path);
    if (!files && files.error().code == ErrorCode::DirectoryEmpty)
        return failure(ErrorCode::TokenizerMissing, {path.string()});
    if (!files)
        return tl::unexpected(files.error());
    return open(**files);
}

} // namespace assay
