// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/tokenizer.h"

#include "core/format/fileset.h"

namespace assay {
namespace {

constexpr uint64_t kLargestFile = 512u * 1024 * 1024;
constexpr const char *kJson = "tokenizer.json";

} // namespace

Result<std::shared_ptr<const Tokenizer>> Tokenizer::open(const FileSet &files)
{
    const std::string chosen = files.chosenFile();
    const std::string name = chosen.ends_with(".json") ? chosen : kJson;
    if (!files.find(name))
        return failure(ErrorCode::TokenizerMissing, {files.location()});
    return files.readText(name, kLargestFile).and_then([&](const std::string &text) { return parse(text, name); });
}

Result<std::shared_ptr<const Tokenizer>> Tokenizer::open(const std::filesystem::path &path)
{
    auto files = openLocalFiles(path);
    if (!files && files.error().code == ErrorCode::DirectoryEmpty)
        return failure(ErrorCode::TokenizerMissing, {path.string()});
    if (!files)
        return tl::unexpected(files.error());
    return open(**files);
}

} // namespace assay
