// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

/// model.safetensors.index.json: which tensor lies in which file (inspectors.md 4b).
struct ShardIndex
{
    struct Entry
    {
        std::string_view tensor; ///< into text
        uint32_t file; ///< into files
    };
    std::vector<std::string> files; ///< names without directory, in natural order
    std::vector<Entry> entries;     ///< as the index lists them
    std::optional<uint64_t> totalSize; ///< metadata.total_size: bytes of all tensors
    std::shared_ptr<const void> text;  ///< what the entries view; copies share it
};

/// Largest index that is read, bytes; and the most shards it may name.
constexpr uint64_t kShardIndexLimit = 250'000'000;
constexpr size_t kShardCountLimit = 10'000;

/// Reads an index. Errors: IndexDamaged, IndexUnsafeName (a name with "..", a leading "/" or "://").
Result<ShardIndex> parseShardIndex(std::string text, const std::string &where);

/// A name like model-00001-of-000163.safetensors: prefix[-_]NUMBER-of-COUNT.EXTENSION.
struct ShardName
{
    std::string prefix;
    uint64_t number = 0; ///< from 1
    uint64_t count = 0;
    size_t numberDigits = 0;
    std::string countText; ///< with its leading zeros
    std::string extension; ///< ".safetensors"
    char separator = '-';
};
std::optional<ShardName> parseShardName(std::string_view fileName);
/// The file name of another number of the same set.
std::string shardFileName(const ShardName &set, uint64_t number);

} // namespace assay
