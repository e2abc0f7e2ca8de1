// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/watch/watchrecord.h"

#include "core/identify/toldjson.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay {

namespace {

using nlohmann::json;

constexpr size_t kMostCalls = 200'000, kMostTokens = 5000, kMostName = 4096;
constexpr int64_t kMostCount = int64_t(1) << 40;
constexpr std::array kOutcomes{"compared", "learning", "failed", "clock", "limits", "renewed"};

bool isCount(const json &value)
{
    return value.is_number_unsigned() && value.get<uint64_t>() <= uint64_t(kMostCount);
}

bool readTimes(const json &object, const char *name, std::vector<double> &values)
{
    const auto found = object.find(name);
    if (found == object.end())
        return true;
    if (!found->is_array() || found->size() > kMostCalls)
        return false;
    for (const json &value : *found) {
        if (!value.is_number() || !std::isfinite(value.get<double>()) || value.get<double>() < 0)
            return false;
        values.push_back(value.get<double>());
    }
    return true;
}

bool readLogprobs(const json &calls, std::vector<TopLogprobs> &out)
{
    if (!calls.is_array() || calls.size() > kMostCalls)
        return false;
    for (const json &call : calls) {
        if (!call.is_object() || call.size() > kMostTokens)
            return false;
        TopLogprobs &row = out.emplace_back();
        for (auto it = call.begin(); it != call.end(); ++it) {
            if (!it->is_number() || !std::isfinite(it->get<double>()) || std::fabs(it->get<double>()) > 1e6)
                return false;
            row[it.key()] = it->get<double>();
        }
    }
    return true;
}

bool readAnswers(const json &prompts, AnswerCounts &out)
{
    if (!prompts.is_object() || prompts.size() > kMostTokens)
        return false;
    int64_t all = 0;
    for (auto prompt = prompts.begin(); prompt != prompts.end(); ++prompt) {
        if (!prompt->is_object() || prompt->size() > kMostTokens)
            return false;
        for (auto answer = prompt->begin(); answer != prompt->end(); ++answer) {
            if (!isCount(*answer) || (all += answer->get<int64_t>()) > int64_t(kMostCalls))
                return false;
            out[prompt.key()][answer.key()] = answer->get<int64_t>();
        }
    }
    return true;
}

bool readTokens(const json &probes, std::map<std::string, std::vector<int64_t>> &out)
{
    if (!probes.is_object() || probes.size() > kMostTokens)
        return false;
    for (auto probe = probes.begin(); probe != probes.end(); ++probe) {
        if (!probe->is_array() || probe->size() > 100 || !std::all_of(probe->begin(), probe->end(), isCount))
            return false;
        out[probe.key()] = probe->get<std::vector<int64_t>>();
    }
    return true;
}

std::optional<double> numberAt(const json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_number() && std::isfinite(found->get<double>()) ? std::optional(found->get<double>()) : std::nullopt;
}

bool readWhole(const json &object, const char *name, int64_t &value)
{
    const auto found = object.find(name);
    if (found == object.end() || !isCount(*found))
        return false;
    value = found->get<int64_t>();
    return true;
}

void put(json &out, const char *name, const std::optional<double> &value)
{
    if (value && std::isfinite(*value))
        out[name] = *value;
}

std::string lineOf(const json &object)
{
    return object.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

/// What became of the alert of the change that was found there.
void takeAlert(const json &object, std::vector<WatchRecord> &records)
{
    const json &alert = object["alert"];
    int64_t at = 0, tries = 0;
    if (!alert.is_object() || !readWhole(alert, "at", at) || !readWhole(alert, "tries", tries) || !alert.contains("endpoint") || !alert.contains("check"))
        return;
    for (WatchRecord &record : records) {
        if (record.change && record.at == at && alert["endpoint"] == record.endpoint && alert["check"] == watchCheckId(record.check)) {
            record.alertTries = tries;
            record.alerted = alert.contains("delivered") && alert["delivered"] == true;
        }
    }
}

} // namespace

json windowToJson(const WatchWindow &window)
{
    json out = json::object();
    if (!window.logprobs.empty())
        out["logprobs"] = window.logprobs;
    if (!window.answers.empty())
        out["answers"] = window.answers;
    if (!window.tokens.empty())
        out["tokens"] = window.tokens;
    if (!window.ttft.empty())
        out["ttft"] = window.ttft;
    if (!window.tpot.empty())
        out["tpot"] = window.tpot;
    out["requests"] = window.requests;
    out["failed"] = window.failed;
    return out;
}

std::optional<WatchWindow> windowFromJson(const json &object)
{
    WatchWindow window;
    if (!object.is_object() || !readWhole(object, "requests", window.requests) || !readWhole(object, "failed", window.failed)
        || window.failed > window.requests)
        return std::nullopt;
    const bool read = (!object.contains("logprobs") || readLogprobs(object["logprobs"], window.logprobs))
                      && (!object.contains("answers") || readAnswers(object["answers"], window.answers))
                      && (!object.contains("tokens") || readTokens(object["tokens"], window.tokens)) && readTimes(object, "ttft", window.ttft)
                      && readTimes(object, "tpot", window.tpot);
    return read ? std::optional(window) : std::nullopt;
}

json recordToJson(const WatchRecord &record)
{
    json out{{"at", record.at},
             {"due", record.due},
             {"endpoint", record.endpoint},
             {"check", watchCheckId(record.check)},
             {"segment", record.segment},
             {"outcome", kOutcomes[size_t(record.outcome)]},
             {"window", windowToJson(record.window)},
             {"what", toldToJson(record.what)}};
    if (!record.version.empty())
        out["version"] = record.version;
    put(out, "statistic", record.statistic);
    put(out, "p", record.p);
    put(out, "evidence", record.evidence);
    put(out, "band_low", record.bandLow);
    put(out, "band_high", record.bandHigh);
    if (record.change) {
        out["change"] = true;
        out["since"] = record.since;
    }
    return out;
}

std::optional<WatchRecord> recordFromJson(const json &object)
{
    WatchRecord record;
    if (!object.is_object() || !readWhole(object, "at", record.at) || !readWhole(object, "due", record.due) || !readWhole(object, "segment", record.segment)
        || !object.contains("endpoint") || !object["endpoint"].is_string() || object["endpoint"].get_ref<const std::string &>().size() > kMostName
        || !object.contains("check") || !object["check"].is_string() || !object.contains("outcome") || !object.contains("window"))
        return std::nullopt;
    const auto check = watchCheckFromId(object["check"].get_ref<const std::string &>());
    const auto outcome = std::find_if(kOutcomes.begin(), kOutcomes.end(), [&](const char *name) { return object["outcome"] == name; });
    auto window = windowFromJson(object["window"]);
    auto what = object.contains("what") ? toldFromJson(object["what"]) : std::optional(Told{});
    if (!check || outcome == kOutcomes.end() || !window || !what)
        return std::nullopt;
    record.endpoint = object["endpoint"];
    if (object.contains("version") && object["version"].is_string() && object["version"].get_ref<const std::string &>().size() <= kMostName)
        record.version = object["version"];
    record.check = *check;
    record.outcome = WatchRecord::Outcome(outcome - kOutcomes.begin());
    record.window = std::move(*window);
    record.what = std::move(*what);
    record.statistic = numberAt(object, "statistic");
    record.p = numberAt(object, "p");
    record.evidence = numberAt(object, "evidence");
    record.bandLow = numberAt(object, "band_low");
    record.bandHigh = numberAt(object, "band_high");
    record.change = object.contains("change") && object["change"] == true && readWhole(object, "since", record.since);
    return record;
}

WatchHistory readWatchHistory(std::string_view lines)
{
    WatchHistory history;
    for (size_t begin = 0; begin < lines.size();) {
        const size_t end = std::min(lines.find('\n', begin), lines.size());
        const json object = json::parse(lines.substr(begin, end - begin), nullptr, false);
        if (object.is_object() && object.contains("alert"))
            takeAlert(object, history.records);
        else if (auto record = recordFromJson(object))
            history.records.push_back(std::move(*record));
        else
            ++history.unreadable;
        begin = end + 1;
    }
    return history;
}

std::string recordLine(const WatchRecord &record)
{
    return lineOf(recordToJson(record));
}

std::string alertLine(const WatchRecord &record)
{
    return lineOf({{"alert",
                    {{"at", record.at}, {"endpoint", record.endpoint}, {"check", watchCheckId(record.check)}, {"tries", record.alertTries}, {"delivered", record.alerted}}}});
}

} // namespace assay
