// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/layerview.h"

#include <algorithm>

namespace assay {
namespace {

/// The tree of some tensors names them by their place among those; this gives them their own numbers back.
void renumber(LayerNode &node, const std::vector<uint32_t> &numbers)
{
    if (node.tensor >= 0)
        node.tensor = numbers[size_t(node.tensor)];
    for (LayerNode &child : node.children)
        renumber(child, numbers);
}

bool shapeLess(const TensorRecord *a, const TensorRecord *b)
{
    if (!a || !b)
        return !a && b;
    return std::lexicographical_compare(a->shape.begin(), a->shape.end(), b->shape.begin(), b->shape.end());
}

/// What a column of numbers sorts by; modules come first where only tensors have the number.
double numberOf(const LayerNode &node, const TensorRecord *tensor, LayerColumn column, const ModelConfig &config)
{
    switch (column) {
    case LayerColumn::Repeats: return double(node.repeats);
    case LayerColumn::Parameters: return double(node.elements);
    case LayerColumn::Bytes:
    case LayerColumn::Share: return double(node.bytes);
    case LayerColumn::File: return tensor ? double(tensor->file) : -1;
    case LayerColumn::Offset: return tensor ? double(tensor->offset) : -1;
    case LayerColumn::BitsPerWeight: return node.elements ? 8.0 * double(node.bytes) / double(node.elements) : -1;
    case LayerColumn::Role: return tensor ? double(roleOf(*tensor, config)) : -1;
    default: return 0;
    }
}

} // namespace

std::shared_ptr<const LayerView> LayerView::make(std::shared_ptr<const Inspection> inspection, LayerRequest request,
                                                 const std::stop_token &stop)
{
    const auto view = std::make_shared<LayerView>();
    view->m_inspection = std::move(inspection);
    view->m_tree = &view->m_inspection->tree;
    if (!request.query.empty() && !view->select(request.query, stop))
        return nullptr;
    LayerRow root;
    root.node = root.top = view->m_tree;
    view->m_rows.push_back(root);
    for (uint32_t row = 0; row < view->m_rows.size(); ++row) {
        if (stop.stop_requested())
            return nullptr;
        view->addChildren(row, request);
    }
    return view;
}

bool LayerView::select(const TensorQuery &query, const std::stop_token &stop)
{
    const Checkpoint &checkpoint = m_inspection->directory.checkpoint;
    m_selected = query.select(checkpoint, m_inspection->facts.config, [&stop] { return stop.stop_requested(); });
    if (stop.stop_requested())
        return false;
    // What is left is folded anew: of layers 0-60 a query may leave the seventh alone.
    Checkpoint some;
    some.tensors.reserve(m_selected->size());
    for (const uint32_t number : *m_selected)
        some.tensors.push_back(checkpoint.tensors[number]);
    m_own = buildLayerTree(some);
    renumber(*m_own, *m_selected);
    m_tree = &*m_own;
    return true;
}

void LayerView::addChildren(uint32_t parent, const LayerRequest &request)
{
    const LayerRow above = m_rows[parent];
    const uint32_t first = uint32_t(m_rows.size());
    if (!above.node) {
        for (uint32_t i = above.rangeBegin; i < above.rangeEnd; ++i)
            addRow(parent, above.times, *m_order[i]);
    } else {
        const uint64_t times = above.times * uint64_t(std::max(above.node->repeats, 1));
        std::vector<const LayerNode *> nodes;
        nodes.reserve(above.node->children.size());
        for (const LayerNode &child : above.node->children)
            nodes.push_back(&child);
        sort(nodes, request);
        if (nodes.size() <= kMostChildren) {
            for (const LayerNode *node : nodes)
                addRow(parent, times, *node);
        } else {
            for (size_t begin = 0; begin < nodes.size(); begin += kMostChildren) {
                LayerRow range;
                range.parent = parent;
                range.times = times;
                range.rangeBegin = uint32_t(m_order.size() + begin);
                range.rangeEnd = uint32_t(m_order.size() + std::min(begin + kMostChildren, nodes.size()));
                m_rows.push_back(range);
            }
            m_order.insert(m_order.end(), nodes.begin(), nodes.end());
        }
    }
    m_rows[parent].firstChild = first;
    m_rows[parent].children = uint32_t(m_rows.size()) - first;
    for (uint32_t row = first; row < m_rows.size(); ++row)
        m_rows[row].position = row - first;
}

void LayerView::addRow(uint32_t parent, uint64_t times, const LayerNode &node)
{
    LayerRow row;
    row.parent = parent;
    row.times = times;
    row.node = row.top = &node;
    while (row.node->children.size() == 1 && row.node->repeats == 1)
        row.node = &row.node->children.front();
    m_rows.push_back(row);
}

void LayerView::sort(std::vector<const LayerNode *> &nodes, const LayerRequest &request) const
{
    if (!request.sortBy)
        return;
    struct Key
    {
        const LayerNode *node;
        const TensorRecord *tensor;
        double number;
    };
    const LayerColumn column = *request.sortBy;
    std::vector<Key> keys;
    keys.reserve(nodes.size());
    for (const LayerNode *node : nodes) {
        const LayerNode *shown = node;
        while (shown->children.size() == 1 && shown->repeats == 1)
            shown = &shown->children.front();
        const TensorRecord *tensor =
            shown->tensor >= 0 ? &m_inspection->directory.checkpoint.tensors[size_t(shown->tensor)] : nullptr;
        keys.push_back({node, tensor, numberOf(*shown, tensor, column, m_inspection->facts.config)});
    }
    const auto less = [column](const Key &a, const Key &b) {
        if (column == LayerColumn::Type)
            return a.node->dtype < b.node->dtype;
        return column == LayerColumn::Shape ? shapeLess(a.tensor, b.tensor) : a.number < b.number;
    };
    // Children stand in the natural order of their names already.
    if (column != LayerColumn::Name)
        std::stable_sort(keys.begin(), keys.end(), less);
    if (request.descending)
        std::reverse(keys.begin(), keys.end());
    std::transform(keys.begin(), keys.end(), nodes.begin(), [](const Key &key) { return key.node; });
}

LayerView::Totals LayerView::totals(const LayerRow &row) const
{
    if (row.node)
        return {row.node->tensors, row.node->elements, row.node->bytes};
    Totals sum;
    for (uint32_t i = row.rangeBegin; i < row.rangeEnd; ++i) {
        sum.tensors += m_order[i]->tensors;
        sum.elements += m_order[i]->elements;
        sum.bytes += m_order[i]->bytes;
    }
    return sum;
}

uint32_t LayerView::rowOfTensor(int64_t tensor) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [tensor](const LayerRow &row) {
        return row.node && row.node->tensor == tensor;
    });
    return tensor < 0 || found == m_rows.end() ? 0 : uint32_t(found - m_rows.begin());
}

const TensorRecord *LayerView::tensorOf(const LayerRow &row) const
{
    return row.node && row.node->tensor >= 0 ? &m_inspection->directory.checkpoint.tensors[size_t(row.node->tensor)]
                                             : nullptr;
}

} // namespace assay
