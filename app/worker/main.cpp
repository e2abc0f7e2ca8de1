// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/linereader.h"
#include "app/worker/options.h"
#include "app/worker/outbox.h"
#include "app/worker/session.h"
#include "core/engine/processor.h"
#include "core/engine/openmp.h"

#include <chrono>
#include <cstdio>
#include <exception>
#include <new>
#include <thread>
#include <unistd.h>

namespace assay::worker {
namespace {

/// What is answered at once, by the reading thread; everything else waits its turn.
void receive(const LineReader::Line &line, RequestQueue &queue, Outbox &outbox)
{
    if (line.tooLong) {
        outbox.send(protocol::errorLine({}, {ErrorCode::ProtocolViolation, {"the line is too long"}, {}}));
        return;
    }
    auto message = protocol::parseLine(line.text);
    if (!message) {
        outbox.send(protocol::errorLine({}, message.error()));
        return;
    }
    if (!message->id || message->method.empty()) {
        outbox.send(
            protocol::errorLine(message->id, {ErrorCode::ProtocolViolation, {"it is not a request"}, {}}));
        return;
    }
    if (message->method == protocol::method::kCancel) {
        const auto target = message->params.find("id");
        if (target != message->params.end() && target->is_number_integer())
            queue.cancel(target->get<int64_t>());
        outbox.send(protocol::resultLine(*message->id, protocol::Json::object()));
        return;
    }
    const int64_t id = *message->id;
    if (!queue.push({id, std::move(message->method), std::move(message->params), {}}))
        outbox.send(protocol::errorLine(id, {ErrorCode::ProtocolViolation, {"too many requests wait"}, {}}));
}

/// How long work under way may take to notice that nobody is there any more.
constexpr std::chrono::seconds kFarewell{3};

Error errorFrom(const std::exception &problem)
{
    if (dynamic_cast<const std::bad_alloc *>(&problem))
        return engine::memoryRanOut({}, engine::availableMemory(), "cpu");
    return {ErrorCode::Internal, {problem.what()}, {}};
}

/// A fault while reading, such as memory for a line running out, must not end the worker.
void readLines(RequestQueue &queue, Outbox &outbox)
{
    LineReader reader(STDIN_FILENO, protocol::kMaximumLine);
    for (bool more = true; more;) {
        try {
            const auto line = reader.next();
            more = line.has_value();
            if (more)
                receive(*line, queue, outbox);
        } catch (const std::exception &problem) {
            outbox.send(protocol::errorLine({}, errorFrom(problem)));
        }
    }
    queue.close();
    // Who asked is gone: a long step of the engine must not keep the memory and the cores for minutes.
    std::this_thread::sleep_for(kFarewell);
    ::_exit(int(ExitCode::Ok));
}

void executeRequests(RequestQueue &queue, Outbox &outbox, Session &session)
{
    while (auto request = queue.next()) {
        try {
            session.execute(*request);
        } catch (const std::exception &problem) {
            outbox.send(protocol::errorLine(request->id, errorFrom(problem)));
        }
        if (session.finished())
            return;
    }
}

int serve(const Options &options)
{
    Outbox outbox;
    RequestQueue queue;
    std::thread reader([&] { readLines(queue, outbox); });
    Session session(outbox, options.threads);
    executeRequests(queue, outbox, session);
    // After shutdown the reader may still wait for input that never comes; after the end of the input it is
    // done.
    reader.detach();
    std::fflush(stderr);
    ::_exit(int(ExitCode::Ok));
}

int run(int count, char **arguments)
{
    const auto options = parseOptions(count, arguments);
    if (!options) {
        std::fprintf(stderr, "%s\n%s", options.error().sentence().c_str(), helpText().c_str());
        return int(ExitCode::Usage);
    }
    if (options->help || options->version) {
        std::printf("%s\n", options->help ? helpText().c_str() : versionText().c_str());
        return int(ExitCode::Ok);
    }
    return serve(*options);
}

} // namespace
} // namespace assay::worker

int main(int count, char **arguments)
{
    assay::engine::waitPassively(arguments);
    try {
        return assay::worker::run(count, arguments);
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "assay-worker: %s\n", problem.what());
        return int(assay::ExitCode::Internal);
    }
}
