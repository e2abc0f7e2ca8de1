// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/components.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>

namespace assay {
namespace {

struct ComponentRule
{
    const char *name;
    std::array<std::string_view, 8> marks; ///< in a tensor's path; the first rule that fits wins
};

// In the order of asking: an expert lies inside an MLP, and a norm inside a block of attention.
constexpr std::array<ComponentRule, 6> kRules{{
    {QT_TRANSLATE_NOOP("Component", "Norms"), {"norm", "ln_", ".ln", "layernorm", "LayerNorm"}},
    {QT_TRANSLATE_NOOP("Component", "Experts"), {"experts", "block_sparse_moe"}},
    {QT_TRANSLATE_NOOP("Component", "Attention"), {"attn", "attention"}},
    {QT_TRANSLATE_NOOP("Component", "Feed-forward"),
     {"mlp", "feed_forward", "ffn", "fc1", "fc2", "intermediate", "dense_", "output.dense"}},
    {QT_TRANSLATE_NOOP("Component", "Output head"),
     {"lm_head", "shared_head", "embed_out", "classifier", "score", "cls.", "output.weight"}},
    {QT_TRANSLATE_NOOP("Component", "Embeddings"), {"embed", "embd", "wte", "wpe"}},
}};
constexpr const char *kRest = QT_TRANSLATE_NOOP("Component", "Other");

size_t ruleOf(std::string_view path)
{
    for (size_t i = 0; i < kRules.size(); ++i) {
        for (const std::string_view mark : kRules[i].marks) {
            if (!mark.empty() && path.find(mark) != std::string_view::npos)
                return i;
        }
    }
    return kRules.size();
}

using Totals = std::array<uint64_t, kRules.size() + 1>;

void addNode(const LayerNode &node, uint64_t times, Totals &totals)
{
    if (node.tensor >= 0) {
        // A leaf's elements hold its own repeats; times is how often the modules around it occur.
        totals[ruleOf(node.path)] += node.elements * times;
        return;
    }
    for (const LayerNode &child : node.children)
        addNode(child, times * uint64_t(std::max(node.repeats, 1)), totals);
}

} // namespace

std::vector<ComponentTotal> componentTotals(const LayerNode &tree)
{
    Totals totals{};
    addNode(tree, 1, totals);
    std::vector<ComponentTotal> parts;
    for (size_t i = 0; i < totals.size(); ++i) {
        if (totals[i] > 0)
            parts.push_back({i < kRules.size() ? kRules[i].name : kRest, totals[i]});
    }
    return parts;
}

} // namespace assay
