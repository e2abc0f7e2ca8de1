// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/convert.h"

namespace assay::worker {

protocol::DeviceInfo toMessage(const engine::DeviceDescription &device)
{
    return {device.id, device.name, device.memoryBytes, device.freeBytes, device.dtypes};
}

protocol::MemoryReading toMessage(const engine::Memory &memory)
{
    return {memory.tensorPeak,    memory.tensorCurrent, memory.reservedPeak,  memory.processPeak,
            memory.processDevice, memory.deviceUsed,    memory.deviceBaseline};
}

protocol::LoadResult toMessage(const engine::Description &description)
{
    protocol::LoadResult out;
    out.architecture = description.architecture;
    out.dtype = description.dtype;
    out.device = description.device;
    out.seconds = description.seconds;
    out.weightBytes = description.weightBytes;
    out.parameters = description.parameters;
    out.contextLength = description.contextLength;
    out.vocabularySize = description.vocabularySize;
    out.pagesCached = description.pagesCached;
    out.memory = toMessage(description.memory);
    out.shares = description.shares;
    out.predictedBytes = description.predicted.total();
    out.heldBytes = description.heldBytes;
    out.unused = description.unused;
    out.unusedCount = description.unusedCount;
    out.dropped = description.dropped;
    out.work = description.work;
    out.kind = engine::nameOf(description.kind);
    out.pooler = description.pooler;
    if (description.labels) {
        out.labels = description.labels->names;
        out.problem = nameOf(description.labels->problem);
    }
    return out;
}

protocol::TokenScore toMessage(const engine::TokenScore &score, const Tokenizer *tokenizer)
{
    const auto piece = [tokenizer](int64_t id) { return tokenizer ? tokenizer->piece(id) : std::string(); };
    protocol::TokenScore out{score.id, score.logProbability, score.rank, {}, score.tail, piece(score.id)};
    for (const engine::TokenProbability &one : score.top)
        out.top.push_back({one.id, one.logProbability, piece(one.id)});
    return out;
}

protocol::MeasureSample toMessage(const engine::Sample &sample, const protocol::MeasureRequest &request)
{
    protocol::MeasureSample out;
    out.index = sample.index;
    out.warmup = sample.warmup;
    out.promptTokens = request.promptTokens;
    out.outputTokens = request.outputTokens;
    out.batch = request.batch;
    out.firstToken = sample.firstToken;
    out.gaps = sample.gaps;
    out.total = sample.total;
    out.decoding = sample.decoding;
    out.eagerReason = sample.eagerReason;
    out.memory = toMessage(sample.memory);
    out.load1 = sample.load1;
    out.depth = request.depth;
    out.state = sample.state;
    out.shares = sample.shares;
    if (sample.predictedBytes > 0)
        out.predictedBytes = sample.predictedBytes;
    return out;
}

} // namespace assay::worker
