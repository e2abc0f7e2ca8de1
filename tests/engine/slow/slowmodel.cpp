// SPDX-License-Identifier: GPL-3.0-or-later
// The second implementation as a program.
//
//   slowmodel make CONFIG OUT   gives the config.json in CONFIG random weights and writes model and expected outputs
//                               in the form of the reference models
//   slowmodel grow CONFIG OUT   the same, and the logits of every pass over a prompt's beginning: passes.i holds the rows of
//                               the pass over one token, over two, ...
//   slowmodel gguf MODEL FILE   writes a model as GGUF; says "none" where that has no form for it
//   slowmodel absorbed MODEL FILE   the same in the form for attention in the latent space
//   slowmodel check MODEL       prints, as JSON, how far its own logits are from a reference model's expected ones
#include "core/base/file.h"
#include "core/format/safetensors.h"
#include "tests/engine/referencefiles.h"
#include "tests/engine/slow/ggufmodel.h"
#include "tests/engine/slow/parts.h"
#include "tests/engine/slow/randomvalues.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

namespace {

using namespace assay;
using namespace assay::slow;
using nlohmann::json;

/// Lengths of prompts, the last longer than every window and original context, and how many tokens follow them.
constexpr struct
{
    size_t tokens, greedy;
} kPrompts[] = {{7, 12}, {21, 12}, {44, 16}};

/// A seed must do so that rounding in f32 cannot change a token or a choice of experts.
constexpr double kClosestToken = 4e-3, kClosestExpert = 1e-3;
/// And so that the tokens are not always the same.
constexpr size_t kDifferentTokens = 3;
constexpr uint64_t kSeeds = 400;

struct Answer
{
    Ids prompt, greedy;
    Rows logits;
    Rows passes = {}; ///< of growing models
    double closest = 1e30; ///< smallest margin between the first and second logit of a greedy step

    bool lively() const { return std::set<int64_t>(greedy.begin(), greedy.end()).size() >= kDifferentTokens; }
};

Result<Answer> answer(Parts &parts, const Ids &prompt, size_t greedy)
{
    Answer out{prompt, {}, {}};
    Ids ids = prompt;
    for (size_t step = 0; step < greedy; ++step) {
        auto rows = logits(parts, ids);
        if (!rows)
            return tl::unexpected(rows.error());
        const Vector &last = rows->back();
        const auto best = largest(last, 2);
        out.closest = std::min(out.closest, last[best[0]] - last[best[1]]);
        ids.push_back(int64_t(best[0]));
        out.greedy.push_back(int64_t(best[0]));
        if (step == 0)
            out.logits = std::move(*rows);
    }
    return out;
}

Result<void> addPasses(Parts &parts, std::vector<Answer> &answers)
{
    for (Answer &each : answers) {
        for (size_t tokens = 1; tokens <= each.prompt.size(); ++tokens) {
            auto rows = logits(parts, Ids(each.prompt.begin(), each.prompt.begin() + std::ptrdiff_t(tokens)));
            if (!rows)
                return tl::unexpected(rows.error());
            std::ranges::move(*rows, std::back_inserter(each.passes));
        }
    }
    return {};
}

Result<json> readJson(const std::filesystem::path &path)
{
    const auto text = readWholeFile(path, 10'000'000);
    if (!text)
        return tl::unexpected(text.error());
    json out = json::parse(*text, nullptr, false);
    if (out.is_discarded())
        return failure(ErrorCode::JsonDamaged, {path.string(), "it does not parse"});
    return out;
}

std::vector<float> flat(const Rows &rows)
{
    std::vector<float> out;
    for (const Vector &row : rows)
        out.insert(out.end(), row.begin(), row.end());
    return out;
}

double deviation(const std::vector<float> &values)
{
    double total = 0, squares = 0;
    for (const float value : values) {
        total += double(value);
        squares += double(value) * double(value);
    }
    const double mean = total / double(values.size());
    return std::sqrt(squares / double(values.size()) - mean * mean);
}

Result<void> write(const std::filesystem::path &out, const json &config, const Weights &weights, const std::vector<Answer> &answers)
{
    json prompts = json::array();
    std::vector<std::vector<float>> storage;
    std::vector<float> all;
    for (const Answer &each : answers) {
        prompts.push_back({{"input_ids", each.prompt},
                           {"logits", "logits." + std::to_string(prompts.size())},
                           {"greedy_tokens", each.greedy}});
        storage.push_back(flat(each.logits));
        all.insert(all.end(), storage.back().begin(), storage.back().end());
    }
    std::vector<TensorToWrite> tensors;
    for (const Answer &each : answers)
        storage.push_back(flat(each.passes));
    for (size_t i = 0; i < answers.size(); ++i) {
        const auto &passes = storage[answers.size() + i];
        if (!passes.empty())
            tensors.push_back({"passes." + std::to_string(i), Dtype::F32, {int64_t(passes.size())}, std::as_bytes(std::span(passes))});
        tensors.push_back({"logits." + std::to_string(i), Dtype::F32,
                           {int64_t(answers[i].prompt.size()), int64_t(answers[i].logits[0].size())},
                           std::as_bytes(std::span(storage[i]))});
    }
    const json expected{{"architecture", config.at("architectures").at(0)}, {"model_type", config.at("model_type")},
                        {"task", "causal-lm"}, {"prompts", prompts}, {"logit_std", deviation(all)}};
    std::filesystem::create_directories(out);
    for (const auto &[name, text] : {std::pair("config.json", config.dump(1)), std::pair("expected.json", expected.dump(1))}) {
        if (auto done = writeFileAtomically(out / name, text); !done)
            return done;
    }
    if (auto done = writeSafetensors(out / "expected.safetensors", tensors); !done)
        return done;
    return weights.write(out / "model.safetensors");
}

Result<void> make(const std::filesystem::path &source, const std::filesystem::path &out, bool growing)
{
    const auto config = readJson(source / "config.json");
    if (!config)
        return tl::unexpected(config.error());
    for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
        Weights weights = Weights::make(seed, config->value("torch_dtype", "float32") == "bfloat16");
        Parts parts(*config, weights);
        std::vector<Answer> answers;
        double closest = 1e30;
        for (const auto &[tokens, greedy] : kPrompts) {
            RandomValues random(seed, "prompt of " + std::to_string(tokens));
            Ids prompt(tokens);
            for (int64_t &id : prompt)
                id = int64_t(random.below(config->at("vocab_size").get<uint64_t>()));
            auto each = answer(parts, prompt, greedy);
            if (!each)
                return tl::unexpected(each.error());
            closest = std::min(closest, each->closest);
            answers.push_back(std::move(*each));
            if (closest < kClosestToken || parts.closestChoice < kClosestExpert || !answers.back().lively())
                break;
        }
        if (answers.size() == std::size(kPrompts) && closest >= kClosestToken && parts.closestChoice >= kClosestExpert
            && answers.back().lively()) {
            if (growing) {
                if (auto done = addPasses(parts, answers); !done)
                    return done;
            }
            std::printf("{\"seed\": %d}\n", int(seed));
            return write(out, *config, weights, answers);
        }
    }
    return failure(ErrorCode::Internal, {"no seed keeps its tokens apart"});
}

Result<void> check(const std::filesystem::path &model)
{
    const auto config = readJson(model / "config.json");
    const auto files = test::ReferenceFiles::open(model);
    auto weights = Weights::read(model);
    if (!config || !files || !weights)
        return tl::unexpected(!config ? config.error() : !files ? files.error() : weights.error());
    Parts parts(*config, *weights);
    double worst = 0;
    for (const json &prompt : files->expected().at("prompts")) {
        const auto rows = logits(parts, prompt.at("input_ids").get<Ids>());
        const auto wanted = files->tensor(prompt.at("logits"));
        if (!rows || !wanted)
            return tl::unexpected(!rows ? rows.error() : wanted.error());
        const auto values = flat(*rows);
        if (values.size() != wanted->size() || parts.closestChoice < 0)
            worst = 1e30;
        for (size_t i = 0; i < std::min(values.size(), wanted->size()); ++i) {
            const double difference = std::abs(double(values[i]) - double((*wanted)[i]));
            worst = difference <= worst ? worst : difference;
        }
    }
    if (weights->problem())
        return failure(ErrorCode::TensorMissing, {*weights->problem()});
    std::printf("{\"largest\": %.3g}\n", worst);
    return {};
}

Result<void> convert(const std::filesystem::path &model, const std::filesystem::path &file, GgufForm form)
{
    const auto done = writeGgufModel(model, file, form);
    if (!done)
        return tl::unexpected(done.error());
    std::printf("%s", *done ? "written\n" : "none\n");
    return {};
}

} // namespace

int main(int count, char **arguments)
{
    const std::string verb = count > 1 ? arguments[1] : "";
    Result<void> done;
    try {
        if ((verb == "make" || verb == "grow") && count == 4)
            done = make(arguments[2], arguments[3], verb == "grow");
        else if ((verb == "gguf" || verb == "absorbed") && count == 4)
            done = convert(arguments[2], arguments[3], verb == "gguf" ? GgufForm::Plain : GgufForm::Absorbed);
        else if (verb == "check" && count == 3)
            done = check(arguments[2]);
        else
            return int(ExitCode::Usage);
    } catch (const std::exception &problem) {
        done = failure(ErrorCode::Internal, {problem.what()});
    }
    if (!done)
        std::fprintf(stderr, "%s\n", done.error().sentence().c_str());
    return done ? 0 : int(definitionOf(done.error().code).exitCode);
}
