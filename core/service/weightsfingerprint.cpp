// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"
#include "core/service/workspace.h"

#include <QCryptographicHash>
#include <array>
#include <optional>

namespace assay {
namespace {

constexpr size_t kPieces = 512; // tensors that are looked into, evenly spread
constexpr size_t kPieceBytes =
    256; // from the middle of each: norms and biases are often the same at their ends

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
    if (inspection.directory.files && inspection.directory.files->remote())
        return structureFingerprint(checkpoint) + ":" + sha256(inspection.directory.files->location()).substr(0, 32);
    const size_t step = std::max<size_t>(1, (checkpoint.tensors.size() + kPieces - 1) / kPieces);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    Files files(inspection.directory);
    std::array<std::byte, kPieceBytes> buffer{};
    for (size_t i = 0; i < checkpoint.tensors.size() && !stop.stop_requested(); i += step) {
        const TensorRecord &tensor = checkpoint.tensors[i];
        const ByteSource *file = files.at(tensor.file);
        const uint64_t bytes = std::min<uint64_t>(tensor.bytes, buffer.size());
        const uint64_t from = tensor.offset + (tensor.bytes - bytes) / 2;
        const std::span<std::byte> piece(buffer.data(), size_t(bytes));
        if (file != nullptr && bytes > 0 && tensor.offset != kNoOffset && file->readAt(from, piece))
            hash.addData(QByteArrayView(piece.data(), qsizetype(piece.size())));
    }
    return structureFingerprint(checkpoint) + ":" + hash.result().toHex().left(32).toStdString();
}

} // namespace assay
