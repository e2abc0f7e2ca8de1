// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace assay {

/// Bytes that can be read at any place: a local file, or a file on a server. Safe to read from several threads.
class ByteSource
{
public:
    virtual ~ByteSource() = default;
    /// What errors call it: the file's path or address.
    virtual std::string label() const = 0;
    virtual uint64_t size() const = 0;
    /// Fills the whole buffer from this offset; reading past the end is an error.
    virtual Result<void> readAt(uint64_t offset, std::span<std::byte> buffer) const = 0;
    Result<std::string> readText(uint64_t offset, uint64_t bytes) const;

protected:
    ByteSource() = default;
    ByteSource(const ByteSource &) = default;
    ByteSource &operator=(const ByteSource &) = default;
};

} // namespace assay
