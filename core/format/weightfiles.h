// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/finding.h"
#include "core/format/shardindex.h"

#include <filesystem>

namespace assay {

/// Which files of a directory are the model's weights, before any of them is opened.
struct WeightFiles
{
    std::vector<std::string> files; ///< of the one set that counts, natural order; may name files that are not there
    std::optional<ShardIndex> index;
    std::string indexName;
    std::vector<Finding> findings; ///< second sets, copies in other formats, gaps in a set without index
};

/// Chooses by the rules of inspectors.md 4b: model.safetensors, else an index, else a set of shards by name, else
/// the one other safetensors file. `names` are the names of the directory's files. Errors: those of the index.
Result<WeightFiles> chooseWeightFiles(const std::filesystem::path &directory,
                                      const std::vector<std::string> &names);

} // namespace assay
