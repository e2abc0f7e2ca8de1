// SPDX-License-Identifier: GPL-3.0-or-later
// The first format of PyTorch (torch/serialization.py, legacy_load): a tape archive with the members "storages",
// "tensors" and "pickle"; the pickle's persistent ids are the keys of the tensors.
#include "core/format/torchfile.h"

#include "core/format/partsource.h"
#include "core/format/torchplaces.h"
#include "core/format/zipfields.h"

#include <map>

namespace assay {
namespace {

constexpr uint64_t kBlock = 512;
constexpr size_t kMemberLimit = 10'000;

struct Member
{
    uint64_t offset = 0, bytes = 0;
};

/// A number in octal digits, or of more than 11 digits with the first bit set and the largest byte first.
uint64_t tarNumber(std::string_view field)
{
    uint64_t out = 0;
    const bool binary = (static_cast<unsigned char>(field.front()) & 0x80) != 0;
    for (const char c : binary ? field.substr(field.size() - 8) : field) {
        if (binary)
            out = out << 8 | static_cast<unsigned char>(c);
        else if (c >= '0' && c <= '7')
            out = out << 3 | uint64_t(c - '0');
    }
    return out;
}

std::map<std::string, Member> readMembers(const ByteSource &source)
{
    std::map<std::string, Member> members;
    const uint64_t size = source.size();
    for (uint64_t at = 0; size - at >= kBlock && members.size() < kMemberLimit;) {
        const auto header = source.readText(at, kBlock);
        if (!header || (*header)[0] == '\0')
            break;
        at += kBlock;
        const std::string_view name = std::string_view(*header).substr(0, 100);
        const uint64_t bytes = std::min(tarNumber(std::string_view(*header).substr(124, 12)), size - at);
        members[std::string(name.substr(0, name.find('\0')))] = {at, bytes};
        const uint64_t blocks = bytes / kBlock + (bytes % kBlock != 0);
        at += std::min(size - at, blocks * kBlock);
    }
    return members;
}

/// Reads the three members; what they hold is joined in the end.
class TorchTar
{
public:
    explicit TorchTar(TorchFile &file) : m_file(file), m_members(readMembers(*file.source)) {}
    Result<void> read();

private:
    Pickle next(uint64_t &at, uint64_t end);
    void readStorages(const Member &member);
    void readTensors(const Member &member);

    struct Storage
    {
        StoragePlace place;
        TorchType type;
        uint64_t elements = 0;
    };
    TorchFile &m_file;
    std::map<std::string, Member> m_members;
    Pickle m_all; ///< the globals and the first problem of all pickles
    std::map<std::string, Storage> m_storages;
    std::map<std::string, TorchTensor> m_tensors; ///< by key
    std::map<std::string, std::string> m_storageOf;
};

Pickle TorchTar::next(uint64_t &at, uint64_t end)
{
    Pickle pickle = readPickle(*m_file.source, at, end);
    m_all.globals.insert(m_all.globals.end(), pickle.globals.begin(), pickle.globals.end());
    if (!pickle.complete && m_all.complete) {
        m_all.complete = false;
        m_all.problem = pickle.problem;
        m_all.analysable = pickle.analysable;
        m_all.end = pickle.end;
    }
    at = pickle.end;
    return pickle;
}

std::string keyOf(const PickleTree &tree, PickleRef node)
{
    return tree.is(node, PickleKind::Integer) ? std::to_string(tree.integer(node)) : std::string(tree.text(node));
}

/// A count; for each storage (key, location, class), 8 bytes with the number of elements, and the elements.
void TorchTar::readStorages(const Member &member)
{
    uint64_t at = member.offset;
    const uint64_t end = member.offset + member.bytes;
    const Pickle count = next(at, end);
    for (int64_t left = count.tree.integer(count.root); left > 0 && m_all.complete; --left) {
        const Pickle entry = next(at, end);
        const auto length = entry.complete && end - at >= 8 ? m_file.source->readText(at, 8) : Result<std::string>(std::string());
        if (!length || length->size() < 8)
            return;
        at += 8;
        Storage storage;
        storage.type = torchType(entry.tree.global(entry.tree.item(entry.root, 2)));
        storage.elements = ZipFields(*length).u64(0);
        uint64_t bytes = 0;
        if (storage.type.bits < 8)
            return;
        if (__builtin_mul_overflow(storage.elements, uint64_t(storage.type.bits / 8), &bytes) || bytes > end - at)
            bytes = end - at;
        storage.place = {at, bytes, true};
        at += bytes;
        m_storages[keyOf(entry.tree, entry.tree.item(entry.root, 0))] = storage;
    }
    if (!m_all.complete)
        return;
    const Pickle views = next(at, end); // (key, key of the whole, offset, elements)
    for (const PickleRef view : views.tree.items(views.root)) {
        const auto whole = m_storages.find(keyOf(views.tree, views.tree.item(view, 1)));
        const int64_t offset = views.tree.integer(views.tree.item(view, 2));
        if (whole == m_storages.end() || offset < 0)
            continue;
        Storage part = whole->second;
        const uint64_t skipped = std::min(part.place.bytes, uint64_t(offset) * (part.type.bits / 8));
        part.place.offset += skipped;
        part.place.bytes -= skipped;
        part.elements = uint64_t(std::max<int64_t>(0, views.tree.integer(views.tree.item(view, 3))));
        m_storages[keyOf(views.tree, views.tree.item(view, 0))] = part;
    }
}

/// A count; for each tensor (key, key of its storage, class), 8 bytes with the number of axes, sizes, strides, offset.
void TorchTar::readTensors(const Member &member)
{
    constexpr uint32_t kAxes = 64;
    uint64_t at = member.offset;
    const uint64_t end = member.offset + member.bytes;
    const Pickle count = next(at, end);
    for (int64_t left = count.tree.integer(count.root); left > 0 && m_all.complete; --left) {
        const Pickle entry = next(at, end);
        const auto head = entry.complete && end - at >= 8 ? m_file.source->readText(at, 8) : Result<std::string>(std::string());
        if (!head || head->size() < 8)
            return;
        at += 8;
        const uint32_t axes = ZipFields(*head).u32(0);
        if (axes > kAxes || end - at < 16 * axes + 8)
            return;
        const auto numbers = m_file.source->readText(at, 16 * axes + 8);
        if (!numbers)
            return;
        at += 16 * axes + 8;
        const ZipFields fields(*numbers);
        TorchTensor tensor;
        for (uint32_t axis = 0; axis < axes; ++axis) {
            tensor.sizes.push_back(int64_t(fields.u64(8 * axis)));
            tensor.strides.push_back(int64_t(fields.u64(8 * (axes + axis))));
        }
        tensor.offset = int64_t(fields.u64(16 * axes));
        const std::string key = keyOf(entry.tree, entry.tree.item(entry.root, 0));
        m_storageOf[key] = keyOf(entry.tree, entry.tree.item(entry.root, 1));
        m_tensors[key] = std::move(tensor);
    }
}

Result<void> TorchTar::read()
{
    m_all.complete = true;
    for (const char *needed : {"storages", "tensors", "pickle"}) {
        if (!m_members.contains(needed))
            return failure(ErrorCode::TorchDamaged, {ASSAY_TEXT("Reason", "the archive holds no pickle")}, m_file.name());
    }
    readStorages(m_members["storages"]);
    readTensors(m_members["tensors"]);
    uint64_t at = m_members["pickle"].offset;
    const Pickle pickle = next(at, at + m_members["pickle"].bytes);
    m_file.judge(m_all, {});
    if (pickle.root == kNoPickle)
        return {};
    TorchObject object = collectTensors(pickle.tree, pickle.root, {}, [this](const std::string &key) {
        const auto tensor = m_tensors.find(key);
        return tensor == m_tensors.end() ? nullptr : &tensor->second;
    });
    std::map<std::string, uint32_t> indices;
    for (TorchTensor &tensor : object.tensors) {
        const std::string storage = m_storageOf[tensor.attribute];
        const auto [place, isNew] = indices.try_emplace(storage, uint32_t(object.storages.size()));
        const Storage &stored = m_storages[storage];
        if (isNew)
            object.storages.push_back({storage, stored.type, int64_t(stored.elements)});
        tensor.storage = place->second;
        tensor.type = stored.type;
    }
    TorchPlaces places(m_file.checkpoint, m_file.file);
    places.add(object, [this](const TorchStorage &storage) { return m_storages[storage.key].place; }, kNoOffset);
    places.tell();
    return {};
}

} // namespace

Result<void> readTorchTar(TorchFile &file)
{
    return TorchTar(file).read();
}

} // namespace assay
