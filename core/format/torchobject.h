// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/metadata.h"
#include "core/format/pickletree.h"
#include "core/format/torchtypes.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// A storage as a persistent id names it: ('storage', class, key, location, numel[, view]).
struct TorchStorage
{
    std::string key;
    TorchType type;
    int64_t elements = 0; ///< of its type
};

constexpr uint32_t kNoStorage = ~uint32_t(0);

/// One tensor that a pickle would rebuild; its numbers are as written, hence not to be trusted.
struct TorchTensor
{
    std::string name;
    uint32_t storage = kNoStorage; ///< index into TorchObject::storages; none for meta tensors and those inline
    TorchType type;
    int64_t offset = 0;            ///< into the storage, in elements
    std::vector<int64_t> sizes;
    std::vector<int64_t> strides;  ///< in elements
    std::optional<uint64_t> inlined; ///< where the pickle itself holds the bytes
    bool encoded = false;          ///< the pickle itself holds the values, but not as its bytes: as a text, or turned
    std::string module;            ///< class of the object whose attribute it is; empty for others
    std::string attribute;         ///< its name there
};

/// What a checkpoint's pickle holds: tensors with their dotted names, and what else it says.
struct TorchObject
{
    std::vector<TorchStorage> storages;
    std::vector<TorchTensor> tensors;
    std::vector<MetadataEntry> metadata;
    bool truncated = false; ///< nested deeper, or more tensors, than any checkpoint has
};

/// The tensor that a persistent id without a storage stands for; null when there is none.
using FindTensor = std::function<const TorchTensor *(const std::string &key)>;

/// Collects the tensors below a node. A top-level {"state_dict": ...} and the like is left out of the names when
/// nothing else holds tensors. Tensors that `find` gave carry their key as attribute.
TorchObject collectTensors(const PickleTree &tree, PickleRef root, const std::string &prefix = {},
                           const FindTensor &find = {});
/// The storage of a persistent id; nothing when the id is something else.
std::optional<TorchStorage> torchStorage(const PickleTree &tree, PickleRef persistent, int64_t *viewOffset);

} // namespace assay
