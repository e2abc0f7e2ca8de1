// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"
#include "core/model/tensorquery.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace assay {

/// What a table of layers tells of a row.
enum class LayerColumn { Name, Repeats, Shape, Type, Parameters, Bytes, Share, File, Offset, BitsPerWeight, Role };

/// Which layers in which order.
struct LayerRequest
{
    TensorQuery query;
    std::optional<LayerColumn> sortBy; ///< within each module; nothing: natural order
    bool descending = false;
};

/// One row: a module, a fold, a tensor, or a range of rows too many to stand under one parent.
struct LayerRow
{
    const LayerNode *node = nullptr; ///< null for a range
    const LayerNode *top = nullptr;  ///< modules with a single child take no row: the first of those before node
    uint32_t parent = 0, position = 0;
    uint32_t firstChild = 0, children = 0; ///< into LayerView::rows
    uint32_t rangeBegin = 0, rangeEnd = 0; ///< of a range: into the order of what it holds
    uint64_t times = 1;                    ///< how often the modules around it occur
};

/// The rows that a request leaves, in their order. Made off the window's thread, as whole as the window needs it, so
/// that showing half a million tensors takes the window no time. Not changed once it is made.
class LayerView
{
public:
    /// Null when stopped before it was done.
    static std::shared_ptr<const LayerView> make(std::shared_ptr<const Inspection> inspection, LayerRequest request,
                                                 const std::stop_token &stop = {});

    /// The most rows under one parent: a tree view takes time for each of them when it unfolds.
    static constexpr size_t kMostChildren = 5000;

    const Inspection &inspection() const { return *m_inspection; }
    const std::vector<LayerRow> &rows() const { return m_rows; } ///< the first is the root
    uint64_t shownTensors() const { return m_tree->tensors; }
    /// The tensors that match, by their numbers; nothing when all do.
    const std::optional<std::vector<uint32_t>> &selected() const { return m_selected; }
    /// Sums over a range's rows.
    struct Totals
    {
        uint64_t tensors = 0, elements = 0, bytes = 0;
    };
    Totals totals(const LayerRow &row) const;
    /// What a range begins and ends with.
    const LayerNode &firstOf(const LayerRow &range) const { return *m_order[range.rangeBegin]; }
    const LayerNode &lastOf(const LayerRow &range) const { return *m_order[range.rangeEnd - 1]; }
    /// The row of a tensor that has one of its own; 0 when there is none.
    uint32_t rowOfTensor(int64_t tensor) const;
    /// The tensor of a leaf (the first of a fold); null for others.
    const TensorRecord *tensorOf(const LayerRow &row) const;

private:
    bool select(const TensorQuery &query, const std::stop_token &stop);
    void addChildren(uint32_t parent, const LayerRequest &request);
    void addRow(uint32_t parent, uint64_t times, const LayerNode &node);
    void sort(std::vector<const LayerNode *> &nodes, const LayerRequest &request) const;

    std::shared_ptr<const Inspection> m_inspection;
    std::optional<LayerNode> m_own; ///< the tree of the tensors that match, unless all do
    const LayerNode *m_tree = nullptr;
    std::optional<std::vector<uint32_t>> m_selected;
    std::vector<LayerRow> m_rows;
    std::vector<const LayerNode *> m_order; ///< what stands in ranges
};

} // namespace assay
