// SPDX-License-Identifier: GPL-3.0-or-later
// The calls that rebuild tensors (torch/_utils.py), matched by name and never made.
#include "core/format/torchwalk.h"

#include "core/base/text.h"

namespace assay {
namespace {
constexpr int kNestedLimit = 4; // a parameter of a subclass of a tensor
constexpr size_t kAxisLimit = 64;
} // namespace

const TorchWalk::Rebuild TorchWalk::kRebuilds[] = {
    {"torch._utils._rebuild_tensor", &TorchWalk::emitStrided},
    {"torch._utils._rebuild_tensor_v2", &TorchWalk::emitStrided},
    {"torch._utils._rebuild_tensor_v3", &TorchWalk::emitTyped},
    {"torch._utils._rebuild_qtensor", &TorchWalk::emitQuantised},
    {"torch._utils._rebuild_parameter", &TorchWalk::emitWrapped},
    {"torch._utils._rebuild_parameter_with_state", &TorchWalk::emitWrapped},
    {"torch.nn.parameter.Parameter", &TorchWalk::emitWrapped},
    {"torch._utils._rebuild_device_tensor_from_numpy", &TorchWalk::emitWrapped},
    {"torch._utils._rebuild_xla_tensor", &TorchWalk::emitWrapped},
    {"torch._utils._rebuild_sparse_tensor", &TorchWalk::emitSparse},
    {"torch._utils._rebuild_sparse_csr_tensor", &TorchWalk::emitCompressed},
    {"torch._utils._rebuild_meta_tensor_no_storage", &TorchWalk::emitMeta},
    {"torch._tensor._rebuild_from_type_v2", &TorchWalk::emitSubclass},
};

bool TorchWalk::emitTensors(PickleRef node)
{
    if (m_tree.is(node, PickleKind::Persistent))
        return emitStorage(node);
    const std::string_view callee = m_tree.global(m_tree.callee(node));
    return emitCall(callee, m_tree.arguments(node)) || emitArray(node);
}

bool TorchWalk::emitCall(std::string_view callee, PickleRef arguments)
{
    for (const Rebuild &rebuild : kRebuilds) {
        if (callee != rebuild.callee)
            continue;
        if (m_nested < kNestedLimit) {
            ++m_nested;
            (this->*rebuild.emit)(arguments);
            --m_nested;
        }
        return true;
    }
    return false;
}

/// (storage, offset, size, stride, ...)
void TorchWalk::emitStrided(PickleRef arguments)
{
    TorchTensor tensor;
    if (!setStorage(tensor, m_tree.item(arguments, 0)))
        return;
    int64_t offset = m_tree.integer(m_tree.item(arguments, 1));
    if (__builtin_add_overflow(tensor.offset, offset, &tensor.offset))
        tensor.offset = -1;
    tensor.sizes = integers(m_tree.item(arguments, 2));
    tensor.strides = integers(m_tree.item(arguments, 3));
    emit(std::move(tensor));
}

/// (storage, offset, size, stride, requires_grad, hooks, dtype, ...): the storage is one of bytes.
void TorchWalk::emitTyped(PickleRef arguments)
{
    const size_t before = m_object.tensors.size();
    emitStrided(arguments);
    if (m_object.tensors.size() > before)
        m_object.tensors.back().type = torchType(m_tree.global(m_tree.item(arguments, 6)));
}

/// (storage, offset, size, stride, (scheme, scale, zero point[, axis]), ...)
void TorchWalk::emitQuantised(PickleRef arguments)
{
    emitStrided(arguments);
    const PickleRef quantiser = m_tree.item(arguments, 4);
    const size_t bytes = m_path.size();
    for (const auto &[index, name] : {std::pair<size_t, const char *>{1, ".scales"}, {2, ".zero_points"}}) {
        m_path += name;
        emitTensors(m_tree.item(quantiser, index));
        m_path.resize(bytes);
    }
}

/// (tensor, ...)
void TorchWalk::emitWrapped(PickleRef arguments)
{
    emitTensors(m_tree.item(arguments, 0));
}

void TorchWalk::emitParts(PickleRef members, std::initializer_list<const char *> names)
{
    const size_t bytes = m_path.size();
    size_t index = 0;
    for (const char *name : names) {
        m_path += name;
        emitTensors(m_tree.item(members, index++));
        m_path.resize(bytes);
    }
}

/// (layout, (indices, values, size))
void TorchWalk::emitSparse(PickleRef arguments)
{
    emitParts(m_tree.item(arguments, 1), {".indices", ".values"});
}

/// (layout, (compressed indices, plain indices, values, size))
void TorchWalk::emitCompressed(PickleRef arguments)
{
    emitParts(m_tree.item(arguments, 1), {".crow_indices", ".col_indices", ".values"});
}

/// (dtype, size, stride, requires_grad): no values anywhere
void TorchWalk::emitMeta(PickleRef arguments)
{
    TorchTensor tensor;
    tensor.type = torchType(m_tree.global(m_tree.item(arguments, 0)));
    tensor.sizes = integers(m_tree.item(arguments, 1));
    tensor.strides = integers(m_tree.item(arguments, 2));
    emit(std::move(tensor));
}

/// (function, type, arguments, state)
void TorchWalk::emitSubclass(PickleRef arguments)
{
    emitCall(m_tree.global(m_tree.item(arguments, 0)), m_tree.item(arguments, 2));
}

/// A NumPy array, whose state is (version, shape, dtype, column by column, bytes).
bool TorchWalk::emitArray(PickleRef call)
{
    const std::string_view callee = m_tree.global(m_tree.callee(call));
    const PickleRef state = m_tree.state(call);
    if ((callee != "numpy.core.multiarray._reconstruct" && callee != "numpy._core.multiarray._reconstruct")
        || !m_tree.is(state, PickleKind::Tuple))
        return false;
    TorchTensor tensor;
    tensor.sizes = integers(m_tree.item(state, 1));
    tensor.strides.resize(tensor.sizes.size());
    const bool byColumn = m_tree.integer(m_tree.item(state, 3)) != 0;
    int64_t stride = 1;
    for (size_t i = 0; i < tensor.sizes.size(); ++i) {
        const size_t axis = byColumn ? i : tensor.sizes.size() - 1 - i;
        tensor.strides[axis] = stride;
        if (__builtin_mul_overflow(stride, tensor.sizes[axis], &stride))
            stride = -1;
    }
    const PickleRef dtype = m_tree.item(state, 2), content = m_tree.item(state, 4);
    tensor.type = numpyType(m_tree.text(m_tree.item(m_tree.arguments(dtype), 0)));
    const bool swapped = m_tree.text(m_tree.item(m_tree.state(dtype), 1)) == ">";
    // Bytes that are written as a text take other places than their own.
    if (m_tree.is(content, PickleKind::Bytes) && !swapped)
        tensor.inlined = m_tree.position(content);
    tensor.encoded = !tensor.inlined;
    emit(std::move(tensor));
    return true;
}

/// A storage that was saved by itself, as a row of its elements.
bool TorchWalk::emitStorage(PickleRef persistent)
{
    TorchTensor tensor;
    if (!setStorage(tensor, persistent)) {
        const PickleRef id = m_tree.arguments(persistent);
        const std::string key =
            m_tree.is(id, PickleKind::Integer) ? std::to_string(m_tree.integer(id)) : std::string(m_tree.text(id));
        const TorchTensor *found = m_find ? m_find(key) : nullptr;
        if (!found)
            return false;
        emit(*found);
        m_object.tensors.back().attribute = key;
        return true;
    }
    tensor.sizes = {m_object.storages[tensor.storage].elements};
    tensor.strides = {1};
    emit(std::move(tensor));
    return true;
}

void TorchWalk::emit(TorchTensor tensor)
{
    tensor.name = m_path;
    tensor.module = m_tree.global(m_tree.callee(m_owner));
    tensor.attribute = m_attribute;
    // A tensor that bears a wrapper's name itself is in none.
    m_wrappers.insert(m_path == m_wrapper ? std::string() : m_wrapper);
    m_object.tensors.push_back(std::move(tensor));
}

bool TorchWalk::setStorage(TorchTensor &tensor, PickleRef persistent)
{
    auto known = m_storages.find(persistent);
    if (known == m_storages.end()) {
        int64_t view = 0;
        const auto storage = torchStorage(m_tree, persistent, &view);
        if (!storage)
            return false;
        const auto [place, isNew] = m_storageKeys.try_emplace(storage->key, uint32_t(m_object.storages.size()));
        if (isNew)
            m_object.storages.push_back(*storage);
        known = m_storages.emplace(persistent, std::pair(place->second, view)).first;
    }
    tensor.storage = known->second.first;
    tensor.offset = known->second.second;
    tensor.type = m_object.storages[tensor.storage].type;
    return true;
}

std::vector<int64_t> TorchWalk::integers(PickleRef list) const
{
    // torch.Size is a call around a tuple.
    const PickleRef members = m_tree.is(list, PickleKind::Call) ? m_tree.item(m_tree.arguments(list), 0) : list;
    std::vector<int64_t> out;
    for (PickleRef member; (member = m_tree.item(members, out.size())) != kNoPickle;) {
        if (out.size() == kAxisLimit || !m_tree.is(member, PickleKind::Integer))
            return {-1};
        out.push_back(m_tree.integer(member));
    }
    return out;
}

std::optional<TorchStorage> torchStorage(const PickleTree &tree, PickleRef persistent, int64_t *viewOffset)
{
    const PickleRef id = tree.is(persistent, PickleKind::Persistent) ? tree.arguments(persistent) : kNoPickle;
    if (!tree.is(id, PickleKind::Tuple) || tree.text(tree.item(id, 0)) != "storage")
        return std::nullopt;
    const PickleRef key = tree.item(id, 2);
    TorchStorage out;
    out.key = tree.is(key, PickleKind::Integer) ? std::to_string(tree.integer(key)) : std::string(tree.text(key));
    out.type = torchType(tree.global(tree.item(id, 1)));
    out.elements = tree.integer(tree.item(id, 4));
    // (key, offset, size) of a storage that is a part of another one; legacy files only
    const PickleRef view = tree.item(id, 5);
    *viewOffset = tree.is(view, PickleKind::Tuple) ? tree.integer(tree.item(view, 1)) : 0;
    return out;
}

} // namespace assay
