// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/torchobject.h"

#include <map>
#include <set>

namespace assay {

/// Walks a pickle's tree with a stack of its own, whatever it contains: cycles, shared parts, any depth.
class TorchWalk
{
public:
    TorchWalk(const PickleTree &tree, const FindTensor &find)
        : m_tree(tree), m_find(find), m_onPath(tree.size()), m_visits(tree.size())
    {
    }
    TorchObject walk(PickleRef root, const std::string &prefix);

private:
    struct Child
    {
        PickleRef node;
        PickleRef key = kNoPickle;     ///< of a dictionary
        uint32_t index = ~uint32_t(0); ///< in a list
    };
    struct Frame
    {
        PickleRef node;
        std::vector<Child> children;
        size_t next;
        size_t pathBytes;
        PickleRef owner; ///< the object whose attributes the children are
    };
    /// A function of PyTorch that makes tensors, and what to do with its arguments.
    struct Rebuild
    {
        std::string_view callee;
        void (TorchWalk::*emit)(PickleRef arguments);
    };
    static const Rebuild kRebuilds[];

    void enter(PickleRef node);
    void children(Frame &frame);
    void addPairs(Frame &frame, PickleRef node, bool attributes);
    void stepInto(const Child &child);
    std::string keyText(PickleRef key) const;
    void addMembers(Frame &frame, PickleRef node);
    void noteScalar(PickleRef node);
    bool noteArray(PickleRef node, const Frame &frame);
    void stripWrapper();

    // Tensors (torchrebuild.cpp)
    bool emitTensors(PickleRef node);
    bool emitCall(std::string_view callee, PickleRef arguments);
    void emitStrided(PickleRef arguments);
    void emitTyped(PickleRef arguments);
    void emitQuantised(PickleRef arguments);
    void emitWrapped(PickleRef arguments);
    void emitSparse(PickleRef arguments);
    void emitCompressed(PickleRef arguments);
    void emitMeta(PickleRef arguments);
    void emitSubclass(PickleRef arguments);
    void emitParts(PickleRef members, std::initializer_list<const char *> names);
    bool emitArray(PickleRef call);
    bool emitStorage(PickleRef persistent);
    void emit(TorchTensor tensor);
    bool setStorage(TorchTensor &tensor, PickleRef persistent);
    std::vector<int64_t> integers(PickleRef list) const;

    const PickleTree &m_tree;
    const FindTensor &m_find;
    TorchObject m_object;
    std::vector<Frame> m_frames;
    std::vector<bool> m_onPath;
    std::vector<uint8_t> m_visits;
    std::map<PickleRef, std::pair<uint32_t, int64_t>> m_storages; ///< of persistent ids: index and view offset
    std::map<std::string, uint32_t> m_storageKeys;
    std::set<std::string> m_wrappers; ///< top-level keys that hold tensors; empty for those that are no wrapper
    std::string m_path, m_attribute, m_wrapper;
    PickleRef m_owner = kNoPickle;
    int m_nested = 0; ///< rebuild functions within rebuild functions
};

} // namespace assay
