// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the files of a folder that may hold results, and tells what each is by its first bytes.
#include "core/evaluate/imports/importfiles.h"

#include "core/base/file.h"
#include "core/evaluate/formats/suitefiles.h"
#include "core/evaluate/imports/outline.h"
#include "core/format/partsource.h"

#include <algorithm>

namespace assay::imports {
namespace {

constexpr uint64_t kHeadBytes = 4u << 20;   // in which a file says what it is
constexpr uint64_t kFirstBytes = 16;        // enough to pass over what is neither JSON nor packed
constexpr uint64_t kMostPacked = 256u << 20;
constexpr size_t kMostFiles = 20'000;
constexpr int kDeepestFolder = 8;
constexpr size_t kMostProblems = 100;

std::string headOf(const ByteSource &source, uint64_t most)
{
    auto head = source.readText(0, std::min(most, source.size()));
    return head ? std::move(*head) : std::string();
}

bool mayHoldResults(std::string_view head)
{
    if (head.starts_with("\xEF\xBB\xBF"))
        head.remove_prefix(3);
    const size_t first = head.find_first_not_of(" \t\r\n");
    const bool json = first != std::string_view::npos && (head[first] == '{' || head[first] == '[');
    return json || head.starts_with("PK\x03\x04") || head.starts_with("\x1F\x8B") || head.starts_with("PAR1");
}

/// The unpacked file; nothing, with a problem, when it cannot be.
std::shared_ptr<const ByteSource> unpacked(const std::string &name, const ByteSource &source, Problems &problems)
{
    if (source.size() > kMostPacked) {
        problems.add(name, 0, ASSAY_TEXT("Reason", "it is packed and larger than 256 MiB"));
        return nullptr;
    }
    auto bytes = source.readText(0, source.size());
    auto text = bytes ? unpackedSuiteText(std::move(*bytes), name) : bytes;
    if (!text) {
        problems.add(name, 0, ASSAY_TEXT("Reason", "it cannot be unpacked"));
        return nullptr;
    }
    return std::make_shared<const MemorySource>(std::move(*text), name);
}

struct Found
{
    std::string name;
    std::filesystem::path path;
};

/// Every regular file below the folder, in the order of the names; links are not followed.
std::vector<Found> filesBelow(const std::filesystem::path &folder, Problems &problems, std::stop_token stop)
{
    namespace fs = std::filesystem;
    std::vector<Found> found;
    std::error_code error;
    fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, error), end;
    for (; !error && it != end && !stop.stop_requested(); it.increment(error)) {
        std::error_code broken;
        const fs::file_status status = it->symlink_status(broken);
        if (it.depth() >= kDeepestFolder)
            it.disable_recursion_pending();
        if (broken || !fs::is_regular_file(status))
            continue;
        if (found.size() == kMostFiles) {
            problems.add({}, 0, ASSAY_TEXT("Reason", "there are more than 20,000 files; the rest is not looked at"));
            break;
        }
        found.push_back({validUtf8(it->path().lexically_relative(folder).generic_string()), it->path()});
    }
    if (error)
        problems.add({}, 0, ASSAY_TEXT("Reason", "a folder cannot be read"));
    std::ranges::sort(found, {}, &Found::name);
    return found;
}

void addFile(std::vector<ResultFile> &out, const std::string &name, const std::filesystem::path &path, Problems &problems)
{
    auto file = File::open(path);
    if (!file) {
        problems.add(name, 0, ASSAY_TEXT("Reason", "it cannot be read"));
        return;
    }
    auto source = std::make_shared<const File>(std::move(*file));
    if (!mayHoldResults(headOf(*source, kFirstBytes)))
        return;
    ResultFile result = resultFile(name, std::move(source), problems);
    if (result.form != Form::Other)
        out.push_back(std::move(result));
}

} // namespace

bool ResultFile::has(std::string_view key) const
{
    return std::ranges::find(keys, key) != keys.end();
}

std::string ResultFile::folder() const
{
    const size_t slash = name.rfind('/');
    return slash == std::string::npos ? std::string() : name.substr(0, slash);
}

std::string ResultFile::stem() const
{
    std::string last = name.substr(name.rfind('/') + 1); // npos + 1 is 0
    if (last.ends_with(".gz"))
        last.resize(last.size() - 3);
    const size_t dot = last.rfind('.');
    return dot == std::string::npos || dot == 0 ? last : last.substr(0, dot);
}

void Problems::add(const std::string &file, uint64_t line, std::string reason, std::vector<std::string> arguments)
{
    ++m_import.problemCount;
    if (m_import.problems.size() < kMostProblems)
        m_import.problems.push_back({file, line, std::move(reason), std::move(arguments)});
}

ResultFile resultFile(std::string name, std::shared_ptr<const ByteSource> source, Problems &problems)
{
    ResultFile file;
    file.name = std::move(name);
    file.source = std::move(source);
    std::string head = headOf(*file.source, kHeadBytes);
    if (head.starts_with("\x1F\x8B")) {
        file.source = unpacked(file.name, *file.source, problems);
        if (!file.source) {
            file.source = std::make_shared<const MemorySource>(std::string(), file.name);
            return file;
        }
        head = headOf(*file.source, kHeadBytes);
    }
    if (head.starts_with("PK\x03\x04")) {
        file.form = Form::Zip;
    } else if (head.starts_with("PAR1")) {
        file.form = Form::Parquet;
    } else {
        Outline outline = outlineOf(head);
        file.form = outline.form;
        file.keys = std::move(outline.keys);
        file.inner = std::move(outline.inner);
    }
    return file;
}

Result<std::vector<ResultFile>> resultFiles(const std::filesystem::path &path, Problems &problems, std::stop_token stop)
{
    std::error_code error;
    std::vector<ResultFile> out;
    const auto status = std::filesystem::status(path, error);
    if (error || !std::filesystem::exists(status))
        return failure(ErrorCode::FileMissing, {path.string()});
    if (!std::filesystem::is_directory(status)) {
        auto file = File::open(path);
        if (!file)
            return tl::unexpected(file.error());
        out.push_back(resultFile(validUtf8(path.filename().string()), std::make_shared<const File>(std::move(*file)), problems));
        return out;
    }
    for (const Found &found : filesBelow(path, problems, stop)) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        addFile(out, found.name, found.path, problems);
    }
    return out;
}

} // namespace assay::imports
