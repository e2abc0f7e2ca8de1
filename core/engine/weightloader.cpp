// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/weightloader.h"

#include "core/base/file.h"

#include <algorithm>
#include <bit>
#include <map>
#include <unordered_map>

namespace assay::engine {
namespace {

static_assert(std::endian::native == std::endian::little,
              "safetensors is little-endian and is read as it is");

// Bytes between two looks at the stop token, and the most that conversion holds besides the model.
constexpr uint64_t kPiece = 8u << 20;

std::optional<at::ScalarType> scalarType(Dtype dtype)
{
    switch (dtype) {
    case Dtype::F32:
        return at::kFloat;
    case Dtype::BF16:
        return at::kBFloat16;
    case Dtype::F16:
        return at::kHalf;
    case Dtype::F64:
        return at::kDouble;
    default:
        return std::nullopt;
    }
}

using Index = std::unordered_map<std::string_view, const TensorRecord *>;

Index indexOf(const Checkpoint &checkpoint)
{
    Index out;
    for (const TensorRecord &record : checkpoint.tensors)
        out.emplace(record.name, &record);
    return out;
}

Result<void> checkTensor(const TensorSlot &slot, const TensorRecord &record)
{
    if (record.shape != slot.shape)
        return failure(ErrorCode::TensorShapeWrong,
                       {slot.name, record.shape.text(), Shape(slot.shape).text()});
    if (!scalarType(record.dtype))
        return failure(ErrorCode::DtypeUnsupported, {std::string(record.dtypeText), "this engine"}, slot.name);
    // A header that tells another size is shown with a finding; reading by it would give nonsense.
    if (dtypeBytes(record.dtype, record.elements) != record.bytes)
        return failure(ErrorCode::WeightsUnreadable,
                       {slot.name, ASSAY_TEXT("Reason", "the file gives it other bytes than its shape asks for")});
    return {};
}

/// Reads tensors of one checkpoint; each file is opened once.
class Reader
{
public:
    Reader(const Checkpoint &checkpoint, const Progress &progress, const std::stop_token &stop)
        : m_checkpoint(checkpoint), m_progress(progress), m_stop(stop)
    {
    }

    void expect(uint64_t bytes) { m_total += bytes; }

    Result<void> read(const TensorRecord &record, const at::Tensor &target)
    {
        auto file = open(record.file);
        if (!file)
            return tl::unexpected(file.error());
        const at::ScalarType stored = *scalarType(record.dtype);
        const uint64_t width = at::elementSize(stored);
        const at::Tensor flat = target.view(-1);
        const bool direct = stored == target.scalar_type() && target.is_cpu();
        for (uint64_t done = 0; done < record.elements;) {
            if (m_stop.stop_requested())
                return failure(ErrorCode::Cancelled);
            const uint64_t count = std::min(kPiece / width, record.elements - done);
            const at::Tensor part = flat.narrow(0, int64_t(done), int64_t(count));
            const at::Tensor landing = direct ? part : staging(stored).narrow(0, 0, int64_t(count));
            auto *bytes = static_cast<std::byte *>(landing.data_ptr());
            auto result = (*file)->readAt(record.offset + done * width, {bytes, count * width});
            if (!result)
                return result;
            if (!direct)
                part.copy_(landing);
            done += count;
            report(count * width);
        }
        return {};
    }

private:
    Result<const File *> open(uint32_t index)
    {
        if (const auto found = m_files.find(index); found != m_files.end())
            return &found->second;
        auto file = File::open(m_checkpoint.files.at(index).path);
        if (!file)
            return tl::unexpected(file.error());
        return &m_files.emplace(index, std::move(*file)).first->second;
    }

    at::Tensor staging(at::ScalarType type)
    {
        if (!m_staging.defined() || m_staging.scalar_type() != type)
            m_staging = at::empty({int64_t(kPiece / at::elementSize(type))}, at::TensorOptions(type));
        return m_staging;
    }

    void report(uint64_t bytes)
    {
        m_done += bytes;
        if (m_progress)
            m_progress(double(m_done), double(m_total));
    }

    const Checkpoint &m_checkpoint;
    const Progress &m_progress;
    const std::stop_token &m_stop;
    std::map<uint32_t, File> m_files;
    at::Tensor m_staging;
    uint64_t m_done = 0, m_total = 0;
};

} // namespace

Result<at::ScalarType> checkWeights(const DecoderSpec &spec, const Checkpoint &checkpoint)
{
    const Index index = indexOf(checkpoint);
    std::map<at::ScalarType, uint64_t> bytes;
    for (const TensorSlot &slot : spec.tensors()) {
        const auto found = index.find(slot.name);
        if (found == index.end())
            return failure(ErrorCode::TensorMissing, {slot.name});
        if (auto sound = checkTensor(slot, *found->second); !sound)
            return tl::unexpected(sound.error());
        bytes[*scalarType(found->second->dtype)] += found->second->bytes;
    }
    return std::ranges::max_element(bytes, {}, [](const auto &entry) { return entry.second; })->first;
}

Result<void> loadWeights(Decoder &decoder, const Checkpoint &checkpoint, const Progress &progress,
                         const std::stop_token &stop)
{
    const Index index = indexOf(checkpoint);
    std::vector<std::pair<const TensorRecord *, at::Tensor>> work;
    Reader reader(checkpoint, progress, stop);
    for (const NamedTensor &parameter : decoder.parameters()) {
        work.emplace_back(index.at(parameter.name), parameter.tensor);
        reader.expect(work.back().first->bytes);
    }
    // In the order of the files, so that a disk reads ahead.
    std::ranges::sort(work, {},
                      [](const auto &item) { return std::pair(item.first->file, item.first->offset); });
    for (const auto &[record, target] : work) {
        if (auto result = reader.read(*record, target); !result)
            return result;
    }
    return {};
}

} // namespace assay::engine
