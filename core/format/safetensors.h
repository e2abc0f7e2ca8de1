// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"
#include "core/format/checkpoint.h"
#include "core/format/weightfiles.h"

#include <map>
#include <span>

namespace assay {

/// What a header says that should not be: told, never a reason to refuse the file.
struct HeaderOddities
{
    struct Some
    {
        uint64_t tensors = 0;
        std::string_view example;
        void add(const TensorRecord &tensor)
        {
            if (tensors++ == 0)
                example = tensor.name;
        }
    };
    Some overlapping; ///< begin before an earlier one ends
    Some beyondFile;  ///< end behind the end of the file
    Some sizeWrong;   ///< span other bytes than shape and dtype ask for
    uint64_t gapBytes = 0;      ///< between tensors, belonging to none
    uint64_t trailingBytes = 0; ///< behind the last tensor
    std::vector<std::string> metadataTwice; ///< keys
    std::vector<std::pair<std::string, std::string>> metadataTypes; ///< keys whose value is no text, and what it is
};

/// What one safetensors file declares. Format: safetensors README and tensor.rs (inspectors.md 4a).
struct SafetensorsHeader
{
    std::vector<TensorRecord> tensors; ///< by offset; file is 0
    std::map<std::string, std::string> metadata;
    uint64_t headerBytes = 0; ///< 8 + N: where the data begins
    HeaderOddities oddities;
    std::shared_ptr<Arena> arena = std::make_shared<Arena>(); ///< of the records
};

/// Reads and checks the header of an open file; never touches the data. A name that stands there twice gives two
/// records. Errors: ErrorCode::Safetensors*, when the header as such cannot be read.
Result<SafetensorsHeader> readSafetensorsHeader(const ByteSource &file,
                                                std::shared_ptr<Arena> arena = std::make_shared<Arena>());
/// The same over bytes in memory (fuzzing): header text, and what the file's size would be.
Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view json, uint64_t headerBytes, uint64_t fileSize,
                                                 std::shared_ptr<Arena> arena = std::make_shared<Arena>());
/// Whether a file that begins like this may be safetensors: a plausible length, then JSON.
bool looksLikeSafetensors(std::string_view head);

/// A tensor to be written; bytes are little-endian, row-major.
struct TensorToWrite
{
    std::string name;
    Dtype dtype;
    std::vector<int64_t> shape;
    std::span<const std::byte> bytes;
};

/// The limits of inspectors.md 4a, bytes of header text.
constexpr uint64_t kSafetensorsHeaderLimit = 100'000'000;
constexpr uint64_t kSafetensorsHeaderWarning = 25'000'000;

/// Writes one file (to a temporary name, then renamed): header padded to 8 bytes, tensors by descending dtype
/// width, then name. Errors: SafetensorsSizeMismatch, SafetensorsDuplicateName, SafetensorsEntryInvalid (a name
/// that is not UTF-8), and those of writing.
Result<void> writeSafetensors(const std::filesystem::path &path, std::span<const TensorToWrite> tensors,
                              const std::map<std::string, std::string> &metadata = {});

} // namespace assay
