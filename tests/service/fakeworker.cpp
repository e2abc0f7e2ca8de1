// SPDX-License-Identifier: GPL-3.0-or-later
// A worker without a model, for tests: speaks the protocol, and misbehaves as its arguments ask for.
//   hello=ok|old|garbage|silent|die|long|pieces|close|null   what it does when it is greeted
//   load=ok|memory|lie|slow       measure=ok|die|kill|slow|lie   sample count: samples=N
//   cancel=answer|ignore          term=default|ignore
//   log=N                         lines on stderr at each request
//   tokenizer=yes|no
#include "core/protocol/messages.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <deque>
#include <map>
#include <poll.h>
#include <string>
#include <thread>
#include <unistd.h>

using namespace assay;
using namespace assay::protocol;

namespace {

std::map<std::string, std::string> g_options{{"hello", "ok"},      {"load", "ok"},      {"measure", "ok"},
                                             {"cancel", "answer"}, {"term", "default"}, {"log", "0"},
                                             {"tokenizer", "yes"}, {"samples", "0"}};
std::string g_input;
std::deque<std::string> g_later; // requests that came while another was answered

void send(const std::string &line)
{
    for (size_t sent = 0; sent < line.size();) {
        const ssize_t count = ::write(STDOUT_FILENO, line.data() + sent, line.size() - sent);
        if (count <= 0)
            std::exit(0);
        sent += size_t(count);
    }
}

void log(const std::string &line)
{
    std::fprintf(stderr, "%s\n", line.c_str());
    std::fflush(stderr);
}

/// The next line from stdin within this time (-1: however long it takes); nothing when there is none.
std::optional<std::string> nextLine(int milliseconds)
{
    for (;;) {
        if (const size_t end = g_input.find('\n'); end != std::string::npos) {
            std::string line = g_input.substr(0, end);
            g_input.erase(0, end + 1);
            return line;
        }
        pollfd input{STDIN_FILENO, POLLIN, 0};
        if (::poll(&input, 1, milliseconds) <= 0)
            return std::nullopt;
        char buffer[65536];
        const ssize_t count = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (count <= 0)
            std::exit(0);
        g_input.append(buffer, size_t(count));
    }
}

/// Waits, and looks whether the request is cancelled meanwhile.
bool cancelledWithin(int milliseconds, int64_t id)
{
    while (const auto line = nextLine(milliseconds)) {
        const auto message = parseLine(*line);
        if (!message || message->method != method::kCancel) {
            g_later.push_back(*line);
            continue;
        }
        if (g_options["cancel"] == "ignore")
            continue;
        send(resultLine(*message->id, Json::object()));
        if (message->params.at("id").get<int64_t>() == id)
            return true;
    }
    return false;
}

void greet(int64_t id)
{
    const std::string how = g_options["hello"];
    Hello hello;
    hello.worker = "fakeworker 1";
    hello.libtorch = "none";
    hello.methods = {method::kLoad,  method::kUnload, method::kTokenize, method::kGenerate,
                     method::kScore, method::kLogits, method::kMeasure};
    hello.devices = {{"cpu", "Fake CPU", 1000, 500, {"f32"}}};
    hello.host = "nowhere";
    hello.pid = ::getpid();
    Json answer = toJson(hello);
    if (how == "old")
        answer = {{"protocol", 0}};
    if (how == "garbage")
        return send("Segmentation fault (core dumped)\n");
    if (how == "null")
        return send(errorLine(std::nullopt, Error{ErrorCode::ProtocolViolation, {"what was that"}, {}}));
    if (how == "close")
        ::close(STDOUT_FILENO);
    if (how == "silent" || how == "close")
        return;
    if (how == "die") {
        log("first line");
        log("error while loading shared libraries: libfake.so");
        ::_exit(3);
    }
    if (how == "long") {
        const std::string block(1 << 20, 'x');
        for (size_t sent = 0; sent <= kMaximumLine; sent += block.size())
            send(block);
        return;
    }
    const std::string line = resultLine(id, answer);
    if (how != "pieces")
        return send(line);
    for (const char letter : line) {
        send(std::string(1, letter));
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
}

void load(int64_t id, const Json &params)
{
    const std::string how = g_options["load"];
    if (how == "memory")
        return send(
            errorLine(id, Error{ErrorCode::NotEnoughMemory, {"the model", "9 GiB", "1 GiB", "cpu"}, {}}));
    if (how == "lie")
        return send(resultLine(id, {{"model", "seven"}}));
    Progress progress;
    progress.id = id;
    progress.stage = "load";
    progress.total = 1;
    send(notificationLine(notification::kProgress, toJson(progress)));
    if (how == "slow" && cancelledWithin(60000, id))
        return send(errorLine(id, Error{ErrorCode::Cancelled, {}, {}}));
    LoadRequest request;
    if (!fromJson(params, request))
        return send(errorLine(id, Error{ErrorCode::BadParameters, {"load", "unreadable"}, {}}));
    LoadResult result;
    result.model = 1;
    result.architecture = "Fake";
    result.dtype = request.dtype == "auto" ? "f32" : request.dtype;
    result.device = request.device;
    result.seconds = 0.25;
    result.weightBytes = 4096;
    result.parameters = 1024;
    result.contextLength = 128;
    result.vocabularySize = 2;
    result.shares = {{"F32", result.dtype, 1000, 4000}, {"F16", "f32", 24, 96}};
    result.heldBytes = 4098;
    result.unused = {"left.over"};
    result.unusedCount = 1;
    result.tokenizer = g_options["tokenizer"] == "yes";
    send(resultLine(id, toJson(result)));
}

void measure(int64_t id, const Json &params)
{
    MeasureRequest request;
    if (!fromJson(params, request))
        return send(errorLine(id, Error{ErrorCode::BadParameters, {"measure", "unreadable"}, {}}));
    if (request.promptTokens + request.outputTokens > 128)
        return send(errorLine(id, Error{ErrorCode::ContextTooLong, {"999", "128"}, {}}));
    const std::string how = g_options["measure"];
    const int64_t asked = std::stoll(g_options["samples"]);
    const int64_t count = asked > 0 ? asked : request.runs + request.warmup;
    MeasureResult result;
    for (int64_t i = 0; i < count; ++i) {
        if (i == 3 && how == "die") {
            log("terminate called after throwing an instance of 'fake'");
            ::_exit(5);
        }
        if (i == 3 && how == "kill")
            ::kill(::getpid(), SIGKILL);
        if (i == 3 && how == "lie")
            send(notificationLine(notification::kMeasureSample,
                                  {{"id", id}, {"sample", {{"index", "three"}}}}));
        if (cancelledWithin(how == "slow" ? 50 : 0, id))
            return send(errorLine(id, Error{ErrorCode::Cancelled, {}, {}}));
        MeasureSample sample;
        sample.index = i;
        sample.warmup = i < request.warmup;
        sample.promptTokens = request.promptTokens;
        sample.outputTokens = request.outputTokens;
        sample.batch = request.batch;
        sample.firstToken = 0.125;
        sample.gaps.assign(size_t(std::max<int64_t>(request.outputTokens - 1, 0)), 0.0625);
        sample.total = 1.5;
        sample.decoding = request.decoding == "auto" ? "graph" : request.decoding;
        sample.eagerReason = request.streamed ? "streamed" : "";
        sample.predictedBytes = 5000;
        send(notificationLine(notification::kMeasureSample,
                              {{"id", id}, {"sample", protocol::toJson(sample)}}));
        result.samples.push_back(sample);
    }
    send(resultLine(id, toJson(result)));
}

/// Adds what stands in the prompt ("3+4="), so that a suite has right answers.
GenerateResult answerTo(const GenerateItem &item)
{
    GenerateResult result;
    int first = 0, second = 0;
    result.finish = "length";
    if (std::sscanf(item.prompt.c_str(), "%d+%d=", &first, &second) == 2) {
        result.text = std::to_string(first + second) + "\n";
        result.finish = "stop";
    }
    result.ids = {1, 2, 3};
    result.firstToken = 0.25;
    result.lastToken = 0.5;
    return result;
}

void sendChunk(int64_t id, int64_t row, const std::string &text)
{
    GenerateChunk chunk;
    chunk.id = id;
    chunk.row = row;
    chunk.text = text;
    send(notificationLine(notification::kGenerateChunk, toJson(chunk)));
}

/// Some prompts are refused or deadly.
void generate(int64_t id, const Json &params)
{
    GenerateRequest request;
    if (!fromJson(params, request))
        return send(errorLine(id, Error{ErrorCode::BadParameters, {"generate", "unreadable"}, {}}));
    if (request.prompt.find("refuse") != std::string::npos)
        return send(errorLine(id, Error{ErrorCode::ContextTooLong, {"999", "128"}, {}}));
    if (request.prompt.find("die") != std::string::npos)
        ::_exit(9);
    const GenerateResult result = answerTo(request);
    sendChunk(id, 0, result.text);
    send(resultLine(id, toJson(result)));
}

/// With a prompt "lose" an answer is missing, with "stray" a chunk belongs to no row.
void generateBatch(int64_t id, const Json &params)
{
    GenerateBatchRequest request;
    if (!fromJson(params, request))
        return send(errorLine(id, Error{ErrorCode::BadParameters, {"generate", "unreadable"}, {}}));
    GenerateBatchResult result;
    for (const GenerateItem &item : request.rows) {
        if (item.prompt.find("refuse") != std::string::npos)
            return send(errorLine(id, Error{ErrorCode::ContextTooLong, {"999", "128"}, {}}));
        if (item.prompt.find("die") != std::string::npos)
            ::_exit(9);
        if (item.prompt == "lose")
            continue;
        result.rows.push_back(answerTo(item));
        sendChunk(id, item.prompt == "stray" ? 99 : int64_t(result.rows.size()) - 1, result.rows.back().text);
    }
    send(resultLine(id, toJson(result)));
}

/// The shorter a continuation, the likelier. A context with "refuse" makes the whole request fail; when tokens are asked
/// for, "stray" gives one of an item that is not there.
void score(int64_t id, const Json &params)
{
    ScoreRequest request;
    if (!fromJson(params, request))
        return send(errorLine(id, Error{ErrorCode::BadParameters, {"score", "unreadable"}, {}}));
    ScoreResult result;
    result.seconds = 0.5;
    for (const ScoreItem &item : request.items) {
        if (item.context.find("refuse") != std::string::npos)
            return send(errorLine(id, Error{ErrorCode::ContextTooLong, {"999", "128"}, {}}));
        if (item.context.find("die") != std::string::npos)
            ::_exit(9);
        Score one;
        one.logLikelihood = -double(item.continuation.size());
        one.tokens = std::max<int64_t>(1, int64_t(item.continuationIds.size()));
        result.scores.push_back(one);
        if (!request.tokens)
            continue;
        const bool stray = item.context.find("stray") != std::string::npos;
        ScoreTokens part{id, stray ? 99 : int64_t(result.scores.size()) - 1, 0, {}};
        part.tokens.push_back({7, one.logLikelihood, 1, {}, 0.5, "a"});
        part.tokens.back().top.assign(size_t(request.top), {8, -1.0, "b"});
        send(notificationLine(notification::kScoreTokens, toJson(part)));
    }
    send(resultLine(id, toJson(result)));
}

void logits(int64_t id)
{
    // Two rows of 1, 2 and 3, 4 as little-endian f32.
    send(notificationLine(notification::kLogitsRows,
                          {{"id", id}, {"first", 0}, {"rows", 2}, {"data", "AACAPwAAAEAAAEBAAACAQA=="}}));
    send(resultLine(id, {{"rows", 2}, {"columns", 2}}));
}

void answer(const Message &message)
{
    for (int i = 0; i < std::stoi(g_options["log"]); ++i)
        log("line " + std::to_string(i));
    const int64_t id = *message.id;
    if (message.method == method::kHello)
        greet(id);
    else if (message.method == method::kLoad)
        load(id, message.params);
    else if (message.method == method::kMeasure)
        measure(id, message.params);
    else if (message.method == method::kGenerate)
        generate(id, message.params);
    else if (message.method == method::kGenerateBatch)
        generateBatch(id, message.params);
    else if (message.method == method::kScore)
        score(id, message.params);
    else if (message.method == method::kLogits)
        logits(id);
    else if (message.method == method::kTokenize)
        send(resultLine(id, {{"ids", {7, 8}}, {"tokens", {"a", "b"}}}));
    else
        send(resultLine(id, Json::object()));
    if (message.method == method::kShutdown)
        std::exit(0);
}

} // namespace

int main(int count, char **arguments)
{
    for (int i = 1; i < count; ++i) {
        const std::string option = arguments[i];
        const size_t equals = option.find('=');
        g_options[option.substr(0, equals)] = option.substr(equals + 1);
    }
    if (g_options["term"] == "ignore")
        std::signal(SIGTERM, SIG_IGN);
    for (;;) {
        std::optional<std::string> line;
        if (g_later.empty()) {
            line = nextLine(-1);
        } else {
            line = g_later.front();
            g_later.pop_front();
        }
        if (const auto message = parseLine(*line); message && message->id && !message->method.empty())
            answer(*message);
    }
}
