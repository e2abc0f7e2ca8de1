// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/torchplaces.h"

#include <algorithm>

namespace assay {
namespace {

/// Bytes of so many elements, rounded up; nothing when they do not fit.
std::optional<uint64_t> bytesOf(uint64_t elements, uint32_t bits)
{
    uint64_t out = 0;
    if (__builtin_mul_overflow(elements, uint64_t(bits), &out))
        return std::nullopt;
    return out / 8 + (out % 8 != 0);
}

/// Whether elements lie row by row without gaps; axes of one element may have any stride, and so may nothing.
bool isRowMajor(const TorchTensor &tensor)
{
    if (std::find(tensor.sizes.begin(), tensor.sizes.end(), 0) != tensor.sizes.end())
        return true;
    int64_t expected = 1;
    for (size_t axis = tensor.sizes.size(); axis-- > 0;) {
        if (tensor.sizes[axis] == 1)
            continue;
        if (tensor.strides[axis] != expected || __builtin_mul_overflow(expected, tensor.sizes[axis], &expected))
            return false;
    }
    return true;
}

/// One more than the last element's place in the storage; nothing when the numbers are impossible.
std::optional<uint64_t> reach(const TorchTensor &tensor)
{
    if (tensor.strides.size() != tensor.sizes.size() || tensor.offset < 0)
        return std::nullopt;
    auto last = uint64_t(tensor.offset);
    bool empty = false;
    for (size_t axis = 0; axis < tensor.sizes.size(); ++axis) {
        uint64_t step = 0;
        if (tensor.sizes[axis] < 0 || tensor.strides[axis] < 0)
            return std::nullopt;
        empty = empty || tensor.sizes[axis] == 0;
        const uint64_t steps = tensor.sizes[axis] > 0 ? uint64_t(tensor.sizes[axis]) - 1 : 0;
        if (__builtin_mul_overflow(steps, uint64_t(tensor.strides[axis]), &step)
            || __builtin_add_overflow(last, step, &last))
            return std::nullopt;
    }
    return empty ? uint64_t(tensor.offset) : last + 1;
}

} // namespace

void TorchPlaces::Odd::note(std::string_view name)
{
    if (count++ == 0)
        example = name;
}

void TorchPlaces::add(const TorchObject &object, const FindStorage &find, uint64_t inlineBase)
{
    std::vector<Stored> storages;
    for (const TorchStorage &storage : object.storages) {
        Stored stored;
        stored.place = find(storage);
        stored.declared = storage.elements < 0 ? 0 : bytesOf(uint64_t(storage.elements), storage.type.bits).value_or(0);
        storages.push_back(std::move(stored));
    }
    for (const TorchTensor &tensor : object.tensors)
        addTensor(tensor, storages, inlineBase);
    for (const Stored &stored : storages) {
        m_storedBytes += stored.place.bytes;
        m_usedBytes += std::min(stored.used, stored.place.bytes);
    }
}

void TorchPlaces::addTensor(const TorchTensor &tensor, std::vector<Stored> &storages, uint64_t inlineBase)
{
    Arena &arena = *m_checkpoint.arena;
    TensorRecord record;
    record.name = arena.text(tensor.name);
    record.dtype = tensor.type.dtype;
    record.dtypeText = record.dtype == Dtype::Unknown ? arena.text(tensor.type.text)
                                                      : std::string_view(dtypeName(record.dtype));
    record.shape = arena.numbers(tensor.sizes);
    record.file = m_file;
    record.offset = kNoOffset;
    const auto elements = record.shape.elements();
    const auto bytes = elements ? bytesOf(*elements, tensor.type.bits) : std::nullopt;
    record.elements = elements.value_or(0);
    record.bytes = bytes.value_or(0);
    if (!elements || !bytes || !reach(tensor)) {
        m_wrong.note(record.name);
        record.shape = elements ? record.shape : Shape();
    } else {
        if (!isRowMajor(tensor))
            record.strides = arena.numbers(tensor.strides);
        if (tensor.inlined && inlineBase != kNoOffset)
            record.offset = inlineBase + *tensor.inlined;
        else if (tensor.encoded)
            m_encoded.note(record.name);
        else if (tensor.inlined || tensor.storage == kNoStorage)
            (tensor.inlined ? m_packed : m_missing).note(record.name);
        else
            placeInStorage(record, tensor, storages[tensor.storage]);
    }
    m_checkpoint.tensors.push_back(record);
}

void TorchPlaces::placeInStorage(TensorRecord &record, const TorchTensor &tensor, Stored &stored)
{
    if (!stored.place.present) {
        m_missing.note(record.name);
        return;
    }
    const auto end = bytesOf(*reach(tensor), tensor.type.bits);
    const auto begin = bytesOf(uint64_t(tensor.offset), tensor.type.bits);
    // What the class declares must hold the tensor, and the bytes that are there must hold what it declares.
    if (!end || !begin || (stored.declared > 0 && *end > stored.declared)) {
        m_wrong.note(record.name);
        return;
    }
    if (*end > stored.place.bytes) {
        m_beyond.note(record.name);
        return;
    }
    if (stored.parts.emplace(tensor.offset, record.elements).second)
        stored.used += record.bytes;
    if (stored.place.offset == kNoOffset)
        m_packed.note(record.name);
    else if (tensor.type.bits > 0)
        record.offset = stored.place.offset + *begin;
}

void TorchPlaces::tell()
{
    const std::string &file = m_checkpoint.files[m_file].name;
    const auto tell = [&](FindingCode code, const Odd &odd, std::vector<std::string> arguments) {
        if (odd.count > 0)
            m_checkpoint.findings.push_back({code, std::move(arguments), odd.example, {}});
    };
    const auto count = [](const Odd &odd) { return std::to_string(odd.count); };
    tell(FindingCode::StorageMissing, m_missing, {count(m_missing), m_missing.example});
    tell(FindingCode::TensorUnreadable, m_packed,
         {count(m_packed), m_packed.example, ASSAY_TEXT("Reason", "they are packed")});
    tell(FindingCode::TensorUnreadable, m_encoded,
         {count(m_encoded), m_encoded.example, ASSAY_TEXT("Reason", "the pickle holds them in another form")});
    tell(FindingCode::TensorSizeWrong, m_wrong, {count(m_wrong), file, m_wrong.example});
    tell(FindingCode::TensorsBeyondFile, m_beyond, {count(m_beyond), file, m_beyond.example});
    // Storages are rounded up to 64 bytes by some writers; what is told is a waste worth the name.
    constexpr uint64_t kMuch = 2;
    if (m_usedBytes > 0 && m_storedBytes / kMuch >= m_usedBytes)
        m_checkpoint.findings.push_back(
            {FindingCode::StorageUnused, {file, std::to_string(m_storedBytes), std::to_string(m_usedBytes)}, file, {}});
}

} // namespace assay
