// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/arena.h"
#include "core/base/finding.h"
#include "core/format/dtype.h"
#include "core/format/metadata.h"
#include "core/format/picklereport.h"
#include "core/format/shape.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// The offset of a tensor whose bytes cannot be read in place: in a compressed or missing part of an archive.
constexpr uint64_t kNoOffset = ~uint64_t(0);

/// One tensor as its file's header declares it. Its texts and numbers live in the checkpoint's arena.
struct TensorRecord
{
    std::string_view name;
    std::string_view dtypeText; ///< as written; differs from dtypeName() only for Unknown
    Shape shape;                ///< logical elements, slowest axis first (GGUF's are turned round)
    Shape strides;              ///< in elements, of PyTorch tensors that are not stored row by row; else empty
    uint64_t elements = 0;      ///< product of the shape
    uint64_t bytes = 0;         ///< what they take; 0 when the dtype is unknown and the file does not tell
    uint64_t offset = 0;        ///< of the first byte, from the start of the file; kNoOffset
    uint32_t file = 0;          ///< index into Checkpoint::files
    Dtype dtype = Dtype::Unknown;
};

struct CheckpointFile
{
    std::string name;           ///< as FileSet calls it
    std::filesystem::path path; ///< empty when the file is on a server
    uint64_t bytes = 0;         ///< size of the file; 0 when missing
    uint64_t headerBytes = 0;   ///< what was read to know the tensors
    bool present = true;        ///< and readable
    bool bigEndian = false;     ///< its numbers are stored with the largest byte first
};

/// The weights of one model: one file, or the files of one set.
struct Checkpoint
{
    std::string format; ///< "safetensors", "gguf", "torch", "torchscript", "onnx"
    std::vector<CheckpointFile> files;
    std::vector<TensorRecord> tensors; ///< in natural order of their names
    std::vector<MetadataEntry> metadata; ///< of the first file, in its order
    std::optional<uint64_t> indexTotalSize; ///< metadata.total_size of index.json
    std::vector<PickleReport> pickles;      ///< one for each pickle in the files
    std::vector<Finding> findings;
    std::shared_ptr<Arena> arena = std::make_shared<Arena>(); ///< of the records; copies share it

    uint64_t tensorBytes() const;
    uint64_t fileBytes() const;
    bool complete() const; ///< no file is missing or unreadable
    const TensorRecord *find(std::string_view name) const; ///< linear; for tests and single look-ups
    const MetadataEntry *findMetadata(std::string_view key) const;
};

/// Brings tensors into the natural order of their names; equal names keep their order.
void sortNaturally(std::vector<TensorRecord> &tensors);

} // namespace assay
