// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/format/gguf.h"
#include "core/format/shardreader.h"

namespace assay {
namespace {

constexpr uint32_t kNoFile = ~uint32_t(0);

/// Reads the files of a set one after another into one checkpoint.
class SetReader
{
public:
    SetReader(const FileSet &files, const WeightFiles &weights, const std::stop_token &stop)
        : m_files(files), m_weights(weights), m_stop(stop)
    {
    }

    Result<Checkpoint> run()
    {
        m_checkpoint.files = filesToRead(m_files, m_weights);
        for (uint32_t file = 0; file < m_checkpoint.files.size(); ++file) {
            if (m_stop.stop_requested())
                return failure(ErrorCode::Cancelled);
            if (auto read = readFile(file); !read)
                return tl::unexpected(read.error());
        }
        checkTotal();
        sortNaturally(m_checkpoint.tensors);
        tellTensorsInTwoFiles(m_checkpoint);
        tellUnknownDtypes(m_checkpoint);
        return std::move(m_checkpoint);
    }

private:
    Result<void> readFile(uint32_t file)
    {
        CheckpointFile &entry = m_checkpoint.files[file];
        const auto opened = m_files.open(entry.name);
        auto header = opened ? readGgufHeader(**opened, m_checkpoint.arena, m_stop)
                             : Result<GgufHeader>(tl::unexpected(opened.error()));
        if (opened)
            entry.bytes = (*opened)->size();
        if (header) {
            takeHeader(file, std::move(*header));
            return {};
        }
        if (m_weights.single() || header.error().code == ErrorCode::Cancelled)
            return tl::unexpected(header.error());
        leaveOut(m_checkpoint, file, header.error());
        return {};
    }

    void takeHeader(uint32_t file, GgufHeader header)
    {
        CheckpointFile &entry = m_checkpoint.files[file];
        entry.headerBytes = std::min(header.dataOffset, entry.bytes);
        entry.bigEndian = header.bigEndian;
        for (Finding &finding : header.findings)
            m_checkpoint.findings.push_back(std::move(finding));
        checkSplit(file, header.metadata);
        if (m_keysFrom == kNoFile) {
            m_keysFrom = file;
            m_checkpoint.metadata = std::move(header.metadata);
        }
        for (TensorRecord &tensor : header.tensors) {
            tensor.file = file;
            m_checkpoint.tensors.push_back(std::move(tensor));
        }
    }

    /// split.no counts from 0, split.count is that of the files; a file that is no part of a set has neither.
    void checkSplit(uint32_t file, const std::vector<MetadataEntry> &keys)
    {
        const std::pair<std::string_view, uint64_t> expected[] = {{"split.no", file},
                                                                  {"split.count", m_checkpoint.files.size()}};
        for (const MetadataEntry &key : keys) {
            for (const auto &[name, value] : expected) {
                const auto declared = key.integer();
                if (key.key == name && declared && *declared != int64_t(value))
                    m_checkpoint.findings.push_back(
                        {FindingCode::MetadataType,
                         {key.key, std::to_string(*declared), std::to_string(value)},
                         m_checkpoint.files[file].name});
            }
        }
    }

    void checkTotal()
    {
        const MetadataEntry *total = m_checkpoint.findMetadata("split.tensors.count");
        const auto declared = total ? total->integer() : std::nullopt;
        if (declared && *declared != int64_t(m_checkpoint.tensors.size()))
            m_checkpoint.findings.push_back(
                {FindingCode::SplitCountDisagrees,
                 {std::to_string(*declared), std::to_string(m_checkpoint.tensors.size())},
                 m_checkpoint.files[m_keysFrom].name});
    }

    const FileSet &m_files;
    const WeightFiles &m_weights;
    const std::stop_token &m_stop;
    Checkpoint m_checkpoint;
    uint32_t m_keysFrom = kNoFile; ///< the file whose keys stand for the set
};

} // namespace

Result<Checkpoint> readGguf(const FileSet &files, const WeightFiles &weights, const std::stop_token &stop)
{
    return SetReader(files, weights, stop).run();
}

} // namespace assay
