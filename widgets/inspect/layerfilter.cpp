// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/layerfilter.h"

#include <QStringList>

#include <algorithm>

namespace assay {
namespace {

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : char(c); });
    return out;
}

std::string withoutSpaces(std::string text)
{
    std::erase(text, ' ');
    return text;
}

bool holdsAll(const std::string &text, const std::vector<std::string> &parts)
{
    return std::all_of(parts.begin(), parts.end(),
                       [&text](const std::string &part) { return text.find(part) != std::string::npos; });
}

bool visit(const LayerNode &node, const LayerQuery &query, uint64_t times, LayerSelection &out)
{
    bool kept = false;
    if (node.tensor >= 0) {
        kept = query.matches(node);
        out.tensors += kept ? times * node.tensors : 0;
    }
    for (const LayerNode &child : node.children)
        kept = visit(child, query, times * uint64_t(std::max(node.repeats, 1)), out) || kept;
    if (kept)
        out.nodes.insert(&node);
    return kept;
}

} // namespace

bool LayerQuery::matches(const LayerNode &tensor) const
{
    return holdsAll(lowered(tensor.path), words) && holdsAll(lowered(tensor.dtype), dtypes) &&
           holdsAll(withoutSpaces(lowered(tensor.shape)), shapes);
}

LayerQuery parseLayerQuery(const QString &text)
{
    LayerQuery query;
    const QStringList parts = text.toLower().split(u' ', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        if (part.startsWith(QLatin1String("dtype:")))
            query.dtypes.push_back(part.mid(6).toStdString());
        else if (part.startsWith(QLatin1String("shape:")))
            query.shapes.push_back(part.mid(6).toStdString());
        else
            query.words.push_back(part.toStdString());
    }
    return query;
}

LayerSelection selectLayers(const LayerNode &tree, const LayerQuery &query)
{
    LayerSelection selection;
    visit(tree, query, 1, selection);
    return selection;
}

} // namespace assay
