// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/scriptoutput.h"

#include "core/engine/scripttypes.h"

namespace assay::engine {
namespace {

constexpr int kMostDepth = 16;      // of what is nested
constexpr size_t kMostItems = 1000; // that are looked at
constexpr size_t kMostText = 400;   // bytes

/// Goes through a value and everything nested in it.
class Walk
{
public:
    explicit Walk(std::vector<PassTensor> *values) : m_values(values) {}

    void visit(const c10::IValue &value, int depth = 0)
    {
        if (depth > kMostDepth || ++m_items > kMostItems)
            return say("...");
        if (value.isTensor())
            return visitTensor(value.toTensor());
        if (value.isTuple())
            return visitAll(value.toTupleRef().elements(), '(', ')', depth);
        if (value.isList())
            return visitAll(value.toListRef(), '[', ']', depth);
        if (value.isGenericDict())
            return visitDict(value, depth);
        say(value.tagKind() == "Double" ? "float" : nameOf(value));
    }

    PassOutput take()
    {
        if (m_out.text.size() > kMostText)
            m_out.text.replace(kMostText, std::string::npos, "...");
        m_out.text = validUtf8(m_out.text);
        return std::move(m_out);
    }

private:
    static std::string nameOf(const c10::IValue &value)
    {
        return value.isNone() ? "none" : value.isInt() ? "int" : value.isBool() ? "bool" : value.isString() ? "str" : "object";
    }

    void say(const std::string &text)
    {
        if (m_out.text.size() <= kMostText)
            m_out.text += text;
    }

    template <class Values>
    void visitAll(const Values &values, char open, char close, int depth)
    {
        say(std::string(1, open));
        bool first = true;
        for (const c10::IValue &value : values) {
            if (!std::exchange(first, false))
                say(", ");
            visit(value, depth + 1);
        }
        say(std::string(1, close));
    }

    void visitDict(const c10::IValue &value, int depth)
    {
        say("{");
        bool first = true;
        for (const auto &entry : value.toGenericDict()) {
            if (!std::exchange(first, false))
                say(", ");
            say(entry.key().isString() ? entry.key().toStringRef() : nameOf(entry.key()));
            say(": ");
            visit(entry.value(), depth + 1);
        }
        say("}");
    }

    void visitTensor(const at::Tensor &tensor)
    {
        if (!tensor.defined())
            return say("none");
        std::string sizes;
        for (const int64_t size : tensor.sizes())
            sizes.append(sizes.empty() ? "" : ",").append(std::to_string(size));
        say(typeName(tensor.scalar_type()) + "[" + sizes + "]");
        const bool plain = tensor.layout() == at::kStrided && !tensor.is_quantized();
        if (plain && (tensor.is_floating_point() || tensor.is_complex()))
            m_out.notFinite += uint64_t(tensor.numel() - at::isfinite(tensor).sum().item<int64_t>());
        if (m_values && plain && !tensor.is_complex()) {
            const at::Tensor flat = tensor.to(at::kCPU).to(at::kDouble).contiguous();
            const double *begin = flat.data_ptr<double>();
            m_values->push_back({typeName(tensor.scalar_type()), tensor.sizes().vec(), {begin, begin + flat.numel()}});
        }
    }

    std::vector<PassTensor> *m_values;
    PassOutput m_out;
    size_t m_items = 0;
};

} // namespace

PassOutput describeOutput(const c10::IValue &value)
{
    Walk walk(nullptr);
    walk.visit(value);
    return walk.take();
}

std::vector<PassTensor> tensorsIn(const std::vector<c10::IValue> &values)
{
    std::vector<PassTensor> out;
    Walk walk(&out);
    for (const c10::IValue &value : values)
        walk.visit(value);
    return out;
}

} // namespace assay::engine
