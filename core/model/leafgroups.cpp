// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/leafgroups.h"

#include "core/model/ggufnames.h"

#include <algorithm>
#include <charconv>

namespace assay {
namespace {

bool isNumber(std::string_view text)
{
    return !text.empty() && text.size() < 10
           && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Writes the name's parts between begin and end to the pattern; numbers become marks.
void extend(LeafGroup &group, std::string_view name, size_t begin, size_t end)
{
    while (begin < end) {
        const size_t stop = std::min(name.find('.', begin), end);
        const std::string_view part = name.substr(begin, stop - begin);
        group.pattern += group.pattern.empty() ? "" : ".";
        if (!isNumber(part)) {
            group.pattern += part;
        } else if (group.firstLayer >= 0) {
            group.pattern += '*';
        } else {
            group.container = name.substr(0, begin == 0 ? 0 : begin - 1);
            group.pattern += '#';
            group.layerCount = 1;
            std::from_chars(part.data(), part.data() + part.size(), group.firstLayer);
        }
        begin = stop + 1;
    }
}

/// `done`: where the part of the path begins that the rows above have not written yet.
void collect(const LayerNode &node, const Checkpoint &checkpoint, LeafGroup so, size_t done,
             std::vector<LeafGroup> &out)
{
    const bool inLayers = so.firstLayer >= 0;
    extend(so, node.path, done, node.path.size());
    so.copies *= uint64_t(node.repeats);
    if (!inLayers && so.firstLayer >= 0 && node.repeats > 1)
        so.layerCount = node.repeats;
    if (node.tensor >= 0) {
        so.tensor = &checkpoint.tensors[size_t(node.tensor)];
        out.push_back(std::move(so));
        return;
    }
    for (const LayerNode &child : node.children)
        collect(child, checkpoint, so, node.path.size() + 1, out);
}

} // namespace

uint64_t LeafGroup::copiesFrom(int64_t layer) const
{
    if (firstLayer < 0 || firstLayer + layerCount <= layer)
        return 0;
    const int64_t reached = firstLayer + layerCount - std::max(layer, firstLayer);
    return copies / uint64_t(layerCount) * uint64_t(reached);
}

bool LeafGroup::hasPart(std::string_view part) const
{
    for (size_t at = pattern.find(part); at != std::string::npos; at = pattern.find(part, at + 1)) {
        const size_t after = at + part.size();
        if ((at == 0 || pattern[at - 1] == '.') && (after == pattern.size() || pattern[after] == '.'))
            return true;
    }
    return false;
}

LeafGroup groupOfName(std::string_view name)
{
    LeafGroup group;
    extend(group, name, 0, name.size());
    return group;
}

std::vector<LeafGroup> leafGroups(const LayerNode &tree, const Checkpoint &checkpoint)
{
    std::vector<LeafGroup> out;
    for (const LayerNode &child : tree.children)
        collect(child, checkpoint, LeafGroup(), 0, out);
    if (checkpoint.format == "gguf")
        takeCommonNames(out, checkpoint);
    return out;
}

} // namespace assay
