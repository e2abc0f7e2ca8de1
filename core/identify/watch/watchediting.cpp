// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/watch/watchediting.h"

#include <nlohmann/json.hpp>

namespace assay {

namespace {

using json = nlohmann::ordered_json; // in the order of the documentation

constexpr double kDay = 86'400;

template <class T> void put(json &out, const char *name, const T &value, const T &usual)
{
    if (value != usual)
        out[name] = value;
}

void put(json &out, const char *name, const std::optional<double> &value)
{
    if (value)
        out[name] = *value;
}

json endpointJson(const WatchEndpoint &endpoint)
{
    const WatchEndpoint usual;
    json out{{"name", endpoint.name}, {"url", endpoint.url}, {"model", endpoint.model}};
    put(out, "dialect", endpoint.dialect, usual.dialect);
    put(out, "key_variable", endpoint.keyVariable, usual.keyVariable);
    put(out, "version", endpoint.version, usual.version);
    for (const WatchCheck check : endpoint.checks)
        out["checks"].push_back(watchCheckId(check));
    return out;
}

json settingsJson(const WatchFile &file, WatchCheck check)
{
    const WatchFile usual;
    json out = json::object();
    put(out, "every", file.everyOf(check), usual.everyOf(check));
    switch (check) {
    case WatchCheck::Logprobs:
        put(out, "prompt", file.logprobs.prompt, usual.logprobs.prompt);
        put(out, "calls", file.logprobs.calls, usual.logprobs.calls);
        put(out, "top", file.logprobs.top, usual.logprobs.top);
        put(out, "baseline_windows", file.logprobs.baselineWindows, usual.logprobs.baselineWindows);
        put(out, "permutations", file.logprobs.permutations, usual.logprobs.permutations);
        break;
    case WatchCheck::Border:
        put(out, "candidates", file.border.candidates, file.border.candidates.empty() ? usual.border.candidates : defaultBorderCandidates());
        put(out, "tries", file.border.tries, usual.border.tries);
        put(out, "keep", file.border.keep, usual.border.keep);
        put(out, "least", file.border.least, usual.border.least);
        put(out, "reference_calls", file.border.referenceCalls, usual.border.referenceCalls);
        put(out, "calls", file.border.calls, usual.border.calls);
        put(out, "permutations", file.border.permutations, usual.border.permutations);
        break;
    case WatchCheck::Tokenizer:
        put(out, "probes", file.tokenizer.probes, file.tokenizer.probes.empty() ? usual.tokenizer.probes : defaultTokenizerProbes());
        put(out, "repeats", file.tokenizer.repeats, usual.tokenizer.repeats);
        break;
    default:
        put(out, "prompt", file.latency.prompt, usual.latency.prompt);
        put(out, "calls", file.latency.calls, usual.latency.calls);
        put(out, "output_tokens", file.latency.outputTokens, usual.latency.outputTokens);
    }
    return out;
}

json limitsJson(const SlaLimits &limits)
{
    const SlaLimits usual;
    json out = json::object();
    put(out, "ttft", limits.ttft);
    put(out, "tpot", limits.tpot);
    put(out, "share", limits.share, usual.share);
    put(out, "errors", limits.errors);
    put(out, "availability", limits.availability);
    put(out, "days", limits.days, usual.days);
    return out;
}

std::string textOf(const json &object)
{
    return object.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace

std::string watchFileText(const WatchFile &file)
{
    const WatchFile usual;
    json out{{"schema", "assay-watch/1"}};
    put(out, "name", file.name, usual.name);
    for (const WatchEndpoint &endpoint : file.endpoints)
        out["endpoints"].push_back(endpointJson(endpoint));
    for (size_t i = 0; i < size_t(WatchCheck::Count_); ++i) {
        if (json settings = settingsJson(file, WatchCheck(i)); !settings.empty())
            out["checks"][watchCheckId(WatchCheck(i))] = std::move(settings);
    }
    for (const auto &[version, limits] : file.sla)
        out["sla"][version] = limitsJson(limits);
    put(out["alerts"], "webhook", file.alerts.webhook, usual.alerts.webhook);
    put(out["alerts"], "webhook_seconds", file.alerts.webhookSeconds, usual.alerts.webhookSeconds);
    put(out["alerts"], "command", file.alerts.command, usual.alerts.command);
    if (out["alerts"].is_null())
        out.erase("alerts");
    put(out, "alpha", file.alpha, usual.alpha);
    put(out, "horizon", file.horizon, usual.horizon);
    put(out, "audit", file.audit, usual.audit);
    put(out, "baseline", file.baseline, usual.baseline);
    put(out, "history", file.history, usual.history);
    put(out, "seed", file.seed, usual.seed);
    return textOf(out);
}

Result<std::string> withVersion(std::string_view text, const std::string &name, const std::string &endpoint, const std::string &version)
{
    if (const auto whole = readWatchFile(text, name); !whole)
        return tl::unexpected(whole.error());
    json object = json::parse(text);
    for (json &one : object["endpoints"]) {
        if (one["name"] != endpoint)
            continue;
        if (version.empty())
            one.erase("version");
        else
            one["version"] = version;
        const std::string changed = textOf(object);
        if (const auto read = readWatchFile(changed, name); !read)
            return tl::unexpected(read.error());
        return changed;
    }
    return failure(ErrorCode::MonitorDamaged, {name, "endpoints has no " + endpoint});
}

double callsADay(const WatchFile &file)
{
    const size_t probes = file.tokenizer.probes.empty() ? defaultTokenizerProbes().size() : file.tokenizer.probes.size();
    double calls = 0;
    for (const WatchEndpoint &endpoint : file.endpoints) {
        for (const WatchCheck check : endpoint.checks) {
            const double each[] = {double(file.logprobs.calls), double(file.border.keep * file.border.calls), double(probes) * double(file.tokenizer.repeats),
                                   double(file.latency.calls)};
            calls += each[size_t(check)] * kDay / double(file.everyOf(check));
        }
    }
    return calls;
}

} // namespace assay
