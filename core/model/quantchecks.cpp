// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/counting.h"
#include "core/model/quantscheme.h"

#include <algorithm>

namespace assay {
namespace {

/// The methods whose tensors are known here, under the names that configs give them, with what their tensors may be.
struct MethodRow
{
    std::string_view declared;
    std::string_view stored[4];
};
constexpr MethodRow kMethods[] = {
    {"fp8", {"fp8", "fp4"}},
    {"fbgemm_fp8", {"fp8"}},
    {"gptq", {"gptq"}},
    {"awq", {"awq"}},
    {"auto-round", {"gptq", "awq"}},
    {"intel/auto-round", {"gptq", "awq"}},
    {"bitsandbytes", {"bitsandbytes"}},
    {"compressed-tensors", {"compressed-tensors", "fp8", "nvfp4", "bitsandbytes"}},
    {"modelopt", {"nvfp4", "fp8"}},
    {"modelopt_fp4", {"nvfp4"}},
    {"mxfp4", {"mxfp4"}},
    {"mlx", {"mlx"}},
};

const MethodRow *methodRow(std::string_view declared)
{
    const auto found = std::find_if(std::begin(kMethods), std::end(kMethods),
                                    [&](const MethodRow &row) { return row.declared == declared; });
    return found == std::end(kMethods) ? nullptr : found;
}

std::string shapeText(const std::vector<int64_t> &sizes)
{
    return Shape(sizes).text();
}

class QuantizationChecker
{
public:
    QuantizationChecker(const CountedModel &model, const ModelConfig &config, bool hasConfig, bool complete)
        : m_model(model), m_config(config), m_hasConfig(hasConfig), m_complete(complete),
          m_schemes(quantizationSchemes(model))
    {
    }

    std::vector<Finding> run()
    {
        declared();
        missingScales();
        shapes();
        return std::move(m_findings);
    }

private:
    void tell(FindingCode code, std::vector<std::string> arguments, std::string where, std::string evidence)
    {
        m_findings.push_back({code, std::move(arguments), std::move(where), std::move(evidence)});
    }

    std::string declaredText() const
    {
        std::string text = m_config.quantizationMethod;
        if (m_config.quantizationBits)
            text += " " + std::to_string(*m_config.quantizationBits) + "-bit";
        return text;
    }

    void declared()
    {
        const std::string &method = m_config.quantizationMethod;
        if (!m_hasConfig || m_model.groups.empty())
            return;
        if (m_schemes.empty()) {
            if (m_complete && methodRow(method))
                tell(FindingCode::QuantizationDisagrees, {declaredText(), ASSAY_TEXT("Reason", "not quantized")},
                     "quantization_config", "quant_method " + method);
            return;
        }
        const QuantizationScheme &stored = m_schemes.front();
        if (stored.method == "gguf")
            return;
        const std::string evidence =
            std::to_string(stored.tensors) + " x " + stored.example.substr(0, 200) + ": " + stored.text();
        if (method.empty()) {
            tell(FindingCode::QuantizationDisagrees, {ASSAY_TEXT("Reason", "none"), stored.text()},
                 "quantization_config", evidence);
            return;
        }
        const MethodRow *row = methodRow(method);
        if (!row)
            return;
        const bool known = std::find(std::begin(row->stored), std::end(row->stored), stored.method) != std::end(row->stored);
        const bool bits = !m_config.quantizationBits || !stored.bits || m_config.quantizationBits == stored.bits;
        if (!known || !bits)
            tell(FindingCode::QuantizationDisagrees, {declaredText(), stored.text()}, "quantization_config", evidence);
    }

    /// Plain fp8 weights without scales exist; where some have scales or the config promises blocks, all must.
    bool needsScale(const PackedWeight &packed) const
    {
        if (packed.needsScale || packed.scheme.method != "fp8")
            return packed.needsScale;
        const TensorRecord &weight = *m_model.groups[packed.weight].group.tensor;
        if (weight.shape.size() < 2)
            return false;
        return m_config.quantizationBlock.size() == 2
               || std::any_of(m_model.packed.begin(), m_model.packed.end(), [](const PackedWeight &other) {
                      return other.scheme.method == "fp8" && other.scale;
                  });
    }

    void missingScales()
    {
        if (!m_complete)
            return;
        uint64_t count = 0;
        const PackedWeight *first = nullptr;
        for (const PackedWeight &packed : m_model.packed) {
            if (packed.scale || !needsScale(packed))
                continue;
            count += packed.scheme.tensors;
            first = first ? first : &packed;
        }
        if (first)
            tell(FindingCode::ScalesMissing, {std::to_string(count), first->scheme.example}, first->scheme.example,
                 first->scaleName);
    }

    void shapes()
    {
        for (const PackedWeight &packed : m_model.packed) {
            if (!packed.scale || packed.expectedScale.empty() || packed.scale->shape == packed.expectedScale)
                continue;
            // One scale for the whole tensor fits every scheme of floats.
            if (packed.scale->elements == 1 && (packed.scheme.method == "fp8" || packed.scheme.method == "nvfp4"))
                continue;
            const TensorRecord &weight = *m_model.groups[packed.weight].group.tensor;
            tell(FindingCode::ScaleShapeWrong,
                 {std::string(packed.scale->name), packed.scale->shape.text(), shapeText(packed.expectedScale)},
                 std::string(packed.scale->name),
                 std::string(weight.name) + " " + weight.shape.text() + ", " + packed.scheme.text());
        }
    }

    const CountedModel &m_model;
    const ModelConfig &m_config;
    bool m_hasConfig, m_complete;
    std::vector<QuantizationScheme> m_schemes;
    std::vector<Finding> m_findings;
};

} // namespace

std::vector<Finding> checkQuantization(const CountedModel &model, const ModelConfig &config, bool hasConfig,
                                       bool complete)
{
    return QuantizationChecker(model, config, hasConfig, complete).run();
}

} // namespace assay
