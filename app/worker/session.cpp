// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/session.h"

#include "app/worker/convert.h"
#include "app/worker/encoderinputs.h"
#include "app/worker/options.h"
#include "app/worker/parameters.h"
#include "core/engine/processor.h"
#include "core/protocol/fidelitymessages.h"
#include "core/protocol/filemessages.h"
#include "core/protocol/imagemessages.h"
#include "core/architecture/description.h"

#include <cstdio>
#include <sys/utsname.h>
#include <unistd.h>

namespace assay::worker {

using protocol::Json;
using Clock = std::chrono::steady_clock;

Session::Session(Outbox &outbox, int threads) : m_outbox(outbox), m_threads(threads)
{
    engine::setThreads(m_threads);
}

const std::vector<Session::Method> &Session::methods()
{
    static const std::vector<Method> kMethods = {
        {protocol::method::kHello, &Session::hello},       {protocol::method::kLoad, &Session::load},
        {protocol::method::kUnload, &Session::unload},     {protocol::method::kTokenize, &Session::tokenize},
        {protocol::method::kGenerate, &Session::generate}, {protocol::method::kGenerateBatch, &Session::generateBatch},
        {protocol::method::kScore, &Session::score},       {protocol::method::kLogits, &Session::logits},
        {protocol::method::kEncode, &Session::encode},     {protocol::method::kClassify, &Session::classify},
        {protocol::method::kFill, &Session::fill},         {protocol::method::kClassifyImages, &Session::classifyImages},
        {protocol::method::kVocabulary, &Session::vocabulary}, {protocol::method::kFidelity, &Session::fidelity},
        {protocol::method::kBaseRows, &Session::baseRows}, {protocol::method::kUseRows, &Session::useRows},
        {protocol::method::kMeasure, &Session::measure},   {protocol::method::kMemory, &Session::memory},
        {protocol::method::kMachine, &Session::machine},   {protocol::method::kFiles, &Session::files},       {protocol::method::kRead, &Session::read},
        {protocol::method::kShutdown, &Session::shutdown},
    };
    return kMethods;
}

void Session::execute(const Request &request)
{
    Answer answer = failure(ErrorCode::UnknownMethod, {request.method});
    if (request.stop.stop_requested()) {
        answer = failure(ErrorCode::Cancelled);
    } else {
        for (const Method &method : methods()) {
            if (request.method == method.name)
                answer = (this->*method.run)(request);
        }
    }
    if (!answer)
        std::fprintf(stderr, "assay-worker: %s: %s\n", request.method.c_str(),
                     answer.error().sentence().c_str());
    m_outbox.send(answer ? protocol::resultLine(request.id, *answer)
                         : protocol::errorLine(request.id, answer.error()));
}

Session::Answer Session::hello(const Request &request)
{
    if (request.params.contains("protocol")) {
        const auto theirs = integerParameter(request.params, "protocol");
        if (!theirs)
            return tl::unexpected(theirs.error());
        if (*theirs != protocol::kVersion)
            return failure(ErrorCode::WorkerTooOld,
                           {std::to_string(protocol::kVersion), std::to_string(*theirs)});
    }
    protocol::Hello out;
    out.worker = versionText();
    out.libtorch = engine::libtorchVersion();
    for (const Method &method : methods())
        out.methods.push_back(method.name);
    out.methods.push_back(protocol::method::kCancel);
    for (const engine::DeviceDescription &device : engine::devices())
        out.devices.push_back(toMessage(device));
    for (const ArchitectureDescription *description : architectureDescriptions())
        out.architectures.insert(out.architectures.end(), description->classes.begin(), description->classes.end());
    utsname system = {};
    if (::uname(&system) == 0) {
        out.host = system.nodename;
        out.system = std::string(system.sysname) + " " + system.release + " " + system.machine;
    }
    out.processor = engine::processorName();
    out.cores = engine::usableCores();
    out.threads = engine::threads();
    out.pid = ::getpid();
    return protocol::toJson(out);
}

Session::Answer Session::load(const Request &request)
{
    protocol::LoadRequest wanted;
    if (auto sound = fromJson(request.params, wanted); !sound)
        return tl::unexpected(sound.error());
    if (const auto archive = engine::scriptArchiveAt(wanted.path, request.stop.get_token()))
        return loadScript(request, wanted, *archive);
    auto engine = engine::Engine::load({wanted.path, wanted.dtype, wanted.device, wanted.cold},
                                       progressOf(request, "load"), request.stop.get_token());
    if (!engine)
        return tl::unexpected(engine.error());
    Model model{std::move(*engine), Tokenizer::open(wanted.path), poolingAt(wanted.path)};
    protocol::LoadResult out = toMessage(model.engine->description());
    out.model = m_nextModel++;
    out.tokenizer = model.tokenizer.has_value();
    std::fprintf(stderr, "assay-worker: loaded %s as %s on %s in %.3f s\n", wanted.path.c_str(),
                 out.dtype.c_str(), out.device.c_str(), out.seconds);
    m_models.emplace(out.model, std::move(model));
    return protocol::toJson(out);
}

Session::Answer Session::unload(const Request &request)
{
    const auto handle = integerParameter(request.params, "model");
    if (!handle)
        return tl::unexpected(handle.error());
    if (m_models.erase(*handle) + m_scripts.erase(*handle) == 0)
        return failure(ErrorCode::UnknownModel, {std::to_string(*handle)});
    return Json::object();
}

Session::Answer Session::memory(const Request &request)
{
    const bool named = request.params.contains("device");
    const auto device = named ? textParameter(request.params, "device") : Result<std::string>("cpu");
    if (!device)
        return tl::unexpected(device.error());
    return protocol::toJson(toMessage(engine::memoryOf(*device)));
}

Session::Answer Session::shutdown(const Request &)
{
    m_finished = true;
    return Json::object();
}

Result<Session::Model *> Session::model(int64_t handle)
{
    if (m_scripts.contains(handle)) {
        return failure(ErrorCode::WrongTask, {"TorchScript", ASSAY_TEXT("Reason", "a program of its own"),
                                              ASSAY_TEXT("Reason", "be asked this"), "assay bench --input"});
    }
    const auto found = m_models.find(handle);
    if (found == m_models.end())
        return failure(ErrorCode::UnknownModel, {std::to_string(handle)});
    return &found->second;
}

Result<Session::Model *> Session::modelOf(const Request &request)
{
    const auto handle = integerParameter(request.params, "model");
    if (!handle)
        return tl::unexpected(handle.error());
    return model(*handle);
}

engine::Progress Session::progressOf(const Request &request, const char *stage)
{
    using namespace std::chrono_literals;
    return [this, id = request.id, stage, last = Clock::time_point()](double done, double total) mutable {
        const Clock::time_point now = Clock::now();
        if (now - last < 100ms && done < total)
            return;
        last = now;
        const protocol::Progress progress{id, stage, done, total};
        m_outbox.send(
            protocol::notificationLine(protocol::notification::kProgress, protocol::toJson(progress)));
    };
}

} // namespace assay::worker
