// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace assay {

/// An open file, read with pread only: a failing disk gives an error, never a signal.
class File final : public ByteSource
{
public:
    static Result<File> open(const std::filesystem::path &path);
    File(File &&other) noexcept;
    File &operator=(File &&other) noexcept;
    ~File() override;

    const std::filesystem::path &path() const { return m_path; }
    std::string label() const override { return m_path.string(); }
    uint64_t size() const override { return m_size; }
    Result<void> readAt(uint64_t offset, std::span<std::byte> buffer) const override;

private:
    File(std::filesystem::path path, int descriptor, uint64_t size);
    std::filesystem::path m_path;
    int m_descriptor = -1;
    uint64_t m_size = 0;
};

/// The whole file, refused above the limit (bytes).
Result<std::string> readWholeFile(const std::filesystem::path &path, uint64_t limit);

/// Writes beside the target and renames, so that the target is old or new, never half.
Result<void> writeFileAtomically(const std::filesystem::path &path, std::span<const std::byte> bytes);
Result<void> writeFileAtomically(const std::filesystem::path &path, std::string_view text);
/// The same for content in pieces, one after another.
Result<void> writeFileAtomically(const std::filesystem::path &path, std::span<const std::span<const std::byte>> pieces);

} // namespace assay
