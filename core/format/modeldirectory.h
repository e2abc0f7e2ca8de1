// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/format/checkpoint.h"
#include "core/format/fileset.h"

#include <stop_token>

namespace assay {

/// A subject's files, opened: nothing is interpreted yet.
struct ModelDirectory
{
    std::filesystem::path path; ///< of the folder or file; an address when the subject is on a server
    std::string name;           ///< as FileSet gives it
    std::optional<std::string> configText;           ///< config.json, at most 10 MB
    std::optional<std::string> generationConfigText; ///< generation_config.json
    std::vector<std::string> tokenizerFiles;         ///< names of the tokenizer's files that are there
    Checkpoint checkpoint;
    std::vector<Finding> findings; ///< of the directory; the checkpoint has its own
    std::shared_ptr<const FileSet> files; ///< to read more of it: weights, tokenizer, README
};

/// Opens config and weights by the rules of inspectors.md 4b. A missing shard is a finding; neither config nor
/// weights is an error.
Result<ModelDirectory> openModel(std::shared_ptr<const FileSet> files, std::stop_token stop = {});
/// The same of a path on this machine.
Result<ModelDirectory> openModelDirectory(const std::filesystem::path &path, std::stop_token stop = {});

} // namespace assay
