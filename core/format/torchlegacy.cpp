// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/torchfile.h"

#include "core/format/torchplaces.h"
#include "core/format/zipfields.h"

#include <map>

namespace assay {
namespace {

// PROTO 2, LONG1 of 10 bytes, 0x1950a86a20f9469cfc6c, STOP (torch/serialization.py).
constexpr std::string_view kMagic = "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19\x2e";

/// The pickles of a legacy file in their order.
enum Part { Magic, Protocol, System, Object, Keys, PartCount };

void takeObject(TorchFile &file, const TorchObject &object, const TorchPlaces::FindStorage &find)
{
    if (object.truncated)
        file.tell(FindingCode::PickleNotAnalysable,
                  {file.name(), ASSAY_TEXT("Reason", "it is larger than any checkpoint needs")}, file.name());
    TorchPlaces places(file.checkpoint, file.file);
    places.add(object, find, 0);
    places.tell();
    if (file.file == 0)
        file.checkpoint.metadata.insert(file.checkpoint.metadata.end(), object.metadata.begin(), object.metadata.end());
}

/// Storages follow the keys: for each the number of its elements in 8 bytes, then the elements.
std::map<std::string, StoragePlace> placeStorages(TorchFile &file, const TorchObject &object, const Pickle &keys)
{
    std::map<std::string, uint32_t> bits;
    for (const TorchStorage &storage : object.storages)
        bits[storage.key] = storage.type.bits;
    std::map<std::string, StoragePlace> places;
    const uint64_t size = file.source->size();
    uint64_t at = keys.end;
    for (const PickleRef node : keys.tree.items(keys.root)) {
        const std::string key = keys.tree.is(node, PickleKind::Integer) ? std::to_string(keys.tree.integer(node))
                                                                        : std::string(keys.tree.text(node));
        const auto type = bits.find(key);
        const auto count = size - at >= 8 ? file.source->readText(at, 8) : Result<std::string>(std::string());
        // Without its type a storage's length is not known, nor where the next one begins.
        if (type == bits.end() || type->second < 8 || !count || count->size() < 8)
            return places;
        at += 8;
        uint64_t bytes = 0;
        if (__builtin_mul_overflow(ZipFields(*count).u64(0), uint64_t(type->second / 8), &bytes) || bytes > size - at)
            bytes = size - at;
        places[key] = {at, bytes, true};
        at += bytes;
    }
    if (at < size)
        file.tell(FindingCode::TrailingBytes, {file.name(), std::to_string(size - at)}, file.name());
    return places;
}

/// A single pickle, with whatever follows it.
Result<void> readLonePickle(TorchFile &file)
{
    const Pickle pickle = readPickles(*file.source, 0, file.source->size());
    // What neither ends nor calls anything is no pickle at all, whatever the file is called.
    if (pickle.root == kNoPickle && (pickle.globals.empty() || !pickle.calls))
        return failure(ErrorCode::TorchDamaged,
                       {pickle.problem ? pickle.problem : ASSAY_TEXT("Reason", "it ends too early")}, file.name());
    file.judge(pickle, {});
    file.checkpoint.files[file.file].headerBytes = pickle.end;
    if (pickle.root != kNoPickle)
        takeObject(file, collectTensors(pickle.tree, pickle.root), [](const TorchStorage &) { return StoragePlace(); });
    return {};
}

} // namespace

Result<void> readTorchLegacy(TorchFile &file)
{
    const uint64_t size = file.source->size();
    const auto head = file.source->readText(0, std::min<uint64_t>(size, kMagic.size()));
    if (!head)
        return tl::unexpected(head.error());
    if (*head != kMagic)
        return readLonePickle(file);
    Pickle parts[PartCount], all;
    all.complete = true;
    uint64_t at = 0;
    for (Pickle &part : parts) {
        part = readPickle(*file.source, at, size);
        all.globals.insert(all.globals.end(), part.globals.begin(), part.globals.end());
        all.end = at = part.end;
        all.complete = part.complete;
        all.analysable = part.analysable;
        all.problem = part.problem;
        if (!part.complete)
            break;
    }
    file.judge(all, {});
    file.checkpoint.files[file.file].headerBytes = at;
    if (parts[Object].root == kNoPickle)
        return failure(ErrorCode::TorchDamaged, {all.problem ? all.problem : ASSAY_TEXT("Reason", "it ends too early")},
                       file.name());
    const TorchObject object = collectTensors(parts[Object].tree, parts[Object].root);
    const auto places = placeStorages(file, object, parts[Keys]);
    takeObject(file, object, [&](const TorchStorage &storage) {
        const auto place = places.find(storage.key);
        return place == places.end() ? StoragePlace() : place->second;
    });
    return {};
}

} // namespace assay
