// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "core/format/fileset.h"

#include <algorithm>

namespace assay {
namespace {

namespace fs = std::filesystem;

/// The last part of the path; for a snapshot in a hub cache the model it belongs to ("org/name").
std::string subjectName(const fs::path &path)
{
    std::error_code ignored;
    fs::path whole = fs::absolute(path, ignored).lexically_normal();
    if (!whole.has_filename())
        whole = whole.parent_path();
    constexpr std::string_view kPrefix = "models--";
    const std::string repository = whole.parent_path().parent_path().filename().string();
    if (whole.parent_path().filename() == "snapshots" && repository.starts_with(kPrefix)) {
        std::string name = repository.substr(kPrefix.size());
        if (const size_t dashes = name.find("--"); dashes != std::string::npos)
            name.replace(dashes, 2, "/");
        return name;
    }
    return whole.filename().string();
}

class LocalFiles : public FileSet
{
public:
    LocalFiles(fs::path given, fs::path directory, std::string name, std::string chosen)
        : m_given(std::move(given)), m_directory(std::move(directory)), m_name(std::move(name)),
          m_chosen(std::move(chosen))
    {
    }

    /// Symlinks are followed; a dangling one is a file that is not there.
    Result<void> list()
    {
        std::error_code problem;
        bool any = false;
        for (fs::directory_iterator it(m_directory, problem), end; !problem && it != end; it.increment(problem)) {
            any = true;
            std::error_code ignored;
            if (it->is_directory(ignored))
                continue;
            FileEntry entry{it->path().filename().string(), std::nullopt, std::nullopt, it->exists(ignored)};
            const auto size = entry.present ? fs::file_size(it->path(), ignored) : uintmax_t(-1);
            if (size != uintmax_t(-1))
                entry.bytes = size;
            m_files.push_back(std::move(entry));
        }
        if (problem)
            return failure(ErrorCode::FileUnreadable, {m_directory.string(), problem.message()});
        if (!any)
            return failure(ErrorCode::DirectoryEmpty, {m_directory.string()});
        std::sort(m_files.begin(), m_files.end(),
                  [](const FileEntry &a, const FileEntry &b) { return a.name < b.name; });
        return {};
    }

    std::string location() const override { return m_given.string(); }
    std::string name() const override { return m_name; }
    std::string chosenFile() const override { return m_chosen; }
    const std::vector<FileEntry> &files() const override { return m_files; }
    fs::path localPath(const std::string &name) const override { return m_directory / name; }

    Result<std::shared_ptr<const ByteSource>> open(const std::string &name) const override
    {
        auto file = File::open(localPath(name));
        if (!file)
            return tl::unexpected(file.error());
        return std::make_shared<const File>(std::move(*file));
    }

private:
    fs::path m_given, m_directory;
    std::string m_name, m_chosen;
    std::vector<FileEntry> m_files;
};

} // namespace

Result<std::shared_ptr<const FileSet>> openLocalFiles(const fs::path &path)
{
    std::error_code problem;
    const fs::file_status status = fs::status(path, problem);
    if (status.type() == fs::file_type::not_found)
        return failure(ErrorCode::FileMissing, {path.string()});
    if (problem)
        return failure(ErrorCode::FileUnreadable, {path.string(), problem.message()});
    const bool folder = status.type() == fs::file_type::directory;
    const fs::path directory = folder ? path : path.has_parent_path() ? path.parent_path() : fs::path(".");
    auto files = std::make_shared<LocalFiles>(path, directory, folder ? subjectName(path) : path.stem().string(),
                                              folder ? std::string() : path.filename().string());
    if (auto listed = files->list(); !listed)
        return tl::unexpected(listed.error());
    return files;
}

} // namespace assay
