// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/protocol/messages.h"

#include "core/protocol/fields.h"

#include <utility>

namespace assay::protocol {
namespace {

template <class Visit, Is<DeviceInfo> T> void fields(Visit &visit, T &x)
{
    visit("id", x.id, kRequired);
    visit("name", x.name);
    visit("memoryBytes", x.memoryBytes);
    visit("freeBytes", x.freeBytes);
    visit("dtypes", x.dtypes);
}

template <class Visit, Is<Hello> T> void fields(Visit &visit, T &x)
{
    visit("protocol", x.protocol, kRequired);
    visit("worker", x.worker, kRequired);
    visit("libtorch", x.libtorch);
    visit("methods", x.methods);
    visit("devices", x.devices);
    visit("architectures", x.architectures);
    visit("host", x.host);
    visit("system", x.system);
    visit("processor", x.processor);
    visit("cores", x.cores);
    visit("threads", x.threads);
    visit("pid", x.pid);
}

template <class Visit, Is<MemoryReading> T> void fields(Visit &visit, T &x)
{
    visit("tensorPeak", x.tensorPeak);
    visit("tensorCurrent", x.tensorCurrent);
    visit("reservedPeak", x.reservedPeak);
    visit("processPeak", x.processPeak);
    visit("processDevice", x.processDevice);
    visit("deviceUsed", x.deviceUsed);
    visit("deviceBaseline", x.deviceBaseline);
}

template <class Visit, Is<Progress> T> void fields(Visit &visit, T &x)
{
    visit("id", x.id, kRequired);
    visit("stage", x.stage);
    visit("done", x.done);
    visit("total", x.total);
}

template <class Visit, Is<LoadRequest> T> void fields(Visit &visit, T &x)
{
    visit("path", x.path, kRequired);
    visit("dtype", x.dtype);
    visit("device", x.device);
    visit("cold", x.cold);
}

template <class Visit, Is<WeightShare> T> void fields(Visit &visit, T &x)
{
    visit("stored", x.stored);
    visit("computed", x.computed);
    visit("parameters", x.parameters);
    visit("bytes", x.bytes);
}

template <class Visit, Is<LoadResult> T> void fields(Visit &visit, T &x)
{
    visit("model", x.model, kRequired);
    visit("architecture", x.architecture);
    visit("dtype", x.dtype);
    visit("device", x.device);
    visit("seconds", x.seconds);
    visit("weightBytes", x.weightBytes);
    visit("parameters", x.parameters);
    visit("contextLength", x.contextLength);
    visit("vocabularySize", x.vocabularySize);
    visit("tokenizer", x.tokenizer);
    visit("signature", x.signature);
    visit("pagesCached", x.pagesCached);
    visit("memory", x.memory);
    visit("shares", x.shares);
    visit("predictedBytes", x.predictedBytes);
    visit("heldBytes", x.heldBytes);
    visit("unused", x.unused);
    visit("unusedCount", x.unusedCount);
    visit("kind", x.kind);
    visit("pooler", x.pooler);
    visit("labels", x.labels);
    visit("problem", x.problem);
    visit("work", x.work);
    visit("dropped", x.dropped);
}

template <class Visit, Is<GenerateItem> T> void fields(Visit &visit, T &x)
{
    visit("prompt", x.prompt);
    visit("ids", x.ids);
    visit("special", x.special);
    visit("maxTokens", x.maxTokens);
    visit("temperature", x.temperature);
    visit("topK", x.topK);
    visit("topP", x.topP);
    visit("minP", x.minP);
    visit("repetitionPenalty", x.repetitionPenalty);
    visit("seed", x.seed);
    visit("stop", x.stop);
    visit("stopTokens", x.stopTokens);
    visit("ignoreEos", x.ignoreEos);
    visit("top", x.top);
}

template <class Visit, Is<GenerateRequest> T> void fields(Visit &visit, T &x)
{
    using Item = std::conditional_t<std::is_const_v<T>, const GenerateItem, GenerateItem>;
    visit("model", x.model, kRequired);
    fields(visit, static_cast<Item &>(x));
}

template <class Visit, Is<GenerateBatchRequest> T> void fields(Visit &visit, T &x)
{
    visit("model", x.model, kRequired);
    visit("rows", x.rows, kRequired);
}

template <class Visit, Is<TokenProbability> T> void fields(Visit &visit, T &x)
{
    visit("id", x.id, kRequired);
    visit("logProbability", x.logProbability, kRequired);
    visit("piece", x.piece);
}

template <class Visit, Is<TokenScore> T> void fields(Visit &visit, T &x)
{
    visit("id", x.id, kRequired);
    visit("logProbability", x.logProbability, kRequired);
    visit("rank", x.rank);
    visit("top", x.top);
    visit("tail", x.tail);
    visit("piece", x.piece);
}

template <class Visit, Is<GenerateChunk> T> void fields(Visit &visit, T &x)
{
    visit("id", x.id, kRequired);
    visit("row", x.row);
    visit("ids", x.ids);
    visit("text", x.text);
    visit("at", x.at);
    visit("tokens", x.tokens);
}

template <class Visit, Is<GenerateResult> T> void fields(Visit &visit, T &x)
{
    visit("ids", x.ids, kRequired);
    visit("text", x.text);
    visit("finish", x.finish);
    visit("promptTokens", x.promptTokens);
    visit("firstToken", x.firstToken);
    visit("lastToken", x.lastToken);
}

template <class Visit, Is<GenerateBatchResult> T> void fields(Visit &visit, T &x)
{
    visit("rows", x.rows, kRequired);
}

template <class Visit, Is<ScoreItem> T> void fields(Visit &visit, T &x)
{
    visit("context", x.context);
    visit("continuation", x.continuation);
    visit("contextIds", x.contextIds);
    visit("continuationIds", x.continuationIds);
    visit("special", x.special);
}

template <class Visit, Is<ScoreRequest> T> void fields(Visit &visit, T &x)
{
    visit("model", x.model, kRequired);
    visit("items", x.items, kRequired);
    visit("tokens", x.tokens);
    visit("top", x.top);
}

template <class Visit, Is<ScoreTokens> T> void fields(Visit &visit, T &x)
{
    visit("id", x.id, kRequired);
    visit("item", x.item, kRequired);
    visit("first", x.first);
    visit("tokens", x.tokens);
}

template <class Visit, Is<Score> T> void fields(Visit &visit, T &x)
{
    visit("logLikelihood", x.logLikelihood, kRequired);
    visit("tokens", x.tokens);
    visit("characters", x.characters);
    visit("bytes", x.bytes);
    visit("greedy", x.greedy);
    visit("truncated", x.truncated);
    visit("contextTokens", x.contextTokens);
}

template <class Visit, Is<ScoreResult> T> void fields(Visit &visit, T &x)
{
    visit("scores", x.scores, kRequired);
    visit("seconds", x.seconds);
}

template <class Visit, Is<MeasureRequest> T> void fields(Visit &visit, T &x)
{
    visit("model", x.model, kRequired);
    visit("promptTokens", x.promptTokens);
    visit("outputTokens", x.outputTokens);
    visit("batch", x.batch);
    visit("inputs", x.inputs);
    visit("runs", x.runs);
    visit("warmup", x.warmup);
    visit("seed", x.seed);
    visit("decoding", x.decoding);
    visit("prompts", x.prompts);
    visit("streamed", x.streamed);
    visit("depth", x.depth);
    visit("shares", x.shares);
}

template <class Visit, Is<MeasureSample> T> void fields(Visit &visit, T &x)
{
    visit("index", x.index, kRequired);
    visit("warmup", x.warmup);
    visit("promptTokens", x.promptTokens);
    visit("outputTokens", x.outputTokens);
    visit("batch", x.batch);
    visit("firstToken", x.firstToken);
    visit("decoding", x.decoding);
    visit("eagerReason", x.eagerReason);
    visit("prompts", x.prompts);
    visit("inputs", x.inputs);
    visit("output", x.output);
    visit("notFinite", x.notFinite);
    visit("gaps", x.gaps);
    visit("total", x.total);
    visit("memory", x.memory);
    visit("load1", x.load1);
    visit("predictedBytes", x.predictedBytes);
    visit("depth", x.depth);
    visit("state", x.state);
    visit("shares", x.shares);
}

template <class Visit, Is<TimeShare> T> void fields(Visit &visit, T &x)
{
    visit("part", x.part, kRequired);
    visit("seconds", x.seconds, kRequired);
}

template <class Visit, Is<DeviceState> T> void fields(Visit &visit, T &x)
{
    visit("joules", x.joules);
    visit("temperature", x.temperature);
    visit("clockHertz", x.clockHertz);
    visit("memoryClockHertz", x.memoryClockHertz);
    visit("throttled", x.throttled);
}

template <class Visit, Is<MatrixRate> T> void fields(Visit &visit, T &x)
{
    visit("dtype", x.dtype, kRequired);
    visit("flops", x.flops, kRequired);
}

template <class Visit, Is<MachineLimits> T> void fields(Visit &visit, T &x)
{
    visit("device", x.device, kRequired);
    visit("name", x.name);
    visit("measuredAt", x.measuredAt);
    visit("readBandwidth", x.readBandwidth, kRequired);
    visit("matrixRates", x.matrixRates);
    visit("memoryBytes", x.memoryBytes);
    visit("cores", x.cores);
    visit("threads", x.threads);
    visit("caches", x.caches);
    visit("driver", x.driver);
    visit("governor", x.governor);
    visit("clockHertz", x.clockHertz);
    visit("temperature", x.temperature);
    visit("load1", x.load1);
    visit("idleWatts", x.idleWatts);
}

template <class Visit, Is<CacheWork> T> void fields(Visit &visit, T &x)
{
    visit("window", x.window);
    visit("bytes", x.bytes);
    visit("flops", x.flops);
}

template <class Visit, Is<ModelWork> T> void fields(Visit &visit, T &x)
{
    visit("denseBytes", x.denseBytes, kRequired);
    visit("expertBytes", x.expertBytes);
    visit("experts", x.experts);
    visit("activeExperts", x.activeExperts);
    visit("matrixFlops", x.matrixFlops);
    visit("headFlops", x.headFlops);
    visit("cache", x.cache);
}

template <class Visit, Is<MeasureResult> T> void fields(Visit &visit, T &x)
{
    visit("samples", x.samples, kRequired);
}

template <class T> Json write(const T &value)
{
    Writer writer;
    fields(writer, value);
    return writer.take();
}

template <class T> Result<void> read(const Json &json, T &value, ErrorCode code)
{
    Reader reader(json, code);
    fields(reader, value);
    return reader.result();
}

} // namespace

// What assay sends is a request, what the worker sends an answer: they fail with different codes.
#define ASSAY_MESSAGE(Type, code)                                                                            \
    Json toJson(const Type &value)                                                                           \
    {                                                                                                        \
        return write(value);                                                                                 \
    }                                                                                                        \
    Result<void> fromJson(const Json &json, Type &value)                                                     \
    {                                                                                                        \
        return read(json, value, ErrorCode::code);                                                           \
    }
ASSAY_MESSAGE(LoadRequest, BadParameters)
ASSAY_MESSAGE(GenerateItem, BadParameters)
ASSAY_MESSAGE(GenerateRequest, BadParameters)
ASSAY_MESSAGE(GenerateBatchRequest, BadParameters)
ASSAY_MESSAGE(ScoreItem, BadParameters)
ASSAY_MESSAGE(ScoreRequest, BadParameters)
ASSAY_MESSAGE(MeasureRequest, BadParameters)
ASSAY_MESSAGE(DeviceInfo, ProtocolViolation)
ASSAY_MESSAGE(Hello, ProtocolViolation)
ASSAY_MESSAGE(MemoryReading, ProtocolViolation)
ASSAY_MESSAGE(WeightShare, ProtocolViolation)
ASSAY_MESSAGE(Progress, ProtocolViolation)
ASSAY_MESSAGE(LoadResult, ProtocolViolation)
ASSAY_MESSAGE(TokenProbability, ProtocolViolation)
ASSAY_MESSAGE(TokenScore, ProtocolViolation)
ASSAY_MESSAGE(GenerateChunk, ProtocolViolation)
ASSAY_MESSAGE(GenerateResult, ProtocolViolation)
ASSAY_MESSAGE(GenerateBatchResult, ProtocolViolation)
ASSAY_MESSAGE(ScoreTokens, ProtocolViolation)
ASSAY_MESSAGE(Score, ProtocolViolation)
ASSAY_MESSAGE(ScoreResult, ProtocolViolation)
ASSAY_MESSAGE(MeasureSample, ProtocolViolation)
ASSAY_MESSAGE(MeasureResult, ProtocolViolation)
ASSAY_MESSAGE(MachineLimits, ProtocolViolation)
ASSAY_MESSAGE(MatrixRate, ProtocolViolation)
ASSAY_MESSAGE(ModelWork, ProtocolViolation)
ASSAY_MESSAGE(CacheWork, ProtocolViolation)
ASSAY_MESSAGE(DeviceState, ProtocolViolation)
ASSAY_MESSAGE(TimeShare, ProtocolViolation)
#undef ASSAY_MESSAGE

} // namespace assay::protocol
