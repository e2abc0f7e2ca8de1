// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/failure.h"
#include "core/endpoint/target.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay {

/// Something that servers say of themselves or of their model, declared once; window, command line and reports read this list.
struct ClaimDefinition
{
    const char *id;    ///< "context.served"
    const char *group; ///< "Model", "Limits", "Server", "Memory"; translation context "Fact"
    const char *label; ///< translation context "Fact"
    enum class Kind : uint8_t { Text, Count, Tokens, Bytes } kind;
    bool expected;     ///< worth saying that the endpoint does not tell it
    const char *fact;  ///< id of the same fact of a model that is read from files (core/model/factrows.cpp); "": there is none
};
const std::vector<ClaimDefinition> &claimDefinitions();
/// Null when there is none of this id.
const ClaimDefinition *findClaim(std::string_view id);

/// A field of an answer. Whoever runs the server writes it: it is a claim, not a fact.
struct EndpointClaim
{
    const ClaimDefinition *definition = nullptr;
    std::string value;  ///< numbers in decimal digits
    std::string source; ///< "GET /v1/models: data/0/max_model_len", "header server of GET /v1/models"
};
/// The value as people read it: "131,072 tokens", "4.36 GiB".
std::string shownClaim(const EndpointClaim &claim);

/// What one request of the probing brought.
struct ProbeAnswer
{
    std::string question;     ///< its path in probeQuestions()
    std::string method, path; ///< path: from the host's root, with what the user entered before it
    int status = 0;
    Failure failure = Failure::None;
    std::string detail;       ///< the words of a failure
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
    std::string body;         ///< as it came, at most kMostProbeBytes
    double seconds = 0;       ///< from sending to the status line
};
inline constexpr size_t kMostProbeBytes = 4u << 20;

/// An endpoint as read-only questions show it (identity.md, section 4).
struct EndpointFacts
{
    std::string url;                 ///< as entered, without a key
    std::string server;              ///< id of a server's software: "vllm", "ollama"; empty: not told
    std::string dialect;             ///< in which it is asked
    std::vector<std::string> models; ///< that it lists
    std::string model;               ///< the chosen one; empty: it lists none, and none was named
    std::vector<EndpointClaim> claims;
    std::vector<std::string> untold; ///< ids of expected claims that nothing tells
    std::vector<ProbeAnswer> answers;
    std::optional<double> roundTrip; ///< seconds: the fastest answer
    bool keySent = false;
    Transport transport;             ///< how it was reached, for whoever asks it next
};

/// The software that the answers show; empty when they do not.
std::string serverOf(const std::vector<ProbeAnswer> &answers);
/// The models that the answers list, in their order, each once.
std::vector<std::string> modelsOf(const std::vector<ProbeAnswer> &answers);
/// Every field that a rule knows, of this model where an answer lists several.
std::vector<EndpointClaim> claimsOf(const std::vector<ProbeAnswer> &answers, const std::string &model);
/// Fills in server, models, claims and untold from the answers.
void interpret(EndpointFacts &facts);

/// Whether models are listed and the one that is meant is not among them. Azure lists models, and is asked for deployments.
bool modelIsUnlisted(const EndpointFacts &facts);

/// Fields of one claim that contradict each other: their values differ.
std::vector<std::pair<EndpointClaim, EndpointClaim>> disagreements(const EndpointFacts &facts);

/// `inspect --json` of an endpoint: the keys of a model (null where nothing is told), and "endpoint" with all claims.
nlohmann::json endpointToJson(const EndpointFacts &facts);

} // namespace assay
