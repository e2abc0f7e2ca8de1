// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/endpointfacts.h"

#include "core/endpoint/answerfields.h"
#include "core/endpoint/proberules.h"

#include <algorithm>
#include <charconv>

namespace assay {
namespace {

using nlohmann::json;

/// Answers with their JSON, which is parsed once.
struct Parsed
{
    const ProbeAnswer *answer;
    json body;
};

std::vector<Parsed> parse(const std::vector<ProbeAnswer> &answers)
{
    std::vector<Parsed> all;
    for (const ProbeAnswer &answer : answers)
        all.push_back({&answer, bodyOf(answer)});
    return all;
}

bool concerns(const ProbeAnswer &answer, std::string_view path)
{
    return path.empty() || answer.question == path;
}

std::string sourceOf(const ProbeAnswer &answer, const AnswerField &field, const std::string &place)
{
    const std::string question = answer.method + " " + answer.path;
    return std::string_view(field.field).starts_with("header:") ? question + ", header " + place : question + ": " + place;
}

/// The first claim with this id as JSON: a number where the definition says so.
json valueOf(const EndpointFacts &facts, std::string_view id)
{
    const auto found = std::find_if(facts.claims.begin(), facts.claims.end(),
                                    [&](const EndpointClaim &claim) { return claim.definition->id == id; });
    if (found == facts.claims.end())
        return nullptr;
    int64_t number = 0;
    const std::string &text = found->value;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = problem == std::errc() && end == text.data() + text.size();
    return found->definition->kind != ClaimDefinition::Kind::Text && isNumber ? json(number) : json(text);
}

json claimsJson(const EndpointFacts &facts)
{
    json claims = json::array();
    for (const EndpointClaim &claim : facts.claims)
        claims.push_back({{"id", claim.definition->id}, {"value", claim.value}, {"source", claim.source}, {"provenance", "declared"}});
    return claims;
}

json answersJson(const EndpointFacts &facts)
{
    json answers = json::array();
    for (const ProbeAnswer &answer : facts.answers) {
        json entry{{"question", answer.method + " " + answer.path}, {"status", answer.status}, {"seconds", answer.seconds}};
        if (answer.failure != Failure::None)
            entry["failure"] = definitionOf(answer.failure).id;
        answers.push_back(std::move(entry));
    }
    return answers;
}

} // namespace

std::string serverOf(const std::vector<ProbeAnswer> &answers)
{
    const std::vector<Parsed> all = parse(answers);
    for (const ServerMark &mark : serverMarks()) {
        const std::string_view wanted = mark.value;
        for (const Parsed &parsed : all) {
            if (!concerns(*parsed.answer, mark.path))
                continue;
            for (const FoundField &found : findFields(*parsed.answer, parsed.body, mark.field, {})) {
                if (wanted.empty() || found.value == wanted)
                    return mark.server;
            }
        }
    }
    return {};
}

std::vector<std::string> modelsOf(const std::vector<ProbeAnswer> &answers)
{
    std::vector<std::string> models;
    for (const Parsed &parsed : parse(answers)) {
        for (const char *path : {"data/*/id", "models/*/name"}) {
            for (FoundField &found : findFields(*parsed.answer, parsed.body, path, {})) {
                if (!found.value.empty() && std::find(models.begin(), models.end(), found.value) == models.end())
                    models.push_back(std::move(found.value));
            }
        }
    }
    return models;
}

std::vector<EndpointClaim> claimsOf(const std::vector<ProbeAnswer> &answers, const std::string &model)
{
    std::vector<EndpointClaim> claims;
    const std::vector<Parsed> all = parse(answers);
    for (const ClaimDefinition &definition : claimDefinitions()) {
        for (const AnswerField &field : answerFields()) {
            if (std::string_view(field.claim) != definition.id)
                continue;
            for (const Parsed &parsed : all) {
                if (!concerns(*parsed.answer, field.path))
                    continue;
                for (FoundField &found : findFields(*parsed.answer, parsed.body, field.field, model)) {
                    if (!found.value.empty())
                        claims.push_back({&definition, std::move(found.value), sourceOf(*parsed.answer, field, found.place)});
                }
            }
        }
    }
    return claims;
}

void interpret(EndpointFacts &facts)
{
    facts.server = serverOf(facts.answers);
    facts.models = modelsOf(facts.answers);
    if (facts.model.empty() && !facts.models.empty())
        facts.model = facts.models.front();
    facts.claims = claimsOf(facts.answers, facts.model);
    facts.untold.clear();
    for (const ClaimDefinition &definition : claimDefinitions()) {
        const bool told = std::any_of(facts.claims.begin(), facts.claims.end(),
                                      [&](const EndpointClaim &claim) { return claim.definition == &definition; });
        if (definition.expected && !told)
            facts.untold.push_back(definition.id);
    }
    facts.roundTrip.reset();
    for (const ProbeAnswer &answer : facts.answers) {
        if (answer.status > 0 && answer.seconds > 0)
            facts.roundTrip = std::min(facts.roundTrip.value_or(answer.seconds), answer.seconds);
    }
}

bool modelIsUnlisted(const EndpointFacts &facts)
{
    const auto listed = [&](const std::string &name) { return std::find(facts.models.begin(), facts.models.end(), name) != facts.models.end(); };
    return !facts.models.empty() && !facts.model.empty() && facts.server != "azure" && !listed(facts.model)
           && !listed(facts.model + ":latest"); // as Ollama completes names
}

std::vector<std::pair<EndpointClaim, EndpointClaim>> disagreements(const EndpointFacts &facts)
{
    std::vector<std::pair<EndpointClaim, EndpointClaim>> pairs;
    for (size_t i = 0; i + 1 < facts.claims.size(); ++i) {
        const EndpointClaim &a = facts.claims[i], &b = facts.claims[i + 1];
        // Several values of one answer are a list (abilities), not a contradiction.
        const auto question = [](const EndpointClaim &claim) { return claim.source.substr(0, claim.source.find(':')); };
        if (a.definition == b.definition && a.value != b.value && question(a) != question(b))
            pairs.emplace_back(a, b);
    }
    return pairs;
}

json endpointToJson(const EndpointFacts &facts)
{
    json out;
    for (const char *key : {"layers", "hidden_size", "intermediate_size", "attention", "position", "rope", "normalization", "activation",
                            "gated_mlp", "experts", "tied_embeddings", "tensor_count", "parameters", "bytes", "dtypes",
                            "kv_bytes_per_token", "flops_per_token"})
        out[key] = nullptr;
    out["name"] = facts.model.empty() ? json(facts.url) : json(facts.model);
    out["format"] = "endpoint";
    out["architecture"] = valueOf(facts, "model.architecture");
    out["model_type"] = valueOf(facts, "model.family");
    out["layers"] = valueOf(facts, "model.layers");
    out["hidden_size"] = valueOf(facts, "model.hidden_size");
    out["vocabulary_size"] = valueOf(facts, "model.vocabulary");
    out["quantization"] = valueOf(facts, "model.quantization");
    const json served = valueOf(facts, "context.served");
    out["context_length"] = served.is_null() ? valueOf(facts, "context.trained") : served;
    if (const json total = valueOf(facts, "model.parameters"); !total.is_null())
        out["parameters"] = {{"total", total}};
    if (const json bytes = valueOf(facts, "model.bytes"); !bytes.is_null())
        out["bytes"] = {{"weights", bytes}};
    json findings = json::array();
    for (const auto &[a, b] : disagreements(facts))
        findings.push_back({{"code", "endpoint.disagrees"}, {"claim", a.definition->id}, {"values", {a.value, b.value}}, {"where", {a.source, b.source}}});
    out["findings"] = std::move(findings);
    out["endpoint"] = {{"url", facts.url}, {"server", facts.server.empty() ? json() : json(facts.server)}, {"dialect", facts.dialect},
                       {"models", facts.models}, {"model", facts.model.empty() ? json() : json(facts.model)},
                       {"claims", claimsJson(facts)}, {"untold", facts.untold}, {"answers", answersJson(facts)},
                       {"round_trip", facts.roundTrip ? json(*facts.roundTrip) : json()}, {"key_sent", facts.keySent}};
    return out;
}

} // namespace assay
