// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/dtype.h"
#include "core/format/metadata.h"
#include "core/format/protoreader.h"

#include <map>
#include <set>

namespace assay {

struct OnnxType
{
    const char *name; ///< as onnx.proto has it; null for numbers that it does not know
    Dtype dtype;
    uint32_t bits;    ///< of one element; 0 for texts and unknown ones
};
OnnxType onnxType(uint64_t number);
std::string onnxTypeName(uint64_t number); ///< "FLOAT", "type #99"

/// One TensorProto, without its values.
struct OnnxTensor
{
    std::string name;
    uint64_t type = 0;
    std::vector<int64_t> dims;
    bool dimsWrong = false; ///< more axes than any tensor has
    /// Where its values are: nothing when it has none, or when they are packed in a way that cannot be read in place.
    std::optional<uint64_t> position;
    uint64_t bytes = 0;   ///< that its values take in the file
    bool typed = false;   ///< in int32_data and the like: each number takes as many bytes as it needs
    bool cutOff = false;  ///< its values reach beyond the end of the file
    bool external = false;
    uint64_t graph = 0;   ///< which of the graphs holds it: branches beside each other may use a name twice
    std::string location; ///< of the file beside, when external
    std::optional<uint64_t> externalOffset, externalLength;
};

/// What an ONNX file declares. Field numbers: onnx.proto.
struct OnnxModel
{
    std::vector<OnnxTensor> tensors; ///< initializers of the graph and of the graphs within it
    std::vector<MetadataEntry> metadata;
    std::vector<std::string> keysTwice;
    bool cutOff = false;    ///< the file ends within a message
    bool damaged = false;   ///< something is no protobuf
    bool truncated = false; ///< more than is counted here, or nested deeper
    uint64_t nodes = 0;
    uint64_t skippedBytes = 0; ///< of values
};

OnnxModel readOnnxModel(const ByteSource &source);

/// Collects one model front to back.
class OnnxWalk
{
public:
    explicit OnnxWalk(const ByteSource &source) : m_source(source), m_stream(source, 0, source.size()) {}
    OnnxModel walk();

private:
    void graph(ProtoReader fields, int depth);
    void node(ProtoReader fields, int depth);
    void attribute(ProtoReader fields, int depth);
    void initializer(ProtoReader fields, const char *suffix);
    void sparse(ProtoReader fields);
    void operatorSet(ProtoReader fields);
    void property(ProtoReader fields);
    void noteOperators();
    void noteValues();
    void finish(const ProtoReader &fields);
    void note(std::string key, const char *type, decltype(MetadataEntry::value) value);

    // Tensors and types (onnxvalues.cpp)
    OnnxTensor tensor(ProtoReader fields);
    void values(OnnxTensor &out, ProtoReader &fields, uint32_t bytesEach);
    void externalEntry(OnnxTensor &out, ProtoReader fields);
    std::pair<std::string, std::string> valueInfo(ProtoReader fields);
    std::string typeText(ProtoReader fields);
    std::string tensorTypeText(ProtoReader fields);
    std::string shapeText(ProtoReader fields);
    std::pair<std::string, std::string> keyAndValue(ProtoReader fields);

    const ByteSource &m_source;
    ByteStream m_stream;
    OnnxModel m_model;
    std::map<std::string, uint64_t> m_operators;
    std::vector<std::pair<std::string, std::string>> m_inputs, m_outputs; ///< of the outermost graph
    std::set<std::string> m_keys;
    uint64_t m_constants = 0, m_constantBytes = 0, m_functions = 0;
    uint64_t m_graphs = 0, m_graph = 0; ///< graphs seen, and the one that is being walked
};

} // namespace assay
