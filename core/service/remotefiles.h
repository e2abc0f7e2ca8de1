// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/remotefile.h"

namespace assay {

/// What is known of a subject on a server before any of its weights is asked for.
struct RemotePlace
{
    std::string location, name;
    std::string chosenFile;
    std::vector<FileEntry> files; ///< sorted by name
    std::string base;             ///< URL of a file is base + "/" + encoded name + query
    std::string query;
};

/// The files of a subject on a server.
class RemoteFiles final : public FileSet
{
public:
    RemoteFiles(std::shared_ptr<const HttpClient> client, RemotePlace place);

    std::string location() const override { return m_place.location; }
    std::string name() const override { return m_place.name; }
    std::string chosenFile() const override { return m_place.chosenFile; }
    const std::vector<FileEntry> &files() const override { return m_place.files; }
    Result<std::shared_ptr<const ByteSource>> open(const std::string &name) const override;
    std::filesystem::path localPath(const std::string &) const override { return {}; }
    std::optional<Fetched> fetched() const override { return m_client->fetched(); }
    Result<void> prefetch(std::span<const std::string> names) const override;

    /// Asks for files by names that were only guessed or found in an index, and lists those that are there. An error
    /// other than being missing is the file's own, told when it is read.
    void addPresent(std::span<const std::string> guessed);

private:
    using Opened = Result<std::shared_ptr<const RemoteFile>>;
    std::string urlOf(const std::string &name) const;
    void openAll(std::span<const std::string> names) const;
    void fetchHeaders(std::span<const std::string> names) const;
    std::optional<Opened> known(const std::string &name) const;

    std::shared_ptr<const HttpClient> m_client;
    RemotePlace m_place;
    mutable std::mutex m_mutex;
    mutable std::map<std::string, Opened> m_opened;
};

} // namespace assay
