// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/weightvalues.h"

#include <cstring>
#include <map>

namespace assay::testing {

class MemoryBytes final : public ByteSource
{
public:
    explicit MemoryBytes(std::vector<std::byte> bytes) : m_bytes(std::move(bytes)) {}
    std::string label() const override { return "memory"; }
    uint64_t size() const override { return m_bytes.size(); }
    Result<void> readAt(uint64_t offset, std::span<std::byte> buffer) const override
    {
        if (offset > m_bytes.size() || buffer.size() > m_bytes.size() - offset)
            return failure(ErrorCode::FileUnreadable, {"memory", "beyond its end"});
        if (!buffer.empty())
            std::memcpy(buffer.data(), m_bytes.data() + offset, buffer.size());
        return {};
    }

private:
    std::vector<std::byte> m_bytes;
};

/// A checkpoint of one file in memory, made tensor by tensor.
class MemoryWeights final : public FileSet
{
public:
    MemoryWeights() { m_checkpoint.files.push_back({"memory", "memory", 0, 0, true, false}); }

    template <class T>
    TensorRecord &add(std::string_view name, Dtype dtype, std::vector<int64_t> shape, const std::vector<T> &values)
    {
        TensorRecord record;
        record.name = m_checkpoint.arena->text(name);
        record.dtypeText = dtypeName(dtype);
        record.shape = Shape(m_checkpoint.arena->numbers(shape));
        record.elements = record.shape.elements().value_or(0);
        record.bytes = values.size() * sizeof(T);
        record.offset = m_bytes.size();
        record.dtype = dtype;
        const auto *from = reinterpret_cast<const std::byte *>(values.data());
        m_bytes.insert(m_bytes.end(), from, from + values.size() * sizeof(T));
        m_checkpoint.tensors.push_back(record);
        return m_checkpoint.tensors.back();
    }

    Checkpoint &checkpoint() { return m_checkpoint; }
    std::vector<std::byte> &bytes() { return m_bytes; }
    std::string location() const override { return "memory"; }
    std::string name() const override { return "memory"; }
    const std::vector<FileEntry> &files() const override { return m_files; }
    std::filesystem::path localPath(const std::string &) const override { return {}; }
    Result<std::shared_ptr<const ByteSource>> open(const std::string &) const override
    {
        return std::make_shared<const MemoryBytes>(m_bytes);
    }

private:
    Checkpoint m_checkpoint;
    std::vector<std::byte> m_bytes;
    std::vector<FileEntry> m_files;
};

/// All values, read in pieces of an odd length so that each piece begins somewhere else in a row, block or group.
inline Result<std::vector<float>> readAll(WeightReader &weight, size_t piece)
{
    std::vector<float> values(size_t(weight.elements()));
    for (size_t done = 0; done < values.size(); done += piece) {
        const auto part = std::span(values).subspan(done, std::min(piece, values.size() - done));
        if (auto read = weight.read(done, part); !read)
            return tl::unexpected(read.error());
    }
    return values;
}

} // namespace assay::testing
