// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/fileset.h"
#include "core/weights/decode.h"
#include "core/weights/weightcatalog.h"

#include <memory>
#include <span>

namespace assay {

/// The bytes of one tensor in its file, read ahead; bounds are checked against the file. Used by one thread.
class StoredTensor
{
public:
    static constexpr uint64_t kReadAhead = 128 * 1024; ///< bytes; stays in the second-level cache
    static constexpr uint64_t kRemoteReadAhead = 4 * 1024 * 1024; ///< a request takes longer than its bytes
    /// Errors: WeightsUnreadable for kNoOffset and bytes beyond the file, those of FileSet::open.
    static Result<StoredTensor> open(const WeightCatalog &catalog, uint32_t tensor, const FileSet &files);

    const TensorRecord &record() const { return *m_record; }
    uint64_t bytes() const { return m_bytes; } ///< from the first to the last byte of the tensor
    bool bigEndian() const { return m_bigEndian; }
    Result<void> read(uint64_t offset, std::span<std::byte> out) const;
    /// These bytes, valid until the next call; numbers are brought to smallest byte first.
    Result<const std::byte *> view(uint64_t offset, uint64_t bytes);
    /// How much is read at once; the fewer, the better for reading here and there.
    void setReadAhead(uint64_t bytes) { m_readAhead = bytes; }
    Error unreadable(const char *reason) const;

private:
    StoredTensor() = default;

    const TensorRecord *m_record = nullptr;
    std::shared_ptr<const ByteSource> m_source;
    uint64_t m_bytes = 0;
    bool m_bigEndian = false;
    uint64_t m_readAhead = kReadAhead;
    std::vector<std::byte> m_window;
    uint64_t m_windowOffset = 0;
    uint64_t m_windowBytes = 0;
};

/// The error of a weight whose values cannot be known; the reason is marked for translation.
Error weightsUnreadable(std::string_view name, const char *reason);

} // namespace assay
