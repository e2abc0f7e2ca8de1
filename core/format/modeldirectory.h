// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/format/checkpoint.h"

#include <stop_token>

namespace assay {

/// A directory in the Hugging Face layout, as files: nothing is interpreted yet.
struct ModelDirectory
{
    std::filesystem::path path;
    std::string name; ///< last part of the path
    std::optional<std::string> configText;           ///< config.json, at most 10 MB
    std::optional<std::string> generationConfigText; ///< generation_config.json
    std::vector<std::string> tokenizerFiles;         ///< names of the tokenizer's files that are there
    Checkpoint checkpoint;
    std::vector<Finding> findings; ///< of the directory; the checkpoint has its own
};

/// Opens a directory: config, single file or shards with index.json (4b). A missing shard is a finding; an
/// empty directory, or neither config nor weights, is an error.
Result<ModelDirectory> openModelDirectory(const std::filesystem::path &path, std::stop_token stop = {});

} // namespace assay
