// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trainer/digitsettings.h"

#include "core/base/file.h"

#include <nlohmann/json.hpp>

namespace assay::trainer {
namespace {

using nlohmann::json;

constexpr uint64_t kLargestFile = 1 << 20;

DigitModelSettings modelSettings(const json &model)
{
    DigitModelSettings out;
    for (const json &layer : model.at("layers"))
        out.layers.push_back({layer.at("channels"), layer.value("separable", false), layer.value("pool", false)});
    out.epochs = model.at("epochs");
    out.teacher = model.value("teacher", "");
    out.temperature = model.value("temperature", 1.0);
    out.softShare = model.value("soft_share", 0.0);
    return out;
}

} // namespace

Result<DigitSettings> readDigitSettings(const std::filesystem::path &path)
{
    const auto text = readWholeFile(path, kLargestFile);
    if (!text)
        return tl::unexpected(text.error());
    try {
        const json root = json::parse(*text);
        DigitSettings out{root.at("seed"), root.at("threads"), root.at("test_every"), root.at("batch"), root.at("shift"),
                          root.at("rate"), root.at("final_rate"), root.at("warm_up"), root.at("beta1"), root.at("beta2"),
                          root.at("epsilon"), {}};
        for (const auto &[name, model] : root.at("models").items())
            out.models[name] = modelSettings(model);
        return out;
    } catch (const json::exception &error) {
        return failure(ErrorCode::JsonDamaged, {path.string(), error.what()});
    }
}

} // namespace assay::trainer
