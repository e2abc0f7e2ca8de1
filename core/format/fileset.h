// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"
#include "core/base/finding.h"

#include <filesystem>
#include <optional>
#include <span>

namespace assay {

/// What a place says a file should be: a cache's names, a tree, a list of sums.
struct ExpectedContent
{
    std::optional<uint64_t> bytes;
    std::string hash;   ///< lower-case hexadecimal; empty when only the size is told
    bool git = false;   ///< a git object id (SHA-1 over "blob SIZE\0" and the content), else SHA-256
    std::string source; ///< who says so: "cache name", "trees/....json", "sha256sum.txt"
};

/// One file of a subject.
struct FileEntry
{
    std::string name; ///< relative to the subject, parts joined by '/'
    std::optional<uint64_t> bytes; ///< nothing while unknown, and for a dangling link
    std::optional<ExpectedContent> expected;
    bool present = true;
};

/// What reading a subject's files has cost so far, over a network.
struct Fetched
{
    uint64_t bytes = 0; ///< received, with the answers' headers
    uint64_t requests = 0;
    uint64_t repeated = 0; ///< of these, how many a busy server or a lost connection made necessary
};

/// The files of one subject, wherever they are: a directory, one file and what lies beside it, a snapshot of a hub's
/// cache, a model of an Ollama store, a repository on a server. Safe to use from several threads.
class FileSet
{
public:
    virtual ~FileSet() = default;
    /// The path or the address, as the user knows it.
    virtual std::string location() const = 0;
    /// The model's name: the directory's, "org/name" of a cache or hub, "name:tag" of an Ollama store.
    virtual std::string name() const = 0;
    /// The one file that the user pointed at; empty when it was a folder.
    virtual std::string chosenFile() const { return {}; }
    /// Sorted by name.
    virtual const std::vector<FileEntry> &files() const = 0;
    virtual Result<std::shared_ptr<const ByteSource>> open(const std::string &name) const = 0;
    /// Where the file is on this machine; empty when it is on a server.
    virtual std::filesystem::path localPath(const std::string &name) const = 0;
    /// What was odd about the place itself.
    virtual std::vector<Finding> findings() const { return {}; }
    /// What was fetched so far; nothing when the files are on this machine.
    virtual std::optional<Fetched> fetched() const { return std::nullopt; }
    bool remote() const { return fetched().has_value(); }
    /// Tells that the headers of these files are read next: a server is asked for them all at once. Fails only when
    /// not one of them can be had.
    virtual Result<void> prefetch(std::span<const std::string>) const { return {}; }

    const FileEntry *find(std::string_view name) const;
    /// A whole file, refused above the limit (bytes). FileMissing when it is not listed.
    Result<std::string> readText(const std::string &name, uint64_t limit) const;
};

/// A directory (a cache's snapshot and a folder of downloads included), or one file with its neighbours. Errors:
/// FileMissing, FileUnreadable, DirectoryEmpty.
Result<std::shared_ptr<const FileSet>> openLocalFiles(const std::filesystem::path &path);

} // namespace assay
