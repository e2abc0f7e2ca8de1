// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"

namespace assay {

/// A part of another source as a source of its own: a stored member of an archive.
class PartSource final : public ByteSource
{
public:
    PartSource(std::shared_ptr<const ByteSource> whole, std::string label, uint64_t begin, uint64_t bytes);
    std::string label() const override { return m_label; }
    uint64_t size() const override { return m_bytes; }
    Result<void> readAt(uint64_t offset, std::span<std::byte> buffer) const override;

private:
    std::shared_ptr<const ByteSource> m_whole;
    std::string m_label;
    uint64_t m_begin, m_bytes;
};

/// Bytes in memory: an unpacked member, or a test's input.
class MemorySource final : public ByteSource
{
public:
    MemorySource(std::string bytes, std::string label) : m_bytes(std::move(bytes)), m_label(std::move(label)) {}
    std::string label() const override { return m_label; }
    uint64_t size() const override { return m_bytes.size(); }
    Result<void> readAt(uint64_t offset, std::span<std::byte> buffer) const override;

private:
    std::string m_bytes, m_label;
};

} // namespace assay
