// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/fileset.h"
#include "core/protocol/filemessages.h"
#include "core/service/machines.h"
#include "core/service/workercalls.h"

#include <stop_token>

namespace assay {

/// The files of a model on another machine, read through its worker: headers and pieces of them, as far as somebody looks.
class WorkerFiles final : public FileSet
{
public:
    class Reader;

    WorkerFiles(std::shared_ptr<Reader> reader, std::string location, protocol::FileListing listing);

    std::string location() const override { return m_location; }
    std::string name() const override { return m_name; }
    std::string chosenFile() const override { return m_chosen; }
    const std::vector<FileEntry> &files() const override { return m_files; }
    Result<std::shared_ptr<const ByteSource>> open(const std::string &name) const override;
    std::filesystem::path localPath(const std::string &) const override { return {}; }
    std::optional<Fetched> fetched() const override;

    /// Many small pieces in one question; what cannot be had is asked for again, and told, when it is read.
    void fetch(const std::vector<protocol::FilePiece> &pieces) const;

private:
    std::shared_ptr<Reader> m_reader;
    std::string m_location, m_name, m_chosen;
    std::vector<FileEntry> m_files;
};

/// location: as the user knows it. The errors of the worker's machine and of openLocalFiles there; Cancelled.
Result<std::shared_ptr<const FileSet>> openWorkerFiles(const MachinePlace &place, const std::string &location, const std::stop_token &stop);

} // namespace assay
