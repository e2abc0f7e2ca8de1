// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"
#include "core/base/filewriter.h"
#include "core/format/baserows.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace assay {

/// What a base file says of itself: what a model said of a text that was cut into chunks of `context` tokens, at the positions
/// context / 2 to context - 2 of each (evaluation.md 3.3, 6).
struct BaseHeader
{
    BaseLayout layout;
    int64_t context = 0, chunks = 0;
    std::vector<int32_t> tokens; ///< of all chunks, as the text has them
    std::string vocabularyHash, plainHash; ///< of the tokens' spellings (VocabularyIdentity); empty: llama.cpp's files do not tell

    int64_t first() const { return context / 2; }
    int64_t positions() const { return context - 1 - first(); } ///< of a chunk
    bool operator==(const BaseHeader &) const = default;
};

/// A base file that is read chunk by chunk: llama.cpp's (magic "_logits_") or one of ours ("_topkld_").
class BaseFile
{
public:
    /// Errors: BaseFileDamaged, and those of files. Nothing is allocated by a number that the file's size does not bear out.
    static Result<BaseFile> open(const std::filesystem::path &path);
    static Result<BaseFile> read(std::shared_ptr<const ByteSource> source);

    const BaseHeader &header() const { return m_header; }
    std::string label() const { return m_source->label(); }
    /// Rows of a chunk, from this one on; below chunks() and positions().
    Result<std::vector<std::byte>> rows(int64_t chunk, int64_t first, int64_t count) const;

private:
    std::shared_ptr<const ByteSource> m_source;
    BaseHeader m_header;
    uint64_t m_rows = 0; ///< where they begin
};

/// Writes one, row after row; it is there once it is finished.
class BaseWriter
{
public:
    static Result<BaseWriter> create(const std::filesystem::path &path, const BaseHeader &header);
    Result<void> add(std::span<const std::byte> rows) { return m_file.add(rows); }
    Result<void> finish() { return m_file.finish(); }

private:
    explicit BaseWriter(FileWriter file) : m_file(std::move(file)) {}
    FileWriter m_file;
};

} // namespace assay
