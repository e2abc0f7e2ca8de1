// SPDX-License-Identifier: GPL-3.0-or-later
// TorchScript modules: they are loaded and measured, and asked nothing else.
#include "app/worker/convert.h"
#include "app/worker/session.h"

#include <cstdio>

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

} // namespace

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
