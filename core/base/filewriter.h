// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <span>

namespace assay {

/// A file too large to be held: written in pieces beside its place, and there only once it is whole. One that is not finished leaves
/// nothing behind.
class FileWriter
{
public:
    /// Errors: FileUnwritable, DiskFull.
    static Result<FileWriter> create(const std::filesystem::path &path);
    FileWriter(FileWriter &&other) noexcept;
    FileWriter &operator=(FileWriter &&other) noexcept;
    ~FileWriter();

    Result<void> add(std::span<const std::byte> bytes);
    Result<void> finish();

private:
    FileWriter(std::filesystem::path path, std::filesystem::path part, int descriptor);
    std::filesystem::path m_path, m_part;
    int m_descriptor = -1;
};

} // namespace assay
