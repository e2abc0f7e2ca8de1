// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/identify/evidence.h"

#include <filesystem>
#include <optional>
#include <span>

namespace assay {

struct ManifestEntry
{
    std::string file;   ///< relative, parts joined by '/'
    std::string sha256; ///< lower-case hexadecimal
    std::optional<uint64_t> bytes;
    bool operator==(const ManifestEntry &) const = default;
};

/// What a publisher says that the files of a model are: SHA-256 by file, sorted by name.
struct WeightManifest
{
    std::string source; ///< as people know it: a file's name
    std::vector<ManifestEntry> entries;
    size_t withoutSum = 0; ///< files that it lists without a SHA-256 (a hub gives small files git's own sum)
};

constexpr uint64_t kManifestLimit = 16'000'000; ///< bytes of a manifest
constexpr size_t kManifestEntries = 100'000;

/// Reads lines as sha256sum writes them ("HASH  NAME", "HASH *NAME", `SHA256 (NAME) = HASH`; empty ones and such that begin with '#' are
/// passed over), or JSON: {FILE: HASH}, {FILE: {"sha256"|"oid"|"lfs_sha256", "size"}}, {"files": ...}, a hub's {"siblings": [{"rfilename",
/// "lfs": {...}}]} or [{"path", "lfs": {...}}]. A folder that all names share is taken off. Strict: of a list that a verdict rests on no line
/// is passed over in silence. Error: ManifestDamaged (what, why; where: the line or the file that it names).
Result<WeightManifest> readManifest(std::string_view text, const std::string &name);
Result<WeightManifest> readManifest(const std::filesystem::path &file);

/// A file of the subject as it is; without a sum where it could not be hashed.
struct HashedFile
{
    std::string file, sha256;
    std::optional<uint64_t> bytes;
    bool weights = false;  ///< a shard of the weights
    bool present = true;   ///< false: the index names it, it is not there
    std::string problem = {}; ///< why there is no sum
};

enum class ManifestState : uint8_t {
    Equal,
    Renamed,    ///< equal to what is listed under another name
    Differs,
    Missing,    ///< listed, not here
    Extra,      ///< here, not listed
    Unreadable, ///< here and listed, no sum
};
const char *manifestStateName(ManifestState state); ///< "equal", ...: for JSON

struct ManifestRow
{
    std::string file;   ///< of the subject; for Missing as listed
    std::string listed; ///< name in the manifest; empty for Extra
    ManifestState state = ManifestState::Equal;
    bool weights = false;
    std::string declared, found; ///< SHA-256
};

struct ManifestCheck
{
    std::string source;
    std::vector<ManifestRow> rows; ///< weights first, each by name
    size_t count(ManifestState state, bool weights) const;
    bool whole() const; ///< there are weights, every one is listed and equal, none is missing or extra
};

/// Holds the files against the manifest. A listed file counts as weights when its name ends like one of the subject's weights. Listed files
/// other than weights that are not here are left out.
ManifestCheck checkManifest(const WeightManifest &manifest, std::span<const HashedFile> files);

/// "weights.manifest": Match only if whole(); Contradiction (channel "manifest") that names the shards that differ; else a note of what is missing
/// or extra. "weights.manifest_files": other listed files that differ, such as the tokenizer's.
std::vector<Evidence> manifestEvidence(const ManifestCheck &check);

} // namespace assay
