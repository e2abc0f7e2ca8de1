// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/finding.h"
#include "core/format/fileset.h"
#include "core/format/shardindex.h"

namespace assay {

struct WeightFormat;

/// Which files of a subject are the model's weights, before any of them is read.
struct WeightFiles
{
    const WeightFormat *format = nullptr; ///< null when there are no weights
    std::vector<std::string> files; ///< of the one set that counts, natural order; may name files that are not there
    std::optional<ShardIndex> index;
    std::string indexName;
    std::vector<Finding> findings; ///< second sets, copies in other formats, gaps in a set without index

    bool single() const { return files.size() == 1 && !index; }
};

/// Chooses by the rules of inspectors.md 4b, format by format: the usual single file, else an index, else a set of
/// shards by name, else the largest other file. A file that the user chose counts with its shards. Errors: those of
/// the index, FormatUnknown for a chosen file.
Result<WeightFiles> chooseWeightFiles(const FileSet &files);

} // namespace assay
