// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/endpointclaims.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace assay {
namespace {

/// What an endpoint says of itself, and the field of claim sheets that it speaks of. counted: of the model's structure, so that another
/// value is another model.
struct Pair
{
    const char *told, *field;
    bool structural;
};
constexpr Pair kPairs[] = {
    {"model.parameters", "parameters.total", true},     {"model.layers", "num_hidden_layers", true},
    {"model.hidden_size", "hidden_size", true},         {"model.heads", "num_attention_heads", true},
    {"model.kv_heads", "num_key_value_heads", false},   {"model.vocabulary", "vocab_size", false},
    {"model.architecture", "model_type", false},        {"model.quantization", "dtype", false},
    {"model.bytes", "weights.bytes", false},            {"context.trained", "max_position_embeddings", false},
};
/// Of parameters and sizes publishers round or leave parts out.
constexpr double kTolerance = 0.02;
/// Fields that articles say answers have, and that no server or vendor looked at returns (identity.md, section 1).
constexpr const char *kNobodyReturns[] = {"model_version", "parameter_count", "context_window"};

std::string plain(std::string_view text)
{
    std::string out;
    for (const char c : text)
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            out += char(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

std::optional<double> numberIn(const std::string &text)
{
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool isNear(const nlohmann::json &published, double told)
{
    if (published.is_array())
        return std::ranges::any_of(published, [&](const nlohmann::json &one) { return isNear(one, told); });
    return published.is_number() && std::abs(published.get<double>() - told) <= kTolerance * std::abs(told);
}

Evidence declared(Tier tier, Evidence::Kind kind, std::string test, const std::string &day, Told what)
{
    Evidence evidence;
    evidence.tier = tier;
    evidence.kind = kind;
    evidence.test = std::move(test);
    evidence.day = day;
    evidence.what = std::move(what);
    return evidence;
}

/// A place where the endpoint names its model.
struct NamedAt
{
    std::string channel, name, source;
};

std::vector<NamedAt> namesOf(const EndpointFacts &facts, const ToldNames &names)
{
    std::vector<NamedAt> out;
    for (const EndpointClaim &claim : facts.claims)
        if (claim.definition != nullptr && (std::string_view(claim.definition->id) == "model.path" || std::string_view(claim.definition->id) == "model.size_label"))
            out.push_back({"declared.path", claim.value, claim.source});
    for (const std::string &model : facts.models)
        if (model == facts.model)
            out.push_back({"declared.list", model, "GET /v1/models"});
    for (const auto &[model, count] : names.models)
        out.push_back({"declared.answer", model, "model"});
    return out;
}

void addNames(const EndpointFacts &facts, const ToldNames &names, const EndpointVerificationPlan &plan, const std::string &day, std::vector<Evidence> &out)
{
    for (const NamedAt &at : namesOf(facts, names)) {
        const Profile *other = otherModelNamed(at.name, plan);
        if (other == nullptr)
            continue;
        out.push_back(declared(Tier::Declared, Evidence::Kind::Contradiction, "declared.name", day,
                               {ASSAY_TEXT("Identity", "The endpoint itself says that it is %1 (%2: %3)"), {other->title, at.source, at.name}}));
        out.back().channel = at.channel;
        out.back().benign = {{ASSAY_TEXT("Identity", "An alias may have been left from another model.")}};
        out.back().numbers = {{"profile", other->id}, {"name", at.name}};
    }
    for (const auto &[model, count] : names.models)
        if (!names.requested.empty() && plain(model) != plain(names.requested))
            out.push_back(declared(Tier::Fields, Evidence::Kind::Note, "fields.model", day,
                                   {ASSAY_TEXT("Identity", "Asked for %1, %2 answers name %3"), {names.requested, std::to_string(count), model}}));
}

void addNumbers(const EndpointFacts &facts, const EndpointVerificationPlan &plan, const std::string &day, std::vector<Evidence> &out)
{
    const std::vector<const Profile *> claimed = claimedProfiles(plan);
    const FoundFacts told = foundAtEndpoint(facts);
    for (const auto &[field, found] : told.fields) {
        const auto *pair = std::ranges::find(kPairs, field, [](const Pair &one) { return std::string(one.field); });
        if (claimed.empty() || pair == std::end(kPairs) || !pair->structural || !found.value.is_number())
            continue;
        bool known = false, fits = false;
        for (const Profile *profile : claimed)
            if (const Found *published = profile->facts.best(field); published != nullptr) {
                known = true;
                fits = fits || isNear(published->value, found.value.get<double>());
            }
        if (!known)
            continue;
        out.push_back(declared(Tier::Declared, fits ? Evidence::Kind::Consistent : Evidence::Kind::Contradiction, "declared.numbers", day,
                               {fits ? ASSAY_TEXT("Identity", "The endpoint tells %1 %2, as %3 has it; what is told costs nothing to forge")
                                     : ASSAY_TEXT("Identity", "The endpoint tells %1 %2, which %3 does not have"),
                                {field, found.value.dump(), claimed.front()->title}}));
        out.back().channel = fits ? "" : "declared.numbers";
        out.back().numbers = {{"field", field}, {"told", found.value}, {"source", found.source}};
    }
}

void addContext(const EndpointFacts &facts, const std::string &day, std::vector<Evidence> &out)
{
    for (const EndpointClaim &claim : facts.claims)
        if (claim.definition != nullptr && std::string_view(claim.definition->id) == "context.served")
            out.push_back(declared(Tier::Declared, Evidence::Kind::Note, "declared.context", day,
                                   {ASSAY_TEXT("Identity", "It serves a context of %1; a shorter one than the model's does not speak against the claim, hosts cap it"), {shownClaim(claim)}}));
}

void addMarks(const EndpointFacts &facts, const ToldNames &names, const std::string &day, std::vector<Evidence> &out)
{
    if (!facts.server.empty())
        out.push_back(declared(Tier::Fields, Evidence::Kind::Note, "fields.server", day,
                               {ASSAY_TEXT("Identity", "Its answers show the serving software %1, which says nothing of the weights"), {facts.server}}));
    for (const std::string &fingerprint : names.fingerprints)
        out.push_back(declared(Tier::Fields, Evidence::Kind::Note, "fields.fingerprint", day,
                               {ASSAY_TEXT("Identity", "Answers carry the fingerprint %1: a mark of the serving software, not of the weights"), {fingerprint}}));
    for (const char *field : kNobodyReturns)
        if (std::ranges::find(names.fields, field) != names.fields.end())
            out.push_back(declared(Tier::Fields, Evidence::Kind::Note, "fields.unusual", day,
                                   {ASSAY_TEXT("Identity", "Answers carry the field %1, which no known server returns; it is no evidence"), {field}}));
}

} // namespace

FoundFacts foundAtEndpoint(const EndpointFacts &facts)
{
    FoundFacts found;
    found.name = facts.model;
    found.path = facts.url;
    for (const EndpointClaim &claim : facts.claims) {
        const auto *pair = std::ranges::find_if(kPairs, [&](const Pair &one) { return claim.definition != nullptr && std::string_view(one.told) == claim.definition->id; });
        if (pair == std::end(kPairs))
            continue;
        const auto number = numberIn(claim.value);
        const bool whole = number && *number == std::floor(*number) && std::abs(*number) < 1e18;
        found.add(pair->field, whole ? nlohmann::json(int64_t(*number)) : number ? nlohmann::json(*number) : nlohmann::json(claim.value), FoundBy::Told, claim.source);
    }
    return found;
}

const Profile *otherModelNamed(const std::string &name, const EndpointVerificationPlan &plan)
{
    const std::vector<const Profile *> claimed = claimedProfiles(plan);
    const std::string told = plain(name);
    const Profile *best = nullptr;
    size_t longest = 0;
    bool isClaimed = false;
    // The longest known name that stands in it: "DeepSeek-R1" stands in the name of each of its distills, too.
    for (const Profile &profile : plan.profiles)
        for (const std::string &known : profile.names) {
            const std::string word = plain(known.substr(known.rfind('/') == std::string::npos ? 0 : known.rfind('/') + 1));
            if (word.size() <= longest || word.size() < 5 || told.find(word) == std::string::npos)
                continue;
            longest = word.size();
            best = &profile;
            isClaimed = std::ranges::any_of(claimed, [&](const Profile *one) { return one->id == profile.id; });
        }
    return best == nullptr || isClaimed || claimed.empty() ? nullptr : best;
}

std::vector<Evidence> declaredEvidence(const EndpointFacts &facts, const ToldNames &names, const EndpointVerificationPlan &plan, const std::string &day)
{
    std::vector<Evidence> out;
    addNames(facts, names, plan, day, out);
    addNumbers(facts, plan, day, out);
    addContext(facts, day, out);
    addMarks(facts, names, day, out);
    return out;
}

} // namespace assay
