// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/endpointsubject.h"

#include "core/service/remoteaddress.h"
#include "core/service/servermemory.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

/// Hosts of services that have an API and nothing else; ".x" is any host with this end.
constexpr std::array kServices{"api.openai.com", "api.deepseek.com", "api.anthropic.com", ".openai.azure.com", "api.mistral.ai",
                               "api.together.xyz", "openrouter.ai", "api.groq.com", "api.fireworks.ai"};

bool isService(const std::string &origin)
{
    const std::string host = origin.substr(origin.find("://") + 3);
    const std::string name = host.substr(0, host.rfind(':'));
    return std::any_of(kServices.begin(), kServices.end(), [&](std::string_view service) {
        return service.starts_with('.') ? name.ends_with(service) : name == service;
    });
}

/// "v1", "v4": how versions of an API are called.
bool isVersion(const std::string &part)
{
    return part.size() >= 2 && part.size() <= 3 && part[0] == 'v' && std::all_of(part.begin() + 1, part.end(), [](unsigned char c) {
               return c >= '0' && c <= '9';
           });
}

constexpr size_t kShownBytes = 120; ///< of a value in a table: a chat template is pages long

/// One line, cut where it is long, at a character's border.
std::string oneLine(const std::string &text)
{
    std::string line;
    for (const char c : text.substr(0, 4 * kShownBytes)) {
        const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank || (!line.empty() && line.back() != ' '))
            line += blank ? ' ' : c;
    }
    if (line.size() <= kShownBytes && text.size() <= 4 * kShownBytes)
        return line;
    size_t end = std::min(kShownBytes, line.size());
    while (end > 0 && end < line.size() && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80)
        --end;
    return line.substr(0, end) + "\u2026";
}

} // namespace

AddressKind addressKind(const std::string &url)
{
    if (!looksLikeAddress(url))
        return AddressKind::Files;
    if (url.find('#') != std::string::npos)
        return AddressKind::Endpoint;
    const auto address = parseAddress(url);
    if (!address)
        return AddressKind::Files;
    const auto &parts = address->parts;
    if (isService(address->origin) || (!parts.empty() && isVersion(parts.back())))
        return AddressKind::Endpoint;
    const auto ends = [&](std::string_view last) { return !parts.empty() && parts.back() == last; };
    if (ends("completions") || ends("messages") || (parts.size() > 1 && parts[0] == "openai" && parts[1] == "deployments"))
        return AddressKind::Endpoint;
    const auto hub = hubPlace(*address);
    return hub && hub->certain ? AddressKind::Files : AddressKind::Either;
}

EndpointTarget endpointTarget(const std::string &subject)
{
    EndpointTarget target;
    const size_t mark = subject.find('#');
    target.url = subject.substr(0, mark);
    if (mark != std::string::npos)
        target.model = subject.substr(mark + 1);
    return target;
}

std::string endpointSubject(const std::string &url, const std::string &model)
{
    return model.empty() ? url : url + "#" + model;
}

EndpointTarget targetOf(const EndpointFacts &facts, Secret key)
{
    EndpointTarget target;
    target.url = facts.url;
    target.dialect = facts.dialect;
    target.model = facts.model;
    target.key = std::move(key);
    target.transport = facts.transport;
    return target;
}

std::string endpointFingerprint(const EndpointFacts &facts)
{
    return "endpoint:" + endpointSubject(facts.url, facts.model);
}

std::vector<FactRow> claimRows(const EndpointFacts &facts)
{
    std::vector<FactRow> rows;
    for (const ClaimDefinition &definition : claimDefinitions()) {
        std::vector<std::string> shown, exact, sources;
        for (const EndpointClaim &claim : facts.claims) {
            if (claim.definition != &definition)
                continue;
            sources.push_back(claim.source);
            if (std::find(exact.begin(), exact.end(), claim.value) == exact.end()) {
                exact.push_back(claim.value);
                shown.push_back(oneLine(shownClaim(claim)));
            }
        }
        const auto joined = [](const std::vector<std::string> &texts) {
            std::string all;
            for (const std::string &text : texts)
                all += (all.empty() ? "" : "; ") + text;
            return all;
        };
        if (!exact.empty())
            rows.push_back({*definition.fact ? definition.fact : definition.id, definition.group, definition.label, validUtf8(joined(shown)),
                            validUtf8(joined(exact)), Provenance::Declared, validUtf8(joined(sources))});
    }
    for (FactRow &row : serverMemoryRows(facts))
        rows.push_back(std::move(row));
    return rows;
}

Inspection inspectionOf(const EndpointFacts &facts)
{
    Inspection inspection;
    inspection.facts.name = facts.model.empty() ? facts.url : facts.model;
    inspection.facts.format = "endpoint";
    inspection.facts.told = claimRows(facts);
    inspection.directory.name = inspection.facts.name;
    return inspection;
}

} // namespace assay
