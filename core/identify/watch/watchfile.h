// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// What is looked at again and again (identity.md, section 3: LT and B3IT; sections 5 and 6).
enum class WatchCheck : uint8_t {
    Logprobs,  ///< log-probabilities of a first token
    Border,    ///< prompts to which one token has two likely answers
    Tokenizer, ///< how many tokens the endpoint counts of fixed texts
    Latency,   ///< TTFT, TPOT, errors
    Count_
};
const char *watchCheckId(WatchCheck check); ///< "logprobs", "border", "tokenizer", "latency"
std::optional<WatchCheck> watchCheckFromId(std::string_view id);

struct WatchEndpoint
{
    std::string name, url, model;
    std::string dialect = "openai"; ///< of the latency check's streams
    std::string keyVariable;        ///< environment variable with the key; empty: no key is sent
    std::string version;            ///< whose limits (sla) it is held to; empty: none
    std::vector<WatchCheck> checks;
};

struct LogprobSettings
{
    std::string prompt = "x";
    int64_t calls = 10, top = 20, baselineWindows = 3, permutations = 9999;
};

struct BorderSettings
{
    std::vector<std::string> candidates; ///< empty: letters, digits and pairs of letters
    int64_t tries = 3;           ///< calls for each candidate; those with two answers or more are kept
    int64_t keep = 20, least = 5; ///< inputs that are wanted, and without which there is no check
    int64_t referenceCalls = 100, calls = 10, permutations = 9999;
};

struct TokenizerSettings
{
    std::map<std::string, std::string> probes; ///< texts by their names; empty: defaultTokenizerProbes()
    int64_t repeats = 2; ///< a count that is not the same each time says nothing
};

struct LatencySettings
{
    std::string prompt = "Describe a river in a few sentences.";
    int64_t calls = 10, outputTokens = 32;
};

/// What was agreed for a version. Shares are of requests, from 0 to 1; times in seconds; absent: no limit.
struct SlaLimits
{
    std::optional<double> ttft, tpot;
    double share = 0.95; ///< of requests that must meet each limit of time
    std::optional<double> errors;       ///< share of requests that may fail
    std::optional<double> availability; ///< share of checks at which the endpoint must answer
    int64_t days = 30;   ///< over which compliance is measured
};

struct WatchAlerts
{
    std::string webhook; ///< a URL; empty: none
    double webhookSeconds = 10;
    std::vector<std::string> command; ///< a program and its arguments, no shell; the alert is its standard input
};

/// What `assay monitor FILE` does: a JSON file with "schema": "assay-watch/1" (docs/IDENTITY.md).
struct WatchFile
{
    std::string name;
    std::vector<WatchEndpoint> endpoints;
    std::map<WatchCheck, int64_t> every; ///< seconds between checks of a kind
    LogprobSettings logprobs;
    BorderSettings border;
    TokenizerSettings tokenizer;
    LatencySettings latency;
    std::map<std::string, SlaLimits> sla; ///< by version
    WatchAlerts alerts;
    std::string audit = "audit.jsonl", baseline = "baseline.json", history = "history.jsonl"; ///< relative ones: beside the file
    double alpha = 0.01;    ///< probability of a false alarm of a statistical check within `horizon` checks
    int64_t horizon = 365;
    uint64_t seed = 20241119;

    int64_t everyOf(WatchCheck check) const;
};

/// Error: MonitorDamaged (what, where). Names that mean nothing here are refused, so that no key ever stands unread in such a file.
Result<WatchFile> readWatchFile(std::string_view json, const std::string &name);
/// The same of a file of up to 1 MiB; paths in it become those beside it.
Result<WatchFile> readWatchFile(const std::filesystem::path &file);

/// Short texts on which families of tokenizers differ: digits, words, code, Chinese, spaces.
const std::map<std::string, std::string> &defaultTokenizerProbes();
/// The prompts among which border inputs are looked for where the file names none: 738 of one and two characters.
std::vector<std::string> defaultBorderCandidates();

} // namespace assay
