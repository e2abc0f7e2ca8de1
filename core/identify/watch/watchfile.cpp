// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/watch/watchfile.h"

#include "core/base/file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

namespace assay {

namespace {

using nlohmann::json;

constexpr uint64_t kMostBytes = 1 << 20;
constexpr size_t kMostEndpoints = 64, kMostCandidates = 5000, kMostProbes = 64, kMostText = 4096, kMostWords = 64;
constexpr int64_t kDay = 86'400;
constexpr std::array kIds{"logprobs", "border", "tokenizer", "latency"};

/// Reads one object: each field by its name and bounds; what is left over at the end is an error.
class Fields
{
public:
    Fields(const json &object, std::string where, std::optional<std::string> &wrong) : m_object(object), m_where(std::move(where)), m_wrong(wrong)
    {
        if (!object.is_object())
            refuse("", "is no object");
    }
    ~Fields()
    {
        for (auto it = m_object.begin(); m_object.is_object() && it != m_object.end(); ++it) {
            if (!m_known.contains(it.key()))
                refuse(it.key(), it.key().find("key") == std::string::npos ? "is not known here" : "does not belong here: name an environment variable in key_variable");
        }
    }
    Fields(const Fields &) = delete;
    Fields &operator=(const Fields &) = delete;

    const json *find(const char *name)
    {
        m_known.insert(name);
        const auto found = m_object.is_object() ? m_object.find(name) : m_object.end();
        return m_object.is_object() && found != m_object.end() ? &*found : nullptr;
    }
    void text(const char *name, std::string &value, bool needed = false)
    {
        const json *found = find(name);
        if (found && found->is_string() && found->get_ref<const std::string &>().size() <= kMostText)
            value = *found;
        else if (found)
            refuse(name, "is no text of up to 4096 bytes");
        if (needed && value.empty())
            refuse(name, "is missing");
    }
    void whole(const char *name, int64_t &value, int64_t least, int64_t most)
    {
        const json *found = find(name);
        if (!found)
            return;
        if (!found->is_number_integer() || found->get<int64_t>() < least || found->get<int64_t>() > most)
            refuse(name, "is no whole number from " + std::to_string(least) + " to " + std::to_string(most));
        else
            value = found->get<int64_t>();
    }
    void real(const char *name, double &value, double most)
    {
        const json *found = find(name);
        if (!found)
            return;
        if (!found->is_number() || !std::isfinite(found->get<double>()) || found->get<double>() <= 0 || found->get<double>() > most)
            refuse(name, "is no number above 0, up to " + std::to_string(int64_t(most)));
        else
            value = found->get<double>();
    }
    void real(const char *name, std::optional<double> &value, double most)
    {
        double read = 0;
        real(name, read, most);
        if (read > 0)
            value = read;
    }
    void texts(const char *name, std::vector<std::string> &values, size_t most)
    {
        const json *found = find(name);
        if (!found)
            return;
        const auto isShort = [](const json &one) { return one.is_string() && !one.get_ref<const std::string &>().empty() && one.get_ref<const std::string &>().size() <= kMostText; };
        if (!found->is_array() || found->size() > most || !std::all_of(found->begin(), found->end(), isShort))
            refuse(name, "is no list of up to " + std::to_string(most) + " texts");
        else
            values = found->get<std::vector<std::string>>();
    }
    void refuse(const std::string &name, const std::string &why)
    {
        if (!m_wrong)
            m_wrong = m_where + (m_where.empty() || name.empty() ? "" : ".") + name + " " + why;
    }
    std::string place(const std::string &name) const { return m_where.empty() ? name : m_where + "." + name; }

private:
    const json &m_object;
    std::string m_where;
    std::optional<std::string> &m_wrong;
    std::set<std::string> m_known;
};

using Wrong = std::optional<std::string>;

bool isAddress(const std::string &url)
{
    const size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
    const std::string_view rest = std::string_view(url).substr(scheme);
    const std::string_view host = rest.substr(0, rest.find('/'));
    return scheme > 0 && !host.empty() && host.find('@') == std::string_view::npos
           && std::all_of(url.begin(), url.end(), [](unsigned char c) { return c > 0x20 && c != 0x7f; });
}

/// The name of a variable, not what one holds.
bool isVariable(const std::string &name)
{
    return std::all_of(name.begin(), name.end(), [](unsigned char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; })
           && (name.empty() || name[0] < '0' || name[0] > '9');
}

void readChecks(Fields &fields, std::vector<WatchCheck> &checks)
{
    std::vector<std::string> names;
    fields.texts("checks", names, kIds.size());
    for (const std::string &name : names) {
        const auto check = watchCheckFromId(name);
        if (!check || std::find(checks.begin(), checks.end(), *check) != checks.end())
            fields.refuse("checks", check ? "names a check twice" : "names an unknown check: " + name);
        else
            checks.push_back(*check);
    }
    if (checks.empty())
        fields.refuse("checks", "names none of logprobs, border, tokenizer, latency");
}

void readEndpoint(const json &object, const std::string &where, WatchFile &file, Wrong &wrong)
{
    Fields fields(object, where, wrong);
    WatchEndpoint endpoint;
    fields.text("name", endpoint.name, true);
    fields.text("url", endpoint.url, true);
    fields.text("model", endpoint.model, true);
    fields.text("dialect", endpoint.dialect);
    fields.text("key_variable", endpoint.keyVariable);
    fields.text("version", endpoint.version);
    readChecks(fields, endpoint.checks);
    if (!endpoint.url.empty() && !isAddress(endpoint.url))
        fields.refuse("url", "is no http or https address without a user's name");
    if (!isVariable(endpoint.keyVariable))
        fields.refuse("key_variable", "is no name of a variable");
    for (const WatchEndpoint &other : file.endpoints) {
        if (other.name == endpoint.name)
            fields.refuse("name", "is there twice");
    }
    file.endpoints.push_back(std::move(endpoint));
}

/// "every" of each check: seconds, from a minute to a year.
void readEvery(Fields &fields, WatchFile &file, WatchCheck check)
{
    int64_t every = kDay;
    fields.whole("every", every, 60, 366 * kDay);
    file.every[check] = every;
}

void readSettings(Fields &checks, WatchFile &file, Wrong &wrong)
{
    const json none = json::object();
    const auto part = [&](const char *name) -> const json & {
        const json *found = checks.find(name);
        return found ? *found : none;
    };
    Fields logprobs(part("logprobs"), checks.place("logprobs"), wrong), border(part("border"), checks.place("border"), wrong);
    Fields tokenizer(part("tokenizer"), checks.place("tokenizer"), wrong), latency(part("latency"), checks.place("latency"), wrong);
    readEvery(logprobs, file, WatchCheck::Logprobs);
    readEvery(border, file, WatchCheck::Border);
    readEvery(tokenizer, file, WatchCheck::Tokenizer);
    readEvery(latency, file, WatchCheck::Latency);
    logprobs.text("prompt", file.logprobs.prompt, true);
    logprobs.whole("calls", file.logprobs.calls, 3, 1000);
    logprobs.whole("top", file.logprobs.top, 1, 1000);
    logprobs.whole("baseline_windows", file.logprobs.baselineWindows, 1, 100);
    logprobs.whole("permutations", file.logprobs.permutations, 199, 99'999);
    border.texts("candidates", file.border.candidates, kMostCandidates);
    border.whole("tries", file.border.tries, 2, 20);
    border.whole("keep", file.border.keep, 1, 200);
    border.whole("least", file.border.least, 1, 200);
    border.whole("reference_calls", file.border.referenceCalls, 10, 1000);
    border.whole("calls", file.border.calls, 3, 1000);
    border.whole("permutations", file.border.permutations, 199, 99'999);
    tokenizer.whole("repeats", file.tokenizer.repeats, 1, 10);
    latency.text("prompt", file.latency.prompt, true);
    latency.whole("calls", file.latency.calls, 3, 1000);
    latency.whole("output_tokens", file.latency.outputTokens, 2, 4096);
    if (const json *probes = tokenizer.find("probes")) {
        const bool fits = probes->is_object() && !probes->empty() && probes->size() <= kMostProbes;
        if (!fits)
            tokenizer.refuse("probes", "is no object of up to 64 texts");
        for (auto it = probes->begin(); fits && it != probes->end(); ++it) {
            if (!it->is_string() || it->get_ref<const std::string &>().empty() || it->get_ref<const std::string &>().size() > kMostText)
                tokenizer.refuse("probes." + it.key(), "is no text of up to 4096 bytes");
            else
                file.tokenizer.probes[it.key()] = *it;
        }
    }
}

void readSla(const json &versions, WatchFile &file, Wrong &wrong)
{
    if (!versions.is_object() || versions.size() > kMostEndpoints) {
        wrong = wrong ? wrong : "sla is no object of versions";
        return;
    }
    for (auto it = versions.begin(); it != versions.end(); ++it) {
        Fields fields(*it, "sla." + it.key(), wrong);
        SlaLimits limits;
        fields.real("ttft", limits.ttft, 86'400);
        fields.real("tpot", limits.tpot, 86'400);
        fields.real("share", limits.share, 1);
        fields.real("errors", limits.errors, 1);
        fields.real("availability", limits.availability, 1);
        fields.whole("days", limits.days, 1, 366);
        file.sla[it.key()] = limits;
    }
}

void readAlerts(const json &object, WatchFile &file, Wrong &wrong)
{
    Fields fields(object, "alerts", wrong);
    fields.text("webhook", file.alerts.webhook);
    fields.real("webhook_seconds", file.alerts.webhookSeconds, 300);
    fields.texts("command", file.alerts.command, kMostWords);
    if (!file.alerts.webhook.empty() && !isAddress(file.alerts.webhook))
        fields.refuse("webhook", "is no http or https address without a user's name");
}

void readAll(const json &object, WatchFile &file, Wrong &wrong)
{
    const json none = json::object();
    Fields fields(object, "", wrong);
    std::string schema;
    fields.text("schema", schema);
    if (schema != "assay-watch/1")
        fields.refuse("schema", "is not assay-watch/1");
    fields.text("name", file.name);
    fields.text("audit", file.audit, true);
    fields.text("baseline", file.baseline, true);
    fields.text("history", file.history, true);
    fields.real("alpha", file.alpha, 0.5);
    fields.whole("horizon", file.horizon, 10, 100'000);
    auto seed = int64_t(file.seed);
    fields.whole("seed", seed, 0, INT64_MAX);
    file.seed = uint64_t(seed);
    const json *endpoints = fields.find("endpoints");
    if (!endpoints || !endpoints->is_array() || endpoints->empty() || endpoints->size() > kMostEndpoints)
        fields.refuse("endpoints", "is no list of 1 to 64 endpoints");
    for (size_t i = 0; !wrong && i < endpoints->size(); ++i)
        readEndpoint((*endpoints)[i], "endpoints[" + std::to_string(i) + "]", file, wrong);
    const json *checks = fields.find("checks");
    {
        Fields settings(checks ? *checks : none, "checks", wrong);
        readSettings(settings, file, wrong);
    }
    if (const json *sla = fields.find("sla"))
        readSla(*sla, file, wrong);
    if (const json *alerts = fields.find("alerts"))
        readAlerts(*alerts, file, wrong);
    for (const WatchEndpoint &endpoint : file.endpoints) {
        if (!endpoint.version.empty() && !file.sla.contains(endpoint.version))
            fields.refuse("sla", "has no version " + endpoint.version);
    }
}

} // namespace

const char *watchCheckId(WatchCheck check)
{
    return kIds[size_t(check)];
}

std::optional<WatchCheck> watchCheckFromId(std::string_view id)
{
    const auto found = std::find(kIds.begin(), kIds.end(), id);
    return found == kIds.end() ? std::nullopt : std::optional(WatchCheck(found - kIds.begin()));
}

int64_t WatchFile::everyOf(WatchCheck check) const
{
    const auto found = every.find(check);
    return found == every.end() ? kDay : found->second;
}

Result<WatchFile> readWatchFile(std::string_view text, const std::string &name)
{
    const auto damaged = [&](std::string what) { return failure(ErrorCode::MonitorDamaged, {name, std::move(what)}); };
    if (text.size() > kMostBytes)
        return damaged("it is larger than 1 MiB");
    int depth = 0;
    const auto isShallow = [&depth](int at, json::parse_event_t, json &) { return (depth = std::max(depth, at)) < 16; };
    const json object = json::parse(text, isShallow, false);
    if (!object.is_object() || depth >= 16)
        return damaged("it is no JSON object");
    WatchFile file;
    Wrong wrong;
    readAll(object, file, wrong);
    if (wrong)
        return damaged(*wrong);
    if (file.tokenizer.probes.empty())
        file.tokenizer.probes = defaultTokenizerProbes();
    if (file.border.candidates.empty())
        file.border.candidates = defaultBorderCandidates();
    return file;
}

Result<WatchFile> readWatchFile(const std::filesystem::path &path)
{
    const auto text = readWholeFile(path, kMostBytes);
    if (!text)
        return tl::unexpected(text.error());
    auto file = readWatchFile(*text, path.string());
    for (std::string *other : {&file->audit, &file->baseline, &file->history}) {
        if (!file)
            return file;
        *other = (path.parent_path() / *other).string();
    }
    return file;
}

const std::map<std::string, std::string> &defaultTokenizerProbes()
{
    static const std::map<std::string, std::string> kProbes{
        {"letter", "a"},
        {"digits", "314159265358979323846264338327950288"},
        {"words", "The quick brown fox jumps over the lazy dog."},
        {"code", "for (int i = 0; i < 10; ++i) {\n        total += values[i];\n}"},
        {"chinese", "\u4eca\u5929\u5929\u6c14\u5f88\u597d\uff0c\u6211\u4eec\u53bb\u516c\u56ed\u6563\u6b65\u3002"},
        {"spaces", "a        b                c"},
    };
    return kProbes;
}

std::vector<std::string> defaultBorderCandidates()
{
    std::vector<std::string> out;
    for (char c = 'a'; c <= 'z'; ++c)
        out.emplace_back(1, c);
    for (char c = 'A'; c <= 'Z'; ++c)
        out.emplace_back(1, c);
    for (char c = '0'; c <= '9'; ++c)
        out.emplace_back(1, c);
    for (char a = 'a'; a <= 'z'; ++a) {
        for (char b = 'a'; b <= 'z'; ++b)
            out.push_back({a, b});
    }
    return out;
}

} // namespace assay
