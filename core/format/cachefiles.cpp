// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/cachefiles.h"

#include "core/base/file.h"
#include "core/format/filetree.h"
#include "core/format/htmllisting.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRepositoryPrefix = "models--";
constexpr uint64_t kListLimit = 4'000'000; // bytes of a list of sums; of one file's metadata far less
constexpr size_t kMostLists = 1000;
constexpr std::array<std::string_view, 6> kSumLists{"SHA256SUMS", "SHA256SUMS.txt", "checksum.txt",
                                                    "checksums.txt", "sha256sum.txt", "sha256sums.txt"};
constexpr std::array<std::string_view, 2> kSumEndings{".sha256", ".sha256sum"};

/// Entries of a folder that are folders themselves, newest first; none when it cannot be read.
std::vector<fs::path> newestFirst(const fs::path &directory, fs::file_type type)
{
    std::vector<std::pair<fs::file_time_type, fs::path>> found;
    std::error_code problem;
    for (fs::directory_iterator it(directory, problem), end; !problem && it != end; it.increment(problem)) {
        std::error_code ignored;
        if (it->status(ignored).type() == type)
            found.emplace_back(it->last_write_time(ignored), it->path());
    }
    std::sort(found.rbegin(), found.rend());
    std::vector<fs::path> paths;
    for (auto &[time, path] : found)
        paths.push_back(std::move(path));
    return paths;
}

std::string firstLine(const fs::path &file)
{
    const auto text = readWholeFile(file, kListLimit);
    return text ? text->substr(0, text->find_first_of("\r\n")) : std::string();
}

bool isCachedRepository(const fs::path &path)
{
    return path.filename().string().starts_with(kRepositoryPrefix);
}

/// The file of this name; null when it is not there.
FileEntry *findIn(std::vector<FileEntry> &files, std::string_view name)
{
    const auto found = std::lower_bound(files.begin(), files.end(), name,
                                        [](const FileEntry &entry, std::string_view wanted) { return entry.name < wanted; });
    return found != files.end() && found->name == name ? &*found : nullptr;
}

/// Takes over what a list says of files that are there; the others are told with one finding. What is known of a file
/// already wins, but for what it leaves open.
void takeList(std::vector<FileEntry> &files, const FileTree &list, const std::string &source, std::vector<Finding> &findings)
{
    std::vector<std::string> absent;
    for (const FileEntry &listed : list) {
        FileEntry *file = findIn(files, listed.name);
        // Folders hold other parts of the model; names with a dot are the hub's own.
        if (!file && listed.name.find('/') == std::string::npos && !listed.name.starts_with('.'))
            absent.push_back(listed.name);
        if (!file)
            continue;
        if (!file->expected || file->expected->hash.empty()) {
            const auto bytes = file->expected ? file->expected->bytes : std::nullopt;
            file->expected = listed.expected;
            file->expected->bytes = file->expected->bytes ? file->expected->bytes : bytes;
        } else if (!file->expected->bytes) {
            file->expected->bytes = listed.expected->bytes;
        }
    }
    if (!absent.empty()) {
        const std::string what = absent.size() == 1 ? absent.front() : absent.front() + " ... " + absent.back();
        findings.push_back({FindingCode::ListedFileMissing, {what, source}, absent.front(), {}});
    }
}

/// Names of the blobs that a snapshot's links lead to.
void takeBlobNames(std::vector<FileEntry> &files, const fs::path &directory)
{
    for (FileEntry &file : files) {
        std::error_code problem;
        const fs::path target = fs::read_symlink(directory / file.name, problem);
        if (!problem && target.parent_path().filename() == "blobs" && !file.expected)
            file.expected = expectedOfHash(target.filename().string(), "cache name");
    }
}

void takeTree(std::vector<FileEntry> &files, const fs::path &tree, std::vector<Finding> &findings)
{
    const std::string source = "trees/" + tree.filename().string();
    const auto text = readWholeFile(tree, kFileTreeLimit);
    const auto list = text ? parseCacheTree(*text, source) : tl::unexpected(text.error());
    if (list)
        takeList(files, *list, source, findings);
}

/// Blobs opened by themselves: a hub's cache names them HASH, Ollama sha256-HASH.
void takeOwnNames(std::vector<FileEntry> &files)
{
    constexpr std::string_view kOllama = "sha256-";
    for (FileEntry &file : files) {
        const size_t from = file.name.starts_with(kOllama) ? kOllama.size() : 0;
        if (!file.expected)
            file.expected = expectedOfHash(std::string_view(file.name).substr(from), "its name");
    }
}

/// A folder of downloads: NAME.metadata with commit, hash and time, a line each; and the tree of that commit.
void takeDownloads(std::vector<FileEntry> &files, const fs::path &directory, std::vector<Finding> &findings)
{
    constexpr std::string_view kEnding = ".metadata";
    const fs::path client = directory / ".cache" / "huggingface";
    FileTree list;
    std::string commit;
    for (const fs::path &path : newestFirst(client / "download", fs::file_type::regular)) {
        const std::string file = path.filename().string();
        const auto text = file.ends_with(kEnding) ? readWholeFile(path, kListLimit) : Result<std::string>(std::string());
        const size_t first = text ? text->find('\n') : std::string::npos;
        if (first == std::string::npos || list.size() >= kFileTreeCount)
            continue;
        const size_t second = std::min(text->find('\n', first + 1), text->size());
        if (auto expected = expectedOfHash(text->substr(first + 1, second - first - 1), file)) {
            list.push_back({file.substr(0, file.size() - kEnding.size()), std::nullopt, std::move(expected), true});
            commit = commit.empty() ? text->substr(0, first) : commit;
        }
    }
    std::sort(list.begin(), list.end(), [](const FileEntry &a, const FileEntry &b) { return a.name < b.name; });
    if (isPlainName(commit))
        takeTree(files, client / "trees" / (commit + ".json"), findings);
    takeList(files, list, ".cache/huggingface/download", findings);
}

/// The name of the one file that a list speaks of, when it is named after it.
std::string loneName(const std::string &list)
{
    for (const std::string_view ending : kSumEndings) {
        if (list.ends_with(ending))
            return list.substr(0, list.size() - ending.size());
    }
    return {};
}

void takeSums(std::vector<FileEntry> &files, const fs::path &directory, std::vector<Finding> &findings)
{
    std::vector<std::string> lists;
    for (const FileEntry &file : files) {
        const bool usual = std::find(kSumLists.begin(), kSumLists.end(), file.name) != kSumLists.end();
        if ((usual || !loneName(file.name).empty()) && lists.size() < kMostLists)
            lists.push_back(file.name);
    }
    for (const std::string &list : lists) {
        if (const auto text = readWholeFile(directory / list, kListLimit))
            takeList(files, parseSumList(*text, loneName(list), list), list, findings);
    }
}

} // namespace

std::optional<fs::path> currentSnapshot(const fs::path &repository)
{
    if (!isCachedRepository(repository))
        return std::nullopt;
    std::vector<fs::path> references{repository / "refs" / "main"};
    for (fs::path &reference : newestFirst(repository / "refs", fs::file_type::regular))
        references.push_back(std::move(reference));
    std::error_code ignored;
    for (const fs::path &reference : references) {
        const std::string commit = firstLine(reference);
        if (isPlainName(commit) && fs::is_directory(repository / "snapshots" / commit, ignored))
            return repository / "snapshots" / commit;
    }
    const auto snapshots = newestFirst(repository / "snapshots", fs::file_type::directory);
    return snapshots.empty() ? std::nullopt : std::optional(snapshots.front());
}

std::string cachedName(const fs::path &path)
{
    for (fs::path folder = path; folder.has_relative_path(); folder = folder.parent_path()) {
        if (folder.parent_path().filename() != "snapshots" || !isCachedRepository(folder.parent_path().parent_path()))
            continue;
        std::string name = folder.parent_path().parent_path().filename().string().substr(kRepositoryPrefix.size());
        if (const size_t dashes = name.find("--"); dashes != std::string::npos)
            name.replace(dashes, 2, "/");
        return name;
    }
    return {};
}

std::vector<Finding> addExpectations(std::vector<FileEntry> &files, const fs::path &directory)
{
    std::vector<Finding> findings;
    takeSums(files, directory, findings);
    if (directory.filename() == "blobs")
        takeOwnNames(files);
    if (!cachedName(directory).empty()) {
        takeTree(files, directory.parent_path().parent_path() / "trees" / (directory.filename().string() + ".json"), findings);
        takeBlobNames(files, directory);
    } else {
        takeDownloads(files, directory, findings);
    }
    for (const FileEntry &file : files) {
        if (!file.present)
            findings.push_back({FindingCode::LinkDangling, {file.name}, file.name, {}});
        else if (file.bytes && file.expected && file.expected->bytes && *file.expected->bytes != *file.bytes)
            findings.push_back({FindingCode::SizeWrong,
                                {file.name, std::to_string(*file.bytes), std::to_string(*file.expected->bytes), file.expected->source},
                                file.name, {}});
    }
    return findings;
}

} // namespace assay
