// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/safetensors.h"

#include <memory>

namespace assay {

/// Reads headers of safetensors files, one after another with the same working memory. For one thread.
class HeaderParser
{
public:
    /// The records' texts go into this arena.
    explicit HeaderParser(std::shared_ptr<Arena> arena);
    ~HeaderParser();

    /// Of an open file. What cannot be a header is told by its first bytes, before the rest is read.
    Result<SafetensorsHeader> read(const ByteSource &file);
    /// Of a text in memory.
    Result<SafetensorsHeader> parse(std::string_view json, uint64_t headerBytes, uint64_t fileSize);

private:
    class Text;
    Result<uint64_t> readStart(const ByteSource &file, uint64_t length);
    Result<void> readRest(const ByteSource &file, uint64_t begin, size_t size);
    Result<SafetensorsHeader> parseText(uint64_t skipped, uint64_t headerBytes, uint64_t fileSize);

    std::shared_ptr<Arena> m_arena;
    std::unique_ptr<Text> m_text;
};

} // namespace assay
