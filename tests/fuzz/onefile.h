// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/partsource.h"
#include "core/format/weightformat.h"

#include <cstdint>
#include <cstdlib>

/// A subject of one file in memory, and what holds of everything that is read from it.
class OneFile final : public assay::FileSet
{
public:
    OneFile(const uint8_t *data, size_t size)
        : m_source(std::make_shared<const assay::MemorySource>(std::string(reinterpret_cast<const char *>(data), size), "file")),
          m_files{{"file", size, std::nullopt, true}}
    {
    }
    std::string location() const override { return "file"; }
    std::string name() const override { return "file"; }
    std::string chosenFile() const override { return "file"; }
    const std::vector<assay::FileEntry> &files() const override { return m_files; }
    std::filesystem::path localPath(const std::string &) const override { return {}; }
    assay::Result<std::shared_ptr<const assay::ByteSource>> open(const std::string &name) const override
    {
        if (name != "file")
            return assay::failure(assay::ErrorCode::FileMissing, {name});
        return m_source;
    }

    /// Reads it, and aborts when a tensor lies outside the file or something that is told cannot be shown.
    template <class Read>
    void check(Read read) const
    {
        assay::WeightFiles weights;
        weights.files = {"file"};
        const auto checkpoint = read(*this, weights, std::stop_token());
        if (!checkpoint) {
            demandShown(checkpoint.error().sentence());
            return;
        }
        for (const assay::TensorRecord &tensor : checkpoint->tensors) {
            const bool inside = tensor.offset <= m_source->size() && tensor.bytes <= m_source->size() - tensor.offset;
            // An expanded tensor has more elements than its storage.
            if (tensor.offset != assay::kNoOffset && !inside && tensor.strides.empty())
                std::abort();
            if (!tensor.strides.empty() && tensor.strides.size() != tensor.shape.size())
                std::abort();
            demandShown(std::string(tensor.name));
        }
        for (const assay::Finding &finding : checkpoint->findings)
            demandShown(finding.sentence());
        for (const assay::MetadataEntry &entry : checkpoint->metadata)
            demandShown(entry.key + entry.shown());
    }

private:
    static void demandShown(const std::string &text)
    {
        if (assay::validUtf8(text) != text)
            std::abort();
    }
    std::shared_ptr<const assay::ByteSource> m_source;
    std::vector<assay::FileEntry> m_files;
};
