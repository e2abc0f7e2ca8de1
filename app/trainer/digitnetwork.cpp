// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trainer/digitnetwork.h"

#include "app/trainer/digits.h"
#include "core/engine/torch.h"

#include <cmath>
#include <numbers>
#include <torch/csrc/jit/api/module.h>

namespace assay::trainer {
namespace {

/// Normally distributed with the variance 2 / inputs, by Box and Muller; the same on every platform.
at::Tensor freshWeights(at::IntArrayRef shape, int64_t inputs, Random &random)
{
    std::vector<float> values(size_t(c10::multiply_integers(shape)));
    const double scale = std::sqrt(2.0 / double(inputs));
    for (float &value : values)
        value = float(scale * std::sqrt(-2.0 * std::log(1.0 - random.real())) * std::cos(2.0 * std::numbers::pi * random.real()));
    return at::from_blob(values.data(), shape, at::kFloat).clone();
}

std::string numbered(const char *name, size_t layer)
{
    return name + std::to_string(layer);
}

} // namespace

std::string digitProgram(const std::vector<DigitLayer> &layers)
{
    std::string out = "def forward(self, images: Tensor) -> Tensor:\n    x = images\n";
    const auto add = [&out](const std::string &line) { out += "    x = " + line + "\n"; };
    int64_t before = 1;
    for (size_t i = 0; i < layers.size(); ++i) {
        const std::string weight = "self." + numbered("weight", i) + ", self." + numbered("bias", i);
        if (layers[i].separable) {
            add("torch.relu(torch.conv2d(x, self." + numbered("depth", i) + ", None, [1, 1], [1, 1], [1, 1], " + std::to_string(before) + "))");
            add("torch.relu(torch.conv2d(x, " + weight + "))");
        } else {
            add("torch.relu(torch.conv2d(x, " + weight + ", [1, 1], [1, 1]))");
        }
        if (layers[i].pool)
            add("torch.max_pool2d(x, [2, 2])");
        before = layers[i].channels;
    }
    return out + "    return torch.linear(torch.mean(x, [2, 3]), self.head, self.shift)\n";
}

torch::jit::Module makeDigitNetwork(const std::string &name, const std::vector<DigitLayer> &layers, Random &random)
{
    torch::jit::Module module("__torch__." + name);
    module.register_attribute("training", c10::BoolType::get(), false);
    int64_t before = 1;
    for (size_t i = 0; i < layers.size(); ++i) {
        const int64_t channels = layers[i].channels;
        if (layers[i].separable) {
            module.register_parameter(numbered("depth", i), freshWeights({before, 1, 3, 3}, 9, random), false);
            module.register_parameter(numbered("weight", i), freshWeights({channels, before, 1, 1}, before, random), false);
        } else {
            module.register_parameter(numbered("weight", i), freshWeights({channels, before, 3, 3}, before * 9, random), false);
        }
        module.register_parameter(numbered("bias", i), at::zeros({channels}), false);
        before = channels;
    }
    module.register_parameter("head", freshWeights({kDigitClasses, before}, before, random), false);
    module.register_parameter("shift", at::zeros({kDigitClasses}), false);
    module.define(digitProgram(layers));
    return module;
}

} // namespace assay::trainer
