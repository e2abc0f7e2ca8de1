// SPDX-License-Identifier: GPL-3.0-or-later
// Loads a TorchScript module, runs one pass over declared inputs and prints both as one JSON object. A program of its own
// because libtorch and Qt must not meet in one process.
// Usage: scriptpass MODULE DTYPE SEED INPUT...
#include "core/engine/scriptmodule.h"

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace {

using namespace assay;
using Json = nlohmann::json;

int fail(const Error &error)
{
    std::printf("%s\n", Json{{"error", definitionOf(error.code).id}, {"sentence", error.sentence()}}.dump().c_str());
    return 0;
}

Json toJson(const std::vector<engine::PassTensor> &tensors)
{
    Json out = Json::array();
    for (const engine::PassTensor &tensor : tensors)
        out.push_back({{"type", tensor.type}, {"shape", tensor.shape}, {"values", tensor.values}});
    return out;
}

} // namespace

int main(int count, char **arguments)
{
    if (count < 4)
        return int(ExitCode::Usage);
    auto script = engine::ScriptModule::load({.path = arguments[1], .dtype = arguments[2], .device = "cpu"});
    if (!script)
        return fail(script.error());
    const auto inputs = parseInputs({arguments + 4, arguments + count});
    if (!inputs)
        return fail(inputs.error());
    const auto pass = (*script)->run(*inputs, std::stoull(arguments[3]));
    if (!pass)
        return fail(pass.error());
    const engine::Description &loaded = (*script)->description();
    std::printf("%s\n", Json{{"signature", (*script)->signature()},
                             {"dtype", loaded.dtype},
                             {"parameters", loaded.parameters},
                             {"weightBytes", loaded.weightBytes},
                             {"text", pass->text},
                             {"notFinite", pass->notFinite},
                             {"inputs", toJson(pass->inputs)},
                             {"outputs", toJson(pass->outputs)}}
                            .dump()
                            .c_str());
    return 0;
}
