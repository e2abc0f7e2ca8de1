// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/jsontree.h"

#include <nlohmann/json.hpp>

namespace assay {
namespace {

using Json = nlohmann::ordered_json;
constexpr qsizetype kMostRawCharacters =
    1'000'000; // a text view with one endless line would stall the window

QString toText(const std::string &text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

struct Task
{
    const Json *json;
    int node;
};

int addNode(JsonTree &tree, const QString &key, const Json &json, int parent)
{
    JsonTree::Node node;
    node.key = key;
    node.parent = parent;
    if (json.is_structured())
        node.summary = (json.is_object() ? QStringLiteral("{%1}") : QStringLiteral("[%1]")).arg(json.size());
    else
        node.value = toText(json.dump(-1, ' ', false, Json::error_handler_t::replace));
    const int number = int(tree.nodes.size());
    if (parent >= 0) {
        node.position = int(tree.nodes[size_t(parent)].children.size());
        tree.nodes[size_t(parent)].children.push_back(number);
    }
    tree.nodes.push_back(std::move(node));
    return number;
}

/// Breadth first and without recursion: a hostile text may be nested a million deep.
void addAll(JsonTree &tree, const Json &root, size_t most)
{
    std::vector<Task> tasks{{&root, addNode(tree, {}, root, -1)}};
    for (size_t next = 0; next < tasks.size(); ++next) {
        const Task task = tasks[next];
        int position = 0;
        for (auto it = task.json->begin(); it != task.json->end(); ++it, ++position) {
            if (tree.nodes.size() >= most) {
                tree.cut = true;
                return;
            }
            const QString key = task.json->is_object() ? toText(it.key()) : QString::number(position);
            const int node = addNode(tree, key, *it, task.node);
            if (it->is_structured())
                tasks.push_back({&*it, node});
        }
    }
}

} // namespace

JsonTree parseJsonTree(const std::string &text, size_t mostNodes)
{
    JsonTree tree;
    tree.raw = toText(text);
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_structured())
        addAll(tree, json, mostNodes);
    else
        tree.nodes.emplace_back();
    if (tree.raw.size() > kMostRawCharacters) {
        tree.raw.truncate(kMostRawCharacters);
        tree.cut = true;
    }
    return tree;
}

} // namespace assay
