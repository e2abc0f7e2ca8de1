// SPDX-License-Identifier: GPL-3.0-or-later
// Runs one model through the engine in every way and prints, as one JSON object, how far it is from the expected
// outputs. On the CPU twice: with the engine's own kernels, and ("operators") with libtorch's operators alone in the types
// that a GPU has. A program of its own because libtorch and Qt must not meet in one process, and because it also runs where
// there is a GPU and no Qt. It ends with 0 when every check is within its limit.
//
//   referencecheck EXPECTED [--model PATH] [--device ID] [--only-f32]
//
// EXPECTED is a directory as ReferenceFiles describes; the model lies there too unless PATH says where.
#include "core/engine/linear.h"
#include "tests/engine/decoderpasses.h"
#include "tests/engine/referencelimits.h"

#include <cmath>
#include <cstdio>
#include <cstring>

namespace {

using namespace assay;
using namespace assay::test;
using nlohmann::json;

struct Request
{
    std::filesystem::path expected, model;
    std::string device = "cpu";
    bool onlyF32 = false;
};

/// How far values are from the expected ones.
struct Difference
{
    double largest = 0, squares = 0;
    double wantedSum = 0, wantedSquares = 0;
    size_t count = 0;

    void add(const std::vector<float> &values, const std::vector<float> &wanted)
    {
        if (values.size() != wanted.size() || wanted.empty())
            largest = squares = INFINITY;
        count += wanted.size();
        for (size_t i = 0; i < std::min(values.size(), wanted.size()); ++i) {
            const double difference = std::abs(double(values[i]) - double(wanted[i]));
            // Not std::max, which a NaN slips through.
            largest = difference <= largest ? largest : difference;
            squares += difference * difference;
        }
        for (const float value : wanted) {
            wantedSum += double(value);
            wantedSquares += double(value) * double(value);
        }
    }
    /// Root mean square, as a part of the standard deviation of what was expected.
    double relative() const
    {
        const double mean = wantedSum / double(count);
        return std::sqrt(squares / double(count)) / std::sqrt(wantedSquares / double(count) - mean * mean);
    }
};

json failed(const Error &error)
{
    return {{"ok", false}, {"code", definitionOf(error.code).id}, {"error", error.sentence()}};
}

/// JSON has no infinity.
json measured(double value, double limit)
{
    return {{"ok", value <= limit}, {"value", std::isfinite(value) ? value : 1e30}, {"limit", limit}};
}

Result<Difference> differenceOf(const Result<Outputs> &outputs, const ReferenceFiles &files)
{
    if (!outputs)
        return tl::unexpected(outputs.error());
    Difference out;
    for (const ReferenceInput &input : files.inputs()) {
        for (const std::string &name : input.outputs) {
            const auto wanted = files.output(input, name);
            if (!wanted)
                return tl::unexpected(wanted.error());
            const auto given = outputs->find(name);
            out.add(given == outputs->end() ? std::vector<float>() : given->second, *wanted);
        }
    }
    return out;
}

/// How many of the expected greedy tokens come out otherwise.
json greedyCheck(engine::Engine &engine, const ReferenceFiles &files)
{
    int64_t tokens = 0, different = 0;
    for (const json &prompt : files.expected().at("prompts")) {
        const auto wanted = prompt.at("greedy_tokens").get<std::vector<int64_t>>();
        const auto generated = engine.generate({.ids = prompt.at("input_ids").get<std::vector<int64_t>>(),
                                                .maxTokens = int64_t(wanted.size()),
                                                .ignoreEnd = true});
        if (!generated)
            return failed(generated.error());
        tokens += int64_t(wanted.size());
        for (size_t i = 0; i < wanted.size(); ++i)
            different += i >= generated->ids.size() || generated->ids[i] != wanted[i];
    }
    return {{"ok", tokens > 0 && different == 0}, {"tokens", tokens}, {"different", different}};
}

/// The same by the decoder's steps alone, recorded where the device records; null where the model has no such steps.
json decodedCheck(const engine::LoadOptions &options, const ReferenceFiles &files)
{
    auto decoder = DecoderPasses::load(options);
    if (!decoder)
        return failed(decoder.error());
    int64_t tokens = 0, different = 0;
    for (const json &prompt : files.expected().at("prompts")) {
        const auto wanted = prompt.at("greedy_tokens").get<std::vector<int64_t>>();
        const auto decoded = decoder->decode(prompt.at("input_ids").get<std::vector<int64_t>>(), int64_t(wanted.size()));
        if (!decoded)
            return nullptr;
        if (!*decoded)
            return failed(decoded->error());
        tokens += int64_t(wanted.size());
        for (size_t i = 0; i < wanted.size(); ++i)
            different += (*decoded)->at(i) != wanted[i];
    }
    return {{"ok", tokens > 0 && different == 0}, {"tokens", tokens}, {"different", different}};
}

/// One way to come to the outputs. Some are two that share a column of the table: the worse one counts.
struct Way
{
    const char *name;
    Result<Outputs> outputs;
};

/// The engine's own ways, those of its decoder, or both; encoders have no cache.
Result<std::vector<Way>> allWays(const engine::LoadOptions &options, const ReferenceFiles &files, engine::Engine &engine)
{
    const auto inputs = files.inputs();
    std::vector<Way> out;
    if (files.causal()) {
        out.push_back({"logits", engineLogits(engine, false, inputs)});
        out.push_back({"cache", engineLogits(engine, true, inputs)});
    } else {
        out.push_back({"logits", engineEncodings(engine, false, inputs)});
        out.push_back({"batch", engineEncodings(engine, true, inputs)});
    }
    auto decoder = DecoderPasses::load(options);
    if (!decoder)
        return tl::unexpected(decoder.error());
    out.push_back({"logits", decoder->alone(inputs)});
    out.push_back({"batch", decoder->batch(inputs, DecoderPasses::Padding::Right)});
    if (files.causal()) {
        out.push_back({"batch", decoder->batch(inputs, DecoderPasses::Padding::Left)});
        if (!decoder->dependsOnLength())
            out.push_back({"batch", decoder->cachedBatch(inputs)});
        out.push_back({"chunks", decoder->chunks(inputs)});
        if (auto steps = decoder->steps(inputs))
            out.push_back({"steps", *std::move(steps)});
    }
    return out;
}

/// Of two checks the one that failed or, of two alike, the worse one.
void keepWorse(json &kept, const json &now)
{
    if (kept.is_null() || (kept.at("ok") == true && (now.at("ok") == false || now.value("value", 0.0) > kept.value("value", 0.0))))
        kept = now;
}

json exactChecks(const Request &request, const ReferenceFiles &files)
{
    const engine::LoadOptions options{.path = request.model, .dtype = "f32", .device = request.device};
    const auto engine = engine::Engine::load(options);
    if (!engine)
        return {{"load", failed(engine.error())}};
    const auto ways = allWays(options, files, **engine);
    if (!ways)
        return {{"load", failed(ways.error())}};
    json out;
    for (const Way &way : *ways) {
        const auto difference = differenceOf(way.outputs, files);
        keepWorse(out[way.name], difference ? measured(difference->largest, kLogitsLimit) : failed(difference.error()));
    }
    if (files.causal()) {
        out["greedy"] = greedyCheck(**engine, files);
        if (const json decoded = decodedCheck(options, files); !decoded.is_null())
            out["decoded"] = decoded;
    }
    return out;
}

/// The worst of all ways.
json halfPrecisionCheck(const Request &request, const ReferenceFiles &files)
{
    const engine::LoadOptions options{.path = request.model, .dtype = "bf16", .device = request.device};
    const auto engine = engine::Engine::load(options);
    if (!engine)
        return failed(engine.error());
    const auto ways = allWays(options, files, **engine);
    if (!ways)
        return failed(ways.error());
    double worst = 0;
    for (const Way &way : *ways) {
        const auto difference = differenceOf(way.outputs, files);
        if (!difference)
            return failed(difference.error());
        worst = difference->relative() <= worst ? worst : difference->relative();
    }
    const std::string model = request.expected.filename().string();
    return measured(worst, engine::ownKernels(at::Device(request.device)) ? halfPrecisionLimit(model) : operatorsLimit(model));
}

/// The same on the CPU with what a GPU runs: the worst of all checks in f32, and bf16.
void checkOperators(const Request &request, const ReferenceFiles &files, json &checks)
{
    engine::setLibtorchOnly(true);
    json worst;
    for (const json &each : exactChecks(request, files))
        keepWorse(worst, each);
    checks["operators"] = worst;
    if (!request.onlyF32)
        checks["operators bf16"] = halfPrecisionCheck(request, files);
    engine::setLibtorchOnly(false);
}

json check(const Request &request)
{
    auto files = ReferenceFiles::open(request.expected);
    if (!files)
        return {{"load", failed(files.error())}};
    if (request.model.extension() == ".gguf")
        files->withoutPooler();
    json checks = exactChecks(request, *files);
    if (!request.onlyF32 && !checks.contains("load"))
        checks["bf16"] = halfPrecisionCheck(request, *files);
    if (request.device == "cpu" && !checks.contains("load"))
        checkOperators(request, *files, checks);
    return checks;
}

std::optional<Request> parse(int count, char **arguments)
{
    Request out;
    for (int i = 1; i < count; ++i) {
        const std::string word = arguments[i];
        if (word == "--only-f32")
            out.onlyF32 = true;
        else if (word == "--model" && i + 1 < count)
            out.model = arguments[++i];
        else if (word == "--device" && i + 1 < count)
            out.device = arguments[++i];
        else if (out.expected.empty() && !word.starts_with("--"))
            out.expected = word;
        else
            return std::nullopt;
    }
    if (out.model.empty())
        out.model = out.expected;
    if (!out.expected.has_filename())
        out.expected = out.expected.parent_path(); // "folder/" has an empty name
    return out.expected.empty() ? std::nullopt : std::optional(out);
}

} // namespace

int main(int count, char **arguments)
{
    const auto request = parse(count, arguments);
    if (!request)
        return int(ExitCode::Usage);
    json checks;
    try {
        checks = check(*request);
    } catch (const json::exception &problem) {
        checks = {{"load", {{"ok", false}, {"code", ""}, {"error", problem.what()}}}};
    }
    bool ok = true;
    for (const auto &each : checks)
        ok = ok && each.at("ok").get<bool>();
    std::printf("%s\n", json{{"device", request->device}, {"checks", checks}}.dump().c_str());
    return ok ? int(ExitCode::Ok) : int(ExitCode::Contradicted);
}
