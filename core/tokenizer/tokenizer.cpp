// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/tokenizer.h"

#include "core/format/fileset.h"
#include "core/tokenizer/gguftokenizer.h"
#include "core/tokenizer/sentencepiece.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace assay {
namespace {

using Opened = Result<std::shared_ptr<const Tokenizer>>;

constexpr uint64_t kLargestFile = 512u * 1024 * 1024, kLargestConfig = 16u << 20;

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

Opened openNamed(const FileSet &files, const std::string &name)
{
    for (const Kind &kind : kKinds) {
        if (name.ends_with(kind.ending))
            return kind.open(files, name);
    }
    return failure(ErrorCode::TokenizerMissing, {files.location()});
}

} // namespace

Opened Tokenizer::open(const FileSet &files)
{
    try {
        const std::string chosen = files.chosenFile();
        for (const Kind &kind : kKinds) {
            if (chosen.ends_with(kind.ending))
                return openNamed(files, chosen);
        }
        for (const char *name : kNames) {
            if (files.find(name))
                return openNamed(files, name);
        }
        // Of a split set only the first file has the keys.
        for (const FileEntry &entry : files.files()) {
            if (entry.name.ends_with(".gguf") && !entry.name.starts_with("mmproj"))
                return openGguf(files, entry.name);
        }
        return failure(ErrorCode::TokenizerMissing, {files.location()});
    } catch (const std::exception &error) { // out of memory
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
