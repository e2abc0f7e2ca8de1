// SPDX-License-Identifier: GPL-3.0-or-later
// One verification as JSON, both ways: for the store, for files and for scripts. Bounded: whoever reads one may have been sent it.
#include "core/identify/verification.h"

#include "core/bench/jsonfields.h"
#include "core/identify/toldjson.h"
#include "core/format/jsontext.h"

#include <array>

namespace assay {
namespace {

using nlohmann::json;

constexpr size_t kMostFileBytes = 64u << 20, kMostText = 20000, kMostRows = 20000, kMostValues = 1000;

/// The names of enums in JSON, in the order of their values.
constexpr std::array kVerdicts{"verified", "contradicted", "consistent", "inconclusive", "not_tested"};
constexpr std::array kClaimVerdicts{"supported", "contradicted", "impossible", "self_contradictory", "not_tested"};
constexpr std::array kFoundBy{"published", "told", "declared", "derived", "measured", "counted"};
constexpr std::array kSizes{"quick", "standard", "deep"};

/// What does not fit; thrown and caught in this file alone.
struct Unfit
{
    std::string what;
};

void demand(bool holds, const char *what)
{
    if (!holds)
        throw Unfit{what};
}

json foundToJson(const Found &found)
{
    return {{"value", found.value}, {"by", kFoundBy[size_t(found.by)]}, {"source", validUtf8(found.source)}};
}

json rowToJson(const ClaimRow &row)
{
    json out{{"id", validUtf8(row.claim.id)},         {"version", validUtf8(row.claim.version)}, {"field", validUtf8(row.claim.field)},
             {"claimed", row.claim.claimed},          {"unit", validUtf8(row.claim.unit)},       {"hardware", validUtf8(row.claim.hardware)},
             {"note", validUtf8(row.claim.note)},     {"verdict", kClaimVerdicts[size_t(row.verdict)]}, {"reason", toldToJson(row.reason)},
             {"claimed_text", row.claimedText()},     {"found_text", row.foundText()},           {"found", json::array()},
             {"known_field", row.field ? json(row.field->id) : json()}};
    for (const Found &found : row.found)
        out["found"].push_back(foundToJson(found));
    return out;
}

json rulesToJson(const VerdictRules &rules)
{
    return {{"alpha", rules.alpha}, {"power", rules.power}, {"prior_odds", rules.priorOdds ? json(*rules.priorOdds) : json()},
            {"registered", rules.registered}, {"alternatives", rules.alternatives}, {"mixtures", rules.mixtures}, {"left_open", rules.leftOpen}, {"weights_here", rules.weightsHere}};
}

json verdictToJson(const Verdict &verdict)
{
    json out{{"kind", kVerdicts[size_t(verdict.kind)]}, {"sentence", verdict.sentence.sentence()}, {"told", toldToJson(verdict.sentence)},
             {"reasons", toldListToJson(verdict.reasons)}, {"open", toldListToJson(verdict.open)}, {"next", toldListToJson(verdict.next)},
             {"alpha", verdict.alpha}, {"tests", json::array()}, {"odds", json::array()}};
    for (const HolmRow &row : verdict.tests)
        out["tests"].push_back({{"test", validUtf8(row.test)}, {"p", finiteOrNull(row.p)}, {"adjusted", finiteOrNull(row.adjusted)}, {"rejected", row.rejected}, {"made", row.made}});
    for (const AlternativeOdds &odds : verdict.odds)
        out["odds"].push_back({{"alternative", validUtf8(odds.alternative)}, {"log_ratio", finiteOrNull(odds.logRatio)},
                               {"posterior", odds.posterior ? finiteOrNull(*odds.posterior) : json()}});
    return out;
}

json nearestToJson(const NearestModel &model)
{
    return {{"profile", validUtf8(model.profile)}, {"title", validUtf8(model.title)}, {"score", model.score}, {"structure_equal", model.structureEqual},
            {"agrees", toldListToJson(model.agrees)}, {"differs", toldListToJson(model.differs)}};
}

json probeToJson(const TokenProbe &probe)
{
    json expected = json::object();
    for (const auto &[family, count] : probe.expected)
        expected[validUtf8(family)] = count;
    return {{"id", validUtf8(probe.id)}, {"text", validUtf8(probe.text)}, {"counted", probe.counted}, {"expected", std::move(expected)}};
}

/// Members of an object; one that is missing leaves what stands, one that is unfit throws.
class Members
{
public:
    explicit Members(const json &object) : m_object(object) { demand(object.is_object(), "object"); }

    const json *find(const char *name) const
    {
        const auto it = m_object.find(name);
        return it == m_object.end() || it->is_null() ? nullptr : &*it;
    }
    void read(const char *name, std::string &value) const
    {
        if (const json *found = find(name)) {
            demand(found->is_string() && found->get_ref<const std::string &>().size() <= kMostText, name);
            value = found->get<std::string>();
        }
    }
    void read(const char *name, bool &value) const
    {
        if (const json *found = find(name)) {
            demand(found->is_boolean(), name);
            value = found->get<bool>();
        }
    }
    void read(const char *name, double &value) const
    {
        if (const json *found = find(name)) {
            demand(found->is_number(), name);
            value = found->get<double>();
        }
    }
    void read(const char *name, std::optional<double> &value) const
    {
        if (find(name))
            read(name, value.emplace());
    }
    void read(const char *name, int64_t &value) const
    {
        if (const json *found = find(name)) {
            demand(found->is_number_integer() && (!found->is_number_unsigned() || found->get<uint64_t>() <= uint64_t(INT64_MAX)), name);
            value = found->get<int64_t>();
        }
    }
    void read(const char *name, uint64_t &value) const
    {
        if (const json *found = find(name)) {
            demand(found->is_number_unsigned(), name);
            value = found->get<uint64_t>();
        }
    }
    void read(const char *name, std::vector<std::string> &values) const
    {
        each(name, kMostValues, [&](const json &one) {
            demand(one.is_string() && one.get_ref<const std::string &>().size() <= kMostText, name);
            values.push_back(one.get<std::string>());
        });
    }
    void read(const char *name, Told &told) const
    {
        if (const json *found = find(name)) {
            auto value = toldFromJson(*found);
            demand(value.has_value(), name);
            told = std::move(*value);
        }
    }
    void read(const char *name, std::vector<Told> &list) const
    {
        if (const json *found = find(name)) {
            auto value = toldListFromJson(*found);
            demand(value.has_value(), name);
            list = std::move(*value);
        }
    }
    template <class Enum, class Names>
    void read(const char *name, Enum &value, const Names &names) const
    {
        std::string text;
        read(name, text);
        const auto it = std::find(names.begin(), names.end(), text);
        demand(it != names.end(), name);
        value = Enum(it - names.begin());
    }
    void each(const char *name, size_t most, const auto &take) const
    {
        const json *list = find(name);
        if (!list)
            return;
        demand(list->is_array() && list->size() <= most, name);
        for (const json &one : *list)
            take(one);
    }

private:
    const json &m_object;
};

bool boundedValue(const json &value, int depth = 0)
{
    if (value.is_string())
        return value.get_ref<const std::string &>().size() <= kMostText;
    if (!value.is_structured())
        return true;
    return depth < 3 && value.size() <= kMostValues && std::all_of(value.begin(), value.end(), [depth](const json &one) { return boundedValue(one, depth + 1); });
}

ClaimRow rowFrom(const json &value)
{
    const Members members(value);
    ClaimRow row;
    members.read("id", row.claim.id);
    members.read("version", row.claim.version);
    members.read("field", row.claim.field);
    members.read("unit", row.claim.unit);
    members.read("hardware", row.claim.hardware);
    members.read("note", row.claim.note);
    members.read("reason", row.reason);
    members.read("verdict", row.verdict, kClaimVerdicts);
    if (const json *claimed = members.find("claimed")) {
        demand(boundedValue(*claimed), "claimed");
        row.claim.claimed = *claimed;
    }
    std::string known;
    members.read("known_field", known);
    row.field = known.empty() ? nullptr : findClaimField(known);
    members.each("found", kMostValues, [&row](const json &one) {
        const Members fields(one);
        Found found;
        fields.read("source", found.source);
        fields.read("by", found.by, kFoundBy);
        if (const json *is = fields.find("value")) {
            demand(boundedValue(*is), "value");
            found.value = *is;
        }
        row.found.push_back(std::move(found));
    });
    return row;
}

VerdictRules rulesFrom(const json &value)
{
    const Members members(value);
    VerdictRules rules;
    members.read("alpha", rules.alpha);
    members.read("power", rules.power);
    members.read("prior_odds", rules.priorOdds);
    members.read("registered", rules.registered);
    members.read("alternatives", rules.alternatives);
    members.read("mixtures", rules.mixtures);
    members.read("left_open", rules.leftOpen);
    members.read("weights_here", rules.weightsHere);
    return rules;
}

Verdict verdictFrom(const json &value)
{
    const Members members(value);
    Verdict verdict;
    members.read("kind", verdict.kind, kVerdicts);
    members.read("told", verdict.sentence);
    members.read("reasons", verdict.reasons);
    members.read("open", verdict.open);
    members.read("next", verdict.next);
    members.read("alpha", verdict.alpha);
    members.each("tests", kMostValues, [&verdict](const json &one) {
        const Members fields(one);
        HolmRow row;
        fields.read("test", row.test);
        fields.read("p", row.p);
        fields.read("adjusted", row.adjusted);
        fields.read("rejected", row.rejected);
        fields.read("made", row.made);
        verdict.tests.push_back(std::move(row));
    });
    members.each("odds", kMostValues, [&verdict](const json &one) {
        const Members fields(one);
        AlternativeOdds odds;
        fields.read("alternative", odds.alternative);
        fields.read("log_ratio", odds.logRatio);
        fields.read("posterior", odds.posterior);
        verdict.odds.push_back(std::move(odds));
    });
    return verdict;
}

NearestModel nearestFrom(const json &value)
{
    const Members members(value);
    NearestModel model;
    members.read("profile", model.profile);
    members.read("title", model.title);
    members.read("score", model.score);
    members.read("structure_equal", model.structureEqual);
    members.read("agrees", model.agrees);
    members.read("differs", model.differs);
    return model;
}

TokenProbe probeFrom(const json &value)
{
    const Members members(value);
    TokenProbe probe;
    members.read("id", probe.id);
    members.read("text", probe.text);
    members.read("counted", probe.counted);
    if (const json *expected = members.find("expected")) {
        demand(expected->is_object() && expected->size() <= kMostValues, "expected");
        const Members counts(*expected);
        for (const auto &[family, count] : expected->items()) {
            demand(count.is_number_integer(), "expected");
            counts.read(family.c_str(), probe.expected[family]);
        }
    }
    return probe;
}

Verification verificationFrom(const json &object)
{
    const Members members(object);
    std::string schema;
    members.read("schema", schema);
    demand(schema == "assay-verification/1", "schema");
    Verification out;
    for (const auto &[name, value] : {std::pair{"id", &out.id}, {"started", &out.startedAt}, {"finished", &out.finishedAt}, {"subject", &out.subject},
                                      {"path", &out.path}, {"claim", &out.claim}, {"claim_title", &out.claimTitle}, {"version", &out.version},
                                      {"reference", &out.reference}})
        members.read(name, *value);
    members.read("endpoint", out.endpoint);
    members.read("interrupted", out.interrupted);
    members.read("size", out.size, kSizes);
    members.read("seed", out.seed);
    members.read("notes", out.notes);
    if (const json *rules = members.find("rules"))
        out.rules = rulesFrom(*rules);
    if (const json *verdict = members.find("verdict"))
        out.verdict = verdictFrom(*verdict);
    members.each("claims", kMostRows, [&out](const json &one) { out.claims.push_back(rowFrom(one)); });
    members.each("evidence", kMostRows, [&out](const json &one) {
        auto evidence = evidenceFromJson(one);
        demand(evidence.has_value(), "evidence");
        out.evidence.push_back(std::move(*evidence));
    });
    members.each("nearest", kMostValues, [&out](const json &one) { out.nearest.push_back(nearestFrom(one)); });
    members.each("probes", kMostRows, [&out](const json &one) { out.probes.push_back(probeFrom(one)); });
    if (const json *spent = members.find("spent")) {
        const Members fields(*spent);
        fields.read("requests", out.spent.requests);
        fields.read("prompt_tokens", out.spent.promptTokens);
        fields.read("output_tokens", out.spent.outputTokens);
        fields.read("money", out.spent.money);
    }
    return out;
}

} // namespace

json verificationToJson(const Verification &one)
{
    json out{{"schema", "assay-verification/1"},    {"id", validUtf8(one.id)},             {"started", validUtf8(one.startedAt)},
             {"finished", validUtf8(one.finishedAt)}, {"subject", validUtf8(one.subject)}, {"path", validUtf8(one.path)},
             {"endpoint", one.endpoint},            {"claim", validUtf8(one.claim)},       {"claim_title", validUtf8(one.claimTitle)},
             {"version", validUtf8(one.version)},   {"reference", validUtf8(one.reference)}, {"size", kSizes[size_t(one.size)]},
             {"seed", one.seed},                    {"rules", rulesToJson(one.rules)},     {"verdict", verdictToJson(one.verdict)},
             {"claims", json::array()},             {"evidence", json::array()},           {"nearest", json::array()},
             {"probes", json::array()},             {"interrupted", one.interrupted},      {"notes", toldListToJson(one.notes)}};
    for (const ClaimRow &row : one.claims)
        out["claims"].push_back(rowToJson(row));
    for (const Evidence &evidence : one.evidence)
        out["evidence"].push_back(evidenceToJson(evidence));
    for (const NearestModel &model : one.nearest)
        out["nearest"].push_back(nearestToJson(model));
    for (const TokenProbe &probe : one.probes)
        out["probes"].push_back(probeToJson(probe));
    out["spent"] = {{"requests", one.spent.requests}, {"prompt_tokens", one.spent.promptTokens}, {"output_tokens", one.spent.outputTokens},
                    {"money", one.spent.money ? finiteOrNull(*one.spent.money) : json()}};
    return out;
}

Result<Verification> verificationFromJson(std::string_view content, const std::string &name)
{
    if (content.size() > kMostFileBytes)
        return failure(ErrorCode::JsonDamaged, {name, "it is larger than 64 MiB"}, name);
    const auto object = parseJsonObject(std::string(content), name);
    if (!object)
        return tl::unexpected(object.error());
    try {
        return verificationFrom(*object);
    } catch (const Unfit &unfit) {
        return failure(ErrorCode::JsonWrongType, {name, unfit.what, "as assay writes it"}, name);
    }
}

} // namespace assay
