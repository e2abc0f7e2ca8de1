// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/layertree.h"

#include "core/base/naturalorder.h"

#include <algorithm>
#include <charconv>

namespace assay {
namespace {

using Tensors = std::vector<TensorRecord>;

/// Neighbouring tensors that share the path up to `prefix`, with the next part of their names as `part`.
struct Group
{
    size_t begin = 0, end = 0; ///< into Checkpoint::tensors
    size_t prefix = 0;         ///< characters before the part
    std::string_view part;
    bool leaf = false;

    size_t size() const { return end - begin; }
    size_t next() const { return prefix + part.size() + 1; }
};

bool isNumber(std::string_view text)
{
    return !text.empty() && text.size() < 10
           && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int64_t numberOf(std::string_view text)
{
    int64_t value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// One group: the tensors from `begin` on whose names go on with the same part.
Group groupAt(const Tensors &tensors, size_t begin, size_t end, size_t prefix)
{
    const std::string_view first = std::string_view(tensors[begin].name).substr(prefix);
    const size_t dot = first.find('.');
    Group group{begin, begin + 1, prefix, first.substr(0, dot), dot == std::string_view::npos};
    if (group.leaf)
        return group;
    const std::string_view module = first.substr(0, dot + 1);
    const auto outside = [&](const TensorRecord &tensor) {
        return std::string_view(tensor.name).compare(prefix, module.size(), module) != 0;
    };
    // Natural order keeps a module's tensors together, so the end is found by halving.
    const auto it = std::partition_point(tensors.begin() + ptrdiff_t(begin), tensors.begin() + ptrdiff_t(end),
                                         [&](const TensorRecord &tensor) { return !outside(tensor); });
    group.end = size_t(it - tensors.begin());
    return group;
}

bool sameStructure(const Tensors &tensors, const Group &a, const Group &b)
{
    if (a.leaf != b.leaf || a.size() != b.size())
        return false;
    for (size_t i = 0; i < a.size(); ++i) {
        const TensorRecord &left = tensors[a.begin + i], &right = tensors[b.begin + i];
        if (left.dtype != right.dtype || left.shape != right.shape || left.bytes != right.bytes
            || left.dtypeText != right.dtypeText)
            return false;
        if (!a.leaf && left.name.compare(a.next(), std::string::npos, right.name, b.next(), std::string::npos) != 0)
            return false;
    }
    return true;
}

/// The next number after that of a, of the same structure: a row that joins a's.
bool joins(const Tensors &tensors, const Group &a, const Group &b)
{
    return isNumber(a.part) && isNumber(b.part) && numberOf(b.part) == numberOf(a.part) + 1
           && sameStructure(tensors, a, b);
}

class Builder
{
public:
    explicit Builder(const Tensors &tensors) : m_tensors(tensors) {}

    std::vector<LayerNode> children(size_t begin, size_t end, size_t prefix, int depth) const
    {
        std::vector<LayerNode> out;
        while (begin < end) {
            const Group first = groupAt(m_tensors, begin, end, prefix);
            Group last = first;
            while (last.end < end) {
                const Group following = groupAt(m_tensors, last.end, end, prefix);
                if (!joins(m_tensors, last, following))
                    break;
                last = following;
            }
            append(out, node(first, last, depth));
            begin = last.end;
        }
        return out;
    }

private:
    // A name with more parts than this is shown as one tensor; it keeps hostile names from using up the stack.
    static constexpr int kDeepest = 64;

    LayerNode node(const Group &first, const Group &last, int depth) const
    {
        LayerNode node;
        const TensorRecord &tensor = m_tensors[first.begin];
        const bool leaf = first.leaf;
        node.repeats = first.begin == last.begin ? 1 : int(numberOf(last.part) - numberOf(first.part) + 1);
        node.path = tensor.name.substr(0, first.prefix + first.part.size());
        node.name = std::string(first.part);
        if (node.repeats > 1)
            node.name += "-" + std::string(last.part);
        if (leaf) {
            node.tensor = int64_t(first.begin);
            node.tensors = 1;
            node.elements = tensor.elements;
            node.bytes = tensor.bytes;
            node.dtype = tensor.dtypeText;
            node.shape = tensor.shape.text();
        } else if (depth >= kDeepest) {
            node.children = flat(first);
        } else {
            node.children = children(first.begin, first.end, first.next(), depth + 1);
        }
        sum(node);
        node.tensors *= uint64_t(node.repeats);
        node.elements *= uint64_t(node.repeats);
        node.bytes *= uint64_t(node.repeats);
        return node;
    }

    /// All tensors of a group as leaves with the rest of their names.
    std::vector<LayerNode> flat(const Group &group) const
    {
        std::vector<LayerNode> out;
        for (size_t i = group.begin; i < group.end; ++i) {
            Group leaf{i, i + 1, group.next(), std::string_view(m_tensors[i].name).substr(group.next()), true};
            out.push_back(node(leaf, leaf, 0));
        }
        return out;
    }

    static void sum(LayerNode &node)
    {
        for (const LayerNode &child : node.children) {
            node.tensors += child.tensors;
            node.elements += child.elements;
            node.bytes += child.bytes;
            if (node.dtype.empty())
                node.dtype = child.dtype;
            else if (node.dtype != child.dtype)
                node.dtype = "mixed";
        }
    }

    /// A module that holds nothing but numbered ones gives way to them: "layers 0-27", not "layers" above "0-27".
    static void append(std::vector<LayerNode> &out, LayerNode node)
    {
        const auto isItem = [&node](const LayerNode &child) {
            return child.tensor < 0 && child.path.rfind('.') == node.path.size()
                   && isNumber(std::string_view(child.path).substr(node.path.size() + 1));
        };
        const bool list = node.repeats == 1 && !node.children.empty()
                          && std::all_of(node.children.begin(), node.children.end(), isItem);
        if (!list) {
            out.push_back(std::move(node));
            return;
        }
        for (LayerNode &child : node.children)
            out.push_back(std::move(child));
    }

    const Tensors &m_tensors;

public:
    LayerNode root() const
    {
        LayerNode root;
        root.children = children(0, m_tensors.size(), 0, 0);
        sum(root);
        return root;
    }
};

} // namespace

std::string LayerNode::label() const
{
    const size_t last = path.rfind('.');
    if (last == std::string::npos || !isNumber(std::string_view(path).substr(last + 1)))
        return repeats > 1 ? name + ", " + std::to_string(repeats) + " x" : name;
    const size_t parent = path.rfind('.', last - 1);
    const size_t begin = parent == std::string::npos || last == 0 ? 0 : parent + 1;
    const std::string label = path.substr(begin, last - begin) + " " + name;
    return repeats > 1 ? label + ", " + std::to_string(repeats) + " x" : label;
}

LayerNode buildLayerTree(const Checkpoint &checkpoint)
{
    return Builder(checkpoint.tensors).root();
}

} // namespace assay
