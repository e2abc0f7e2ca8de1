// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/tokenizercheck.h"

#include "core/base/file.h"
#include "core/format/jsontext.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr uint64_t kLargestFile = 4'000'000; // opening a model must stay quick

/// The largest whole number among the values of an object.
int64_t largestValue(const json &object)
{
    int64_t largest = -1;
    for (const json &value : object) {
        if (value.is_number_integer())
            largest = std::max(largest, value.get<int64_t>());
    }
    return largest;
}

/// added_tokens.json: {"<pad>": 32000}.
int64_t inAddedTokens(const json &root)
{
    return largestValue(root);
}

/// tokenizer_config.json: {"added_tokens_decoder": {"32000": {...}}}.
int64_t inTokenizerConfig(const json &root)
{
    int64_t largest = -1;
    const auto decoder = root.find("added_tokens_decoder");
    if (decoder == root.end() || !decoder->is_object())
        return largest;
    for (const auto &[key, token] : decoder->items()) {
        int64_t id = -1;
        std::from_chars(key.data(), key.data() + key.size(), id);
        largest = std::max(largest, id);
    }
    return largest;
}

/// tokenizer.json: {"model": {"vocab": {"a": 0}}, "added_tokens": [{"id": 1}]}.
int64_t inTokenizer(const json &root)
{
    int64_t largest = -1;
    if (const auto model = root.find("model"); model != root.end() && model->is_object()) {
        const auto vocabulary = model->find("vocab");
        if (vocabulary != model->end() && vocabulary->is_object())
            largest = largestValue(*vocabulary);
    }
    if (const auto added = root.find("added_tokens"); added != root.end() && added->is_array()) {
        for (const json &token : *added) {
            const auto id = token.is_object() ? token.find("id") : token.end();
            if (token.is_object() && id != token.end() && id->is_number_integer())
                largest = std::max(largest, id->get<int64_t>());
        }
    }
    return largest;
}

struct Source
{
    const char *file;
    int64_t (*largest)(const json &);
};
constexpr Source kSources[] = {{"added_tokens.json", inAddedTokens},
                               {"tokenizer_config.json", inTokenizerConfig},
                               {"tokenizer.json", inTokenizer}};

} // namespace

std::optional<int64_t> largestTokenId(const ModelDirectory &directory)
{
    std::error_code ignored;
    const bool file = std::filesystem::is_regular_file(directory.path, ignored);
    const std::filesystem::path folder = file ? directory.path.parent_path() : directory.path;
    int64_t largest = -1;
    for (const Source &source : kSources) {
        const auto &files = directory.tokenizerFiles;
        if (std::find(files.begin(), files.end(), source.file) == files.end())
            continue;
        const auto text = readWholeFile(folder / source.file, kLargestFile);
        const auto root = text ? parseJsonObject(*text, source.file) : Result<json>(tl::unexpected(text.error()));
        if (root)
            largest = std::max(largest, source.largest(*root));
    }
    return largest >= 0 ? std::optional(largest) : std::nullopt;
}

} // namespace assay
