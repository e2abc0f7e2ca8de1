// SPDX-License-Identifier: GPL-3.0-or-later
// The form of reference bundles: one table of fields a struct.
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/bench/jsonfields.h"
#include "core/identify/bundle/bundle.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

using nlohmann::json;

constexpr const char *kSchema = "assay-reference/1";
constexpr size_t kMostPrompts = 20'000, kMostSamples = 10'000, kMostItems = 200'000, kMostBeside = 10'000;

json toJson(const BundleChance &chance)
{
    return {{"id", chance.id}, {"logprob", chance.logProbability}, {"piece", validUtf8(chance.piece)}};
}

Result<BundleChance> chanceFromJson(const json &value)
{
    BundleChance chance;
    JsonFields fields(value);
    fields.read("id", chance.id);
    fields.read("logprob", chance.logProbability);
    fields.read("piece", chance.piece);
    if (chance.id < 0 || !std::isfinite(chance.logProbability))
        fields.fail("logprob");
    return fields.finish(std::move(chance));
}

json toJson(const BundleGreedy &greedy)
{
    return {{"text", validUtf8(greedy.text)}, {"ids", greedy.ids}, {"margins", greedy.margins}};
}

Result<BundleGreedy> greedyFromJson(const json &value)
{
    BundleGreedy greedy;
    JsonFields fields(value);
    fields.read("text", greedy.text);
    fields.read("ids", greedy.ids);
    fields.read("margins", greedy.margins);
    const auto isMargin = [](double margin) { return std::isfinite(margin) && margin >= 0; };
    if (!std::ranges::all_of(greedy.margins, isMargin) || (!greedy.margins.empty() && greedy.margins.size() != greedy.ids.size()))
        fields.fail("margins");
    return fields.finish(std::move(greedy));
}

json toJson(const BundlePrompt &prompt)
{
    json out{{"text", validUtf8(prompt.text)}, {"ids", prompt.ids}, {"first", listToJson(prompt.first, [](const BundleChance &chance) { return toJson(chance); })}, {"samples", json::array()}};
    for (const std::string &sample : prompt.samples)
        out["samples"].push_back(validUtf8(sample));
    if (prompt.greedy)
        out["greedy"] = toJson(*prompt.greedy);
    return out;
}

Result<BundlePrompt> promptFromJson(const json &value)
{
    BundlePrompt prompt;
    JsonFields fields(value);
    fields.read("text", prompt.text);
    fields.read("ids", prompt.ids);
    fields.readList("first", prompt.first, chanceFromJson);
    fields.read("samples", prompt.samples);
    if (fields.has("greedy"))
        fields.readWith("greedy", prompt.greedy.emplace(), greedyFromJson);
    if (prompt.samples.size() > kMostSamples)
        fields.fail("samples");
    return fields.finish(std::move(prompt));
}

json toJson(const BundleItem &item)
{
    return {{"id", validUtf8(item.id)}, {"group", item.group}, {"suite", validUtf8(item.suite)}, {"suite_fingerprint", item.suiteFingerprint},
            {"right", item.right}, {"asked", item.asked}, {"first", item.first}};
}

Result<BundleItem> itemFromJson(const json &value)
{
    BundleItem item;
    JsonFields fields(value);
    fields.read("id", item.id);
    fields.read("group", item.group);
    fields.read("suite", item.suite);
    fields.read("suite_fingerprint", item.suiteFingerprint);
    fields.read("right", item.right);
    fields.read("asked", item.asked);
    fields.read("first", item.first);
    if (item.right < 0 || item.right > item.asked)
        fields.fail("right");
    return fields.finish(std::move(item));
}

json toJson(const BundleStack &stack)
{
    return {{"engine", validUtf8(stack.engine)}, {"device", validUtf8(stack.device)}, {"dtype", validUtf8(stack.dtype)}, {"batch", stack.batch}};
}

Result<BundleStack> stackFromJson(const json &value)
{
    BundleStack stack;
    JsonFields fields(value);
    fields.read("engine", stack.engine);
    fields.read("device", stack.device);
    fields.read("dtype", stack.dtype);
    fields.read("batch", stack.batch);
    if (stack.batch < 1)
        fields.fail("batch");
    return fields.finish(std::move(stack));
}

json toJson(const BundleHonest &honest)
{
    return {{"stack", toJson(honest.stack)}, {"greedy_margin", honest.greedyMargin}, {"mmd", honest.mmd}};
}

Result<BundleHonest> honestFromJson(const json &value)
{
    BundleHonest honest;
    JsonFields fields(value);
    fields.readWith("stack", honest.stack, stackFromJson);
    fields.read("greedy_margin", honest.greedyMargin);
    fields.read("mmd", honest.mmd);
    return fields.finish(std::move(honest));
}

json toJson(const BundleAlternative &alternative)
{
    json out{{"name", validUtf8(alternative.name)}, {"greedy_margin", alternative.greedyMargin}, {"greedy_spread", alternative.greedySpread}, {"mmd", alternative.mmd}, {"mmd_spread", alternative.mmdSpread}, {"rates", alternative.rates}};
    if (!alternative.greedyDifferences.empty()) // older bundles have none, and keep their hash
        out["greedy_differences"] = alternative.greedyDifferences;
    return out;
}

Result<BundleAlternative> alternativeFromJson(const json &value)
{
    BundleAlternative alternative;
    JsonFields fields(value);
    fields.read("name", alternative.name);
    fields.read("greedy_margin", alternative.greedyMargin);
    fields.read("greedy_spread", alternative.greedySpread);
    fields.read("mmd", alternative.mmd);
    fields.read("mmd_spread", alternative.mmdSpread);
    fields.read("rates", alternative.rates);
    fields.readIfThere("greedy_differences", alternative.greedyDifferences);
    if (!std::ranges::all_of(alternative.greedyDifferences, [](double difference) { return std::isfinite(difference); }))
        fields.fail("greedy_differences");
    if (!std::ranges::all_of(alternative.rates, [](const auto &rate) { return rate.second >= 0 && rate.second <= 1; }))
        fields.fail("rates");
    return fields.finish(std::move(alternative));
}

json toJson(const BundleSampling &sampling)
{
    return {{"temperature", sampling.temperature}, {"top_p", sampling.topP}, {"max_tokens", sampling.maxTokens}, {"greedy_tokens", sampling.greedyTokens}, {"seed", sampling.seed}};
}

Result<BundleSampling> samplingFromJson(const json &value)
{
    BundleSampling sampling;
    JsonFields fields(value);
    fields.read("temperature", sampling.temperature);
    fields.read("top_p", sampling.topP);
    fields.read("max_tokens", sampling.maxTokens);
    fields.read("greedy_tokens", sampling.greedyTokens);
    fields.read("seed", sampling.seed);
    if (!(sampling.temperature >= 0 && sampling.temperature <= 100 && sampling.topP > 0 && sampling.topP <= 1))
        fields.fail("temperature");
    if (sampling.maxTokens < 1 || sampling.greedyTokens < 1)
        fields.fail("max_tokens");
    return fields.finish(std::move(sampling));
}

struct Word
{
    const char *name;
    std::string ReferenceBundle::*member;
};
constexpr Word kWords[] = {
    {"title", &ReferenceBundle::title},         {"subject", &ReferenceBundle::subject},     {"profile", &ReferenceBundle::profile},
    {"recorded", &ReferenceBundle::recorded},   {"weights_sha256", &ReferenceBundle::weights}, {"structure", &ReferenceBundle::structure},
    {"tokenizer", &ReferenceBundle::tokenizer}, {"template_sha256", &ReferenceBundle::templateHash},
};

template <class T> json listOf(const std::vector<T> &values)
{
    return listToJson(values, [](const T &value) { return toJson(value); });
}

json contentOf(const ReferenceBundle &bundle)
{
    json out{{"stack", toJson(bundle.stack)},     {"sampling", toJson(bundle.sampling)}, {"prompts", listOf(bundle.prompts)},
             {"items", listOf(bundle.items)},     {"honest", listOf(bundle.honest)},     {"alternatives", listOf(bundle.alternatives)}};
    for (const Word &word : kWords)
        out[word.name] = validUtf8(bundle.*word.member);
    return out;
}

Result<ReferenceBundle> contentFromJson(const json &value)
{
    ReferenceBundle bundle;
    JsonFields fields(value);
    for (const Word &word : kWords)
        fields.read(word.name, bundle.*word.member);
    fields.readWith("stack", bundle.stack, stackFromJson);
    fields.readWith("sampling", bundle.sampling, samplingFromJson);
    fields.readList("prompts", bundle.prompts, promptFromJson);
    fields.readList("items", bundle.items, itemFromJson);
    fields.readList("honest", bundle.honest, honestFromJson);
    fields.readList("alternatives", bundle.alternatives, alternativeFromJson);
    if (bundle.prompts.size() > kMostPrompts)
        fields.fail("prompts");
    if (bundle.items.size() > kMostItems)
        fields.fail("items");
    if (bundle.honest.size() > kMostBeside || bundle.alternatives.size() > kMostBeside)
        fields.fail("honest");
    return fields.finish(std::move(bundle));
}

} // namespace

std::string bundleHash(const ReferenceBundle &bundle)
{
    return sha256(contentOf(bundle).dump());
}

std::string bundleText(const ReferenceBundle &bundle)
{
    json content = contentOf(bundle);
    const std::string hash = sha256(content.dump());
    return json{{"schema", kSchema}, {"content", std::move(content)}, {"sha256", hash}}.dump() + "\n";
}

Result<ReadBundle> readBundle(std::string_view text, const std::string &name)
{
    const json value = json::parse(text, nullptr, false);
    if (value.is_discarded() || !value.is_object())
        return failure(ErrorCode::BundleDamaged, {name, "it is no JSON object"});
    const auto schema = value.find("schema"), content = value.find("content"), hash = value.find("sha256");
    if (schema == value.end() || *schema != kSchema)
        return failure(ErrorCode::BundleDamaged, {name, std::string("its schema is not ") + kSchema});
    if (content == value.end() || hash == value.end() || !hash->is_string())
        return failure(ErrorCode::BundleDamaged, {name, "it lacks its content or its sha256"});
    auto bundle = contentFromJson(*content);
    if (!bundle)
        return failure(ErrorCode::BundleDamaged, {name, "the field " + bundle.error().arguments.back() + " is missing or wrong"});
    const std::string found = bundleHash(*bundle); // of what is used: a stranger's further fields may be nested deeper than a stack is
    if (found != hash->get<std::string>())
        return failure(ErrorCode::BundleDamaged, {name, "its content has the SHA-256 " + found + ", and it says another"});
    return ReadBundle{std::move(*bundle), found};
}

Result<ReadBundle> readBundle(const std::filesystem::path &file)
{
    auto text = readWholeFile(file, kMostBundleBytes);
    if (!text)
        return tl::unexpected(text.error());
    return readBundle(*text, file.filename().string());
}

} // namespace assay
