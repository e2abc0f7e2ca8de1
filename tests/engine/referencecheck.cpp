// SPDX-License-Identifier: GPL-3.0-or-later
// Runs one model through the engine in every way and prints, as one JSON object, how far it is from the expected
// outputs. A program of its own because libtorch and Qt must not meet in one process, and because it also runs where
// there is a GPU and no Qt. It ends with 0 when every check is within its limit.
//
//   referencecheck EXPECTED [--model PATH] [--device ID] [--only-f32]
//
// EXPECTED is a directory as ReferenceFiles describes; the model lies there too unless PATH says where.
#include "tests/engine/enginepasses.h"
#include "tests/engine/referencefiles.h"
#include "tests/engine/referencelimits.h"

#include <cmath>
#include <cstdio>
#include <cstring>

namespace {

using namespace assay;
using namespace assay::test;
using nlohmann::json;
using Rows = std::vector<std::vector<float>>;

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
    }
    double rootMeanSquare() const { return std::sqrt(squares / double(count)); }
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

Result<Rows> wantedLogits(const ReferenceFiles &files)
{
    Rows out;
    for (const json &prompt : files.expected().at("prompts")) {
        auto logits = files.tensor(prompt.at("logits").get<std::string>());
        if (!logits)
            return tl::unexpected(logits.error());
        out.push_back(std::move(*logits));
    }
    return out;
}

Result<std::unique_ptr<engine::Engine>> load(const Request &request, const char *dtype)
{
    return engine::Engine::load({.path = request.model, .dtype = dtype, .device = request.device});
}

Result<Difference> logitsDifference(engine::Engine &engine, Way way, const ReferenceFiles &files)
{
    const auto wanted = wantedLogits(files);
    if (!wanted)
        return tl::unexpected(wanted.error());
    const auto logits = logitsOf(engine, way, files.inputs());
    if (!logits)
        return tl::unexpected(logits.error());
    Difference out;
    for (size_t i = 0; i < wanted->size(); ++i)
        out.add((*logits)[i], (*wanted)[i]);
    return out;
}

/// How many of the expected greedy tokens come out otherwise.
json greedyCheck(engine::Engine &engine, const ReferenceFiles &files)
{
    int64_t tokens = 0, different = 0;
    for (const json &prompt : files.expected().at("prompts")) {
        const auto wanted = prompt.at("greedy_tokens").get<Ids>();
        const auto generated = engine.generate({.ids = prompt.at("input_ids").get<Ids>(),
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

json exactChecks(const Request &request, const ReferenceFiles &files)
{
    const auto engine = load(request, "f32");
    if (!engine)
        return {{"load", failed(engine.error())}};
    json out;
    for (const WayName &each : kWays) {
        const auto difference = logitsDifference(**engine, each.way, files);
        out[each.name] = difference ? measured(difference->largest, kLogitsLimit) : failed(difference.error());
    }
    out["greedy"] = greedyCheck(**engine, files);
    return out;
}

/// With and without the cache, as a part of the logits' spread.
json halfPrecisionCheck(const Request &request, const ReferenceFiles &files)
{
    const auto engine = load(request, "bf16");
    if (!engine)
        return failed(engine.error());
    double worst = 0;
    for (const WayName &each : kWays) {
        const auto difference = logitsDifference(**engine, each.way, files);
        if (!difference)
            return failed(difference.error());
        const double relative = difference->rootMeanSquare() / files.expected().at("logit_std").get<double>();
        worst = relative <= worst ? worst : relative;
    }
    return measured(worst, kHalfPrecisionLimit);
}

json check(const Request &request)
{
    const auto files = ReferenceFiles::open(request.expected);
    if (!files)
        return {{"load", failed(files.error())}};
    json checks = exactChecks(request, *files);
    if (!request.onlyF32 && !checks.contains("load"))
        checks["bf16"] = halfPrecisionCheck(request, *files);
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
