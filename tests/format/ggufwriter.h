// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace assay::test {

/// Bytes in memory as a file.
class MemorySource final : public ByteSource
{
public:
    explicit MemorySource(std::string bytes) : m_bytes(std::move(bytes)) {}
    std::string label() const override { return "memory.gguf"; }
    uint64_t size() const override { return m_bytes.size(); }
    Result<void> readAt(uint64_t offset, std::span<std::byte> buffer) const override
    {
        if (offset > m_bytes.size() || buffer.size() > m_bytes.size() - offset)
            return failure(ErrorCode::FileUnreadable, {label(), "end"});
        std::memcpy(buffer.data(), m_bytes.data() + offset, buffer.size());
        return {};
    }

private:
    std::string m_bytes;
};

/// Writes GGUF headers number by number, so that every rule of the format can be broken.
class GgufWriter
{
public:
    explicit GgufWriter(uint32_t version = 3, bool bigEndian = false) : m_version(version), m_bigEndian(bigEndian) {}

    template <class T>
    GgufWriter &number(T value)
    {
        char bytes[sizeof(T)];
        std::memcpy(bytes, &value, sizeof(T));
        if (m_bigEndian)
            std::reverse(bytes, bytes + sizeof(T));
        m_text.append(bytes, sizeof(T));
        return *this;
    }
    /// Counts, lengths and sizes: four bytes in version 1, eight later.
    GgufWriter &count(uint64_t value) { return m_version == 1 ? number(uint32_t(value)) : number(value); }
    GgufWriter &text(const std::string &text)
    {
        count(text.size());
        m_text += text;
        return *this;
    }
    GgufWriter &begin(uint64_t tensors, uint64_t keys)
    {
        m_text += "GGUF";
        return number(m_version).count(tensors).count(keys);
    }
    GgufWriter &key(const std::string &name, uint32_t type) { return text(name).number(type); }
    GgufWriter &key(const std::string &name, const std::string &value) { return key(name, 8u).text(value); }
    GgufWriter &keyU32(const std::string &name, uint32_t value) { return key(name, 4u).number(value); }
    /// Sizes as the file has them: fastest first.
    GgufWriter &tensor(const std::string &name, const std::vector<uint64_t> &sizes, uint32_t type, uint64_t offset)
    {
        text(name).number(uint32_t(sizes.size()));
        for (const uint64_t size : sizes)
            count(size);
        return number(type).number(offset);
    }
    /// Fills up to the alignment, then the data.
    GgufWriter &data(size_t bytes, size_t alignment = 32)
    {
        m_text.resize((m_text.size() + alignment - 1) / alignment * alignment);
        m_text.append(bytes, '\x01');
        return *this;
    }
    const std::string &bytes() const { return m_text; }
    MemorySource source() const { return MemorySource(m_text); }

private:
    uint32_t m_version;
    bool m_bigEndian;
    std::string m_text;
};

} // namespace assay::test
