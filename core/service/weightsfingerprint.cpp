// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"
#include "core/service/workerfiles.h"
#include "core/service/workspace.h"

#include <QCryptographicHash>
#include <array>
#include <optional>

namespace assay {
namespace {

constexpr size_t kPieces = 512; // tensors that are looked into, evenly spread
struct FileRange
{
    uint32_t file;
    uint64_t offset, bytes;
};
constexpr size_t kPieceBytes =
    256; // from the middle of each: norms and biases are often the same at their ends

/// The piece of a tensor that is looked into; nothing when it lies nowhere.
std::optional<FileRange> pieceOf(const TensorRecord &tensor)
{
    const uint64_t bytes = std::min<uint64_t>(tensor.bytes, kPieceBytes);
    if (bytes == 0 || tensor.offset == kNoOffset)
        return std::nullopt;
    return FileRange{tensor.file, tensor.offset + (tensor.bytes - bytes) / 2, bytes};
}

/// From another machine all the pieces come at once: hundreds of round trips would take minutes.
void fetchPieces(const ModelDirectory &directory, size_t step)
{
    const auto *there = dynamic_cast<const WorkerFiles *>(directory.files.get());
    const Checkpoint &checkpoint = directory.checkpoint;
    std::vector<protocol::FilePiece> pieces;
    for (size_t i = 0; there && i < checkpoint.tensors.size(); i += step) {
        const auto piece = pieceOf(checkpoint.tensors[i]);
        if (piece && piece->file < checkpoint.files.size() && checkpoint.files[piece->file].present)
            pieces.push_back({checkpoint.files[piece->file].name, piece->offset, piece->bytes});
    }
    if (there)
        there->fetch(pieces);
}

/// Opens each file when it is first asked for; what cannot be opened has no say.
class Files
{
public:
    explicit Files(const ModelDirectory &directory)
        : m_directory(directory), m_open(directory.checkpoint.files.size())
    {
    }
    const ByteSource *at(uint32_t index)
    {
        if (index >= m_open.size() || !m_directory.checkpoint.files[index].present)
            return nullptr;
        if (!m_open[index])
            m_open[index].emplace(m_directory.files->open(m_directory.checkpoint.files[index].name));
        return m_open[index]->has_value() ? m_open[index]->value().get() : nullptr;
    }

private:
    const ModelDirectory &m_directory;
    std::vector<std::optional<Result<std::shared_ptr<const ByteSource>>>> m_open;
};

} // namespace

std::string weightsFingerprint(const Inspection &inspection, std::stop_token stop)
{
    const Checkpoint &checkpoint = inspection.directory.checkpoint;
    // Hundreds of round trips are not worth it: the name of a server's model tells enough.
    const auto *files = inspection.directory.files.get();
    if (files && files->remote() && !dynamic_cast<const WorkerFiles *>(files))
        return structureFingerprint(checkpoint) + ":" + sha256(inspection.directory.files->location()).substr(0, 32);
    const size_t step = std::max<size_t>(1, (checkpoint.tensors.size() + kPieces - 1) / kPieces);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    fetchPieces(inspection.directory, step);
    Files opened(inspection.directory);
    std::array<std::byte, kPieceBytes> buffer{};
    for (size_t i = 0; i < checkpoint.tensors.size() && !stop.stop_requested(); i += step) {
        const auto range = pieceOf(checkpoint.tensors[i]);
        const ByteSource *file = range ? opened.at(range->file) : nullptr;
        const std::span<std::byte> piece(buffer.data(), range ? size_t(range->bytes) : 0);
        if (file != nullptr && file->readAt(range->offset, piece))
            hash.addData(QByteArrayView(piece.data(), qsizetype(piece.size())));
    }
    return structureFingerprint(checkpoint) + ":" + hash.result().toHex().left(32).toStdString();
}

} // namespace assay
