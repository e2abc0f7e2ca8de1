// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/torchwalk.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr size_t kTensorLimit = 1'000'000, kDepthLimit = 64, kMetadataLimit = 1000, kTextLimit = 4096;
constexpr int kVisitLimit = 8; // of one container: shared ones have several names, hostile ones millions
constexpr std::array<std::string_view, 4> kWrappers{"state_dict", "model", "module", "model_state_dict"};
constexpr std::array<std::string_view, 3> kModuleParts{"_parameters", "_buffers", "_modules"};

template <class List>
bool contains(const List &list, std::string_view text)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool isContainer(PickleKind kind)
{
    return kind == PickleKind::Dict || kind == PickleKind::List || kind == PickleKind::Tuple
           || kind == PickleKind::Set || kind == PickleKind::Call || kind == PickleKind::Persistent;
}

bool isDictionary(std::string_view callee)
{
    return callee == "collections.OrderedDict" || callee == "collections.defaultdict"
           || callee == "collections.Counter" || callee == "builtins.dict" || callee == "__builtin__.dict";
}

} // namespace

TorchObject TorchWalk::walk(PickleRef root, const std::string &prefix)
{
    m_path = prefix;
    enter(root);
    while (!m_frames.empty()) {
        Frame &frame = m_frames.back();
        m_path.resize(frame.pathBytes);
        if (frame.next == frame.children.size() || m_object.tensors.size() >= kTensorLimit) {
            m_object.truncated |= frame.next < frame.children.size();
            m_onPath[frame.node] = false;
            m_frames.pop_back();
            continue;
        }
        const Child child = frame.children[frame.next++];
        m_owner = frame.owner;
        stepInto(child);
        enter(child.node);
    }
    stripWrapper();
    return std::move(m_object);
}

void TorchWalk::stepInto(const Child &child)
{
    const bool first = m_path.empty();
    m_attribute.clear();
    if (child.key != kNoPickle)
        m_attribute = keyText(child.key);
    else if (child.index != ~uint32_t(0))
        m_attribute = std::to_string(child.index);
    else
        return;
    m_path += (first ? "" : ".") + m_attribute;
    if (m_frames.size() == 1)
        m_wrapper = first && contains(kWrappers, m_path) ? m_path : std::string();
}

std::string TorchWalk::keyText(PickleRef key) const
{
    if (m_tree.is(key, PickleKind::Text))
        return validUtf8(m_tree.text(key));
    return m_tree.is(key, PickleKind::Integer) ? std::to_string(m_tree.integer(key)) : "?";
}

void TorchWalk::enter(PickleRef node)
{
    if (!isContainer(m_tree.kind(node))) {
        noteScalar(node);
        return;
    }
    if (emitTensors(node))
        return;
    if (m_onPath[node] || m_visits[node] >= kVisitLimit)
        return;
    if (m_frames.size() >= kDepthLimit) {
        m_object.truncated = true;
        return;
    }
    ++m_visits[node];
    Frame frame{node, {}, 0, m_path.size(), kNoPickle};
    children(frame);
    if (noteArray(node, frame))
        return;
    m_onPath[node] = true;
    m_frames.push_back(std::move(frame));
}

void TorchWalk::children(Frame &frame)
{
    const PickleRef node = frame.node;
    switch (m_tree.kind(node)) {
    case PickleKind::Dict: addPairs(frame, node, false); return;
    case PickleKind::List:
    case PickleKind::Tuple:
    case PickleKind::Set: addMembers(frame, node); return;
    case PickleKind::Call: break;
    default: return;
    }
    if (isDictionary(m_tree.global(m_tree.callee(node)))) {
        addPairs(frame, node, false);
        return;
    }
    // An object: its attributes, and whatever it was made of.
    frame.owner = node;
    const PickleRef state = m_tree.state(node);
    if (m_tree.is(state, PickleKind::Dict))
        addPairs(frame, state, true);
    else if (isContainer(m_tree.kind(state)))
        frame.children.push_back({state});
    for (const PickleRef argument : m_tree.items(m_tree.arguments(node)))
        frame.children.push_back({argument});
    for (const PickleRef member : m_tree.items(node))
        frame.children.push_back({member});
}

void TorchWalk::addPairs(Frame &frame, PickleRef node, bool attributes)
{
    const auto items = m_tree.items(node);
    for (size_t i = 0; i + 1 < items.size(); i += 2) {
        // A module's three dictionaries are no part of its tensors' names.
        if (attributes && contains(kModuleParts, m_tree.text(items[i])) && isContainer(m_tree.kind(items[i + 1])))
            addPairs(frame, items[i + 1], false);
        else
            frame.children.push_back({items[i + 1], items[i]});
    }
}

void TorchWalk::addMembers(Frame &frame, PickleRef node)
{
    uint32_t index = 0;
    for (const PickleRef member : m_tree.items(node))
        frame.children.push_back({member, kNoPickle, index++});
}

void TorchWalk::noteScalar(PickleRef node)
{
    if (m_path.empty() || m_owner != kNoPickle || m_object.metadata.size() >= kMetadataLimit)
        return;
    MetadataEntry entry;
    entry.key = m_path;
    switch (m_tree.kind(node)) {
    case PickleKind::Bool:
        entry.type = "bool";
        entry.value = m_tree.integer(node) != 0;
        break;
    case PickleKind::Integer:
        entry.type = "int";
        entry.value = m_tree.integer(node);
        break;
    case PickleKind::Real:
        entry.type = "float";
        entry.value = m_tree.real(node);
        break;
    case PickleKind::Text:
        entry.type = "str";
        entry.value = validUtf8(m_tree.text(node).substr(0, kTextLimit));
        break;
    default: return;
    }
    m_object.metadata.push_back(std::move(entry));
}

bool TorchWalk::noteArray(PickleRef node, const Frame &frame)
{
    const PickleKind kind = m_tree.kind(node);
    if (kind != PickleKind::List && kind != PickleKind::Tuple && kind != PickleKind::Set)
        return false;
    if (std::any_of(frame.children.begin(), frame.children.end(),
                    [this](const Child &child) { return isContainer(m_tree.kind(child.node)); }))
        return false;
    if (m_path.empty() || m_owner != kNoPickle || frame.children.empty()
        || m_object.metadata.size() >= kMetadataLimit)
        return true;
    MetadataEntry entry;
    entry.key = m_path;
    entry.type = kind == PickleKind::List ? "list" : kind == PickleKind::Tuple ? "tuple" : "set";
    entry.count = frame.children.size();
    for (const Child &child : frame.children) {
        const PickleKind member = m_tree.kind(child.node);
        if (member == PickleKind::Text && entry.texts.size() < MetadataEntry::kKeptTexts)
            entry.texts.push_back(validUtf8(m_tree.text(child.node).substr(0, kTextLimit)));
        else if (member == PickleKind::Real && entry.numbers.size() < MetadataEntry::kKeptNumbers)
            entry.numbers.push_back(m_tree.real(child.node));
        else if ((member == PickleKind::Integer || member == PickleKind::Bool)
                 && entry.numbers.size() < MetadataEntry::kKeptNumbers)
            entry.numbers.push_back(double(m_tree.integer(child.node)));
    }
    m_object.metadata.push_back(std::move(entry));
    return true;
}

void TorchWalk::stripWrapper()
{
    if (m_wrappers.size() != 1 || m_wrappers.begin()->empty())
        return;
    const size_t bytes = m_wrappers.begin()->size() + 1;
    for (TorchTensor &tensor : m_object.tensors)
        tensor.name.erase(0, std::min(bytes, tensor.name.size()));
}

TorchObject collectTensors(const PickleTree &tree, PickleRef root, const std::string &prefix,
                           const FindTensor &find)
{
    return TorchWalk(tree, find).walk(root, prefix);
}

} // namespace assay
