// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/gguf.h"

#include <optional>

namespace assay {

/// Keys of a GGUF file with their arrays whole; a header keeps only the beginnings of long ones.
class GgufValues
{
public:
    GgufValues(const ByteSource &file, const GgufHeader &header) : m_file(file), m_header(header) {}

    const MetadataEntry *find(std::string_view key) const;
    std::optional<std::string> text(std::string_view key) const;
    std::optional<int64_t> integer(std::string_view key) const;
    bool flag(std::string_view key, bool otherwise) const;

    /// Arrays; empty when there is none. GgufDamaged when the file ends within.
    Result<std::vector<std::string>> texts(std::string_view key) const;
    Result<std::vector<double>> numbers(std::string_view key) const;

private:
    const ByteSource &m_file;
    const GgufHeader &m_header;
};

} // namespace assay
