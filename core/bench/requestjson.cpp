// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/jsonfields.h"
#include "core/bench/planjson.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace assay {
namespace {

using nlohmann::json;

constexpr std::array kChannels{"answer", "reasoning", "tool"};

constexpr std::array<JsonMember<RequestRecord, int64_t>, 9> kNumbers{{{"index", &RequestRecord::index},
                                                                 {"prompt_tokens", &RequestRecord::promptTokens},
                                                                 {"output_tokens", &RequestRecord::outputTokens},
                                                                 {"scheduled", &RequestRecord::scheduled},
                                                                 {"retry_after_ms", &RequestRecord::retryAfterMs},
                                                                 {"sent", &RequestRecord::sent},
                                                                 {"connected", &RequestRecord::connected},
                                                                 {"headers", &RequestRecord::headers},
                                                                 {"first_byte", &RequestRecord::firstByte}}};
constexpr std::array<JsonMember<RequestRecord, int32_t>, 5> kSmall{{{"point", &RequestRecord::point},
                                                               {"attempt", &RequestRecord::attempt},
                                                               {"round", &RequestRecord::round},
                                                               {"status", &RequestRecord::status},
                                                               {"http", &RequestRecord::httpVersion}}};
constexpr std::array<JsonMember<RequestRecord, std::string>, 4> kTexts{{{"text", &RequestRecord::text},
                                                                   {"detail", &RequestRecord::detail},
                                                                   {"finish", &RequestRecord::finish},
                                                                   {"model", &RequestRecord::model}}};
constexpr std::array<JsonMember<ServerCounts, std::optional<int64_t>>, 4> kCounts{{{"prompt", &ServerCounts::prompt},
                                                                              {"completion", &ServerCounts::completion},
                                                                              {"reasoning", &ServerCounts::reasoning},
                                                                              {"cached", &ServerCounts::cached}}};
constexpr std::array<JsonMember<ServerTimes, std::optional<double>>, 4> kTimes{{{"queue", &ServerTimes::queue},
                                                                           {"prompt", &ServerTimes::prompt},
                                                                           {"decode", &ServerTimes::decode},
                                                                           {"total", &ServerTimes::total}}};

template <class Struct, class Fields>
json optionalsToJson(const Struct &values, const Fields &fields)
{
    json out = json::object();
    putMembers(out, values, fields);
    return out;
}

template <class Struct, class Fields>
Result<Struct> optionalsFromJson(const json &value, const Fields &known)
{
    Struct out;
    JsonFields fields(value);
    fields.readMembers(out, known);
    return fields.finish(out);
}

json chunksToJson(const std::vector<ChunkRecord> &chunks)
{
    json out = json::array();
    for (const ChunkRecord &chunk : chunks)
        out.push_back({chunk.at, chunk.read, kChannels[std::min(size_t(chunk.channel), kChannels.size() - 1)], chunk.bytes, chunk.tokens});
    return out;
}

bool asUint32(const json &value, uint32_t &out)
{
    if (!value.is_number_unsigned() || value.get<uint64_t>() > std::numeric_limits<uint32_t>::max())
        return false;
    out = value.get<uint32_t>();
    return true;
}

Result<ChunkRecord> chunkFromJson(const json &value)
{
    ChunkRecord chunk;
    const auto bad = [] { return failure(ErrorCode::StoreDamaged, {"the record", "piece"}); };
    if (!value.is_array() || value.size() != 5 || !value[0].is_number_integer() || !value[2].is_string())
        return bad();
    const auto channel = std::find(kChannels.begin(), kChannels.end(), value[2].get_ref<const std::string &>());
    if (channel == kChannels.end() || !asUint32(value[1], chunk.read) || !asUint32(value[3], chunk.bytes) || !asUint32(value[4], chunk.tokens))
        return bad();
    chunk.at = value[0].get<int64_t>();
    chunk.channel = Channel(channel - kChannels.begin());
    return chunk;
}

} // namespace

json toJson(const RequestRecord &record)
{
    const RequestRecord usual;
    json out{{"ended", record.ended}, {"failure", definitionOf(record.failure).id}, {"received_bytes", record.receivedBytes}};
    if (record.warmup)
        out["warmup"] = true;
    for (const auto &field : kNumbers) {
        if (record.*field.member != usual.*field.member)
            out[field.name] = record.*field.member;
    }
    for (const auto &field : kSmall) {
        if (record.*field.member != 0)
            out[field.name] = record.*field.member;
    }
    for (const auto &field : kTexts) {
        if (!(record.*field.member).empty())
            out[field.name] = validUtf8(record.*field.member);
    }
    if (record.usage != ServerCounts())
        out["usage"] = optionalsToJson(record.usage, kCounts);
    if (record.times != ServerTimes())
        out["server_times"] = optionalsToJson(record.times, kTimes);
    if (record.localTokens)
        out["local_tokens"] = *record.localTokens;
    out["chunks"] = chunksToJson(record.chunks);
    return out;
}

Result<RequestRecord> requestRecordFromJson(const json &value)
{
    RequestRecord record;
    std::string failed = "none";
    JsonFields fields(value);
    fields.read("ended", record.ended);
    fields.read("failure", failed);
    record.failure = failureFromId(failed);
    if (record.failure == Failure::Count_) { // of a newer program
        record.failure = Failure::Malformed;
        record.detail = failed;
    }
    fields.readIfThere("received_bytes", record.receivedBytes);
    fields.readIfThere("warmup", record.warmup);
    for (const auto &field : kNumbers)
        fields.readIfThere(field.name, record.*field.member);
    for (const auto &field : kSmall)
        fields.readIfThere(field.name, record.*field.member);
    for (const auto &field : kTexts)
        fields.readIfThere(field.name, record.*field.member);
    if (fields.has("usage"))
        fields.readWith("usage", record.usage, [](const json &json) { return optionalsFromJson<ServerCounts>(json, kCounts); });
    if (fields.has("server_times"))
        fields.readWith("server_times", record.times, [](const json &json) { return optionalsFromJson<ServerTimes>(json, kTimes); });
    if (fields.has("local_tokens"))
        fields.read("local_tokens", record.localTokens.emplace());
    fields.readList("chunks", record.chunks, chunkFromJson);
    return fields.finish(record);
}

} // namespace assay
