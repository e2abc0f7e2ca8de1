// SPDX-License-Identifier: GPL-3.0-or-later
// Loads a model and prints, as one JSON object, what was loaded and the log-probabilities of the token after each prompt.
// A program of its own because libtorch and Qt must not meet in one process.
// Usage: weightkinds MODEL DTYPE exact|fast PROMPTS, PROMPTS being a JSON list of lists of ids.
#include "core/engine/engine.h"
#include "core/engine/linear.h"

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace {

using namespace assay;
using namespace assay::engine;
using Json = nlohmann::json;

Json describe(const Description &loaded)
{
    Json shares = Json::array();
    for (const auto &share : loaded.shares)
        shares.push_back({{"stored", share.stored}, {"computed", share.computed}, {"parameters", share.parameters}});
    return {{"dtype", loaded.dtype},
            {"weightBytes", loaded.weightBytes},
            {"parameters", loaded.parameters},
            {"heldBytes", loaded.heldBytes.value_or(0)},
            {"predicted", loaded.predicted.total()},
            {"shares", shares},
            {"unused", loaded.unused}};
}

std::vector<double> logProbabilities(std::span<const float> logits)
{
    double largest = -INFINITY, sum = 0;
    for (const float value : logits)
        largest = std::max(largest, double(value));
    for (const float value : logits)
        sum += std::exp(double(value) - largest);
    std::vector<double> out;
    for (const float value : logits)
        out.push_back(double(value) - largest - std::log(sum));
    return out;
}

int fail(const Error &error)
{
    std::printf("%s\n", Json{{"error", definitionOf(error.code).id}, {"sentence", error.sentence()}}.dump().c_str());
    return 0;
}

} // namespace

int main(int count, char **arguments)
{
    if (count != 5)
        return int(ExitCode::Usage);
    setThreads(2);
    setExact(std::string_view(arguments[3]) == "exact");
    auto engine = Engine::load({.path = arguments[1], .dtype = arguments[2]});
    if (!engine)
        return fail(engine.error());
    Json out = describe((*engine)->description());
    out["prompts"] = Json::array();
    uint64_t peak = 0;
    for (const auto &prompt : Json::parse(arguments[4])) {
        std::vector<double> last;
        const auto keep = [&](int64_t, int64_t rows, std::span<const float> values) {
            last = logProbabilities(values.last(values.size() / size_t(rows)));
        };
        if (const auto done = (*engine)->logits(prompt.get<std::vector<int64_t>>(), false, keep); !done)
            return fail(done.error());
        out["prompts"].push_back(last);
    }
    // A prompt of the length that the prediction is for, and one token.
    if (const auto done = (*engine)->measure({kPredictedTokens - 1, 1, 1, 1, 0, 1}, [&](const Sample &sample) {
            peak = sample.memory.tensorPeak.value_or(0);
        }); done)
        out["peak"] = peak;
    std::printf("%s\n", out.dump().c_str());
    return 0;
}
