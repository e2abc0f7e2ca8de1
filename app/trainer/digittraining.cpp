// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trainer/digittraining.h"

#include "app/trainer/digitnetwork.h"
#include "core/base/file.h"
#include "core/base/units.h"
#include "core/engine/torch.h"

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>
#include <numeric>
#include <optional>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/serialization/import.h>

namespace assay::trainer {
namespace {

using Log = std::function<void(const std::string &)>;
using torch::jit::Module;
using Clock = std::chrono::steady_clock;

struct Batch
{
    at::Tensor images; ///< [n, 1, 28, 28]
    at::Tensor labels; ///< [n]
};

at::Tensor imagesOf(const std::vector<float> &pixels)
{
    return at::tensor(pixels, at::kFloat).view({-1, 1, kDigitSide, kDigitSide});
}

Batch batchOf(const Digits &digits, const std::vector<size_t> &which, int shift, Random &random)
{
    std::vector<int64_t> labels;
    for (const size_t index : which)
        labels.push_back(digits.training[index].label);
    return {imagesOf(shiftedPixels(digits, which, shift, random)), at::tensor(labels, at::kLong)};
}

/// Adam over all parameters as one.
class Optimiser
{
public:
    Optimiser(const Module &module, const DigitSettings &settings) : m_settings(settings)
    {
        for (const at::Tensor &parameter : module.parameters()) {
            m_parameters.push_back(parameter);
            parameter.set_requires_grad(true);
            m_first.push_back(at::zeros_like(parameter));
            m_second.push_back(at::zeros_like(parameter));
        }
    }

    void step(double rate)
    {
        const at::NoGradGuard noGradient;
        ++m_steps;
        const double firstBias = 1.0 - std::pow(m_settings.beta1, double(m_steps));
        const double secondBias = 1.0 - std::pow(m_settings.beta2, double(m_steps));
        for (size_t i = 0; i < m_parameters.size(); ++i) {
            const at::Tensor gradient = m_parameters[i].grad();
            m_first[i].mul_(m_settings.beta1).add_(gradient, 1.0 - m_settings.beta1);
            m_second[i].mul_(m_settings.beta2).addcmul_(gradient, gradient, 1.0 - m_settings.beta2);
            m_parameters[i].addcdiv_(m_first[i], (m_second[i] / secondBias).sqrt_().add_(m_settings.epsilon), -rate / firstBias);
            m_parameters[i].mutable_grad().zero_();
        }
    }

private:
    const DigitSettings &m_settings;
    std::vector<at::Tensor> m_parameters, m_first, m_second;
    int64_t m_steps = 0;
};

/// Linear warm-up, then a cosine down to the final share.
double rateAt(int step, int steps, const DigitSettings &settings)
{
    if (step < settings.warmUp)
        return settings.rate * (step + 1) / settings.warmUp;
    const double done = double(step - settings.warmUp) / std::max(1, steps - settings.warmUp);
    return settings.rate * (settings.finalRate + (1.0 - settings.finalRate) * 0.5 * (1.0 + std::cos(std::numbers::pi * done)));
}

/// Cross-entropy with the labels, and with a teacher the T^2-scaled KL divergence of both distributions softened by the
/// temperature T (Hinton et al. 2015).
at::Tensor lossOf(const at::Tensor &logits, const at::Tensor &teacherLogits, const at::Tensor &labels, const DigitModelSettings &model)
{
    const at::Tensor hard = -at::log_softmax(logits, -1).gather(1, labels.unsqueeze(1)).mean();
    if (!teacherLogits.defined())
        return hard;
    const double t = model.temperature;
    const at::Tensor student = at::log_softmax(logits / t, -1), teacher = at::log_softmax(teacherLogits / t, -1);
    const at::Tensor divergence = (teacher.exp() * (teacher - student)).sum(-1).mean();
    return divergence * (t * t * model.softShare) + hard * (1.0 - model.softShare);
}

/// How many of the images for testing have their label as the likeliest class.
int64_t rightOnes(Module &module, const Digits &digits)
{
    const at::NoGradGuard noGradient;
    std::vector<float> pixels;
    std::vector<int64_t> labels;
    for (const Digit &digit : digits.testing) {
        for (const uint8_t pixel : digit.pixels)
            pixels.push_back(float((pixel / 255.0 - digits.mean) / digits.deviation));
        labels.push_back(digit.label);
    }
    const at::Tensor best = module.forward({imagesOf(pixels)}).toTensor().argmax(1);
    return best.eq(at::tensor(labels, at::kLong)).sum().item<int64_t>();
}

void trainOne(Module &module, const DigitModelSettings &model, Module *teacher, const DigitSettings &settings, const Digits &digits,
              Random &random, const std::string &name, const Log &log)
{
    const Clock::time_point begin = Clock::now();
    Optimiser optimiser(module, settings);
    std::vector<size_t> order(digits.training.size());
    std::iota(order.begin(), order.end(), size_t(0));
    const int perEpoch = int(order.size()) / settings.batch, steps = perEpoch * model.epochs;
    for (int epoch = 0; epoch < model.epochs; ++epoch) {
        random.shuffle(order);
        double sum = 0;
        for (int i = 0; i < perEpoch; ++i) {
            const auto first = order.begin() + i * settings.batch;
            const Batch batch = batchOf(digits, {first, first + settings.batch}, settings.shift, random);
            at::Tensor taught;
            if (teacher) {
                const at::NoGradGuard noGradient;
                taught = teacher->forward({batch.images}).toTensor();
            }
            const at::Tensor loss = lossOf(module.forward({batch.images}).toTensor(), taught, batch.labels, model);
            loss.backward();
            optimiser.step(rateAt(epoch * perEpoch + i, steps, settings));
            sum += loss.item<double>();
        }
        log(name + " epoch " + std::to_string(epoch + 1) + "/" + std::to_string(model.epochs) + " loss " + threeDigits(sum / perEpoch) + " right "
            + std::to_string(rightOnes(module, digits)) + "/" + std::to_string(digits.testing.size()) + " after "
            + formatSeconds(std::chrono::duration<double>(Clock::now() - begin).count()));
    }
    for (const at::Tensor &parameter : module.parameters())
        parameter.set_requires_grad(false);
}

/// How images come to the model, in the words that Hugging Face's image processors use.
std::string preparationJson(const Digits &digits)
{
    const nlohmann::ordered_json size{{"height", kDigitSide}, {"width", kDigitSide}};
    const nlohmann::ordered_json root{{"do_resize", true}, {"size", size}, {"resample", 2}, {"do_rescale", true},
                                      {"rescale_factor", 1.0 / 255.0}, {"do_normalize", true}, {"image_mean", {digits.mean}},
                                      {"image_std", {digits.deviation}}};
    return root.dump(2) + "\n";
}

Result<void> save(const Module &module, const Digits &digits, const std::filesystem::path &folder)
{
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    module.save((folder / "model.pt").string());
    return writeFileAtomically(folder / "preprocessor_config.json", preparationJson(digits));
}

} // namespace

Result<void> trainDigits(const std::string &name, const DigitSettings &settings, const Digits &digits, const std::filesystem::path &directory,
                         const Log &log)
{
    const auto model = settings.models.find(name);
    if (model == settings.models.end())
        return failure(ErrorCode::BadUsage, {"The settings have no model " + name});
    at::set_num_threads(settings.threads);
    // The profiling executor would compile the program anew for each shape and gradient that it meets.
    torch::jit::setGraphExecutorOptimize(false);
    Random random(settings.seed);
    Module module = makeDigitNetwork("Digits", model->second.layers, random);
    std::optional<Module> teacher;
    if (!model->second.teacher.empty())
        teacher = torch::jit::load((directory / model->second.teacher / "model.pt").string());
    trainOne(module, model->second, teacher ? &*teacher : nullptr, settings, digits, random, name, log);
    return save(module, digits, directory / name);
}

} // namespace assay::trainer
