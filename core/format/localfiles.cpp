// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "core/format/cachefiles.h"
#include "core/format/fileset.h"
#include "core/format/ollamastore.h"

#include <algorithm>

namespace assay {
namespace {

namespace fs = std::filesystem;

/// In one spelling, without a "/" at the end.
fs::path wholePath(const fs::path &path)
{
    std::error_code ignored;
    const fs::path whole = fs::absolute(path, ignored).lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();
}

/// The last part of the path; for a snapshot in a hub's cache the model it belongs to ("org/name").
std::string subjectName(const fs::path &path)
{
    const fs::path whole = wholePath(path);
    const std::string cached = cachedName(whole);
    return cached.empty() ? whole.filename().string() : cached;
}

class LocalFiles : public FileSet
{
public:
    LocalFiles(fs::path given, fs::path directory, std::string name, std::string chosen)
        : m_given(std::move(given)), m_directory(std::move(directory)), m_name(std::move(name)),
          m_chosen(std::move(chosen))
    {
    }

    Result<void> list()
    {
        std::error_code problem, ignored;
        const bool any = addFiles(m_directory, {}, problem);
        addFiles(m_directory / kTemplates, std::string(kTemplates) + "/", ignored);
        if (problem)
            return failure(ErrorCode::FileUnreadable, {m_directory.string(), problem.message()});
        if (!any)
            return failure(ErrorCode::DirectoryEmpty, {m_directory.string()});
        std::sort(m_files.begin(), m_files.end(),
                  [](const FileEntry &a, const FileEntry &b) { return a.name < b.name; });
        m_findings = addExpectations(m_files, wholePath(m_directory));
        // Of one file's neighbours nothing is told.
        if (!m_chosen.empty())
            std::erase_if(m_findings, [this](const Finding &finding) { return finding.where != m_chosen; });
        return {};
    }

    std::string location() const override { return m_given.string(); }
    std::string name() const override { return m_name; }
    std::string chosenFile() const override { return m_chosen; }
    const std::vector<FileEntry> &files() const override { return m_files; }
    std::vector<Finding> findings() const override { return m_findings; }
    fs::path localPath(const std::string &name) const override { return m_directory / name; }

    Result<std::shared_ptr<const ByteSource>> open(const std::string &name) const override
    {
        auto file = File::open(localPath(name));
        if (!file)
            return tl::unexpected(file.error());
        return std::make_shared<const File>(std::move(*file));
    }

private:
    /// The one folder below the subject's that holds files of its own.
    static constexpr const char *kTemplates = "additional_chat_templates";

    /// Symlinks are followed; a dangling one is a file that is not there. False when there is nothing at all.
    bool addFiles(const fs::path &folder, const std::string &prefix, std::error_code &problem)
    {
        bool any = false;
        for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
            any = true;
            std::error_code ignored;
            if (it->is_directory(ignored))
                continue;
            FileEntry entry{prefix + it->path().filename().string(), std::nullopt, std::nullopt, it->exists(ignored)};
            const auto size = entry.present ? fs::file_size(it->path(), ignored) : uintmax_t(-1);
            if (size != uintmax_t(-1))
                entry.bytes = size;
            m_files.push_back(std::move(entry));
        }
        return any;
    }

    fs::path m_given, m_directory;
    std::string m_name, m_chosen;
    std::vector<FileEntry> m_files;
    std::vector<Finding> m_findings;
};

/// The part of a diffusion pipeline that makes the picture (inspectors.md 4b); empty in other folders.
fs::path denoiserOf(const fs::path &directory)
{
    std::error_code ignored;
    if (!fs::exists(directory / "model_index.json", ignored))
        return {};
    for (const char *part : {"transformer", "unet"}) {
        if (fs::is_directory(directory / part, ignored))
            return part;
    }
    return {};
}

} // namespace

Result<std::shared_ptr<const FileSet>> openLocalFiles(const fs::path &path)
{
    if (isOllamaModel(path))
        return openOllamaModel(path);
    std::error_code problem;
    const fs::file_status status = fs::status(path, problem);
    if (status.type() == fs::file_type::not_found)
        return failure(ErrorCode::FileMissing, {path.string()});
    if (problem)
        return failure(ErrorCode::FileUnreadable, {path.string(), problem.message()});
    const bool folder = status.type() == fs::file_type::directory;
    const fs::path beside = path.has_parent_path() ? path.parent_path() : fs::path(".");
    const fs::path directory = folder ? currentSnapshot(wholePath(path)).value_or(path) : beside;
    const fs::path part = folder ? denoiserOf(directory) : fs::path();
    std::string name = folder ? subjectName(directory) : path.stem().string();
    if (!part.empty())
        name += "/" + part.string();
    auto files = std::make_shared<LocalFiles>(path, part.empty() ? directory : directory / part, std::move(name),
                                              folder ? std::string() : path.filename().string());
    if (auto listed = files->list(); !listed)
        return tl::unexpected(listed.error());
    return files;
}

} // namespace assay
