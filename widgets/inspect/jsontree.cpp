// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/jsontree.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace assay {
namespace {

using Json = nlohmann::ordered_json;
constexpr qsizetype kMostRawCharacters =
    1'000'000; // a text view with one endless line would stall the window
constexpr size_t kMostItems = 1000;

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

/// Adds one row; returns its number.
int addRow(JsonTree &tree, int parent, const QString &key, const QString &value)
{
    const int number = int(tree.nodes.size());
    JsonTree::Node node;
    node.key = key;
    node.value = value;
    node.parent = parent;
    node.position = int(tree.nodes[size_t(parent)].children.size());
    tree.nodes[size_t(parent)].children.push_back(number);
    tree.nodes.push_back(std::move(node));
    return number;
}

void addItems(JsonTree &tree, const MetadataEntry &entry, size_t most)
{
    const int row = addRow(tree, 0, toText(validUtf8(entry.key)), {});
    tree.nodes[size_t(row)].summary = QStringLiteral("[%1]").arg(*entry.count);
    const size_t kept = entry.texts.empty() ? entry.numbers.size() : entry.texts.size();
    for (size_t i = 0; i < std::min(kept, kMostItems) && tree.nodes.size() < most; ++i) {
        const QString value = entry.texts.empty() ? QString::number(entry.numbers[i], 'g', 10)
                                                  : toText(validUtf8(entry.texts[i]));
        addRow(tree, row, QString::number(i), value);
    }
    const uint64_t shown = tree.nodes[size_t(row)].children.size();
    if (shown < *entry.count)
        addRow(tree, row, QStringLiteral("\u2026"), QStringLiteral("+ %1").arg(*entry.count - shown));
}

/// What stands beside the tree: a line an entry.
QString metadataLines(const std::vector<MetadataEntry> &entries)
{
    QString lines;
    for (const MetadataEntry &entry : entries) {
        lines += QStringLiteral("%1 (%2) = %3\n")
                     .arg(toText(validUtf8(entry.key)), toText(entry.type), toText(validUtf8(entry.shown())));
        if (lines.size() > kMostRawCharacters)
            break;
    }
    return lines;
}

} // namespace

JsonTree metadataTree(const std::vector<MetadataEntry> &entries, size_t mostNodes)
{
    JsonTree tree;
    tree.nodes.emplace_back();
    for (const MetadataEntry &entry : entries) {
        if (tree.nodes.size() >= mostNodes) {
            tree.cut = true;
            break;
        }
        if (entry.isArray())
            addItems(tree, entry, mostNodes);
        else
            addRow(tree, 0, toText(validUtf8(entry.key)), toText(validUtf8(entry.shown())));
    }
    tree.raw = metadataLines(entries);
    return tree;
}

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
