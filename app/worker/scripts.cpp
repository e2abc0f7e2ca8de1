// SPDX-License-Identifier: GPL-3.0-or-later
// TorchScript modules: they are loaded and measured, and those that take images for classes are asked for them.
#include "app/worker/convert.h"
#include "app/worker/session.h"
#include "core/protocol/base64.h"
#include "core/protocol/imagemessages.h"

#include <cstdio>
#include <cstring>

namespace assay::worker {
namespace {

protocol::MeasureSample messageOf(const engine::PassSample &sample, const std::vector<InputSpec> &inputs)
{
    protocol::MeasureSample out;
    out.index = sample.index;
    out.warmup = sample.warmup;
    out.batch = batchOf(inputs);
    out.inputs = inputsText(inputs);
    out.output = sample.text;
    out.notFinite = sample.notFinite;
    out.total = sample.seconds;
    out.memory = toMessage(sample.memory);
    out.load1 = sample.load1;
    return out;
}

/// The numbers of a request's images. BadParameters when they are not as many as it says, or too many.
Result<std::vector<float>> imageValues(const protocol::ClassifyImagesRequest &wanted)
{
    constexpr uint64_t kMost = protocol::kMostImageBytes / sizeof(float);
    uint64_t count = 1;
    for (const auto &[name, size] : {std::pair("images", wanted.images), {"channels", wanted.channels}, {"height", wanted.height}, {"width", wanted.width}}) {
        if (size < 1 || uint64_t(size) > kMost / count)
            return failure(ErrorCode::BadParameters, {name, std::to_string(size)});
        count *= uint64_t(size);
    }
    const auto bytes = protocol::fromBase64(wanted.data);
    if (!bytes || bytes->size() != count * sizeof(float))
        return failure(ErrorCode::BadParameters, {"data", ASSAY_TEXT("Reason", "it is not the images' numbers")});
    std::vector<float> out(count);
    std::memcpy(out.data(), bytes->data(), bytes->size());
    return out;
}

} // namespace

Session::Answer Session::classifyImages(const Request &request)
{
    protocol::ClassifyImagesRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    const auto script = m_scripts.find(wanted.model);
    if (script == m_scripts.end()) {
        const auto other = model(wanted.model);
        return other ? failure(ErrorCode::WrongTask, {(*other)->engine->description().architecture, ASSAY_TEXT("Reason", "a model of texts"),
                                                      ASSAY_TEXT("Reason", "classify images"), "assay evaluate"})
                     : tl::unexpected(other.error());
    }
    const auto values = imageValues(wanted);
    if (!values)
        return tl::unexpected(values.error());
    const auto begin = std::chrono::steady_clock::now();
    const auto guesses = script->second->classify({wanted.images, wanted.channels, wanted.height, wanted.width, *values}, wanted.top);
    if (!guesses)
        return tl::unexpected(guesses.error());
    protocol::ClassifyImagesResult out;
    out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    for (const engine::ImageGuess &guess : *guesses)
        out.items.push_back({guess.classes, guess.probabilities});
    return protocol::toJson(out);
}

Session::Answer Session::loadScript(const Request &request, const protocol::LoadRequest &wanted,
                                    const std::filesystem::path &archive)
{
    auto script = engine::ScriptModule::load({archive, wanted.dtype, wanted.device}, request.stop.get_token());
    if (!script)
        return tl::unexpected(script.error());
    protocol::LoadResult out = toMessage((*script)->description());
    out.kind = "script";
    out.signature = (*script)->signature();
    out.model = m_nextModel++;
    std::fprintf(stderr, "assay-worker: loaded %s on %s in %.3f s; forward%s\n", archive.c_str(), out.device.c_str(), out.seconds,
                 out.signature.c_str());
    m_scripts.emplace(out.model, std::move(*script));
    return protocol::toJson(out);
}

Session::Answer Session::measureScript(const Request &request, const protocol::MeasureRequest &wanted,
                                       const engine::ScriptModule &script)
{
    auto inputs = parseInputs(wanted.inputs);
    if (!inputs)
        return tl::unexpected(inputs.error());
    protocol::MeasureResult out;
    const auto progress = progressOf(request, "measure");
    const auto onPass = [&](const engine::PassSample &sample) {
        out.samples.push_back(messageOf(sample, *inputs));
        const protocol::Json params = {{"id", request.id}, {"sample", protocol::toJson(out.samples.back())}};
        m_outbox.send(protocol::notificationLine(protocol::notification::kMeasureSample, params));
        progress(double(out.samples.size()), double(wanted.warmup + wanted.runs));
    };
    const engine::PassOptions options{*inputs, wanted.runs, wanted.warmup, wanted.seed};
    if (auto done = script.measure(options, onPass, request.stop.get_token()); !done)
        return tl::unexpected(done.error());
    return protocol::toJson(out);
}

} // namespace assay::worker
