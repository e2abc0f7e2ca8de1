// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trainer/learner.h"

#include "app/trainer/bpetrainer.h"
#include "core/architecture/description.h"
#include "core/base/file.h"
#include "core/engine/decoder.h"
#include "core/format/safetensors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace assay::trainer {
namespace {

using engine::Decoder;
using engine::NamedTensor;

constexpr uint64_t kLargestConfig = 1 << 20;

at::Device bestDevice()
{
    return at::hasCUDA() ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
}

std::string configJson(const ModelSettings &model, int64_t context, int64_t vocabulary)
{
    const nlohmann::ordered_json root{
        {"architectures", {"LlamaForCausalLM"}}, {"model_type", "llama"},
        {"vocab_size", vocabulary}, {"hidden_size", model.hidden}, {"intermediate_size", model.intermediate},
        {"num_hidden_layers", model.layers}, {"num_attention_heads", model.heads},
        {"num_key_value_heads", model.kvHeads}, {"head_dim", model.headDim},
        {"max_position_embeddings", context}, {"hidden_act", "silu"}, {"rms_norm_eps", 1e-6}, {"rope_theta", 10000.0},
        {"attention_bias", false}, {"mlp_bias", false}, {"tie_word_embeddings", true}, {"initializer_range", model.std},
        {"bos_token_id", kBeginToken}, {"eos_token_id", kEndToken}, {"pad_token_id", kPadToken},
        {"torch_dtype", "bfloat16"}, {"use_cache", true}};
    return root.dump(2) + "\n";
}

std::string generationConfigJson()
{
    const nlohmann::ordered_json root{{"bos_token_id", kBeginToken}, {"eos_token_id", kEndToken},
                                      {"pad_token_id", kPadToken}, {"do_sample", false}};
    return root.dump(2) + "\n";
}

Result<DecoderSpec> specOf(const std::string &config)
{
    return parseModelConfig(config).and_then(resolveDecoder);
}

/// A batch on the device, with the positions whose next token counts.
struct Examples
{
    at::Tensor ids;       ///< [rows, columns]
    at::Tensor positions; ///< [n] into the flattened [rows * columns]
    at::Tensor targets;   ///< [n]
    at::Tensor weights;   ///< [n], sum 1
};

Examples examplesOf(const Batch &batch, at::Device device)
{
    std::vector<int64_t> positions, targets;
    std::vector<float> weights;
    for (int64_t row = 0; row < batch.rows; ++row) {
        for (int64_t column = 0; column + 1 < batch.columns; ++column) {
            const size_t next = size_t(row * batch.columns + column + 1);
            if (batch.weights[next] > 0) {
                positions.push_back(int64_t(next) - 1);
                targets.push_back(batch.ids[next]);
                weights.push_back(batch.weights[next]);
            }
        }
    }
    const at::Tensor flat = at::tensor(weights, at::kFloat);
    return {at::tensor(batch.ids, at::kLong).view({batch.rows, batch.columns}).to(device),
            at::tensor(positions, at::kLong).to(device), at::tensor(targets, at::kLong).to(device),
            (flat / flat.sum()).to(device)};
}

at::Tensor logitsOf(Decoder &decoder, const Examples &examples)
{
    const at::Tensor hidden = decoder.hidden(examples.ids);
    return decoder.head(hidden.flatten(0, 1).index_select(0, examples.positions));
}

/// Cross-entropy with the data, and with a teacher T^2-scaled KL divergence of the distributions softened by
/// the temperature T (Hinton et al. 2015).
at::Tensor lossOf(const at::Tensor &logits, const at::Tensor &teacherLogits, const Examples &examples,
                  const StageSettings &stage)
{
    const at::Tensor logProbabilities = at::log_softmax(logits, -1);
    const at::Tensor hard =
        -(logProbabilities.gather(1, examples.targets.unsqueeze(1)).squeeze(1) * examples.weights).sum();
    if (!teacherLogits.defined())
        return hard;
    const double t = stage.temperature;
    const at::Tensor student = at::log_softmax(logits / t, -1);
    const at::Tensor teacher = at::log_softmax(teacherLogits / t, -1);
    const at::Tensor divergence = (teacher.exp() * (teacher - student)).sum(-1);
    return (divergence * examples.weights).sum() * (t * t * stage.softShare) + hard * (1.0 - stage.softShare);
}

} // namespace

struct Learner::State
{
    State(std::string configText, Decoder &&fresh) : config(std::move(configText)), decoder(std::move(fresh)) {}

    std::string config; ///< the text of config.json
    mutable Decoder decoder;
    std::vector<NamedTensor> parameters;
    /// AdamW's moments and the mask of what decays (matrices), all parameters behind one another.
    at::Tensor first, second, decaying;
    int64_t steps = 0;

    void prepareOptimiser();
    void update(double rate, const OptimiserSettings &optimiser);
};

void Learner::State::prepareOptimiser()
{
    std::vector<at::Tensor> mask;
    for (const NamedTensor &parameter : parameters)
        mask.push_back(at::full({parameter.tensor.numel()}, parameter.tensor.dim() > 1 ? 1.0 : 0.0,
                                parameter.tensor.options().requires_grad(false)));
    decaying = at::cat(mask);
    first = at::zeros_like(decaying);
    second = at::zeros_like(decaying);
}

void Learner::State::update(double rate, const OptimiserSettings &optimiser)
{
    const at::NoGradGuard noGradient;
    std::vector<at::Tensor> gradients, values;
    for (NamedTensor &parameter : parameters) {
        gradients.push_back(parameter.tensor.grad().flatten());
        values.push_back(parameter.tensor.flatten());
    }
    at::Tensor gradient = at::cat(gradients);
    const double norm = gradient.norm().item<double>();
    if (!std::isfinite(norm)) // one bad batch must not end the run
        return;
    if (norm > optimiser.clip)
        gradient *= optimiser.clip / norm;
    ++steps;
    first.mul_(optimiser.beta1).add_(gradient, 1.0 - optimiser.beta1);
    second.mul_(optimiser.beta2).addcmul_(gradient, gradient, 1.0 - optimiser.beta2);
    const double firstBias = 1.0 - std::pow(optimiser.beta1, double(steps));
    const double secondBias = 1.0 - std::pow(optimiser.beta2, double(steps));
    const at::Tensor denominator = (second / secondBias).sqrt_().add_(optimiser.epsilon);
    at::Tensor value = at::cat(values);
    value.sub_(value * decaying, rate * optimiser.weightDecay);
    value.addcdiv_(first, denominator, -rate / firstBias);
    int64_t offset = 0;
    for (NamedTensor &parameter : parameters) {
        const int64_t count = parameter.tensor.numel();
        parameter.tensor.copy_(value.narrow(0, offset, count).view(parameter.tensor.sizes()));
        parameter.tensor.mutable_grad().zero_();
        offset += count;
    }
}

Learner::Learner(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Learner::Learner(Learner &&) noexcept = default;
Learner::~Learner() = default;

Result<Learner> Learner::create(const ModelSettings &model, const Settings &settings, int64_t vocabulary)
{
    at::set_num_threads(settings.threads);
    const std::string config = configJson(model, settings.context, vocabulary);
    return specOf(config).map([&](const DecoderSpec &spec) {
        auto state = std::make_unique<State>(config, Decoder(spec, at::kFloat, bestDevice(), engine::Purpose::Training));
        state->decoder.initialise(model.std, settings.seed);
        state->parameters = state->decoder.parameters();
        state->prepareOptimiser();
        return Learner(std::move(state));
    });
}

Result<Learner> Learner::open(const std::filesystem::path &directory)
{
    const auto config = readWholeFile(directory / "config.json", kLargestConfig);
    if (!config)
        return tl::unexpected(config.error());
    const auto spec = specOf(*config);
    if (!spec)
        return tl::unexpected(spec.error());
    const auto file = File::open(directory / "model.safetensors");
    if (!file)
        return tl::unexpected(file.error());
    const auto header = readSafetensorsHeader(*file);
    if (!header)
        return tl::unexpected(header.error());
    auto state = std::make_unique<State>(*config, Decoder(*spec, at::kFloat, bestDevice(), engine::Purpose::Inference));
    state->parameters = state->decoder.parameters();
    const at::NoGradGuard noGradient;
    for (NamedTensor &parameter : state->parameters) {
        const auto record = std::find_if(header->tensors.begin(), header->tensors.end(),
                                         [&](const TensorRecord &r) { return r.name == parameter.name; });
        if (record == header->tensors.end())
            return failure(ErrorCode::TensorMissing, {parameter.name});
        if (record->dtype != Dtype::BF16 || !(record->shape == parameter.tensor.sizes().vec())
            || record->bytes != 2 * record->elements)
            return failure(ErrorCode::TensorShapeWrong, {parameter.name, "of another model", "config.json's"});
        at::Tensor stored = at::empty(record->shape.sizes(), at::TensorOptions(at::kBFloat16));
        const std::span<std::byte> bytes(static_cast<std::byte *>(stored.data_ptr()), record->bytes);
        if (auto read = file->readAt(record->offset, bytes); !read)
            return tl::unexpected(read.error());
        parameter.tensor.copy_(stored);
    }
    return Learner(std::move(state));
}

int64_t Learner::parameterCount() const
{
    int64_t count = 0;
    for (const NamedTensor &parameter : m_state->parameters)
        count += parameter.tensor.numel();
    return count;
}

std::map<Task, double> Learner::step(const std::map<Task, Batch> &batches, const StageSettings &stage, double rate,
                                     const OptimiserSettings &optimiser, const Learner *teacher)
{
    std::map<Task, double> losses;
    for (const auto &[task, batch] : batches) {
        const Examples examples = examplesOf(batch, m_state->decoder.device());
        at::Tensor teacherLogits;
        if (teacher) {
            const at::NoGradGuard noGradient;
            teacherLogits = logitsOf(teacher->m_state->decoder, examples);
        }
        const at::Tensor loss = lossOf(logitsOf(m_state->decoder, examples), teacherLogits, examples, stage);
        (loss / double(batches.size())).backward();
        losses[task] = loss.item<double>();
    }
    m_state->update(rate, optimiser);
    return losses;
}

int Learner::solved(const Batch &batch) const
{
    const at::NoGradGuard noGradient;
    const Examples examples = examplesOf(batch, m_state->decoder.device());
    const at::Tensor wrong = logitsOf(m_state->decoder, examples).argmax(-1).ne(examples.targets).to(at::kLong);
    const at::Tensor rows = at::div(examples.positions, batch.columns, "floor");
    const at::Tensor mistakes = at::zeros({batch.rows}, rows.options()).index_add(0, rows, wrong);
    return mistakes.eq(0).sum().item<int>();
}

Result<void> Learner::save(const std::filesystem::path &directory) const
{
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error)
        return failure(ErrorCode::FileUnwritable, {directory.string(), error.message()});
    std::vector<at::Tensor> kept;
    std::vector<TensorToWrite> tensors;
    for (const NamedTensor &parameter : m_state->parameters) {
        kept.push_back(parameter.tensor.detach().to(at::kBFloat16).cpu().contiguous());
        const at::Tensor &tensor = kept.back();
        tensors.push_back({parameter.name, Dtype::BF16, tensor.sizes().vec(),
                           {static_cast<const std::byte *>(tensor.data_ptr()), tensor.nbytes()}});
    }
    return writeSafetensors(directory / "model.safetensors", tensors, {{"format", "pt"}})
        .and_then([&] { return writeFileAtomically(directory / "config.json", m_state->config); })
        .and_then([&] { return writeFileAtomically(directory / "generation_config.json", generationConfigJson()); });
}

} // namespace assay::trainer
