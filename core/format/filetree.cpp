// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/filetree.h"

#include "core/format/htmllisting.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr size_t kSha256Digits = 64, kGitDigits = 40;
constexpr int kDeepest = 16; // both lists need 4

/// The document, refused where it nests deeper than such a list does.
Result<json> parsed(const std::string &text, const std::string &source)
{
    try {
        const auto shallow = [](int depth, json::parse_event_t, json &) {
            if (depth > kDeepest)
                throw std::runtime_error("it is nested too deep");
            return true;
        };
        return json::parse(text, shallow);
    } catch (const std::exception &problem) {
        return failure(ErrorCode::JsonDamaged, {source, validUtf8(problem.what())});
    }
}

std::optional<uint64_t> sizeIn(const json &object, const char *field)
{
    const auto found = object.find(field);
    return found != object.end() && found->is_number_unsigned() ? std::optional(found->get<uint64_t>()) : std::nullopt;
}

std::string textIn(const json &object, const char *field)
{
    const auto found = object.find(field);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void add(FileTree &tree, const std::string &path, std::optional<uint64_t> bytes, const std::string &hash, const std::string &source)
{
    if (!staysInside(path) || tree.size() >= kFileTreeCount)
        return;
    ExpectedContent expected = expectedOfHash(hash, source).value_or(ExpectedContent{{}, {}, false, source});
    expected.bytes = bytes;
    tree.push_back({path, bytes, std::move(expected), true});
}

void sortByName(FileTree &tree)
{
    const auto before = [](const FileEntry &a, const FileEntry &b) { return a.name < b.name; };
    const auto same = [](const FileEntry &a, const FileEntry &b) { return a.name == b.name; };
    std::stable_sort(tree.begin(), tree.end(), before);
    tree.erase(std::unique(tree.begin(), tree.end(), same), tree.end());
}

} // namespace

bool staysInside(std::string_view path)
{
    for (size_t from = 0; from <= path.size();) {
        const size_t slash = std::min(path.find('/', from), path.size());
        if (!isPlainName(path.substr(from, slash - from)))
            return false;
        from = slash + 1;
    }
    return true;
}

std::optional<ExpectedContent> expectedOfHash(std::string_view hash, const std::string &source)
{
    const bool digits = std::all_of(hash.begin(), hash.end(), [](unsigned char c) { return std::isxdigit(c); });
    if (!digits || (hash.size() != kSha256Digits && hash.size() != kGitDigits))
        return std::nullopt;
    ExpectedContent expected{{}, std::string(hash), hash.size() == kGitDigits, source};
    std::transform(hash.begin(), hash.end(), expected.hash.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return expected;
}

Result<FileTree> parseHubTree(const std::string &text, const std::string &source)
{
    const auto root = parsed(text, source);
    if (!root)
        return tl::unexpected(root.error());
    if (!root->is_array())
        return failure(ErrorCode::JsonWrongType, {source, "/", "an array"});
    FileTree tree;
    for (const json &entry : *root) {
        if (!entry.is_object() || textIn(entry, "type") != "file")
            continue;
        const auto lfs = entry.find("lfs");
        const bool large = lfs != entry.end() && lfs->is_object();
        const json &content = large ? *lfs : entry;
        add(tree, textIn(entry, "path"), sizeIn(content, "size"), textIn(content, "oid"), source);
    }
    sortByName(tree);
    return tree;
}

Result<FileTree> parseCacheTree(const std::string &text, const std::string &source)
{
    const auto root = parsed(text, source);
    if (!root)
        return tl::unexpected(root.error());
    const auto files = root->is_object() ? root->find("files") : root->end();
    if (!root->is_object() || files == root->end() || !files->is_object())
        return failure(ErrorCode::JsonWrongType, {source, "files", "an object"});
    FileTree tree;
    for (const auto &[path, entry] : files->items()) {
        if (!entry.is_object())
            continue;
        const bool large = !textIn(entry, "lfs_sha256").empty();
        add(tree, path, sizeIn(entry, large ? "lfs_size" : "size"), textIn(entry, large ? "lfs_sha256" : "blob_id"), source);
    }
    sortByName(tree);
    return tree;
}

FileTree parseSumList(std::string_view text, const std::string &lone, const std::string &source)
{
    FileTree tree;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        const auto expected = expectedOfHash(line.substr(0, kSha256Digits), source);
        if (!expected || expected->git)
            continue;
        line.remove_prefix(kSha256Digits);
        if (line.empty() || line.find_first_not_of(" \t") == std::string_view::npos)
            line = lone;
        else if (line.starts_with("  ") || line.starts_with(" *"))
            line.remove_prefix(2);
        else
            continue;
        if (line.starts_with("./"))
            line.remove_prefix(2);
        add(tree, std::string(line), std::nullopt, expected->hash, source);
    }
    sortByName(tree);
    return tree;
}

} // namespace assay
