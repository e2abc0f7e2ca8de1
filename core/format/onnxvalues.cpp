// SPDX-License-Identifier: GPL-3.0-or-later
// The messages of ONNX that stand for tensors and their types.
#include "core/format/onnxgraph.h"

#include "core/base/text.h"

#include <charconv>

namespace assay {
namespace {

constexpr size_t kAxisLimit = 64;
constexpr uint64_t kTextLimit = 64u << 10;

std::optional<uint64_t> decimal(const std::string &text)
{
    uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// A repeated number, packed or one by one.
void takeDims(OnnxTensor &out, ProtoReader &fields)
{
    const auto take = [&](uint64_t value) {
        if (out.dims.size() < kAxisLimit)
            out.dims.push_back(int64_t(value));
        else
            out.dimsWrong = true;
    };
    if (fields.wire() == ProtoReader::Varint)
        take(fields.value());
    if (fields.wire() != ProtoReader::Bytes)
        return;
    ProtoReader packed = fields.message();
    for (uint64_t value = 0; !out.dimsWrong && packed.packedVarint(value);)
        take(value);
}

} // namespace

/// TensorProto
OnnxTensor OnnxWalk::tensor(ProtoReader fields)
{
    OnnxTensor out;
    while (fields.next()) {
        switch (fields.field()) {
        case 1: takeDims(out, fields); break;
        case 2: out.type = fields.value(); break;
        case 4: values(out, fields, 4); break;
        case 5:
        case 6:
        case 7:
        case 11: values(out, fields, 0); break;
        case 8: out.name = validUtf8(fields.text(kTextLimit)); break;
        case 9: values(out, fields, 1); break;
        case 10: values(out, fields, 8); break;
        case 13: externalEntry(out, fields.message()); break;
        case 14: out.external = fields.value() == 1; break;
        default: break;
        }
    }
    finish(fields);
    return out;
}

/// Values of a fixed size lie in the file as they are; `bytesEach` 0 stands for others.
void OnnxWalk::values(OnnxTensor &out, ProtoReader &fields, uint32_t bytesEach)
{
    if (fields.wire() != ProtoReader::Bytes) {
        // One by one, each with a tag of its own.
        out.typed = true;
        return;
    }
    out.typed = out.typed || bytesEach == 0 || out.bytes > 0;
    out.bytes += fields.length();
    out.position = fields.position();
    out.cutOff = out.cutOff || fields.cutOff() || fields.position() + fields.length() > m_source.size();
}

void OnnxWalk::externalEntry(OnnxTensor &out, ProtoReader fields)
{
    const auto [key, value] = keyAndValue(std::move(fields));
    if (key == "location")
        out.location = value;
    else if (key == "offset")
        out.externalOffset = decimal(value);
    else if (key == "length")
        out.externalLength = decimal(value);
}

/// StringStringEntryProto
std::pair<std::string, std::string> OnnxWalk::keyAndValue(ProtoReader fields)
{
    std::pair<std::string, std::string> out;
    while (fields.next()) {
        if (fields.field() == 1)
            out.first = validUtf8(fields.text(kTextLimit));
        else if (fields.field() == 2)
            out.second = validUtf8(fields.text(kTextLimit));
    }
    finish(fields);
    return out;
}

/// ValueInfoProto: name and type, "FLOAT [batch, 3, 224, 224]".
std::pair<std::string, std::string> OnnxWalk::valueInfo(ProtoReader fields)
{
    std::pair<std::string, std::string> out;
    while (fields.next()) {
        if (fields.field() == 1)
            out.first = validUtf8(fields.text(kTextLimit));
        else if (fields.field() == 2)
            out.second = typeText(fields.message());
    }
    finish(fields);
    return out;
}

/// TypeProto: a tensor, or the name of what else it is.
std::string OnnxWalk::typeText(ProtoReader fields)
{
    std::string out;
    while (fields.next()) {
        switch (fields.field()) {
        case 1: out = tensorTypeText(fields.message()); break;
        case 4: out = "sequence"; break;
        case 5: out = "map"; break;
        case 8: out = "sparse " + tensorTypeText(fields.message()); break;
        case 9: out = "optional"; break;
        default: break;
        }
    }
    finish(fields);
    return out;
}

std::string OnnxWalk::tensorTypeText(ProtoReader fields)
{
    std::string type, shape;
    while (fields.next()) {
        if (fields.field() == 1)
            type = onnxTypeName(fields.value());
        else if (fields.field() == 2)
            shape = " [" + shapeText(fields.message()) + "]";
    }
    finish(fields);
    return type + shape;
}

/// TensorShapeProto: a number, a name, or nothing for each axis.
std::string OnnxWalk::shapeText(ProtoReader fields)
{
    std::string out;
    size_t axes = 0;
    while (fields.next()) {
        if (fields.field() != 1 || axes++ >= kAxisLimit)
            continue;
        std::string axis = "?";
        ProtoReader dimension = fields.message();
        while (dimension.next()) {
            if (dimension.field() == 1)
                axis = std::to_string(int64_t(dimension.value()));
            else if (dimension.field() == 2)
                axis = validUtf8(dimension.text(kTextLimit));
        }
        finish(dimension);
        out += (out.empty() ? "" : ", ") + axis;
    }
    finish(fields);
    return out;
}

} // namespace assay
