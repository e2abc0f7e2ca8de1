// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/fileset.h"

namespace assay {

/// Files as a list of a hub or a cache tells them, each with what it should be; names as listed, with their folders,
/// sorted. Names that leave the folder are left out.
using FileTree = std::vector<FileEntry>;

/// The largest list that is read, bytes; and the most files in it.
constexpr uint64_t kFileTreeLimit = 50'000'000;
constexpr size_t kFileTreeCount = 200'000;

/// A hub's answer to api/models/ORG/NAME/tree/REVISION: an array of {"type": "file", "path", "size", "oid", "lfs":
/// {"oid", "size"}}; large files have their SHA-256 in lfs, others a git object id. Errors: JsonDamaged, JsonWrongType.
Result<FileTree> parseHubTree(const std::string &text, const std::string &source);

/// A cache's trees/COMMIT.json: {"files": {PATH: {"size", "blob_id", "lfs_sha256", "lfs_size"}}}. Errors as above.
Result<FileTree> parseCacheTree(const std::string &text, const std::string &source);

/// A list as sha256sum writes it: "HASH  NAME" or "HASH *NAME" a line; a line with a hash alone is the sum of `lone`.
/// Lines that say something else are passed over.
FileTree parseSumList(std::string_view text, const std::string &lone, const std::string &source);

/// What 64 (SHA-256) or 40 (git object id) hexadecimal digits promise of a file; nothing for other texts.
std::optional<ExpectedContent> expectedOfHash(std::string_view hash, const std::string &source);

/// Whether a listed path stays inside its folder.
bool staysInside(std::string_view path);

} // namespace assay
