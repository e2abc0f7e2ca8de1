// SPDX-License-Identifier: GPL-3.0-or-later
// Known models as data.
#include "core/identify/profile.h"

#include "core/format/jsontext.h"

#include <algorithm>

namespace assay {
namespace {

using nlohmann::json;

constexpr size_t kMostFileBytes = 4u << 20, kMostText = 4000, kMostEntries = 5000, kMostValues = 64, kMostFacts = 500;

/// What is wrong with a profile; thrown and caught in this file alone.
struct Unfit
{
    std::string why;
};

std::string textOf(const json &value, const char *what)
{
    if (!value.is_string() || value.get_ref<const std::string &>().size() > kMostText)
        throw Unfit{std::string("\"") + what + "\" is not a text"};
    return value.get<std::string>();
}

void read(const json &object, const char *key, std::string &value, bool needed = false)
{
    const auto it = object.find(key);
    if (it != object.end())
        value = textOf(*it, key);
    if (needed && value.empty())
        throw Unfit{std::string("it has no \"") + key + "\""};
}

void read(const json &object, const char *key, std::vector<std::string> &values)
{
    const auto it = object.find(key);
    if (it == object.end())
        return;
    if (!it->is_array() || it->size() > kMostFacts)
        throw Unfit{std::string("\"") + key + "\" is not a list of texts"};
    for (const json &value : *it)
        values.push_back(textOf(value, key));
}

const json *objectAt(const json &object, const char *key, size_t most)
{
    const auto it = object.find(key);
    if (it == object.end())
        return nullptr;
    if (!it->is_object() || it->size() > most)
        throw Unfit{std::string("\"") + key + "\" is not an object"};
    return &*it;
}

bool scalar(const json &value)
{
    return value.is_number() || value.is_boolean() || (value.is_string() && value.get_ref<const std::string &>().size() <= kMostText);
}

/// A value, a list of words that all are true, or {"values": [...]}: numbers that all are.
void readFact(const std::string &name, const json &value, const std::string &source, FoundFacts &facts)
{
    const bool several = value.is_object() && value.size() == 1 && value.contains("values");
    const json &values = several ? value["values"] : value;
    const bool list = values.is_array() && !values.empty() && values.size() <= kMostValues && std::all_of(values.begin(), values.end(), scalar);
    if (name.size() > kMostText || (several ? !list : !list && !scalar(values)))
        throw Unfit{"\"facts\" has a value that is none"};
    if (!several) {
        facts.add(name, values, FoundBy::Published, source);
        return;
    }
    for (const json &one : values)
        facts.add(name, one, FoundBy::Published, source);
}

Profile profileFrom(const json &object)
{
    Profile profile;
    std::string schema;
    read(object, "schema", schema);
    if (schema != "assay-profile/1")
        throw Unfit{"its \"schema\" is not \"assay-profile/1\""};
    read(object, "id", profile.id, true);
    read(object, "title", profile.title);
    read(object, "family", profile.family);
    read(object, "role", profile.role);
    read(object, "source", profile.source);
    read(object, "names", profile.names);
    read(object, "tokenizer", profile.tokenizer);
    read(object, "same_config", profile.sameConfig);
    read(object, "false_friends", profile.falseFriends);
    profile.facts.name = profile.id;
    if (const json *facts = objectAt(object, "facts", kMostFacts)) {
        for (const auto &[name, value] : facts->items())
            readFact(name, value, profile.id, profile.facts);
    }
    if (const json *structure = objectAt(object, "structure", kMostEntries)) {
        for (const auto &[name, count] : structure->items()) {
            if (!count.is_number_unsigned() || count.get<uint64_t>() == 0 || name.size() > kMostText)
                throw Unfit{"\"structure\" has a count that is none"};
            profile.structure[name] = count.get<uint64_t>();
        }
    }
    if (const json *tokens = objectAt(object, "special_tokens", kMostEntries)) {
        for (const auto &[name, id] : tokens->items()) {
            if (!id.is_number_unsigned() || id.get<uint64_t>() > (1u << 30))
                throw Unfit{"\"special_tokens\" has an id that is none"};
            profile.specialTokens[name] = id.get<int64_t>();
        }
    }
    return profile;
}

json factsToJson(const FoundFacts &facts)
{
    json out = json::object();
    for (auto it = facts.fields.begin(); it != facts.fields.end();) {
        const auto end = facts.fields.upper_bound(it->first);
        const std::string name = validUtf8(it->first);
        if (std::next(it) == end) {
            out[name] = it->second.value;
        } else {
            json values = json::array();
            for (auto one = it; one != end; ++one) {
                if (scalar(one->second.value))
                    values.push_back(one->second.value);
            }
            out[name] = values.empty() ? it->second.value : json{{"values", std::move(values)}};
        }
        it = end;
    }
    return out;
}

} // namespace

Result<Profile> readProfile(std::string_view content, const std::string &name)
{
    const auto damaged = [&name](std::string why) { return failure(ErrorCode::ProfileDamaged, {name, std::move(why)}, name); };
    if (content.size() > kMostFileBytes)
        return damaged("it is larger than 4 MiB");
    const auto object = parseJsonObject(std::string(content), name);
    if (!object)
        return damaged(object.error().sentence());
    try {
        return profileFrom(*object);
    } catch (const Unfit &unfit) {
        return damaged(unfit.why);
    }
}

json profileToJson(const Profile &profile)
{
    json out{{"schema", "assay-profile/1"}, {"id", validUtf8(profile.id)}, {"facts", factsToJson(profile.facts)}};
    for (const auto &[key, value] : {std::pair{"title", &profile.title}, {"family", &profile.family}, {"role", &profile.role},
                                     {"source", &profile.source}, {"tokenizer", &profile.tokenizer}}) {
        if (!value->empty())
            out[key] = validUtf8(*value);
    }
    for (const auto &[key, values] : {std::pair{"names", &profile.names}, {"same_config", &profile.sameConfig}, {"false_friends", &profile.falseFriends}}) {
        for (const std::string &value : *values)
            out[key].push_back(validUtf8(value));
    }
    for (const auto &[name, count] : profile.structure)
        out["structure"][validUtf8(name)] = count;
    for (const auto &[name, id] : profile.specialTokens)
        out["special_tokens"][validUtf8(name)] = id;
    return out;
}

Profile profileOf(const Inspection &inspection, std::string id, std::string title)
{
    Profile profile;
    profile.id = std::move(id);
    profile.title = std::move(title);
    const ModelConfig &config = inspection.facts.config;
    profile.family = config.modelType;
    profile.source = inspection.directory.path.string();
    profile.names = {inspection.facts.name};
    // What the tensors tell wins over what the config says of them: one statement a field is kept, and every true count.
    const FoundFacts found = foundIn(inspection);
    for (const auto &[field, one] : found.fields) {
        if (one.by == found.best(field)->by)
            profile.facts.add(field, one.value, FoundBy::Published, profile.id);
    }
    profile.facts.name = profile.id;
    profile.structure = structureOf(inspection.directory.checkpoint);
    if (config.bosToken && *config.bosToken >= 0)
        profile.specialTokens["bos"] = *config.bosToken;
    if (!config.eosTokens.empty() && config.eosTokens.front() >= 0)
        profile.specialTokens["eos"] = config.eosTokens.front();
    return profile;
}

} // namespace assay
