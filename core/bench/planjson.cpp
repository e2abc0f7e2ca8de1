// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/planjson.h"

#include "core/bench/jsonfields.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

using nlohmann::json;

constexpr std::array kArrivals{"constant", "poisson", "trace"};
constexpr std::array kCaches{"cold", "warm"};

constexpr std::array<JsonMember<Slo, std::optional<double>>, 5> kLimits{{{"ttft", &Slo::ttft},
                                                                         {"ttfa", &Slo::ttfa},
                                                                         {"tpot", &Slo::tpot},
                                                                         {"e2e", &Slo::e2e},
                                                                         {"longest_gap", &Slo::longestGap}}};

template <class Enum, size_t N>
void readName(JsonFields &fields, const char *field, const std::array<const char *, N> &names, Enum &value)
{
    if (!fields.has(field))
        return;
    std::string name;
    fields.read(field, name);
    const auto found = std::find_if(names.begin(), names.end(), [&](const char *known) { return name == known; });
    if (found == names.end())
        fields.fail(field);
    else
        value = Enum(found - names.begin());
}

json toJson(const PlanLimits &limits)
{
    return {{"seconds", limits.seconds}, {"requests", limits.requests}, {"tokens", limits.tokens}, {"money", limits.money}};
}

Result<PlanLimits> limitsFromJson(const json &value)
{
    PlanLimits limits;
    JsonFields fields(value);
    fields.readIfThere("seconds", limits.seconds);
    fields.readIfThere("requests", limits.requests);
    fields.readIfThere("tokens", limits.tokens);
    fields.readIfThere("money", limits.money);
    return fields.finish(limits);
}

json toJson(const Prices &prices)
{
    return {{"prompt", prices.prompt}, {"completion", prices.completion}, {"cached", prices.cached}, {"currency", validUtf8(prices.currency)}};
}

Result<Prices> pricesFromJson(const json &value)
{
    Prices prices;
    JsonFields fields(value);
    fields.readIfThere("prompt", prices.prompt);
    fields.readIfThere("completion", prices.completion);
    fields.readIfThere("cached", prices.cached);
    fields.readIfThere("currency", prices.currency);
    return fields.finish(prices);
}

/// Writes a field unless it is what a reader takes for granted.
template <class T>
void put(json &out, const char *name, const T &value, const T &usual)
{
    if (!(value == usual))
        out[name] = value;
}

} // namespace

json toJson(const Slo &slo)
{
    json out{{"name", validUtf8(slo.name)}};
    putMembers(out, slo, kLimits);
    put(out, "from_schedule", slo.fromSchedule, false);
    return out;
}

Result<Slo> sloFromJson(const json &value)
{
    Slo slo;
    JsonFields fields(value);
    fields.read("name", slo.name);
    fields.readMembers(slo, kLimits);
    fields.readIfThere("from_schedule", slo.fromSchedule);
    return fields.finish(slo);
}

json toJson(const EndpointLoad &load)
{
    const EndpointLoad usual;
    json out{{"concurrencies", load.concurrencies}};
    put(out, "rates", load.rates, usual.rates);
    put(out, "until_saturated", load.untilSaturated, usual.untilSaturated);
    if (load.arrivals != usual.arrivals)
        out["arrivals"] = kArrivals[size_t(load.arrivals)];
    put(out, "trace", load.trace, usual.trace);
    put(out, "requests", load.requests, usual.requests);
    put(out, "seconds", load.seconds, usual.seconds);
    put(out, "most_in_flight", load.mostInFlight, usual.mostInFlight);
    put(out, "retries", load.retries, usual.retries);
    if (load.cache != usual.cache)
        out["cache"] = kCaches[size_t(load.cache)];
    for (const Slo &slo : load.slos)
        out["slos"].push_back(toJson(slo));
    if (load.limits != usual.limits)
        out["limits"] = toJson(load.limits);
    if (load.prices)
        out["prices"] = toJson(*load.prices);
    if (load.temperature)
        out["temperature"] = *load.temperature;
    put(out, "ignore_eos", load.ignoreEos, usual.ignoreEos);
    putText(out, "thinking", load.thinking);
    put(out, "keep_texts", load.keepTexts, usual.keepTexts);
    return out;
}

Result<EndpointLoad> endpointLoadFromJson(const json &value)
{
    EndpointLoad load;
    JsonFields fields(value);
    fields.readIfThere("concurrencies", load.concurrencies);
    fields.readIfThere("rates", load.rates);
    fields.readIfThere("until_saturated", load.untilSaturated);
    readName(fields, "arrivals", kArrivals, load.arrivals);
    fields.readIfThere("trace", load.trace);
    fields.readIfThere("requests", load.requests);
    fields.readIfThere("seconds", load.seconds);
    fields.readIfThere("most_in_flight", load.mostInFlight);
    fields.readIfThere("retries", load.retries);
    readName(fields, "cache", kCaches, load.cache);
    if (fields.has("slos"))
        fields.readList("slos", load.slos, sloFromJson);
    if (fields.has("limits"))
        fields.readWith("limits", load.limits, limitsFromJson);
    if (fields.has("prices"))
        fields.readWith("prices", load.prices.emplace(), pricesFromJson);
    fields.read("temperature", load.temperature);
    fields.readIfThere("ignore_eos", load.ignoreEos);
    fields.readIfThere("thinking", load.thinking);
    fields.readIfThere("keep_texts", load.keepTexts);
    return fields.finish(load);
}

} // namespace assay
