// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/finding.h"
#include "core/format/dtype.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// One tensor as its file's header declares it.
struct TensorRecord
{
    std::string name;
    Dtype dtype = Dtype::Unknown;
    std::string dtypeText;       ///< as written; differs from dtypeName() only for Unknown
    std::vector<int64_t> shape;  ///< logical elements, row-major
    uint64_t elements = 0;       ///< product of the shape
    uint64_t bytes = 0;
    uint32_t file = 0;           ///< index into Checkpoint::files
    uint64_t offset = 0;         ///< of the first byte, from the start of the file
};

struct CheckpointFile
{
    std::filesystem::path path;
    uint64_t bytes = 0;       ///< size of the file; 0 when missing
    uint64_t headerBytes = 0;
    bool present = true;
};

/// The weights of one model: one file, or the shards of one set.
struct Checkpoint
{
    std::string format; ///< "safetensors"
    std::vector<CheckpointFile> files;
    std::vector<TensorRecord> tensors; ///< in natural order of their names
    std::map<std::string, std::string> metadata; ///< of the first file
    std::optional<uint64_t> indexTotalSize;      ///< metadata.total_size of index.json
    std::vector<Finding> findings;

    uint64_t tensorBytes() const;
    uint64_t fileBytes() const;
    bool complete() const; ///< no file is missing or unreadable
    const TensorRecord *find(const std::string &name) const; ///< linear; for tests and single look-ups
};

/// Brings tensors into the natural order of their names; equal names keep their order.
void sortNaturally(std::vector<TensorRecord> &tensors);

} // namespace assay
