// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/servermemory.h"

#include "core/base/units.h"
#include "core/endpoint/answerfields.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace assay {
namespace {

using nlohmann::json;

constexpr const char *kGroup = ASSAY_TEXT("Fact", "Memory");
constexpr int64_t kMostTokens = int64_t(1) << 40; // what is more was made up
constexpr int kCacheBytes = 2;

const EndpointClaim *claim(const EndpointFacts &facts, std::string_view id)
{
    const auto found = std::ranges::find_if(facts.claims, [&](const EndpointClaim &each) { return each.definition->id == id; });
    return found == facts.claims.end() ? nullptr : &*found;
}

/// A claim that is a whole number above 0 and no larger than any real one.
std::optional<int64_t> number(const EndpointFacts &facts, std::string_view id)
{
    const EndpointClaim *told = claim(facts, id);
    int64_t value = 0;
    if (!told)
        return std::nullopt;
    const auto [end, problem] = std::from_chars(told->value.data(), told->value.data() + told->value.size(), value);
    const bool whole = problem == std::errc() && end == told->value.data() + told->value.size();
    return whole && value > 0 && value <= kMostTokens ? std::optional(value) : std::nullopt;
}

void takeCacheTokens(const EndpointFacts &facts, ServerMemory &memory)
{
    const auto told = number(facts, "memory.cache_tokens"), blocks = number(facts, "memory.cache_blocks"), size = number(facts, "memory.block_tokens");
    const auto context = number(facts, "context.served"), parallel = number(facts, "limit.parallel");
    const auto product = [&](int64_t a, int64_t b, const char *pattern) {
        int64_t tokens = 0;
        if (__builtin_mul_overflow(a, b, &tokens) || tokens > kMostTokens)
            return;
        memory.cacheTokens = tokens;
        memory.cacheEvidence = pattern;
        memory.cacheArguments = {groupedDigits(a), groupedDigits(b)};
    };
    if (told) {
        memory.cacheTokens = told;
        memory.cacheEvidence = claim(facts, "memory.cache_tokens")->source;
    } else if (blocks && size) {
        product(*blocks, *size, ASSAY_TEXT("Evidence", "%1 blocks x %2 tokens"));
    } else if (facts.server == "llamacpp" && context && parallel) {
        product(*parallel, *context, ASSAY_TEXT("Evidence", "%1 slots x %2 tokens"));
    }
}

/// A value of GGUF's metadata as Ollama tells it; arrays are left out unless asked for.
std::optional<MetadataEntry> metadataEntry(const std::string &key, const json &value)
{
    MetadataEntry entry;
    entry.key = key;
    if (value.is_boolean())
        entry.value = value.get<bool>();
    else if (value.is_number_unsigned())
        entry.value = value.get<uint64_t>();
    else if (value.is_number_integer())
        entry.value = value.get<int64_t>();
    else if (value.is_number())
        entry.value = value.get<double>();
    else if (value.is_string())
        entry.value = value.get<std::string>();
    else
        return std::nullopt;
    return entry;
}

/// The model that a server describes by the metadata of its GGUF file; nothing where it does not.
std::optional<ModelFacts> describedModel(const EndpointFacts &facts)
{
    constexpr size_t kMostEntries = 1000;
    ModelDirectory directory;
    directory.checkpoint.format = "gguf";
    for (const ProbeAnswer &answer : facts.answers) {
        const json body = answer.question == "/api/show" ? bodyOf(answer) : json();
        const auto info = body.is_object() ? body.find("model_info") : body.end();
        if (!body.is_object() || info == body.end() || !info->is_object())
            continue;
        for (const auto &[key, value] : info->items()) {
            if (auto entry = metadataEntry(key, value); entry && directory.checkpoint.metadata.size() < kMostEntries)
                directory.checkpoint.metadata.push_back(std::move(*entry));
        }
    }
    if (directory.checkpoint.metadata.empty())
        return std::nullopt;
    return collectFacts(directory, {});
}

const Runtime *runtimeOf(const std::string &server)
{
    const bool own = server == "vllm" || server == "sglang";
    return own ? findRuntime(server) : findRuntime(server == "tgi" ? "vllm" : "llama.cpp");
}

void takeNeed(const EndpointFacts &facts, ServerMemory &memory)
{
    if (const auto bytes = number(facts, "model.bytes"))
        memory.weights = uint64_t(*bytes);
    const std::optional<ModelFacts> described = describedModel(facts);
    if (!described || described->cache.groups.empty() || !described->cache.stateKnown)
        return;
    const CacheRuntime &way = runtimeOf(facts.server)->cache;
    if (memory.cacheTokens)
        memory.cacheBytes = kvCacheBytes(described->cache, *memory.cacheTokens, 1, kCacheBytes, way);
    const auto context = number(facts, "context.served"), trained = number(facts, "context.trained");
    if (!memory.weights || (!context && !trained))
        return;
    MemoryModel model = memoryModel(*described);
    model.main.matrices = {uint64_t(number(facts, "model.parameters").value_or(0)), *memory.weights};
    MemoryRequest request;
    request.runtime = memory.runtime = runtimeOf(facts.server);
    request.context = memory.context = context ? *context : *trained;
    memory.needed = planMemory(model, request).total();
}

std::string neededText(const ServerMemory &memory)
{
    if (memory.needed)
        return formatRange(*memory.needed);
    return memory.weights ? formatBytes(double(*memory.weights)) : std::string(ASSAY_TEXT("Fact", "not known"));
}

FactRow neededRow(const ServerMemory &memory)
{
    const std::string text = neededText(memory);
    FactRow row{"memory.needed", kGroup, ASSAY_TEXT("Fact", "Needed by the model (predicted)"), text, text, Provenance::Derived, {}, {}};
    if (memory.needed) {
        row.evidence = ASSAY_TEXT("Evidence", "weights as told, and cache of one sequence of %1 tokens, workspace and overhead as planned for %2");
        row.evidenceArguments = {groupedDigits(memory.context), memory.runtime->name};
    } else if (memory.weights) {
        row.label = ASSAY_TEXT("Fact", "Needed by the model: its weights alone");
        row.evidence = ASSAY_TEXT("Evidence", "the size of the weights as told; its architecture is not, so what its cache needs is not known");
    } else {
        row.evidence = ASSAY_TEXT("Evidence", "the server tells neither the size of the weights nor the architecture");
    }
    return row;
}

bool tellsMemory(const EndpointFacts &facts, const ServerMemory &memory)
{
    return memory.cacheTokens || std::ranges::any_of(facts.claims, [](const EndpointClaim &each) {
               return std::string_view(each.definition->id).starts_with("memory.");
           });
}

} // namespace

ServerMemory serverMemory(const EndpointFacts &facts)
{
    ServerMemory memory;
    takeCacheTokens(facts, memory);
    takeNeed(facts, memory);
    return memory;
}

std::vector<FactRow> serverMemoryRows(const EndpointFacts &facts)
{
    const ServerMemory memory = serverMemory(facts);
    std::vector<FactRow> rows;
    if (!tellsMemory(facts, memory))
        return rows;
    if (memory.cacheTokens) {
        const std::string tokens = groupedDigits(*memory.cacheTokens);
        rows.push_back({"memory.reserved_tokens", kGroup, ASSAY_TEXT("Fact", "Cache reserved by the server's settings, not needed by the model: tokens"),
                        tokens, tokens, Provenance::Derived, validUtf8(memory.cacheEvidence), memory.cacheArguments});
    }
    if (memory.cacheBytes) {
        rows.push_back({"memory.reserved_bytes", kGroup, ASSAY_TEXT("Fact", "Cache reserved by the server's settings, not needed by the model: bytes"),
                        formatBytes(double(*memory.cacheBytes)), groupedDigits(int64_t(std::min(*memory.cacheBytes, kMostBytes))) + " B", Provenance::Derived,
                        ASSAY_TEXT("Evidence", "its tokens in the architecture's cache, 16 bits a number"), {}});
    }
    rows.push_back(neededRow(memory));
    return rows;
}

json serverMemoryJson(const EndpointFacts &facts)
{
    const ServerMemory memory = serverMemory(facts);
    if (!tellsMemory(facts, memory))
        return nullptr;
    json reserved = json::object(), needed;
    for (const EndpointClaim &each : facts.claims) {
        if (std::string_view(each.definition->id).starts_with("memory."))
            reserved["told"].push_back({{"id", each.definition->id}, {"value", each.value}, {"source", each.source}});
    }
    reserved["cache_tokens"] = memory.cacheTokens ? json(*memory.cacheTokens) : json();
    reserved["cache_bytes"] = memory.cacheBytes ? json(*memory.cacheBytes) : json();
    if (memory.needed)
        needed = {{"low", memory.needed->low}, {"high", memory.needed->high}, {"context", memory.context}, {"runtime", memory.runtime->id}};
    return {{"reserved", std::move(reserved)}, {"needed", std::move(needed)}, {"weights", memory.weights ? json(*memory.weights) : json()},
            {"note", "reserved by the server's settings, not needed by the model"}};
}

} // namespace assay
