// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/onnxgraph.h"

#include "core/base/text.h"

#include <algorithm>
#include <utility>

namespace assay {
namespace {

constexpr int kDepthLimit = 16;             // of graphs in nodes of graphs
constexpr size_t kTensorLimit = 1'000'000, kOperatorLimit = 2000, kMetadataLimit = 2000;
constexpr uint64_t kTextLimit = 64u << 10;  // of one text that is kept

} // namespace

void OnnxWalk::finish(const ProtoReader &fields)
{
    m_model.damaged = m_model.damaged || fields.damaged();
}

void OnnxWalk::note(std::string key, const char *type, decltype(MetadataEntry::value) value)
{
    if (m_model.metadata.size() >= kMetadataLimit)
        return;
    if (!m_keys.insert(key).second)
        m_model.keysTwice.push_back(key);
    MetadataEntry entry;
    entry.key = std::move(key);
    entry.type = type;
    entry.value = std::move(value);
    m_model.metadata.push_back(std::move(entry));
}

/// ModelProto
OnnxModel OnnxWalk::walk()
{
    ProtoReader fields(m_stream, m_source.size());
    bool known = false;
    while (fields.next()) {
        const auto text = [&](const char *key) {
            if (std::string value = validUtf8(fields.text(kTextLimit)); !value.empty())
                note(key, "string", std::move(value));
        };
        m_model.cutOff = m_model.cutOff || fields.cutOff();
        known = known || fields.field() == 7 || fields.field() == 8;
        switch (fields.field()) {
        case 1: note("ir_version", "int64", int64_t(fields.value())); break;
        case 2: text("producer_name"); break;
        case 3: text("producer_version"); break;
        case 4: text("domain"); break;
        case 5: note("model_version", "int64", int64_t(fields.value())); break;
        case 6: text("doc_string"); break;
        case 7: graph(fields.message(), 0); break;
        case 8: operatorSet(fields.message()); break;
        case 14: property(fields.message()); break;
        case 25: ++m_functions; break;
        default: break;
        }
    }
    finish(fields);
    m_model.damaged = m_model.damaged || !known;
    noteValues();
    noteOperators();
    return std::move(m_model);
}

/// GraphProto
void OnnxWalk::graph(ProtoReader fields, int depth)
{
    if (depth >= kDepthLimit) {
        m_model.truncated = true;
        return;
    }
    const uint64_t around = std::exchange(m_graph, m_graphs++);
    while (fields.next()) {
        const bool outermost = depth == 0;
        switch (fields.field()) {
        case 1: node(fields.message(), depth); break;
        case 2:
            if (std::string name = validUtf8(fields.text(kTextLimit)); outermost && !name.empty())
                note("graph.name", "string", std::move(name));
            break;
        case 5: initializer(fields.message(), ""); break;
        case 11:
            if (outermost && m_inputs.size() < kMetadataLimit)
                m_inputs.push_back(valueInfo(fields.message()));
            break;
        case 12:
            if (outermost && m_outputs.size() < kMetadataLimit)
                m_outputs.push_back(valueInfo(fields.message()));
            break;
        case 15: sparse(fields.message()); break;
        default: break;
        }
    }
    m_graph = around;
    finish(fields);
}

/// NodeProto
void OnnxWalk::node(ProtoReader fields, int depth)
{
    std::string type, domain;
    ++m_model.nodes;
    while (fields.next()) {
        switch (fields.field()) {
        case 4: type = fields.text(kTextLimit); break;
        case 5: attribute(fields.message(), depth); break;
        case 7: domain = fields.text(kTextLimit); break;
        default: break;
        }
    }
    finish(fields);
    const bool standard = domain.empty() || domain == "ai.onnx";
    const std::string name = "ops." + validUtf8(standard ? type : domain + "." + type);
    if (m_operators.size() < kOperatorLimit || m_operators.contains(name))
        ++m_operators[name];
}

/// AttributeProto: constants are counted, graphs of loops and branches are walked.
void OnnxWalk::attribute(ProtoReader fields, int depth)
{
    while (fields.next()) {
        switch (fields.field()) {
        case 5:
        case 10:
            ++m_constants;
            m_constantBytes += tensor(fields.message()).bytes;
            break;
        case 6:
        case 11: graph(fields.message(), depth + 1); break;
        default: break;
        }
    }
    finish(fields);
}

void OnnxWalk::initializer(ProtoReader fields, const char *suffix)
{
    if (m_model.tensors.size() >= kTensorLimit) {
        m_model.truncated = true;
        return;
    }
    OnnxTensor found = tensor(std::move(fields));
    found.name += suffix;
    found.graph = m_graph;
    m_model.skippedBytes += found.bytes;
    m_model.tensors.push_back(std::move(found));
}

/// SparseTensorProto: its values carry the name.
void OnnxWalk::sparse(ProtoReader fields)
{
    std::string name;
    while (fields.next()) {
        if (fields.field() != 1 && fields.field() != 2)
            continue;
        initializer(fields.message(), fields.field() == 1 ? ".values" : ".indices");
        if (m_model.truncated)
            return;
        std::string &own = m_model.tensors.back().name;
        if (fields.field() == 1)
            name = own.substr(0, own.size() - std::string_view(".values").size());
        else
            own = name + ".indices";
    }
    finish(fields);
}

/// OperatorSetIdProto
void OnnxWalk::operatorSet(ProtoReader fields)
{
    std::string domain;
    int64_t version = 0;
    while (fields.next()) {
        if (fields.field() == 1)
            domain = validUtf8(fields.text(kTextLimit));
        else if (fields.field() == 2)
            version = int64_t(fields.value());
    }
    finish(fields);
    note("opset." + (domain.empty() ? "ai.onnx" : domain), "int64", version);
}

void OnnxWalk::property(ProtoReader fields)
{
    auto [key, value] = keyAndValue(std::move(fields));
    note(std::move(key), "string", std::move(value));
}

/// Inputs that are initializers as well are mere defaults (before IR version 4 all initializers were inputs).
void OnnxWalk::noteValues()
{
    std::set<std::string_view> initializers;
    for (const OnnxTensor &tensor : m_model.tensors)
        initializers.insert(tensor.name);
    for (auto &[name, type] : m_inputs) {
        if (!initializers.contains(name))
            note("input." + name, "value_info", type);
    }
    for (auto &[name, type] : m_outputs)
        note("output." + name, "value_info", type);
}

void OnnxWalk::noteOperators()
{
    const auto count = [this](const char *key, uint64_t number) {
        if (number > 0)
            note(key, "count", number);
    };
    count("nodes", m_model.nodes);
    count("functions", m_functions);
    count("constants", m_constants);
    count("constants.bytes", m_constantBytes);
    std::vector<std::pair<std::string, uint64_t>> sorted(m_operators.begin(), m_operators.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) { return a.second > b.second; });
    for (const auto &[name, number] : sorted)
        note(name, "count", number);
}

OnnxModel readOnnxModel(const ByteSource &source)
{
    return OnnxWalk(source).walk();
}

} // namespace assay
